"""Golden values copied from the evaluation reference, so that tests run without it.

`expected`, `tol` and `source` (the provenance) are the reference's own; `input` is its `_inputs`.
"""

import json
from pathlib import Path
from typing import Any

import pytest

ROWS: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "golden.json").read_text())
ROWS.pop("_about")


def rows(prefix: str) -> list[tuple[str, dict[str, Any]]]:
    return [(name, row) for name, row in ROWS.items() if name.startswith(prefix)]


def given(name: str) -> dict[str, Any]:
    """What a golden value is worked out from."""
    return ROWS[name]["input"]


def expected(name: str) -> Any:
    """A golden value within its tolerance."""
    return pytest.approx(ROWS[name]["expected"], abs=ROWS[name]["tol"], rel=0)
