"""Levels, who may raise them and on what evidence, and what a matrix comes to (pure).

Evaluation reference, section 7. The letters and their order are fixed; the evidence asked
for is the reference's own default.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import permutations
from typing import NamedTuple

from lms.kernel.refusals import Refusal
from lms.people.permissions import Role

OBSERVATION_WITHIN = 30
"""Days after the module within which the practice is to be observed (indicator T1)."""


class Level(StrEnum):
    """How far someone is with a task; each letter fills one more quarter of the symbol."""

    NONE = "none"
    TRAINED = "I"
    ACCOMPANIED = "L"
    AUTONOMOUS = "U"
    TEACHING = "O"

    @property
    def rank(self) -> int:
        """The number of quarters, 0 to 4."""
        return _RANKS[self]

    @property
    def covers(self) -> bool:
        """Whether someone at this level counts for the task: U or O."""
        return self in _COVERING


_RANKS = {level: rank for rank, level in enumerate(Level)}
_COVERING = frozenset({Level.AUTONOMOUS, Level.TEACHING})


class Outcome(StrEnum):
    """What came of an observation; that there was none is said apart from what was not acquired."""

    ACQUIRED = "acquired"
    NOT_YET = "not_yet"
    NOT_DONE = "not_done"


class Kind(StrEnum):
    """What a change of level rests on."""

    AUTOMATIC = "automatic"
    """A completed module: the only move that nobody signs."""
    SIGNED = "signed"
    STATED = "stated"
    """The plant's own matrix, as HR kept it."""
    LOWERED = "lowered"


class PointKind(StrEnum):
    """What a point of a checklist is about."""

    STEP = "step"
    SAFETY = "safety"
    """Nothing is acquired while one is not respected."""
    QUALITY = "quality"
    """Nobody works alone while one is not reached."""


class SignedAs(StrEnum):
    """As whom somebody signs a sheet; in this order."""

    OBSERVER = "observer"
    PERSON = "person"


class Cause(StrEnum):
    """Why it is proposed to lower a level; a failed quiz is none (section 7)."""

    NO_PRACTICE = "no_practice"
    PROCEDURE = "procedure"
    LAPSED = "lapsed"
    """What prepares for the task is to be taken again."""


SHEET_DAYS = 2
"""Days within which both sign what was written beside the machine."""


class ContestNotOwn(Refusal):
    """People contest what was recorded of themselves."""


class ContestedAlready(Refusal):
    """The same entry waits for an answer already."""


class ContestAnswered(Refusal):
    """Somebody answered this meanwhile."""


class ContestAnsweredBySigner(Refusal):
    """Whoever signed an entry does not answer who contests it."""


class WordsMissing(Refusal):
    """A contest, and its answer, are words."""


class NothingProposed(Refusal):
    """It is no longer proposed to lower this level."""


class SelfSignOff(Refusal):
    """Nobody signs off their own practice."""


class ObserverLevelTooLow(Refusal):
    """The observer does not master the task themselves."""


class EvidenceMissing(Refusal):
    """A sign-off says in which situation the practice was seen."""


class SafetyNotRespected(Refusal):
    """Nothing is acquired while a safety point is not respected."""


class NothingLearntYet(Refusal):
    """The person has no level yet: the modules that prepare for the task come first."""


class ObservedInFuture(Refusal):
    """A practice to come was not observed."""


class BeforeHiring(Refusal):
    """Nobody's practice was seen here before they were hired, or after they left."""


class ObserverWithdrawn(Refusal):
    """Whoever signs off works here, on that day and today, as a trainer or team leader, or stands in for one."""


class StoodInNoLonger(Refusal):
    """A deputy signs off what they saw while they stood in, as long as they do."""


class SignedInTheirName(Refusal):
    """Nobody signs off the practice of the leader in whose name they sign."""


class QualityNotReached(Refusal):
    """Nobody works alone while a point of quality is not reached."""


class TeachingUnproven(Refusal):
    """Whoever is to teach was trained to, was seen coaching, and has written or signed off something."""


class ObservedAlready(Refusal):
    """What this observer saw of this person and task on this day is recorded already."""


class SignatureReplayed(Refusal):
    """A signature counts once: this sheet bears it already."""


class SignatureOfOtherContent(Refusal):
    """What was signed is not what the sheet says."""


class SheetLapsed(Refusal):
    """A sheet that not both have signed within two days is worth nothing."""


class SecretNotOwn(Refusal):
    """Whoever signs has a secret that nobody else knows."""


class ChecklistIncomplete(Refusal):
    """A checklist has points, each said in French, and in English for all of them or for none."""


