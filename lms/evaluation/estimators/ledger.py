"""What training cost in a stretch of days, from figures read outside: low, central and high (section 2.4, E1 to E5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from lms.evaluation.estimators.costs import Costs

LOW, CENTRAL, HIGH = "low", "central", "high"
SCENARIOS = (LOW, CENTRAL, HIGH)
BOUGHT = ("development_cost", "kiosk_cost")
"""Paid once, maybe long before: what serves for years counts by its months."""
LASTING = ("content_life", "kiosk_life")
NEEDED = (*BOUGHT, *LASTING, "hosting_cost", "support_cost", "wage_rate")
LEARNING = "kiosk_hours"
IN_CLASSROOMS = "classroom_hours"
LOST = ("kiosk_lost_production", "classroom_lost_production")
DAYS_A_MONTH = 365.25 / 12


class Figure(Protocol):
    """A figure from outside for a period."""

    @property
    def series(self) -> str: ...  # noqa: D102
    @property
    def starts_on(self) -> date: ...  # noqa: D102
    @property
    def ends_on(self) -> date: ...  # noqa: D102
    @property
    def value(self) -> float: ...  # noqa: D102
    @property
    def low(self) -> float | None: ...  # noqa: D102
    @property
    def high(self) -> float | None: ...  # noqa: D102


@dataclass(frozen=True)
class Ledger:
    """What was spent, and on how many hours of training."""

    figures: Sequence[Figure]
    starts_on: date
    as_of: date
    completed_hours: float
    """By the time that each module is meant to take."""
    worked_hours: float | None = None
    """What learners were seen to work, for where nobody counted the hours that they were away for it."""
    attended_hours: float = 0.0
    """What learners attended in classrooms, for where nobody entered those hours. Never both: they are the same."""

    @property
    def missing(self) -> list[str]:
        """Return the series without which nothing can be told."""
        needed = NEEDED if self.worked_hours is not None else (*NEEDED, LEARNING)
        return [series for series in needed if not self._of(series)]

    def costs(self, scenario: str) -> Costs | None:
        """Return the costs; None while a figure lacks or nothing was completed."""
        if self.missing or not self.completed_hours:
            return None
        months = months_between(self.starts_on, self.as_of)
        shorter = opposite(scenario)
        learner_hours = self.total(LEARNING, scenario) if self._of(LEARNING) else self.worked_hours or 0.0
        return Costs(
            development=self.total("development_cost", scenario),
            life_months=self.holding("content_life", shorter),
            pilot_months=months,
            hosting_per_month=self.total("hosting_cost", scenario) / months,
            kiosks=self.total("kiosk_cost", scenario),
            kiosk_life_months=self.holding("kiosk_life", shorter),
            # Production lost counts only where it is counted in classrooms too.
            support=self.total("support_cost", scenario) + self._lost("kiosk_lost_production", scenario),
            learner_hours=learner_hours,
            wage_per_hour=self.holding("wage_rate", scenario),
            completed_hours=self.completed_hours,
        )

    @property
    def classroom_hours(self) -> float:
        """Hours of learners in classrooms: as somebody entered them for the stretch, else those attended."""
        return self.total(IN_CLASSROOMS, CENTRAL) if self._of(IN_CLASSROOMS) else self.attended_hours

    def classroom_per_hour(self, scenario: str) -> float | None:
        """Return what an hour in a classroom costs: trainer, learners, room, travel, production lost."""
        hours = self.classroom_hours
        if not hours or not self._of("trainer_cost") or not self._of("wage_rate"):
            return None
        spent = sum(self.total(series, scenario) for series in ("trainer_cost", "room_cost", "travel_cost"))
        return (spent + self._lost("classroom_lost_production", scenario)) / hours + self.holding("wage_rate", scenario)

    def break_even(self, scenario: str) -> float | None:
        """Return the hours at which both cost the same (E5); infinite where kiosks never do.

        The low scenario has low costs at the kiosk and high ones in the classroom.
        """
        digital, classroom = self.costs(scenario), self.classroom_per_hour(opposite(scenario))
        if digital is None or classroom is None:
            return None
        saved = classroom - digital.variable_per_hour
        return digital.fixed / saved if saved > 0 else float("inf")

    def total(self, series: str, scenario: str) -> float:
        """Return what a series adds up to."""
        return sum(_told(figure, scenario) for figure in self._of(series))

    def holding(self, series: str, scenario: str) -> float:
        """Return what holds at the cut-off: the newest figure of a series that has one."""
        return _told(max(self._of(series), key=lambda figure: figure.starts_on), scenario)

    def _of(self, series: str) -> list[Figure]:
        """Return the figures of a series that belong to the stretch; what was bought may be older."""
        own = [figure for figure in self.figures if figure.series == series]
        if series in BOUGHT:
            return [figure for figure in own if figure.ends_on <= self.as_of]
        if series in (*LASTING, "wage_rate"):
            return [figure for figure in own if figure.starts_on <= self.as_of]
        return [figure for figure in own if self.starts_on <= figure.starts_on and figure.ends_on <= self.as_of]

    def _lost(self, series: str, scenario: str) -> float:
        return self.total(series, scenario) if all(self._of(one) for one in LOST) else 0.0


def months_between(first: date, last: date) -> float:
    """Return how many months a stretch has lasted: whole ones, and days as parts of one."""
    end = last + timedelta(days=1)
    whole = 12 * (end.year - first.year) + end.month - first.month
    return max(whole + (end.day - first.day) / DAYS_A_MONTH, 1 / DAYS_A_MONTH)


def payroll_share(figures: Sequence[Figure], as_of: date) -> tuple[date, date, float, float] | None:
    """Return the newest period for which both are known, what was spent on training in it, and its payroll (E4)."""
    spent, payroll = (
        {(one.starts_on, one.ends_on): one.value for one in figures if one.series == series and one.ends_on <= as_of}
        for series in ("training_expenditure", "gross_payroll")
    )
    period = max(spent.keys() & payroll.keys(), key=lambda one: (one[1], one[0]), default=None)
    return None if period is None else (*period, spent[period], payroll[period])


def opposite(scenario: str) -> str:
    """Return the scenario at the other end; the central one is its own."""
    return {LOW: HIGH, HIGH: LOW}.get(scenario, scenario)


def _told(figure: Figure, scenario: str) -> float:
    value = {LOW: figure.low, HIGH: figure.high}.get(scenario)
    return figure.value if value is None else value
