"""Costs have no sampling interval: a pessimistic and an optimistic scenario instead (sections 2.4 and 3.8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.evaluation.estimators.estimates import Estimate
from lms.kernel.intervals import Interval


@dataclass(frozen=True)
class Costs:
    """What a pilot costs, in one currency; what lasts longer than the pilot counts by its months."""

    development: float
    life_months: float
    """How long what was developed will serve."""
    pilot_months: float
    hosting_per_month: float
    kiosks: float
    kiosk_life_months: float
    support: float
    learner_hours: float
    wage_per_hour: float
    completed_hours: float
    """Hours of training that were completed; above 0."""

    @property
    def total(self) -> float:
        """What the months of the pilot cost."""
        return self.fixed + self.learner_hours * self.wage_per_hour

    @property
    def fixed(self) -> float:
        """What they cost whatever the hours."""
        return (
            self.development * self.pilot_months / self.life_months
            + self.hosting_per_month * self.pilot_months
            + self.kiosks * self.pilot_months / self.kiosk_life_months
            + self.support
        )

    @property
    def variable_per_hour(self) -> float:
        """What learners cost for an hour that is completed."""
        return self.learner_hours * self.wage_per_hour / self.completed_hours

    @property
    def per_completed_hour(self) -> float:
        """What one completed hour of training costs (indicator E1)."""
        return self.total / self.completed_hours


def scenarios(central: float, others: Sequence[float]) -> Estimate:
    """Return the central figure between the lowest and the highest scenario.

    So that *met* needs even the pessimistic one to clear the threshold. The level is 1: this
    is a range of assumptions, not a chance.
    """
    every = [central, *others]
    return Estimate(central, Interval(min(every), max(every)), 1.0)
