"""Every file of the fixtures gives what its reference states; what is not made of it is named.

The reference readings are in `FACTS.json` (gift-pegjs 1.0.2, python-pptx 1.0.2, lxml); what must
become of a hostile or broken file is in `MANIFEST.csv`.
"""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lms.authoring.imports import every
from lms.authoring.imports.reading import Reading
from tests.conftest import SHARED

FIXTURES = SHARED / "fixtures"
pytestmark = [
    pytest.mark.usefixtures("languages"),
    pytest.mark.skipif(not FIXTURES.is_dir(), reason="the shared folder of fixtures is not beside the repository"),
]
ROOT = Path(__file__).resolve().parents[3]
KINDS = ("gift", "moodlexml", "qti", "pptx")
HERE = {"gift_", "moodlexml_", "qti_", "pptx_"}
"""How names of hostile files of our kinds begin; other packages are not for drafts."""
TITLES = {"gift": "GIFT", "moodlexml": "Moodle XML", "qti": "QTI 2.1, 2.2, 3.0", "pptx": "PPTX", "security": "Hostile"}


def facts(kind: str) -> dict[str, Any]:
    if not FIXTURES.is_dir():
        return {}
    known = json.loads((FIXTURES / "FACTS.json").read_text())
    return {name.partition("/")[2]: found for name, found in known.items() if name.startswith(f"{kind}/")}


def hostile() -> dict[str, str]:
    if not FIXTURES.is_dir():
        return {}
    with (FIXTURES / "MANIFEST.csv").open() as opened:
        rows = list(csv.DictReader(opened))
    kinds = ("security", "other_packages")
    # What carries no content for drafts (scripts to try, tables of people) is not brought in.
    return {row["file"]: row["expect"] for row in rows if row["kind"] in kinds and not row["file"].endswith(".json")}


@cache
def reading(name: str) -> Reading:
    return every.read((FIXTURES / name).read_bytes(), Path(name).name, "en")


def stated(kind: str, known: dict[str, Any]) -> int:
    """How many things the reference says the file holds."""
    if kind == "gift":
        return known.get("questions_by_gift-pegjs", known.get("questions"))
    if kind == "moodlexml":
        return sum(count for name, count in known["questions"].items() if name != "category")
    return known["slides"] if kind == "pptx" else known.get("items", 1)


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in KINDS for name in facts(kind)])
def test_a_file_gives_what_its_reference_states(kind: str, name: str) -> None:
    known, read = facts(kind)[name], reading(f"{kind}/{name}")
    if "unreadable" in known and name != "tao_wrong_NestedRootFolder.zip":
        assert read.faults
        assert not read.found
        return
    if known.get("items_unreadable") or known.get("slides") == 0:
        assert read.faults
        assert not read.found
        return
    assert not read.faults
    assert read.kind.value == kind
    assert read.stated == stated(kind, known)
    assert read.named == read.stated, "nothing is dropped in silence"
    CHECKS[kind](read, known)


def _gift(read: Reading, known: dict[str, Any]) -> None:
    expected = {name: count for name, count in known.get("types", read.counts).items() if name != "Category"}
    assert read.counts == expected


def _moodle(read: Reading, known: dict[str, Any]) -> None:
    assert read.counts == known["questions"]


def _qti(read: Reading, known: dict[str, Any]) -> None:
    found = known.get("interactions", {})
    names = dict.fromkeys(found, 1) if isinstance(found, list) else dict(found)
    plain = {"qti-match-interaction": "matchInteraction"}
    assert not found or read.counts == {plain.get(name, name): count for name, count in names.items()}


def _pptx(read: Reading, known: dict[str, Any]) -> None:
    assert (read.counts["hidden"], read.counts["with_notes"]) == (known["hidden"], known["with_notes"])
    # The reference counts what lies on the slide itself, not in groups or placeholders.
    assert all(read.counts.get(name, 0) >= known[name] for name in ("tables", "charts"))
    pictures = sum("picture" in one.block for one in read.found) + len(read.left)
    assert pictures >= known["pictures"]
    shown = {one.line: one.block["title"]["en"] for one in reversed(read.found)} | {
        one.line: one.title for one in read.left if one.title
    }
    for number, title in enumerate(known["titles"], start=1):
        assert not title or shown[number] == title.strip()


CHECKS = {"gift": _gift, "moodlexml": _moodle, "qti": _qti, "pptx": _pptx}


@pytest.mark.parametrize("name", hostile())
def test_a_hostile_file_is_refused_or_cleaned(name: str) -> None:
    read, expected = reading(name), hostile()[name]
    of_ours = any(Path(name).name.startswith(start) for start in HERE)
    if not of_ours or "reject" in expected or expected == "clear message":
        assert read.faults
        assert not read.found
        return
    assert read.faults or read.named == read.stated
    assert "<" not in json.dumps([one.block for one in read.found])


def row(kind: str) -> str:
    """A line of the table in `docs/imports.md`."""
    names = hostile() if kind == "security" else [f"{kind}/{name}" for name in facts(kind)]
    read = [reading(name) for name in names]
    taken = [one for one in read if not one.faults]
    whole, made = sum(one.stated for one in taken), sum(one.understood for one in taken)
    silent = sum(one.stated - one.named for one in taken)
    refused = len(read) - len(taken)
    return f"| {TITLES[kind]} | {len(read)} | {refused} | {whole} | {made} | {whole - made} | {silent} |"


@pytest.mark.parametrize("kind", [*KINDS, "security"])
def test_the_table_in_the_documents_is_true(kind: str) -> None:
    assert row(kind) in (ROOT / "docs/imports.md").read_text().splitlines()
