"""What kiosks deliver is recorded once, whatever the order, or put aside with the reason."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.catalogue.actions import withdraw
from lms.delivery.actions import Delivery, Envelope, receive
from lms.delivery.actions.receiving import Fate
from lms.delivery.events import SignIn
from lms.delivery.models import KioskEvent, SetAside
from lms.kernel import database
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.kernel.settings import setting
from lms.progress.models import Standing
from lms.records.models import LearningRecord, Verb
from tests.delivery.house import DAY, content, kiosk, person, publish

KEYS = ("read", "mind"), ("one", "two", "three")


@pytest.fixture
def inside(each_database: Flask) -> Iterator[None]:
    with each_database.app_context(), database.writing():
        yield


class Kiosk:
    """A kiosk, as its scripts make events; its clock may be wrong."""

    def __init__(self, terminal_id: int, person_id: int, edition_id: int, wrong: timedelta = timedelta()) -> None:
        self.sign_in = SignIn(person_id, terminal_id, DAY)
        self.outbox, self.wrong, self.places = new_id(), wrong, 0
        self.sitting = {
            "id": str(new_id()),
            "edition": edition_id,
            "attempt": 1,
            "language": "fr",
            "began": self.at(0),
        }

    def at(self, minute: float) -> dict[str, int]:
        moment = DAY + timedelta(minutes=minute)
        return {"kiosk": _ms(moment + self.wrong), "server": _ms(moment)}

    def event(self, minute: float, kind: str, **facts: Any) -> Envelope:
        self.places += 1
        said = {"kind": kind, "id": str(new_id()), "at": self.at(minute), "sitting": self.sitting, "place": self.places}
        return self.wrap({**said, **facts})

    def seen(self, minute: float, block: str) -> Envelope:
        return self.event(minute, "seen", block=block, duration_ms=900)

    def answered(self, minute: float, block: str, response: Any) -> Envelope:
        return self.event(minute, "answered", block=block, response=response, duration_ms=900)

    def wrap(self, event: dict[str, Any], key: str | None = None) -> Envelope:
        wrapped = {
            "sign_in": self.sign_in.said,
            "key": key or self.sign_in.key(setting("SECRET_KEY")),
            "event": orjson.dumps(event).decode(),
        }
        return Envelope(UUID(event["id"]), orjson.dumps(wrapped).decode(), sealed=False)

    def deliver(self, *envelopes: Envelope, after: timedelta = timedelta(hours=8)) -> list[Fate]:
        now = DAY + after
        return [one.fate for one in receive(self.delivery(now, envelopes), now)]

    def delivery(self, now, envelopes) -> Delivery:
        return Delivery(self.outbox, self.sign_in.terminal_id, now + self.wrong, envelopes)


def _ms(moment) -> int:
    return round(moment.timestamp() * 1000)


@pytest.fixture
def one(inside: None) -> Kiosk:
    return Kiosk(kiosk().terminal_id, person(), publish(content()))


@pytest.fixture
def on_sqlite(app: Flask) -> Iterator[Kiosk]:
    """Where what is looked at does not depend on the database."""
    with app.app_context(), database.writing():
        yield Kiosk(kiosk().terminal_id, person(), publish(content()))


def reasons() -> list[SetAside | None]:
    return list(db.session.scalars(select(KioskEvent.reason).order_by(KioskEvent.number)))


def test_the_same_event_again_is_known_and_another_under_its_id_is_kept_aside(one: Kiosk) -> None:
    answer = one.answered(1, "one", "a")
    assert one.deliver(answer, answer) == [Fate.STORED, Fate.DUPLICATE]
    forged = one.wrap({**orjson.loads(orjson.loads(answer.content)["event"]), "response": "b"})
    assert one.deliver(forged, forged, answer) == [Fate.CONFLICT, Fate.DUPLICATE, Fate.DUPLICATE]
    assert reasons() == [None, SetAside.CONFLICT]
    kept = db.session.scalars(select(LearningRecord).where(LearningRecord.verb == Verb.ANSWERED)).one()
    assert kept.response == "a"


def test_a_clock_two_hours_wrong_is_corrected_and_told(one: Kiosk) -> None:
    fast = Kiosk(one.sign_in.terminal_id, one.sign_in.person_id, one.sitting["edition"], timedelta(hours=2))
    fast.deliver(fast.answered(5, "one", "a"))
    kept = db.session.scalars(select(LearningRecord).where(LearningRecord.verb == Verb.ANSWERED)).one()
    told = db.session.scalars(select(KioskEvent)).one()
    assert kept.occurred_at == told.corrected_at == DAY + timedelta(minutes=5)
    assert (told.kiosk_at, told.received_at) == (DAY + timedelta(hours=2, minutes=5), DAY + timedelta(hours=8))
    assert told.clock_doubtful


def test_what_cannot_be_recorded_is_kept_aside_and_holds_up_nothing(one: Kiosk) -> None:
    elsewhere = Kiosk(one.sign_in.terminal_id, one.sign_in.person_id, 9999)
    bad = [
        (one.answered(1, "one", "z"), SetAside.NOT_IN_MODULE),  # no such option
        (one.answered(1, "read", "a"), SetAside.NOT_IN_MODULE),  # a card is not answered
        (one.seen(1, "one"), SetAside.NOT_IN_MODULE),  # a question is not seen
        (one.seen(1, "nothing"), SetAside.NOT_IN_MODULE),
        (elsewhere.seen(1, "read"), SetAside.NOT_IN_MODULE),  # an edition that is not here
        (one.event(1, "slept"), SetAside.MALFORMED),
        (one.event(1, "seen", block="read", duration_ms=-1), SetAside.MALFORMED),
        (one.wrap({"kind": "seen", "id": str(new_id())}), SetAside.MALFORMED),
        (one.wrap({"kind": "seen", "id": str(new_id())}, key="00"), SetAside.NOT_SIGNED_IN),
        (Envelope(new_id(), "{", sealed=False), SetAside.UNREADABLE),
        (Envelope(new_id(), "nonsense", sealed=True), SetAside.UNREADABLE),
    ]
    good = one.answered(2, "one", "a")
    fates = one.deliver(*(envelope for envelope, _ in bad), good)
    assert fates == [Fate.SET_ASIDE] * len(bad) + [Fate.STORED]
    assert reasons() == [reason for _, reason in bad] + [None]
    again = one.deliver(*(envelope for envelope, _ in bad))
    assert len(reasons()) == len(bad) + 1, "kept once"
    assert set(again) <= {Fate.SET_ASIDE, Fate.DUPLICATE}


def test_thirty_days_are_accepted_and_no_more(one: Kiosk) -> None:
    assert one.deliver(one.seen(1, "read"), after=timedelta(days=30)) == [Fate.STORED]
    assert one.deliver(one.seen(2, "mind"), after=timedelta(days=30, seconds=1)) == [Fate.SET_ASIDE]


def test_no_more_attempts_than_the_module_allows(one: Kiosk) -> None:
    few = Kiosk(one.sign_in.terminal_id, one.sign_in.person_id, publish(content("few", max_attempts=1)))
    few.sitting["attempt"] = 2
    assert few.deliver(few.answered(1, "one", "a")) == [Fate.SET_ASIDE]
    assert reasons() == [SetAside.TOO_MANY_ATTEMPTS]


def test_what_was_done_before_an_edition_was_withdrawn_counts_however_late_it_arrives(
    one: Kiosk, caplog: pytest.LogCaptureFixture
) -> None:
    """Without network from the first minute; withdrawn in the fifth; the kiosk's clock is an hour fast."""
    fast = Kiosk(one.sign_in.terminal_id, one.sign_in.person_id, one.sitting["edition"], timedelta(hours=1))
    withdraw(one.sitting["edition"], "Wrong drawing", by=None, now=DAY + timedelta(minutes=5))
    before, after = fast.answered(4.9, "one", "a"), fast.answered(5, "two", True)
    help_asked = {"kind": "called", "id": str(new_id()), "at": one.at(9), "category": "unclear"}
    called = fast.wrap({**help_asked, "edition": one.sitting["edition"], "block": "two"})
    assert fast.deliver(after, before, called) == [Fate.SET_ASIDE, Fate.STORED, Fate.STORED]
    assert reasons() == [SetAside.WITHDRAWN, None, None]
    assert f"event {after.id} put aside: withdrawn" in caplog.text
    [told] = receive(fast.delivery(DAY + timedelta(hours=9), [after]), DAY + timedelta(hours=9))
    assert (told.fate, told.aside, told.taken) == (Fate.DUPLICATE, SetAside.WITHDRAWN, None)
    assert db.session.scalars(select(LearningRecord.block_key).where(LearningRecord.verb == Verb.ANSWERED)).all() == [
        "one"
    ]
    assert db.session.scalars(select(Standing.blocks_done)).all() == [1]


