"""FSRS, a site's option: the days follow from how someone answered (evaluation reference, 5.2 and 5.3).

Default parameters, nothing fitted to a person, 60 days at most between two contacts, no
chance: the same answers give the same days.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from lms.kernel.later import Later
from lms.practice.rules import Practised

_library = Later("fsrs")

LONGEST = 60
"""Days between two contacts at most."""


def fsrs(learnt_on: date, answers: Sequence[Practised]) -> date:
    """Return the next day, learning being a first right answer: wrong is "Again", right "Good", "Easy" never."""
    card = _reviewed(_library.Card(card_id=1), learnt_on, right=True)
    for answer in answers:
        card = _reviewed(card, answer.on, right=answer.right)
    return learnt_on if card.last_review is None else card.last_review.date() + (card.due - card.last_review)


def retrievability(stability: float, days: float) -> float:
    """Return the chance of remembering so many days after a review, 0 to 1; `stability` in days."""
    reviewed = datetime(2000, 1, 1, tzinfo=UTC)
    card = _library.Card(card_id=1, state=_library.State.Review, stability=stability, last_review=reviewed)
    return float(_scheduler().get_card_retrievability(card, reviewed + timedelta(days=days)))


def _reviewed(card: Any, on: date, *, right: bool) -> Any:
    rating = _library.Rating.Good if right else _library.Rating.Again
    # Days of the plant, whatever the hour: the library counts in moments, so each has the same hour of UTC.
    moment = datetime.combine(on, time(12), UTC)
    return _scheduler().review_card(card, rating, moment)[0]


@cache
def _scheduler() -> Any:
    return _library.Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False)
