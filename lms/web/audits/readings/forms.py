"""The forms of readings."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from lms.evaluation.readings import importing
from lms.evaluation.readings.models import Reading
from lms.evaluation.readings.rules import NewReading
from lms.evaluation.readings.series import SERIES
from lms.people import queries as people
from lms.web.audits.readings.wording import UNITS

_DAY = _l("Give a date, for example 2027-03-31.")


def _is_number(form: FlaskForm, field: StringField) -> None:
    try:
        importing.number(field.data or "")
    except ValueError as error:
        raise ValidationError(_("This is no number.")) from error


class ReadingForm(FlaskForm):
    """A figure from outside, or the correction of one."""

    series = SelectField(_l("Figure"), [InputRequired(_l("Choose a figure."))])
    unit = SelectField(
        _l("Unit of your figure"),
        [InputRequired(_l("Choose the unit in which your figure stands."))],
        description=_l("It must be the unit of the figure chosen: nothing is converted."),
    )
    starts_on = DateField(_l("First day of the period"), [DataRequired(_DAY)])
    ends_on = DateField(_l("Last day of the period"), [DataRequired(_DAY)])
    team = SelectField(_l("Team"), [Optional()], coerce=lambda value: int(value) if value else None)
    value = StringField(_l("Figure, or central scenario"), [InputRequired(_l("Give the figure.")), _is_number])
    low = StringField(_l("Low scenario"), [Optional(), _is_number])
    high = StringField(_l("High scenario"), [Optional(), _is_number])
    source = StringField(
        _l("Source"),
        [DataRequired(_l("Say where the figure was read. Without a source it is not kept.")), Length(max=300)],
        description=_l("A system, a document with its page, somebody’s count and its day."),
    )
    illustrative = BooleanField(
        _l("An example, not the plant’s own figure"), description=_l("Every page and print then says so.")
    )

    def offer(self) -> "ReadingForm":
        """Fill the lists."""
        self.series.choices = [
            SelectChoice("", "–"),
            *(SelectChoice(code, f"{series.label} ({UNITS[series.unit]})") for code, series in SERIES.items()),
        ]
        self.unit.choices = [SelectChoice("", "–"), *(SelectChoice(unit.value, name) for unit, name in UNITS.items())]
        teams = [SelectChoice(str(team.id), team.name) for team in people.teams()]
        self.team.choices = [SelectChoice("", _l("The whole plant")), *teams]
        return self

    def correct(self, reading: Reading) -> None:
        """Show the reading that is to be corrected; its series and team stay."""
        del self.series, self.team
        if not self.is_submitted():
            self.unit.data = SERIES[reading.series].unit.value
            self.starts_on.data, self.ends_on.data = reading.starts_on, reading.ends_on
            self.value.data, self.low.data, self.high.data = map(_written, (reading.value, reading.low, reading.high))
            self.source.data, self.illustrative.data = reading.source, reading.illustrative

    def reading(self, corrected: Reading | None) -> NewReading:
        """Return what `evaluation.readings.actions.enter` takes."""
        return NewReading(
            series=corrected.series if corrected else self.series.data,
            unit=self.unit.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            value=importing.number(self.value.data or ""),
            source=self.source.data or "",
            low=importing.number(self.low.data) if self.low.data else None,
            high=importing.number(self.high.data) if self.high.data else None,
            team_id=corrected.team_id if corrected else self.team.data,
            illustrative=self.illustrative.data,
            supersedes_id=corrected.id if corrected else None,
        )


def _written(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if value < 1e6 else f"{value:.0f}"
