"""Kiosks: announced, and admitted with what they deliver."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.delivery import queries
from lms.delivery.actions.enrolling import offer_enrolment
from lms.delivery.actions.service import note_contact
from lms.delivery.models import Terminal
from lms.delivery.rules import Pass, TerminalCodeTaken, check_terminal_code, is_due_to_be_noted, read_pass
from lms.kernel.database import db
from lms.kernel.refusals import Forbidden
from lms.kernel.settings import setting


def announce_terminal(
    code: str, name: str, workshop_id: int | None, *, now: datetime, needs_number: bool = False
) -> tuple[Terminal, str]:
    """Announce a kiosk; return it and the code to type there within ten minutes (`offer_enrolment`).

    Raises TerminalCodeWrong or TerminalCodeTaken.
    """
    check_terminal_code(code)
    if db.session.scalar(select(Terminal.id).where(Terminal.code == code)) is not None:
        raise TerminalCodeTaken(code=code)
    terminal = Terminal(code=code, name=name, workshop_id=workshop_id)
    db.session.add(terminal)
    return terminal, offer_enrolment(terminal, now=now, needs_number=needs_number)


def place_terminal(terminal: Terminal, name: str, workshop_id: int | None) -> None:
    """Correct what a kiosk is called and where it stands: figures not yet stored count it there, the past too."""
    terminal.name, terminal.workshop_id = name, workshop_id


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