def test_a_late_answer_changes_what_was_said_of_the_whole(one: Kiosk) -> None:
    """Right at ten, after a wrong answer at nine that arrives later: the first counts."""
    other = Kiosk(one.sign_in.terminal_id, one.sign_in.person_id, one.sitting["edition"])
    one.deliver(one.answered(10, "one", "a"), one.answered(11, "two", True), one.answered(12, "three", 2.5))
    assert result() == ["passed"]
    other.deliver(other.answered(9, "one", "b"))
    assert result() == ["failed"]
    assert db.session.scalars(select(Standing.first_passed)).all() == [False]


def test_what_is_said_of_the_whole_bears_the_score_and_the_moment_of_what_counts(one: Kiosk) -> None:
    """Failed before and after, yet with another score; completed before and after, yet sooner."""
    other = Kiosk(one.sign_in.terminal_id, one.sign_in.person_id, one.sitting["edition"])
    one.deliver(one.answered(10, "one", "b"), one.answered(11, "two", True), one.answered(12, "three", 9))
    other.deliver(other.answered(9, "two", False))
    assert said_of_the_whole() == [("failed", 0.0, DAY + timedelta(minutes=12))]
    for place in (one, other):
        place.sitting |= {"id": str(new_id()), "attempt": 2}
    one.deliver(one.answered(13, "one", "a"), one.answered(14, "two", True), one.answered(15, "three", 2.5))
    one.deliver(one.seen(16, "read"), one.seen(30, "mind"))
    other.deliver(other.seen(17, "mind"))
    assert said_of_the_whole()[1:] == [
        ("passed", 1.0, DAY + timedelta(minutes=15)),
        ("completed", None, DAY + timedelta(minutes=17)),
    ]