class AfestIncomplete(Refusal):
    """A record of training at work says the activity, the reflective phase and what was acquired."""


class AfestOutOfOrder(Refusal):
    """The trainer was designated before the work, and the reflective phase came apart from it and after it."""


class AfestTaken(Refusal):
    """This sign-off has its record of training at work already."""


class SignatureNotAwaited(Refusal):
    """This sign-off does not wait for this person's signature."""


class NothingToLower(Refusal):
    """The person has no level that could be lowered."""


class TaskCodeTaken(Refusal):
    """Another task has this code."""


class TaskCodeMalformed(Refusal):
    """A code is made of letters, digits and hyphens."""


class Change(NamedTuple):
    """A change of level as it was recorded; there are tens of thousands of them in a matrix."""

    on: date
    sequence: int
    kind: Kind
    after: Level


class Move(NamedTuple):
    """A change that took effect."""

    on: date
    sequence: int
    kind: Kind
    before: Level
    after: Level


@dataclass(frozen=True)
class Signer:
    """Someone who signed, and what they are at the plant."""

    person_id: int
    roles: frozenset[Role]
    """Their own."""
    stands_for: int | None = None
    """The leader in whose name they sign, as a deputy."""


@dataclass(frozen=True)
class Signatures:
    """What must be signed: by whom, each role by another person, and by how many at least."""

    roles: tuple[Role, ...]
    least: int


_SIGNATURES = {
    Level.TRAINED: (Role.TRAINER,),
    Level.ACCOMPANIED: (Role.TRAINER,),
    Level.AUTONOMOUS: (Role.TRAINER, Role.TEAM_LEADER),
    Level.TEACHING: (Role.TRAINER, Role.HR),
}
_AT_THE_LINE = (Role.TRAINER, Role.TEAM_LEADER)
"""Who may be the second pair of eyes on a safety-critical task."""
_OBSERVERS = {
    Level.TRAINED: Level.TEACHING,
    Level.ACCOMPANIED: Level.TEACHING,
    Level.AUTONOMOUS: Level.TEACHING,
    Level.TEACHING: Level.AUTONOMOUS,
}


def history(changes: Iterable[Change]) -> list[Move]:
    """Return the moves that changes come to, in order, whatever the order in which they were recorded.

    A completed module never lowers: someone whom the plant's matrix knows at U stays there.
    """
    moves: list[Move] = []
    level = Level.NONE
    for change in sorted(changes, key=lambda change: (change.on, change.sequence)):
        if change.kind is Kind.AUTOMATIC and change.after.rank <= level.rank:
            continue
        if change.after is not level:
            moves.append(Move(change.on, change.sequence, change.kind, level, change.after))
            level = change.after
    return moves


def level_of(changes: Iterable[Change], on: date | None = None) -> Level:
    """Return the level that changes lead to, at the end of a day or after all of them."""
    moves = history(change for change in changes if on is None or change.on <= on)
    return moves[-1].after if moves else Level.NONE


def observer_level(changes: Sequence[Change], on: date) -> Level:
    """Return an observer's level on a day; before anything was known of them, what the plant first stated."""
    if any(change.on <= on for change in changes):
        return level_of(changes, on)
    first = min(changes, key=lambda change: (change.on, change.sequence), default=None)
    return first.after if first and first.kind is Kind.STATED else Level.NONE


def aim(changes: Sequence[Change], observed_on: date, *, prepared: bool, coaching: bool) -> Level | None:
    """Return the level that an observation of that day may lead to: the next one, never skipping.

    None where it can raise nothing: the level was settled on a later day already, the person
    is at the top, or at U without having been seen coaching. A task that no module prepares
    begins with a signature. Raises NothingLearntYet.
    """
    if any(change.on > observed_on and change.kind is not Kind.AUTOMATIC for change in changes):
        return None
    level = level_of(changes, observed_on)
    if level is Level.NONE and prepared:
        raise NothingLearntYet()
    if level is Level.TEACHING or (level is Level.AUTONOMOUS and not coaching):
        return None
    return list(Level)[level.rank + 1]


def check_observer(person_id: int, observer_id: int, level: Level, aimed: Level | None) -> None:
    """Raise SelfSignOff or ObserverLevelTooLow: O for I, L and U; at least U otherwise."""
    if person_id == observer_id:
        raise SelfSignOff()
    least = _OBSERVERS[aimed] if aimed else Level.AUTONOMOUS
    if level.rank < least.rank:
        raise ObserverLevelTooLow(level=level.value, least=least.value)


