"""A large plant and its past: people, plans and records, skills and their signatures, habilitations, sessions.

10,000 people in 250 teams on five sites, 200 modules of which each person is asked 40, five million learning
records; or a part of that. Records are stored in bulk, what follows from them is worked out by `progress rebuild`,
as after an upgrade. Each person has a post with three tasks: masters one, waits for a signature on the second, for
somebody to watch them on the third; and holds two habilitations.
"""

import contextlib
import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from flask import Flask
from sqlalchemy import insert, select, text

import lms.tables  # noqa: F401
from bench.evaluation import BLOCK_KEYS, BLOCKS, DAY, KEPT_AS, SHIFTS, _fill, _publish
from lms.application import create_app
from lms.catalogue.models import Edition
from lms.classroom.models import Attendance, HalfDay, Invitation, Session
from lms.classroom.rules import Part
from lms.kernel import migrations
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.kernel.jobs.kinds import silent
from lms.kernel.jobs.working import see_through
from lms.people.models import Person, RoleGrant, Shift, Site, Team, TeamMembership, Workshop, Workstation
from lms.people.permissions import Role
from lms.plans.actions import make_plan
from lms.progress.jobs import ask_to_rebuild
from lms.proof.models import Habilitation, HabilitationKind, PostHabilitation
from lms.proof.rules import Basis
from lms.records.models import Verb
from lms.skills.models import LevelChange, ProcedureChange, SignOff, Task, task_modules
from lms.skills.rules import Kind, Level, Outcome

KEY, DATABASE = "bench", "lms.sqlite"
START, WEEKS = date(2026, 1, 5), 26
NOW = datetime(2026, 7, 6, 8, tzinfo=UTC)
SITES, OF_TEAMS = 5, 5
"""Each module is asked of one team of five."""


@dataclass(frozen=True)
class Size:
    """How much of everything there is."""

    people: int
    teams: int
    modules: int = 200
    posts: int = 60
    sessions: int = 100


SMALL, LARGE = Size(1_000, 25), Size(10_000, 250)