def result() -> list[str]:
    """What the records say of the attempt."""
    return [verb for verb, *_ in said_of_the_whole() if verb != "completed"]


def said_of_the_whole() -> list[tuple[str, float | None, datetime]]:
    """Return verb, score and moment, voided ones left out."""
    voided = select(LearningRecord.voids_id).where(LearningRecord.voids_id.is_not(None))
    query = (
        select(LearningRecord.verb, LearningRecord.score_scaled, LearningRecord.occurred_at)
        .where(LearningRecord.verb.in_((Verb.PASSED, Verb.FAILED, Verb.COMPLETED)), LearningRecord.id.not_in(voided))
        .order_by(LearningRecord.occurred_at)
    )
    return [(Verb(verb).name.lower(), score, at) for verb, score, at in db.session.execute(query)]


def story(one: Kiosk, chance: random.Random) -> list[tuple[Kiosk, Envelope]]:
    """One person at two kiosks that know nothing of each other, one of them with a wrong clock."""
    other = Kiosk(one.sign_in.terminal_id, one.sign_in.person_id, one.sitting["edition"], timedelta(hours=-3))
    cards, questions = KEYS
    found = []
    for place in (one, other):
        place.sitting = {**place.sitting, "id": str(new_id()), "attempt": chance.choice((1, 1, 2))}
        found.append((place, place.event(chance.uniform(0, 50), "opened", resumed=False)))
        found += [(place, place.seen(chance.uniform(0, 50), card)) for card in cards if chance.random() < 0.8]
        for question in questions:
            response = {"one": chance.choice("ab"), "two": chance.random() < 0.5, "three": chance.choice((2.5, 9.0))}
            if chance.random() < 0.85:
                found.append((place, place.answered(chance.uniform(0, 50), question, response[question])))
    return found


def standing_after(deliveries: list[tuple[Kiosk, Envelope]]) -> tuple[Any, list[Any]]:
    """Deliver one by one, look, and undo."""
    for place, envelope in deliveries:
        place.deliver(envelope)
    row = db.session.execute(select(Standing.__table__)).one()._asdict()
    for name in ("read_up_to", "records"):  # what is said of the whole may be said, voided and said anew on the way
        row.pop(name)
    said = sorted(said_of_the_whole(), key=repr)
    db.session.rollback()
    return row, said


