"""The comparison group beside the teams that tried: its figure and the difference. Pure.

The verdict stays with the threshold; the difference is shown beside it (evaluation
reference, sections 3.5 and 3.10).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lms.evaluation.estimators.clusters import Cluster
from lms.evaluation.estimators.proportions import newcombe
from lms.evaluation.facts import Facts
from lms.evaluation.measures.case import Case
from lms.evaluation.rounding import written
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Basis, Measure, Rule

Document = dict[str, Any]


@dataclass(frozen=True)
class Arms:
    """The teams that try, and those that are compared with (none: everybody tries).

    Facts are parted first, for what is counted over many people, and cases then, for what
    rests on neither assignments nor members.
    """

    compared: Collection[str]

    def trying(self, facts: Facts) -> Facts:
        """Return the facts about those who try."""
        return _of(facts, lambda team: team not in self.compared) if self.compared else facts

    def waiting(self, facts: Facts) -> Facts:
        """Return the facts about the comparison group."""
        return _of(facts, lambda team: team in self.compared)

    def tried(self, cases: Sequence[Case]) -> list[Case]:
        """Return the cases of those who try."""
        return [case for case in cases if case.team not in self.compared] if self.compared else list(cases)

    def waited(self, cases: Sequence[Case]) -> list[Case]:
        """Return the cases of the comparison group."""
        return [case for case in cases if case.team in self.compared]


def _of(facts: Facts, kept: Callable[[str], bool]) -> Facts:
    return replace(
        facts,
        assigned=tuple(row for row in facts.assigned if kept(row.team)),
        members=tuple(member for member in facts.members if kept(member.team)),
    )


def comparison(other: Measure | None, shown: Measure | None, rule: Rule) -> Document:
    """Return the comparison group's figure, and the difference where both are shares.

    Empty where either figure may not be shown.
    """
    if other is None or shown is None:
        return dict.fromkeys(_FIGURES)
    interval = other.interval
    return {
        "value": written(other.estimate),
        "numerator": written(other.numerator),
        "denominator": written(other.denominator),
        "n": other.n,
        "n_eff": written(other.n_eff),
        "teams": other.teams,
        "low": written(interval.low) if interval else None,
        "high": written(interval.high) if interval else None,
        **_difference(shown, other, rule),
    }


_FIGURES = (
    "value", "numerator", "denominator", "n", "n_eff", "teams", "low", "high",
    "difference", "difference_low", "difference_high",
)  # fmt: skip


def _difference(shown: Measure, other: Measure, rule: Rule) -> Document:
    found: Document = {
        "difference": written(shown.estimate - other.estimate),
        "difference_low": None,
        "difference_high": None,
    }
    if rule.unit is Unit.SHARE and shown.basis is other.basis is Basis.SAMPLE:
        interval = newcombe(_effective(shown), _effective(other), rule.level)
        found |= {"difference_low": round(interval.low, 6), "difference_high": round(interval.high, 6)}
    return found


def _effective(measure: Measure) -> Cluster:
    return Cluster(measure.estimate * measure.n_eff, measure.n_eff)
