"""The forms of skills: filters, sign-offs, signatures, tasks, a file."""

from collections.abc import Collection, Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
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
from lms.kernel.settings import setting
from lms.people import queries as people
from lms.people.models import Team
from lms.skills import afest
from lms.skills.actions import Observation, TaskEntry
from lms.skills.covering import Assumption, Line
from lms.skills.matrix import Post, Wanted
from lms.skills.models import Task
from lms.skills.rules import Level, Outcome, PointKind
from lms.skills.signing import Point, Points
from lms.web.teams.forms import AsOf
from lms.web.teams.wording import OUTCOMES

_DAY = _l("Give a date, for example 2027-03-31.")
_ALL_NEEDED = _l("Without this it is no AFEST.")


def _number(value: str | None) -> int | None:
    return int(value) if value and value != "None" else None


class MatrixFilter(AsOf):
    """What of the matrix is shown, and as of which day; a choice that is not on offer counts as none."""

    team = SelectField(_l("Team"), default="", validate_choice=False)
    shift = SelectField(_l("Shift"), default="", validate_choice=False)
    workshop = SelectField(_l("Workshop"), default="", validate_choice=False)
    post = SelectField(_l("Post"), default="", validate_choice=False)
    level = SelectField(_l("Level"), default="", validate_choice=False)

    def offer(self, teams: Collection[Team]) -> "MatrixFilter":
        """Offer what the teams that the reader may see have; a field with nothing to choose from goes."""
        workshops = {team.workshop.id: team.workshop.name for team in teams if team.workshop}
        posts = {
            post.id: f"{post.name} ({post.workshop.name})"
            for post in people.workstations()
            if not workshops or post.workshop_id in workshops
        }
        for name, everything, found in (
            ("team", _l("All teams"), {team.id: team.name for team in teams}),
            ("shift", _l("All shifts"), {team.shift.code: team.shift.name for team in teams if team.shift}),
            ("workshop", _l("All workshops"), workshops),
            ("post", _l("All posts"), posts),
        ):
            self[name].choices = [
                ("", everything),
                *sorted(((str(key), text) for key, text in found.items()), key=_second),
            ]
            if len(found) < 2 and not self[name].data:
                del self[name]
        self.level.choices = [("", _l("All levels")), *((level.value, level.value) for level in list(Level)[1:])]
        return self

    @property
    def wanted(self) -> Wanted:
        """What `skills.matrix` understands."""
        level = self._chosen("level")
        return Wanted(
            team=_number(self._chosen("team")),
            shift=self._chosen("shift"),
            workshop=_number(self._chosen("workshop")),
            post=_number(self._chosen("post")),
            level=Level(level) if level else None,
        )

    def _chosen(self, name: str) -> str | None:
        field = self._fields.get(name)
        offered = {value for value, *_ in field.choices if value} if field else set()
        return str(field.data) if field and field.data in offered else None


def _second(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


class SignOffForm(FlaskForm):
    """What an observer saw of someone's practice."""

    person = SelectField(_l("Person"), [InputRequired(_l("Choose a person."))], coerce=_number)
    task = SelectField(_l("Task"), [InputRequired(_l("Choose a task."))], coerce=_number)
    met = SelectMultipleField(_l("What was respected"), [Optional()], coerce=int)
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
    )
    photo = FileField(
        _l("Photo"),
        [Optional()],
        render_kw={"accept": "image/*", "capture": "environment"},
        description=_l("Of the work, not of faces. The place and the owner written in it are taken out."),
    )
    coaching = BooleanField(
        _l("They were coaching somebody"), description=_l("What leads from U to O: whoever teaches was seen teaching.")
    )
    trained_to_teach_on = DateField(_l("Trained to teach on"), [Optional()])
    teaching_practice = TextAreaField(_l("What they have written or signed off"), [Optional(), Length(max=2000)])

    def offer(self, persons: Mapping[int, str], tasks: Collection[Task]) -> "SignOffForm":
        """Fill the lists."""
        none = SelectChoice("", "–")
        titles = {task.id: f"{in_language(task.title)} ({task.code})" for task in tasks}
        self.person.choices = [none, *(SelectChoice(str(number), name) for number, name in persons.items())]
        self.task.choices = [none, *(SelectChoice(str(number), title) for number, title in titles.items())]
        self.outcome.choices = [SelectChoice(outcome.value, label) for outcome, label in OUTCOMES.items()]
        self.met.choices = []
        self.cycles.description = _(
            "Needed before someone works alone: %(cycles)s, on %(days)s different days at least.",
            cycles=setting("SKILL_CYCLES"),
            days=setting("SKILL_DAYS"),
        )
        return self

    def ask(self, points: Points) -> None:
        """Offer the points of the task's checklist."""
        self.met.choices = [SelectChoice(str(place), "") for place in range(len(points.points))]

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
            coaching=self.coaching.data,
            trained_to_teach_on=self.trained_to_teach_on.data,
            teaching_practice=self.teaching_practice.data or "",
        )


