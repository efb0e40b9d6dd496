"""One evaluation of every indicator against one plain pass of SQL over the same records.

A plant of 1,000 operators in 24 teams and three shifts, 12 weeks, 25 modules planned: one
million learning records. The protocol holds every indicator there is. Each round, in
processes of their own: the evaluation, from the start of its command to its commit less
what a command costs that does nothing; then the floor, the driver reading the same columns
of the same records, row by row. Printed: seconds by the clock and of the processor (what else
the machine does slows the former), the ratio, peak memory. With `--large` also ten times the
operators and records, and how the time grew.

    python -m bench.evaluation [--large]
"""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from itertools import count
from pathlib import Path

import numpy as np

from lms.application import create_app
from lms.audit import actions as audits
from lms.audit.document import AuditDocument
from lms.catalogue.actions import add_edition
from lms.catalogue.content import ModuleContent
from lms.catalogue.models import Module
from lms.evaluation import actions
from lms.evaluation.indicators.definition import OptionKind
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.units import SCALES
from lms.kernel import migrations
from lms.kernel.database import db, writing
from lms.people.models import Person, RoleGrant, Shift, Team, TeamMembership
from lms.people.permissions import Role
from lms.plans.actions import make_plan
from lms.records.models import Source, Verb

ROOT = Path(__file__).resolve().parent.parent
KEY, DATABASE = "bench", "lms.sqlite"
START, WEEKS = date(2026, 3, 2), 12
END = START + timedelta(weeks=WEEKS) - timedelta(days=1)
SHIFTS = {"morning": (5, 13), "evening": (13, 21), "night": (21, 5)}
TEAMS, MODULES, BLOCKS, ATTEMPTS = 24, 25, 10, 4
SMALL, LARGE = 1_000, 10_000
ROUNDS = 3
MOST_RATIO, MOST_GROWTH = 20, 11
PRIMARY = ("R1", "C1", "C2", "L1", "Q1")
"""As many as a protocol may have: these are tried under other choices too."""
COLUMNS = (
    "sequence, id, person_id, edition_id, verb, block_key, attempt, sitting_id, occurred_at, success, terminal_id, "
    "recorded_at, response, duration_ms"
)
PASS = f"SELECT {COLUMNS} FROM learning_records ORDER BY person_id, edition_id"
FILLED = (
    "id, person_id, edition_id, block_key, sitting_id, attempt, occurred_at, recorded_at, verb, success, response, "
    "duration_ms, source, digest"
)
BLOCK_KEYS = [f"b{block}" for block in range(BLOCKS)]
ANSWERED, EXPERIENCED = str(Verb.ANSWERED), str(Verb.EXPERIENCED)
KEPT_AS = (str(Source.SIMULATION), b"0123456789abcdef")
DAY = 24 * 3600
BEFORE = datetime.combine(START, hour(8), UTC) - timedelta(days=3)


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and of the processor."""

    clock: float
    processor: float

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.clock - other.clock, self.processor - other.processor)

    def over(self, other: "Spent") -> "Spent":
        return Spent(self.clock / other.clock, self.processor / other.processor)

    def __str__(self) -> str:
        return f"{self.clock:6.2f} ({self.processor:6.2f})"


def main(arguments: list[str] | None = None) -> int:
    print("seconds and ratios: by the clock (of the processor)")
    ratios, small = _at(SMALL)
    if "--large" not in (arguments or sys.argv[1:]):
        return int(ratios.clock > MOST_RATIO)
    more, large = _at(LARGE)
    grown = large.over(small)
    print(f"ten times the records: {grown} times the seconds, at most {MOST_GROWTH}")
    return int(max(ratios.clock, more.clock) > MOST_RATIO or grown.clock > MOST_GROWTH)


def _at(operators: int) -> tuple[Spent, Spent]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.perf_counter()
        records = _make(folder, operators)
        print(
            f"{operators:6,} operators  {records:10,} records made in {time.perf_counter() - began:.0f} s", flush=True
        )
        _command(folder, "evaluation", "list", "--json")
        times = ROUNDS if operators == SMALL else 1
        rounds = sorted((_one_round(folder) for _ in range(times)), key=lambda one: one[0].clock)
        ratios, spent, floor, megabytes = rounds[len(rounds) // 2]
        print(
            f"{len(INDICATORS)} indicators  {spent}  plain pass {floor}  ratio {ratios}, at most {MOST_RATIO}  "
            f"peak {megabytes:.0f} MB",
            flush=True,
        )
        return ratios, spent


def _one_round(folder: Path) -> tuple[Spent, Spent, Spent, float]:
    nothing = _command(folder, "evaluation", "list", "--json")
    spent = _command(folder, "evaluation", "run", "bench", "--as-of", END.isoformat(), "--json") - nothing
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    floor = _floor(folder)
    return spent.over(floor), spent, floor, megabytes


def _command(folder: Path, *words: str) -> Spent:
    environment = {**os.environ, "LMS_INSTANCE_DIR": str(folder), "LMS_DATABASE_URL": "", "LMS_SECRET_KEY": KEY}
    began, used = time.perf_counter(), _used_by_children()
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words], cwd=ROOT, env=environment, capture_output=True
    )
    spent = Spent(time.perf_counter() - began, _used_by_children() - used)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    json.loads(done.stdout)
    return spent


def _used_by_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _floor(folder: Path) -> Spent:
    connection = sqlite3.connect(folder / DATABASE)
    began, used = time.perf_counter(), time.process_time()
    for _ in connection.execute(PASS):
        pass
    return Spent(time.perf_counter() - began, time.process_time() - used)


def _make(folder: Path, operators: int) -> int:
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": KEY, "DATABASE_URL": ""})
    with app.app_context(), writing():
        migrations.bring_up()
        people = _people(operators)
        editions = {f"m{number}": _publish(f"m{number}") for number in range(MODULES)}
        _pilot({code: edition.module_id for code, edition in editions.items()})
        db.session.commit()
        numbers = [edition.id for edition in editions.values()]
        db.session.close()
        db.engine.dispose()
    return _fill(folder / DATABASE, _records(people, numbers))


def _fill(database: Path, records: Iterator[tuple]) -> int:
    """Store records as quickly as SQLite can: none need survive a power cut, and indices are made at the end."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        indices = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'learning_records' AND sql > ''"
        ).fetchall()
        for name, _ in indices:
            connection.execute(f"DROP INDEX {name}")
        connection.execute("BEGIN")
        places = ",".join("?" * len(FILLED.split(",")))
        made = connection.executemany(f"INSERT INTO learning_records ({FILLED}) VALUES ({places})", records).rowcount
        connection.execute("COMMIT")
        for _, sql in indices:
            connection.execute(sql)
        connection.execute("ANALYZE")
        connection.execute("PRAGMA journal_mode = WAL")
    return made


