"""What a kiosk is to hold of somebody's practice, so that they can practise there while the server is away."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from lms.catalogue import queries as catalogue
from lms.catalogue.content import ModuleContent
from lms.delivery.rules import certifies
from lms.kernel.settings import setting
from lms.practice import queries as practice
from lms.practice.keys import asked_in, withheld
from lms.practice.queries import Asked
from lms.progress import queries as progress
from lms.progress.holding import NOTHING, Hold

DAYS = 7
"""So far ahead a kiosk holds questions: an outage lasts hours, and who comes back after a week signs in first."""


SESSIONS = 2
"""As many days can be practised without the server in between; no more keys than that lie at a kiosk."""


@dataclass(frozen=True)
class HeldQuestion:
    """A question that comes back to somebody."""

    due_on: date
    asked: Asked
    marked_here: bool
    """Whether its key may lie at the kiosk."""


@dataclass(frozen=True)
class HeldPractice:
    """The practice of somebody's next days."""

    questions: list[HeldQuestion]
    """The longest due first."""
    room: int
    """How many of them the present day still has room for."""


def held_practice(
    person_id: int, now: datetime, reserved: Collection[str], certifying: Collection[str]
) -> HeldPractice:
    """Return what practice has for somebody from now on.

    `reserved` are the codes of the modules that measure retention, `certifying` of those that
    certify: what one of these asks that the person still has to sit, or sit again, is marked
    by the server alone.
    """
    ahead = practice.ahead(person_id, now, reserved, DAYS)
    kept = ahead.questions[: SESSIONS * setting("PRACTICE_QUESTIONS")]
    words = asked_in(_to_sit(person_id, now, certifying)) if ahead.questions else frozenset()
    questions = [HeldQuestion(on, asked, not withheld(asked.question, words)) for on, asked in kept]
    return HeldPractice(questions, ahead.room)


def _to_sit(person_id: int, now: datetime, certifying: Collection[str]) -> list[ModuleContent]:
    """Return the certifying modules that somebody has not behind them."""
    holdings = progress.holdings_of(person_id, now)
    return [
        edition.content
        for edition in catalogue.newest_editions()
        if certifies(edition.content, certifying)
        and holdings.get(edition.module_id, NOTHING).hold not in (Hold.HELD, Hold.TO_ACKNOWLEDGE)
    ]
