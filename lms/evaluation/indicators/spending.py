"""What the pilot cost, from figures read outside: low, central and high."""

from collections.abc import Callable
from datetime import date, timedelta

from lms.evaluation.estimators.costs import Costs
from lms.evaluation.facts import Facts, Figure
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.scenario import CENTRAL

LOW, HIGH = "low", "high"
SCENARIOS = (LOW, CENTRAL, HIGH)
BOUGHT = ("development_cost", "kiosk_cost")
"""Paid once, maybe long before the pilot: what serves for years counts by its months."""
LASTING = ("content_life", "kiosk_life")
NEEDED = (*BOUGHT, *LASTING, "hosting_cost", "support_cost", "kiosk_hours", "wage_rate")
LOST = ("kiosk_lost_production", "classroom_lost_production")
DAYS_A_MONTH = 365.25 / 12


def scenario_cases(facts: Facts, value: Callable[[Facts, str], float | None]) -> list[Case]:
    """Return a case for each scenario, the central one alone where nothing has a low and a high figure."""
    varied = any(figure.low is not None for figure in facts.figures)
    found = [(name, value(facts, name)) for name in (SCENARIOS if varied else (CENTRAL,))]
    return [
        Case(-place, "", None, value=one, group=name) for place, (name, one) in enumerate(found, 1) if one is not None
    ]


def costs(facts: Facts, scenario: str) -> Costs | None:
    """Return the costs of the pilot; None while a figure lacks or nothing was completed."""
    if not all(_of(facts, series) for series in NEEDED) or not completed_hours(facts):
        return None
    months = pilot_months(facts.starts_on, facts.as_of)
    shorter = opposite(scenario)
    return Costs(
        development=total(facts, "development_cost", scenario),
        life_months=holding(facts, "content_life", shorter),
        pilot_months=months,
        hosting_per_month=total(facts, "hosting_cost", scenario) / months,
        kiosks=total(facts, "kiosk_cost", scenario),
        kiosk_life_months=holding(facts, "kiosk_life", shorter),
        # Production lost counts only where it is counted in classrooms too.
        support=total(facts, "support_cost", scenario) + _lost(facts, "kiosk_lost_production", scenario),
        learner_hours=total(facts, "kiosk_hours", scenario),
        wage_per_hour=holding(facts, "wage_rate", scenario),
        completed_hours=completed_hours(facts),
    )


def classroom_per_hour(facts: Facts, scenario: str) -> float | None:
    """Return what an hour in a classroom costs: trainer, learners, room, travel, production lost."""
    hours = total(facts, "classroom_hours", CENTRAL)
    if not hours or not _of(facts, "trainer_cost") or not _of(facts, "wage_rate"):
        return None
    spent = sum(total(facts, series, scenario) for series in ("trainer_cost", "room_cost", "travel_cost"))
    return (spent + _lost(facts, "classroom_lost_production", scenario)) / hours + holding(facts, "wage_rate", scenario)


def completed_hours(facts: Facts) -> float:
    """Return the hours of training completed, by the time that each module is meant to take."""
    done = {(row.person, row.module) for row in facts.assigned if facts.outcome(row).completed_on is not None}
    return sum(facts.designed.get(module, 0) for _, module in done) / 60


def total(facts: Facts, series: str, scenario: str) -> float:
    """Return what a series adds up to."""
    return sum(_told(figure, scenario) for figure in _of(facts, series))


def holding(facts: Facts, series: str, scenario: str) -> float:
    """Return what holds at the cut-off: the newest figure of a series that has one."""
    return _told(max(_of(facts, series), key=lambda figure: figure.starts_on), scenario)


def pilot_months(first: date, last: date) -> float:
    """Return how many months a pilot has lasted: whole ones, and days as parts of one."""
    end = last + timedelta(days=1)
    whole = 12 * (end.year - first.year) + end.month - first.month
    return max(whole + (end.day - first.day) / DAYS_A_MONTH, 1 / DAYS_A_MONTH)


def _of(facts: Facts, series: str) -> list[Figure]:
    """Return the figures of a series that belong to the pilot; what was bought may be older."""
    own = [figure for figure in facts.figures if figure.series == series]
    if series in BOUGHT:
        return [figure for figure in own if figure.ends_on <= facts.as_of]
    if series in (*LASTING, "wage_rate"):
        return [figure for figure in own if figure.starts_on <= facts.as_of]
    return [figure for figure in own if facts.starts_on <= figure.starts_on and figure.ends_on <= facts.as_of]


def _lost(facts: Facts, series: str, scenario: str) -> float:
    return total(facts, series, scenario) if all(_of(facts, one) for one in LOST) else 0.0


def _told(figure: Figure, scenario: str) -> float:
    value = {LOW: figure.low, HIGH: figure.high}.get(scenario)
    return figure.value if value is None else value


def opposite(scenario: str) -> str:
    """Return the scenario at the other end; the central one is its own."""
    return {LOW: HIGH, HIGH: LOW}.get(scenario, scenario)
