"""The form of a plan."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from lms.audit.models import Recommendation
from lms.catalogue.queries import FrozenEdition
from lms.kernel.languages import in_language
from lms.kernel.refusals import Refusal
from lms.people.models import Team
from lms.plans import rules
from lms.web.audits.entry_fields import Asked

LONGEST_LABEL = 110
_DAY = _l("Give a date, for example 2027-03-31.")

_LISTED = {"invalid_choice_message": _l("Choose from the list."), "invalid_value_message": _l("Choose from the list.")}

FIELDS_OF_REFUSALS: dict[type[Refusal], str] = {
    rules.PlanCodeMalformed: "code",
    rules.PlanCodeTaken: "code",
    rules.PlanDueBeforeAssigned: "due_on",
    rules.PlanForUnknownTeam: "teams",
    rules.PlanWithoutTeams: "teams",
}
"""Where each refusal of a plan is told."""


def _number(text: object) -> int | None:
    return int(str(text)) if text not in ("", None, "None") else None


class PlanForm(FlaskForm):
    """A module for teams by a date, in answer to a recommendation or to none."""

    recommendation = SelectField(_l("Recommendation it answers"), [Asked()], coerce=_number, **_LISTED)
    module = SelectField(_l("Module"), [DataRequired(_l("Choose a module."))], coerce=_number, **_LISTED)
    teams = SelectMultipleField(
        _l("Teams"),
        [Asked()],
        coerce=int,
        **_LISTED,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    assigned_on = DateField(
        _l("Assigned on"), [DataRequired(_DAY)], description=_l("Everyone present in the teams that day is concerned.")
    )
    due_on = DateField(_l("Due date"), [DataRequired(_DAY)], description=_l("The last day to complete it."))
    code = StringField(
        _l("Code of the plan"), [DataRequired(_l("Give a code."))], description=_l("Proposed; change it if you like.")
    )

    def offer(
        self, recommendations: Sequence[Recommendation], editions: Sequence[FrozenEdition], teams: Sequence[Team]
    ) -> None:
        """Let the form choose among what there is."""
        answered = [SelectChoice(str(row.id), _line(row.code, in_language(row.statement))) for row in recommendations]
        modules = [
            SelectChoice(str(edition.module_id), _line(edition.code, in_language(edition.content.title)))
            for edition in editions
        ]
        self.recommendation.choices = [SelectChoice("", _("None: training for another reason")), *answered]
        self.module.choices = [SelectChoice("", _("Choose…")), *modules]
        self.teams.choices = [SelectChoice(str(team.id), team.name) for team in teams]

    def answers(self) -> dict[str, Any]:
        """Return what `plans.actions.make_plan` takes."""
        return {
            "code": self.code.data.strip(),
            "recommendation_id": self.recommendation.data,
            "module_id": self.module.data,
            "team_ids": self.teams.data or [],
            "assigned_on": self.assigned_on.data,
            "due_on": self.due_on.data,
        }


class CancelForm(FlaskForm):
    """Nothing but the proof that the form is ours."""


class PlanFilters(FlaskForm):
    """Which plans to show."""

    class Meta:
        """Filters change nothing, so they need no token."""

        csrf = False

    module = SelectField(_l("Module"), default="")

    def offer(self, codes: Collection[str], titles: Mapping[str, Mapping[str, str]]) -> None:
        """Let the filter choose among the modules of plans."""
        named = [SelectChoice(code, _line(code, in_language(titles.get(code, {})))) for code in sorted(codes)]
        self.module.choices = [SelectChoice("", _("All modules")), *named]


def _line(code: str, words: str) -> str:
    text = f"{code} – {words}" if words else code
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1].rstrip() + "…"