def build(folder: Path, size: Size) -> None:
    """Make the plant and its past in a folder, whole or not at all."""
    making = folder / "making"
    making.mkdir(parents=True, exist_ok=True)
    with _app(making).app_context():
        migrations.bring_up()
        db.engine.dispose()
    fill(making, size)
    with contextlib.closing(sqlite3.connect(making / DATABASE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.move(making / DATABASE, folder / DATABASE)
    shutil.rmtree(making)


def fill(folder: Path, size: Size) -> None:
    """Make the plant and its past in a SQLite database whose tables stand and are empty."""
    began = time.perf_counter()
    app = _app(folder)
    with _writing(app):
        numbers, editions = _plant(size)
    stored = _fill(folder / DATABASE, _records(numbers, editions))
    print(f"{size.people:6,} people  {stored:10,} records in {time.perf_counter() - began:.0f} s", flush=True)
    began = time.perf_counter()
    with _writing(app):
        asked = ask_to_rebuild(by=None, now=NOW).id
    with app.app_context():
        standings = (see_through(asked, silent).result or {})["standings"]
        db.session.close()
    print(f"{standings:10,} standings worked out in {time.perf_counter() - began:.0f} s", flush=True)
    with _writing(app):
        furnish(size)


def _app(folder: Path) -> Flask:
    return create_app({"INSTANCE_DIR": folder, "SECRET_KEY": KEY, "DATABASE_URL": ""})


@contextlib.contextmanager
def _writing(app: Flask) -> Iterator[None]:
    with app.app_context(), writing(), hold(NOW):
        yield
        db.session.commit()
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        db.session.close()
        db.engine.dispose()


def _plant(size: Size) -> tuple[list[int], list[list[int]]]:
    """Return the people, and for each fifth of the teams the editions that it is asked."""
    shifts = [Shift(code=c, name=c, starts_at=hour(a), ends_at=hour(b)) for c, (a, b) in SHIFTS.items()]
    sites = [Site(code=f"s{n}", name=f"Site {n}") for n in range(SITES)]
    shops = [Workshop(code="w", name=f"Shop {n}", site=site) for n, site in enumerate(sites)]
    posts = [Workstation(code=f"p{n}", name=f"Post {n}", workshop=shops[n % SITES]) for n in range(size.posts)]
    teams = [
        Team(code=f"t{n:03}", name=f"Team {n:03}", shift=shifts[n % 3], workshop=shops[n % SITES])
        for n in range(size.teams)
    ]
    db.session.add_all([*teams, *posts])
    people = []
    for n in range(size.people):
        code = f"{n:06}"
        one = Person(
            registration=code, personal_code=code, given_name=f"P{n % 97}", family_name=f"N{n * 7919 % size.people:05}",
            created_at=NOW, hired_on=date(2015 + n % 11, 1 + n % 12, 1), workstation=posts[n % size.posts],
        )  # fmt: skip
        one.grants = [RoleGrant(role=Role.OPERATOR)]
        one.memberships = [TeamMembership(team=teams[n % len(teams)], joined_on=date(2025, 1, 6))]
        people.append(one)
    db.session.add_all(people)
    db.session.flush()
    asked: list[list[int]] = [[] for _ in range(OF_TEAMS)]
    for n in range(size.modules):
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


def furnish(size: Size) -> None:
    """Add skills, habilitations and sessions to a plant that has none."""
    people = db.session.execute(
        select(Person.id, Person.workstation_id, TeamMembership.team_id)
        .join(TeamMembership, TeamMembership.person_id == Person.id)
        .order_by(Person.id)
    ).all()
    editions = db.session.execute(select(Edition.id, Edition.module_id).order_by(Edition.id)).all()
    _skills(people, editions, _leaders(people), size.posts)
    _licences(people, editions, size.posts)
    _sessions([person.id for person in people], size.sessions)


def _leaders(people: Any) -> dict[int, int]:
    """Make somebody of each team its leader; return who leads each team."""
    leaders: dict[int, int] = {}
    for person in people:
        leaders.setdefault(person.team_id, person.id)
    rows = [{"person_id": leader, "role": Role.TEAM_LEADER, "team_id": team_id} for team_id, leader in leaders.items()]
    db.session.execute(insert(RoleGrant), rows)
    return leaders


def _skills(people: Any, editions: Any, leaders: dict[int, int], posts: int) -> None:
    tasks = [
        {"id": post * 3 + place + 1, "code": f"k{post:02}{place}", "title": {"en": f"Task {post} {place}"},
         "workstation_id": post + 1, "safety_critical": place == 1, "required": 2, "created_at": NOW}
        for post in range(posts) for place in range(3)
    ]  # fmt: skip
    db.session.execute(insert(Task), tasks)
    modules = [{"task_id": task["id"], "module_id": editions[place % len(editions)].module_id}
               for place, task in enumerate(tasks)]  # fmt: skip
    db.session.execute(insert(task_modules), modules)
    changed = [{"task_id": post * 3 + 1, "changed_on": START + timedelta(weeks=20), "what": "x", "at": NOW}
               for post in range(0, posts, 10)]  # fmt: skip
    db.session.execute(insert(ProcedureChange), changed)
    changes, signed = [], []
    for number, person in enumerate(people, start=1):
        own = [(person.workstation_id - 1) * 3 + place + 1 for place in range(3)]
        on = START + timedelta(days=number % 120)
        common = {"person_id": person.id, "recorded_at": NOW}
        learnt = {**common, "before": Level.NONE, "after": Level.TRAINED, "on": on, "kind": Kind.AUTOMATIC,
                  "edition_id": editions[number % len(editions)].id, "source": ""}  # fmt: skip
        stated = {"before": Level.NONE, "after": Level.AUTONOMOUS, "kind": Kind.STATED, "edition_id": None}
        changes += [
            {**learnt, **stated, "task_id": own[0], "source": "matrix"},
            {**learnt, "task_id": own[1]},
            {**learnt, "task_id": own[2]},
        ]
        if (observer := leaders[person.team_id]) != person.id:
            signed.append(
                {**common, "task_id": own[1], "observer_id": observer, "observed_on": on + timedelta(days=7),
                 "outcome": Outcome.ACQUIRED, "aim": Level.ACCOMPANIED, "cycles": 1, "safety_respected": True,
                 "situation": "x"}
            )  # fmt: skip
    db.session.execute(insert(LevelChange), changes)
    db.session.execute(insert(SignOff), signed)


def _licences(people: Any, editions: Any, posts: int) -> None:
    """Give everybody two habilitations, of which the one ends in the coming years and the other soon or lately."""
    kinds = [
        {"id": place + 1, "code": f"h{place}", "title": {"en": f"Licence {place}"}, "validity_months": 24,
         "renewal_days": 60, "module_id": editions[place].module_id, "by_session": True, "by_certificate": False,
         "created_at": NOW}
        for place in range(6)
    ]  # fmt: skip
    db.session.execute(insert(HabilitationKind), kinds)
    db.session.execute(
        insert(PostHabilitation), [{"workstation_id": post + 1, "kind_id": post % 6 + 1} for post in range(posts)]
    )
    given = []
    for number, person in enumerate(people):
        for which, years in enumerate((1, 2)):
            began = START - timedelta(days=365 * years) + timedelta(days=number % 300)
            given.append(
                {"person_id": person.id, "kind_id": ((person.workstation_id or 0) - 1 + which) % 6 + 1,
                 "obtained_on": began, "valid_from": began, "valid_until": began + timedelta(days=730),
                 "basis": Basis.MODULE, "edition_id": editions[which].id, "given_at": NOW}
            )  # fmt: skip
    db.session.execute(insert(Habilitation), given)


def _sessions(people: list[int], number: int) -> None:
    """Hold sessions of two half-days, of twelve people each."""
    numbers = range(1, number + 1)
    held = [{"id": n, "code": f"S{n:03}", "title": f"Session {n}", "trainer": "x", "created_at": NOW} for n in numbers]
    db.session.execute(insert(Session), held)
    halves = [
        {"id": n * 2 + place, "session_id": n, "held_on": START + timedelta(days=n), "part": part, "rank": place,
         "minutes": 210}
        for n in numbers for place, part in enumerate((Part.MORNING, Part.AFTERNOON))
    ]  # fmt: skip
    db.session.execute(insert(HalfDay), halves)
    there = [(n, people[(n * 12 + place) % len(people)]) for n in numbers for place in range(12)]
    db.session.execute(
        insert(Invitation), [{"session_id": n, "person_id": person, "invited_at": NOW} for n, person in there]
    )
    attended = [
        {"half_day_id": n * 2 + place, "person_id": person, "present": True, "minutes": 210, "signed": True,
         "recorded_at": NOW}
        for n, person in there for place in range(2)
    ]  # fmt: skip
    db.session.execute(insert(Attendance), attended)


def copied(database: Path, url: str) -> None:
    """Fill an empty PostgreSQL database, whose tables stand, with what a SQLite database holds."""
    with contextlib.closing(sqlite3.connect(database)) as source, psycopg.connect(url) as target:
        # Everything held where it comes from: neither triggers nor references have anything to say.
        target.execute("SET session_replication_role = replica")
        target.execute("SET synchronous_commit = off")
        tables = target.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        ).fetchall()
        target.execute(f"TRUNCATE {', '.join(table for (table,) in tables)}".encode())
        for (table,) in tables:
            _copied_table(source, target, table)
        target.execute("ANALYZE")


def _copied_table(source: sqlite3.Connection, target: psycopg.Connection, table: str) -> None:
    rows = source.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (names of our own tables)
    names = ", ".join(f'"{column[0]}"' for column in rows.description)
    with target.cursor().copy(f'COPY "{table}" ({names}) FROM STDIN'.encode()) as copy:
        for row in rows:
            copy.write_row(row)
    serial = target.execute(
        "SELECT column_name, pg_get_serial_sequence(quote_ident(table_name), column_name)"
        " FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
        " AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL",
        [table],
    ).fetchall()
    for column, sequence in serial:
        target.execute(f'SELECT setval(%s, (SELECT max("{column}") FROM "{table}"))'.encode(), [sequence])
