"""Who was active week by week (evaluation reference, indicator A2: always show the curve)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lms.evaluation.facts import Facts, Member, Sitting

Document = dict[str, Any]
WEEK = timedelta(days=7)
LATE_SECONDS = 600
"""Work that took longer to arrive was done while a kiosk could not reach the server."""


def weeks(facts: Facts, smallest: int) -> list[Document] | None:
    """Return, for each week from the pilot's first day, who was there and who worked at a kiosk.

    The last week may be short. A week with fewer people than the least size is masked.
    """
    if not facts.sittings or not facts.members:
        return None
    zone = ZoneInfo(facts.zone)
    dated = [(_day(one.started_at, zone), one) for one in facts.sittings]
    return [_week(facts, dated, first, last, smallest) for first, last in _spans(facts.starts_on, facts.as_of)]


def _spans(first: date, last: date) -> Iterator[tuple[date, date]]:
    while first <= last:
        yield first, min(first + WEEK - timedelta(days=1), last)
        first += WEEK


def _week(facts: Facts, dated: Sequence[tuple[date, Sitting]], first: date, last: date, smallest: int) -> Document:
    present = {member.person for member in facts.members if _there(member, first, last)}
    own = [(day, one) for day, one in dated if first <= day <= last and one.person in present]
    late = [day for day, one in own if one.delay_seconds >= LATE_SECONDS]
    masked = len(present) < smallest
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "present": None if masked else len(present),
        "active": None if masked else len({one.person for _, one in own}),
        "sittings": None if masked else len(own),
        "late": None if masked else len(late),
        "late_days": [] if masked else sorted({day.isoformat() for day in late}),
        "masked": masked,
    }


def _there(member: Member, first: date, last: date) -> bool:
    return member.joined_on <= last and (member.left_on is None or member.left_on >= first)


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