@given(seed=st.integers(0, 10**6))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_end_is_the_same_whatever_the_order_and_repetition(on_sqlite: Kiosk, seed: int) -> None:
    db.session.commit()
    chance = random.Random(seed)
    deliveries = story(on_sqlite, chance)
    in_order = standing_after(
        sorted(deliveries, key=lambda pair: orjson.loads(orjson.loads(pair[1].content)["event"])["at"]["server"])
    )
    shuffled = deliveries + chance.sample(deliveries, k=len(deliveries) // 2)
    chance.shuffle(shuffled)
    assert standing_after(shuffled) == in_order


def standing_after_batches(batches: list[tuple[Kiosk, list[Envelope]]]) -> tuple[Any, list[Any]]:
    for place, envelopes in batches[:-1]:
        place.deliver(*envelopes)
    return standing_after([(batches[-1][0], one) for one in batches[-1][1]])


def through_a_bad_network(
    deliveries: list[tuple[Kiosk, Envelope]], chance: random.Random
) -> list[tuple[Kiosk, list[Envelope]]]:
    """Let two kiosks deliver as they do, newest first; requests, replies and minutes are lost on the way."""
    outboxes: dict[Kiosk, list[Envelope]] = {}
    for place, envelope in deliveries:
        outboxes.setdefault(place, []).insert(0, envelope)
    arrived: list[tuple[Kiosk, list[Envelope]]] = []
    late: list[tuple[Kiosk, list[Envelope]]] = []
    while any(outboxes.values()):
        place = chance.choice([one for one, waiting in outboxes.items() if waiting])
        batch = outboxes[place][: chance.randint(1, 4)]
        what = chance.choice(("request lost", "reply lost", "late", "fine", "fine"))
        if what in ("reply lost", "fine"):
            arrived.append((place, batch))
        if what == "late":
            late.append((place, batch))
        if what == "fine":
            del outboxes[place][: len(batch)]
        if late and chance.random() < 0.3:
            arrived.append(late.pop(chance.randrange(len(late))))
    return [*arrived, *late]


@given(seed=st.integers(0, 10**6))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_end_is_the_same_through_a_bad_network(on_sqlite: Kiosk, seed: int) -> None:
    """T7 of the reliability reference."""
    db.session.commit()
    chance = random.Random(seed)
    deliveries = story(on_sqlite, chance)
    batches = through_a_bad_network(deliveries, chance)
    assert standing_after_batches(batches) == standing_after(deliveries)


def test_every_request_of_a_module_sent_twice_changes_no_row(one: Kiosk) -> None:
    """T6 of the reliability reference."""
    batches = [[one.event(0, "opened", resumed=False), one.seen(1, "read")], [one.answered(2, "one", "b")]]
    batches += [[one.answered(3, "two", True), one.seen(4, "mind")], [one.answered(5, "three", 2.5)]]
    for batch in batches:
        one.deliver(*batch)
    before = every_row()
    for batch in batches:
        assert set(one.deliver(*batch, after=timedelta(hours=9))) == {Fate.DUPLICATE}
    assert every_row() == before


def every_row() -> list[Any]:
    return [
        tuple(db.session.execute(select(table).order_by(*table.primary_key.columns)).all())
        for table in db.metadata.sorted_tables
    ]


def test_support_reads_in_the_log_what_was_put_aside(on_sqlite: Kiosk, caplog: pytest.LogCaptureFixture) -> None:
    one, answer = on_sqlite, on_sqlite.answered(1, "one", "a")
    tampered = Envelope(answer.id, answer.content[:-20], sealed=False)
    stranger = Kiosk(one.sign_in.terminal_id, one.sign_in.person_id, 9999).answered(1, "one", "a")
    old = one.answered(1, "two", True)
    one.deliver(tampered, stranger)
    one.deliver(old, after=timedelta(days=31))
    kiosk = one.sign_in.terminal_id
    told = [record.getMessage() for record in caplog.records if record.name.startswith("lms.delivery")]
    assert told == [
        f"kiosk {kiosk}: event {tampered.id} put aside: unreadable",
        f"kiosk {kiosk}: event {stranger.id} put aside: not_in_module",
        f"kiosk {kiosk}: event {old.id} put aside: too_old",
    ]


def test_dated_tomorrow_or_in_1970_it_is_recorded_at_a_moment_that_can_be(
    on_sqlite: Kiosk, caplog: pytest.LogCaptureFixture
) -> None:
    now, one = DAY + timedelta(hours=8), on_sqlite
    said = orjson.loads(orjson.loads(one.answered(1, "one", "a").content)["event"])
    tomorrow, in_1970 = _ms(now + timedelta(days=1)), 3_600_000
    for block, response, clock in (("one", "a", tomorrow), ("three", 2.5, in_1970)):
        at = {"kiosk": clock, "server": clock}
        event = {**said, "id": str(new_id()), "at": at, "block": block, "response": response}
        assert one.deliver(one.wrap(event)) == [Fate.STORED]
    kept = db.session.scalars(select(LearningRecord).where(LearningRecord.verb == Verb.ANSWERED)).all()
    assert {record.occurred_at for record in kept} == {now}
    assert db.session.scalars(select(KioskEvent.clock_doubtful)).all() == [True, True]
    told = [record.getMessage() for record in caplog.records if "clock" in record.getMessage()]
    assert len(told) == 2
