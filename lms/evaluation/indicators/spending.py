"""What the pilot cost, from figures read outside: low, central and high."""

from collections.abc import Callable

from lms.evaluation.estimators.costs import Costs
from lms.evaluation.estimators.ledger import CENTRAL, SCENARIOS, Ledger
from lms.evaluation.facts import Facts
from lms.evaluation.measures.case import Case


def scenario_cases(facts: Facts, value: Callable[[Facts, str], float | None]) -> list[Case]:
    """Return a case for each scenario, the central one alone where nothing has a low and a high figure."""
    varied = any(figure.low is not None for figure in facts.figures)
    found = [(name, value(facts, name)) for name in (SCENARIOS if varied else (CENTRAL,))]
    return [
        Case(-place, "", None, value=one, group=name) for place, (name, one) in enumerate(found, 1) if one is not None
    ]


def ledger(facts: Facts) -> Ledger:
    """Return what was spent during the pilot."""
    return Ledger(facts.figures, facts.starts_on, facts.as_of, completed_hours(facts))


def costs(facts: Facts, scenario: str) -> Costs | None:
    """Return the costs of the pilot; None while a figure lacks or nothing was completed."""
    return ledger(facts).costs(scenario)


def completed_hours(facts: Facts) -> float:
    """Return the hours of training completed, by the time that each module is meant to take."""
    done = {(row.person, row.module) for row in facts.assigned if facts.outcome(row).completed_on is not None}
    return sum(facts.designed.get(module, 0) for _, module in done) / 60
