"""Figures by command."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask

from lms.kernel.clock import hold
from lms.kernel.database import writing
from tests.web.teams.plant import learning_plant
from tests.web.teams.test_people import MONDAY


@pytest.fixture
def plant(app: Flask) -> Iterator[Flask]:
    with hold(MONDAY):
        with app.app_context(), writing():
            learning_plant({"A": 6, "B": 4}, {"A": 3, "B": 2})
        yield app


def modules(app: Flask, *arguments: str) -> dict[str, object]:
    done = app.test_cli_runner().invoke(args=["progress", "modules", "--json", *arguments])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_modules(plant: Flask) -> None:
    counts = {"people": 10, "completed": 5, "in_time": 5, "under_way": 0, "not_started": 0, "late": 5}
    assert modules(plant) == {"as_of": "2026-03-02", "modules": [{"module": "lockout", "title": "x", **counts}]}


def test_modules_as_of_an_earlier_day(plant: Flask) -> None:
    counts = {"people": 10, "completed": 0, "in_time": 0, "under_way": 7, "not_started": 3, "late": 0}
    assert modules(plant, "--as-of", "2026-02-01")["modules"] == [{"module": "lockout", "title": "x", **counts}]


def test_rebuild_says_what_is_not_as_the_records_say(plant: Flask) -> None:
    run = plant.test_cli_runner().invoke
    assert run(args=["progress", "rebuild", "--check"]).exit_code == 1  # standings that rest on no record
    assert run(args=["progress", "rebuild"]).exit_code == 0
    assert run(args=["progress", "rebuild", "--check"]).exit_code == 0


def test_a_wrong_date_is_misuse(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["progress", "modules", "--as-of", "soon"]).exit_code == 2
