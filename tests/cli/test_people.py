"""`flask people import`: the keys and statuses that scripts rely on."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from lms.kernel.database import db
from lms.people.models import Person, Team

KEYS = ["rows", "created", "updated", "unchanged", "refused", "errors", "encoding", "delimiter", "applied"]
ROSTER = "Matricule;Nom;Prénom;E-mail;Équipe\n1;Lefèvre;Hélène;h@example.org;Nuit\n2;Petit;Jean;nobody;\n"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "roster.csv"
    file.write_bytes(ROSTER.encode("cp1252"))
    return file


def run(app: Flask, *given: object) -> Result:
    return app.test_cli_runner().invoke(args=["people", "import", *map(str, given)])


def count(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table))


def test_a_preview_changes_nothing(app: Flask, roster: Path) -> None:
    result = run(app, roster, "--json")
    told = json.loads(result.stdout)
    assert list(told) == KEYS
    assert {key: told[key] for key in KEYS if key != "errors"} == {
        "rows": 2, "created": 1, "updated": 0, "unchanged": 0, "refused": 1,
        "encoding": "cp1252", "delimiter": ";", "applied": False,
    }  # fmt: skip
    assert told["errors"] == [
        {"line": 3, "column": "E-mail", "value": "nobody", "reason": "Ce n’est pas une adresse e-mail."}
    ]
    assert result.exit_code == 0
    assert count(app, Person) == 0


def test_apply_applies_once(app: Flask, roster: Path) -> None:
    assert json.loads(run(app, roster, "--apply", "--json").stdout)["applied"] is True
    assert count(app, Person) == 1
    told = json.loads(run(app, roster, "--apply", "--json").stdout)
    assert (told["created"], told["updated"], told["unchanged"]) == (0, 0, 1)


def test_teams_are_made_when_said(app: Flask, roster: Path) -> None:
    assert "--create-teams" in run(app, roster, "--apply", "--json").stderr
    assert count(app, Team) == 0
    run(app, roster, "--apply", "--create-teams")
    assert count(app, Team) == 1


def test_sentences_without_json(app: Flask, roster: Path) -> None:
    lines = run(app, roster).stdout.splitlines()
    assert lines[0].startswith("2 lignes – créées : 1, modifiées : 0, inchangées : 0, refusées : 1.")
    assert lines[1] == "Ligne 3, E-mail « nobody » : Ce n’est pas une adresse e-mail."


@pytest.mark.parametrize(
    ("content", "options", "status"),
    [
        ("Matricule;Nom\n1;Petit, Jean\n", [], 0),
        ("Matricule;Nom\n", [], 0),  # nobody, and it says so
        ("1;Petit;Jean\n", [], 1),  # no titles
        ("Matricule;Nom\n1;Jean Petit\n", [], 1),  # all that there is is refused
        ("Matricule;Nom\n1;\0\n", [], 1),
        ("1;Petit;Jean\n", ["--map", "1=registration", "--map", "2=family_name", "--map", "3=given_name"], 0),
        ("1;Petit;Jean\n", ["--map", "1=salary"], 2),  # misuse
        ("1;Petit;Jean\n", ["--encoding", "klingon"], 2),
        ("Wer;Wie\n1;Petit\n", ["--map", "Wo=name"], 1),  # no such column
    ],
)
def test_statuses(app: Flask, tmp_path: Path, content: str, options: list[str], status: int) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(content)
    result = run(app, file, "--json", *options)
    assert result.exit_code == status
    if status == 2:
        assert result.stdout == ""
        return
    told = json.loads(result.stdout)
    assert list(told) == KEYS
    if status == 1:
        assert told["errors"][0]["reason"]


def test_a_file_that_is_not_there_is_misuse(app: Flask, tmp_path: Path) -> None:
    assert run(app, tmp_path / "nowhere.csv").exit_code == 2


def test_a_refused_file_says_why_in_one_line(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "people.pdf"
    file.write_bytes(b"%PDF-1.7")
    result = run(app, file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Ce n’est ni un fichier CSV ni un classeur Excel (.xlsx).\n"
