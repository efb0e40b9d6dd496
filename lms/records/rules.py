"""A record before it is stored, and what makes two of them the same.

What a record is made of is not changed once made, but not frozen either: each field of
a frozen dataclass costs a call, which an import of a hundred thousand notices.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from lms.kernel.json import to_json
from lms.records.models import Source

UNCOMPARED = frozenset({"display", "definition", "authority", "version", "attachments"})
"""Keys of `extras` that may differ between two tellings of one event (xAPI 1.0.3, Data 2.3.1)."""


@dataclass(slots=True)
class NewActivity:
    """What a record is about: an IRI, and what the record says of it."""

    iri: str
    name: str = ""
    type: str = ""
    """An IRI, or nothing."""
    parent: str = ""
    """The IRI of what it is a part of, or nothing."""


@dataclass(slots=True)
class ForeignLearner:
    """The learner of an imported record: a canonical identifier, and the xAPI actor as it came."""

    identifier: str
    said: dict[str, Any] = field(compare=False)


@dataclass(slots=True, kw_only=True)
class NewRecord:
    """One thing that happened, as it is handed to `actions.store`; not changed once made.

    Give either `person_id` or `foreign_actor`. Fields mean what the columns of
    `models.LearningRecord` mean.
    """

    id: UUID
    verb: str
    source: Source
    activity: NewActivity | None = None
    occurred_at: datetime | None = None
    """Aware; nothing means the moment of recording."""
    person_id: int | None = None
    foreign_actor: ForeignLearner | None = None
    edition_id: int | None = None
    block_key: str | None = None
    sitting_id: UUID | None = None
    attempt: int | None = None
    terminal_id: int | None = None
    score_scaled: float | None = None
    score_raw: float | None = None
    score_min: float | None = None
    score_max: float | None = None
    success: bool | None = None
    completion: bool | None = None
    duration_ms: int | None = None
    response: Any = None
    language: str | None = None
    voids_id: UUID | None = None
    purpose: str | None = None
    confidence: float | None = None
    extras: dict[str, Any] | None = None


class Fate(StrEnum):
    """What became of a record that was handed in."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    """Known already, with the same content: accepted, nothing changed."""
    CONFLICT = "conflict"
    """Known already, with another content: refused, nothing changed."""
    VOIDS_A_VOIDING = "voids_a_voiding"
    """Refused: a record that voids another cannot be voided itself (xAPI 1.0.3, Data 2.3.2)."""


@dataclass(frozen=True)
class Outcome:
    """What became of each record, in the order in which they were handed in."""

    fates: tuple[Fate, ...]
    touched: frozenset[tuple[int, int]]
    """(person, edition) pairs of ours whose standing must be refreshed, in the same transaction."""

    @property
    def stored(self) -> int:
        """How many were new."""
        return self.fates.count(Fate.STORED)

    @property
    def duplicates(self) -> int:
        """How many were known already."""
        return self.fates.count(Fate.DUPLICATE)

    @property
    def conflicts(self) -> int:
        """How many bear the id of another content."""
        return self.fates.count(Fate.CONFLICT)


def digest(record: NewRecord) -> bytes:
    """Return 16 bytes that are equal for two tellings of the same event.

    Neither the id nor the way it came counts, nor how a moment, an activity or a verb
    was worded.
    """
    said: tuple[Any, ...] = (
        record.person_id,
        record.foreign_actor and record.foreign_actor.identifier,
        record.verb,
        record.activity and record.activity.iri,
        record.edition_id,
        record.block_key,
        record.sitting_id,
        record.attempt,
        record.terminal_id,
        record.occurred_at and record.occurred_at.astimezone(UTC),
        _number(record.score_scaled),
        _number(record.score_raw),
        _number(record.score_min),
        _number(record.score_max),
        record.success,
        record.completion,
        record.duration_ms,
        record.response,
        record.language,
        record.voids_id,
        {key: value for key, value in (record.extras or {}).items() if key not in UNCOMPARED},
    )
    # Added rather than always there: what has neither keeps the digest it always had.
    if record.purpose is not None:
        said = (*said, record.purpose)
    if record.confidence is not None:
        said = (*said, {"confidence": record.confidence})
    return hashlib.sha256(to_json(said, sort_keys=True)).digest()[:16]


class _Known(Protocol):
    """What tells one stored record from another."""

    id: UUID
    digest: bytes


def fingerprint(stored: Iterable[_Known]) -> str:
    """Return the SHA-256 of the ids and digests of records, in their order."""
    return hashlib.sha256(b"".join(one.id.bytes + one.digest for one in stored)).hexdigest()


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def edition_activity(code: str, number: int, name: str = "") -> NewActivity:
    """Return the activity that stands for an edition of one of our modules."""
    return NewActivity(f"urn:etabli:module:{code}:edition:{number}", name, MODULE_TYPE)


def scored(points: int, most: int, *, correct: bool) -> dict[str, Any]:
    """Return what a record says of a graded answer: points from 0 to `most`, and their share (xAPI, Score)."""
    return {
        "success": correct,
        "score_raw": points,
        "score_min": 0,
        "score_max": most,
        "score_scaled": points / most,
    }


def block_activity(code: str, number: int, key: str, name: str = "", *, question: bool) -> NewActivity:
    """Return the activity that stands for a block of an edition."""
    edition = edition_activity(code, number).iri
    return NewActivity(f"{edition}:block:{key}", name, QUESTION_TYPE if question else CARD_TYPE, edition)


IDENTITY = "urn:etabli:identity"
"""Extension of a context: how it is known who it was, where that is not by a PIN given beforehand."""


def confirmed_later() -> dict[str, Any]:
    """Return the extras of what was done under a badge alone, and confirmed with a PIN by its holder afterwards."""
    return {"context": {"extensions": {IDENTITY: "asserted, then confirmed"}}}


def practice_activity() -> NewActivity:
    """Return the activity that stands for practice as such, whatever the questions."""
    return NewActivity("urn:etabli:practice", "Practice")


MODULE_TYPE = "http://adlnet.gov/expapi/activities/module"
QUESTION_TYPE = "http://adlnet.gov/expapi/activities/cmi.interaction"
CARD_TYPE = "http://adlnet.gov/expapi/activities/media"
