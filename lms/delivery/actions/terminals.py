"""Kiosks: announced, enrolled, shut out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.delivery import queries
from lms.delivery.actions.service import note_contact
from lms.delivery.actions.visits import end_visit
from lms.delivery.models import EndedBy, Terminal
from lms.delivery.rules import (
    ENROLMENT_LASTS,
    EnrolmentRefused,
    Pass,
    TerminalCodeTaken,
    check_terminal_code,
    enrolment_is_open,
    is_due_to_be_noted,
    normal_enrolment_code,
    read_pass,
)
from lms.kernel.database import db
from lms.kernel.ids import digest, keyed_digest, new_code, new_token
from lms.kernel.refusals import Forbidden
from lms.kernel.settings import setting


@dataclass(frozen=True)
class Enrolled:
    """A kiosk that was just enrolled, and the secret it keeps from now on."""

    terminal_id: int
    token: str


def announce_terminal(code: str, name: str, workshop_id: int | None, *, now: datetime) -> tuple[Terminal, str]:
    """Announce a kiosk; return it and the code to type there within ten minutes.

    Raises TerminalCodeWrong or TerminalCodeTaken.
    """
    check_terminal_code(code)
    if db.session.scalar(select(Terminal.id).where(Terminal.code == code)) is not None:
        raise TerminalCodeTaken(code=code)
    terminal = Terminal(code=code, name=name, workshop_id=workshop_id)
    db.session.add(terminal)
    return terminal, offer_enrolment(terminal, now=now)


def offer_enrolment(terminal: Terminal, *, now: datetime) -> str:
    """Return a new one-time code for the kiosk; the one before, if any, no longer works.

    A kiosk that is enrolled stays so until another browser uses the code.
    """
    code = new_code()
    terminal.enrolment_digest = _code_digest(code)
    terminal.enrolment_expires_at = now + ENROLMENT_LASTS
    db.session.flush()
    return code


def enrol(typed: str, *, now: datetime) -> Enrolled:
    """Make the browser where this code was typed the kiosk it was made for.

    Raises EnrolmentRefused, which does not say what is wrong with the code.
    """
    query = select(Terminal).where(Terminal.enrolment_digest == _code_digest(normal_enrolment_code(typed)))
    terminal = db.session.scalar(query)
    if terminal is None or not enrolment_is_open(terminal.enrolment_expires_at, now):
        raise EnrolmentRefused()
    token = new_token()
    terminal.token_digest = digest(token)
    terminal.enrolment_digest = terminal.enrolment_expires_at = terminal.revoked_at = None
    terminal.enrolled_at = terminal.seen_at = now
    db.session.flush()
    end_visit(terminal.id, EndedBy.TERMINAL_RESET, now=now)
    return Enrolled(terminal.id, token)


def revoke(terminal: Terminal, *, now: datetime) -> None:
    """Shut a kiosk out at once; it can be enrolled again with a new code."""
    terminal.revoked_at = terminal.revoked_at or now
    terminal.enrolment_digest = terminal.enrolment_expires_at = None
    end_visit(terminal.id, EndedBy.TERMINAL_RESET, now=now)


def admit(token: str, sitting_id: UUID, given_pass: str, *, now: datetime) -> Pass:
    """Let a kiosk deliver to a sitting, by its secret and the sitting's pass; remember its contact.

    Called in the transaction that keeps what it brings. Raises Forbidden for a stranger or
    a kiosk that was shut out, PassRefused.
    """
    terminal = queries.terminal_of(token)
    if terminal is None:
        raise Forbidden()
    if is_due_to_be_noted(terminal.seen_at, now):
        note_contact(terminal.id, now=now)
    return read_pass(given_pass, setting("SECRET_KEY"), sitting_id, terminal.id, now)


def _code_digest(code: str) -> bytes:
    return keyed_digest(setting("SECRET_KEY"), "enrolment", code)
