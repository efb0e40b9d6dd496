"""The skills matrix on A3: at once where it is small, else as a job, kept under the hash of what it says.

The rule: up to `AT_ONCE` levels are drawn at once, which takes about half a second of a processor and 150 MB
of a process that ends; 500 people and 60 tasks take two seconds and a half, and 600 MB.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from lms.kernel.clock import now
from lms.kernel.jobs.actions import ask
from lms.kernel.jobs.kinds import Asked, Kind, Report, register
from lms.kernel.jobs.models import Job
from lms.kernel.release import VERSION
from lms.reports import drawing, kept, skills_sheet
from lms.reports.skills_sheet import Words
from lms.skills.matrix import Matrix, Wanted, matrix
from lms.skills.rules import Cover, Level

AT_ONCE = 6_000


def is_large(found: Matrix) -> bool:
    """Whether a matrix takes too long to be drawn while somebody waits."""
    return len(found.rows) * len(found.tasks) > AT_ONCE


def ask_for(
    on: date, teams: Collection[int] | None, wanted: Wanted, words: Words, language: str, *, by: int, now: datetime
) -> Job:
    """Ask for the matrix of some teams, all of them when None, on A3."""
    told = {
        "on": on.isoformat(),
        "teams": None if teams is None else sorted(teams),
        "wanted": asdict(wanted),
        "levels": dict(words.levels),
        "covers": dict(words.covers),
        "language": language,
    }
    subject = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return ask(PRINT.name, f"{subject} {by}", told, by=by, now=now)


def _make(asked: Asked, report: Report) -> dict[str, Any]:
    told = asked.arguments
    report(0, 3)
    found = matrix(date.fromisoformat(told["on"]), now(), told["teams"], _wanted(told["wanted"]))
    report(1, 3)
    words = Words(
        {Level(level): meaning for level, meaning in told["levels"].items()},
        {Cover(state): meaning for state, meaning in told["covers"].items()},
    )
    sheet = skills_sheet.sheet(found, date.fromisoformat(told["on"]), words, told["language"])
    report(2, 3)
    file = kept.place(kept.proofs(), f"{VERSION} matrix {json.dumps(sheet, sort_keys=True)}".encode(), "pdf")
    if not file.exists():
        kept.keep(file, drawing.draw("skills", sheet))
    return {"file": file.name, "people": sorted(row.person_id for row in found.rows)}


def _wanted(told: dict[str, Any]) -> Wanted:
    return Wanted(**told | {"level": Level(told["level"]) if told["level"] else None})


PRINT = register(Kind("skills", work=_make, keep=lambda made: made))
