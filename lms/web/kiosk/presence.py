"""A kiosk that says it is there, and somebody at it who reads the notice."""

import logging
from typing import Annotated
from uuid import UUID

from flask import Response, jsonify, redirect, render_template, request, session, url_for
from pydantic import BaseModel, Field
from werkzeug.wrappers import Response as BaseResponse

from lms.delivery import actions, queries
from lms.delivery.actions import OutboxReport
from lms.delivery.events import Milliseconds, moment
from lms.delivery.rules import is_due_to_be_noted, is_due_to_be_replaced
from lms.kernel import speech
from lms.kernel.clock import came, now
from lms.kernel.group_commit import durably
from lms.kernel.languages import current_language
from lms.people import notices
from lms.people.models import Notice
from lms.web.kiosk.guards import (
    TO_READ,
    before_the_notice,
    cookie_name,
    in_order_or_not,
    keep_token,
    that_notes_contact,
    this_terminal,
)
from lms.web.kiosk.messages import read
from lms.web.shared.identity import somebody
from lms.web.shared.transactions import commits_itself

_log = logging.getLogger(__name__)


class Outbox(BaseModel):
    """What the kiosk keeps until it is delivered; moments in milliseconds since 1970 by its own clock."""

    id: UUID | None
    recorded: Annotated[int, Field(ge=0, lt=2**31)]
    waiting: Annotated[int, Field(ge=0, lt=2**31)]
    oldest: Milliseconds | None
    clock: Milliseconds
    full: bool = False
    """Its disk takes no more: something is kept by its page alone."""


class Pulse(BaseModel):
    """The kiosk is there."""

    slow: Annotated[int, Field(ge=0, le=1000)]
    """Requests that failed or took ten seconds, since the kiosk last said so."""
    version: Annotated[str, Field(pattern="^[0-9a-f]{1,20}$")] | None = None
    """Of the pages it runs."""
    outbox: Outbox | None = None


class Heard(BaseModel):
    """The kiosk has heard messages."""

    ids: Annotated[list[int], Field(max_length=100)]


@commits_itself
@that_notes_contact
def pulse() -> Response:
    """Hear that the kiosk is there, whoever stands at it; what is heard is written once a minute.

    A secret that is a week old is replaced: a kiosk that stands still for days says this and nothing else.
    It is told in return what an administrator asks of it.
    """
    terminal, said, at = this_terminal(), read(Pulse), came()
    token = request.cookies[cookie_name()]
    if said.outbox and said.outbox.full:
        _log.warning("kiosk %s: its disk is full, %s events wait in its page", terminal.code, said.outbox.waiting)
    new_page = said.version if said.version != terminal.page_version else None

    def keep() -> str | None:
        actions.note_contact(terminal.id, now=at, slow_requests=said.slow)
        if new_page:
            actions.note_page(terminal.id, new_page)
        if said.outbox:
            actions.note_outbox(terminal.id, _report(said.outbox), now=at)
        actions.end_expired_visit(terminal.id, now=at)
        actions.note_secret(terminal, now=at)
        return actions.replace_token(token, now=at) if is_due_to_be_replaced(terminal.token_issued_at, at) else None

    replaced = durably(keep) if said.slow or new_page or is_due_to_be_noted(terminal.seen_at, at) else None
    told = [{"id": message.id, "kind": message.kind} for message in queries.messages_for(terminal.id, at)]
    reply = jsonify(messages=told) if told else Response(status=204)
    return keep_token(reply, replaced) if replaced else reply


@that_notes_contact
def heard() -> tuple[str, int]:
    """Keep which messages the kiosk has heard."""
    actions.note_heard(this_terminal().id, read(Heard).ids, now=now())
    return "", 204


@in_order_or_not
def out_of_order() -> str | BaseResponse:
    """Say that the kiosk is out of order, in the administrator's words."""
    words = this_terminal().out_of_order
    if words is None:
        return redirect(url_for("kiosk.start"))
    return render_template("kiosk/out_of_order.html", words=words, terminal=this_terminal())


def _report(said: Outbox) -> OutboxReport:
    oldest_at = None if said.oldest is None else moment(said.oldest)
    return OutboxReport(said.id, said.recorded, said.waiting, oldest_at, moment(said.clock))


@before_the_notice
def notice() -> str | BaseResponse:
    """Show the notice, and keep that it was read by someone who had not read it yet."""
    version = session.get(TO_READ)
    if request.method == "POST":
        if version:
            notices.acknowledge(somebody().id, version, place=f"terminal:{this_terminal().id}", now=now())
            session[TO_READ] = None
        return redirect(url_for("kiosk.home"))
    shown = notices.notice(version) if version else notices.newest()
    if shown is None:
        return redirect(url_for("kiosk.home"))
    spoken = _language(shown)
    return render_template(
        "kiosk/notice.html", notice=shown, spoken=spoken, to_read=bool(version), sound=_sound(shown, spoken)
    )


def _language(shown: Notice) -> str:
    """Return the language in which a notice is read: whoever has none in theirs hears the one that is shown."""
    wanted = current_language()
    return wanted if wanted in shown.words else next(iter(shown.words), wanted)


def _sound(shown: Notice, language: str) -> str | None:
    digests = list(speech.recordings([notices.spoken(shown, language)]).values())
    return url_for("shared.media", digest=digests[0]) if digests else None
