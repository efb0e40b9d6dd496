"""Answers acknowledged per second over HTTP, at 1, 8 and 32 kiosks, against a bare durable insert.

The server is the one that `make run` starts, on SQLite, in a process of its own; each
request holds one answer and its reply comes after the commit. The load is a further
process with one connection for each kiosk, which sends the next answer once it has the
reply to the last. The floor is the same engine's driver inserting the same rows, one
commit each, into a file made by the same migrations, in the same run. Afterwards every
acknowledged answer must be in the database, once.

    python -m bench.answers
"""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from bench import wire
from bench.wire import Steps
from lms.application import create_app
from lms.catalogue.actions import add_edition
from lms.catalogue.content import ModuleContent
from lms.catalogue.models import Module
from lms.delivery import actions
from lms.delivery.events import SignIn
from lms.delivery.sealing import public_key
from lms.kernel import migrations
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.people.actions import Entry, create_person
from tests.delivery.house import sealed

ROOT = Path(__file__).resolve().parent.parent
KEY = "bench"
LEVELS = (1, 8, 32)
ROUNDS = 3
SECONDS = 4
MODULES = 8
QUESTIONS = 10
PEOPLE_FOR_A_SECOND = 20
"""20 people take 8 modules of 10 questions: 1,600 answers, more than a second needs."""
MOST_MS, MOST_IDLE_MB, MOST_LOADED_MB, MOST_START = 150, 100, 200, 1.0


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepare(folder)
        start, idle, server = _serve(folder)
        try:
            print(f"start to first page  {start:6.2f} s    under {MOST_START:.0f} s")
            print(f"memory idle          {idle:6.0f} MB   under {MOST_IDLE_MB} MB")
            fine = _measure(folder, server)
            loaded = _megabytes(server.pid)
            print(f"memory after load    {loaded:6.0f} MB   under {MOST_LOADED_MB} MB")
        finally:
            server.terminate()
            server.wait(timeout=20)
        return int(not fine or start > MOST_START or idle > MOST_IDLE_MB or loaded > MOST_LOADED_MB)


