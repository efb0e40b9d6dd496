"""What is done under a badge alone counts nowhere before its owner says, signed in, that it was them."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from flask import Flask
from sqlalchemy import select

from lms.catalogue.queries import frozen
from lms.delivery import queries
from lms.delivery.actions import Delivery, Envelope, confirm, deny, let_go, receive
from lms.delivery.actions.recording import Fate
from lms.delivery.jobs import ASSERTED
from lms.delivery.models import AssertedEvent, KioskEvent, SetAside, Terminal
from lms.delivery.queries import learning_editions, received_here, to_confirm
from lms.delivery.sealing import public_key
from lms.kernel import database
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.people import badges
from lms.people.models import Badge, BadgeEnd, Person, SignInAttempt, SignInOutcome
from lms.people.proofs import personal_code
from lms.people.tries import a_try, refuse_if_throttled
from lms.practice import queries as practice
from lms.progress.models import Standing
from lms.records.models import LearningRecord
from lms.records.queries import every_record
from lms.records.xapi.writing import write
from tests.delivery.house import DAY, RIGHT, Sitter, content, kiosk, person, publish, sealed

BADGE = "0004711234"
BACK = DAY + timedelta(hours=8)
EVENING = BACK + timedelta(hours=2)


def _ms(moment) -> int:
    return round(moment.timestamp() * 1000)


class Asserted:
    """A kiosk at which a badge was read while the server was away."""

    def __init__(self, terminal_id: int, edition_id: int, badge: str = BADGE) -> None:
        self.terminal_id, self.outbox, self.places = terminal_id, new_id(), 0
        self.asserted = self.claim(badge)
        began = self.at(0)
        self.sitting = {"id": str(new_id()), "edition": edition_id, "attempt": 1, "language": "fr", "began": began}

    @property
    def id(self) -> UUID:
        return UUID(self.asserted["id"])

    def claim(self, badge: str, minute: float = 0) -> dict[str, str]:
        id, said = new_id(), orjson.dumps({"badge": badge, "at": self.at(minute)}).decode()
        return {"id": str(id), "claim": sealed(public_key(setting("SECRET_KEY")), id, said)}

    def at(self, minute: float) -> dict[str, int]:
        moment = _ms(DAY + timedelta(minutes=minute))
        return {"kiosk": moment, "server": moment}

    def event(self, minute: float, kind: str, **facts: Any) -> Envelope:
        self.places += 1
        said = {"kind": kind, "id": str(new_id()), "at": self.at(minute), "sitting": self.sitting, "place": self.places}
        return self.wrap({**said, **facts})

    def wrap(self, event: dict[str, Any]) -> Envelope:
        text = orjson.dumps({"asserted": self.asserted, "event": orjson.dumps(event).decode()}).decode()
        id = UUID(event["id"])
        return Envelope(id, sealed(public_key(setting("SECRET_KEY")), id, text), sealed=True)

    def whole(self) -> list[Envelope]:
        """Everything of the module, answered rightly."""
        cards = [self.event(1 + at, "seen", block=key, duration_ms=900) for at, key in enumerate(("read", "mind"))]
        answers = [
            self.event(5 + at, "answered", block=key, response=response, duration_ms=900)
            for at, (key, response) in enumerate(RIGHT.items())
        ]
        return [*cards, *answers]

    def deliver(self, *envelopes: Envelope, now=BACK, certifying: frozenset[str] = frozenset()) -> list[Fate]:
        delivery = Delivery(self.outbox, self.terminal_id, now, envelopes)
        return [one.fate for one in receive(delivery, now, lambda: certifying)]


@pytest.fixture
def inside(each_database: Flask) -> Iterator[None]:
    with each_database.app_context(), database.writing():
        yield


def _a_kiosk() -> tuple[int, int, int]:
    number = person()
    badges.issue(number, BADGE, by=None, now=DAY - timedelta(days=30))
    db.session.commit()
    return number, kiosk().terminal_id, publish(content())


@pytest.fixture
def here(inside: None) -> tuple[int, int, int]:
    """Amina, a kiosk and a module."""
    return _a_kiosk()


@pytest.fixture
def on_sqlite(app: Flask) -> Iterator[tuple[int, int, int]]:
    """Where what is looked at does not depend on the database."""
    with app.app_context(), database.writing():
        yield _a_kiosk()


def counted() -> list[tuple[str, str | None]]:
    rows = db.session.execute(select(LearningRecord.verb, LearningRecord.block_key))
    return sorted((verb.rsplit("/", 1)[1], key or "") for verb, key in rows)


def aside() -> list[tuple[SetAside, int | None]]:
    rows = db.session.execute(select(KioskEvent.reason, KioskEvent.person_id).where(KioskEvent.reason.is_not(None)))
    return [tuple(row) for row in rows]


ALL = [
    *(("answered", "one"), ("answered", "three"), ("answered", "two"), ("completed", "")),
    *(("experienced", "mind"), ("experienced", "read"), ("passed", "")),
]


def test_it_counts_nowhere_until_its_owner_confirms_it(here: tuple[int, int, int]) -> None:
    amina, terminal, edition = here
    one = Asserted(terminal, edition)
    assert set(one.deliver(*one.whole())) == {Fate.ASSERTED}
    assert (counted(), aside(), db.session.scalars(select(Standing)).all()) == ([], [], [])
    asked = to_confirm(amina)
    assert asked is not None
    assert (asked.id, asked.began_at, asked.by_badge, asked.terminal.code) == (one.id, DAY, True, "coating-1")
    assert [(module.title["fr"], module.answers) for module in asked.modules] == [("Un petit module", 3)]
    confirm(one.id, amina, terminal, EVENING)
    assert counted() == ALL
    assert to_confirm(amina) is None
    answered = db.session.scalars(select(LearningRecord).where(LearningRecord.block_key == "one")).one()
    assert (answered.occurred_at, answered.recorded_at) == (DAY + timedelta(minutes=5), EVENING)
    assert (answered.person_id, answered.terminal_id, answered.success) == (amina, terminal, True)
    standing = db.session.scalars(select(Standing)).one()
    assert standing.completed_at == DAY + timedelta(minutes=7)


def test_each_record_says_that_it_was_confirmed_afterwards(on_sqlite: tuple[int, int, int]) -> None:
    amina, terminal, edition = on_sqlite
    one = Asserted(terminal, edition)
    one.deliver(*one.whole())
    confirm(one.id, amina, terminal, EVENING)
    told = [write(record) for record in every_record()]
    assert len(told) == len(ALL)
    assert {one["context"]["extensions"]["urn:etabli:identity"] for one in told} == {"asserted, then confirmed"}


def test_order_repeats_and_the_moment_of_the_word_change_nothing(here: tuple[int, int, int]) -> None:
    amina, terminal, edition = here
    one = Asserted(terminal, edition)
    envelopes = one.whole()
    random.Random(4).shuffle(envelopes)
    early, late = envelopes[:2], envelopes[2:]
    assert one.deliver(*early, *early) == [Fate.ASSERTED] * 2 + [Fate.DUPLICATE] * 2
    confirm(one.id, amina, terminal, EVENING)
    assert one.deliver(*early, now=EVENING) == [Fate.DUPLICATE] * 2
    assert one.deliver(*late, now=EVENING) == [Fate.STORED] * 3
    assert one.deliver(*envelopes, now=EVENING) == [Fate.DUPLICATE] * 5
    assert (counted(), aside()) == (ALL, [])


def test_what_its_owner_did_not_do_is_put_aside_and_so_is_what_comes_later(here: tuple[int, int, int]) -> None:
    amina, terminal, edition = here
    one = Asserted(terminal, edition)
    early, late = one.whole()[:3], one.whole()[3:]
    one.deliver(*early)
    deny(one.id, amina, terminal, EVENING)
    assert one.deliver(*late, *early, now=EVENING) == [Fate.SET_ASIDE] * len(late) + [Fate.DUPLICATE] * 3
    assert counted() == []
    assert aside() == [(SetAside.NOT_THEIRS, amina)] * (3 + len(late))


def test_only_its_owner_speaks_and_only_once(on_sqlite: tuple[int, int, int]) -> None:
    amina, terminal, edition = on_sqlite
    one = Asserted(terminal, edition)
    one.deliver(*one.whole())
    with pytest.raises(NotFound):
        confirm(one.id, person("Tomasz", "200026"), terminal, EVENING)
    deny(one.id, amina, terminal, EVENING)
    with pytest.raises(NotFound):
        confirm(one.id, amina, terminal, EVENING)
    assert counted() == []


def test_after_so_many_days_it_is_put_aside(here: tuple[int, int, int]) -> None:
    amina, terminal, edition = here
    one = Asserted(terminal, edition)
    one.deliver(*one.whole())
    days = timedelta(days=setting("ASSERTED_DAYS"))
    assert let_go(BACK + days - timedelta(seconds=1)) == 0
    assert list(ASSERTED.due(BACK + days - timedelta(seconds=1))) == []
    assert list(ASSERTED.due(BACK + days)) == [("asserted", {})]
    assert ASSERTED.keep(BACK + days) == {"put_aside": 1}
    assert let_go(BACK + days) == 0
    assert aside() == [(SetAside.UNCONFIRMED, amina)] * 5
    assert to_confirm(amina) is None


def test_a_badge_that_names_nobody_or_is_good_no_longer_opens_nothing(on_sqlite: tuple[int, int, int]) -> None:
    amina, terminal, edition = on_sqlite
    strange = Asserted(terminal, edition, "0009999999")
    assert set(strange.deliver(*strange.whole()[:1])) == {Fate.SET_ASIDE}
    after, before = Asserted(terminal, edition), Asserted(terminal, edition)
    badge = db.session.scalars(select(Badge)).one()
    badges.end(badge.id, BadgeEnd.LOST, None, DAY + timedelta(minutes=1))
    before.deliver(*before.whole()[:1])
    assert to_confirm(amina) is not None, "when it was read, it was good"
    badge.revoked_at = DAY - timedelta(minutes=1)
    after.deliver(*after.whole()[:1])
    assert aside() == [(SetAside.UNKNOWN_BADGE, None), (SetAside.BADGE_ENDED, amina)]


def test_a_personal_code_does_as_well_while_its_owner_works_here(on_sqlite: tuple[int, int, int]) -> None:
    amina, terminal, edition = on_sqlite
    code = db.session.get(Person, amina).personal_code = personal_code(10007)
    one, two = Asserted(terminal, edition, code), Asserted(terminal, edition, code)
    assert one.deliver(one.whole()[0]) == [Fate.ASSERTED]
    assert to_confirm(amina).by_badge is False
    db.session.get(Person, amina).left_on = DAY.date() - timedelta(days=1)
    assert two.deliver(two.whole()[0]) == [Fate.SET_ASIDE]
    assert aside() == [(SetAside.UNKNOWN_BADGE, None)]


def test_what_certifies_asks_for_the_pin_first(on_sqlite: tuple[int, int, int]) -> None:
    amina, terminal, edition = on_sqlite
    few = publish(content("few", max_attempts=2))
    one, two = Asserted(terminal, edition), Asserted(terminal, few)
    assert one.deliver(one.whole()[0], certifying=frozenset({"small"})) == [Fate.SET_ASIDE]
    assert two.deliver(two.whole()[0]) == [Fate.SET_ASIDE]
    assert aside() == [(SetAside.CERTIFIES, amina)] * 2
    editions = [frozen(edition), frozen(few)]
    assert learning_editions(editions, frozenset()) == editions[:1]
    assert learning_editions(editions, frozenset({"small"})) == []


def test_what_is_altered_forged_or_of_another_kind_is_put_aside(on_sqlite: tuple[int, int, int]) -> None:
    amina, terminal, edition = on_sqlite
    one, other = Asserted(terminal, edition), Asserted(terminal, edition)
    answer = one.event(3, "answered", block="one", response="a", duration_ms=900)
    other_answer = one.event(4, "answered", block="two", response=True, duration_ms=900)
    altered = Envelope(other_answer.id, other_answer.content[:-8] + "AAAAAAA=", sealed=True)
    skipped = one.wrap({"kind": "skipped", "id": str(new_id()), "at": one.at(1)})
    assert one.deliver(altered, skipped) == [Fate.SET_ASIDE] * 2
    other.asserted = {**other.claim("0009999999"), "id": one.asserted["id"]}
    swapped = other.event(4, "answered", block="one", response="b", duration_ms=900)
    assert one.deliver(answer, swapped) == [Fate.ASSERTED, Fate.SET_ASIDE]
    again = one.wrap({**_said(one.id), "response": "b"})
    assert one.deliver(again) == [Fate.CONFLICT]
    wanted = [SetAside.UNREADABLE, SetAside.MALFORMED, SetAside.UNREADABLE, SetAside.CONFLICT]
    assert [reason for reason, _ in aside()] == wanted
    confirm(one.id, amina, terminal, EVENING)
    assert counted() == [("answered", "one")]


def test_a_call_for_help_waits_for_nobodys_word_and_is_marked(on_sqlite: tuple[int, int, int]) -> None:
    amina, terminal, _ = on_sqlite
    one = Asserted(terminal, 1)
    called = one.wrap(
        {"kind": "called", "id": str(new_id()), "at": one.at(1), "category": "other", "edition": None, "block": None}
    )
    assert one.deliver(called, called) == [Fate.STORED, Fate.DUPLICATE]
    [asked] = queries.asked_for_help(None, BACK.date(), settled=False)
    assert (asked.name, asked.asked_at, asked.by_badge_alone) == ("Amina Diallo", DAY + timedelta(minutes=1), True)
    [counted_in] = queries.help_requests(DAY, BACK, BACK)
    assert counted_in.person_id == amina
    assert not queries.waits_for(amina), "there is nothing to ask"


def test_practice_counts_once_its_owner_says_that_it_was_them(here: tuple[int, int, int]) -> None:
    amina, terminal, edition = here
    Sitter(amina, edition, DAY - timedelta(days=3)).go_through(RIGHT)
    one = Asserted(terminal, edition)
    facts = {"session": str(new_id()), "edition": edition, "language": "fr", "duration_ms": 900}
    answers = [
        one.wrap({"kind": "practised", "id": str(new_id()), "at": one.at(at), "block": key, "response": said, **facts})
        for at, (key, said) in enumerate(RIGHT.items())
    ]
    random.Random(4).shuffle(answers)
    early, late = answers[:2], answers[2:]
    # What certifies may be practised: practising certifies nothing.
    assert one.deliver(*early, *early, certifying=frozenset({"small"})) == [Fate.ASSERTED] * 2 + [Fate.DUPLICATE] * 2
    assert [(module.title["fr"], module.answers) for module in to_confirm(amina).modules] == [("Un petit module", 2)]
    assert len(practice.today(amina, BACK, frozenset()).questions) == 3
    confirm(one.id, amina, terminal, EVENING)
    assert one.deliver(*late, *early, now=EVENING) == [Fate.STORED] + [Fate.DUPLICATE] * 2
    assert practice.today(amina, EVENING, frozenset()).questions == ()
    coming = practice.ahead(amina, EVENING, frozenset(), 7).questions
    assert coming == (), "answered today"
    practised = [write(record) for record in every_record() if record.purpose is not None]
    assert {said["context"]["extensions"]["urn:etabli:identity"] for said in practised} == {"asserted, then confirmed"}


def typed(terminal: int, edition: int, code: str, minute: float = 0) -> tuple[Asserted, Envelope]:
    """A personal code that was typed at a kiosk without server."""
    one = Asserted(terminal, edition, code)
    one.asserted = one.claim(code, minute)
    return one, one.wrap({"kind": "claimed", "id": str(new_id()), "at": one.at(minute)})


def tries() -> list[tuple[datetime, str, SignInOutcome]]:
    rows = db.session.execute(select(SignInAttempt.at, SignInAttempt.origin, SignInAttempt.outcome))
    return [tuple(row) for row in rows]


def test_a_code_that_was_nobodys_counts_with_the_moment_at_which_it_was_typed(on_sqlite: tuple[int, int, int]) -> None:
    amina, terminal, edition = on_sqlite
    db.session.get(Person, amina).personal_code = personal_code(10007)
    one, envelope = typed(terminal, edition, personal_code(10007))
    assert one.deliver(envelope) == [Fate.STORED]
    assert tries() == [], "hers"
    wrong, envelope = typed(terminal, edition, "123", 2)
    assert wrong.deliver(envelope, envelope) == [Fate.STORED, Fate.DUPLICATE]
    assert tries() == [(DAY + timedelta(minutes=2), f"terminal:{terminal}", SignInOutcome.UNKNOWN)]
    assert (aside(), queries.waits_for(amina)) == ([], False)


def test_codes_that_arrive_in_number_shut_no_kiosk(on_sqlite: tuple[int, int, int]) -> None:
    amina, terminal, edition = on_sqlite
    told = [typed(terminal, edition, "123", minute / 60) for minute in range(40)]
    for one, envelope in reversed(told):
        one.deliver(envelope)
    outcomes = Counter(outcome for _, _, outcome in tries())
    assert outcomes == {SignInOutcome.UNKNOWN: 20, SignInOutcome.THROTTLED: 20}
    at = DAY + timedelta(minutes=12)
    refuse_if_throttled(a_try(f"terminal:{terminal}", "", amina, at))


def _said(assertion_id: UUID) -> dict[str, Any]:
    return orjson.loads(
        db.session.scalars(select(AssertedEvent.said).where(AssertedEvent.assertion_id == assertion_id)).one()
    )


def test_it_belongs_to_the_attempt_that_its_owner_had_under_way(on_sqlite: tuple[int, int, int]) -> None:
    amina, terminal, edition = on_sqlite
    first, second = Asserted(terminal, edition), Asserted(terminal, edition)
    first.deliver(*first.whole())
    confirm(first.id, amina, terminal, EVENING)
    second.deliver(*second.whole())
    confirm(second.id, amina, terminal, EVENING)
    attempts = select(LearningRecord.attempt).where(LearningRecord.block_key == "one").order_by(LearningRecord.sequence)
    assert list(db.session.scalars(attempts)) == [1, 2]


def test_what_does_not_fit_is_put_aside_alone_and_what_arrived_is_told(here: tuple[int, int, int]) -> None:
    amina, terminal, edition = here
    one = Asserted(terminal, edition)
    odd = one.event(3, "answered", block="one", response="z", duration_ms=900)
    one.deliver(odd, *one.whole())
    db.session.get(Terminal, terminal).outbox_id = one.outbox
    db.session.flush()
    assert received_here() == {terminal: 6}
    confirm(one.id, amina, terminal, EVENING)
    assert (counted(), aside()) == (ALL, [(SetAside.NOT_IN_MODULE, amina)])
    assert received_here() == {terminal: 6}
    assert queries.put_aside()[1] == 1
