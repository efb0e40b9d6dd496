"""The form of one indicator of a pilot: unit, options and defaults are those of its definition."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DecimalField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.audit.models import Recommendation, RecommendationStatus, Testable
from lms.evaluation.choices import Baseline, Choice
from lms.evaluation.indicators.definition import Definition, OptionKind
from lms.evaluation.models import PilotIndicator
from lms.evaluation.units import NAMES, limits, stored, typed
from lms.evaluation.verdict import Direction
from lms.kernel.languages import in_language
from lms.web.audits.entry_fields import Asked
from lms.web.audits.pilots.labels import ROLES, IndicatorRole

LONGEST_LABEL = 110


def _boxes(label: Any, description: Any = "", *, required: bool = False) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        [Asked()] if required else [],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
        description=description,
    )


class IndicatorForm(FlaskForm):
    """An indicator for a recommendation, with its threshold."""

    recommendation = SelectField(_l("Recommendation"), [Asked()], coerce=int)
    threshold = DecimalField(_l("Threshold"), [InputRequired(_l("Give a threshold."))], places=None)
    ambition = DecimalField(
        _l("Ambition"), [Optional()], places=None, description=_l("Shown beside it; it decides nothing.")
    )
    role = RadioField(
        _l("Role"),
        [Asked()],
        default=IndicatorRole.CRITICAL,
        choices=[SelectChoice(role, text) for role, text in ROLES.items()],
    )
    modules = _boxes(_l("Modules"), _l("None ticked: all modules planned for the recommendation."))
    n_min = IntegerField(_l("Least number"), [InputRequired(_l("Give a number."))])
    min_teams = IntegerField(_l("Least number of teams"), [InputRequired(_l("Give a number."))])
    icc0 = DecimalField(
        _l("Planning ICC"),
        [InputRequired(_l("Give a number."))],
        places=None,
        description=_l("How much people of one team resemble each other: 0 not at all, 1 entirely."),
    )
    baseline_value = DecimalField(_l("Value before the pilot"), [Optional()], places=None)
    baseline_source = StringField(
        _l("Where it is known from"), [Optional(), Length(max=300)], description=_l("Needed when a value is given.")
    )
    baseline_n = IntegerField(_l("Number of people it rests on"), [Optional()])
    baseline_window = StringField(_l("From when to when"), [Optional(), Length(max=200)])
    baseline_comparable = RadioField(
        _l("Measured in the same way, on people like these"),
        default="no",
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))],
    )

    definition: Definition

    def offer(
        self, recommendations: Sequence[Recommendation], choices: Mapping[OptionKind, Sequence[SelectChoice]]
    ) -> None:
        """Let the form choose among recommendations that a pilot can test, modules and tasks; say the unit."""
        unit = NAMES[self.definition.unit]
        self.recommendation.choices = [
            SelectChoice(str(row.id), f"{row.code} – {in_language(row.statement)}"[:LONGEST_LABEL])
            for row in recommendations
            if row.testable is not Testable.NO and row.status is not RecommendationStatus.REJECTED
        ]
        least = self.definition.direction is Direction.GE
        self.threshold.label.text = (
            _("Threshold: at least, in %(unit)s", unit=unit)
            if least
            else _("Threshold: at most, in %(unit)s", unit=unit)
        )
        self.threshold.description = _(
            "The least acceptable; it alone decides. A number %(limits)s.",
            limits=limits(self.definition.unit, whole=self.definition.counts_all),
        )
        self.ambition.label.text = _("Ambition, in %(unit)s", unit=unit)
        self.baseline_value.label.text = _("Value before the pilot, in %(unit)s", unit=unit)
        self.modules.choices = list(choices[OptionKind.MODULES])
        for option in self.definition.options:
            words = [SelectChoice(value, label) for value, label in option.words]
            self[f"option_{option.name}"].choices = words or list(choices[option.kind])
        if not self.definition.ruled and not self.definition.ruled_if_compared:
            self.role.choices = [choice for choice in self.role.choices if choice.value == IndicatorRole.SECONDARY]
            self.role.data = self.role.data if self.is_submitted() else IndicatorRole.SECONDARY.value

    def propose(self) -> None:
        """Show the defaults of the definition."""
        self.n_min.data, self.min_teams.data = self.definition.n_min, self.definition.min_teams
        self.icc0.data = self.definition.icc0

    def fill(self, row: PilotIndicator) -> None:
        """Show what was chosen."""
        unit = self.definition.unit
        self.recommendation.data, self.role.data = row.recommendation_id, IndicatorRole.of(row).value
        self.threshold.data = _shown(typed(unit, row.threshold))
        self.ambition.data = None if row.ambition is None else _shown(typed(unit, row.ambition))
        self.modules.data = row.modules
        self.n_min.data, self.min_teams.data, self.icc0.data = row.n_min, row.min_teams, row.icc0
        for option in self.definition.options:
            self[f"option_{option.name}"].data = row.options.get(option.name, [])
        if row.baseline:
            known = Baseline(**row.baseline)
            self.baseline_value.data = _shown(typed(unit, known.value))
            self.baseline_source.data, self.baseline_n.data = known.source, known.n
            self.baseline_window.data = known.window
            self.baseline_comparable.data = "yes" if known.comparable else "no"

    def choice(self) -> Choice:
        """Return what `evaluation.actions.add_indicator` takes."""
        unit, ambition = self.definition.unit, self.ambition.data
        return Choice(
            indicator=self.definition.code,
            recommendation_id=self.recommendation.data,
            threshold=stored(unit, float(self.threshold.data)),
            ambition=None if ambition is None else stored(unit, float(ambition)),
            modules=self.modules.data or [],
            critical=self.role.data == IndicatorRole.CRITICAL,
            primary=self.role.data != IndicatorRole.SECONDARY,
            n_min=self.n_min.data,
            min_teams=self.min_teams.data,
            icc0=float(self.icc0.data),
            options={option.name: self[f"option_{option.name}"].data or [] for option in self.definition.options},
            baseline=self._baseline(),
        )

    def _baseline(self) -> Baseline | None:
        value = self.baseline_value.data
        if value is None:
            return None
        return Baseline(
            value=stored(self.definition.unit, float(value)),
            source=self.baseline_source.data or "",
            n=self.baseline_n.data,
            window=self.baseline_window.data or "",
            comparable=self.baseline_comparable.data == "yes",
        )


def form_for(definition: Definition) -> IndicatorForm:
    """Return the form of an indicator, with a field for each thing it must or may be told."""
    fields: dict[str, Any] = {
        f"option_{option.name}": _boxes(option.label, required=option.required) for option in definition.options
    }
    kind = type("IndicatorFormOf" + definition.code, (IndicatorForm,), {**fields, "definition": definition})
    return kind()


def _shown(number: float) -> int | float:
    return int(number) if number == int(number) else number
