"""Badges from hand to hand: duplicates, ends, copies, printed ones."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.kernel.database import db
from lms.people import badges, sign_in
from lms.people.badges import BadgeEnd
from lms.people.models import BadgeAlarm, BadgeKind
from lms.people.rules import BadgeEnded, BadgeTaken
from tests.people.making import NOW, a_person

NUMBER = "04A21B7F"
KIOSK, OTHER = "terminal:1", "terminal:2"


@pytest.fixture
def amina(session: object) -> int:
    person_id = a_person("1001", "Amina Benali")
    badges.issue(person_id, NUMBER, by=None, now=NOW)
    db.session.commit()
    return person_id


def ended(as_: BadgeEnd) -> None:
    badges.end(badges.found(NUMBER)[0].id, as_, by=None, now=NOW)
    db.session.commit()


@pytest.mark.parametrize("as_", BadgeEnd)
def test_only_a_badge_that_was_given_back_is_handed_on(amina: int, as_: BadgeEnd) -> None:
    bruno = a_person("1002", "Bruno Costa")
    with pytest.raises(BadgeTaken):
        badges.issue(bruno, NUMBER, by=None, now=NOW)
    ended(as_)
    if as_ is not BadgeEnd.RETURNED:
        with pytest.raises(BadgeTaken):
            badges.issue(bruno, NUMBER, by=None, now=NOW)
        return
    badges.issue(bruno, NUMBER, by=None, now=NOW)
    db.session.commit()
    assert sign_in.recognise(NUMBER, KIOSK, NOW).person_id == bruno
    assert [(held.person_id, held.ended_as) for held in badges.found("04:a2:1b:7f")] == [
        (bruno, None),
        (amina, BadgeEnd.RETURNED),
    ]


@pytest.mark.parametrize(("seconds", "origin", "copied"), [(19, OTHER, True), (20, OTHER, False), (1, KIOSK, False)])
def test_one_badge_at_two_kiosks_is_told(amina: int, seconds: int, origin: str, copied: bool) -> None:
    assert sign_in.recognise(NUMBER, KIOSK, NOW)
    assert sign_in.recognise(NUMBER, origin, NOW + timedelta(seconds=seconds)), "nobody is shut out"
    db.session.commit()
    told = badges.alarms(None, NOW + timedelta(days=1))
    assert [(one.name, one.before_origin, one.origin, one.seconds) for one in told] == (
        [("Amina Benali", KIOSK, OTHER, 19)] if copied else []
    )
    assert badges.alarms([], NOW) == []
    assert len(db.session.scalars(select(BadgeAlarm)).all()) == copied


def test_a_printed_badge_replaces_the_one_printed_before(amina: int) -> None:
    first, second = (badges.new_numbers([amina])[amina] for _ in range(2))
    for number in (first, second):
        badges.hand_out_printed({amina: number}, by=None, now=NOW)
    db.session.commit()
    assert first.isdigit()
    assert len(first) == 24
    assert sign_in.recognise(second, KIOSK, NOW).person_id == amina
    assert sign_in.recognise(NUMBER, KIOSK, NOW).person_id == amina, "the badge of the reader stays"
    with pytest.raises(BadgeEnded):
        sign_in.recognise(first, KIOSK, NOW)
    assert [(held.kind, held.ended_as) for held in badges.of_person(amina)] == [
        (BadgeKind.PRINTED, None),
        (BadgeKind.PRINTED, BadgeEnd.REPLACED),
        (BadgeKind.READER, None),
    ]
    assert badges.without_printed([amina, 999]) == [999]
