"""Every golden value of the evaluation reference is held by a test."""

import json
import re
from pathlib import Path

from tests.evaluation.golden import ROWS

TESTS = Path(__file__).parents[1]


def test_the_copied_rows_are_those_of_the_reference(shared: Path) -> None:
    reference = json.loads((shared / "reference/evaluation-golden.json").read_text())
    for name, row in ROWS.items():
        original = reference[name]
        for key, value in row.items():
            if key == "input":
                assert reference["_inputs"][name] == value
            else:
                assert (original[key] if isinstance(original, dict) and key in original else original) == value


def test_every_golden_value_is_held_by_a_test(shared: Path) -> None:
    """They are asked for by name or by the start of their names."""
    reference = json.loads((shared / "reference/evaluation-golden.json").read_text())
    names = {name for name in reference if not name.startswith("_")}
    assert names - _asked_for(names) == set()


def _asked_for(names: set[str]) -> set[str]:
    told = "\n".join(file.read_text() for file in TESTS.rglob("test_*.py") if file != Path(__file__))
    exact = set(re.findall(r'(?:given|expected)\("(\w+)"\)|ROWS\["(\w+)"\]|golden\.json.{0,3}`(\w+)`', told))
    prefixes = set(re.findall(r'rows\("(\w+)"\)', told))
    found = {part for parts in exact for part in parts}
    return {name for name in names if name in found or any(name.startswith(prefix) for prefix in prefixes)}
