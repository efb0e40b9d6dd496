"""What a page of figures is about, kept in the address."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.validators import Optional, ValidationError

from lms.progress.grouping import NESTED, By
from lms.progress.hours import GROUPED
from lms.progress.naming import names, titles
from lms.reports.figures.asking import Kind, Wanted
from lms.reports.figures.telling import BY
from lms.web.teams.forms import AsOf


class Asking(AsOf):
    """Which figures are shown; a choice that is not on offer counts as none.

    Whoever sees no names is offered no days and no groups that are not made of whole teams:
    two such tables compared could tell of one person.
    """

    by = SelectField(_l("By"), default=By.MODULE.value, validate_choice=False)
    module = SelectField(_l("Module"), default="", validate_choice=False)
    recommendation = SelectField(_l("Recommendation"), default="", validate_choice=False)
    since = DateField(_l("Due from"), [Optional()])
    until = DateField(_l("Due until"), [Optional()])

    def __init__(self, formdata: Any, *, kind: Kind, everybody: bool) -> None:
        super().__init__(formdata)
        self._kind = kind
        self.by.choices = [(by.value, label) for by, label in BY.items() if by in _offered(kind, everybody)]
        self.module.choices = _choices(_l("All modules"), titles())
        self.recommendation.choices = _choices(_l("All of them"), names(By.RECOMMENDATION))
        if kind is Kind.HOURS:
            self.since.label.text, self.until.label.text = _l("Worked from"), _l("Worked until")
        for name in self._needless(everybody):
            del self[name]
        self.validate()

    def validate_until(self, field: DateField) -> None:
        """Refuse a stretch that ends before it begins."""
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(_("The last day comes before the first. Choose a later one."))

    @property
    def wanted(self) -> Wanted:
        """The table that is asked for."""
        offered = {value for value, _label in self.by.choices} if "by" in self else set()
        by = self.by.data if "by" in self and self.by.data in offered else By.MODULE.value
        until = self._day("until")
        return Wanted(
            kind=self._kind,
            by=By(by),
            module_id=self._number("module"),
            recommendation_id=self._number("recommendation"),
            since=self._day("since") if until or not self._failed("until") else None,
            until=until,
        )

    def _needless(self, everybody: bool) -> list[str]:
        hidden = [] if everybody else ["as_of", "since", "until", "recommendation"]
        if self._kind is Kind.TREND:
            hidden.append("by")
        if self._kind is Kind.HOURS or len(self.recommendation.choices) < 2:
            hidden.append("recommendation")
        return list(dict.fromkeys(hidden))

    def _number(self, name: str) -> int | None:
        field = self._fields.get(name)
        offered = {value for value, _label in field.choices if value} if field else set()
        return int(field.data) if field and field.data in offered else None

    def _day(self, name: str) -> date | None:
        field = self._fields.get(name)
        return field.data if field and not field.errors else None

    def _failed(self, name: str) -> bool:
        field = self._fields.get(name)
        return bool(field and field.errors)


def _offered(kind: Kind, everybody: bool) -> tuple[By, ...]:
    every = GROUPED if kind is Kind.HOURS else tuple(By)
    return every if everybody else tuple(by for by in every if by in NESTED)


def _choices(everything: Any, found: dict[int, str]) -> list[tuple[str, Any]]:
    return [("", everything), *sorted(((str(number), name) for number, name in found.items()), key=lambda one: one[1])]
