"""Waves and people for tests."""

from datetime import UTC, date, datetime, timedelta

from lms.surveys.actions import Wish, announce, make_wave
from lms.surveys.content import InstrumentContent
from lms.surveys.models import Wave
from lms.surveys.rules import Band, Cell, Channel, Moment
from lms.surveys.shipped import shipped
from tests.people.making import a_person, a_team

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
TODAY = date(2026, 3, 4)
NOTICE = {"fr": "Anonyme.", "en": "Anonymous."}


def a_wish(code: str = "W1", instrument: str | InstrumentContent = "ADH", **otherwise: object) -> Wish:
    usual = {
        "code": code,
        "instrument": shipped()[instrument] if isinstance(instrument, str) else instrument,
        "moment": Moment.BEFORE,
        "opens_at": NOW - timedelta(days=1),
        "closes_at": NOW + timedelta(days=7),
        "bands": [Band.OPERATOR],
        "channels": list(Channel),
        "notice": NOTICE,
        "invited": [Cell(Band.OPERATOR, "matin", 12), Cell(Band.OPERATOR, "nuit", 12)],
    }
    return Wish(**{**usual, **otherwise})


def an_open_wave(code: str = "W1", instrument: str = "ADH", **otherwise: object) -> Wave:
    wave = make_wave(a_wish(code, instrument, **otherwise), now=NOW - timedelta(days=1))
    announce(wave, now=NOW - timedelta(days=1))
    return wave


def a_shift_of(number: int, shift: str = "matin") -> list[int]:
    """Enter a team of so many operators in a shift of its own; return their numbers."""
    team = a_team(shift, shift)
    return [a_person(f"{shift}{place}", f"Person {place}", team_id=team) for place in range(number)]


def all_of(wave: Wave, answer: int = 4) -> dict[str, int | None]:
    return {item.key: answer for item in wave.content.items}
