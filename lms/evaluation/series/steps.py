"""Where people leave a module for good (evaluation reference, indicator C5)."""

from typing import Any

from lms.evaluation.facts import Facts, Outcome
from lms.progress.leaving import FOR_GOOD

Document = dict[str, Any]


def steps(facts: Facts, smallest: int) -> list[Document] | None:
    """Return, for each module and step, how many did it and how many of them left for good right after.

    A module that too few people started is masked whole, and so are the steps that too few reached.
    """
    found = [_module(code, _outcomes(facts, code), facts, smallest) for code in _modules(facts)]
    return found or None


def _modules(facts: Facts) -> list[str]:
    return sorted({module for _, module in facts.outcomes} & {row.module for row in facts.assigned})


def _outcomes(facts: Facts, module: str) -> list[Outcome]:
    people = {row.person for row in facts.assigned if row.module == module}
    own = (facts.of_person(person, module) for person in sorted(people))
    return [one for one in own if one.reached > 0]


def _module(code: str, started: list[Outcome], facts: Facts, smallest: int) -> Document:
    if len(started) < smallest:
        return {"module": code, "started": None, "steps": [], "masked": True}
    last = max(one.steps for one in started)
    return {
        "module": code,
        "started": len(started),
        "steps": [_step(number, started, facts, smallest) for number in range(1, last + 1)],
        "masked": False,
    }


def _step(number: int, started: list[Outcome], facts: Facts, smallest: int) -> Document:
    at_risk = [one for one in started if one.reached >= number]
    left = [one for one in at_risk if one.reached == number and _has_left(one, facts)]
    masked = 0 < len(at_risk) < smallest
    return {
        "step": number,
        "reached": None if masked else len(at_risk),
        "left": None if masked else len(left),
        "masked": masked,
    }


def _has_left(one: Outcome, facts: Facts) -> bool:
    return one.completed_on is None and one.last_on is not None and one.last_on + FOR_GOOD <= facts.as_of
