"""The e-mail to leaders: sent through a real server, never at night, never twice, never to an operator."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.kernel.jobs.kinds import Asked, silent
from lms.kernel.mail import MailNotSent
from lms.people.deputies import actions as deputies
from lms.people.models import Person, TeamMembership
from lms.people.permissions import Role
from lms.reports.digests import actions
from lms.reports.digests.jobs import DIGEST
from lms.reports.digests.models import Digest
from lms.reports.digests.rules import Every, is_due
from tests.kernel.smtp_sink import Sink, smtp_sink
from tests.web.teams.plant import learning_plant, staff

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
"""Eleven o’clock in the plant: the shift began at ten."""
MORNING, NIGHT = (time(5), time(13)), (time(21), time(5))


@pytest.mark.parametrize(
    ("every", "last_on", "moment", "shifts", "expected"),
    [
        (Every.DAY, None, "2026-03-02 09:00", [MORNING], True),
        (Every.DAY, None, "2026-03-02 06:30", [MORNING], False),  # at work, and too early in the day
        (Every.DAY, None, "2026-03-02 13:00", [MORNING], False),  # the shift is over
        (Every.DAY, None, "2026-03-02 23:00", [NIGHT], False),  # at work, and it is night
        (Every.DAY, None, "2026-03-02 18:00", [NIGHT], True),
        (Every.DAY, None, "2026-03-02 10:00", [NIGHT], False),  # asleep
        (Every.DAY, None, "2026-03-02 10:00", [NIGHT, MORNING], True),
        (Every.DAY, None, "2026-03-02 19:59", [], True),
        (Every.DAY, None, "2026-03-02 20:00", [], False),
        (Every.DAY, None, "2026-03-07 09:00", [MORNING], False),  # a Saturday
        (Every.DAY, date(2026, 3, 2), "2026-03-02 12:00", [MORNING], False),
        (Every.DAY, date(2026, 3, 2), "2026-03-03 09:00", [MORNING], True),
        (Every.WEEK, date(2026, 3, 2), "2026-03-06 09:00", [MORNING], False),
        (Every.WEEK, date(2026, 3, 6), "2026-03-09 09:00", [MORNING], True),
        (Every.NEVER, None, "2026-03-02 09:00", [MORNING], False),
    ],
)
def test_when_a_leader_may_be_written_to(
    every: Every, last_on: date | None, moment: str, shifts: list[tuple[time, time]], expected: bool
) -> None:
    assert is_due(every, last_on, datetime.fromisoformat(moment), shifts) is expected


@pytest.fixture
def post() -> Iterator[Sink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture
def plant(make_app: Callable[..., Flask], post: Sink) -> Iterator[Flask]:
    """A leader of three people, two of them late; an operator who has an address too."""
    app = make_app(
        MAIL_SERVER="127.0.0.1",
        MAIL_PORT=post.server_address[1],
        MAIL_SECURITY="none",
        MAIL_FROM="etabli@example.org",
        ADDRESS="http://etabli.example",
    )
    with app.app_context(), writing(), hold(MONDAY):
        team = learning_plant({"A": 3}, {"A": 1})["A"]
        staff(Role.TEAM_LEADER, team)
        operator = db.session.scalars(select(Person).where(Person.registration == "A001")).one()
        operator.email = "operator@example.org"
        db.session.commit()
        yield app
        db.engine.dispose()


def write(moment: datetime) -> list[bool]:
    """Let the house do what it asks by itself at a moment; return whether each letter was sent."""
    with hold(moment):
        asked = [Asked(arguments, None) for _, arguments in DIGEST.due(moment)]
        found = [DIGEST.keep(DIGEST.work(one, silent))["sent"] for one in asked]
        db.session.commit()
        return found


def test_a_leader_gets_numbers_and_no_names_once(plant: Flask, post: Sink) -> None:
    assert write(MONDAY.replace(hour=22)) == []
    assert write(MONDAY) == [True]
    assert write(MONDAY + timedelta(minutes=10)) == []
    assert write(MONDAY + timedelta(days=1)) == []  # once a week
    assert write(MONDAY + timedelta(days=7)) == [True]
    letter = post.letters[0]
    assert (letter["To"], letter["From"]) == ("s1@example.org", "etabli@example.org")
    assert letter["Auto-Submitted"] == "auto-generated"
    words = letter.get_content()
    assert "- 2 modules en retard" in words
    assert "http://etabli.example/teams/" in words
    assert "A001" not in str(letter)
    assert letter["Message-ID"] != post.letters[1]["Message-ID"]


def test_nothing_is_sent_when_there_is_nothing_to_say(plant: Flask, post: Sink) -> None:
    db.session.execute(update(TeamMembership).values(left_on=date(2026, 2, 1)))
    db.session.commit()
    assert write(MONDAY) == [False]
    assert write(MONDAY) == []  # looked at, once
    assert post.letters == []
    assert [row.sent for row in db.session.scalars(select(Digest))] == [False]


def test_a_leader_chooses_never_and_a_server_that_refuses_is_told(plant: Flask, post: Sink) -> None:
    post.refuses = True
    with pytest.raises(MailNotSent):
        write(MONDAY)
    assert list(db.session.scalars(select(Digest))) == []  # it is tried again
    leader = db.session.scalars(select(Person).where(Person.registration == "S1")).one().id
    actions.choose(leader, Every.NEVER, now=MONDAY)
    db.session.commit()
    assert write(MONDAY) == []
    plant.config["MAIL_SERVER"] = ""
    actions.choose(leader, Every.DAY, now=MONDAY)
    assert write(MONDAY) == []


def test_a_deputy_is_written_to_while_they_stand_in(plant: Flask) -> None:
    leader, deputy = (
        db.session.scalars(select(Person.id).where(Person.email.like(one))).one() for one in ("s1@%", "operator@%")
    )
    day = MONDAY.date() + timedelta(days=1)
    deputies.name(leader, deputy, day, day, by=leader, now=MONDAY, today=MONDAY.date())
    found = [[told["leader"] for _, told in DIGEST.due(MONDAY + timedelta(days=days))] for days in range(3)]
    assert found == [[leader], sorted([leader, deputy]), [leader]]
