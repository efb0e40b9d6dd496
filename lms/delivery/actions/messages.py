"""Messages to kiosks from afar: sent, heard; what the server can do itself it does at once."""

from collections.abc import Iterable
from datetime import datetime

from lms.delivery import queries
from lms.delivery.actions.visits import end_visit
from lms.delivery.models import EndedBy, KioskMessage, KioskReceipt, MessageKind, Terminal
from lms.delivery.rules import NobodyToTell
from lms.kernel import sessions
from lms.kernel.database import db

SIGNS_OUT = frozenset({MessageKind.SIGN_OUT, MessageKind.OUT_OF_ORDER})


def send_message(
    terminals: Iterable[Terminal], kind: MessageKind, words: str = "", *, by: int | None, now: datetime
) -> int:
    """Send a message to those of the kiosks that are enrolled; return to how many.

    `words` are shown at a kiosk that is out of order. Sessions there end at once, whether
    the kiosk hears of it or not. Raises NobodyToTell.
    """
    told = [terminal for terminal in terminals if terminal.enrolled_at and not terminal.revoked_at]
    if not told:
        raise NobodyToTell()
    for terminal in told:
        db.session.add(KioskMessage(terminal_id=terminal.id, kind=kind, words=words, sent_at=now, by_id=by))
        if kind in SIGNS_OUT:
            _sign_everyone_out(terminal.id, now)
        if kind is MessageKind.OUT_OF_ORDER:
            terminal.out_of_order = words
        elif kind is MessageKind.BACK_IN_SERVICE:
            terminal.out_of_order = None
    db.session.flush()
    return len(told)


def note_heard(terminal_id: int, message_ids: Iterable[int], *, now: datetime) -> None:
    """Keep that a kiosk has heard messages; those of other kiosks, and those heard before, are left alone."""
    wanted = set(message_ids)
    for waiting in queries.messages_for(terminal_id, now):
        if waiting.id in wanted:
            db.session.add(KioskReceipt(message_id=waiting.id, heard_at=now))
    db.session.flush()


def note_page(terminal_id: int, version: str) -> None:
    """Remember which version of the pages a kiosk runs."""
    db.session.get_one(Terminal, terminal_id).page_version = version


def _sign_everyone_out(terminal_id: int, now: datetime) -> None:
    for visit in queries.open_visits(terminal_id):
        if visit.session_digest:
            sessions.end_of(visit.session_digest)
    end_visit(terminal_id, EndedBy.TERMINAL_RESET, now=now)
