"""The frame of commands: commit or nothing, one line, exit statuses, JSON alone on standard output."""

import json

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select, text

from lms.cli import frame
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people.models import Site


def run(app: Flask, command: click.Command) -> Result:
    with app.app_context():
        return CliRunner().invoke(command)


def sites(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Site))


def add_site_then(ending: object) -> click.Command:
    @click.command()
    @frame.changes
    def command() -> object:
        db.session.add(Site(code="N", name="North"))
        db.session.flush()
        if isinstance(ending, BaseException):
            raise ending
        return ending

    return command


@pytest.mark.parametrize(
    ("ending", "status", "kept"),
    [
        (None, 0, 1),
        (1, 1, 1),  # part of the work was refused, the rest stays
        (NotFound(), 1, 0),
        (frame.Refused("no"), 1, 0),
        (click.UsageError("which?"), 2, 0),
    ],
)
def test_the_work_is_kept_unless_it_is_refused(app: Flask, ending: object, status: int, kept: int) -> None:
    result = run(app, add_site_then(ending))
    assert (result.exit_code, sites(app), result.stdout) == (status, kept, "")


def test_a_refusal_is_one_line_in_words(app: Flask) -> None:
    result = run(app, add_site_then(NotFound()))
    assert result.stderr == "Cette page n’existe pas, ou ne vous est pas destinée.\n"


def test_a_database_that_is_not_there_is_said_in_one_line(app: Flask) -> None:
    @click.command()
    @frame.reads
    def command() -> None:
        db.session.execute(text("SELECT * FROM nowhere"))

    result = run(app, command)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "nowhere" in result.stderr


def test_json_stands_alone_on_standard_output(app: Flask) -> None:
    @click.command()
    @frame.json_option
    @frame.reads
    def command(as_json: bool) -> None:
        frame.say("reading")
        frame.answer({"name": "Élodie"}, as_json, ["a sentence"])

    with app.app_context():
        result = CliRunner().invoke(command, ["--json"])
    assert json.loads(result.stdout) == {"name": "Élodie"}
    assert result.stderr == "reading\n"
