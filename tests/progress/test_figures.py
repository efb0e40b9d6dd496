"""One figure, whoever asks: by the records, by page, files, program, command and evaluation."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from random import Random

import numpy
import openpyxl
import pypdf
import pytest
from flask import Flask
from sqlalchemy import select

from lms.application import create_app
from lms.catalogue import queries as catalogue
from lms.classroom.queries import attended
from lms.evaluation.facts import Facts, Need
from lms.evaluation.gathering import cutoff, population
from lms.evaluation.gathering import facts as facts_of
from lms.evaluation.indicators.completion import COMPLETION
from lms.evaluation.population import Population
from lms.evaluation.protocol import FrozenProtocol
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.people.models import Person, RoleGrant, Team
from lms.people.permissions import Role
from lms.people.tokens.actions import create
from lms.plans.models import Plan
from lms.progress import actions
from lms.progress.completion import NUMBERS, Question, completion
from lms.progress.following import following
from lms.progress.grouping import By
from lms.progress.holding import Hold
from lms.progress.hours import Stretch, hours, learnt_by_each, worked
from lms.progress.rules import State
from lms.progress.sheet import sheet
from lms.records.actions import store
from lms.records.models import Source, Verb
from lms.records.queries import last_sequence
from lms.records.rules import NewRecord, edition_activity
from lms.reports.figures.asking import Kind, Wanted
from lms.reports.figures.telling import told
from tests.progress.worlds import FIRST, LAST, LATER, a_world, told_by_records
from tests.strict import StrictBrowser
from tests.web.teams.test_people import signed_in

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("world")
    (folder / "lms.sqlite").write_bytes(migrated.read_bytes())
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": "test", "DATABASE_URL": ""})
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, seed=request.param)
    with app.app_context(), writing(), hold(LATER):
        a_world(request.param)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def hr(world: Flask) -> StrictBrowser:
    browse = StrictBrowser(world)
    with hold(LATER):
        signed_in(browse, Role.HR)
    return browse


def some_days(world: Flask) -> list[date]:
    chance = Random(world.config["seed"])
    return [LAST, *(FIRST + timedelta(days=chance.randrange((LAST - FIRST).days)) for _ in range(4))]


def test_as_of_any_day_figures_are_what_the_records_say(world: Flask) -> None:
    with world.app_context(), hold(LATER):
        met: set[object] = set()
        for day in some_days(world):
            told = {(row.plan_code, row.person_id): (row.state, row.due_on, row.in_time) for row in following(day)}
            assert told == told_by_records(day)
            met |= {state for state, *_ in told.values()}
            counted = {(row.person_id, row.module_id): row.state for row in sorted(following(day), key=by_due)}
            states = Counter(counted.values())
            for by in (By.MODULE, By.TEAM, By.SHIFT, By.POST, By.BEGAN, By.DUE, By.EDITION):
                total = completion(sheet(day), Question(by), least=1).total
                assert (total.people, total.completed, total.late) == (
                    len(counted),
                    states["completed"],
                    states["late"],
                )
        assert len(met) >= 3, "the past is varied"


def by_due(row) -> object:  # noqa: ANN001
    """The earlier due day wins: it comes last."""
    return [-row.due_on.toordinal(), [-ord(letter) for letter in row.plan_code]]


def differing() -> list[actions.Pair]:
    return sorted(actions.compare(actions.EVERYBODY).wrong)


def test_what_is_kept_is_what_the_records_say(world: Flask) -> None:
    with world.app_context(), writing(), hold(LATER):
        assert differing() == []
        db.session.execute(
            db.text("UPDATE active_days SET seconds = seconds + 1 WHERE day = (SELECT max(day) FROM active_days)")
        )
        db.session.execute(
            db.text("DELETE FROM completions WHERE person_id = (SELECT min(person_id) FROM completions)")
        )
        assert differing()
        actions.mend(actions.compare(actions.EVERYBODY))
        assert differing() == []


def test_hours_are_the_same_one_by_one_and_together(world: Flask) -> None:
    with world.app_context(), hold(LATER):
        whole = Stretch(None, LAST)
        rows = worked(whole)
        total = hours(By.MODULE, whole, least=1).total
        assert total.digital.actual_seconds == sum(row.actual_seconds for row in rows) > 0
        assert (
            total.digital.theoretical_minutes == sum(row.theoretical_minutes for row in rows) == 3 * total.digital.times
        )
        seen = attended(LAST)
        assert total.rooms.actual_seconds == 60 * sum(one.minutes for one in seen) > 0
        assert (total.rooms.times, total.rooms.theoretical_minutes) == (len(seen), sum(one.planned for one in seen))
        assert total.actual_seconds == total.digital.actual_seconds + total.rooms.actual_seconds
        assert all(total == hours(by, whole, least=1).total for by in (By.TEAM, By.SHIFT, By.EDITION, By.HIRED))
        middle = FIRST + timedelta(days=30)
        halves = [
            hours(By.MODULE, one, 1).total for one in (Stretch(None, middle), Stretch(middle + timedelta(days=1), LAST))
        ]
        for way in ("digital", "rooms"):
            parts = [getattr(one, way).actual_seconds for one in halves]
            assert sum(parts) == getattr(total, way).actual_seconds
        own = rows[0].person_id
        assert worked(whole, [own]) == [row for row in rows if row.person_id == own]
        each = learnt_by_each(whole)
        assert sum(one.actual_seconds or 0 for one in each.values()) == total.actual_seconds
        assert learnt_by_each(whole, [own]) == {own: each[own]}


def test_hours_are_the_same_by_every_way(world: Flask, hr: StrictBrowser) -> None:
    """Page, CSV and workbook say what the function does; who is too few in classrooms alone is held back there."""
    least = 9
    with world.app_context(), hold(LATER):
        world.config["SMALLEST_GROUP"] = least
        found = told(Wanted(Kind.HOURS, By.TEAM, until=LAST), LAST, least)
        expected = [[row.name, *map(str, row.cells or [_HIDDEN] * len(found.columns))] for row in found.rows]
        assert any(_HIDDEN in row for row in expected), "some of it is too small to be shown"
    with hold(LATER):
        page = hr.get("teams.hours", by="team", until=LAST).select("tbody tr")
        by_page = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page][1:]
        address = f"/teams/completion/hours.{{}}?by=team&until={LAST}"
        text = hr.client.get(address.format("csv")).data.decode("utf-8-sig")
        by_csv = list(csv.reader(StringIO(text), delimiter=";"))[2:]
        book = openpyxl.load_workbook(BytesIO(hr.client.get(address.format("xlsx")).data))
        by_xlsx = [[*map(str, row)] for row in list(book.worksheets[0].values)[2:]]
        defined = {row[0] for row in book.worksheets[1].values}
        header = next(iter(book.worksheets[0].values))
    world.config["SMALLEST_GROUP"] = 5
    for way in (by_page, by_csv, by_xlsx):
        assert [[_plain(cell) for cell in row[1:]] for row in way] == [
            [_plain(cell) for cell in row[1:]] for row in expected
        ]
    assert set(header[1:]) <= defined


_HIDDEN = "not shown"


def _plain(cell: str) -> float | None:
    """Return the number of a cell in whichever language, None where it says that it is not shown."""
    text = cell.replace(",", ".").replace("\u202f", "")
    return float(text) if text.replace(".", "").isdigit() else None


def test_completion_is_what_an_evaluation_says_of_the_same_people(world: Flask) -> None:
    """`docs/figures.md` states the relation: an evaluation counts who ever completed, figures whom it is good for."""
    with world.app_context(), hold(LATER):
        trainers = set(db.session.scalars(select(Person.id).limit(2)))
        db.session.add_all(RoleGrant(person_id=one, role=Role.TRAINER) for one in trainers)
        db.session.flush()
        worn_out = 0
        for day in some_days(world):
            found, facts = evaluated(day, last_sequence())
            pairs = {(row.person, row.module) for row in found.assigned}
            assert trainers.isdisjoint(person for person, _ in pairs), "who teaches is in figures alone"
            rows = [row for row in following(day) if (row.person_id, row.module) in pairs]
            assert {(row.person_id, row.module) for row in rows} == pairs
            good = {(row.person_id, row.module) for row in rows if row.state == State.COMPLETED}
            over = {(row.person_id, row.module) for row in rows if row.hold in (Hold.LAPSED, Hold.OVERTAKEN)}
            share = COMPLETION.further(facts)["assignments_completed"] if COMPLETION.further else None
            assert round((share or 0) * len(facts.assigned)) == len(good | over)
            whole = {case.person for case in COMPLETION.cases(facts) if case.success}
            assert whole == {
                person for person, _ in pairs if all(one in good | over for one in pairs if one[0] == person)
            }
            # The figures' own function, of these people and modules alone.
            told_ = sheet(day)
            mask = [(row.person_id, row.module) in pairs for row in following(day)]
            total = completion(told_.of(numpy.array(mask, bool)), Question(), least=1).total
            assert (total.people, total.completed) == (len(pairs), len(good))
            worn_out += len(over)
        assert worn_out > 0, "some of it ran out or was overtaken"
        db.session.rollback()


def test_a_record_that_comes_late_changes_figures_and_no_evaluation_that_was_made(world: Flask) -> None:
    with world.app_context(), hold(LATER):
        before = last_sequence()
        row = next(one for one in following(LAST) if one.state != State.COMPLETED and one.hold == Hold.NONE)
        edition = catalogue.newest_edition(row.module_id)
        for place, block in enumerate(edition.content.blocks):
            late = datetime.combine(LAST, time(9), UTC) + timedelta(seconds=place)
            is_question = block.key.startswith("q")
            store(
                [
                    NewRecord(
                        id=new_id(),
                        verb=Verb.ANSWERED if is_question else Verb.EXPERIENCED,
                        source=Source.KIOSK,
                        activity=edition_activity(edition.code, edition.number),
                        person_id=row.person_id,
                        edition_id=edition.id,
                        block_key=block.key,
                        attempt=9,
                        success=True if is_question else None,
                        occurred_at=late,
                    )
                ],
                LATER,
            )
        actions.refresh(row.person_id, edition.id)
        now_good = {(one.person_id, one.module_id) for one in following(LAST) if one.state == State.COMPLETED}
        assert (row.person_id, row.module_id) in now_good
        then, after = (
            evaluated(LAST, up_to)[1].of_person(row.person_id, row.module).completed_on
            for up_to in (before, last_sequence())
        )
        assert (then, after) == (None, LAST)
        db.session.rollback()


def evaluated(day: date, up_to: int) -> tuple[Population, Facts]:
    """Return who counts in an evaluation of all teams and plans, and what it knows of them."""
    teams = tuple(db.session.scalars(select(Team.code)))
    codes = tuple(db.session.scalars(select(Plan.code)))
    protocol = FrozenProtocol(FIRST, LAST, teams, codes, "Europe/Paris", 5, 10, (), (), read_besides={Need.WORK})
    found = population(protocol, day)
    return found, facts_of(protocol, found, cutoff(protocol, day, up_to, LATER)).of("", ())


def test_the_same_figure_by_every_way(world: Flask, hr: StrictBrowser) -> None:
    """Three ways for each seed; the print, which takes long, once."""
    day = some_days(world)[world.config["seed"]]
    with world.app_context(), writing(), hold(LATER):
        told = completion(sheet(day), Question(), world.config["SMALLEST_GROUP"])
        expected = sorted(
            str(tuple(getattr(cell, name) for name in NUMBERS)) for cell in told.rows.values() if not cell.hidden
        )
        token = create("figures", Role.HR, by=None, now=LATER)
        db.session.commit()
    with hold(LATER):
        cells = [
            row.select("td")[: len(NUMBERS)] for row in hr.get("teams.completion", as_of=day).select("tbody tr")[1:]
        ]
        by_page = [[int(cell.get_text()) for cell in row] for row in cells if row[0].get_text(strip=True).isdigit()]
        address = f"/teams/completion/completion.{{}}?as_of={day}"
        lines = list(
            csv.reader(StringIO(hr.client.get(address.format("csv")).data.decode("utf-8-sig")), delimiter=";")
        )[2:]
        by_csv = [[int(cell) for cell in row[1 : len(NUMBERS) + 1]] for row in lines if row[1].isdigit()]
        book = openpyxl.load_workbook(BytesIO(hr.client.get(address.format("xlsx")).data))
        sheets = list(book.worksheets[0].values)[2:]
        by_xlsx = [list(row[1 : len(NUMBERS) + 1]) for row in sheets if isinstance(row[1], int)]
        headers = {"Authorization": f"Bearer {token}"}
        items = hr.client.get(f"/api/v1/completion?as_of={day}", headers=headers).get_json()["items"]
        by_program = [[one[name] for name in NUMBERS] for one in items if one["people"] is not None]
        said = world.test_cli_runner().invoke(args=["progress", "modules", "--as-of", f"{day}", "--json"]).stdout
        by_command = [
            [one[name] for name in COMMAND] for one in json.loads(said)["modules"] if one["people"] is not None
        ]
        if world.config["seed"] == 1:
            print_ = pypdf.PdfReader(BytesIO(hr.client.get(address.format("pdf")).data))
            text = "\n".join(page.extract_text() for page in print_.pages)
            assert all(re.search(r"\s".join(map(str, row)), text) for row in by_page)
    for way in (by_page, by_csv, by_xlsx, by_program):
        assert sorted(str(tuple(row)) for row in way) == expected
    assert sorted(row[1] for row in by_command) == sorted(
        one["completed"] for one in items if one["people"] is not None
    )


COMMAND = ("people", "completed", "in_time", "under_way", "not_started", "late")
