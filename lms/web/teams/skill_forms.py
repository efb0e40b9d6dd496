"""The forms of skills: filters, sign-offs, signatures, tasks, a file."""

from collections.abc import Collection, Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.catalogue.queries import newest_editions
from lms.kernel.languages import in_language
from lms.people import queries as people
from lms.people.models import Team
from lms.skills.actions import Observation, TaskEntry
from lms.skills.models import Task
from lms.skills.rules import Outcome
from lms.web.teams.wording import OUTCOMES

_DAY = _l("Give a date, for example 2027-03-31.")


def _number(value: str | None) -> int | None:
    return int(value) if value and value != "None" else None


class TeamFilter(Form):
    """Which team the matrix shows; a choice that is not on offer counts as none."""

    team = SelectField(_l("Team"), default="", validate_choice=False)

    def offer(self, teams: Collection[Team]) -> "TeamFilter":
        """Offer the teams that the reader may see."""
        own = sorted(((str(team.id), team.name) for team in teams), key=lambda one: one[1])
        self.team.choices = [("", _l("All teams")), *own]
        return self

    @property
    def chosen(self) -> int | None:
        """The team that was chosen."""
        offered = {value for value, *_ in self.team.choices if value}
        return int(self.team.data) if self.team.data in offered else None


class SignOffForm(FlaskForm):
    """What an observer saw of someone's practice."""

    person = SelectField(_l("Person"), [InputRequired(_l("Choose a person."))], coerce=_number)
    task = SelectField(_l("Task"), [InputRequired(_l("Choose a task."))], coerce=_number)
    observed_on = DateField(_l("Observed on"), [DataRequired(_DAY)])
    outcome = RadioField(_l("What came of it"), [InputRequired(_l("Say what came of it."))])
    situation = TextAreaField(
        _l("The work situation"),
        [DataRequired(_l("Write what was seen, or why: without it nothing is signed.")), Length(max=2000)],
        description=_l(
            "What was done, on what, and what you saw; or why there was no observation. It is the evidence."
        ),
    )
    cycles = IntegerField(
        _l("Conforming cycles seen"),
        [Optional(), NumberRange(0, 1000, _l("Give a number from 0 to 1000."))],
        default=1,
        description=_l("Five, on two different days, before someone works alone."),
    )
    safety_respected = BooleanField(_l("Every safety point was respected"))
    coaching = BooleanField(
        _l("They were coaching somebody"), description=_l("What leads from U to O: whoever teaches was seen teaching.")
    )
    reflected_on = DateField(
        _l("Day of the reflective talk"),
        [Optional()],
        description=_l("Apart from the work situation; needed for training at work (AFEST) alone."),
    )
    reflection = TextAreaField(_l("Notes of the reflective talk"), [Optional(), Length(max=2000)])

    def offer(self, persons: Mapping[int, str], tasks: Collection[Task]) -> "SignOffForm":
        """Fill the lists."""
        none = SelectChoice("", "–")
        titles = {task.id: f"{in_language(task.title)} ({task.code})" for task in tasks}
        self.person.choices = [none, *(SelectChoice(str(number), name) for number, name in persons.items())]
        self.task.choices = [none, *(SelectChoice(str(number), title) for number, title in titles.items())]
        self.outcome.choices = [SelectChoice(outcome.value, label) for outcome, label in OUTCOMES.items()]
        return self

    def observation(self, observer_id: int) -> Observation:
        """Return what `skills.actions.sign_off` takes."""
        return Observation(
            person_id=self.person.data,
            task_id=self.task.data,
            observer_id=observer_id,
            observed_on=self.observed_on.data,
            outcome=Outcome(self.outcome.data),
            situation=self.situation.data or "",
            cycles=self.cycles.data if self.cycles.data is not None else 1,
            safety_respected=self.safety_respected.data,
            coaching=self.coaching.data,
            reflected_on=self.reflected_on.data,
            reflection=self.reflection.data or "",
        )


class LowerForm(FlaskForm):
    """Why someone's level is lowered."""

    reason = StringField(
        _l("Reason"),
        [DataRequired(_l("Give the reason.")), Length(max=500)],
        description=_l("No practice for months, a changed procedure, lapsed training. A failed quiz is none."),
    )


class TaskForm(FlaskForm):
    """A task of a post."""

    code = StringField(_l("Code"), [DataRequired(_l("Give a code.")), Length(max=40)])
    title_fr = StringField(_l("Title in French"), [DataRequired(_l("Give a title.")), Length(max=120)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=120)])
    workstation = SelectField(_l("Post"), [InputRequired(_l("Choose a post."))], coerce=int)
    safety_critical = BooleanField(_l("Safety-critical"), description=_l("Every move on it is signed by two people."))
    required = IntegerField(
        _l("People needed on each shift"),
        [InputRequired(_l("Give a number from 1 to 99.")), NumberRange(1, 99, _l("Give a number from 1 to 99."))],
        default=2,
        description=_l("At U or O: as many as it takes for the shift to do without one of them."),
    )
    modules = SelectMultipleField(
        _l("Modules that prepare for it"),
        coerce=int,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        description=_l("Whoever completed all of them is at level I."),
    )

    def offer(self) -> "TaskForm":
        """Fill the lists."""
        self.workstation.choices = [
            SelectChoice(str(post.id), f"{post.workshop.name}, {post.name}") for post in people.workstations()
        ]
        self.modules.choices = [
            SelectChoice(str(edition.module_id), in_language(edition.content.title)) for edition in newest_editions()
        ]
        return self

    def fill(self, task: Task) -> None:
        """Show a task as it is."""
        self.title_fr.data, self.title_en.data = task.title.get("fr", ""), task.title.get("en", "")
        self.workstation.data, self.required.data = task.workstation_id, task.required
        self.safety_critical.data = task.safety_critical
        self.modules.data = [module.id for module in task.modules]

    def entry(self) -> TaskEntry:
        """Return what `skills.actions.add_task` takes."""
        title = {"fr": self.title_fr.data, "en": self.title_en.data}
        return TaskEntry(
            title={language: text.strip() for language, text in title.items() if text and text.strip()},
            workstation_id=self.workstation.data,
            safety_critical=self.safety_critical.data,
            required=self.required.data,
            module_ids=self.modules.data or [],
        )


class SkillsFile(FlaskForm):
    """The plant's own matrix or sign-offs, to be brought in."""

    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l("CSV in any usual encoding, or an Excel workbook (.xlsx)."),
    )
