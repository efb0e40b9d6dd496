"""`flask content …` as scripts use it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from lms.catalogue import queries
from lms.catalogue.schema import module_schema

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "lms/demonstration/modules"


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=["content", *map(str, words)])


def taken(app: Flask, *words: object) -> tuple[list[dict[str, Any]], int]:
    result = run(app, "import", "--json", *words)
    return json.loads(result.stdout)["files"], result.exit_code


def test_a_module_comes_in_published_and_leaves_again(app: Flask, tmp_path: Path) -> None:
    folder = MODULES / "coating-defects"
    (row,), status = taken(app, folder, "--publish")
    assert (status, row["kind"], row["accepted"], row["items"], row["errors"]) == (0, "module", True, 14, [])
    (again,), status = taken(app, folder, "--publish")
    assert (status, [one["code"] for one in again["warnings"]]) == (0, ["import.unchanged"])
    target = tmp_path / "coating.zip"
    assert run(app, "export", "coating-defects", "-o", target).exit_code == 0
    (back,), status = taken(app, target, "--publish")
    assert (status, [one["code"] for one in back["warnings"]]) == (0, ["import.unchanged"])
    with app.app_context():
        assert [(edition.code, edition.number) for edition in queries.newest_editions()] == [("coating-defects", 1)]


def test_one_refused_file_does_not_hold_back_the_others(app: Flask, tmp_path: Path) -> None:
    bad = tmp_path / "module.yaml"
    bad.write_text("format: etabli-module/1\ncode: bad\nblocks: []\n")
    rows, status = taken(app, bad, MODULES / "coating-defects", "--publish")
    assert (status, [row["accepted"] for row in rows]) == (1, [False, True])
    assert {(one["file"], one["line"], one["path"]) for one in rows[0]["errors"]} >= {("module.yaml", 3, "blocks")}
    with app.app_context():
        assert [edition.code for edition in queries.newest_editions()] == ["coating-defects"]


def test_every_gift_fixture_is_read_as_its_reference_says(app: Flask, shared: Path) -> None:
    facts = json.loads((shared / "fixtures/FACTS.json").read_text())
    expected = {
        name: known.get("questions_by_gift-pegjs", known.get("questions"))
        for name, known in facts.items()
        if name.startswith("gift/")
    }
    rows, status = taken(app, *(shared / "fixtures" / name for name in expected))
    assert status == 0
    assert {row["file"]: row["items"] for row in rows} == {name[5:]: count for name, count in expected.items()}
    assert {row["kind"] for row in rows} == {"gift"}


SECURITY = [
    ("gift_empty.gift.txt", "gift", "gift.empty"),
    ("gift_is_png.gift.txt", "gift", "gift.not_text"),
    ("gift_unclosed_brace.gift.txt", "gift", "gift.braces"),
    ("png_renamed.zip", "unknown", "import.unknown"),
    ("scorm_encrypted.zip", "unknown", "archive.encrypted"),
    ("scorm_truncated.zip", "unknown", "archive.damaged"),
    ("scorm_bomb_600MB.zip", "scorm12", "import.not_read"),
    ("scorm_many_entries_12000.zip", "scorm12", "import.not_read"),
    ("scorm_zipslip_dotdot.zip", "scorm12", "import.not_read"),
    ("moodlexml_xxe.xml", "moodlexml", "xml.doctype"),
    ("qti_xxe.xml", "qti", "xml.doctype"),
    ("cmi5_zipslip.zip", "cmi5", "import.not_read"),
    ("h5p_with_php.h5p", "h5p", "import.not_read"),
    ("pptx_0byte.pptx", "unknown", "import.empty"),
]


@pytest.mark.parametrize(("name", "kind", "code"), SECURITY)
def test_hostile_files_are_refused_in_words(app: Flask, shared: Path, name: str, kind: str, code: str) -> None:
    (row,), status = taken(app, shared / "fixtures/security" / name)
    assert (status, row["kind"], row["accepted"]) == (1, kind, False)
    assert row["errors"][0]["code"] == code
    assert row["errors"][0]["message"]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("gift_latin1.gift.txt", ["::Größe::", "où"]),
        ("gift_utf8_bom_crlf.gift.txt", ["Zwei", "Wahr"]),
    ],
)
def test_encodings(app: Flask, shared: Path, name: str, titles: list[str]) -> None:
    (row,), status = taken(app, shared / "fixtures/security" / name)
    assert (status, row["items"]) == (0, 2)
    assert "\ufeff" not in json.dumps(row, ensure_ascii=False)
    assert "Ã" not in json.dumps(row, ensure_ascii=False)


def test_questions_wait_for_what_is_missing(app: Flask, tmp_path: Path) -> None:
    bank = tmp_path / "bank.gift"
    bank.write_text("::So::Is it so?{T}\n\nTell.{}\n")
    (row,), status = taken(app, bank, "--publish")
    assert (status, row["items"]) == (0, 2)
    assert {(one["code"], one["path"]) for one in row["warnings"]} >= {
        ("item.essay", "Tell."),
        ("missing", "blocks.0.feedback"),
    }


def test_the_schema_that_is_kept_is_current(app: Flask) -> None:
    kept = (ROOT / "docs/module.schema.json").read_text()
    assert kept == module_schema(), "run: flask --app wsgi content schema > docs/module.schema.json"
    assert run(app, "schema").stdout == kept


def test_what_no_colleague_approved_comes_in_and_is_not_published(app: Flask) -> None:
    app.config["PUBLISH_NEEDS_APPROVAL"] = True
    (row,), status = taken(app, MODULES / "coating-defects", "--publish")
    assert (status, [one["code"] for one in row["warnings"]]) == (0, ["import.not_approved"])
    with app.app_context():
        assert queries.newest_editions() == []


def test_misuse(app: Flask) -> None:
    assert run(app, "import").exit_code == 2
    assert run(app, "import", "/nowhere").exit_code == 2
    assert run(app, "export", "nothing", "-o", "/dev/null").exit_code == 1


def test_a_module_leaves_in_other_formats_and_what_is_lost_is_told(app: Flask, tmp_path: Path) -> None:
    taken(app, MODULES / "coating-defects", "--publish")
    target = tmp_path / "coating.gift"
    result = run(app, "export", "coating-defects", "-o", target, "--format", "gift", "--language", "en")
    assert result.exit_code == 0
    assert "Une seule langue est donnée" in result.stderr
    (row,), _status = taken(app, target, "--language", "en")
    assert (row["kind"], row["accepted"]) == ("gift", True)
    assert run(app, "export", "coating-defects", "-o", target, "--format", "gift", "--language", "xx").exit_code == 2
