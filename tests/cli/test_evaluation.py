"""`flask pilot …`, `flask evaluation …` and `flask report …`."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from lms.evaluation import queries
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from tests.evaluation.plant import AFTER, BEFORE, Plant

KEYS = ("code value numerator denominator n n_eff teams low high threshold direction verdict fragile reason").split()


@pytest.fixture
def pilot(app: Flask) -> None:
    with app.app_context(), writing():
        plant = Plant()
        made = plant.pilot()
        made.works_council_opinion_on = made.notice_given_on = BEFORE.date()
        db.session.commit()


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=arguments)


def learn(app: Flask) -> None:
    with app.app_context(), writing():
        Plant.stored().learn()
        db.session.commit()


@pytest.mark.usefixtures("pilot")
def test_from_freezing_to_a_file(app: Flask, tmp_path: Path) -> None:
    listed = json.loads(run(app, "evaluation", "list", "--json").stdout)
    assert listed == {"pilots": [{"code": "pilot", "title": "Pilot (fr)", "state": "design"}]}
    with hold(BEFORE):
        frozen = run(app, "pilot", "freeze", "pilot")
        assert (frozen.exit_code, len(frozen.stdout.strip())) == (0, 64)
        again = run(app, "pilot", "freeze", "pilot")
        assert (again.exit_code, again.stdout) == (1, "")
        assert len(again.stderr.strip().splitlines()) == 1
    learn(app)
    with hold(AFTER):
        done = run(app, "evaluation", "run", "pilot", "--as-of", "2026-05-29", "--json")
    document = json.loads(done.stdout)
    assert document["protocol_sha256"] == frozen.stdout.strip()
    assert (document["as_of"], document["records_up_to"]) == ("2026-05-29", 263)
    c1 = document["indicators"][0]
    assert [key for key in KEYS if key not in c1] == []
    assert (c1["code"], c1["numerator"], c1["denominator"], c1["verdict"], c1["fragile"]) == ("C1", 57, 60, "met", True)
    verdicts = {row["code"]: (row["verdict"], row["reason"]) for row in document["recommendations"]}
    assert verdicts["P3"] == ("not_met", "critical_not_met")
    checked = run(app, "evaluation", "verify", "pilot", "--json")
    assert (checked.exit_code, json.loads(checked.stdout)["equal"]) == (0, True)
    for kind, start in (("pdf", b"%PDF-"), ("html", b"<!doctype html>")):
        file = tmp_path / f"report.{kind}"
        written = run(app, "report", "pilot", "--format", kind, "--lang", "en", "-o", str(file))
        assert (written.exit_code, written.stdout) == (0, "")
        assert file.read_bytes().lstrip().startswith(start)


@pytest.mark.usefixtures("pilot")
@pytest.mark.parametrize(
    ("options", "signed"),
    [
        ([], [("", "command line")]),
        (["--signatory", "HR: A. B.", "--signatory", "Expert: C: D."], [("HR", "A. B."), ("Expert", "C: D.")]),
    ],
)
def test_who_signs(app: Flask, options: list[str], signed: list[tuple[str, str]]) -> None:
    with hold(BEFORE):
        assert run(app, "pilot", "freeze", "pilot", *options).exit_code == 0
    with app.app_context():
        frozen = json.loads(queries.pilot("pilot").protocol.text)
    assert [(who["role"], who["name"]) for who in frozen["signatories"]] == signed


@pytest.mark.usefixtures("pilot")
def test_a_signatory_has_a_role_and_a_name(app: Flask) -> None:
    assert run(app, "pilot", "freeze", "pilot", "--signatory", "A. B.").exit_code == 2


@pytest.mark.usefixtures("pilot")
def test_verify_says_what_was_tampered_with(app: Flask) -> None:
    with hold(BEFORE):
        run(app, "pilot", "freeze", "pilot")
    learn(app)
    with hold(AFTER):
        run(app, "evaluation", "run", "pilot")
    with app.app_context(), writing():
        db.session.execute(text("DROP TRIGGER evaluations_no_update"))
        db.session.connection().exec_driver_sql(
            "UPDATE evaluations SET results = json_set(results, '$.figures.indicators[0].numerator', 60)"
        )
        db.session.commit()
    checked = run(app, "evaluation", "verify", "pilot", "--json")
    assert checked.exit_code == 1
    differences = json.loads(checked.stdout)["evaluations"][0]["differences"]
    assert {"path": "figures.indicators[0].numerator", "stored": 60, "computed": 57} in differences


@pytest.mark.usefixtures("pilot")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("evaluation", "run", "pilot"), 1),  # not frozen
        (("evaluation", "run", "nothing"), 1),
        (("evaluation", "verify", "nothing"), 1),
        (("evaluation", "run", "pilot", "--as-of", "yesterday"), 2),
        (("report", "pilot", "--format", "pdf", "-o", "report.pdf"), 1),  # no evaluation yet
        (("report", "pilot", "--format", "odt", "-o", "report.odt"), 2),
    ],
)
def test_what_cannot_be_done(app: Flask, arguments: tuple[str, ...], status: int) -> None:
    done = run(app, *arguments)
    assert done.exit_code == status
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
