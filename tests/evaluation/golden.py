"""Golden values copied from the evaluation reference, so that tests run without it."""

import json
from pathlib import Path
from typing import Any

ROWS: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "golden.json").read_text())
ROWS.pop("_about")


def rows(prefix: str) -> list[tuple[str, dict[str, Any]]]:
    return [(name, row) for name, row in ROWS.items() if name.startswith(prefix)]