class AfestForm(FlaskForm):
    """What a training at work was, beside the work itself."""

    activity = TextAreaField(_l("The work activity, analysed"), [DataRequired(_ALL_NEEDED), Length(max=4000)])
    led_by = SelectField(_l("The trainer who was designated"), [InputRequired(_l("Choose a person."))], coerce=_number)
    designated_on = DateField(_l("Designated on"), [DataRequired(_DAY)])
    reflected_on = DateField(_l("Day of the reflective phase"), [DataRequired(_DAY)])
    reflected_at = StringField(_l("Where, apart from the post"), [DataRequired(_ALL_NEEDED), Length(max=200)])
    reflection = TextAreaField(_l("Notes of the reflective phase"), [DataRequired(_ALL_NEEDED), Length(max=4000)])
    evaluation = TextAreaField(
        _l("What was acquired, and how it was seen"), [DataRequired(_ALL_NEEDED), Length(max=4000)]
    )

    def offer(self, trainers: Mapping[int, str]) -> "AfestForm":
        """Fill the list."""
        self.led_by.choices = [SelectChoice(str(number), name) for number, name in trainers.items()]
        return self

    def entry(self) -> afest.Entry:
        """Return what `skills.afest.record` takes."""
        return afest.Entry(
            activity=self.activity.data or "",
            led_by=self.led_by.data,
            designated_on=self.designated_on.data,
            reflected_on=self.reflected_on.data,
            reflected_at=self.reflected_at.data or "",
            reflection=self.reflection.data or "",
            evaluation=self.evaluation.data or "",
        )


def _lines(label: LazyString) -> TextAreaField:
    return TextAreaField(label, [Optional(), Length(max=4000)], description=_l("One point a line."))


class ChecklistForm(FlaskForm):
    """The points of a task, by what they are about, a line each, in both languages."""

    safety_fr = _lines(_l("Safety, in French"))
    safety_en = _lines(_l("Safety, in English"))
    quality_fr = _lines(_l("Quality, in French"))
    quality_en = _lines(_l("Quality, in English"))
    step_fr = _lines(_l("Steps, in French"))
    step_en = _lines(_l("Steps, in English"))

    def fill(self, points: Points) -> None:
        """Show a checklist as it is."""
        for kind in PointKind:
            for language in ("fr", "en"):
                texts = [point.text.get(language, "") for point in points.points if point.kind is kind]
                self[f"{kind.value}_{language}"].data = "\n".join(texts)

    def points(self) -> list[Point]:
        """Return the points; lines that have no twin in the other language stand alone, and are refused."""
        found = []
        for kind in (PointKind.SAFETY, PointKind.QUALITY, PointKind.STEP):
            told = {language: (self[f"{kind.value}_{language}"].data or "") for language in ("fr", "en")}
            lines = {
                language: [line.strip() for line in text.splitlines() if line.strip()]
                for language, text in told.items()
            }
            for place in range(max(map(len, lines.values()))):
                text = {language: those[place] for language, those in lines.items() if place < len(those)}
                found.append(Point(kind, text))
        return found


class LevelWordsForm(FlaskForm):
    """What the letters are called, in both languages; the fields are added below, one for each."""

    def fill(self, words: Mapping[str, Mapping[Level, str]]) -> None:
        """Show what the site says itself."""
        for language, own in words.items():
            for level, text in own.items():
                self[f"{level.value}_{language}"].data = text

    def words(self, language: str) -> dict[Level, str]:
        """Return what levels are to be called in a language."""
        return {level: self[f"{level.value}_{language}"].data or "" for level in Level}


for _level in Level:
    _letter = "–" if _level is Level.NONE else _level.value
    _labels = {"fr": _l("%(letter)s, in French", letter=_letter), "en": _l("%(letter)s, in English", letter=_letter)}
    for _language, _label in _labels.items():
        _field = StringField(_label, [Optional(), Length(max=120)])
        setattr(LevelWordsForm, f"{_level.value}_{_language}", _field)


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


BOXES = 40
"""People offered by a box each; more of them in a list."""


class WhatIf(Form):
    """What would be otherwise: people who are not there, a further line made of posts as there are already."""

    absent = SelectMultipleField(_l("Absent"), [Optional()], description=_l("Several people may be chosen."))
    line = SelectMultipleField(
        _l("A new line, made of these posts"), [Optional()], widget=ListWidget(), option_widget=CheckboxInput()
    )
    people = IntegerField(
        _l("People at each of these posts, on each shift"),
        [Optional(), NumberRange(1, 99, _l("Give a number from 1 to 99."))],
        description=_l("Empty: as many as the post needs now."),
    )
    on = SelectMultipleField(
        _l("Shifts on which the new line works"),
        [Optional()],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        description=_l("None: those on which the post is worked now."),
    )

    def offer(self, names: Mapping[int, str], posts: Collection[Post], shifts: Collection[tuple[str, str]]) -> "WhatIf":
        """Offer the people whom the reader may see, the posts that have tasks, and the shifts."""
        self.absent.choices = sorted(((str(number), name) for number, name in names.items()), key=_second)
        if len(names) <= BOXES:
            # A list of which several lines are chosen takes a keyboard; a gloved finger takes boxes.
            self.absent.widget, self.absent.option_widget, self.absent.description = ListWidget(), CheckboxInput(), ""
        self.line.choices = [(str(post.workstation.id), post.workstation.name) for post in posts]
        self.on.choices = list(shifts)
        return self

    @property
    def assumption(self) -> Assumption | None:
        """What is assumed; None where nothing would change."""
        posts = [int(number) for number in self.line.data or ()]
        absent = frozenset(int(number) for number in self.absent.data or ())
        line = Line(posts, self.people.data, list(self.on.data or ())) if posts else None
        return Assumption(absent, line) if absent or line else None
