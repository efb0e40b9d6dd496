"""A shift change: 500 operators sign in within 30 s on 60 kiosks while 50 answers a second flow.

The server is the one that `make run` starts, on SQLite, in a process of its own; the load
is a further process on the same cores. Each kiosk is one connection; its operators come one
after the other, evenly spread over the half minute. A sign-in is four exchanges: the badge,
the page that asks for the secret, the secret, the person's own page; its time is counted
from the moment at which the badge was to be held to the reader, without the time of typing,
so that waiting for the one before counts too. Then a module is opened. Whoever is told to
try again (the queue of hashes is full) counts as an error. The server has been used before, as it
has at any shift but the first: one person has signed in and opened the module, and one answer came.

    python -m bench.shift_change
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from bench import wire
from bench.answers import KEY, ROOT, _enrolled, _megabytes, _Plan, _prepare, _serve, busy_seconds, port_of
from bench.wire import Reply, Steps
from lms.application import create_app
from lms.kernel.database import db, writing
from lms.people import badges, credentials
from lms.people.actions import Entry, create_person

OPERATORS, KIOSKS, SECONDS = 500, 60, 30
ANSWERS_A_SECOND, ANSWERING = 50, 10
TYPING = 1.0
"""Seconds between the keys on the screen and the sixth digit."""
PIN = "840275"
FORM = "application/x-www-form-urlencoded"
MOST_SIGN_IN_MS, MOST_ANSWER_MS = 1_000, 300


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepare(folder)
        answers, kiosks, before = str(_Plan(folder).work(ANSWERING)), *_shift(folder)
        work = {"answers": answers, "kiosks": kiosks, "before": before}
        (folder / "shift.json").write_text(json.dumps(work))
        _, _, server = _serve(folder)
        try:
            load = [sys.executable, "-m", "bench.shift_change", "load", port_of(server), str(folder)]
            before = busy_seconds(server)
            found = json.loads(subprocess.run(load, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
            busy = busy_seconds(server) - before
            return _told(found, busy, _megabytes(server.pid))
        finally:
            server.terminate()
            server.wait(timeout=20)


def _told(found: dict[str, Any], busy: float, megabytes: float) -> int:
    print(f"{os.cpu_count()} cores with the client, load before {found['load']:.1f}")
    print(f"server {megabytes:.0f} MB, {busy:.1f} s of a core; client {found['busy']:.1f} s")
    limits = {"sign_in": MOST_SIGN_IN_MS, "answer": MOST_ANSWER_MS, "module": None}
    fine = not any(found["errors"].values())
    for what, limit in limits.items():
        spent = sorted(found["spent"][what])
        p50, p95 = (spent[int(len(spent) * share)] * 1000 for share in (0.5, 0.95))
        asked = f"  at most {limit} ms" if limit else ""
        print(
            f"{what:8} {len(spent):5,}  p50 {p50:6.0f} ms  p95 {p95:6.0f} ms  worst {spent[-1] * 1000:6.0f} ms{asked}"
        )
        fine = fine and (limit is None or p95 <= limit)
    print(f"errors {found['errors']}")
    return int(not fine)


def _shift(folder: Path) -> tuple[list[dict[str, Any]], str]:
    """Enter the kiosks and operators; return for each kiosk its secret and the badges to come, and one badge more."""
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": KEY, "DATABASE_URL": ""})
    with app.app_context(), writing():
        now = datetime.now(UTC)
        tokens = [_enrolled(f"shift-{number}", now).token for number in range(KIOSKS)]
        numbers = []
        for number in range(OPERATORS + 1):
            person_id = create_person(Entry(f"S{number}", "Somebody", str(number)), None, now.date(), by=None, now=now)
            badges.issue(person_id, _badge(number), by=None, now=now)
            numbers.append(person_id)
        db.session.commit()
        for person_id in numbers:
            credentials.choose_pin(person_id, PIN, now)
            db.session.commit()
        db.engine.dispose()
    kiosks = [
        {"token": token, "badges": [_badge(number) for number in range(place, OPERATORS, KIOSKS)]}
        for place, token in enumerate(tokens)
    ]
    return kiosks, _badge(OPERATORS)


def _badge(number: int) -> str:
    return f"{47_000_000 + number:010}"


@dataclass
class Kiosk:
    """A browser at a kiosk: its cookies, and what it asks."""

    port: int
    cookies: dict[str, str]

    def ask(self, method: str, path: str, body: str = "", kind: str = FORM) -> Generator[bytes | float, Any, Reply]:
        """Ask once, and keep the cookies that come with the reply."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookies}\r\nAccept-Encoding: gzip\r\n"
        )
        if method == "POST":
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        accept = "text/html,*/*;q=0.8" if kind == FORM else kind
        reply: Reply = yield f"{head}Accept: {accept}\r\n\r\n{body}".encode()
        self.cookies |= reply.cookies
        return reply

    def follow(self, method: str, path: str, **form: str) -> Generator[bytes | float, Any, str]:
        """Ask, fetch the page that it leads to, and return its address; an unwelcome status raises."""
        reply = yield from self.ask(method, path, urlencode(form))
        place = reply.location
        if reply.status == 302:
            reply = yield from self.ask("GET", place)
        if reply.status != 200:
            raise ConnectionError(f"{path}: {reply.status}")
        return place