def _people(operators: int) -> list[int]:
    shifts = [
        Shift(code=code, name=code, starts_at=hour(start), ends_at=hour(end)) for code, (start, end) in SHIFTS.items()
    ]
    teams = [Team(code=f"t{n:02}", name=f"T{n}", shift=shifts[n % len(shifts)]) for n in range(TEAMS)]
    db.session.add_all(teams)
    found = []
    for n in range(operators):
        name = f"{n:06}"
        person = Person(registration=name, personal_code=name, given_name="P", family_name=name, created_at=BEFORE)
        person.grants = [RoleGrant(role=Role.OPERATOR)]
        person.memberships = [TeamMembership(team=teams[n % TEAMS], joined_on=date(2025, 1, 6))]
        found.append(person)
    db.session.add_all(found)
    db.session.flush()
    return [person.id for person in found]


def _publish(code: str):  # noqa: ANN202
    text = {"en": "x"}
    card = {"card": "text", "title": text, "body": text}
    question = {
        "question": "true_false", "prompt": text, "answer": True, "points": 1,
        "feedback": {"correct": text, "incorrect": text},
    }  # fmt: skip
    blocks = [{**(question if n % 2 else card), "key": f"b{n}"} for n in range(BLOCKS)]
    content = ModuleContent.model_validate(
        {"format": "etabli-module/1", "code": code, "languages": ["en"], "title": text, "summary": text, "minutes": 4,
         "pass_mark": 0.6, "blocks": blocks}
    )  # fmt: skip
    module = Module(code=code, created_at=BEFORE)
    db.session.add(module)
    db.session.flush()
    return add_edition(module, content, {}, note="", by=None, now=BEFORE)


