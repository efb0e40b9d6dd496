"""What is refused at a kiosk, and the pure rules of terminals, visits and sittings."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from lms.catalogue import drawing
from lms.catalogue.content import ModuleContent
from lms.delivery.models import EndedBy
from lms.kernel.ids import CODE_LETTERS
from lms.kernel.refusals import Refusal
from lms.progress.rules import Event, first_answers, first_seen, passes, round_begins, share_of_points

ENROLMENT_LASTS = timedelta(minutes=10)
"""Of a one-time code, and then of a browser that waits for its number to be confirmed."""
TOKEN_LASTS = timedelta(days=7)
"""A kiosk's secret is replaced after a week; the one before stays good until the next time."""
COPIED_AFTER = timedelta(minutes=5)
"""A browser that got a new secret presents the one before no more, but for what was under way."""
NOMINAL_PIXELS_PER_MM = 96 / 25.4
"""A CSS pixel is 1/96 inch; at this many device pixels a millimetre nothing needs to be scaled."""
PIXELS_PER_MM = (1.5, 20.0)
"""Device pixels a millimetre that a kiosk's screen may have: a television to a telephone."""
PIN_TYPED_WITHIN = timedelta(minutes=2)
"""Between a badge and the sign-in that it leads to."""


class EnrolmentRefused(Refusal):
    """The one-time code is wrong, was used, or is older than ten minutes."""


class NobodyWaits(Refusal):
    """No browser in which this kiosk's code was typed waits for its number to be confirmed."""


class NumberDiffers(Refusal):
    """The browser that waits shows another number."""


class NobodyToTell(Refusal):
    """No enrolled kiosk stands at this place."""


class ScreenSizeWrong(Refusal):
    """No screen has so few or so many pixels a millimetre."""


class TerminalCodeTaken(Refusal):
    """Another terminal bears this code."""


class TerminalCodeWrong(Refusal):
    """A terminal's code is 1 to 40 small letters, digits and hyphens."""


def normal_enrolment_code(typed: str) -> str:
    """Return the code as it was made: capitals, nothing between the letters.

    The letters I and O and the digits 0 and 1 are in no code.
    """
    return "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)


def check_terminal_code(code: str) -> None:
    """Raise TerminalCodeWrong unless the code can be a terminal's."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", code):
        raise TerminalCodeWrong(code=code)


def enrolment_is_open(expires_at: datetime | None, now: datetime) -> bool:
    """Whether a one-time code may still be used."""
    return expires_at is not None and now < expires_at


def is_due_to_be_replaced(issued_at: datetime | None, now: datetime) -> bool:
    """Whether a kiosk's secret is a week old, or of unknown age."""
    return issued_at is None or now - issued_at >= TOKEN_LASTS


def is_copied(is_previous: bool, used_at: datetime | None, now: datetime) -> bool:
    """Whether a secret presented now shows that two browsers keep a kiosk's: the one before, after the present one.

    `used_at` is when the present secret was presented first. A copied cookie does this, and
    so does a machine set back to an old image.
    """
    return is_previous and used_at is not None and now - used_at > COPIED_AFTER


def check_pixels_per_mm(pixels: float) -> None:
    """Raise ScreenSizeWrong unless a screen can have so many device pixels a millimetre."""
    least, most = PIXELS_PER_MM
    if not least <= pixels <= most:
        raise ScreenSizeWrong(pixels=pixels)


def scale_factor(pixels_per_mm: float) -> float:
    """Return the device scale factor that makes a CSS pixel 1/96 inch on such a screen.

    Interface reference, section 4.1: 5.56 device pixels a millimetre (15.6 inch Full HD) give 1.47.
    """
    return pixels_per_mm / NOMINAL_PIXELS_PER_MM


def is_due_to_be_noted(seen_at: datetime | None, now: datetime) -> bool:
    """Whether a kiosk was not yet heard of in this minute: a contact is written once in each."""
    return seen_at is None or _minute(now) != _minute(seen_at)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


class HelpUnknown(Refusal):
    """Nobody asked for this help, or not someone of one's own teams."""


class HelpAnswered(Refusal):
    """Somebody else has settled this request already."""


class NoWeekday(Refusal):
    """Hours of service need a day of the week."""


@dataclass(frozen=True)
class Visit:
    """Someone's time at a kiosk as the server knew it at a moment; without an end it lasted, as far as was known."""

    id: int
    person_id: int
    terminal_id: int
    opened_at: datetime
    ended_at: datetime | None
    ended_by: EndedBy | None

    def covers(self, moment: datetime) -> bool:
        """Whether the person stood at the kiosk then."""
        return self.opened_at <= moment and (self.ended_at is None or moment < self.ended_at)


