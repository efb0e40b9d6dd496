"""What the player sends: a sitting opened, a card seen, an answer. One thing in each request.

The reply comes after the commit: what it acknowledges is on disk. The kiosk repeats the
same request, with the same id, until it has a reply.
"""

from typing import Annotated, Any
from uuid import UUID

from flask import Response
from pydantic import AwareDatetime, BaseModel, Field

from lms.delivery import actions
from lms.delivery.actions import Taken
from lms.kernel.clock import now
from lms.kernel.group_commit import durably
from lms.web.kiosk.feedback import graded
from lms.web.kiosk.guards import with_pass
from lms.web.kiosk.messages import read, reply
from lms.web.shared.transactions import commits_itself

DAY_IN_MS = 86_400_000


class _Message(BaseModel):
    id: UUID
    """Made at the kiosk; names the record."""
    pass_: Annotated[str, Field(alias="pass", max_length=200)]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
    occurred_at: AwareDatetime


class Opening(_Message):
    """The player stands open."""


class Seeing(_Message):
    """A card was read to its end."""

    block: Annotated[str, Field(max_length=40)]
    duration_ms: Annotated[int, Field(ge=0, le=DAY_IN_MS)]


class Answer(Seeing):
    """A question was answered; the shape of a response is its question's."""

    response: Any
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    """How sure the person said to be."""


@commits_itself
@with_pass
def opened(sitting_id: UUID, token: str) -> Response:
    """Begin a sitting; reply with the number of the attempt."""
    message, at = read(Opening), now()

    def keep() -> int:
        its_pass = actions.admit(token, sitting_id, message.pass_, now=at)
        return actions.open_sitting(
            its_pass.person_id,
            its_pass.edition_id,
            sitting_id=sitting_id,
            record_id=message.id,
            terminal_id=its_pass.terminal_id,
            language=message.language,
            occurred_at=message.occurred_at,
            now=at,
        )

    return reply({"attempt": durably(keep)})


@commits_itself
@with_pass
def seen(sitting_id: UUID, token: str) -> Response:
    """Keep that a card was seen."""
    message, at = read(Seeing), now()

    def keep() -> Taken:
        actions.admit(token, sitting_id, message.pass_, now=at)
        return actions.see_block(
            sitting_id,
            message.block,
            record_id=message.id,
            occurred_at=message.occurred_at,
            duration_ms=message.duration_ms,
            now=at,
        )

    return reply(_came_to(durably(keep)))


@commits_itself
@with_pass
def answered(sitting_id: UUID, token: str) -> Response:
    """Grade an answer, keep it, and reply with what it came to."""
    message, at = read(Answer), now()

    def keep() -> Taken:
        actions.admit(token, sitting_id, message.pass_, now=at)
        return actions.take_answer(
            sitting_id,
            message.block,
            message.response,
            record_id=message.id,
            occurred_at=message.occurred_at,
            duration_ms=message.duration_ms,
            confidence=message.confidence,
            now=at,
        )

    taken = durably(keep)
    return reply(_came_to(taken) | (graded(taken.grade, message.language) if taken.grade else {}))


def _came_to(taken: Taken) -> dict[str, Any]:
    ending = taken.ending and {
        "passed": taken.ending.passed,
        "right": taken.ending.right,
        "asked": taken.ending.asked,
        "again": taken.ending.again,
        "attempts_left": taken.ending.attempts_left,
    }
    return {"ending": ending, "completed": taken.completed}
