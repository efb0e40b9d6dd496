"""What training costs, from the hours of everybody and figures read outside; nobody's name."""

from datetime import date, timedelta
from typing import Any

from flask import Response, current_app, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Form
from wtforms.validators import Optional, ValidationError

from lms.costs.balance import Balance, balance
from lms.evaluation.readings.series import SERIES
from lms.kernel.clock import last_sunday, now, today
from lms.people.permissions import Permission
from lms.reports import drawing, kept, page
from lms.reports.figures import costing
from lms.web.shared.files import named_file
from lms.web.shared.guards import requires
from lms.web.shared.identity import can
from lms.web.shared.looking import names_nobody


class Between(Form):
    """Of which days the costs are: for whoever sees no names always the 52 weeks up to the last Sunday."""

    first = DateField(_l("From"), [Optional()])
    last = DateField(_l("Until"), [Optional()])

    def __init__(self, formdata: Any, *, everybody: bool) -> None:
        super().__init__(formdata if everybody else None)
        if not everybody:
            del self.first, self.last

    def validate_last(self, field: DateField) -> None:
        """Refuse a stretch that ends before it begins."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("The last day comes before the first. Choose a later one."))

    @property
    def days(self) -> tuple[date, date]:
        """The days that were chosen; twelve months up to yesterday without a valid choice."""
        if "last" not in self:
            return last_sunday() - timedelta(weeks=52) + timedelta(days=1), last_sunday()
        last = min((self.last.data if self.validate() else None) or today() - timedelta(days=1), today())
        first = (self.first.data if not self.errors else None) or last - timedelta(days=364)
        return min(first, last), last


@requires(Permission.READ_EVALUATION)
@names_nobody("hours and euros of groups")
def costs() -> str:
    """Show what training costs in three scenarios, by module and skill, beside a classroom."""
    form, found = _found()
    picture = costing.drawn(found)
    svg = page.drawn({"costs": drawing.svg(picture.spec, kept.folder()).decode()})["costs"] if picture else None
    return render_template(
        "teams/costs.html",
        form=form,
        found=found,
        sheets=costing.sheets(found),
        written=costing.written,
        picture=picture,
        svg=svg,
        missing=[SERIES[code].label for code in found.missing],
        illustrative=costing.illustrative(found),
        least=current_app.config["SMALLEST_GROUP"],
    )


@requires(Permission.READ_EVALUATION)
@names_nobody("hours and euros of groups")
def costs_file(kind: str) -> Response:
    """Give the same as a workbook or a print."""
    _form, found = _found()
    body = costing.workbook(found) if kind == "xlsx" else costing.printed(found)
    return named_file(kind, _("What training costs"), found.stretch.last, body)


def _found() -> tuple[Between, Balance]:
    form = Between(request.args, everybody=can(Permission.FOLLOW_EVERYONE))
    return form, balance(*form.days, current_app.config["SMALLEST_GROUP"], now())
