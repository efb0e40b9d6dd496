"""Archives of proof: at once where little is to be drawn, else as jobs, kept under the hash of what they say.

The rule: up to `AT_ONCE` documents and scanned papers are handed out at once, which takes about half a
second (one print of a file and twenty certificates); more is a job.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from lms.kernel.clock import now
from lms.kernel.jobs.actions import ask
from lms.kernel.jobs.kinds import Asked, Kind, Report, register
from lms.kernel.jobs.models import Job
from lms.kernel.languages import speaking
from lms.kernel.refusals import NotFound
from lms.kernel.release import VERSION
from lms.proof import visits
from lms.proof.person import proof_of
from lms.reports import kept, proof_files

AT_ONCE = 20


def ask_for_person(person_id: int, address: str, language: str, *, by: int, by_hr: bool, now: datetime) -> Job:
    """Ask for somebody's file; `address` is where a number is verified, followed by the number."""
    told = {"person": person_id, "address": address, "language": language, "by_hr": by_hr}
    return ask(ARCHIVE.name, f"person {person_id} {language} {by}", told, by=by, now=now)


def ask_for_visit(
    subject: str, title: str, days: tuple[date, date], address: str, language: str, *, by: int, now: datetime
) -> Job:
    """Ask for the proofs of an auditor's visit."""
    first_day, last_day = (day.isoformat() for day in days)
    told = {"subject": subject, "title": title, "first_day": first_day, "last_day": last_day}
    told |= {"address": address, "language": language}
    return ask(ARCHIVE.name, f"{subject} {first_day} {last_day} {language}", told, by=by, now=now)


def _make(asked: Asked, report: Report) -> dict[str, Any]:
    with speaking(asked.arguments["language"]):
        return _person(asked, report) if "person" in asked.arguments else _visit(asked, report)


def _person(asked: Asked, report: Report) -> dict[str, Any]:
    told, moment = asked.arguments, now()
    found = proof_of(told["person"], moment)
    if found is None:
        raise NotFound()
    file = _file(told, proof_files.person_json(found, told["language"]))
    if not file.exists():
        content = proof_files.person_archive(found, lambda number: told["address"] + number, told["language"], report)
        kept.keep(file, content)
    name = f"{found.who.registration}-{found.as_of.isoformat()}.zip"
    return {"file": file.name, "name": name, "people": [found.who.id]}


def _visit(asked: Asked, report: Report) -> dict[str, Any]:
    told, moment = asked.arguments, now()
    days = date.fromisoformat(told["first_day"]), date.fromisoformat(told["last_day"])
    visit = visits.asked(told["subject"], *days, moment)
    file = _file(told, proof_files.visit_json(visit))
    if not file.exists():
        content = proof_files.visit_archive(
            visit, told["title"], *days, lambda number: told["address"] + number, moment, report
        )
        kept.keep(file, content)
    name = visit_name(told["subject"], days)
    return {"file": file.name, "name": name, "people": sorted(visit.people)}


def visit_name(subject: str, days: tuple[date, date]) -> str:
    """Return what the file of a visit is called."""
    first_day, last_day = days
    return f"{subject.partition(' ')[2]}-{first_day.isoformat()}-{last_day.isoformat()}.zip"


def _file(told: object, said: bytes) -> Path:
    return kept.place(kept.proofs(), f"{VERSION} {told}".encode() + said, "zip")


ARCHIVE = register(Kind("proof", work=_make, keep=lambda made: made))
