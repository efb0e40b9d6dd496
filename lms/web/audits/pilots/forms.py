"""The forms of pilots."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.audit.models import Audit, Recommendation, RecommendationStatus, Testable
from lms.evaluation.choices import Choice, Design
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Pilot
from lms.evaluation.units import NAMES, stored
from lms.kernel.languages import in_language
from lms.people.models import Team

_DAY = _l("Give a date, for example 2027-03-31.")


class PilotForm(FlaskForm):
    """What a pilot is before its protocol is frozen."""

    code = StringField(
        _l("Code of the pilot"),
        [DataRequired(_l("Give a code."))],
        description=_l("It stands in addresses and commands."),
    )
    audit = SelectField(_l("Audit"), coerce=int)
    title_fr = StringField(_l("Title in French"), [DataRequired(_l("Give a title.")), Length(max=200)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=200)])
    starts_on = DateField(_l("First day"), [DataRequired(_DAY)])
    ends_on = DateField(_l("Last day"), [DataRequired(_DAY)])
    teams = SelectMultipleField(
        _l("Teams"), coerce=int, widget=ListWidget(), option_widget=CheckboxInput(), validate_choice=False
    )
    illustrative = BooleanField(
        _l("It rests on simulated people or illustrative values"), description=_l("Every page and print then says so.")
    )

    def offer(self, audits: Sequence[Audit], teams: Sequence[Team]) -> None:
        """Let the form choose among what there is."""
        self.audit.choices = [SelectChoice(str(audit.id), in_language(audit.title)) for audit in audits]
        self.teams.choices = [SelectChoice(str(team.id), team.name) for team in teams]

    def fill(self, pilot: Pilot) -> None:
        """Show a pilot as it is."""
        self.title_fr.data, self.title_en.data = pilot.title.get("fr", ""), pilot.title.get("en", "")
        self.starts_on.data, self.ends_on.data = pilot.starts_on, pilot.ends_on
        self.teams.data = [team.id for team in pilot.teams]
        self.illustrative.data = pilot.illustrative

    def design(self) -> Design:
        """Return what `evaluation.actions` takes."""
        title = {"fr": self.title_fr.data, "en": self.title_en.data}
        return Design(
            title={language: text for language, text in title.items() if text},
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            team_ids=self.teams.data or [],
            illustrative=self.illustrative.data,
        )


class IndicatorForm(FlaskForm):
    """An indicator for a recommendation, with its threshold."""

    recommendation = SelectField(_l("Recommendation"), coerce=int)
    indicator = SelectField(_l("Indicator"))
    threshold = DecimalField(
        _l("Threshold, in the indicator’s unit"),
        [InputRequired(_l("Give a threshold."))],
        description=_l("The least acceptable; it alone decides. Shares in per cent: 80; gaps: the margin in points."),
    )
    ambition = DecimalField(
        _l("Ambition, in the indicator’s unit"), [Optional()], description=_l("Shown beside it; it decides nothing.")
    )
    primary = BooleanField(
        _l("Primary"), default=True, description=_l("It gets a verdict. At most five; others get an interval only.")
    )
    critical = BooleanField(
        _l("Critical"), default=True, description=_l("The recommendation is met only if all critical ones are.")
    )
    n_min = IntegerField(
        _l("Least number of people"), [Optional()], description=_l("Empty: the indicator’s own default.")
    )
    min_teams = IntegerField(
        _l("Least number of teams"), [Optional()], description=_l("Empty: the indicator’s own default.")
    )

    def offer(self, recommendations: Sequence[Recommendation]) -> None:
        """Let the form choose among recommendations that a pilot can test."""
        self.recommendation.choices = [
            SelectChoice(str(row.id), f"{row.code} – {in_language(row.statement)}"[:110])
            for row in recommendations
            if row.testable is not Testable.NO and row.status is not RecommendationStatus.REJECTED
        ]
        self.indicator.choices = [
            SelectChoice(code, f"{code} – {definition.label} ({NAMES[definition.unit]}): {definition.question}")
            for code, definition in INDICATORS.items()
        ]

    def choice(self) -> Choice:
        """Return what `evaluation.actions.add_indicator` takes."""
        ambition, unit = self.ambition.data, INDICATORS[self.indicator.data].unit
        return Choice(
            indicator=self.indicator.data,
            recommendation_id=self.recommendation.data,
            threshold=stored(unit, float(self.threshold.data)),
            ambition=None if ambition is None else stored(unit, float(ambition)),
            critical=self.critical.data,
            primary=self.primary.data,
            n_min=self.n_min.data,
            min_teams=self.min_teams.data,
        )


class ConditionsForm(FlaskForm):
    """What must have happened before a pilot runs."""

    opinion_on = DateField(
        _l("Date of the works council’s opinion"),
        [Optional()],
        description=_l("A pilot phase is a first use: the opinion comes before it."),
    )
    notice_version = StringField(_l("Version of the information notice"), [Optional(), Length(max=20)])
    notice_on = DateField(_l("Date on which it was given to the people concerned"), [Optional()])


class FreezeForm(FlaskForm):
    """The explicit word that freezes a protocol."""

    confirmed = BooleanField(
        _l("I freeze this protocol. From now on it can only be amended, and the report prints every amendment."),
        [DataRequired(_l("Tick the box to freeze."))],
    )


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

    as_of = DateField(_l("Data cut-off"), [DataRequired(_DAY)], description=_l("The last day whose events count."))


def unreadable() -> str:
    """Return what is said of a new value that cannot be read."""
    return _("This value cannot be read. Give a number, yes or no, or a date such as 2027-03-31.")
