"""Every screen of follow-up, figures and costs at the size of a large plant, against one plain aggregate of SQL.

10,000 people in 250 teams on five sites, 200 modules of which each person is asked 40, five
million learning records (a tenth of all without `--large`). The records are stored in bulk,
what follows from them is worked out by `progress rebuild`, as after an upgrade. Then each
screen is asked for as HR asks, in one process: the first time, the 95th percentile of the
others, statements, weight. The floor is the database counting the standings of each module.

    python -m bench.figures [--large] [--keep FOLDER]

`--keep` builds the database once and measures on it again and again.
"""

import argparse
import contextlib
import gzip
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from bench.evaluation import BLOCK_KEYS, BLOCKS, DAY, KEPT_AS, SHIFTS, _fill, _publish
from lms.application import create_app
from lms.kernel import migrations
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.kernel.prepared import Prepared
from lms.kernel.sessions import begin
from lms.people.models import Person, RoleGrant, Shift, Site, Team, TeamMembership, Workshop, Workstation
from lms.people.permissions import Role
from lms.people.tokens.actions import create
from lms.plans.actions import make_plan
from lms.progress import actions
from lms.records.models import Verb

KEY, DATABASE = "bench", "lms.sqlite"
START, WEEKS = date(2026, 1, 5), 26
NOW = datetime(2026, 7, 6, 8, tzinfo=UTC)
SITES, MODULES, A_TEAM, OF_TEAMS = 5, 200, 40, 5
"""Each module is asked of one team of five."""
PEOPLE, LARGE = 1_000, 10_000
TIMES = 7
MOST_RATIO = 20
FLOOR = """SELECT e.module_id, count(*), count(s.completed_at), sum(s.active_seconds), min(s.started_at), max(s.last_at)
FROM standings s JOIN editions e ON e.id = s.edition_id GROUP BY e.module_id"""
SCREENS = (
    "/teams/people", "/teams/people?state=all&sort=name&page=40", "/teams/people.csv?module=7&state=all",
    "/teams/completion", "/teams/completion?by=team", "/teams/completion?by=shift", "/teams/completion?by=site",
    "/teams/completion?by=post", "/teams/completion?by=began", "/teams/completion?by=hired", "/teams/completion?by=due",
    "/teams/completion?by=edition&module=7", "/teams/completion?by=team&module=7&as_of=2026-04-30",
    "/teams/completion/completion.csv?by=team", "/teams/completion/completion.xlsx", "/teams/completion/trend",
    "/teams/completion/hours", "/teams/completion/hours?by=team", "/teams/costs", "/api/v1/completion?by=team",
    "/teams/", "/teams/plans/", "/teams/skills/", "/teams/skills/coverage",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """What asking for a screen took."""

    first: float
    p95: float
    processor: float
    """The 95th percentile of the time of the processor: what else the machine does changes it little."""
    statements: int
    bytes: int
    packed: int
    status: int


def main(arguments: list[str] | None = None) -> int:
    given = argparse.ArgumentParser()
    given.add_argument("--large", action="store_true")
    given.add_argument("--keep", type=Path)
    chosen = given.parse_args(sys.argv[1:] if arguments is None else arguments)
    people = LARGE if chosen.large else PEOPLE
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.keep or Path(name)
        if not (folder / DATABASE).exists():
            build(folder, people)
        return _measure(create_app({"INSTANCE_DIR": folder, "SECRET_KEY": KEY, "DATABASE_URL": ""}))


def build(folder: Path, people: int) -> None:
    """Make the plant and its past in a folder, whole or not at all."""
    making = folder / "making"
    making.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    app = create_app({"INSTANCE_DIR": making, "SECRET_KEY": KEY, "DATABASE_URL": ""})
    with app.app_context(), writing(), hold(NOW):
        migrations.bring_up()
        numbers, editions = _plant(people)
        db.session.commit()
        db.session.close()
        db.engine.dispose()
    stored = _fill(making / DATABASE, _records(numbers, editions))
    print(f"{people:6,} people  {stored:10,} records in {time.perf_counter() - began:.0f} s", flush=True)
    began = time.perf_counter()
    with app.app_context(), writing():
        rebuilt = actions.rebuild()
        db.session.commit()
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        db.session.close()
        db.engine.dispose()
    print(f"{rebuilt.standings:10,} standings worked out in {time.perf_counter() - began:.0f} s", flush=True)
    with contextlib.closing(sqlite3.connect(making / DATABASE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.move(making / DATABASE, folder / DATABASE)
    shutil.rmtree(making)


def _plant(number: int) -> tuple[list[int], list[list[int]]]:
    """Return the people, and for each fifth of the teams the editions that it is asked."""
    shifts = [Shift(code=c, name=c, starts_at=hour(a), ends_at=hour(b)) for c, (a, b) in SHIFTS.items()]
    sites = [Site(code=f"s{n}", name=f"Site {n}") for n in range(SITES)]
    shops = [Workshop(code="w", name=f"Shop {n}", site=site) for n, site in enumerate(sites)]
    posts = [Workstation(code=f"p{n}", name=f"Post {n}", workshop=shops[n % SITES]) for n in range(60)]
    teams = [
        Team(code=f"t{n:03}", name=f"Team {n:03}", shift=shifts[n % 3], workshop=shops[n % SITES])
        for n in range(max(number // A_TEAM, OF_TEAMS))
    ]
    db.session.add_all([*teams, *posts])
    people = []
    for n in range(number):
        code = f"{n:06}"
        one = Person(
            registration=code, personal_code=code, given_name=f"P{n % 97}", family_name=f"N{n * 7919 % number:05}",
            created_at=NOW, hired_on=date(2015 + n % 11, 1 + n % 12, 1), workstation=posts[n % 60],
        )  # fmt: skip
        one.grants = [RoleGrant(role=Role.OPERATOR)]
        one.memberships = [TeamMembership(team=teams[n % len(teams)], joined_on=date(2025, 1, 6))]
        people.append(one)
    db.session.add_all(people)
    db.session.flush()
    asked: list[list[int]] = [[] for _ in range(OF_TEAMS)]
    for n in range(MODULES):
        edition = _publish(f"m{n:03}")
        asked[n % OF_TEAMS].append(edition.id)
        own = [team.id for place, team in enumerate(teams) if place % OF_TEAMS == n % OF_TEAMS]
        assigned = START + timedelta(days=n % 90)
        make_plan(
            f"P{n:03}", recommendation_id=None, module_id=edition.module_id, team_ids=own, assigned_on=assigned,
            due_on=assigned + timedelta(days=60), now=NOW,
        )  # fmt: skip
    return [one.id for one in people], asked


def _records(people: list[int], asked: list[list[int]]) -> Iterator[tuple]:
    """Yield what people did: nine modules of ten of those they are asked, four of ten twice, ten blocks each time."""
    chance = np.random.default_rng(1)
    numbers = count(1)
    days = [(START + timedelta(days=day)).isoformat() for day in range(WEEKS * 7 + 2)]
    clock = [time.strftime(" %H:%M:%S.000000", time.gmtime(second)) for second in range(DAY)]
    for place, person in enumerate(people):
        editions = asked[place % OF_TEAMS]
        done = chance.random(len(editions)) < 0.9
        twice = chance.random(len(editions)) < 0.4
        begun = chance.integers(WEEKS * 7 - 20, size=len(editions)).tolist()
        gaps = chance.integers(5, 40, size=(len(editions), 2, BLOCKS)).tolist()
        rights = (chance.random((len(editions), 2, BLOCKS)) < 0.85).tolist()
        for number, edition in enumerate(editions):
            for attempt in range(int(done[number]) + int(done[number] and twice[number])):
                at = (begun[number] + attempt) * DAY + (6 + place % 3 * 8) * 3600 + (number * 53 % 400) * 60
                sitting = f"{next(numbers):032x}"
                for block in range(BLOCKS):
                    at += gaps[number][attempt][block]
                    moment = days[at // DAY] + clock[at % DAY]
                    key = BLOCK_KEYS[block]
                    common = (f"{next(numbers):032x}", person, edition, key, sitting, attempt + 1, moment, moment)
                    if block % 2:
                        right = rights[number][attempt][block]
                        yield *common, str(Verb.ANSWERED), right, "true" if right else "false", 4000, *KEPT_AS
                    else:
                        yield *common, str(Verb.EXPERIENCED), None, None, None, *KEPT_AS


def _measure(app: Flask) -> int:
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    counted = _counting(app)
    client, headers = _signed_in(app)
    with app.app_context():
        size = db.session.execute(text("SELECT count(*) FROM learning_records")).scalar()
        floor = min(_timed(lambda: db.session.execute(text(FLOOR)).all()) for _ in range(3))
        print(f"{size:,} records, floor {floor * 1000:.0f} ms: the standings of each module counted by one statement")
    slowest = 0.0
    print(f"{'screen':58} first ms  p95 ms  processor  statements  KB  KB packed")
    for screen in SCREENS:
        found = _asked(client, headers, screen, counted)
        if found.status == 404:
            continue
        slowest = max(slowest, found.p95)
        print(
            f"{screen:58} {found.first * 1000:8.0f} {found.p95 * 1000:7.0f} {found.processor * 1000:10.0f} "
            f"{found.statements:11} "
            f"{found.bytes / 1024:4.0f} {found.packed / 1024:4.0f}"
            + (f"  {found.status}!" if found.status != 200 else ""),
            flush=True,
        )
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB of memory at most, of one process")
    print(f"the slowest is {slowest / floor:.1f} times the floor, at most {MOST_RATIO}")
    return int(slowest / floor > MOST_RATIO)


def _asked(client: FlaskClient, headers: dict[str, str], screen: str, counted: list[int]) -> Measured:
    times, used = [], []
    for _ in range(TIMES + 1):
        counted[0] = 0
        began, worked = time.perf_counter(), time.process_time()
        with hold(NOW):
            answer = client.get(screen, headers=headers)
            body = answer.data
        times.append(time.perf_counter() - began)
        used.append(time.process_time() - worked)
    first, *others = times
    return Measured(
        first, _p95(others), _p95(used[1:]), counted[0], len(body), len(gzip.compress(body)), answer.status_code
    )


def _p95(times: list[float]) -> float:
    return sorted(times)[min(int(len(times) * 0.95), len(times) - 1)]


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _counting(app: Flask) -> list[int]:
    """Return a number that grows by one with each statement."""
    counted = [0]

    def more(*_: Any) -> None:
        counted[0] += 1

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", more)
    ready = Prepared._ready

    def counting(self: Prepared) -> Any:
        more()
        return ready(self)

    Prepared._ready = counting  # type: ignore[method-assign]
    return counted


def _signed_in(app: Flask) -> tuple[FlaskClient, dict[str, str]]:
    """Return a browser in which HR is signed in, and what programs send."""
    with app.app_context(), writing(), hold(NOW):
        made = f"bench{time.time_ns()}"
        one = Person(registration=made, personal_code=made[-12:], given_name="H", family_name="R", created_at=NOW)
        one.grants = [RoleGrant(role=Role.HR)]
        db.session.add(one)
        db.session.flush()
        begin(made, "staff", one.id, {"_user_id": str(one.id), "_fresh": True}, NOW)
        token = create(made, Role.HR, by=None, now=NOW)
        db.session.commit()
    client = app.test_client()
    client.set_cookie("sid", made)
    return client, {"Authorization": f"Bearer {token}"}


if __name__ == "__main__":
    sys.exit(main())