def check_presence(hired_on: date | None, left_on: date | None, on: date) -> None:
    """Raise BeforeHiring where someone was not, or no longer, working here on a day."""
    if (hired_on and on < hired_on) or (left_on and on > left_on):
        raise BeforeHiring()


def check_withdrawn(signer: Signer, hired_on: date | None, left_on: date | None, on: date, today: date) -> None:
    """Raise ObserverWithdrawn unless an observer worked here on a day, still does, and may sign at the line."""
    left = left_on is not None and left_on < max(on, today)
    if left or (hired_on is not None and on < hired_on) or not acting([signer])[0].roles & set(_AT_THE_LINE):
        raise ObserverWithdrawn()


def check_deputy(signer: Signer, person_id: int, stood_in: Sequence[Collection[int]]) -> None:
    """Refuse who would sign as nothing but a deputy, and does not stand in for the person's leader on each of the days.

    `stood_in` are the leaders for whom they stood in on each day: when the practice was seen, and when it is
    signed. Raises SignedInTheirName or StoodInNoLonger.
    """
    if signer.stands_for is not None or signer.roles & set(_AT_THE_LINE):
        return
    if any(person_id in leaders for leaders in stood_in):
        raise SignedInTheirName()
    if any(stood_in) and not all(stood_in):
        raise StoodInNoLonger()


def stands_for(person_id: int, led: Collection[int], by_day: Sequence[Mapping[int, int]]) -> int | None:
    """Return for which leader somebody signs what concerns a person, None for nobody but themselves.

    `led` are the people whom they lead themselves, `by_day` say for each day that counts whom they lead for which
    leader. Nobody signs in the name of the person themselves, nor for a leader where they lead the person anyway.
    """
    leaders = {led_for.get(person_id) for led_for in by_day}
    if person_id in led or len(leaders) != 1:
        return None
    leader = leaders.pop()
    return leader if leader != person_id else None


def acting(signers: Sequence[Signer]) -> list[Signer]:
    """Return the signers with the roles that count: a deputy acts as team leader, in the name of each leader once.

    Where the leader has signed too, or another in their name, that is no second pair of eyes.
    """
    heard = {signer.person_id for signer in signers}
    found = []
    for signer in signers:
        if signer.stands_for is not None and signer.stands_for not in heard:
            heard.add(signer.stands_for)
            found.append(Signer(signer.person_id, signer.roles | {Role.TEAM_LEADER}))
        else:
            found.append(Signer(signer.person_id, signer.roles))
    return found


def check_quality(aimed: Level | None, *, reached: bool) -> None:
    """Raise QualityNotReached for a step to U without the quality asked for (section 7, L → U)."""
    if aimed is Level.AUTONOMOUS and not reached:
        raise QualityNotReached()


def check_teaching(aimed: Level | None, trained_on: date | None, practice: str, observed_on: date) -> None:
    """Raise TeachingUnproven for a step to O without its evidence.

    Section 7, U → O: training of trainers, an observed coaching (the observation itself), and something
    that was authored or signed off.
    """
    if aimed is Level.TEACHING and (trained_on is None or trained_on > observed_on or not practice.strip()):
        raise TeachingUnproven()


def signatures(aimed: Level, *, critical: bool) -> Signatures:
    """Return what a move to a level must be signed by; a safety-critical task by two people at least."""
    roles = _SIGNATURES[aimed]
    return Signatures(roles, max(len(roles), 2 if critical else 1))


def are_complete(signers: Sequence[Signer], wanted: Signatures) -> bool:
    """Whether the signers are enough and can stand for the roles, each for one."""
    may_sign = {*_AT_THE_LINE, *wanted.roles}
    people = {signer.person_id: signer for signer in acting(signers) if signer.roles & may_sign}
    if len(people) < wanted.least:
        return False
    return _covered(list(people.values()), wanted.roles)


def brings(signer: Signer, signers: Sequence[Signer], wanted: Signatures) -> bool:
    """Whether someone's signature leads further towards what must be signed."""
    if signer.person_id in {other.person_id for other in signers} or are_complete(signers, wanted):
        return False
    with_them = [*signers, signer]
    return are_complete(with_them, wanted) or _most(acting(signers), wanted) < _most(acting(with_them), wanted)


def _covered(signers: Sequence[Signer], roles: Sequence[Role]) -> bool:
    return any(
        all(role in signer.roles for role, signer in zip(roles, order, strict=True))
        for order in permutations(signers, len(roles))
    )


def _most(signers: Sequence[Signer], wanted: Signatures) -> int:
    """Return how many of the roles the signers can stand for at once."""
    return max(
        (
            count
            for count in range(len(wanted.roles) + 1)
            for roles in permutations(wanted.roles, count)
            if _covered(signers, roles)
        ),
        default=0,
    )


