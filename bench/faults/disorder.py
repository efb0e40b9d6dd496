"""T7 of the reliability reference: the end is the same whatever becomes of deliveries on their way.

Two kiosks, one of them with a clock three hours slow, and one person at both. Hypothesis
chooses what is done at each and what becomes of each delivery: it arrives, it is lost, its
reply is lost, it arrives late and again, in any order and any part of what waits. In the
end everything is delivered; standing, records and sittings must be those of the same events
delivered one by one in the order in which they happened.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import Select, select

from bench.answers import KEY, _enrolled
from bench.faults.plant import Store
from bench.faults.runs import EIGHT_HOURS, Count
from lms.application import create_app
from lms.delivery.actions import Delivery, Envelope, receive
from lms.delivery.actions.receiving import Fate
from lms.delivery.events import SignIn
from lms.delivery.models import KioskEvent, Sitting
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.progress.models import Standing
from lms.records.models import LearningRecord
from tests.delivery.house import BLOCKS, RIGHT, WRONG, content, publish
from tests.people.making import a_person

EXAMPLES, STEPS = 2_000, 50
MOST_WAITING = 60
CARDS = tuple(str(block["key"]) for block in BLOCKS if "card" in block)
NUMBERED = {"id", "sequence", "activity_id", "recorded_at", "read_up_to", "records"}
"""What the server numbers, counts or dates by arrival."""


class Kiosk:
    """A kiosk, as its scripts make events; its clock may be wrong."""

    def __init__(self, sign_in: SignIn, edition: int, wrong: timedelta) -> None:
        self.sign_in, self.wrong, self.outbox, self.places = sign_in, wrong, new_id(), 0
        self.waiting: list[Envelope] = []
        self._sitting = {"edition": edition, "language": "en"}
        self.sit_down(1, 0)

    def sit_down(self, attempt: int, minute: int) -> None:
        """Open the module, in the attempt that this kiosk knows to be under way."""
        self._sitting |= {"id": str(new_id()), "attempt": attempt, "began": self._at(minute)}
        self.places = 0

    def event(self, minute: int, **facts: Any) -> Envelope:
        """Make an event and put it where it waits."""
        self.places += 1
        said = {"id": str(new_id()), "at": self._at(minute), "sitting": dict(self._sitting), "place": self.places}
        wrapped = {
            "sign_in": self.sign_in.said,
            "key": self.sign_in.key(KEY),
            "event": json.dumps({**said, **facts}),
        }
        envelope = Envelope(UUID(str(said["id"])), json.dumps(wrapped), sealed=False)
        self.waiting.append(envelope)
        return envelope

    def deliver(self, batch: list[Envelope]) -> list[Fate]:
        """Let a batch arrive."""
        now = self.sign_in.since + EIGHT_HOURS
        delivery = Delivery(self.outbox, self.sign_in.terminal_id, now + self.wrong, batch)
        return [one.fate for one in receive(delivery, now)]

    def _at(self, minute: int) -> dict[str, int]:
        true = self.sign_in.since + timedelta(minutes=minute)
        return {"kiosk": _ms(true + self.wrong), "server": _ms(true)}


class Disorder(RuleBasedStateMachine):
    """What happens at two kiosks and to what they deliver."""

    sign_ins: ClassVar[tuple[SignIn, SignIn]]
    edition: ClassVar[int]
    made: ClassVar[int] = 0
    aside: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        wrong = (timedelta(), timedelta(hours=-3))
        self.kiosks = [Kiosk(one, self.edition, off) for one, off in zip(self.sign_ins, wrong, strict=True)]
        self.happened: list[tuple[Kiosk, Envelope]] = []
        self.on_the_way: list[tuple[Kiosk, list[Envelope]]] = []

    @rule(place=st.integers(0, 1), attempt=st.integers(1, 3))
    def opens(self, place: int, attempt: int) -> None:
        """The person opens the module, perhaps again."""
        self.kiosks[place].sit_down(attempt, len(self.happened))
        self._happens(place, kind="opened", resumed=False)

    @rule(place=st.integers(0, 1), card=st.sampled_from(CARDS))
    def sees(self, place: int, card: str) -> None:
        """The person reads a card."""
        self._happens(place, kind="seen", block=card, duration_ms=900)

    @rule(place=st.integers(0, 1), question=st.sampled_from(sorted(RIGHT)), right=st.booleans())
    def answers(self, place: int, question: str, right: bool) -> None:
        """The person answers a question."""
        response = (RIGHT if right else WRONG)[question]
        self._happens(place, kind="answered", block=question, response=response, duration_ms=900)

    @precondition(lambda self: any(kiosk.waiting for kiosk in self.kiosks))
    @rule(
        place=st.integers(0, 1),
        which=st.lists(st.integers(0, MOST_WAITING - 1), min_size=1, max_size=8),
        fate=st.sampled_from(("arrives", "request lost", "reply lost", "late")),
    )
    def delivers(self, place: int, which: list[int], fate: str) -> None:
        """A kiosk sends some of what waits, in any order, some of it twice."""
        kiosk = self.kiosks[place]
        batch = [kiosk.waiting[one] for one in which if one < len(kiosk.waiting)]
        if fate in ("arrives", "reply lost"):
            self._arrives(kiosk, batch)
        if fate == "late":
            self.on_the_way.append((kiosk, batch))
        if fate == "arrives":
            kiosk.waiting = [one for one in kiosk.waiting if one not in batch]

    @precondition(lambda self: self.on_the_way)
    @rule(which=st.integers(0, MOST_WAITING))
    def arrives_late(self, which: int) -> None:
        """What was held up arrives, whatever was sent since."""
        self._arrives(*self.on_the_way.pop(which % len(self.on_the_way)))

    def teardown(self) -> None:
        """Deliver what is left; then compare with everything in its order."""
        try:
            for kiosk, batch in [*self.on_the_way, *((kiosk, kiosk.waiting) for kiosk in self.kiosks)]:
                self._arrives(kiosk, batch)
            in_the_end = _state()
            db.session.rollback()
            for kiosk, envelope in self.happened:
                assert kiosk.deliver([envelope]) == [Fate.STORED]
            assert in_the_end == _state(), "the end depends on the order"
            type(self).made += len(self.happened)
        finally:
            db.session.rollback()

    def _happens(self, place: int, **facts: Any) -> None:
        kiosk = self.kiosks[place]
        self.happened.append((kiosk, kiosk.event(len(self.happened), **facts)))

    def _arrives(self, kiosk: Kiosk, batch: list[Envelope]) -> None:
        fates = set(kiosk.deliver(batch))
        assert fates <= {Fate.STORED, Fate.DUPLICATE}, fates


def in_disorder(store: Store, size: float) -> Count:
    """T7: so many stories of at most fifty steps; the run ends with the first whose end depends on the order."""
    examples = max(1, round(EXAMPLES * size))
    app = create_app(store.config)
    with app.app_context(), writing():
        since = datetime.now(UTC) - EIGHT_HOURS
        person_id = a_person("1001", "Amina Diallo")
        Disorder.edition = publish(content())
        first, second = (SignIn(person_id, _enrolled(f"kiosk-{one}", since).terminal_id, since) for one in (1, 2))
        Disorder.sign_ins = (first, second)
        db.session.commit()
        run_state_machine_as_test(
            Disorder,
            settings=settings(
                max_examples=examples,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        db.engine.dispose()
    made = Disorder.made
    return Count(made, made, made, made, made, 0, 0, 0, f"{examples:,} stories of at most {STEPS} steps")


def _state() -> tuple[list[dict[str, Any]], ...]:
    """Return all that deliveries came to."""
    voided = select(LearningRecord.voids_id).where(LearningRecord.voids_id.is_not(None))
    records = select(LearningRecord.__table__).where(
        LearningRecord.voids_id.is_(None), LearningRecord.id.not_in(voided)
    )
    events = select(KioskEvent.id.label("event"), KioskEvent.digest, KioskEvent.corrected_at, KioskEvent.reason)
    return tuple(_rows(query) for query in (events, select(Standing.__table__), records, select(Sitting.__table__)))


def _rows(query: Select[Any]) -> list[dict[str, Any]]:
    rows = db.session.execute(query).mappings()
    return sorted(({name: row[name] for name in row if name not in NUMBERED} for row in rows), key=repr)


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
