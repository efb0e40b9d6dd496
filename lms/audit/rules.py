"""What follows from an audit's facts: strength, risk, lateness."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol

from lms.audit.document import Evidence, Finding
from lms.audit.models import ActionStatus, EvidenceSource
from lms.audit.panel import PanelEntry
from lms.kernel.refusals import Refusal


class AuditChangedMeanwhile(Refusal):
    """Someone else changed the audit since this page was opened."""


class AuditCodeTaken(Refusal):
    """Another audit has this code already."""


class AuditEntryInUse(Refusal):
    """A plan or a pilot rests on the recommendation, so that it cannot be taken away."""


class Strength(StrEnum):
    """How much a finding rests on."""

    SOLID = "solid"
    WEAK_SIGNAL = "weak_signal"


LEAST_SOURCES = 2
LEAST_PERSONS = 3


class Piece(Protocol):
    """A piece of evidence, as a row or as a part of a document."""

    @property
    def source_type(self) -> EvidenceSource:
        """What kind of evidence it is."""
        ...

    @property
    def speaker(self) -> int | None:
        """The number that stands for who spoke."""
        ...


def persons(pieces: Iterable[Piece]) -> int:
    """Return how many persons stand behind the pieces; one without a number counts as one person."""
    found = list(pieces)
    numbered = {piece.speaker for piece in found if piece.speaker is not None}
    return len(numbered) + sum(piece.speaker is None for piece in found)


def strength(pieces: Iterable[Piece]) -> Strength:
    """Return the strength of a finding, given the evidence it rests on.

    Solid rests on two kinds of source or three distinct persons; less is a weak signal
    (evaluation reference, section 1.1 D).
    """
    found = list(pieces)
    solid = len({piece.source_type for piece in found}) >= LEAST_SOURCES or persons(found) >= LEAST_PERSONS
    return Strength.SOLID if solid else Strength.WEAK_SIGNAL


def is_validated(finding: Finding) -> bool:
    """Whether two different people stand behind a finding; until then it is a draft."""
    return bool(finding.validated_by and finding.second_validated_by)


def is_late(status: ActionStatus, due_on: date | None, today: date) -> bool:
    """Whether an action that is neither done nor cancelled is past its date."""
    return status in (ActionStatus.TO_DO, ActionStatus.DOING) and due_on is not None and due_on < today


def risk(likelihood: int, severity: int) -> int:
    """Return the risk of a point of vigilance, 1 to 16."""
    return likelihood * severity


SAID_BY_SOMEONE = (EvidenceSource.INTERVIEW, EvidenceSource.SURVEY)


def may_be_quoted(piece: Evidence, panel: Iterable[PanelEntry], smallest: int) -> bool:
    """Whether the words of a piece can be shown without pointing at who said them.

    What a person said needs a role and a shift that enough people of the company share; where
    the shift is not said, the role as a whole (evaluation reference, section 1.1 D). Who
    says nothing of a role, or does not know how many share it, shows nothing. What was
    read, seen or measured is nobody's word unless it names a role.
    """
    if piece.role is None:
        return piece.source_type not in SAID_BY_SOMEONE
    entry = next((entry for entry in panel if entry.role is piece.role), None)
    sharing = entry.in_company(piece.shift_band) if entry else None
    return sharing is not None and sharing >= smallest


def is_missed(planned_on: date, held_on: date | None, today: date) -> bool:
    """Whether a key moment is past its day without having been held."""
    return held_on is None and planned_on < today
