"""The forms of a plan."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from lms.audit.models import Recommendation
from lms.catalogue.queries import FrozenEdition
from lms.kernel.languages import in_language
from lms.kernel.refusals import Refusal
from lms.people import queries as people
from lms.people.permissions import Permission, Role
from lms.plans import rules
from lms.plans.models import Plan
from lms.plans.rules import Reason, Rhythm
from lms.web.account.wording import ROLE_NAMES
from lms.web.audits.entry_fields import Asked
from lms.web.shared.identity import can

LONGEST_LABEL = 110
_DAY = _l("Give a date, for example 2027-03-31.")

_LISTED = {"invalid_choice_message": _l("Choose from the list."), "invalid_value_message": _l("Choose from the list.")}

REASONS: dict[Reason, LazyString] = {
    Reason.RECOMMENDATION: _l("It answers a recommendation"),
    Reason.POST: _l("A post requires it"),
    Reason.LEGAL: _l("The law requires it"),
    Reason.NEW_EDITION: _l("A new edition has come out"),
    Reason.OTHER: _l("Another reason"),
}
RHYTHMS: dict[Rhythm, LazyString] = {
    Rhythm.ONCE: _l("Once"),
    Rhythm.NEWCOMER: _l("Of each newcomer, from the day of hiring"),
    Rhythm.PERIODIC: _l("Again every so many months, on the same day for all"),
    Rhythm.ANNIVERSARY: _l("Again every so many months, from each one’s day of hiring"),
}

FIELDS_OF_REFUSALS: dict[type[Refusal], str] = {
    rules.PlanCodeMalformed: "code",
    rules.PlanCodeTaken: "code",
    rules.PlanDueBeforeAssigned: "due_on",
    rules.PlanDueBeforeHiring: "due_on",
    rules.PlanForUnknown: "teams",
    rules.PlanForNobody: "teams",
    rules.PlanWithoutBasis: "basis",
    rules.PlanWithoutRecommendation: "recommendation",
    rules.PlanWithoutPeriod: "months",
    rules.PlanTurnsOverlap: "months",
    rules.PlanAsksForGood: "rhythm",
    rules.PlanUnchanged: "why",
    rules.PlanChangeUnexplained: "why",
}
"""Where each refusal of a plan is told."""


def _number(text: object) -> int | None:
    return int(str(text)) if text not in ("", None, "None") else None


def _boxes(label: LazyString, coerce: Any = int, **more: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label, [Asked()], coerce=coerce, **_LISTED, widget=ListWidget(), option_widget=CheckboxInput(), **more
    )


class TermsForm(FlaskForm):
    """A module for people by a date, and why."""

    module = SelectField(_l("Module"), [DataRequired(_l("Choose a module."))], coerce=_number, **_LISTED)
    reason = SelectField(_l("Why"), [Asked()], **_LISTED)
    recommendation = SelectField(_l("Recommendation it answers"), [Asked()], coerce=_number, **_LISTED)
    basis = StringField(
        _l("Text that requires it"),
        [Length(max=300, message=_l("At most 300 characters."))],
        description=_l("For a legal duty: the article or the order. Else a few words, or nothing."),
    )
    teams = _boxes(_l("Teams"), validate_choice=False)
    shifts = _boxes(_l("Shifts"))
    posts = _boxes(_l("Posts"))
    roles = _boxes(_l("Roles"), coerce=str)
    people = StringField(
        _l("And these people"),
        [Length(max=2000, message=_l("At most 2000 characters."))],
        description=_l("Their registration numbers, separated by spaces. They are added to whoever is named above."),
    )
    rhythm = SelectField(_l("When it is asked"), [Asked()], **_LISTED)
    months = IntegerField(_l("Every so many months"), [Optional()], description=_l("Only where it is asked again."))
    assigned_on = DateField(
        _l("Assigned on"),
        [DataRequired(_DAY)],
        description=_l("Everyone present that day is concerned. Of newcomers: whoever is hired from that day on."),
    )
    due_on = DateField(
        _l("Due date"),
        [DataRequired(_DAY)],
        description=_l("The last day to complete it. Who begins later is given as many days."),
    )

    def offer(self, recommendations: Sequence[Recommendation], editions: Sequence[FrozenEdition]) -> None:
        """Let the form choose among what there is; names are asked of those who may read them alone."""
        answered = [SelectChoice(str(row.id), _line(row.code, in_language(row.statement))) for row in recommendations]
        modules = [
            SelectChoice(str(edition.module_id), _line(edition.code, in_language(edition.content.title)))
            for edition in editions
        ]
        self.recommendation.choices = [SelectChoice("", _("No recommendation")), *answered]
        self.module.choices = [SelectChoice("", _("Choose…")), *modules]
        self.reason.choices = [
            SelectChoice("", _("Choose, or leave it to the recommendation")),
            *(SelectChoice(reason.value, str(words)) for reason, words in REASONS.items()),
        ]
        self.rhythm.choices = [SelectChoice(rhythm.value, str(words)) for rhythm, words in RHYTHMS.items()]
        self.teams.choices = [SelectChoice(str(team.id), team.name) for team in people.teams()]
        self.shifts.choices = [SelectChoice(str(shift.id), shift.name) for shift in people.shifts()]
        self.posts.choices = [
            SelectChoice(str(post.id), f"{post.workshop.name}, {post.name}") for post in people.workstations()
        ]
        self.roles.choices = [SelectChoice(role.value, str(words)) for role, words in ROLE_NAMES.items()]
        if not can(Permission.FOLLOW_EVERYONE):
            del self.people

    def validate_people(self, field: StringField) -> None:
        """Refuse numbers of nobody, and name the first."""
        wanted = field.data.split() if field.data else []
        self._person_ids = people.numbers_of(wanted)
        unknown = next((number for number in wanted if number not in self._person_ids), None)
        if unknown is not None:
            raise ValidationError(_("Nobody here has the registration number %(number)s.", number=unknown))

    def answers(self, kept: Collection[int] = ()) -> dict[str, Any]:
        """Return what `plans.actions.terms_of` takes; `kept` are people whom the reader may not see nor change."""
        return {
            "recommendation_id": self.recommendation.data,
            "module_id": self.module.data,
            "reason": Reason(self.reason.data) if self.reason.data else None,
            "basis": self.basis.data or "",
            "team_ids": self.teams.data or [],
            "shift_ids": self.shifts.data or [],
            "workstation_ids": self.posts.data or [],
            "roles": [Role(role) for role in self.roles.data or []],
            "person_ids": self._person_ids.values() if "people" in self else kept,
            "rhythm": Rhythm(self.rhythm.data or Rhythm.ONCE),
            "months": self.months.data or 0,
            "assigned_on": self.assigned_on.data,
            "due_on": self.due_on.data,
        }


class PlanForm(TermsForm):
    """A new plan."""

    code = StringField(
        _l("Code of the plan"), [DataRequired(_l("Give a code."))], description=_l("Proposed; change it if you like.")
    )


class ChangeForm(TermsForm):
    """A plan that is to say something else, and why."""

    why = StringField(
        _l("Why it changes"),
        [Length(max=500, message=_l("At most 500 characters."))],
        description=_l("Kept with the change, and shown in the plan’s history."),
    )

    @classmethod
    def of(cls, plan: Plan) -> "ChangeForm":
        """Return the form as the plan stands."""
        who = plan.audience
        return cls(
            data={
                "module": plan.module_id,
                "reason": plan.reason.value,
                "recommendation": plan.recommendation_id,
                "basis": plan.basis,
                "teams": list(who.teams),
                "shifts": list(who.shifts),
                "posts": list(who.posts),
                "roles": [role.value for role in who.roles],
                "people": " ".join(people.registrations_of(who.people)),
                "rhythm": plan.rhythm.value,
                "months": plan.months or None,
                "assigned_on": plan.assigned_on,
                "due_on": plan.due_on,
            }
        )


class WhyForm(FlaskForm):
    """Why a plan is cancelled."""

    why = StringField(_l("Why"), [Length(max=500, message=_l("At most 500 characters."))])


class ExemptionForm(FlaskForm):
    """Who is exempted, or is so no longer, and why."""

    person = StringField(
        _l("Registration number"), [DataRequired(_l("Give a number."))], description=_l("Of the person to exempt.")
    )
    reason = StringField(
        _l("Reason"),
        [Length(max=500, message=_l("At most 500 characters."))],
        description=_l("Kept with the exemption. Say nothing about anybody’s health."),
    )


class PlanFilters(FlaskForm):
    """Which plans to show."""

    class Meta:
        """Filters change nothing, so they need no token."""

        csrf = False

    module = SelectField(_l("Module"), default="")
    reason = SelectField(_l("Why"), default="", validate_choice=False)

    def offer(self, codes: Collection[str], titles: Mapping[str, Mapping[str, str]]) -> None:
        """Let the filter choose among the modules of plans."""
        named = [SelectChoice(code, _line(code, in_language(titles.get(code, {})))) for code in sorted(codes)]
        self.module.choices = [SelectChoice("", _("All modules")), *named]
        reasons = (SelectChoice(reason.value, str(words)) for reason, words in REASONS.items())
        self.reason.choices = [SelectChoice("", _("All reasons")), *reasons]

    def chosen(self, plans: Iterable[Plan]) -> list[Plan]:
        """Return the plans that are wanted."""
        return [
            plan
            for plan in plans
            if self.module.data in ("", None, plan.module.code) and self.reason.data in ("", None, plan.reason.value)
        ]


def _line(code: str, words: str) -> str:
    text = f"{code} – {words}" if words else code
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1].rstrip() + "…"
