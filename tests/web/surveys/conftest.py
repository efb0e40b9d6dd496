"""Waves and staff before the pages."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask

from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.speech import Speech
from lms.people.permissions import Role
from lms.surveys import queries
from lms.surveys.actions import announce, make_wave
from lms.surveys.collecting import answer_on_paper
from lms.surveys.models import Wave
from lms.surveys.rules import Band
from tests.strict import StrictBrowser
from tests.surveys.making import NOW, a_wish


@pytest.fixture
def hr(signed_in_as: Callable[..., StrictBrowser]) -> StrictBrowser:
    return signed_in_as(Role.HR)


@pytest.fixture
def representative(signed_in_as: Callable[..., StrictBrowser]) -> StrictBrowser:
    return signed_in_as(Role.STAFF_REPRESENTATIVE)


@pytest.fixture
def a_wave(app: Flask) -> Callable[..., str]:
    """Make and announce a wave; with `answers`, so many sheets of each answer are in. Return the secret of its link."""

    def make(code: str = "W1", instrument: str = "ADH", answers: dict[int, int] | None = None, **more: object) -> str:
        with app.app_context(), writing():
            days = {"opens_at": NOW, "closes_at": now().replace(year=now().year + 1)}
            wave = make_wave(a_wish(code, instrument, **{**days, **more}), now=NOW)
            announce(wave, now=NOW)
            for answer, number in (answers or {}).items():
                for place in range(number):
                    given = {item.key: answer for item in wave.content.items}
                    answer_on_paper(wave, Band.OPERATOR, ("matin", "nuit")[place % 2], given, now=NOW)
            token = wave.link_token
            db.session.commit()
            return token

    return make


@pytest.fixture
def wave(app: Flask) -> Callable[[str], Wave]:
    """Read a wave back."""

    def read(code: str = "W1") -> Wave:
        with app.app_context():
            return queries.wave(code)

    return read


@pytest.fixture
def sheets(app: Flask) -> Callable[..., list]:
    """Return what is stored of a wave, as (role, shift, answers)."""

    def stored(code: str = "W1") -> list:
        with app.app_context():
            found = queries.responses_of(queries.wave(code))
            return sorted(((one.role, one.shift, one.answers) for one in found), key=str)

    return stored


@pytest.fixture(autouse=True)
def said(monkeypatch: pytest.MonkeyPatch) -> list[Speech]:
    """What is read aloud while a test runs; how it sounds is tried in tests/kernel."""
    told: list[Speech] = []

    def speak(wanted: Sequence[Speech]) -> list[bytes]:
        told.extend(wanted)
        return [f"OggS{speech.key}".encode() for speech in wanted]

    monkeypatch.setattr("lms.kernel.speech._speak", speak)
    return told
