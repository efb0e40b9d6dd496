"""Fault runs without browsers: many kiosks that deliver at once, as their scripts would.

Reliability reference, section 6: T1 (the server killed under load, deliveries doubled and
shuffled), T6 (every request of a shift sent once more) and T8 (a plant comes back after
eight hours, its clocks hours apart), each on SQLite or on a real PostgreSQL server. Events
travel as from kiosks on plain http, unsealed, so that the load costs the cores that it
shares with the server less.
"""

import hashlib
import http.client
import json
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bench.answers import KEY, _enrolled, _times
from bench.faults.plant import QUESTIONS, TABLES, Server, Store, publish
from bench.faults.runs import EIGHT_HOURS, Count
from lms.application import create_app
from lms.delivery.events import SignIn
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from tests.people.making import a_person

CLIENTS, KILLS, KILLED_EVENTS = 30, 20, 60_000
TWICE = 10_000
MORNING_KIOSKS, MORNING_EVENTS, MORNING_SECONDS = 200, 120, 10
MOST_HOURS_WRONG = 3
MOST_BATCH = 20
DOUBLED, SHUFFLED = 0.2, 0.3
IN_1970 = timedelta(days=-365)
"""Of a clock that is more than that behind."""


@dataclass
class Outbox:
    """What a kiosk holds, and how it fares with it."""

    token: str
    skew: timedelta = timedelta()
    """Its clock less the true one."""
    envelopes: list[dict[str, Any]] = field(default_factory=list)
    id: str = field(default_factory=lambda: str(new_id()))
    acknowledged: set[str] = field(default_factory=set)
    seconds: list[float] = field(default_factory=list)
    """That each reply took."""
    bodies: list[bytes] = field(default_factory=list)
    """Everything that was sent and acknowledged."""

    def send(self, connection: http.client.HTTPConnection, batch: list[dict[str, Any]]) -> bool:
        """Deliver a batch; return whether it was acknowledged."""
        clock = max(0, round((datetime.now(UTC) + self.skew).timestamp() * 1000))
        body = json.dumps({"outbox": self.id, "clock": clock, "reader": None, "events": batch}).encode()
        began = time.perf_counter()
        if not self.post(connection, body):
            return False
        self.seconds.append(time.perf_counter() - began)
        self.bodies.append(body)
        return True

    def post(self, connection: http.client.HTTPConnection, body: bytes) -> bool:
        """Send a body; return whether what it holds was acknowledged."""
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Cookie": f"terminal={self.token}"}
        try:
            connection.request("POST", "/kiosk/outbox", body, headers)
            reply = connection.getresponse()
            said = reply.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            return False
        if reply.status != 200:
            return False
        self.acknowledged |= json.loads(said)["fates"].keys()
        return True


def killed_under_load(store: Store, size: float) -> Count:
    """T1: thirty kiosks deliver, a fifth of it twice and a third out of order, while the server is killed 20 times."""
    events, most_kills = _each(KILLED_EVENTS * size, CLIENTS), max(1, round(KILLS * size))
    outboxes = _plant(store, [timedelta()] * CLIENTS, events, timedelta(hours=1))
    server = _server(store)

    def deliver(outbox: Outbox) -> None:
        chance, waiting = random.Random(outbox.id), list(outbox.envelopes)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        while waiting:
            if chance.random() < SHUFFLED:
                chance.shuffle(waiting)
            batch = waiting[: chance.randint(1, MOST_BATCH)]
            if not outbox.send(connection, batch):
                time.sleep(0.05 + chance.random() / 5)
                continue
            if chance.random() < DOUBLED:
                outbox.send(connection, batch)
            del waiting[: len(batch)]

    delivering = threading.Thread(target=_all_at_once, args=(outboxes, deliver))
    delivering.start()
    kills = 0
    while delivering.is_alive():
        done = sum(len(outbox.acknowledged) for outbox in outboxes)
        if kills < most_kills and done >= events * CLIENTS * (kills + 1) / (most_kills + 2):
            server.kill()
            kills += 1
            server.start()
        time.sleep(0.01)
    server.kill()
    return _count(store, outboxes, f"{kills} kills, p95 of a reply {_p95(outboxes):.2f} s")


