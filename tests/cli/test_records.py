"""Statements brought in by command."""

import csv
import gzip
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from lms.kernel.database import db
from lms.progress import queries

GOOD = {"actor": {"mbox": "mailto:a@example.org"}, "verb": {"id": "a:did"}, "object": {"id": "a:thing"}}
ID = "5e2373a8-24b4-56fd-84f6-856f6f4123d4"


def run(app: Flask, *arguments: str) -> tuple[int, Any]:
    done = app.test_cli_runner().invoke(args=[*arguments, "--json"])
    return done.exit_code, json.loads(done.stdout) if done.stdout else done.stderr


def written(folder: Path, *statements: object) -> str:
    file = folder / "statements.jsonl"
    file.write_text("\n".join(json.dumps(one) for one in statements))
    return str(file)


def test_real_records_give_the_expected_figures(each_database: Flask, shared: Path) -> None:
    """OULAD, presentations of 2013B; expected figures computed from the original tables."""
    file = str(shared / "data/oulad-2013B.jsonl.gz")
    nothing_wrong = {"refused": 0, "errors": []}
    assert run(each_database, "records", "import", file) == (
        0,
        {"read": 41950, "stored": 41950, "duplicates": 0, **nothing_wrong},
    )
    assert run(each_database, "records", "import", file) == (
        0,
        {"read": 41950, "stored": 0, "duplicates": 41950, **nothing_wrong},
    )
    with (shared / "data/oulad-expected.csv").open() as expected:
        rows = {row["activity"]: row for row in csv.DictReader(expected) if "2013B" in row["activity"]}
    _, figures = run(each_database, "progress", "activities")
    given = {
        found["activity"]: {name: "" if value is None else str(value) for name, value in found.items()}
        for found in figures["activities"]
    }
    assert given == {activity: {**row, "mean_scaled": number(row["mean_scaled"])} for activity, row in rows.items()}
    course = "https://oulad.example/BBB/2013B"
    _, figures = run(each_database, "progress", "activities", "--under", course)
    expected_under = {activity for activity, row in rows.items() if course in (activity, row["parent"])}
    assert {found["activity"] for found in figures["activities"]} == expected_under


def number(text: str) -> str:
    return str(float(text)) if text else ""


def test_what_is_refused_keeps_nothing_else_out(each_database: Flask, tmp_path: Path) -> None:
    conflict = {**GOOD, "id": ID, "verb": {"id": "a:saw"}}
    file = written(tmp_path, {**GOOD, "id": ID}, {**GOOD, "id": ID}, conflict, {**GOOD, "more": 1}, GOOD)
    status, found = run(each_database, "records", "import", file)
    assert (status, [error.pop("reason") != "" for error in found["errors"]]) == (1, [True, True])
    assert found == {
        "read": 5,
        "stored": 2,
        "duplicates": 1,
        "refused": 2,
        "errors": [{"line": 3}, {"line": 4}],
    }


def test_a_reason_says_what_and_where(app: Flask, tmp_path: Path) -> None:
    file = written(tmp_path, {**GOOD, "result": {"score": {"scaled": 2}}})
    with app.app_context():
        app.config["BABEL_DEFAULT_LOCALE"] = "en"
    _, found = run(app, "records", "import", file)
    assert found["errors"] == [{"line": 1, "reason": found["errors"][0]["reason"]}]
    assert found["errors"][0]["reason"].startswith("result.score.scaled")


def test_a_flood_of_faults_is_counted_and_listed_in_part(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text("nonsense\n" * 1500)
    _, found = run(app, "records", "import", str(file))
    assert (found["refused"], len(found["errors"])) == (1500, 1000)


def test_a_damaged_file_leaves_nothing_behind(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join([json.dumps(GOOD)] * 5000).encode())[:-10])
    status, said = run(app, "records", "import", str(file))
    assert status == 1
    assert len(said.strip().splitlines()) == 1
    assert run(app, "progress", "activities") == (0, {"activities": []})


def test_what_was_said_comes_back_out(each_database: Flask, shared: Path, tmp_path: Path) -> None:
    """The conformance tests' valid statements, in and out and in again elsewhere."""
    cases = [json.loads(line) for line in (shared / "fixtures/xapi/adl_1.0.3_statement_cases.jsonl").open()]
    said = [
        {**case["statement"], "id": str(UUID(int=place)), "timestamp": "2026-03-02T08:00:00.000Z"}
        for place, case in enumerate(cases)
        if case["expect"] == 200
    ]
    run(each_database, "records", "import", written(tmp_path, *said))
    done = each_database.test_cli_runner().invoke(args=["records", "export"])
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(said) == 134
    for given, returned in zip(said, told, strict=True):
        assert returned.pop("actor").items() >= identity(given.pop("actor")).items()  # the name is the first one told
        assert returned == with_lists(given)


def identity(actor: dict[str, Any]) -> dict[str, Any]:
    return {key: actor[key] for key in ("mbox", "mbox_sha1sum", "openid", "account") if key in actor}


def with_lists(statement: dict[str, Any]) -> dict[str, Any]:
    for kind, given in statement.get("context", {}).get("contextActivities", {}).items():
        statement["context"]["contextActivities"][kind] = given if isinstance(given, list) else [given]
    return statement


HOSTILE = ["duplicate_keys", "invalid_utf8", "number_overflow", "script_strings"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_a_line(app: Flask, shared: Path, name: str) -> None:
    status, found = run(app, "records", "import", str(shared / f"fixtures/xapi/hostile_{name}.json"))
    assert (status, found["stored"], found["refused"]) == (1, 0, 1)


def test_texts_that_databases_dislike_are_kept(each_database: Flask, tmp_path: Path) -> None:
    """A NUL, an emoji, a number of forty digits: all that JSON can say."""
    odd = {
        "actor": {"account": {"homePage": "a:b", "name": "x\0y"}, "name": "\0"},
        "verb": {"id": "a:did", "display": {"fr": "\0😀"}},
        "object": {"id": "a:thing", "definition": {"name": {"fr": "a\0b"}, "extensions": {"a:x": 10**40}}},
        "result": {"response": "\0", "duration": "P9999999999999999999D"},
    }
    assert run(each_database, "records", "import", written(tmp_path, odd))[1]["stored"] == 1
    with each_database.app_context():
        assert queries.activities()[0].name == "ab"
        db.session.rollback()
