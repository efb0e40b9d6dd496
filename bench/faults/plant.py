"""What the fault runs need: a plant with long modules, a server that may be killed, the wire between it and a kiosk."""

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from bench.answers import KEY, ROOT, _enrolled, _prepare
from lms.application import create_app
from lms.catalogue.actions import add_edition
from lms.catalogue.content import ModuleContent
from lms.catalogue.models import Module
from lms.catalogue.queries import frozen
from lms.kernel import migrations
from lms.kernel.database import db, writing
from lms.people import actions as people
from lms.people import badges, credentials
from lms.plans.actions import make_plan
from tests import postgres
from tests.people.making import a_person, a_team

MODULES, QUESTIONS = 5, 42
"""210 answers for whoever takes all of them."""
LOSES_EVERY = 5
TABLES = ("kiosk_events", "learning_records", "sittings", "standings")
"""What deliveries change."""
BADGE, PIN = "0004711234", "840275"
PATIENT = {"LMS_KIOSK_IDLE_SECONDS": "36000", "LMS_KIOSK_SESSION_MINUTES": "600"}
"""The clock is moved by hours while somebody stays signed in: silence is not what is looked at."""


@dataclass(frozen=True)
class Store:
    """Where a run keeps its data: SQLite in a folder, or a database of a real PostgreSQL server."""

    folder: Path
    url: str = ""
    """Of the database; none for SQLite."""

    @property
    def config(self) -> dict[str, Any]:
        """The settings of an application that works on it."""
        return {"INSTANCE_DIR": self.folder, "SECRET_KEY": KEY, "DATABASE_URL": self.url}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """A stranger's look at what is on disk."""
        if self.url:
            with psycopg.connect(self.url) as connection:
                return connection.execute(query.encode()).fetchall()
        with closing(sqlite3.connect(self.folder / "lms.sqlite")) as connection:
            return connection.execute(query).fetchall()

    def is_whole(self) -> bool:
        """Return whether what is on disk is undamaged; PostgreSQL reads every page of its tables for it."""
        if self.url:
            return all(self.rows(f"SELECT count(*) FROM {table}") for table in TABLES)
        return self.rows("PRAGMA integrity_check") == [("ok",)]


@contextmanager
def a_store(*, postgresql: bool) -> Iterator[Store]:
    """Give an empty store whose tables the migrations made."""
    with TemporaryDirectory() as name, ExitStack() as stack:
        store = Store(Path(name), stack.enter_context(postgres.fresh_database()) if postgresql else "")
        app = create_app(store.config)
        with app.app_context():
            migrations.bring_up()
            db.engine.dispose()
        yield store


@dataclass(frozen=True)
class Plant:
    """Where everything lies, and who is there."""

    folder: Path
    tokens: tuple[str, str]
    """The secrets of two kiosks."""
    person_id: int
    editions: tuple[int, ...]

    @property
    def database(self) -> sqlite3.Connection:
        """A stranger's look at what is on disk."""
        return sqlite3.connect(f"file:{self.folder / 'lms.sqlite'}?mode=ro", uri=True)


def make_plant(folder: Path) -> Plant:
    """Make a plant: two kiosks, somebody with a badge and a PIN, five modules asked of them."""
    _prepare(folder)
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": KEY, "DATABASE_URL": ""})
    with app.app_context(), writing():
        now = datetime.now(UTC) - timedelta(days=2)
        tokens = (_enrolled("kiosk-1", now).token, _enrolled("kiosk-2", now).token)
        person_id = a_person("1001", "Amina Diallo")
        badges.issue(person_id, BADGE, by=None, now=now)
        team = a_team()
        people.move(person_id, team, now.date() - timedelta(days=30), by=None, now=now)
        editions = tuple(_asked_of(team, publish(number, now), now) for number in range(MODULES))
        db.session.commit()
        credentials.choose_pin(person_id, PIN, now)
        db.session.commit()
        db.engine.dispose()
    return Plant(folder, tokens, person_id, editions)


