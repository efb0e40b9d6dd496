"""Which team does what when: one field for each team, a day or an order of modules."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import Length, Optional

from lms.evaluation.choices import TeamStep
from lms.evaluation.designs import DESIGNS, Staging
from lms.evaluation.models import Pilot


class StepsForm(FlaskForm):
    """The steps of all teams of a pilot at once."""

    def steps(self) -> list[TeamStep]:
        """Return what `evaluation.actions.stage` takes; a team of which nothing is said has no step."""
        found = []
        for field in self:
            kind, _sign, team = field.name.partition("_")
            if kind == "starts" and field.data:
                found.append(TeamStep(int(team), starts_on=field.data))
            elif kind == "order" and field.data:
                codes = [code.strip() for code in field.data.split(",")]
                found.append(TeamStep(int(team), modules=[code for code in codes if code]))
        return found


def steps_form(pilot: Pilot, staging: Staging) -> StepsForm:
    """Return the form of a pilot's steps, filled with what is known."""
    known = {step.team_id: step for step in pilot.steps}
    fields: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    for team in pilot.compared if DESIGNS[pilot.comparison].compares else pilot.teams:
        step = known.get(team.id)
        if staging is Staging.DATE:
            fields[f"starts_{team.id}"] = DateField(team.name, [Optional()])
            answers[f"starts_{team.id}"] = step.starts_on if step else None
        else:
            fields[f"order_{team.id}"] = StringField(
                team.name,
                [Optional(), Length(max=300)],
                description=_l("Codes of modules in their order, with commas."),
            )
            answers[f"order_{team.id}"] = ", ".join(step.modules) if step else ""
    return type("StepsFormOfPilot", (StepsForm,), fields)(data=answers)