def sent_twice(store: Store, size: float) -> Count:
    """T6: every request of a shift is sent once more; nothing in the database may differ afterwards."""
    outboxes = _plant(store, [timedelta()] * CLIENTS, _each(TWICE * size, CLIENTS), timedelta(hours=1))
    server = _server(store)

    def deliver(outbox: Outbox) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        for envelope in outbox.envelopes:
            while not outbox.send(connection, [envelope]):
                time.sleep(0.05)

    def again(outbox: Outbox) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        for body in outbox.bodies:
            while not outbox.post(connection, body):
                time.sleep(0.05)

    _all_at_once(outboxes, deliver)
    before = _state(store)
    _all_at_once(outboxes, again)
    same = _state(store) == before
    server.kill()
    requests = sum(len(outbox.bodies) for outbox in outboxes)
    count = _count(store, outboxes, f"{requests:,} requests twice, {'no row' if same else 'SOMETHING'} changed")
    return replace(count, doubled=count.doubled + (not same))


def morning_after(store: Store, size: float) -> Count:
    """T8: two hundred kiosks were away for eight hours and come back within ten seconds, their clocks hours apart."""
    chance, kiosks = random.Random(8), max(2, round(MORNING_KIOSKS * size))
    skews = [timedelta(hours=chance.uniform(-MOST_HOURS_WRONG, MOST_HOURS_WRONG)) for _ in range(kiosks - 1)]
    skews.append(datetime.fromtimestamp(0, UTC) - datetime.now(UTC) + EIGHT_HOURS)
    outboxes = _plant(store, skews, MORNING_EVENTS, EIGHT_HOURS)
    server = _server(store)

    def deliver(outbox: Outbox) -> None:
        time.sleep(random.random() * MORNING_SECONDS)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        for start in range(0, MORNING_EVENTS, 100):
            while not outbox.send(connection, outbox.envelopes[start : start + 100]):
                time.sleep(0.5 + random.random())

    began = time.monotonic()
    _all_at_once(outboxes, deliver)
    drained = time.monotonic() - began
    server.kill()
    off, disordered = _times_told(store, outboxes)
    note = f"drained in {drained:.0f} s, p95 of a reply {_p95(outboxes):.1f} s, times at most {off:.1f} s off"
    return replace(_count(store, outboxes, note), doubled=disordered)


