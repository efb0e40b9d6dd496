"""What a trainer is told of a module's questions, by one edition or by all that ask a question alike. Pure.

What is shown of several editions must not give away the few people of another: the rule of small groups
(`kernel.suppression`) decides over editions and over what is pooled of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lms.catalogue.content import ModuleContent
from lms.catalogue.questions import Question
from lms.kernel.suppression import hidden
from lms.progress.items import Attempt, QuestionAnalysis, analyse, pooled
from lms.progress.psychometrics import QuizFigures

Person = Sequence[tuple[int, Attempt]]
"""Someone's first attempt in each edition, by its number, in the order in which they ended."""


@dataclass(frozen=True)
class Finding:
    """A question and what its first attempts say."""

    question: Question
    analysis: QuestionAnalysis
    since: int
    """Number of the first edition that is counted with; those after it ask the question alike."""


@dataclass(frozen=True)
class Findings:
    """What is told of a module's questions."""

    number: int
    """Of the edition whose questions they are."""
    alone: bool
    """Of this edition's attempts alone; else of all editions that ask each question alike."""
    attempts: int | None
    """First attempts in this edition; None where they are too few to be shown."""
    quiz: QuizFigures | None
    """Of this edition's attempts together."""
    questions: tuple[Finding, ...]
    editions: tuple[int, ...]
    """Numbers of the editions that may be shown alone, the newest first."""


def findings(
    editions: Mapping[int, ModuleContent], people: Sequence[Person], number: int | None, least: int
) -> Findings:
    """Return what is told of the edition of that number alone or, when None, of the newest with those before it.

    An edition that may not be shown alone tells nothing.
    """
    newest = max(editions)
    since = {one.key: _since(one, editions) for one in editions[newest].questions}
    sizes = {one: sum(person[0][0] == one for person in people if person) for one in editions}
    cells: dict[int | str, frozenset[int]] = {one: frozenset([one]) for one in editions}
    cells |= {key: frozenset(range(first, newest + 1)) & editions.keys() for key, first in since.items()}
    held = hidden(cells, sizes, least)
    shown = tuple(sorted((one for one in editions if one not in held and sizes[one]), reverse=True))
    wanted = newest if number is None else number
    own = analyse(editions[wanted], _attempts(people, wanted) if wanted in shown else (), least)
    told = [Finding(*both, wanted) for both in zip(editions[wanted].questions, own.questions, strict=True)]
    if number is None:
        told = [
            one if since[one.question.key] == newest else _pooled(one.question, since, editions, people, least, held)
            for one in told
        ]
    attempts = own.attempts if own.attempts >= least else None
    return Findings(wanted, number is not None, attempts, own.quiz, tuple(told), shown)


def _since(question: Question, editions: Mapping[int, ModuleContent]) -> int:
    since = max(editions)
    for number in sorted(editions, reverse=True):
        if editions[number].block(question.key) != question:
            break
        since = number
    return since


def _attempts(people: Iterable[Person], number: int) -> list[Attempt]:
    return [attempt for person in people for taken, attempt in person if taken == number]


def _pooled(
    question: Question,
    every: Mapping[str, int],
    editions: Mapping[int, ModuleContent],
    people: Iterable[Person],
    least: int,
    held: frozenset[int | str],
) -> Finding:
    since = every[question.key]
    if question.key in held:
        return Finding(question, QuestionAnalysis(question.key, 0), since)
    first: dict[int, list[Attempt]] = {number: [] for number in editions if number >= since}
    for person in people:
        # Somebody who was asked it in an edition before knows it: only the first time counts.
        asked = ((number, attempt) for number, attempt in person if number >= since and question.key in attempt)
        own = next(asked, None)
        if own is not None:
            first[own[0]].append(own[1])
    groups = [(editions[number], attempts) for number, attempts in sorted(first.items()) if attempts]
    return Finding(question, pooled(question, groups, least), since)