def publish(number: int, now: datetime) -> int:
    """Publish a module of 42 questions; return the number of its edition."""
    code, words = f"module-{number}", {"fr": "Une phrase de longueur ordinaire, comme en a un module."}
    questions = [
        {
            "question": "single",
            "key": f"q{place}",
            "prompt": words,
            "options": [{"key": key, "text": {"fr": f"Réponse {key}"}, "correct": key == "a"} for key in "abc"],
            "feedback": {"correct": words, "incorrect": words},
        }
        for place in range(QUESTIONS)
    ]
    content = ModuleContent.model_validate(
        {
            "format": "etabli-module/1",
            "code": code,
            "languages": ["fr"],
            "title": {"fr": f"Module {number}"},
            "summary": words,
            "minutes": 5,
            "blocks": questions,
        }
    )
    module = Module(code=code, created_at=now)
    db.session.add(module)
    db.session.flush()
    return add_edition(module, content, {}, note="", by=None, now=now).id


def _asked_of(team: int, edition: int, now: datetime) -> int:
    make_plan(
        f"P{edition}",
        recommendation_id=None,
        module_id=frozen(edition).module_id,
        team_ids=[team],
        assigned_on=now.date(),
        due_on=now.date() + timedelta(days=30),
        now=now,
    )
    return edition


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Server:
    """The server that `make run` starts, at one address, to be killed and started again."""

    def __init__(self, folder: Path, behind: timedelta = timedelta(), **settings: str) -> None:
        self.port = free_port()
        base = {"LMS_INSTANCE_DIR": str(folder), "LMS_DATABASE_URL": "", "LMS_SECRET_KEY": KEY}
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), **base, **PATIENT, **settings}
        self.start(behind)

    def start(self, behind: timedelta = timedelta()) -> None:
        """Start it, its clock so far behind, and wait until it answers."""
        clocked = ["bench/faults/clocked.py", str(self.port), str(behind.total_seconds())]
        self._process = subprocess.Popen(
            [sys.executable, *(clocked if behind else ["wsgi.py", "serve", "--port", str(self.port)])],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + 30
        while True:
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).read()
                return
            if self._process.poll() is not None or time.monotonic() > until:
                raise SystemExit("the server did not start")
            time.sleep(0.01)

    def kill(self) -> None:
        """End it and all that it started as a power cut would, without a word."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Wire:
    """What lies between a kiosk and the server; it may be cut, or lose replies that the server has sent."""

    def __init__(self, server: Server) -> None:
        self.port = free_port()
        self.loses_replies = False
        """One reply to a delivery in five, after the server has kept what was delivered."""
        self.lost = 0
        self._deliveries = 0
        self._server = server.port
        self._loop = asyncio.new_event_loop()
        self._whole = asyncio.Event()
        self._whole.set()
        threading.Thread(target=self._run, daemon=True).start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    @property
    def address(self) -> str:
        """Where the kiosk finds the server."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Let nothing through any more; nobody is told."""
        self._loop.call_soon_threadsafe(self._whole.clear)

    def mend(self) -> None:
        """Let new connections through; those from before are lost."""
        self._loop.call_soon_threadsafe(self._whole.set)

    def close(self) -> None:
        """Take it away."""
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    async def _listen(self) -> None:
        await asyncio.start_server(self._connect, "127.0.0.1", self.port)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._whole.is_set():
            await self._whole.wait()
            writer.close()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self._server)
        except OSError:
            writer.close()
            return
        loses = asyncio.Event()
        await asyncio.gather(self._out(reader, back, loses), self._in(there, writer, loses))

    async def _out(self, reader: asyncio.StreamReader, back: asyncio.StreamWriter, loses: asyncio.Event) -> None:
        with suppress(OSError):
            while (data := await reader.read(1 << 16)) and await self._passes():
                if self.loses_replies and data.startswith(b"POST /kiosk/outbox"):
                    self._deliveries += 1
                    if self._deliveries % LOSES_EVERY == 0:
                        loses.set()
                back.write(data)
        back.close()

    async def _in(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter, loses: asyncio.Event) -> None:
        with suppress(OSError):
            while (data := await there.read(1 << 16)) and await self._passes():
                if loses.is_set():
                    self.lost += 1
                    break
                writer.write(data)
        writer.close()

    async def _passes(self) -> bool:
        """Wait while the wire is cut; what was under way then is lost."""
        was_whole = self._whole.is_set()
        await self._whole.wait()
        return was_whole
