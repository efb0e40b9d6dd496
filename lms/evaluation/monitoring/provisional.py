"""What a pilot comes to at one cut-off: read once, kept in memory, for it does not change."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select

from lms.evaluation import gathering, results
from lms.evaluation.facts import Cutoff, Facts, Need
from lms.evaluation.monitoring.weekly import Provisional
from lms.evaluation.population import Population
from lms.evaluation.protocol import FrozenIndicator, FrozenProtocol, canonical
from lms.kernel.database import db
from lms.records.models import LearningRecord

Value = TypeVar("Value")

READ_BESIDES = frozenset({Need.WORK, Need.VISITS, Need.HELP, Need.TRIES, Need.SERVICE, Need.SHIFTS, Need.ZONES})
WATCHED = ""
"""The recommendation that stands for all of them, where an indicator is watched outside the protocol."""
MOST_KEPT = 500
_kept: WeakKeyDictionary[Engine, dict[str, Any]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Reading:
    """What is read at a cut-off, and the name under which what follows from it is kept."""

    protocol: FrozenProtocol
    people: Population
    at: Cutoff
    key: str

    @cached_property
    def facts(self) -> Facts:
        """Return the facts as an evaluation would read them."""
        return gathering.facts(self.protocol, self.people, self.at)

    def kept(self, called: str, make: Callable[[], Value]) -> Value:
        """Return what was made of this reading before, or make it."""
        memory = _kept.setdefault(db.engine, {})
        name = f"{called} {self.key}"
        if name not in memory:
            if len(memory) >= MOST_KEPT:
                memory.clear()
            memory[name] = make()
        return memory[name]


def reading(frozen: FrozenProtocol, seal: str, cut_off: date, besides: frozenset[Need] = frozenset()) -> Reading:
    """Return what is read at the end of a day, with what was known by then.

    What came later, from a kiosk that could not reach the server, counts at the next
    cut-off: so a figure once shown stays. `seal` names the protocol with its amendments,
    `besides` what is read though no indicator needs it.
    """
    protocol = replace(frozen, read_besides=besides)
    people = gathering.population(protocol, cut_off)
    until = gathering.end_of(protocol, cut_off)
    at = gathering.cutoff(protocol, cut_off, _sequence_at(until), until)
    told = canonical([seal, sorted(besides), cut_off.isoformat(), at.up_to, _names(protocol), people.document()])
    return Reading(protocol, people, at, hashlib.sha256(told.encode()).hexdigest())


def _names(protocol: FrozenProtocol) -> list[str]:
    return [f"{entry.recommendation} {entry.code}" for entry in protocol.indicators]


def _sequence_at(moment: datetime) -> int:
    query = select(func.max(LearningRecord.sequence)).where(LearningRecord.recorded_at <= moment)
    return db.session.scalar(query) or 0


def figures(found: Reading) -> dict[str, Provisional]:
    """Return what each indicator of the protocol came to, and each that is only watched, by its code."""
    return found.kept("figures", lambda: _figures(found))


def _figures(found: Reading) -> dict[str, Provisional]:
    facts = found.facts
    everything = replace(facts, assigned=tuple(replace(row, recommendation=WATCHED) for row in facts.assigned))
    return {
        entry.code: _provisional(entry, everything if is_watched(entry) else facts, found)
        for entry in found.protocol.indicators
    }


def is_watched(entry: FrozenIndicator) -> bool:
    """Whether an indicator is outside the protocol."""
    return entry.recommendation == WATCHED


def _provisional(entry: FrozenIndicator, facts: Facts, found: Reading) -> Provisional:
    told, counted = results.provisional(entry, facts, found.protocol)
    return Provisional(found.at.as_of, told, counted)
