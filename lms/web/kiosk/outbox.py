"""What kiosks deliver: events in batches, each acknowledged by its id once it is on disk.

A kiosk delivers as a kiosk, whoever stands there. What an answer came to is told to nobody
but the person who gave it, who proves it by the key of their sign-in.
"""

import logging
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from flask import Response, request
from pydantic import BaseModel, Field

from lms.delivery import actions
from lms.delivery.actions import Delivery, Envelope, Received, Taken
from lms.delivery.events import Milliseconds, moment, sign_in_of
from lms.delivery.models import SetAside
from lms.kernel.clock import came, local_day
from lms.kernel.database import Busy, is_busy
from lms.kernel.group_commit import durably
from lms.kernel.refusals import Refusal
from lms.kernel.settings import setting
from lms.web.kiosk.asserted import certifying
from lms.web.kiosk.ending import in_words
from lms.web.kiosk.guards import as_device
from lms.web.kiosk.messages import read, reply
from lms.web.shared.feedback import graded
from lms.web.shared.transactions import commits_itself

MOST_EVENTS, MOST_BYTES = 100, 256 * 1024
_log = logging.getLogger(__name__)


class _Envelope(BaseModel):
    id: UUID
    sealed: bool
    content: Annotated[str, Field(max_length=MOST_BYTES)]


class _Reader(BaseModel):
    sign_in: Annotated[str, Field(max_length=60)]
    key: Annotated[str, Field(max_length=64)]


class Batch(BaseModel):
    """Events of a kiosk's outbox, oldest first."""

    outbox: UUID
    clock: Milliseconds
    """The kiosk's, as it sends."""
    reader: _Reader | None
    """Who stands there and wants to know."""
    events: Annotated[list[_Envelope], Field(min_length=1, max_length=MOST_EVENTS)]


@commits_itself
@as_device
def deliver(token: str) -> Response:
    """Keep what a kiosk brings, and say of each event what became of it."""
    request.max_content_length = MOST_BYTES
    batch = read(Batch)
    reader = batch.reader and sign_in_of(batch.reader.sign_in, batch.reader.key, setting("SECRET_KEY"))
    received = _keep(token, batch)
    return reply(
        {
            "fates": {str(one.id): one.fate for one in received},
            "results": {
                str(one.id): _result(one.taken, one.language) if one.taken else {"withdrawn": True}
                for one in received
                if (one.taken or one.aside is SetAside.WITHDRAWN) and reader and one.person_id == reader.person_id
            },
        }
    )


def _keep(token: str, batch: Batch) -> list[Received]:
    """Keep a batch as a whole; where the server fails on it, each event alone, so that one holds up no other."""
    at = came()

    def delivery(envelopes: list[Envelope]) -> Delivery:
        return Delivery(batch.outbox, actions.admit(token, now=at), moment(batch.clock), envelopes)

    def receive(envelopes: list[Envelope]) -> list[Received]:
        return actions.receive(delivery(envelopes), at, certifying)

    def put_aside(envelope: Envelope) -> list[Received]:
        return [actions.put_aside(envelope, delivery([envelope]), SetAside.FAULT, at)]

    envelopes = [Envelope(one.id, one.content, one.sealed) for one in batch.events]
    found = _unless_it_fails(partial(receive, envelopes))
    if found is not None:
        return found
    alone = [_unless_it_fails(partial(receive, [one])) or durably(partial(put_aside, one)) for one in envelopes]
    return [one for received in alone for one in received]


def _unless_it_fails(work: "partial[list[Received]]") -> list[Received] | None:
    """Return what the work returns once it is on disk, None when the server failed on it; raises Busy."""
    try:
        return durably(work)
    except Refusal:
        raise
    except Exception as error:
        if is_busy(error):
            raise Busy() from error
        _log.exception("events of a kiosk could not be kept")
        return None


def _result(taken: Taken, language: str) -> dict[str, Any]:
    ending = taken.ending and {
        "passed": taken.ending.passed,
        "right": taken.ending.right,
        "asked": taken.ending.asked,
        "again": taken.ending.again,
        "attempts_left": taken.ending.attempts_left,
    }
    until = taken.good_until and in_words(local_day(taken.good_until), language)
    return {"ending": ending, "good_until": until} | (graded(taken.grade, language) if taken.grade else {})
