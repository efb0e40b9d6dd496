"""What a pilot comes to at one cut-off."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import func, select

from lms.evaluation import gathering, results
from lms.evaluation.facts import Cutoff, Facts, Need
from lms.evaluation.monitoring.weekly import Provisional
from lms.evaluation.population import Population
from lms.evaluation.protocol import FrozenIndicator, FrozenProtocol
from lms.kernel.database import db
from lms.records.models import LearningRecord

READ_BESIDES = frozenset({Need.WORK, Need.VISITS, Need.HELP, Need.TRIES, Need.SERVICE, Need.SHIFTS, Need.ZONES})
WATCHED = ""
"""The recommendation that stands for all of them, where an indicator is watched outside the protocol."""


@dataclass(frozen=True)
class Reading:
    """What is read at a cut-off."""

    protocol: FrozenProtocol
    people: Population
    at: Cutoff

    @cached_property
    def facts(self) -> Facts:
        """Return the facts as an evaluation would read them."""
        return gathering.facts(self.protocol, self.people, self.at)


def reading(frozen: FrozenProtocol, cut_off: date, besides: frozenset[Need] = frozenset()) -> Reading:
    """Return what is read at the end of a day, with what was known by then.

    What came later, from a kiosk that could not reach the server, counts at the next
    cut-off: so a figure once shown stays. `besides` is what is read though no indicator needs it.
    """
    protocol = replace(frozen, read_besides=besides)
    people = gathering.population(protocol, cut_off)
    until = gathering.end_of(protocol, cut_off)
    return Reading(protocol, people, gathering.cutoff(protocol, cut_off, _sequence_at(until), until))


def _sequence_at(moment: datetime) -> int:
    query = select(func.max(LearningRecord.sequence)).where(LearningRecord.recorded_at <= moment)
    return db.session.scalar(query) or 0


def figures(found: Reading) -> dict[str, Provisional]:
    """Return what each indicator of the protocol came to, and each that is only watched, by its code."""
    facts = found.facts
    everything = replace(facts, assigned=tuple(replace(row, recommendation=WATCHED) for row in facts.assigned))
    asking = [(entry, everything if is_watched(entry) else facts) for entry in found.protocol.indicators]
    held = results.held_back(found.protocol, asking, facts)
    return {entry.code: _provisional(entry, own, found, beside=entry.code in held) for entry, own in asking}


def is_watched(entry: FrozenIndicator) -> bool:
    """Whether an indicator is outside the protocol."""
    return entry.recommendation == WATCHED


def _provisional(entry: FrozenIndicator, facts: Facts, found: Reading, *, beside: bool) -> Provisional:
    told, counted = results.provisional(entry, facts, found.protocol, beside=beside)
    return Provisional(found.at.as_of, told, counted)
