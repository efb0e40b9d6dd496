"""What first attempts say of a module, as of its last whole week: worked out at once, or beforehand where many took it.

Figures of whole weeks stay the same until the next is over. So those of a module that many
people took, which take from seconds to minutes, are made once a week by a job that the house
asks for, and kept in its row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from lms.catalogue.content import ModuleContent
from lms.catalogue.queries import FrozenEdition, edition_numbered, history, newest_editions
from lms.kernel.clock import end_of, last_sunday
from lms.kernel.jobs import actions as jobs
from lms.kernel.jobs.kinds import Asked, Kind, Report, register, silent
from lms.kernel.jobs.models import Job, State
from lms.kernel.settings import setting
from lms.progress import queries
from lms.progress.findings import Finding, Findings, Person, findings
from lms.progress.items import QuestionAnalysis
from lms.progress.leaving import Step, steps
from lms.progress.psychometrics import QuizFigures
from lms.progress.seals import queries as seals
from lms.progress.seals.models import AnalysisSeal

MANY = 2000
"""People from whom on a module's figures are worked out beforehand: about a second's work."""


@dataclass(frozen=True)
class Analysis:
    """What is told of an edition: its questions, and where people leave it."""

    found: Findings
    way: list[Step]


def analysis(module_id: int, number: int | None = None) -> Analysis | None:
    """Return what is told of the edition of that number alone or, when None, of the newest with those before it.

    None where it has yet to be worked out. The module has been published, in that number too.
    """
    newest = max(one.number for one in history(module_id))
    if queries.people_in(module_id) < MANY:
        return _Attempts(module_id).analysis(number)
    job = making(module_id, newest)
    if job is None or job.state is not State.DONE:
        return None
    kept = (job.result or {})["analyses"].get(_name(number))
    return None if kept is None else _whole(kept, edition_numbered(module_id, number or newest).content)


def sealed(module_id: int, number: int | None = None) -> tuple[AnalysisSeal, Analysis] | None:
    """Return what was told as `analysis` before answers that were counted went, the last time; None where none has."""
    seal = seals.newest_of_module(module_id)
    kept = seal.figures.get(_name(number)) if seal else None
    if seal is None or kept is None:
        return None
    return seal, _whole(kept, edition_numbered(module_id, number or seal.number).content)


def making(module_id: int, newest: int) -> Job | None:
    """Return the job that makes, or made, the figures of a module whose newest edition has that number."""
    return jobs.newest(KIND.name, _subject(module_id, newest))


class _Attempts:
    """The first attempts of a module, read once, and its editions."""

    def __init__(self, module_id: int, report: Report = silent) -> None:
        self._until, self._least = end_of(last_sunday()), setting("SMALLEST_GROUP")
        self.editions: dict[int, FrozenEdition] = {
            one.number: edition_numbered(module_id, one.number) for one in history(module_id)
        }
        self._people: Sequence[Person] = queries.first_attempts_of(module_id, self._until, report)

    def analysis(self, number: int | None) -> Analysis:
        contents: Mapping[int, ModuleContent] = {one: edition.content for one, edition in self.editions.items()}
        found = findings(contents, self._people, number, self._least)
        edition = self.editions[found.number]
        left = queries.leavers(edition.id, self._until)
        return Analysis(found, steps(left, len(edition.content.blocks), self._least))


def _work(asked: Asked, report: Report) -> dict[str, Any]:
    return plain_figures(asked.arguments["module"], report)


def plain_figures(module_id: int, report: Report = silent) -> dict[str, Any]:
    """Return what is told of a module, of all editions together and of each, as it is kept."""
    attempts = _Attempts(module_id, report)
    return {_name(number): _plain(attempts.analysis(number)) for number in (None, *attempts.editions)}


def _keep(made: dict[str, Any]) -> dict[str, Any]:
    return {"analyses": made}


def _due(moment: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    for edition in newest_editions():
        made = making(edition.module_id, edition.number)
        if (made is None or made.state is State.REFUSED) and queries.people_in(edition.module_id) >= MANY:
            yield _subject(edition.module_id, edition.number), {"module": edition.module_id, "code": edition.code}


KIND = register(Kind("analysis", work=_work, keep=_keep, due=_due))


def _subject(module_id: int, newest: int) -> str:
    """Return what tells whether kept figures are still those that would be made."""
    return f"{module_id} {newest} {last_sunday()} {setting('SMALLEST_GROUP')}"


def _name(number: int | None) -> str:
    return "" if number is None else str(number)


@dataclass(frozen=True)
class _Kept:
    """An `Analysis` without its questions, which stand in the edition."""

    number: int
    alone: bool
    attempts: int | None
    quiz: QuizFigures | None
    questions: list[tuple[str, int, QuestionAnalysis]]
    editions: tuple[int, ...]
    way: list[Step]


@cache
def _adapter() -> TypeAdapter[_Kept]:
    return TypeAdapter(_Kept)


def _plain(told: Analysis) -> Any:
    found = told.found
    questions = [(one.question.key, one.since, one.analysis) for one in found.questions]
    kept = _Kept(found.number, found.alone, found.attempts, found.quiz, questions, found.editions, told.way)
    return _adapter().dump_python(kept, mode="json")


def _whole(plain: Any, content: ModuleContent) -> Analysis:
    kept = _adapter().validate_python(plain)
    by_key = {one.key: one for one in content.questions}
    questions = tuple(Finding(by_key[key], told, since) for key, since, told in kept.questions)
    found = Findings(kept.number, kept.alone, kept.attempts, kept.quiz, questions, kept.editions)
    return Analysis(found, kept.way)
