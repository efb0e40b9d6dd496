"""What follows from an audit's facts: strength, risk, lateness."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from lms.audit.models import ActionStatus, EvidenceSource, PanelRole
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
LEAST_PIECES = 3


def strength(sources: Sequence[EvidenceSource]) -> Strength:
    """Return the strength of a finding, given the kind of each piece of evidence.

    Solid rests on two kinds of source or three pieces; less is a weak signal
    (evaluation reference, section 1.1 D).
    """
    solid = len(set(sources)) >= LEAST_SOURCES or len(sources) >= LEAST_PIECES
    return Strength.SOLID if solid else Strength.WEAK_SIGNAL


def is_late(status: ActionStatus, due_on: date | None, today: date) -> bool:
    """Whether an action that is neither done nor cancelled is past its date."""
    return status in (ActionStatus.TO_DO, ActionStatus.DOING) and due_on is not None and due_on < today


def risk(likelihood: int, severity: int) -> int:
    """Return the risk of a point of vigilance, 1 to 16."""
    return likelihood * severity


def shift_may_be_shown(role: PanelRole | None, met: Mapping[PanelRole, int], smallest: int) -> bool:
    """Whether a quotation may say its speaker's shift, given how many of each role were met.

    A role and a shift together could name one of few people; where the role is not said,
    nobody knows how many they are.
    """
    return role is not None and met.get(role, 0) >= smallest