class Found:
    """What was measured: seconds by what, errors by what."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = {"sign_in": [], "answer": [], "module": []}
        self.errors: dict[str, int] = {}

    def failed(self, what: str) -> None:
        self.errors[what] = self.errors.get(what, 0) + 1


def _people(kiosk: Kiosk, coming: list[tuple[float, str]], found: Found) -> Steps:
    for due, badge in coming:
        yield due
        if (yield from kiosk.follow("POST", "/kiosk/recognise", badge=badge)) != "/kiosk/pin":
            found.failed("badge")
            continue
        reading = time.perf_counter()
        yield reading + TYPING
        typed = time.perf_counter()
        if (yield from kiosk.follow("POST", "/kiosk/pin", pin=PIN)) != "/kiosk/home":
            found.failed("secret")
            continue
        found.spent["sign_in"].append(time.perf_counter() - typed + reading - due)
        began = time.perf_counter()
        yield from kiosk.follow("GET", "/kiosk/modules/module-0")
        found.spent["module"].append(time.perf_counter() - began)


def _answers(kiosk: Kiosk, requests: list[list[str]], begins: float, found: Found) -> Steps:
    every = ANSWERING / ANSWERS_A_SECOND
    for place, (path, body, _) in enumerate(requests[: int(SECONDS / every)]):
        due = begins + place * every
        yield due
        reply = yield from kiosk.ask("POST", path, body, "application/json")
        found.spent["answer"].append(time.perf_counter() - due)
        if reply.status != 200:
            found.failed("answer")


def _load(port: int, folder: Path) -> dict[str, Any]:
    work = json.loads((folder / "shift.json").read_text())
    answering = [json.loads(line) for line in Path(work["answers"]).read_text().splitlines()]
    _use(port, work["kiosks"][0]["token"], work["before"], answering[0])
    found, load, draw = Found(), os.getloadavg()[0], Random(1)
    begins = time.perf_counter() + 1
    kiosks = []
    for one in answering:
        kiosk = Kiosk(port, {"terminal": one["token"]})
        kiosks.append(_answers(kiosk, one["requests"][1:], begins + draw.random() / 5, found))
    for one in work["kiosks"]:
        every = SECONDS / len(one["badges"])
        first = draw.random() * every
        coming = [(begins + first + place * every, badge) for place, badge in enumerate(one["badges"])]
        kiosks.append(_people(Kiosk(port, {"terminal": one["token"]}), coming, found))
    busy = time.process_time()
    wire.run(port, kiosks)
    return {"spent": found.spent, "errors": found.errors, "load": load, "busy": time.process_time() - busy}


def _use(port: int, token: str, badge: str, answering: dict[str, Any]) -> None:
    """Use the server once: what it draws, compiles and loads a first time is no matter of a shift change."""
    now, found = time.perf_counter(), Found()
    answer = Kiosk(port, {"terminal": answering["token"]})
    wire.run(
        port,
        [
            _people(Kiosk(port, {"terminal": token}), [(now, badge)], found),
            _answers(answer, answering["requests"][:1], now, found),
        ],
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["load"]:
        print(json.dumps(_load(int(sys.argv[2]), Path(sys.argv[3]))))
    else:
        sys.exit(main())
