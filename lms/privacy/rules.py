"""How long things are kept where nobody said otherwise, and who may be erased. Pure.

The lengths are a proposal (evaluation reference, section 6, "Retention"): no text of law gives one
for training. The plant's data protection officer sets them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from lms.kernel.clock import months_after
from lms.kernel.personal import Term
from lms.kernel.refusals import Refusal


class StillWorksHere(Refusal):
    """Whoever works here cannot be erased: their training has to be proved as long as they do."""


class NotErased(Refusal):
    """Words about somebody are emptied only once they are erased."""


class AlreadyAnswered(Refusal):
    """The request was answered before."""


class AskedAlready(Refusal):
    """The same was asked before, and waits for its answer."""


class AnswerMissing(Refusal):
    """An answer that declines says why."""


class WordsMissing(Refusal):
    """A request says what it is about."""


class TermOutOfRange(Refusal):
    """A term is longer or shorter than may be set."""


@dataclass(frozen=True)
class Length:
    """How many months something is kept, and between which bounds that may be set."""

    months: int
    least: int
    most: int


LENGTHS = {
    Term.ANSWERS: Length(12, 3, 36),
    Term.TRACES: Length(6, 3, 24),
    Term.LOOKS: Length(12, 6, 36),
    Term.WORK: Length(6, 3, 36),
    Term.EMPLOYMENT: Length(60, 12, 120),
}
"""Months after which things go; of employment, after somebody has left."""

BEFORE_A_PILOT = 6
"""Months before a pilot of which its evaluation may read what was done."""


def check_months(term: Term, months: int) -> None:
    """Raise TermOutOfRange unless something may be kept so long."""
    length = LENGTHS[term]
    if not length.least <= months <= length.most:
        raise TermOutOfRange(least=length.least, most=length.most)


def cut_off(now: datetime, months: int) -> datetime:
    """Return the moment before which something has been kept long enough."""
    return months_after(now, -months)


class Because(StrEnum):
    """Why a pilot holds back what was done in it."""

    RUNS = "runs"
    TO_EVALUATE = "to_evaluate"
    """It has ended, and no evaluation as of its last day or later was made."""
    RECENT = "recent"
    """It is evaluated, and ended less long ago than things are kept."""


def held_because(ends: datetime, evaluated: bool, months: int, now: datetime) -> Because | None:
    """Return why a pilot that ends at a moment holds back what was done in it; None where it does no longer.

    What happens step by step is kept so many months after the end of a pilot (evaluation reference, section 6),
    and as long as its evaluation waits.
    """
    if now <= ends:
        return Because.RUNS
    if not evaluated:
        return Because.TO_EVALUATE
    return Because.RECENT if cut_off(now, months) <= ends else None


def check_erasable(left_on: date | None, today: date) -> None:
    """Raise StillWorksHere unless somebody has left."""
    if left_on is None or left_on >= today:
        raise StillWorksHere()


def check_erased(person_id: int, registration: str) -> None:
    """Raise NotErased unless a number stands in the place of somebody's registration."""
    if not is_erased(person_id, registration):
        raise NotErased()


def is_erased(person_id: int, registration: str) -> bool:
    """Whether a number stands in the place of somebody's registration."""
    return registration == f"#{person_id}"
