"""Kiosks: announced, and admitted with what they deliver."""

from datetime import datetime

from sqlalchemy import select

from lms.delivery import queries
from lms.delivery.actions.enrolling import offer_enrolment
from lms.delivery.actions.service import note_contact
from lms.delivery.models import Terminal
from lms.delivery.rules import TerminalCodeTaken, check_terminal_code, is_due_to_be_noted
from lms.kernel.database import db
from lms.kernel.refusals import Forbidden


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


def admit(token: str, *, now: datetime) -> int:
    """Let a kiosk deliver, by its secret; return its number and remember its contact.

    Called in the transaction that keeps what it brings. Raises Forbidden for a stranger or
    a kiosk that was shut out.
    """
    terminal = queries.terminal_of(token)
    if terminal is None:
        raise Forbidden()
    if is_due_to_be_noted(terminal.seen_at, now):
        note_contact(terminal.id, now=now)
    return terminal.id