def _pilot(modules: dict[str, int]) -> None:
    words = {"fr": "x", "en": "x"}
    evidence = {"code": "V1", "source_type": "observation", "excerpt": words}
    finding = {"code": "F1", "statement": words, "polarity": "obstacle", "evidence": ["V1"]}
    recommendation = {"code": "P1", "statement": words, "testable": "yes", "critical": True, "findings": ["F1"]}
    audit = audits.store(
        AuditDocument.model_validate(
            {"format": "etabli-audit/1", "code": "bench", "title": words, "summary": words,
             "evidence": [evidence], "findings": [finding], "recommendations": [recommendation]}
        ),
        now=BEFORE,
    )  # fmt: skip
    teams = [team.id for team in db.session.query(Team)]
    number = audit.recommendations[0].id
    due = END - timedelta(days=7)
    for code, module in modules.items():
        make_plan(
            f"plan-{code}", recommendation_id=number, module_id=module, team_ids=teams, assigned_on=START, due_on=due,
            now=BEFORE,
        )  # fmt: skip
    pilot = actions.create_pilot("bench", audit.id, actions.Design(words, START, END, teams), now=BEFORE)
    for code, definition in INDICATORS.items():
        scale = SCALES[definition.unit]
        threshold = (scale.lowest + scale.highest) / 2 + 0.1 if scale.highest is not None else 1.0
        options = {
            option.name: ["m0", "m1"] if option.kind is OptionKind.MODULES else ["task"]
            for option in definition.options
        }
        actions.add_indicator(
            pilot,
            actions.Choice(code, number, threshold, critical=False, primary=code in PRIMARY, options=options),
        )
    actions.freeze(pilot, actions.HouseRules(5, "Europe/Paris"), by=None, now=BEFORE)
    actions.record_conditions(pilot, opinion_on=START, notice_version="1", notice_on=START, today=END)


def _records(people: list[int], editions: list[int]) -> Iterator[tuple]:
    """Yield 1,000 records of each person: 25 modules, four times each, ten blocks.

    Their ids grow in the order of arrival, as those do that kiosks make.
    """
    chance = np.random.default_rng(1)
    numbers = count(1)
    answer = {True: "true", False: "false"}
    days = [(START + timedelta(days=day)).isoformat() for day in range(WEEKS * 7 + 2)]
    clock = [time.strftime(" %H:%M:%S.000000", time.gmtime(second)) for second in range(DAY)]
    for place, person in enumerate(people):
        shape = (len(editions), ATTEMPTS, BLOCKS)
        begun = chance.integers(400, size=shape[:2]).tolist()
        gaps = chance.integers(5, 40, size=shape).tolist()
        rights = (chance.random(shape) < 0.8).tolist()
        lasted = chance.integers(1_500, 30_000, size=shape).tolist()
        for number, edition in enumerate(editions):
            for attempt in range(ATTEMPTS):
                day = (number * ATTEMPTS + attempt + 1) % (WEEKS * 7 - 10)
                at = day * DAY + (6 + place % 3 * 8) * 3600 + begun[number][attempt] * 60
                sitting = f"{next(numbers):032x}"
                for block in range(BLOCKS):
                    at += gaps[number][attempt][block]
                    text = days[at // DAY] + clock[at % DAY]
                    common = (
                        f"{next(numbers):032x}",
                        person,
                        edition,
                        BLOCK_KEYS[block],
                        sitting,
                        attempt + 1,
                        text,
                        text,
                    )
                    if block % 2:
                        right = rights[number][attempt][block]
                        yield *common, ANSWERED, right, answer[right], lasted[number][attempt][block], *KEPT_AS
                    else:
                        yield *common, EXPERIENCED, None, None, None, *KEPT_AS


if __name__ == "__main__":
    sys.exit(main())
