"""Figures from outside in the simulated plant: six months before the pilot, then the months since.

The cost items are those of the worked example of the evaluation reference, section 2.4, and
a classroom beside it that costs less an hour. All are marked as examples.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from lms.evaluation.readings import actions
from lms.evaluation.readings.rules import NewReading
from lms.evaluation.readings.series import SERIES

MONTHS_BEFORE = 6
KNOWN_AFTER = timedelta(days=4)
MES = "Suivi de production (simulé), bilan du mois"
HSE = "Registre sécurité (simulé), bilan du mois"
PAYROLL = "Paie (simulée), bilan du mois"
EXAMPLE = "Exemple de calcul, valeurs inventées"
PUBLISHED = "Entretien de la responsable RH publié par le Cnam Pays de la Loire"
COSTS = {
    "development_cost": 6_000, "content_life": 24, "hosting_cost": 900, "kiosk_cost": 3_600, "kiosk_life": 60,
    "support_cost": 1_800, "kiosk_hours": 180, "wage_rate": 28, "classroom_hours": 150, "trainer_cost": 1_200,
    "room_cost": 207,
}  # fmt: skip
"""The classroom: 1 200 + 207 + 150 × 28 = 5 607 EUR for 150 hours, 37.38 EUR/h."""
SCENARIOS = {"content_life": (12, 36), "support_cost": (1_200, 3_000), "wage_rate": (26, 31)}
LAST_YEAR = {"training_expenditure": 456_000, "gross_payroll": 12_000_000}


def read(operators: int, starts_on: date, today: date, seed: int, now: datetime) -> None:
    """Enter every figure, as somebody would have done."""
    random = Random(f"{seed} readings")  # noqa: S311  (repeatable, no secret)
    for first, last in _months(starts_on, today):
        for series, value, source in _monthly(operators, first >= starts_on, random):
            _enter(series, first, last, value, source, now)
    # Whole weeks, so that whoever sees no names, and whole weeks alone, finds them too.
    closed = max(today - timedelta(days=today.isoweekday()), starts_on)
    for series, value in COSTS.items():
        _enter(series, starts_on, closed, value, EXAMPLE, now)
    last_year = date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    for series, value in LAST_YEAR.items():
        _enter(series, *last_year, value, EXAMPLE, now)
    # The one figure here that the plant itself has said in public.
    _enter("published_share", *last_year, 3.8, PUBLISHED, now, illustrative=False)


def _months(starts_on: date, today: date) -> Iterator[tuple[date, date]]:
    """Yield the months that are over, from six before the one in which the pilot began."""
    first = starts_on.replace(day=1)
    for _ in range(MONTHS_BEFORE):
        first = (first - timedelta(days=1)).replace(day=1)
    while (following := (first + timedelta(days=32)).replace(day=1)) <= today:
        yield first, following - timedelta(days=1)
        first = following


def _monthly(operators: int, during: bool, random: Random) -> Iterator[tuple[str, float, str]]:
    units = operators * 1_400 + random.randint(-4_000, 4_000)
    yield "units_produced", units, MES
    yield "defects", round(units * random.uniform(0.011, 0.013) * (0.9 if during else 1)), MES
    yield "hours_worked", float(operators * 142 + random.randint(-150, 150)), PAYROLL
    yield "incidents", random.choice((0, 1, 1, 2)), HSE


def _enter(
    series: str, first: date, last: date, value: float, source: str, now: datetime, *, illustrative: bool = True
) -> None:
    low, high = SCENARIOS.get(series, (None, None))
    unit = SERIES[series].unit.value
    # A month's figure is known some days after it.
    known_at = min(now, datetime.combine(last + KNOWN_AFTER, time(9), now.tzinfo))
    new = NewReading(series, unit, first, last, value, source, low=low, high=high, illustrative=illustrative)
    actions.enter(new, by=None, now=known_at)
