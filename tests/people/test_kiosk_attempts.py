"""Tries at kiosks as they are counted: a wrong number is one thing, an unknown badge another."""

from datetime import timedelta

import pytest

from lms.kernel.database import db
from lms.people import credentials, queries, sign_in
from lms.people.models import SignInOutcome
from lms.people.rules import NotRecognised, WrongSecret
from tests.people.making import NOW, a_person

MINUTE = timedelta(minutes=1)


def test_what_failed_and_where(session) -> None:
    person = a_person()
    db.session.commit()
    credentials.choose_pin(person, "840275", NOW)
    db.session.commit()
    with pytest.raises(NotRecognised):
        sign_in.recognise("000999", "terminal:3", NOW)
    with pytest.raises(WrongSecret):
        sign_in.check_pin(person, "111111", "terminal:4", NOW + MINUTE)
    sign_in.check_pin(person, "840275", "terminal:4", NOW + 2 * MINUTE)
    with pytest.raises(WrongSecret):
        sign_in.sign_in_staff("nobody@example.org", "something long", "staff:x", NOW)
    found = queries.kiosk_attempts(NOW, NOW + 2 * MINUTE)
    assert [(one.terminal_id, one.outcome) for one in found] == [
        (3, SignInOutcome.UNKNOWN),
        (4, SignInOutcome.WRONG_SECRET),
        (4, SignInOutcome.ACCEPTED),
    ]
    assert len(queries.kiosk_attempts(NOW + MINUTE, NOW + MINUTE)) == 1
