"""Tables of figures saved to be asked for again, shared in a role, kept as files on a day of the month."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import SelectField, StringField
from wtforms.validators import Length

from lms.kernel.clock import now
from lms.kernel.languages import current_language
from lms.people.permissions import Permission, Role
from lms.reports.figures import saving
from lms.reports.figures.asking import Kind, Wanted, read
from lms.reports.figures.models import SavedView
from lms.reports.figures.saving import Saving
from lms.reports.figures.writing import TYPES
from lms.web.account.wording import ROLE_NAMES
from lms.web.shared.files import attachment
from lms.web.shared.guards import requires
from lms.web.shared.identity import can, somebody
from lms.web.shared.looking import names_nobody
from lms.web.shared.refusals import worded
from lms.web.teams.completion import MAY_SEE
from lms.web.teams.figure_forms import Asking


class SavingForm(FlaskForm):
    """How a view is saved."""

    name = StringField(_l("Name of the view"), [Length(min=1, max=80)])
    role = SelectField(_l("Who sees it"), default="")
    day = SelectField(_l("Kept as a file on this day of each month"), default="")
    format = SelectField(_l("As"), default="xlsx")

    def offer(self) -> None:
        """Offer one's own roles, and the days that every month has."""
        own = sorted(role for role in somebody().roles if role is not Role.OPERATOR)
        self.role.choices = [("", _("Only me")), *((role.value, str(ROLE_NAMES[role])) for role in own)]
        self.format.choices = [("xlsx", "Excel"), ("csv", "CSV"), ("pdf", "PDF")]
        self.day.choices = [("", _("Never")), *((str(day), str(day)) for day in range(1, 29))]


@requires(*MAY_SEE)
@names_nobody("tables of numbers")
def saved_views() -> str:
    """List the views that somebody saved or that are shared with them, with the files that were kept."""
    person = somebody()
    views = saving.views_for(person.id, person.roles)
    files = saving.exports_of([view.id for view in views])
    return render_template(
        "teams/saved.html",
        views=[(view, _address(view), [file for file in files if file[1] == view.id]) for view in views],
        mine={view.id for view in views if view.person_id == person.id},
        roles=ROLE_NAMES,
    )


@requires(*MAY_SEE)
@names_nobody("tables of numbers")
def save_view(which: str) -> str | Answer:
    """Save the table that stands in the address."""
    asked = Asking(request.args, kind=Kind(which), everybody=can(Permission.FOLLOW_EVERYONE))
    form = SavingForm()
    form.offer()
    if form.validate_on_submit():
        try:
            saving.save(asked.wanted, _how(form), by=somebody().id, roles=somebody().roles, now=now())
        except (saving.ViewNameTaken, saving.ViewNameMissing) as refusal:
            form.name.errors = [worded(refusal)]
        else:
            flash(_("The view is saved."), "success")
            return redirect(url_for("teams.saved_views"))
    return render_template("teams/save_view.html", form=form, which=which)


@requires(*MAY_SEE)
@names_nobody("tables of numbers")
def forget_view(view_id: int) -> Answer:
    """Forget a view of one's own."""
    saving.forget(view_id, by=somebody().id)
    flash(_("The view and its files are gone."), "success")
    return redirect(url_for("teams.saved_views"))


@requires(*MAY_SEE)
@names_nobody("tables of numbers")
def kept_export(export_id: int) -> Response:
    """Give a file that was kept."""
    found = saving.export(export_id, somebody().id, somebody().roles)
    return attachment(found.content, TYPES[found.format], found.name)


def _how(form: SavingForm) -> Saving:
    role = Role(form.role.data) if form.role.data else None
    day = int(form.day.data) if form.day.data else None
    return Saving(form.name.data or "", role, day, form.format.data if day else None, current_language())


def _address(view: SavedView) -> str:
    wanted: Wanted = read(view.wanted)
    asked = {"by": wanted.by.value, "module": wanted.module_id, "recommendation": wanted.recommendation_id}
    days = {"since": wanted.since, "until": wanted.until}
    told: dict[str, Any] = {**asked, **days}
    return url_for(f"teams.{wanted.kind.value}", **told)
