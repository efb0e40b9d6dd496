"""Who is asked, when, and what an answer sheet may hold; what is refused."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from lms.kernel.refusals import Refusal
from lms.people.permissions import Role
from lms.surveys.content import InstrumentContent

LEAST_ASKED = 10
"""In a cell of role and shift with fewer people asked, a sheet does not even say the shift."""
SETTLING = timedelta(minutes=5)
"""A wave counts as finished so long after it closed: a sheet under way at that moment is stored by then."""
LONGEST_NOTICE = 600
MOST_CODES = 500
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


class Band(StrEnum):
    """The coarse roles by which answers are told apart."""

    OPERATOR = "operator"
    TEAM_LEADER = "team_leader"
    TRAINER = "trainer"
    MANAGEMENT = "management"
    """HR, evaluators, administrators, managers."""


class Moment(StrEnum):
    """Where a wave stands to the pilot."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    PULSE = "pulse"


class Channel(StrEnum):
    """How answers come in; a sheet does not say which way it came."""

    KIOSK = "kiosk"
    LINK = "link"
    PAPER = "paper"


class WaveState(StrEnum):
    """Where a wave stands at a moment."""

    DRAFT = "draft"
    """Not announced: nobody is asked, whatever its dates."""
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Cell:
    """How many people of a role and a shift are invited; no shift for who has none."""

    band: Band
    shift: str | None
    invited: int


class InstrumentCodeTaken(Refusal):
    """Another instrument has this code."""


class InstrumentInUse(Refusal):
    """A wave asks this instrument: it no longer changes."""


class InstrumentShipped(Refusal):
    """The instrument comes with the house and does not change here."""


class InstrumentUnfit(Refusal):
    """What was given does not make an instrument."""


class InstrumentEmpty(Refusal):
    """An instrument without an item cannot be asked."""


class WaveCodeTaken(Refusal):
    """Another wave has this code."""


class WaveCodeMalformed(Refusal):
    """A wave's code is not of letters, digits and hyphens."""


class WaveInUse(Refusal):
    """Somebody answered already: the wave no longer changes."""


class WaveClosed(Refusal):
    """The wave is closed: nothing is added to it and nothing changes."""


class WaveNotOpen(Refusal):
    """The wave takes no answers at this moment."""


class WaveClosesBeforeOpening(Refusal):
    """A wave cannot close before it opens, nor be announced when its time is over."""


class WaveForNobody(Refusal):
    """A wave names no role."""


class NobodyInvited(Refusal):
    """A wave to which nobody is invited cannot be announced."""


class NoWayIn(Refusal):
    """A wave needs a way for answers to come in."""


class PointsNotOffered(Refusal):
    """The instrument cannot be asked with that many points."""


class NoticeUnfit(Refusal):
    """The information notice is missing or too long."""


class ChannelClosed(Refusal):
    """The wave does not take answers this way."""


class NotInvited(Refusal):
    """The wave does not ask people of this role and shift."""


class AlreadyAnswered(Refusal):
    """This person answered or declined already."""


class WaveFull(Refusal):
    """As many sheets came in as people were invited."""


class SurveyCodeRefused(Refusal):
    """The one-time code is wrong or was used."""


class TooManyCodes(Refusal):
    """More codes than a wave may have."""


class AnswersUnfit(Refusal):
    """An answer is none that the item takes, or answers an item that is not there."""


def refuse_malformed(code: str) -> None:
    """Raise WaveCodeMalformed for a code that could not stand in an address."""
    if not _CODE.fullmatch(code):
        raise WaveCodeMalformed(code=code)


def band_of(roles: Collection[Role]) -> Band:
    """Return the one coarse role of someone who may have several.

    Whoever trains or leads on the floor is that; staff representatives are what they are besides.
    """
    if Role.TRAINER in roles:
        return Band.TRAINER
    if Role.TEAM_LEADER in roles:
        return Band.TEAM_LEADER
    if set(roles) & {Role.HR, Role.EVALUATOR, Role.ADMINISTRATOR} or Role.OPERATOR not in roles:
        return Band.MANAGEMENT
    return Band.OPERATOR


def state(announced: bool, opens_at: datetime, closes_at: datetime, now: datetime) -> WaveState:
    """Return where a wave stands; the moment of closing no longer belongs to it."""
    if not announced:
        return WaveState.DRAFT
    if now >= closes_at:
        return WaveState.CLOSED
    return WaveState.OPEN if now >= opens_at else WaveState.ANNOUNCED


def is_asked(bands: Collection[str], shifts: Collection[str], band: Band, shift: str | None) -> bool:
    """Whether a wave for these roles and shifts (every shift when none is named) asks such a person."""
    return band in bands and (not shifts or shift in shifts)


def counted(people: Iterable[tuple[Band, str | None]], bands: Collection[str], shifts: Collection[str]) -> list[Cell]:
    """Return how many people of each role and shift a wave asks, out of these."""
    found: dict[tuple[Band, str | None], int] = {}
    for band, shift in people:
        if is_asked(bands, shifts, band, shift):
            found[band, shift] = found.get((band, shift), 0) + 1
    return [Cell(band, shift, number) for (band, shift), number in sorted(found.items(), key=_order)]


def _order(cell: tuple[tuple[Band, str | None], int]) -> tuple[int, bool, str]:
    (band, shift), _ = cell
    return list(Band).index(band), shift is None, shift or ""


def stored_shift(cells: Iterable[Cell], band: Band, shift: str | None) -> str | None:
    """Return the shift that a sheet may bear: none where fewer than ten such people are invited."""
    invited = sum(cell.invited for cell in cells if cell.band is band and cell.shift == shift)
    return shift if invited >= LEAST_ASKED else None


def week_of(day: date) -> str:
    """Return the ISO week of a day, such as `2026-W37`: all that a sheet says of its time."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def checked(content: InstrumentContent, answers: Mapping[str, int | None], points: int) -> dict[str, int | None]:
    """Return one answer for each item in their order, None where none was given. Raises AnswersUnfit."""
    strange = sorted(answers.keys() - {item.key for item in content.items})
    if strange:
        raise AnswersUnfit(item=strange[0][:40])
    for item in content.items:
        given = answers.get(item.key)
        if given is not None and (type(given) is not int or given not in item.answers(points)):
            raise AnswersUnfit(item=item.key)
    return {item.key: answers.get(item.key) for item in content.items}


def answers_from(texts: Mapping[str, str]) -> dict[str, int | None]:
    """Return what was typed or pressed as answers: a number, or `n` or nothing for none. Raises AnswersUnfit."""
    return {item: _answer_from(item, text.strip()) for item, text in texts.items()}


def _answer_from(item: str, text: str) -> int | None:
    if text in ("", "n", "N"):
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 2):
        raise AnswersUnfit(item=item[:40])
    return int(text)
