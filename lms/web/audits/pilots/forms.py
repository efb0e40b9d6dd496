"""The forms of pilots."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
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

from lms.audit.models import Audit
from lms.evaluation.choices import Design, Signatory
from lms.evaluation.designs import DESIGNS, Comparison
from lms.evaluation.models import Pilot, Screening
from lms.kernel.languages import INTERFACE_LANGUAGES, in_language
from lms.people.models import Notice, Team
from lms.reports.labels import SCREENINGS
from lms.web.audits.entry_fields import Asked


def _offered(words: Mapping[str, LazyString]) -> Iterator[SelectChoice]:
    return (SelectChoice(str(value), label) for value, label in words.items())


_WORDS = [Optional(), Length(max=1000)]
_DAY = _l("Give a date, for example 2027-03-31.")


class PilotForm(FlaskForm):
    """What a pilot is before its protocol is frozen."""

    code = StringField(
        _l("Code of the pilot"),
        [DataRequired(_l("Give a code."))],
        description=_l("It stands in addresses and commands."),
    )
    audit = SelectField(_l("Audit"), [Asked()], coerce=int)
    title_fr = StringField(_l("Title in French"), [DataRequired(_l("Give a title.")), Length(max=200)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=200)])
    starts_on = DateField(_l("First day"), [DataRequired(_DAY)])
    ends_on = DateField(_l("Last day"), [DataRequired(_DAY)])
    teams = SelectMultipleField(
        _l("Teams"), [Asked()], coerce=int, widget=ListWidget(), option_widget=CheckboxInput(), validate_choice=False
    )
    population_fr = TextAreaField(_l("Whom the pilot is about, in French"), _WORDS)
    population_en = TextAreaField(_l("Whom the pilot is about, in English"), _WORDS)
    inclusion_fr = TextAreaField(_l("Who is included, in French"), _WORDS)
    inclusion_en = TextAreaField(_l("Who is included, in English"), _WORDS)
    exclusion_fr = TextAreaField(_l("Who is left out, in French"), _WORDS)
    exclusion_en = TextAreaField(_l("Who is left out, in English"), _WORDS)
    comparison = RadioField(
        _l("With what it compares"),
        [Asked()],
        default=Comparison.ONE_GROUP.value,
        choices=[SelectChoice(kind.value, design.label) for kind, design in DESIGNS.items()],
    )
    compared = SelectMultipleField(
        _l("Teams of the comparison group"),
        coerce=int,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
        description=_l("For a waiting list and for matched teams: those of the teams above that are compared with."),
    )
    points_before = IntegerField(
        _l("Weekly points from before"),
        [Optional(), NumberRange(min=0)],
        description=_l("For an interrupted series: twelve or more."),
    )
    illustrative = BooleanField(
        _l("It rests on simulated people or illustrative values"), description=_l("Every page and print then says so.")
    )

    def offer(self, audits: Sequence[Audit], teams: Sequence[Team]) -> None:
        """Let the form choose among what there is."""
        self.audit.choices = [SelectChoice(str(audit.id), in_language(audit.title)) for audit in audits]
        self.teams.choices = [SelectChoice(str(team.id), team.name) for team in teams]
        self.compared.choices = [SelectChoice(str(team.id), team.name) for team in teams]

    def fill(self, pilot: Pilot) -> None:
        """Show a pilot as it is."""
        for name in _TEXTS:
            for language in INTERFACE_LANGUAGES:
                self[f"{name}_{language}"].data = getattr(pilot, name).get(language, "")
        self.starts_on.data, self.ends_on.data = pilot.starts_on, pilot.ends_on
        self.teams.data = [team.id for team in pilot.teams]
        self.comparison.data, self.points_before.data = pilot.comparison.value, pilot.points_before
        self.compared.data = [team.id for team in pilot.compared]
        self.illustrative.data = pilot.illustrative

    def design(self) -> Design:
        """Return what `evaluation.actions` takes."""
        return Design(
            **{name: self._text(name) for name in _TEXTS},
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            team_ids=self.teams.data or [],
            illustrative=self.illustrative.data,
            comparison=Comparison(self.comparison.data),
            compared_ids=self.compared.data or [],
            points_before=self.points_before.data,
        )

    def _text(self, name: str) -> dict[str, str]:
        texts = {language: (self[f"{name}_{language}"].data or "").strip() for language in INTERFACE_LANGUAGES}
        return {language: text for language, text in texts.items() if text}


_TEXTS = ("title", "population", "inclusion", "exclusion")


class ConditionsForm(FlaskForm):
    """What must have happened before a pilot runs, and what was examined."""

    opinion_on = DateField(
        _l("Date of the works council’s opinion"),
        [Optional()],
        description=_l("A pilot phase is a first use: the opinion comes before it."),
    )
    opinion_reference = StringField(_l("Document that holds the opinion"), [Optional(), Length(max=200)])
    notice_on = DateField(_l("Date on which it was given to the people concerned"), [Optional()])
    notice_version = StringField(_l("Version of the information notice"), [Optional(), Length(max=20)])
    screened_on = DateField(
        _l("Impact assessment (DPIA): examined on"),
        [Optional()],
        description=_l("Whether one is needed is for the data protection officer to say."),
    )
    screening = SelectField(
        _l("Result"), default="", choices=[SelectChoice("", _l("not examined yet")), *_offered(SCREENINGS)]
    )
    screening_note = TextAreaField(_l("Note"), [Optional(), Length(max=2000)])
    data_officer_on = DateField(_l("Signed off by the data protection officer on"), [Optional()])

    def fill(self, pilot: Pilot) -> None:
        """Show what is recorded."""
        self.opinion_on.data, self.opinion_reference.data = pilot.works_council_opinion_on, pilot.opinion_reference
        self.notice_on.data, self.notice_version.data = pilot.notice_given_on, pilot.notice_version
        self.screened_on.data, self.screening_note.data = pilot.screened_on, pilot.screening_note
        self.screening.data = pilot.screening.value if pilot.screening else ""
        self.data_officer_on.data = pilot.data_officer_on

    def conditions(self) -> dict[str, Any]:
        """Return what `evaluation.actions.record_conditions` takes."""
        return {
            "opinion_on": self.opinion_on.data,
            "opinion_reference": self.opinion_reference.data or "",
            "notice_on": self.notice_on.data,
            "notice_version": self.notice_version.data or "",
        }

    def screened(self) -> dict[str, Any]:
        """Return what `evaluation.actions.record_screening` takes."""
        return {
            "screened_on": self.screened_on.data,
            "screening": Screening(self.screening.data) if self.screening.data else None,
            "note": self.screening_note.data or "",
            "data_officer_on": self.data_officer_on.data,
        }


class ConditionsWithNotices(ConditionsForm):
    """The same where notices were published: one of them was given."""

    notice_version = SelectField(_l("Version of the information notice"), validate_choice=False)

    def offer(self, notices: Sequence[Notice], current: str) -> None:
        """Let the form choose among published notices, and what was typed before there were any."""
        published = [str(notice.version) for notice in notices]
        versions = published if current in ("", *published) else [current, *published]
        self.notice_version.choices = [SelectChoice("", _("none")), *(SelectChoice(one, one) for one in versions)]


class FreezeForm(FlaskForm):
    """Who signs, and the explicit word that freezes a protocol."""

    confirmed = BooleanField(
        _l("I freeze this protocol. From now on it can only be amended, and the report prints every amendment."),
        [DataRequired(_l("Tick the box to freeze."))],
    )

    def signatories(self) -> list[Signatory]:
        """Return those who are named."""
        rows = ((self[f"name_{row}"].data, self[f"role_{row}"].data, self[f"on_{row}"].data) for row in SIGNATURES)
        return [Signatory((name or "").strip(), (role or "").strip(), on) for name, role, on in rows if name or role]


SIGNATURES = (1, 2, 3, 4)
for _row in SIGNATURES:
    setattr(FreezeForm, f"name_{_row}", StringField(_l("Name"), [Optional(), Length(max=120)]))
    setattr(FreezeForm, f"role_{_row}", StringField(_l("Function"), [Optional(), Length(max=120)]))
    setattr(FreezeForm, f"on_{_row}", DateField(_l("Signed on"), [Optional()]))


class AmendForm(FlaskForm):
    """A departure from the frozen protocol, and why."""

    what = SelectField(_l("What changes"))
    value = StringField(_l("New value"), [InputRequired(_l("Give the new value."))])
    reason = TextAreaField(_l("Reason"), [DataRequired(_l("Give the reason: the report prints it.")), Length(max=2000)])
    data_seen = RadioField(
        _l("Had data of the pilot been seen?"),
        [InputRequired(_l("Say yes or no: the report prints it."))],
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))],
    )


class EvaluateForm(FlaskForm):
    """The day up to which events count."""

    as_of = DateField(
        _l("Data cut-off"),
        [DataRequired(_DAY)],
        description=_l("The last day whose events count: a week from that of any other evaluation, or the same."),
    )


def unreadable() -> str:
    """Return what is said of a new value that cannot be read."""
    return _("This value cannot be read. Give a number, yes or no, or a date such as 2027-03-31.")