def contended(visits: Iterable[Visit], terminals_by_workshop: Mapping[int, Collection[int]]) -> list[Visit]:
    """Return the visits that began by interrupting someone while every other kiosk of the workshop was busy.

    Evaluation reference, section 2.4, K2: its numerator; the denominator is all visits. A
    badge that is read over someone's work ends their visit; whoever signs in there within
    two minutes is the one who interrupted, unless it is the same person again.
    """
    at: dict[int, list[Visit]] = {}
    for visit in sorted(visits, key=lambda visit: (visit.opened_at, visit.id)):
        at.setdefault(visit.terminal_id, []).append(visit)
    found = []
    for terminals in terminals_by_workshop.values():
        for terminal in terminals:
            others = [at.get(other, []) for other in terminals if other != terminal]
            for before, visit in pairwise(at.get(terminal, [])):
                moment = _interrupted(before, visit)
                if moment and all(any(one.covers(moment) for one in there) for there in others):
                    found.append(visit)
    return sorted(found, key=lambda visit: (visit.opened_at, visit.id))


def _interrupted(before: Visit, visit: Visit) -> datetime | None:
    """Return when the second visit cut the first one short, or None."""
    cut = before.ended_by is EndedBy.ANOTHER_BADGE and before.person_id != visit.person_id
    if not cut or before.ended_at is None or visit.opened_at - before.ended_at > PIN_TYPED_WITHIN:
        return None
    return before.ended_at


def certifies(content: ModuleContent, certifying: Collection[str]) -> bool:
    """Whether a module asks for the PIN first: its tries are counted, or it is among those that certify something."""
    return content.max_attempts is not None or content.code in certifying


class SittingUnknown(Refusal):
    """No sitting bears this number."""


class EditionWithdrawn(Refusal):
    """The edition was withdrawn: nobody takes it any more."""


class BlockUnknown(Refusal):
    """The edition has no such card or question."""


class RecordConflict(Refusal):
    """Another record bears this id already."""


@dataclass(frozen=True)
class Position:
    """Where someone is in an edition."""

    attempt: int
    """The one under way, or to begin: 1, 2, 3…"""
    first_attempt: int
    """The first of this time: another than 1 once the module is taken again because its completion runs out."""
    seen: frozenset[str]
    """Cards seen this time, in whatever attempt."""
    answered: Mapping[str, Event]
    """The answer that counts to each question answered in this attempt."""
    spent: bool
    """The questions may not be taken once more; cards may be read."""

    @property
    def begun(self) -> bool:
        """Whether anything was done in this attempt."""
        return bool(self.answered) or (not self.again and bool(self.seen))

    @property
    def again(self) -> bool:
        """Whether the questions were taken before, this time."""
        return self.attempt > self.first_attempt


@dataclass(frozen=True)
class Ending:
    """What an attempt came to."""

    right: int
    asked: int
    score: float
    passed: bool
    again: tuple[str, ...]
    """Keys of the questions to look at again, in order."""
    attempts_left: int | None
    """None when there is no limit."""


def position(events: Iterable[Event], content: ModuleContent, at: datetime) -> Position:
    """Return where the events leave someone at a moment: in the attempt they have not ended, or before the next.

    A module without questions has one attempt only.
    """
    told = list(events)
    begun_at = round_begins(told, content, at)
    before = [] if begun_at is None else [event for event in told if event.occurred_at < begun_at]
    told = told if begun_at is None else [event for event in told if event.occurred_at >= begun_at]
    first = max(first_answers(before, content), default=0) + 1
    seen, answers = first_seen(told, content), first_answers(told, content)
    last = max([first, *answers])
    ended = bool(content.questions) and drawing.counted(content, answers.get(last, {})) is not None
    spent = ended and content.max_attempts is not None and last - first + 1 >= content.max_attempts
    attempt = last + 1 if ended and not spent else last
    return Position(attempt, first, frozenset(seen), answers.get(attempt, {}), spent)


def ending(answered: Mapping[str, bool], attempt: int, content: ModuleContent) -> Ending | None:
    """Return what an attempt came to, or None while a question is open.

    `answered` says of each question, in the order of time, whether it was answered rightly; `attempt` counts from
    the first of this time.
    """
    given = drawing.counted(content, answered)
    if not given:
        return None
    points = drawing.points(content, given)
    score = share_of_points(given, points)
    return Ending(
        right=sum(given.values()),
        asked=len(points),
        score=score,
        passed=passes(score, content.pass_mark),
        again=tuple(key for key in points if not given[key]),
        attempts_left=None if content.max_attempts is None else max(content.max_attempts - attempt, 0),
    )
