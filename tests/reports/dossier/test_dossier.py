"""A stranger unpacks the dossier, recomputes every verdict, and sees what was tampered with."""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from lms.evaluation.models import Evaluation, Pilot
from lms.reports.dossier.build import dossier
from lms.reports.dossier.contents import contents
from lms.reports.pilot.source import source
from tests.reports.dossier.spreadsheet import value


@pytest.fixture(scope="module")
def archive(plant_evaluated: tuple[Pilot, Evaluation], drawn: Path) -> bytes:
    return dossier(*plant_evaluated, drawn)


@pytest.fixture
def unpacked(archive: bytes, tmp_path: Path) -> Path:
    """An empty folder into which the dossier was unpacked."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        packed.extractall(tmp_path)
    return tmp_path


def recompute(folder: Path) -> tuple[int, str]:
    """Run the script as a stranger would: no package but the standard library, nothing of ours in reach."""
    command = [sys.executable, "-I", "-S", "recompute.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout


def test_a_stranger_recomputes_every_verdict(unpacked: Path) -> None:
    status, said = recompute(unpacked)
    assert (status, said.splitlines()[-1]) == (0, "everything is equal")
    lines = {line.split("  ")[0]: line for line in said.splitlines() if line}
    assert "(met; ci_clears_target" in lines["C1"]
    assert "(not_met; ci_excludes_target" in lines["L1"]
    assert "(inconclusive; ci_contains_target" in lines["Q1"]
    assert "(secondary, no verdict; ci_clears_target" in lines["C2"]
    assert "(outside_pilot)" in lines["recommendation P4"]
    assert "(adjust)" in lines["proposed decision"]
    # One person left early: without that one, what he did would follow.
    assert set(re.findall(r"stated: ([^);]*)", said)) == {"per_protocol"}


def rewrite(folder: Path, name: str, before: str, after: str, *, sealed: bool) -> None:
    """Change a file; `sealed` writes its new hash into the list, as someone cunning would."""
    file = folder / name
    old, text = hashlib.sha256(file.read_bytes()).hexdigest(), file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    if sealed:
        sums = folder / "SHA256SUMS"
        sums.write_text(sums.read_text().replace(old, hashlib.sha256(file.read_bytes()).hexdigest()))


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize(
    ("name", "before", "after", "found"),
    [
        ("data/indicators.json", '"successes": 12', '"successes": 11', "C1"),
        ("data/indicators.json", '"verdict": "not_met"', '"verdict": "met"', "L1"),
        ("data/indicators.json", '"low": 0.804', '"low": 0.904', "C1"),
        ("data/recommendations.json", '"verdict": "not_met"', '"verdict": "met"', "recommendation P3"),
        ("protocol/protocol.json", '"threshold":0.8', '"threshold":0.5', "protocol"),
        ("MANIFEST.json", '"proposal": "adjust"', '"proposal": "generalise"', "proposed decision"),
    ],
)
def test_what_was_tampered_with_is_seen(
    unpacked: Path, name: str, before: str, after: str, found: str, sealed: bool
) -> None:
    rewrite(unpacked, name, before, after, sealed=sealed)
    status, said = recompute(unpacked)
    assert status == 1
    assert re.search(rf"^{found} +DIFFERS: ", said, re.MULTILINE)
    assert (f"file {name}" in said) is not sealed


def test_a_file_slipped_in_is_seen(unpacked: Path) -> None:
    (unpacked / "data/more.json").write_text("{}")
    assert recompute(unpacked)[0] == 1


def test_the_same_evaluation_gives_the_same_bytes(
    plant_evaluated: tuple[Pilot, Evaluation], archive: bytes, drawn: Path
) -> None:
    assert dossier(*plant_evaluated, drawn) == archive


def test_nobody_is_in_it(plant_evaluated: tuple[Pilot, Evaluation]) -> None:
    pilot, evaluation = plant_evaluated
    files = contents(source(pilot, evaluation), pilot.protocol.text, {})
    told = [
        json.loads(content) for name, content in files.items() if name.startswith("data/") and name.endswith("json")
    ]
    assert "person" not in set(keys(told))
    assert "person_id" not in set(keys(told))


def keys(document: object) -> list[str]:
    if isinstance(document, dict):
        return [*document, *(key for part in document.values() for key in keys(part))]
    return [key for part in document for key in keys(part)] if isinstance(document, list) else []


def test_formulas_give_what_is_stored(plant_evaluated: tuple[Pilot, Evaluation], archive: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        book = openpyxl.load_workbook(io.BytesIO(packed.read("shares.xlsx")))
    rows = {row["code"]: row for row in plant_evaluated[1].results["figures"]["indicators"]}
    assert book.sheetnames == ["C1", "R1", "C2", "L1"]
    for sheet in book:
        row = rows[sheet.title]
        computed = {sheet.cell(line, 5).value: value(sheet, f"F{line}") for line in range(1, 20)}
        assert computed["low / borne basse"] == pytest.approx(row["low"], abs=1e-6)
        assert computed["high / borne haute"] == pytest.approx(row["high"], abs=1e-6)
        assert computed["design effect used / retenu"] == pytest.approx(row["deff"], abs=1e-6)
        if row["primary"]:
            assert computed["the interval says / l’intervalle dit"] == row["verdict"]


def test_both_readmes_say_how(unpacked: Path) -> None:
    for language, word in (("fr", "Pour recalculer"), ("en", "To recompute")):
        text = (unpacked / f"README.{language}.txt").read_text(encoding="utf-8")
        assert word in text
        assert "python -I -S recompute.py" in text
