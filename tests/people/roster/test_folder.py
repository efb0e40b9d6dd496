"""Rosters left in a folder: applied, held for somebody, refused; looked at again when they are others."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from lms.kernel.clock import now, today
from lms.kernel.database import db, writing
from lms.kernel.jobs import working
from lms.people import directory, queries, turnover
from lms.people.permissions import Role
from lms.people.roster import keeping
from lms.people.roster.folder import ROSTER
from lms.people.roster.models import Fate, Way
from lms.people.turnover import MoveKind
from tests.people.making import a_person, a_team
from tests.strict import StrictBrowser

HEADER = "Matricule;Nom;Prénom;Équipe;Sortie;Rôle\n"
SignedIn = Callable[..., StrictBrowser]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "drop"
    made.mkdir()
    return made


@pytest.fixture
def app(make_app: Callable[..., Flask], folder: Path) -> Flask:
    app = make_app(ROSTER_FOLDER=str(folder))
    with app.app_context(), writing():
        for code, numbers in (("A", range(1, 20)), ("B", range(20, 22))):
            team = a_team(code)
            for number in numbers:
                a_person(f"{number}", f"Zoé Zola{number}", team_id=team)
        db.session.commit()
    return app


def leave(folder: Path, rows: str, name: str = "rh.csv", ago: int = 120) -> None:
    (folder / name).write_text(HEADER + rows, "utf-8")
    os.utime(folder / name, (time.time() - ago,) * 2)


def read(app: Flask) -> list[Fate]:
    """Let the job keeper do its round; return what became of every roster so far."""
    with app.app_context():
        working.ask_and_work_off()
        db.session.rollback()
        return [one.fate for one in reversed(keeping.newest())]


def test_a_roster_is_applied_when_it_is_whole_and_once(app: Flask, folder: Path) -> None:
    leave(folder, "99;Petit;Luc;A;;Administrateur\n1;Zola1;Zoé;B;;\n2;Zola2;Zoé;;01/02/2026;\nx", ago=0)
    assert ROSTER.name == "roster"
    assert read(app) == []  # somebody may still be writing
    leave(folder, "99;Petit;Luc;A;;\n1;Zola1;Zoé;B;;\n98;Roux;Ève;A;;Administrateur\n")
    assert read(app) == [Fate.APPLIED]
    assert read(app) == [Fate.APPLIED]
    with app.app_context():
        told = keeping.find(1).report
        assert (told["created"], told["changed"], told["refused"]) == (1, 1, 1)
        assert "only an administrator" in keeping.faults(keeping.find(1))[0].reason.lower() or told["faults"]
        found = turnover.moves(today(), today())
        assert {(one.kind, one.registration, one.before, one.after) for one in found} == {
            (MoveKind.MOVED, "1", "Team A", "Team B"),
            (MoveKind.JOINED, "99", None, "Team A"),
        }
    leave(folder, "97;Noir;Yves;A;;\n")
    assert read(app) == [Fate.APPLIED, Fate.APPLIED]


def test_one_that_takes_too_much_away_waits_for_somebody(app: Flask, folder: Path, signed_in_as: SignedIn) -> None:
    leave(folder, "20;Zola20;Zoé;A;;\n21;Zola21;Zoé;A;;\n")
    assert read(app) == [Fate.HELD]
    hr = signed_in_as(Role.HR)
    assert (
        "attend un regard" in hr.get("admin.people").get_text()
        or "waits for somebody" in hr.get("admin.people").get_text()
    )
    assert "Team B would be left with nobody: 2 people" in hr.get("admin.roster", number=1).get_text()
    preview = hr.post("admin.look", number=1)
    form = preview.select_one('form[action$="rh.csv"]')
    sent = {"fingerprint": form.select_one("[name=fingerprint]")["value"]}
    assert "nobody in Team B" in hr.post(form["action"], sent).get_text()
    with app.app_context():
        assert keeping.held() == 1
    hr.post(form["action"], sent | {"may_empty": "on"})
    with app.app_context():
        assert keeping.held() is None
        assert [(one.way, one.fate) for one in keeping.newest()] == [(Way.PAGE, Fate.APPLIED), (Way.FOLDER, Fate.HELD)]
        teams = {team.name: team.id for team in queries.teams()}
        assert directory.of_teams([teams["Team B"]], today()) == []


def test_what_is_held(app: Flask, folder: Path) -> None:
    day = f"{now():%d/%m/%Y}"
    for number, (rows, fate) in enumerate(
        (
            ("".join(f"{n};Zola{n};Zoé;;{day};\n" for n in range(1, 4)), Fate.HELD),  # 3 of 21 would leave
            ("1;Zola1;Zoé;;31/02/2026;\n", Fate.HELD),  # every row is refused
            ("1;;;;;\n", Fate.APPLIED),
            ("".join(f"{n};Zola{n};Zoé;;{day};\n" for n in range(1, 3)), Fate.APPLIED),  # 2 of 21
        )
    ):
        leave(folder, rows, f"{number}.csv")
        assert read(app)[-1] is fate, rows


def test_what_cannot_be_read_is_said_once_and_other_files_left_alone(app: Flask, folder: Path) -> None:
    (folder / "rh.csv").write_text("un;deux\n1;2\n")
    (folder / "notes.pdf").write_bytes(b"%PDF")
    for file in folder.iterdir():
        os.utime(file, (time.time() - 120,) * 2)
    assert read(app) == [Fate.REFUSED]
    assert read(app) == [Fate.REFUSED]
    with app.app_context():
        assert keeping.find(1).report["reason"]


def test_a_held_file_that_was_replaced_is_not_decided_on(app: Flask, folder: Path, signed_in_as: SignedIn) -> None:
    leave(folder, "20;Zola20;Zoé;A;;\n21;Zola21;Zoé;A;;\n")
    read(app)
    leave(folder, "20;Zola20;Zoé;A;;\n")
    page = signed_in_as(Role.HR).post("admin.look", number=1)
    assert "no longer the one" in page.get_text()
