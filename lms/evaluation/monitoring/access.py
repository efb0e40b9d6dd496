"""Whether people cannot reach a kiosk or do not want to: what each kiosk is to each shift. Pure.

Limits are [own]: they choose a sentence, and decide nothing else.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from statistics import median

from lms.kernel.suppression import hidden_people

Place = tuple[int, str]
"""A kiosk and a shift."""

LEAST_HOURS = 0.5
"""Share of a shift for which a kiosk should be in service."""
LEAST_HEARD = 0.9
"""Share of its service in which a kiosk should be heard of."""
MOST_REFUSED = 20
"""Refused codes for each 100 visits."""
MOST_CONTENDED = 0.15
MOST_WAITING = 60
"""Seconds from sign-in to the first thing of a module."""
MOST_ABANDONED = 0.4
MOST_HELP = 15
"""Requests for help for each 100 visits."""
LEAST_VISITS = 20
"""Of fewer visits, what happened to some of them says nothing of the kiosk."""
LEAST_COMING = 0.5
"""Share of the people of the shift beside the kiosk who should have come."""


class Remark(StrEnum):
    """Something to say of a kiosk on a shift, worst first."""

    NO_HOURS = "no_hours"
    SHORT_HOURS = "short_hours"
    SILENT = "silent"
    CODES = "codes"
    BUSY = "busy"
    SLOW = "slow"
    CUT_SHORT = "cut_short"
    HELP = "help"
    NEVER = "never"
    LITTLE = "little"
    FEW = "few"
    USED = "used"


OBSTACLES = frozenset({Remark.SHORT_HOURS, Remark.SILENT, Remark.CODES, Remark.BUSY})
"""What keeps people from the kiosk; what hinders them once they are there is no obstacle to coming."""


class Side(StrEnum):
    """What the remarks come to."""

    CANNOT = "cannot"
    DO_NOT = "do_not"
    COME = "come"
    UNKNOWN = "unknown"


@dataclass
class Tally:
    """What happened at a kiosk in the hours of a shift."""

    people: set[int] = field(default_factory=set)
    expected: frozenset[int] = frozenset()
    """Those who work that shift in the kiosk's workshop, whether they came or not."""
    visits: int = 0
    wrong_pins: int = 0
    unknown_badges: int = 0
    waits: list[float] = field(default_factory=list)
    """Seconds to the first content, of the visits that came to any."""
    abandoned: int = 0
    contended: int = 0
    helped: int = 0


@dataclass(frozen=True)
class Access:
    """A kiosk on a shift, as it may be shown: None is hidden, or unknown."""

    terminal: int
    shift: str
    hours: float | None
    """Of service for each shift, in hours; None when no hours of service were entered."""
    shift_hours: float
    heard: float | None
    """Share of the service in which the kiosk was heard of."""
    expected: int
    """People of the pilot who work that shift in the kiosk's workshop."""
    masked: bool
    came: int | None = None
    """Of those expected; never shown, for the others who came would be the difference. None too of few expected."""
    people: int | None = None
    visits: int | None = None
    wrong_pins: float | None = None
    """For each 100 visits."""
    unknown_badges: float | None = None
    wait: float | None = None
    """Median seconds to the first content."""
    abandoned: float | None = None
    """Share of the visits."""
    contended: float | None = None
    helped: float | None = None
    """Requests for each 100 visits."""


def accesses(reached: Iterable[Access], tallies: Mapping[Place, Tally], least: int) -> list[Access]:
    """Return the places with what happened there; those with too few people keep only hours.

    Nothing is said of a place where nobody is expected and nobody came.
    """
    # That nobody came tells of those who were expected.
    held = hidden_people({place: tally.people | tally.expected for place, tally in tallies.items()}, least)
    found = (_told(place, tallies.get((place.terminal, place.shift), Tally()), held, least) for place in reached)
    return [one for one in found if one.expected or one.visits or one.masked]


def _told(place: Access, tally: Tally, held: Collection[Place], least: int) -> Access:
    if (place.terminal, place.shift) in held:
        return replace(place, masked=True)
    return replace(
        place,
        came=len(tally.expected & tally.people) if len(tally.expected) >= least else None,
        people=len(tally.people),
        visits=tally.visits,
        wrong_pins=_of(100 * tally.wrong_pins, tally.visits),
        unknown_badges=_of(100 * tally.unknown_badges, tally.visits),
        wait=median(tally.waits) if tally.waits else None,
        abandoned=_of(tally.abandoned, tally.visits),
        contended=_of(tally.contended, tally.visits),
        helped=_of(100 * tally.helped, tally.visits),
    )


def _of(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def remarks(access: Access) -> list[Remark]:
    """Return what is to be said, the obstacles first; how much it is used comes last and is always said."""
    short = access.hours is not None and access.hours < LEAST_HOURS * access.shift_hours
    refused = (access.wrong_pins or 0) + (access.unknown_badges or 0)
    enough = (access.visits or 0) >= LEAST_VISITS
    checks = {
        Remark.NO_HOURS: access.hours is None,
        Remark.SHORT_HOURS: short,
        Remark.SILENT: access.heard is not None and access.heard < LEAST_HEARD,
        Remark.CODES: enough and refused > MOST_REFUSED,
        Remark.BUSY: enough and (access.contended or 0) > MOST_CONTENDED,
        Remark.SLOW: enough and (access.wait or 0) > MOST_WAITING,
        Remark.CUT_SHORT: enough and (access.abandoned or 0) > MOST_ABANDONED,
        Remark.HELP: enough and (access.helped or 0) > MOST_HELP,
    }
    return [remark for remark, holds in checks.items() if holds] + [_use(access)]


def _use(access: Access) -> Remark:
    if access.masked:
        return Remark.FEW
    if not access.people:
        return Remark.NEVER
    if access.came is None:
        return Remark.USED
    return Remark.LITTLE if access.came < LEAST_COMING * access.expected else Remark.USED


def side(found: Collection[Remark]) -> Side:
    """Return what remarks come to: an obstacle explains a kiosk that is not used, and never one that is."""
    if Remark.USED in found:
        return Side.COME
    if OBSTACLES & set(found):
        return Side.CANNOT
    if Remark.FEW in found or Remark.NO_HOURS in found:
        return Side.UNKNOWN
    return Side.DO_NOT
