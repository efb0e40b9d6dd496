"""Programs read figures with a token, and nothing that its role may not see."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.application import create_app
from lms.costs.balance import balance
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.people.models import Person
from lms.people.permissions import Role
from lms.people.privacy import looks
from lms.people.privacy.models import Purpose
from lms.people.tokens import actions, queries
from lms.progress.following import Wanted, chosen
from lms.progress.grouping import By
from lms.progress.hours import Stretch, hours
from lms.progress.sheet import sheet
from tests.web.teams.plant import learning_plant
from tests.web.teams.test_people import MONDAY

PLACES = ("completion", "hours", "costs", "people")


class Program:
    """A program with tokens of three roles, at a plant where a group is too small to be shown."""

    def __init__(self, app: Flask) -> None:
        self.app, self.client = app, app.test_client()
        with app.app_context(), writing():
            learning_plant({"A": 25, "B": 24, "C": 3}, {"A": 21, "B": 19, "C": 2})
            self.tokens = {role: actions.create(role, role, by=None, now=MONDAY) for role in (Role.HR, Role.TRAINER)}
            self.tokens[Role.EVALUATOR] = actions.create("figures", Role.EVALUATOR, by=None, now=MONDAY)
            db.session.commit()

    def ask(self, address: str, role: Role | None = Role.HR, method: str = "GET", **question: object) -> Any:
        headers = {"Authorization": f"Bearer {self.tokens[role]}"} if role else {}
        with hold(MONDAY):
            return self.client.open(f"/api/v1/{address}", method=method, headers=headers, query_string=question)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Program]:
    folder = tmp_path_factory.mktemp("api")
    (folder / "lms.sqlite").write_bytes(migrated.read_bytes())
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": "test", "DATABASE_URL": ""})
    yield Program(app)
    with app.app_context():
        db.engine.dispose()


def test_completion_of_a_module(program: Program) -> None:
    answer = program.ask("completion").get_json()
    assert answer["as_of"] == "2026-03-02"
    [module] = answer["items"]
    assert (module["group"], module["people"], module["completed"]) == ("lockout", 52, 42)
    assert answer["next"] is None
    teams = program.ask("completion", by="team", module="lockout", limit=2).get_json()
    assert [one["completed"] for one in teams["items"]] == [21, None]
    assert len(program.ask("completion", by="team", cursor=teams["next"]).get_json()["items"]) == 1
    assert program.ask("completion", Role.EVALUATOR, by="post").status_code == 403


def test_who_has_no_good_token_gets_a_problem(program: Program) -> None:
    answer = program.ask("completion", None)
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.get_json()["instance"] == "/api/v1/completion"
    assert program.ask("completion", Role.TRAINER).status_code == 403
    assert program.ask("nothing").get_json()["status"] == 404
    wrong = program.ask("completion", method="POST")
    assert (wrong.get_json()["status"], wrong.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_revoked_token_opens_nothing_and_its_use_is_known(program: Program) -> None:
    with program.app.app_context(), writing():
        program.tokens[Role.ADMINISTRATOR] = actions.create("short", Role.HR, by=None, now=MONDAY)
        db.session.commit()
    assert program.ask("completion", Role.ADMINISTRATOR).status_code == 200
    with program.app.app_context(), writing():
        actions.revoke("short", by=None, now=MONDAY)
        db.session.commit()
        [known] = [one for one in queries.tokens() if one.name == "short"]
        assert (known.used_at, known.revoked_at) == (MONDAY, MONDAY)
    assert program.ask("completion", Role.ADMINISTRATOR).status_code == 401


def test_figures_without_names_are_those_of_whole_weeks(program: Program) -> None:
    assert program.ask("completion", Role.EVALUATOR, as_of="2026-02-04").get_json()["as_of"] == "2026-03-01"
    hours = program.ask("hours", Role.EVALUATOR, as_of="2026-02-04", since="2026-02-04").get_json()
    assert (hours["since"], hours["until"]) == (None, "2026-03-01")
    costs = program.ask("costs", Role.EVALUATOR, first="2026-02-04", last="2026-02-04").get_json()
    assert (costs["first"], costs["last"]) == ("2025-03-03", "2026-03-01")
    assert program.ask("hours", Role.EVALUATOR, by="post").status_code == 403
    assert program.ask("people", Role.EVALUATOR).status_code == 403


def test_hours_and_costs_are_those_of_the_pages(program: Program) -> None:
    with program.app.app_context(), hold(MONDAY):
        table = hours(By.TEAM, Stretch(None, date(2026, 3, 2)), 5)
        found = balance(date(2026, 2, 1), date(2026, 3, 1), 5, MONDAY)
    answer = program.ask("hours", by="team").get_json()
    assert {one["group"]: one["theoretical_minutes"] for one in answer["items"]} == {
        f"{group:09}": one.theoretical_minutes for group, one in table.rows.items()
    }
    digital = [one["digital"] for one in answer["items"]]
    assert digital.count(None) == 2, "the smallest team, and the one that would give it away"
    costs = program.ask("costs", first="2026-02-01", last="2026-03-01").get_json()
    assert costs["completed_hours"] == found.hours.theoretical_minutes / 60 > 0
    assert (costs["central"]["total"], costs["missing"]) == (None, list(found.missing))
    assert program.ask("costs", first="2026-02-01", last="2026-01-01").status_code == 422


def test_people_are_named_once_each_and_know_of_it(program: Program) -> None:
    read, following = [], ""
    while following is not None:
        answer = program.ask("people", cursor=following, limit=20, module="lockout").get_json()
        read += answer["items"]
        following = answer["next"]
    with program.app.app_context(), hold(MONDAY):
        expected = {one.registration: one.state for one in chosen(sheet(date(2026, 3, 2)), Wanted()).rows()}
        seen = db.session.scalars(select(Person.id).where(Person.registration == read[0]["registration"])).one()
        [look] = looks.of_person(seen)
    assert [len(read), {one["registration"]: one["state"] for one in read}] == [52, expected]
    assert (look.by, look.roles, look.purpose, look.together) == ("hr", (Role.HR,), Purpose.FOLLOW_UP, 20)
    late = program.ask("people", state="late", limit=500).get_json()["items"]
    assert {one["registration"] for one in late} == {number for number, state in expected.items() if state == "late"}


def test_tokens_are_made_and_ended_from_the_command_line(program: Program) -> None:
    def run(*words: str) -> tuple[int, str]:
        done = program.app.test_cli_runner().invoke(args=["token", *words])
        return done.exit_code, done.stdout

    status, secret = run("create", "--role", "hr", "--name", "pay")
    assert (status, secret.count("\n")) == (0, 1)
    program.tokens[Role.OPERATOR] = secret.strip()
    assert program.ask("completion", Role.OPERATOR).status_code == 200
    assert run("create", "--role", "hr", "--name", "pay")[0] == 1
    assert run("revoke", "pay")[0] == 0
    assert "pay" in run("list")[1]
    assert program.ask("completion", Role.OPERATOR).status_code == 401


def test_a_question_that_is_not_described_is_refused_by_field(program: Program) -> None:
    for question in (
        {"limit": "0"},
        {"cursor": "%%"},
        {"as_of": "yesterday"},
        {"as_of": "0"},
        {"modul": "x"},
        {"module": "x"},
    ):
        answer = program.ask("completion", **question)
        assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, next(iter(question)))


def test_what_is_described_is_what_there_is(program: Program) -> None:
    described = program.ask("openapi.json", None).get_json()
    assert {path.removeprefix("/api/v1/") for path in described["paths"]} == set(PLACES)
    asked = [one for path in described["paths"].values() for one in path["get"]["parameters"]]
    assert "$ref" not in str(asked), "each stands alone"


NAMES = st.sampled_from("limit cursor as_of by module since first last state team x".split())
VALUES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["-1", "1e9", "2026-02-30", "9999-12-31", "0001-01-01", "YQ==", "MSAyIDM=", "edition", ""]),
)


@settings(max_examples=15)
@given(place=st.sampled_from(PLACES), question=st.dictionaries(NAMES, VALUES, max_size=3))
def test_no_question_is_a_fault_of_ours(program: Program, place: str, question: dict[str, str]) -> None:
    assert program.ask(place, **question).status_code in (200, 422)
