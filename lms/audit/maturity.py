"""Is the ground ready: the maturity grid and the gates of a pilot (evaluation reference, section 1.5).

Twelve processes in five areas are rated in five dimensions, 0 not adequate to 3 fully, each
rating with the evidence for it. Dimensions are read together: the grid does not rank a
company, and the only rule on it is whether a pilot may begin.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Annotated, ClassVar

from pydantic import Field

from lms.audit.models import Provenance
from lms.audit.texts import Codes, MaybeWords, Part


class Process(StrEnum):
    """What is rated."""

    L1 = "MAT-L1"
    L2 = "MAT-L2"
    L3 = "MAT-L3"
    D1 = "MAT-D1"
    D2 = "MAT-D2"
    S1 = "MAT-S1"
    S2 = "MAT-S2"
    S3 = "MAT-S3"
    E1 = "MAT-E1"
    E2 = "MAT-E2"
    O1 = "MAT-O1"
    O2 = "MAT-O2"


class Dimension(StrEnum):
    """In what respect it is rated."""

    DELIVERY = "delivery"
    PLANNING = "planning"
    DEFINITION = "definition"
    MANAGEMENT = "management"
    OPTIMISATION = "optimisation"


AREAS: dict[str, tuple[Process, ...]] = {
    "learning": (Process.L1, Process.L2, Process.L3),
    "development": (Process.D1, Process.D2),
    "support": (Process.S1, Process.S2, Process.S3),
    "evaluation": (Process.E1, Process.E2),
    "organisation": (Process.O1, Process.O2),
}

Rating = Annotated[int, Field(ge=0, le=3)] | None
"""None: not assessed."""


class ProcessRating(Part):
    """One process rated in each dimension, with the evidence for each rating."""

    key: ClassVar[str] = "process"

    process: Process
    delivery: Rating = None
    delivery_evidence: Codes = []
    planning: Rating = None
    planning_evidence: Codes = []
    definition: Rating = None
    definition_evidence: Codes = []
    management: Rating = None
    management_evidence: Codes = []
    optimisation: Rating = None
    optimisation_evidence: Codes = []
    note: MaybeWords = {}
    provenance: Provenance = Provenance.ILLUSTRATIVE

    def rating(self, dimension: Dimension) -> int | None:
        """Return the rating in one dimension, None where it was not assessed."""
        return getattr(self, dimension.value)

    def evidence(self, dimension: Dimension) -> list[str]:
        """Return the codes of the evidence for one rating."""
        return getattr(self, f"{dimension.value}_evidence")


class GateName(StrEnum):
    """The five conditions, each of which must hold before a pilot."""

    NETWORK = "network"
    WORKS_COUNCIL = "works-council"
    DATA_PROTECTION = "data-protection"
    TRAINERS = "trainers"
    TIME = "time"


class Gate(Part):
    """What is known of one gate; whether it is passed is worked out."""

    key: ClassVar[str] = "gate"

    gate: GateName
    value: Annotated[float, Field(allow_inf_nan=False, ge=0, le=1_000_000)] | None = None
    """Loss in percent, trainers on the shift that has fewest, mean of ADH6; none for an opinion or a sign-off."""
    recorded_on: date | None = None
    evidence: Codes = []
    note: MaybeWords = {}
    provenance: Provenance = Provenance.ILLUSTRATIVE


class GateState(StrEnum):
    """What a gate comes to."""

    PASSED = "passed"
    FAILED = "failed"
    UNPROVEN = "unproven"
    """No value, date or evidence yet."""


LARGEST_LOSS = 2.0
"""Percent of pings lost in kiosk zones, to be below."""
FEWEST_TRAINERS = 1
"""On each shift of the pilot."""
TIME_MEAN = 3.0
"""Mean of ADH6 (“I am given time”), to be above."""
SAID_NOT_COUNTED = (GateName.WORKS_COUNCIL, GateName.DATA_PROTECTION)


def gate_state(gate: Gate | None) -> GateState:
    """Return whether a gate is passed; a gate without date and evidence is not."""
    if gate is None or not gate.evidence or gate.recorded_on is None:
        return GateState.UNPROVEN
    if gate.gate in SAID_NOT_COUNTED:
        return GateState.PASSED
    if gate.value is None:
        return GateState.UNPROVEN
    holds = {
        GateName.NETWORK: gate.value < LARGEST_LOSS,
        GateName.TRAINERS: gate.value >= FEWEST_TRAINERS,
        GateName.TIME: gate.value > TIME_MEAN,
    }[gate.gate]
    return GateState.PASSED if holds else GateState.FAILED


def heat_map(ratings: Iterable[ProcessRating]) -> Mapping[tuple[str, Dimension], float | None]:
    """Return the median rating of each area in each dimension; None where nothing of it was rated."""
    known = {row.process: row for row in ratings}
    found: dict[tuple[str, Dimension], float | None] = {}
    for area, processes in AREAS.items():
        for dimension in Dimension:
            rated = [known[process].rating(dimension) for process in processes if process in known]
            values = [rating for rating in rated if rating is not None]
            found[area, dimension] = float(median(values)) if values else None
    return found


@dataclass(frozen=True)
class Shortfall:
    """A process whose delivery is too low for a pilot."""

    process: Process
    rating: int | None
    least: int


@dataclass(frozen=True)
class Readiness:
    """Whether a pilot may begin, and what stands in its way."""

    shortfalls: tuple[Shortfall, ...]
    gates: tuple[tuple[GateName, GateState], ...]
    """Those not passed."""

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.shortfalls and not self.gates


LEAST_DELIVERY = 1
LEAST_DELIVERY_OF = {Process.S1: 2, Process.O2: 2}


def readiness(ratings: Iterable[ProcessRating], gates: Iterable[Gate]) -> Readiness:
    """Return whether a pilot may begin: delivery high enough everywhere and every gate passed.

    Delivery of at least 2 for MAT-S1 and MAT-O2 and 1 elsewhere, and no gate failed (evaluation
    reference, section 1.5). What was not assessed does not hold: the weakest link decides.
    """
    delivered = {row.process: row.delivery for row in ratings}
    recorded = {gate.gate: gate for gate in gates}
    wanted = {process: LEAST_DELIVERY_OF.get(process, LEAST_DELIVERY) for process in Process}
    short = [
        Shortfall(process, delivered.get(process), least)
        for process, least in wanted.items()
        if (rating := delivered.get(process)) is None or rating < least
    ]
    states = [(name, gate_state(recorded.get(name))) for name in GateName]
    return Readiness(tuple(short), tuple((name, state) for name, state in states if state is not GateState.PASSED))