def has_practised(observed: Collection[tuple[date, int]], cycles: int, days: int) -> bool:
    """Whether the cycles seen, each with its day, are enough and on enough days to work alone.

    Section 7: N conforming cycles, by default 5, on 2 days at least; the site may ask for others.
    """
    return sum(seen for _, seen in observed) >= cycles and len({day for day, _ in observed}) >= days


def causes(
    level: Level,
    practised_on: date,
    *,
    changed_on: date | None,
    lapsed_on: date | None,
    kept_on: Mapping[Cause, date],
    today: date,
    months: int,
) -> list[tuple[Cause, date]]:
    """Return why it is proposed to lower a level, each with the day since when; nothing lowers by itself.

    `practised_on` is the last day on which practice was seen, or the level reached; so many `months` without
    any are a cause (section 7: X, by default 6). What somebody decided to keep is asked again for a newer cause,
    or once those months have passed again.
    """
    if not level.covers:
        return []
    found = []
    idle_on = months_after(max(practised_on, kept_on.get(Cause.NO_PRACTICE, practised_on)), months)
    if idle_on <= today:
        found.append((Cause.NO_PRACTICE, idle_on))
    for cause, since in ((Cause.PROCEDURE, changed_on), (Cause.LAPSED, lapsed_on)):
        seen_since = practised_on if cause is Cause.PROCEDURE else date.min
        if since and seen_since < since <= today and kept_on.get(cause, date.min) < since:
            found.append((cause, since))
    return found


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class Cover(StrEnum):
    """How far a task is covered by those at U or O."""

    NONE = "none"
    SINGLE = "single"
    """A single point of failure."""
    SHORT = "short"
    COVERED = "covered"


def cover(persons: int, required: int) -> Cover:
    """Return how far so many people cover a task that needs so many."""
    if persons >= required:
        return Cover.COVERED
    return {0: Cover.NONE, 1: Cover.SINGLE}.get(persons, Cover.SHORT)


Levels = Mapping[tuple[int, int], Level]
"""The level of each person and task, by their numbers."""


def versatility(levels: Levels, person_id: int, tasks: Collection[int]) -> int:
    """Return how many of the tasks someone masters (U or O)."""
    return sum(levels.get((person_id, task), Level.NONE).covers for task in tasks)


def depth(levels: Levels, task: int, people: Collection[int]) -> int:
    """Return how many of the people master a task (U or O)."""
    return sum(levels.get((person, task), Level.NONE).covers for person in people)


def holders(levels: Levels, tasks: Collection[int], people: Collection[int]) -> set[int]:
    """Return who of the people holds a post: whoever masters (U or O) every task of it."""
    return {
        person for person in people if tasks and all(levels.get((person, task), Level.NONE).covers for task in tasks)
    }


def steps_missing(levels: Levels, person: int, tasks: Collection[int]) -> int:
    """Return how many levels somebody lacks before they hold a post: up to U on every task of it."""
    held = (levels.get((person, task), Level.NONE).rank for task in tasks)
    return sum(max(Level.AUTONOMOUS.rank - rank, 0) for rank in held)


def places_filled(holders: Mapping[int, Collection[int]], needed: Mapping[int, int]) -> int:
    """Return how many places of posts are filled at most while everybody stands at one post at a time.

    `holders` hold each post, `needed` are its places. A largest matching, found by augmenting paths.
    """
    at: dict[int, int] = {}

    def fill(post: int, seen: set[int]) -> bool:
        seen.add(post)
        for person in holders.get(post, ()):
            if person not in at:
                at[person] = post
                return True
        for person in holders.get(post, ()):
            if at[person] not in seen and fill(at[person], seen):
                at[person] = post
                return True
        return False

    for post, places in needed.items():
        for _place in range(places):
            if not fill(post, set()):
                break
    return len(at)


@dataclass(frozen=True)
class Frailty:
    """Tasks that hang on one person, and tasks that nobody can teach."""

    single: frozenset[int]
    untaught: frozenset[int]


def frailty(levels: Levels, tasks: Collection[int], people: Collection[int]) -> Frailty:
    """Return the tasks with exactly one person at U or O, and those with some at U and none at O."""
    held = {task: [levels.get((person, task), Level.NONE) for person in people] for task in tasks}
    return Frailty(
        frozenset(task for task in tasks if sum(level.covers for level in held[task]) == 1),
        frozenset(task for task in tasks if Level.AUTONOMOUS in held[task] and Level.TEACHING not in held[task]),
    )
