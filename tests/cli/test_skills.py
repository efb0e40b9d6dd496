"""`flask skills …`: the keys and statuses that scripts rely on."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.skills import queries
from tests.skills.shop import NOW, Shop

HEAD = "Matricule;Tâche;Niveau;Résultat;Date;Matricule évaluateur\n"
GOOD = HEAD + "A;ink;L;;2026-01-10;T\nX;ink;L;;2026-01-10;T\n"


@pytest.fixture
def shop(app: Flask) -> Shop:
    with app.app_context(), writing():
        found = Shop()
        found.completes(found.bruno)
        db.session.commit()
        return found


def run(app: Flask, *given: object) -> Result:
    return app.test_cli_runner().invoke(args=["skills", *map(str, given)])


def test_import_shows_and_with_apply_does(app: Flask, shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "matrix.csv"
    file.write_text(GOOD)
    shown = json.loads(run(app, "import", file, "--json").stdout)
    assert list(shown) == ["rows", "levels", "sign_offs", "unchanged", "refused", "errors", "applied"]
    assert (shown["levels"], shown["refused"], shown["applied"]) == (1, 1, False)
    assert (shown["errors"][0]["line"], shown["errors"][0]["column"]) == (3, "Matricule")
    assert json.loads(run(app, "import", file, "--json", "--apply").stdout)["levels"] == 1
    again = run(app, "import", file, "--apply")
    assert again.stdout.startswith("2 lignes – niveaux : 0, validations : 0, inchangés : 1, refusées : 1.")


@pytest.mark.parametrize(("text", "status"), [(GOOD, 0), (HEAD, 0), ("", 1), ("a;b\n", 1), (HEAD + "X;a;L;;;\n", 1)])
def test_statuses(app: Flask, shop: Shop, tmp_path: Path, text: str, status: int) -> None:
    file = tmp_path / "matrix.csv"
    file.write_text(text)
    result = run(app, "import", file, "--json")
    assert result.exit_code == status
    assert json.loads(result.stdout)["applied"] is False


def test_what_completed_modules_give(app: Flask, shop: Shop) -> None:
    assert json.loads(run(app, "catch-up", "--json").stdout) == {"moves": 2}
    assert json.loads(run(app, "catch-up", "--json").stdout) == {"moves": 0}
    with app.app_context():
        assert shop.bruno in {one.person_id for one in queries.level_changes(NOW.date(), now())}
