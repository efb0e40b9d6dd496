"""For how much of their service kiosks were heard of."""

from datetime import datetime, tzinfo

from sqlalchemy import func, select

from lms.delivery.models import KioskQuarter, ServiceHours, Terminal
from lms.delivery.service import QUARTER, Hours, Quarter, TerminalDay, Window, terminal_days
from lms.kernel.database import db
from lms.kernel.settings import setting


def availability(
    since: datetime, until: datetime, known_at: datetime | None = None, zone: tzinfo | None = None
) -> list[TerminalDay]:
    """Return each kiosk's days from `since` to `until`, by the hours of service entered until `known_at`.

    What a kiosk was heard of is the server's own observation: it is known when it happens.
    """
    period = Window(since, min(until, known_at or until))
    hours, quarters = hours_by_terminal(known_at or until), _quarters(period)
    rows = db.session.execute(select(Terminal.id, Terminal.workshop_id).order_by(Terminal.id))
    return [
        day
        for terminal_id, workshop_id in rows
        for day in terminal_days(
            terminal_id,
            workshop_id,
            hours.get(terminal_id, []),
            quarters.get(terminal_id, []),
            period,
            zone or setting("TIMEZONE"),
        )
    ]


def service_facts(
    since: datetime, until: datetime, known_at: datetime
) -> tuple[dict[int, list[Hours]], dict[int, list[Quarter]]]:
    """Return each kiosk's hours of service as entered until `known_at`, and the quarters in which it was heard of."""
    return hours_by_terminal(known_at), _quarters(Window(since, min(until, known_at)))


def hours_of(terminal_id: int) -> list[ServiceHours]:
    """Return the hours of service entered for a kiosk, newest first."""
    query = select(ServiceHours).where(ServiceHours.terminal_id == terminal_id).order_by(ServiceHours.id.desc())
    return list(db.session.scalars(query))


def terminals_by_workshop(known_at: datetime) -> dict[int, frozenset[int]]:
    """Return the kiosks of each workshop that had been heard of by then."""
    first = select(KioskQuarter.terminal_id, func.min(KioskQuarter.starts_at).label("at"))
    heard = first.group_by(KioskQuarter.terminal_id).subquery()
    rows = db.session.execute(
        select(Terminal.workshop_id, Terminal.id)
        .join(heard, heard.c.terminal_id == Terminal.id)
        .where(heard.c.at <= known_at)
    )
    found: dict[int, set[int]] = {}
    for workshop_id, terminal_id in rows:
        if workshop_id is not None:
            found.setdefault(workshop_id, set()).add(terminal_id)
    return {workshop_id: frozenset(terminals) for workshop_id, terminals in found.items()}


def hours_by_terminal(known_at: datetime) -> dict[int, list[Hours]]:
    """Return the hours of service of each kiosk as entered until then, in that order."""
    found: dict[int, list[Hours]] = {}
    query = select(ServiceHours).where(ServiceHours.recorded_at <= known_at).order_by(ServiceHours.id)
    for row in db.session.scalars(query):
        entry = Hours(row.starts_on, row.opens_at, row.closes_at, row.weekdays)
        found.setdefault(row.terminal_id, []).append(entry)
    return found


def _quarters(period: Window) -> dict[int, list[Quarter]]:
    found: dict[int, list[Quarter]] = {}
    query = (
        select(KioskQuarter.terminal_id, KioskQuarter.starts_at, KioskQuarter.minutes, KioskQuarter.slow_requests)
        .where(KioskQuarter.starts_at > period.begins - QUARTER, KioskQuarter.starts_at <= period.ends - QUARTER)
        .order_by(KioskQuarter.starts_at)
    )
    for terminal_id, starts_at, minutes, slow_requests in db.session.execute(query):
        found.setdefault(terminal_id, []).append(Quarter(starts_at, minutes, slow_requests))
    return found