def _each(events: float, kiosks: int) -> int:
    return max(1, -(-round(events) // kiosks))


def _server(store: Store) -> Server:
    return Server(store.folder, LMS_DATABASE_URL=store.url)


def _plant(store: Store, skews: list[timedelta], events: int, lasts: timedelta) -> list[Outbox]:
    """Enter a kiosk for each clock, and people who answered so many questions there, until now."""
    app = create_app(store.config)
    now = datetime.now(UTC)
    with app.app_context(), writing():
        editions = [publish(number, now) for number in range(5)]
        outboxes = []
        for number, skew in enumerate(skews):
            enrolled = _enrolled(f"kiosk-{number}", now)
            outbox = Outbox(enrolled.token, skew)
            people = -(-events // (len(editions) * QUESTIONS))
            for one in range(people):
                person_id = a_person(f"{number}-{one}", "Amina Diallo")
                sign_in = SignIn(person_id, enrolled.terminal_id, now - lasts)
                # Every other kiosk never heard what time the server has.
                outbox.envelopes += _answers(sign_in, editions, lasts, skew, reckons=number % 2 > 0)
            del outbox.envelopes[events:]
            outboxes.append(outbox)
        db.session.commit()
        db.engine.dispose()
    return outboxes


def _answers(
    sign_in: SignIn, editions: list[int], lasts: timedelta, skew: timedelta, *, reckons: bool
) -> list[dict[str, Any]]:
    """Return an answer to each question of each edition, evenly spread over the time since the sign-in."""
    count = len(editions) * QUESTIONS

    def at(place: int) -> dict[str, int | None]:
        true = sign_in.since + lasts * place / (count + 1)
        return {"kiosk": _times(true + skew)["kiosk"], "server": _times(true)["server"] if reckons else None}

    found = []
    for number, edition in enumerate(editions):
        sitting = {"id": str(new_id()), "edition": edition, "attempt": 1, "language": "fr"}
        for place in range(QUESTIONS):
            id, spot = str(new_id()), number * QUESTIONS + place
            event = {
                "kind": "answered",
                "id": id,
                "at": at(spot),
                "sitting": {**sitting, "began": at(number * QUESTIONS)},
                "place": place + 1,
                "block": f"q{place}",
                "response": "a",
                "duration_ms": 900,
            }
            wrapped = {"sign_in": sign_in.said, "key": sign_in.key(KEY), "event": json.dumps(event)}
            found.append({"id": id, "sealed": False, "content": json.dumps(wrapped)})
    return found


def _all_at_once(outboxes: list[Outbox], work: Callable[[Outbox], None]) -> None:
    threads = [threading.Thread(target=work, args=(outbox,)) for outbox in outboxes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _times_told(store: Store, outboxes: list[Outbox]) -> tuple[float, int]:
    """Return by how many seconds recorded times are off at worst, and how many sittings are out of order."""
    true: dict[UUID, datetime] = {}
    for outbox in outboxes:
        for envelope in outbox.envelopes:
            said = json.loads(json.loads(envelope["content"])["event"])
            kiosk = datetime.fromtimestamp(said["at"]["kiosk"] / 1000, UTC)
            true[UUID(said["id"])] = kiosk - outbox.skew
    worst, sittings = 0.0, defaultdict(list)
    for id, corrected, sitting, place in store.rows("SELECT id, corrected_at, sitting_id, place FROM kiosk_events"):
        at = datetime.fromisoformat(str(corrected))
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        sittings[sitting].append((place, at))
        worst = max(worst, abs((at - true[UUID(str(id))]).total_seconds()))
    disordered = [one for one in sittings.values() if [at for _, at in sorted(one)] != sorted(at for _, at in one)]
    return worst, len(disordered)


def _p95(outboxes: list[Outbox]) -> float:
    seconds = sorted(second for outbox in outboxes for second in outbox.seconds)
    return seconds[int(len(seconds) * 0.95)]


def _state(store: Store) -> str:
    whole = hashlib.sha256()
    for table in TABLES:
        for row in store.rows(f"SELECT * FROM {table} ORDER BY 1, 2"):
            whole.update(repr(row).encode())
    return whole.hexdigest()


def _count(store: Store, outboxes: list[Outbox], note: str) -> Count:
    if not store.is_whole():
        raise SystemExit("the database is damaged")
    here = [UUID(str(row[0])) for row in store.rows("SELECT id FROM kiosk_events")]
    aside = store.rows("SELECT count(*) FROM kiosk_events WHERE reason IS NOT NULL")[0][0]
    records, different = store.rows(
        "SELECT count(*), count(DISTINCT person_id || '/' || edition_id || '/' || block_key) FROM learning_records"
        " WHERE verb LIKE '%answered'"
    )[0]
    acknowledged = {UUID(id) for outbox in outboxes for id in outbox.acknowledged}
    given = sum(len(outbox.envelopes) for outbox in outboxes)
    return Count(
        given=given,
        stored=records,
        meanwhile=len(acknowledged),
        recorded_there=given,
        received_here=len(set(here)),
        lost=len(acknowledged - set(here)) + given - len(acknowledged),
        doubled=len(here) - len(set(here)) + records - different,
        aside=aside,
        note=note,
    )


LOADS: dict[str, Callable[[Store, float], Count]] = {
    "killed-under-load": killed_under_load,
    "sent-twice": sent_twice,
    "morning-after": morning_after,
}
"""Each takes where to keep its data and its size, 1 being that of the reference."""
