"""A browser becomes a kiosk: a one-time code typed there, a number confirmed by the administrator, a secret.

The code is used up when it is typed. Where it came from a page, the browser then shows a
number that whoever made the code must see on the kiosk itself: a code read over a shoulder
and typed elsewhere first makes nobody a kiosk.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from lms.delivery import queries
from lms.delivery.actions.visits import end_visit
from lms.delivery.models import EndedBy, Enrolment, Terminal
from lms.delivery.queries import KnownTerminal
from lms.delivery.rules import (
    ENROLMENT_LASTS,
    EnrolmentRefused,
    NobodyWaits,
    NumberDiffers,
    check_pixels_per_mm,
    enrolment_is_open,
    is_copied,
    is_due_to_be_replaced,
    normal_enrolment_code,
)
from lms.kernel.database import db
from lms.kernel.ids import digest, keyed_digest, new_code, new_token
from lms.kernel.settings import setting


@dataclass(frozen=True)
class Browser:
    """The browser in which a code was typed: what it says of itself, and where it asks from."""

    name: str = ""
    address: str = ""


@dataclass(frozen=True)
class Asked:
    """A code was typed: the key the browser keeps meanwhile, and the number it shows if one has to be confirmed."""

    key: str
    number: str | None


@dataclass(frozen=True)
class Enrolled:
    """A kiosk that was just enrolled, and the secret it keeps from now on."""

    terminal_id: int
    token: str


def offer_enrolment(terminal: Terminal, *, now: datetime, needs_number: bool = False) -> str:
    """Return a new one-time code for the kiosk; the one before, if any, no longer works.

    A kiosk that is enrolled stays so until another browser uses the code. With
    `needs_number` an administrator has to confirm the number that the browser will show.
    """
    code = new_code()
    terminal.enrolment_digest = _code_digest(code)
    terminal.enrolment_expires_at = now + ENROLMENT_LASTS
    terminal.enrolment_needs_number = needs_number
    db.session.flush()
    _wait_no_more(terminal)
    return code


def ask_to_enrol(typed: str, browser: Browser, *, now: datetime) -> Asked:
    """Use up the code that was typed in a browser, which from here on waits for at most ten minutes.

    Raises EnrolmentRefused, which does not say what is wrong with the code.
    """
    query = select(Terminal).where(Terminal.enrolment_digest == _code_digest(normal_enrolment_code(typed)))
    terminal = db.session.scalar(query)
    if terminal is None or not enrolment_is_open(terminal.enrolment_expires_at, now):
        raise EnrolmentRefused()
    terminal.enrolment_digest = terminal.enrolment_expires_at = None
    number = str(100 + secrets.randbelow(900)) if terminal.enrolment_needs_number else None
    key = new_token()
    db.session.add(
        Enrolment(
            terminal_id=terminal.id,
            asked_at=now,
            number=number,
            key_digest=digest(key),
            browser=browser.name[:200],
            address=browser.address[:45],
            confirmed_at=None if number else now,
        )
    )
    db.session.flush()
    return Asked(key, number)


def confirm_enrolment(terminal: Terminal, number: str, *, by: int | None, now: datetime) -> None:
    """Let the browser that shows this number become the kiosk; raises NobodyWaits or NumberDiffers."""
    waiting = queries.waiting_enrolment(terminal.id, now)
    if waiting is None:
        raise NobodyWaits()
    if "".join(number.split()) != waiting.number:
        raise NumberDiffers()
    waiting.confirmed_at, waiting.confirmed_by_id = now, by


def finish_enrolment(key: str, *, now: datetime) -> Enrolled | None:
    """Make the browser that keeps this key the kiosk; None while its number is not confirmed.

    Raises EnrolmentRefused when it waits no more.
    """
    waiting = queries.enrolment_of(key, now)
    if waiting is None:
        raise EnrolmentRefused()
    if waiting.confirmed_at is None:
        return None
    terminal = db.session.get_one(Terminal, waiting.terminal_id)
    token = new_token()
    terminal.token_digest, terminal.token_issued_at = digest(token), now
    terminal.previous_token_digest = terminal.revoked_at = terminal.token_used_at = terminal.copied_at = None
    terminal.enrolled_at = terminal.seen_at = waiting.enrolled_at = now
    waiting.key_digest = None
    db.session.flush()
    end_visit(terminal.id, EndedBy.TERMINAL_RESET, now=now)
    return Enrolled(terminal.id, token)


def enrol(typed: str, *, now: datetime) -> Enrolled:
    """Make a kiosk with a code that needs no number; raises EnrolmentRefused."""
    enrolled = finish_enrolment(ask_to_enrol(typed, Browser(), now=now).key, now=now)
    if enrolled is None:
        raise EnrolmentRefused()
    return enrolled


def replace_token(presented: str, *, now: datetime) -> str | None:
    """Return a new secret for the kiosk that presents one a week old, or None.

    The one presented stays good until the next time: the answer that brings the new one may be lost.
    """
    terminal = queries.terminal_row_of(presented)
    if terminal is None or not is_due_to_be_replaced(terminal.token_issued_at, now):
        return None
    token = new_token()
    terminal.previous_token_digest, terminal.token_digest = digest(presented), digest(token)
    terminal.token_issued_at, terminal.token_used_at = now, None
    db.session.flush()
    return token


def note_secret(known: KnownTerminal, *, now: datetime) -> None:
    """Remember that the present secret is in use, or that the one before is used beside it."""
    if is_copied(known.is_previous, known.token_used_at, now):
        db.session.get_one(Terminal, known.id).copied_at = now
    elif not known.is_previous and known.token_used_at is None:
        db.session.get_one(Terminal, known.id).token_used_at = now


def revoke(terminal: Terminal, *, now: datetime) -> None:
    """Shut a kiosk out at once; it can be enrolled again with a new code."""
    terminal.revoked_at = terminal.revoked_at or now
    terminal.enrolment_digest = terminal.enrolment_expires_at = None
    _wait_no_more(terminal)
    end_visit(terminal.id, EndedBy.TERMINAL_RESET, now=now)


def measure_screen(terminal_id: int, pixels_per_mm: float) -> None:
    """Keep how many device pixels of a kiosk's screen make a millimetre; raises ScreenSizeWrong."""
    check_pixels_per_mm(pixels_per_mm)
    db.session.get_one(Terminal, terminal_id).pixels_per_mm = pixels_per_mm


def _wait_no_more(terminal: Terminal) -> None:
    waits = (Enrolment.terminal_id == terminal.id, Enrolment.key_digest.is_not(None))
    db.session.execute(update(Enrolment).where(*waits).values(key_digest=None))


def _code_digest(code: str) -> bytes:
    return keyed_digest(setting("SECRET_KEY"), "enrolment", code)
