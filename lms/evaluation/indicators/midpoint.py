"""Gains at mid-point, where half the teams take one module first and half the other.

Everyone sits tests of both modules before the first and again before the second: who has
learnt one of them is their own comparison with the other (evaluation reference, section 3.5).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from lms.evaluation.facts import Facts
from lms.evaluation.indicators.scores import taken


@dataclass(frozen=True)
class Half:
    """One person's gains, as shares of the points, up to the second module."""

    person: int
    team: str
    taught: float
    """On the module taken first."""
    waiting: float
    """On the module still to come."""


def halves(
    facts: Facts, orders: Mapping[str, tuple[str, str]], tests: Mapping[str, Collection[str]]
) -> tuple[list[Half], int]:
    """Return the gains of everyone of the teams with an order, and how many people lack one of the four tests.

    `orders` are the two modules of each team in its order, `tests` those of each module.
    """
    found, lacking = [], 0
    for person, rows in facts.by_person().items():
        order = orders.get(rows[-1].team)
        if order is None or not set(order) <= {row.module for row in rows}:
            continue
        gains = [_gain(facts, person, order, tests[module]) for module in order]
        if gains[0] is None or gains[1] is None:
            lacking += 1
        else:
            found.append(Half(person, rows[-1].team, gains[0], gains[1]))
    return found, lacking


def _gain(facts: Facts, person: int, order: tuple[str, str], tests: Collection[str]) -> float | None:
    """Return the score between the two modules less the one before both."""
    first, second = (facts.of_person(person, module) for module in order)
    if first.started_at is None or first.completed_at is None:
        return None
    every = taken(facts, person, tests)
    before = next((one for one in every if one.at <= first.started_at), None)
    if before is None:
        return None
    between = [
        one for one in every if one.test != before.test and _within(one.at, first.completed_at, second.started_at)
    ]
    return between[0].score - before.score if between else None


def _within(at: datetime, since: datetime, until: datetime | None) -> bool:
    return since <= at and (until is None or at <= until)