def _measure(folder: Path, server: subprocess.Popen[bytes]) -> bool:
    plan = _Plan(folder)
    sent: list[str] = []
    fine = True
    for clients in LEVELS:
        rounds = [_one_round(plan, server, clients, sent) for _ in range(ROUNDS)]
        rounds.sort(key=lambda found: found["ratio"])
        middle = rounds[ROUNDS // 2]
        errors = sum(found["errors"] for found in rounds)
        worst = max(found["p95"] for found in rounds)
        print(
            f"{clients:3} kiosks  {middle['rate']:6,.0f} answers/s  p50 {middle['p50']:6.1f} ms  "
            f"p95 {middle['p95']:6.1f} ms  bare insert {middle['bare']:6,.0f}/s  "
            f"ratio {middle['ratio']:.2f}  core ms each: server {middle['server']:.2f}, client {middle['client']:.2f}  "
            f"errors {errors}"
        )
        fine = fine and not errors and (clients < max(LEVELS) or worst < MOST_MS)
    return _all_there(folder, sent) and fine


def _one_round(plan: "_Plan", server: subprocess.Popen[bytes], clients: int, sent: list[str]) -> dict[str, float]:
    work = plan.work(clients)
    load = [sys.executable, "-m", "bench.answers", "load", port_of(server), str(work)]
    before = busy_seconds(server)
    found = json.loads(subprocess.run(load, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    acknowledged = found.pop("acknowledged")
    cost = (busy_seconds(server) - before) / max(1, len(acknowledged)) * 1000
    sent += acknowledged
    bare = _bare(plan.folder)
    return {**found, "server": cost, "bare": bare, "ratio": found["rate"] / bare}


def port_of(server: subprocess.Popen[bytes]) -> str:
    """Return the port on which a server that `_serve` started listens."""
    return server.args[-1]  # type: ignore[index,return-value]


def busy_seconds(server: subprocess.Popen[bytes]) -> float:
    """Return how long a core has worked for the server until now."""
    spent = (file.read_text() for file in Path(f"/proc/{server.pid}/task").glob("*/schedstat"))
    return sum(int(line.split()[0]) for line in spent) / 1e9


def _prepare(folder: Path) -> None:
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": KEY, "DATABASE_URL": ""})
    with app.app_context():
        migrations.bring_up()
        db.engine.dispose()
    (folder / "floor").mkdir()
    shutil.copy(folder / "lms.sqlite", folder / "floor" / "lms.sqlite")


class _Plan:
    """Prepares kiosks, modules, people and their sittings, and writes down what is to be sent."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": KEY, "DATABASE_URL": ""})
        self._people = 0
        with self._app.app_context(), writing():
            now = datetime.now(UTC)
            self._editions = [_publish(f"module-{number}", now) for number in range(MODULES)]
            self._kiosks = [_enrolled(f"kiosk-{number}", now) for number in range(max(LEVELS))]
            db.session.commit()

    def work(self, clients: int) -> Path:
        """Write what each client is to send, as lines of a cookie and its requests."""
        file = self.folder / "work.jsonl"
        each = max(1, -(-PEOPLE_FOR_A_SECOND * SECONDS // clients)) if clients > 1 else PEOPLE_FOR_A_SECOND * SECONDS
        with self._app.app_context(), writing(), file.open("w") as lines:
            for kiosk in self._kiosks[:clients]:
                requests = [request for _ in range(each) for request in self._person(kiosk)]
                lines.write(json.dumps({"token": kiosk.token, "requests": requests}) + "\n")
                db.session.commit()
        return file

    def _person(self, kiosk: actions.Enrolled) -> Iterator[tuple[str, str, str]]:
        """Yield (path, body, id) of each answer of a new person."""
        self._people += 1
        now = datetime.now(UTC)
        entry = Entry(f"B{self._people}", "Somebody", str(self._people))
        person_id = create_person(entry, None, now.date(), by=None, now=now, simulated=True)
        for edition_id in self._editions:
            sitting_id = new_id()
            actions.open_sitting(
                person_id,
                edition_id,
                sitting_id=sitting_id,
                record_id=new_id(),
                terminal_id=kiosk.terminal_id,
                language="fr",
                occurred_at=now,
                now=now,
            )
            sign_in = SignIn(person_id, kiosk.terminal_id, now)
            sitting = {
                "id": str(sitting_id),
                "edition": edition_id,
                "attempt": 1,
                "language": "fr",
                "began": _times(now),
            }
            for number in range(QUESTIONS):
                id = new_id()
                yield "/kiosk/outbox", _body(id, sign_in, sitting, number, now), str(id)


def _body(id: UUID, sign_in: SignIn, sitting: dict[str, object], number: int, now: datetime) -> str:
    """Return the body that delivers one answer, sealed as a kiosk seals it."""
    reader = {"sign_in": sign_in.said, "key": sign_in.key(KEY)}
    event = {
        "kind": "answered",
        "id": str(id),
        "at": _times(now),
        "sitting": sitting,
        "place": number + 1,
        "block": f"q{number}",
        "response": "a" if number % 3 else "b",
        "duration_ms": 9000,
    }
    content = sealed(public_key(KEY), id, json.dumps({**reader, "event": json.dumps(event)}))
    envelope = {"id": str(id), "sealed": True, "content": content}
    clock = _times(now)["kiosk"]
    return json.dumps({"outbox": sitting["id"], "clock": clock, "reader": reader, "events": [envelope]})


def _times(now: datetime) -> dict[str, int]:
    moment = round(now.timestamp() * 1000)
    return {"kiosk": moment, "server": moment}


def _publish(code: str, now: datetime) -> int:
    words = {"fr": "Une phrase de longueur ordinaire, comme en a un module."}
    options = [{"key": key, "text": words, "correct": key == "a"} for key in "abcd"]
    questions = [
        {
            "question": "single",
            "key": f"q{number}",
            "prompt": words,
            "options": options,
            "feedback": {"correct": words, "incorrect": words},
        }
        for number in range(QUESTIONS)
    ]
    module = Module(code=code, created_at=now)
    db.session.add(module)
    db.session.flush()
    content = ModuleContent.model_validate(
        {
            "format": "etabli-module/1",
            "code": code,
            "languages": ["fr"],
            "title": words,
            "summary": words,
            "minutes": 5,
            "blocks": questions,
        }
    )
    return add_edition(module, content, {}, note="", by=None, now=now).id


def _enrolled(code: str, now: datetime) -> actions.Enrolled:
    _, typed = actions.announce_terminal(code, code, None, now=now)
    return actions.enrol(typed, now=now)


def _serve(folder: Path) -> tuple[float, float, subprocess.Popen[bytes]]:
    """Start the server; return the seconds to its first page, its memory idle, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {
        **os.environ,
        "LMS_INSTANCE_DIR": str(folder),
        "LMS_DATABASE_URL": "",
        "LMS_SECRET_KEY": KEY,
    }
    began = time.perf_counter()
    command = [sys.executable, "wsgi.py", "serve", "--port", port]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/kiosk/enrol", timeout=5).read()
            break
        except OSError:
            if server.poll() is not None or time.perf_counter() - began > 30:
                raise SystemExit("the server did not start") from None
            time.sleep(0.01)
    return time.perf_counter() - began, _megabytes(server.pid), server


def _megabytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _bare(folder: Path) -> float:
    """Return rows per second of the driver alone: the rows just stored, one commit each."""
    source = sqlite3.connect(folder / "lms.sqlite")
    rows = source.execute("SELECT * FROM learning_records ORDER BY sequence DESC LIMIT 3000").fetchall()
    source.close()
    target = sqlite3.connect(folder / "floor" / "lms.sqlite", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        target.execute(f"PRAGMA {pragma}")
    target.execute("DROP TRIGGER IF EXISTS learning_records_no_delete")
    target.execute("DELETE FROM learning_records")
    insert = f"INSERT INTO learning_records VALUES ({','.join('?' * len(rows[0]))})"
    began = time.perf_counter()
    for row in rows:
        target.execute(insert, row)
    seconds = time.perf_counter() - began
    target.close()
    return len(rows) / seconds


def _all_there(folder: Path, sent: list[str]) -> bool:
    connection = sqlite3.connect(folder / "lms.sqlite")
    stored = [row[0] for row in connection.execute("SELECT id FROM learning_records WHERE block_key IS NOT NULL")]
    connection.close()
    lost = {id.replace("-", "") for id in sent} - set(stored)
    twice = len(stored) - len(set(stored))
    print(f"acknowledged {len(sent):,}  in the database {len(stored):,}  lost {len(lost)}  twice {twice}")
    return not lost and not twice


def _load(port: int, file: Path) -> dict[str, object]:
    """Send what each line of the file says over a connection of its own, for a while."""
    work = [json.loads(line) for line in file.open()]
    ready = [[(_request(port, path, body, one["token"]), id) for path, body, id in one["requests"]] for one in work]
    spent: list[float] = []
    acknowledged: list[str] = []
    refused: list[str] = []

    def kiosk(requests: list[tuple[bytes, str]], end: float) -> Steps:
        for request, id in requests:
            sent_at = time.perf_counter()
            if sent_at > end:
                break
            reply = yield request
            spent.append(time.perf_counter() - sent_at)
            (acknowledged if reply and reply.status == 200 else refused).append(id)

    began, busy = time.perf_counter(), time.process_time()
    wire.run(port, [kiosk(requests, began + SECONDS) for requests in ready])
    seconds = time.perf_counter() - began
    spent.sort()
    return {
        "rate": len(acknowledged) / seconds,
        "p50": spent[len(spent) // 2] * 1000,
        "p95": spent[int(len(spent) * 0.95)] * 1000,
        "errors": len(refused),
        "client": (time.process_time() - busy) / len(spent) * 1000,
        "acknowledged": acknowledged,
    }


def _request(port: int, path: str, body: str, token: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"Accept: application/json\r\nCookie: terminal={token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return (head + body).encode()


if __name__ == "__main__":
    if sys.argv[1:2] == ["load"]:
        print(json.dumps(_load(int(sys.argv[2]), Path(sys.argv[3]))))
    else:
        sys.exit(main())
