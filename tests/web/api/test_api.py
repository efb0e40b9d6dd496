"""Programs read figures with a token, and nothing that its role may not see."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.application import create_app
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from lms.people.tokens import actions, queries
from tests.web.teams.plant import learning_plant
from tests.web.teams.test_people import MONDAY

PLACES = ("completion",)


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
    assert program.ask("completion", method="POST").get_json()["status"] == 405


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
    for question in ({"limit": "0"}, {"cursor": "%%"}, {"as_of": "yesterday"}, {"modul": "x"}, {"module": "x"}):
        answer = program.ask("completion", **question)
        assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, next(iter(question)))


def test_what_is_described_is_what_there_is(program: Program) -> None:
    described = program.ask("openapi.json", None).get_json()
    assert {path.removeprefix("/api/v1/") for path in described["paths"]} == set(PLACES)


NAMES = st.sampled_from(["limit", "cursor", "as_of", "by", "module", "x"])
VALUES = st.one_of(
    st.text(max_size=12), st.sampled_from(["-1", "1e9", "2026-02-30", "9999-12-31", "0001-01-01", "YQ==", ""])
)


@settings(max_examples=15)
@given(place=st.sampled_from(PLACES), question=st.dictionaries(NAMES, VALUES, max_size=3))
def test_no_question_is_a_fault_of_ours(program: Program, place: str, question: dict[str, str]) -> None:
    assert program.ask(place, **question).status_code in (200, 422)
