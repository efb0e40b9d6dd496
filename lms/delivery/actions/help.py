"""Help: asked for at a kiosk, settled by those who look after people and modules."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms.catalogue import queries as catalogue
from lms.delivery.models import HelpAnswer, HelpCategory, HelpRequest
from lms.delivery.rules import BlockUnknown, HelpAnswered, HelpUnknown
from lms.kernel.database import db


@dataclass(frozen=True)
class Place:
    """What stood on the screen: an edition, and a card or question of it."""

    edition_id: int
    block_key: str | None


def ask_for_help(
    person_id: int,
    terminal_id: int,
    category: HelpCategory,
    place: Place | None,
    *,
    request_id: UUID,
    now: datetime,
    assertion_id: UUID | None = None,
) -> None:
    """Keep that someone asks for help; the same request again is kept once.

    `assertion_id`: it was under their badge alone, while the server was away.
    Raises NotFound for an unknown edition, BlockUnknown for a block that is not in it.
    """
    if place:
        content = catalogue.frozen(place.edition_id).content
        if place.block_key and content.block(place.block_key) is None:
            raise BlockUnknown(block=place.block_key)
    if db.session.get(HelpRequest, request_id) is not None:
        return
    db.session.add(
        HelpRequest(
            id=request_id,
            person_id=person_id,
            terminal_id=terminal_id,
            edition_id=place.edition_id if place else None,
            block_key=place.block_key if place else None,
            category=category,
            asked_at=now,
            assertion_id=assertion_id,
        )
    )
    db.session.flush()


def answer_help(request_id: UUID, words: str, *, by: int | None, now: datetime) -> None:
    """Settle a request, with a few words for whoever asked or none; raises HelpUnknown or HelpAnswered."""
    if db.session.get(HelpRequest, request_id) is None:
        raise HelpUnknown()
    if db.session.get(HelpAnswer, request_id) is not None:
        raise HelpAnswered()
    db.session.add(HelpAnswer(request_id=request_id, by_id=by, resolved_at=now, words=" ".join(words.split())))
    db.session.flush()


def answer_alike(request_ids: Collection[UUID], words: str, *, by: int | None, now: datetime) -> None:
    """Settle what several people asked alike; what somebody else has settled meanwhile stays as it is.

    Raises HelpUnknown, or HelpAnswered when nothing of it was left to settle.
    """
    left = [one for one in request_ids if db.session.get(HelpAnswer, one) is None]
    if request_ids and not left:
        raise HelpAnswered()
    for one in left:
        answer_help(one, words, by=by, now=now)
