"""Events as kiosks make them: their shapes, the sign-in they were made under, what their times are worth.

Everything about an event stands in the event itself, so that it means the same whenever,
wherever and in whatever order it arrives: the sitting and the attempt it belongs to, its
place in the sitting, the kiosk's clock and what the kiosk knew of the server's.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, TypeAdapter

from lms.delivery.models import HelpCategory, SetAside
from lms.kernel.ids import keyed_digest

ACCEPTED_FOR = timedelta(days=30)
"""After the sign-in under which it was made."""
WRONG_CLOCK = timedelta(minutes=5)
"""A kiosk's clock may be that much off before it is said to be wrong."""
DAY_IN_MS = 86_400_000

Milliseconds = Annotated[int, Field(ge=0, lt=4_102_444_800_000)]
"""Since 1970, up to 2100, by whatever clock."""
Place = Annotated[int, Field(ge=1, lt=2**31)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
Key = Annotated[str, Field(min_length=1, max_length=40)]


def moment(milliseconds: int) -> datetime:
    """Return the moment so many milliseconds after 1970 began."""
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=milliseconds)


class Times(BaseModel):
    """When something happened."""

    kiosk: Milliseconds
    """By the kiosk's clock."""
    server: Milliseconds | None
    """By the server's, as the kiosk reckoned; None for one that never heard from it."""


class SittingSaid(BaseModel):
    """The sitting of an event, the same in each of its events."""

    id: UUID
    edition: Annotated[int, Field(ge=1, lt=2**31)]
    attempt: Annotated[int, Field(ge=1, le=1000)]
    """The one that was under way, or to begin, as far as the kiosk knew."""
    language: Language
    began: Times


class _InSitting(BaseModel):
    id: UUID
    """Made at the kiosk; names the record."""
    at: Times
    sitting: SittingSaid
    place: Place
    """1, 2, 3… in the sitting."""


class Opened(_InSitting):
    """The player stands open."""

    kind: Literal["opened"]
    resumed: bool
    """Something of the attempt had been done before."""


class Seen(_InSitting):
    """A card was read to its end."""

    kind: Literal["seen"]
    block: Key
    duration_ms: Annotated[int, Field(ge=0, le=DAY_IN_MS)]


class Answered(_InSitting):
    """A question was answered; the shape of a response is its question's."""

    kind: Literal["answered"]
    block: Key
    duration_ms: Annotated[int, Field(ge=0, le=DAY_IN_MS)]
    response: Any
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    """How sure the person said to be."""


class Acknowledged(_InSitting):
    """What has changed in a module since somebody completed it was looked at."""

    kind: Literal["acknowledged"]


class Practised(BaseModel):
    """A question was answered in practice, in no module's sitting."""

    kind: Literal["practised"]
    id: UUID
    at: Times
    session: UUID
    """Common to the questions asked together."""
    edition: Annotated[int, Field(ge=1, lt=2**31)]
    block: Key
    language: Language
    duration_ms: Annotated[int, Field(ge=0, le=DAY_IN_MS)]
    response: Any


class Skipped(BaseModel):
    """The questions of a day were left."""

    kind: Literal["skipped"]
    id: UUID
    at: Times


class Called(BaseModel):
    """Somebody asked for help."""

    kind: Literal["called"]
    id: UUID
    at: Times
    category: HelpCategory
    edition: Annotated[int, Field(ge=1, lt=2**31)] | None
    block: Key | None


class Claimed(BaseModel):
    """A personal code was typed while the server was away; the claim under which this was made tells which."""

    kind: Literal["claimed"]
    id: UUID
    at: Times


InSitting = Opened | Seen | Answered | Acknowledged
Event = InSitting | Practised | Skipped | Called
"""What is recorded."""
Waiting = InSitting | Practised
"""What is kept of whoever showed a badge alone until they have spoken."""
WAITING: TypeAdapter[Waiting] = TypeAdapter(Annotated[Waiting, Field(discriminator="kind")])
EVENT: TypeAdapter[Event | Claimed] = TypeAdapter(Annotated[Event | Claimed, Field(discriminator="kind")])


class Wrapped(BaseModel):
    """What a kiosk seals: an event as text, and the proof that it was made under a sign-in."""

    sign_in: Annotated[str, Field(max_length=60)]
    key: Annotated[str, Field(max_length=64)]
    event: str

    @property
    def digest(self) -> bytes:
        """16 bytes that are equal for two deliveries of the same event."""
        return hashlib.sha256(f"{self.sign_in}\0{self.event}".encode()).digest()[:16]


class Claim(BaseModel):
    """What a kiosk seals first when it reads a badge while the server is away: then it knows the number no more."""

    badge: Annotated[str, Field(max_length=60)]
    """Its number, or a personal code."""
    at: Times


class Asserted(BaseModel):
    """Under which claim an event was made: sealed apart, so that the kiosk itself cannot read it again."""

    id: UUID
    """Common to everything done from one reading of the badge on."""
    claim: Annotated[str, Field(max_length=1000)]


class WrappedAsserted(BaseModel):
    """What a kiosk seals where it could not ask for a PIN: an event as text, and whose it is said to be."""

    asserted: Asserted
    event: str

    @property
    def digest(self) -> bytes:
        """16 bytes that are equal for two deliveries of the same event."""
        return hashlib.sha256(f"{self.asserted.id}\0{self.asserted.claim}\0{self.event}".encode()).digest()[:16]


WRAPPED: TypeAdapter[Wrapped | WrappedAsserted] = TypeAdapter(Wrapped | WrappedAsserted)


class PutAside(Exception):
    """An event cannot be recorded, and is kept as it came."""

    def __init__(self, reason: SetAside, person_id: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.person_id = person_id


@dataclass(frozen=True)
class SignIn:
    """Someone's time at a kiosk, under whose key it makes its events, the server being there or not."""

    person_id: int
    terminal_id: int
    since: datetime
    """To the second."""

    @property
    def said(self) -> str:
        """The sign-in as its events name it."""
        return f"{self.person_id}.{self.terminal_id}.{int(self.since.timestamp())}"

    def key(self, secret: str) -> str:
        """Return what proves that an event was made under this sign-in; the kiosk forgets it at its end."""
        return keyed_digest(secret, "events of a sign-in", self.said).hex()


def sign_in_of(said: str, key: str, secret: str) -> SignIn | None:
    """Return the sign-in if the key is its own, else None."""
    parts = said.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 12 for part in parts):
        return None
    person_id, terminal_id, since = (int(part) for part in parts)
    found = SignIn(person_id, terminal_id, moment(since * 1000))
    return found if hmac.compare_digest(found.key(secret), key) else None


@dataclass(frozen=True)
class Corrected:
    """When something happened by the server's clock, as well as it can be known."""

    at: datetime
    doubtful: bool
    """The kiosk's clock was more than five minutes wrong, or nothing told what it was worth."""


def corrected(said: Times, sent_at: datetime, received_at: datetime) -> Corrected:
    """Return when something happened by the server's clock.

    What the kiosk reckoned, if that can be: at most thirty days before it arrived and not
    after. Else its clock less what that clock was wrong when it delivered. Else the moment
    of arrival.
    """
    kiosk = moment(said.kiosk)
    reckoned = [] if said.server is None else [moment(said.server)]
    for guess in (*reckoned, kiosk + (received_at - sent_at)):
        if received_at - ACCEPTED_FOR <= guess <= received_at + WRONG_CLOCK:
            return Corrected(min(guess, received_at), abs(guess - kiosk) > WRONG_CLOCK)
    return Corrected(received_at, True)
