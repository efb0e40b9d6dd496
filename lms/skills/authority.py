"""Who may sign that somebody masters a task, on what evidence, and who contests and answers it (pure).

Evaluation reference, section 7: the evidence asked for is the reference's own default.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import permutations

from lms.kernel.refusals import Refusal
from lms.people.permissions import Role
from lms.skills.rules import Change, Kind, Level, level_of


class SignedAs(StrEnum):
    """As whom somebody signs a sheet; in this order."""

    OBSERVER = "observer"
    PERSON = "person"


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


class SelfSignOff(Refusal):
    """Nobody signs off their own practice."""


class ObserverLevelTooLow(Refusal):
    """The observer does not master the task themselves."""


class EvidenceMissing(Refusal):
    """A sign-off says in which situation the practice was seen."""


class SafetyNotRespected(Refusal):
    """Nothing is acquired while a safety point is not respected."""


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


class AfestIncomplete(Refusal):
    """A record of training at work says the activity, the reflective phase and what was acquired."""


class AfestOutOfOrder(Refusal):
    """The trainer was designated before the work, and the reflective phase came apart from it and after it."""


class AfestTaken(Refusal):
    """This sign-off has its record of training at work already."""


class SignatureNotAwaited(Refusal):
    """This sign-off does not wait for this person's signature."""


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


def observer_level(changes: Sequence[Change], on: date) -> Level:
    """Return an observer's level on a day; before anything was known of them, what the plant first stated."""
    if any(change.on <= on for change in changes):
        return level_of(changes, on)
    first = min(changes, key=lambda change: (change.on, change.sequence), default=None)
    return first.after if first and first.kind is Kind.STATED else Level.NONE


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
    if signer.stands_for is None and signer.roles.isdisjoint((*_AT_THE_LINE, *wanted.roles)):
        return False
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
