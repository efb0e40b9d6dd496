"""Which questions are asked again, and on which day (pure; days are days of the plant)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lms.kernel.refusals import Refusal


class NotPractised(Refusal):
    """The edition has no such question."""


class PracticeConflict(Refusal):
    """Another record bears the id of this answer already."""


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """A question of a module, the same in each edition that asks it unchanged."""

    module: str
    key: str


@dataclass(frozen=True, slots=True)
class Learnt:
    """An item that someone learnt, and where it stands among the questions of its module."""

    item: Item
    on: date
    place: int


@dataclass(frozen=True, slots=True)
class Practised:
    """An answer given in practice."""

    item: Item
    on: date
    right: bool


Spacing = Callable[[date, Sequence[Practised]], date | None]
"""From the day of learning and the answers since, in order: the next day; None when there is none."""


def fixed(days: Sequence[int]) -> Spacing:
    """Return the spacing by fixed days after learning, whatever was answered (evaluation reference, 5.3).

    Who comes late keeps the gaps: after a contact on day 30 the second follows five days
    later, not at once. Several answers of one day are one contact.
    """

    def next_day(learnt_on: date, answers: Sequence[Practised]) -> date | None:
        contacts = len({answer.on for answer in answers})
        if contacts >= len(days):
            return None
        planned = learnt_on + timedelta(days=days[contacts])
        if not contacts:
            return planned
        return max(planned, answers[-1].on + timedelta(days=days[contacts] - days[contacts - 1]))

    return next_day


@dataclass(frozen=True, slots=True)
class Coming:
    """When items come back."""

    items: Sequence[tuple[date, Item]]
    """Each with its day, the longest due first; what was answered today is left out."""
    room: int
    """How many the present day has room for: what was answered today counts towards it."""


def coming(
    learnt: Iterable[Learnt], practised: Iterable[Practised], today: date, spacing: Spacing, most: int
) -> Coming:
    """Return when items come back, as things stand today; `most` is for a whole day."""
    answers: dict[Item, list[Practised]] = defaultdict(list)
    for answer in sorted(practised, key=lambda answer: (answer.on, answer.item)):
        answers[answer.item].append(answer)
    answered_today = {answer.item for told in answers.values() for answer in told if answer.on == today}
    found = []
    for one in learnt:
        since = [answer for answer in answers[one.item] if answer.on >= one.on]
        next_on = spacing(one.on, since)
        if next_on is not None and one.item not in answered_today:
            found.append((next_on, one.on, one.item.module, one.place, one.item))
    return Coming([(found[0], found[-1]) for found in sorted(found)], max(most - len(answered_today), 0))
