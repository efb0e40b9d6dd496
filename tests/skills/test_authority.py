"""Who may observe and sign, and on what evidence (evaluation reference, section 7)."""

from datetime import date, timedelta

import pytest

from lms.people.permissions import Role
from lms.skills import authority
from lms.skills.authority import Signer
from lms.skills.rules import Change, Kind, Level

NONE, I, L, U, O = Level  # noqa: E741  (the letters of the matrix)
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("level", "aimed", "allowed"),
    [(O, L, True), (U, L, False), (O, U, True), (U, U, False), (U, O, True), (L, O, False), (U, None, True)],
)
def test_who_may_observe(level: Level, aimed: Level | None, allowed: bool) -> None:
    if allowed:
        authority.check_observer(1, 2, level, aimed)
    else:
        with pytest.raises(authority.ObserverLevelTooLow):
            authority.check_observer(1, 2, level, aimed)


def test_nobody_signs_their_own_practice() -> None:
    with pytest.raises(authority.SelfSignOff):
        authority.check_observer(1, 1, O, L)


TRAINER, LEADER, HR = (
    Signer(1, frozenset({Role.TRAINER})),
    Signer(2, frozenset({Role.TEAM_LEADER})),
    Signer(3, frozenset({Role.HR})),
)


BOTH = Signer(4, frozenset({Role.TRAINER, Role.TEAM_LEADER}))


@pytest.mark.parametrize(
    ("aimed", "critical", "signers", "complete"),
    [
        (L, False, [TRAINER], True),
        (L, False, [LEADER], False),  # a trainer signs
        (L, True, [TRAINER], False),  # safety-critical: two people
        (L, True, [TRAINER, LEADER], True),
        (U, False, [TRAINER], False),
        (U, False, [BOTH], False),  # one person is not two
        (U, False, [TRAINER, BOTH], True),
        (U, False, [BOTH, LEADER], True),
        (U, False, [TRAINER, HR], False),
        (O, False, [TRAINER, HR], True),
    ],
)
def test_signatures(aimed: Level, critical: bool, signers: list[Signer], complete: bool) -> None:
    assert authority.are_complete(signers, authority.signatures(aimed, critical=critical)) is complete


@pytest.mark.parametrize(
    ("signer", "signers", "aimed", "critical", "brings"),
    [
        (LEADER, [TRAINER], U, False, True),
        (HR, [TRAINER], U, False, False),
        (TRAINER, [TRAINER], U, False, False),  # not twice
        (LEADER, [TRAINER], L, False, False),  # complete already
        (LEADER, [TRAINER], L, True, True),  # a second pair of eyes
        (HR, [TRAINER], L, True, False),  # who has none for the line
        (TRAINER, [HR], U, False, True),
    ],
)
def test_who_is_awaited(signer: Signer, signers: list[Signer], aimed: Level, critical: bool, brings: bool) -> None:
    assert authority.brings(signer, signers, authority.signatures(aimed, critical=critical)) is brings


@pytest.mark.parametrize(
    ("observed", "enough"),
    [([(0, 5)], False), ([(0, 3), (1, 1)], False), ([(0, 3), (1, 2)], True), ([(0, 3), (0, 3)], False)],
)
def test_practice_before_working_alone(observed: list[tuple[int, int]], enough: bool) -> None:
    seen = [(DAY + timedelta(days=day), cycles) for day, cycles in observed]
    assert authority.has_practised(seen, cycles=5, days=2) is enough
    assert authority.has_practised(seen, cycles=4, days=1)


def test_before_anything_was_known_of_an_observer_counts_what_was_first_stated() -> None:
    hence = DAY + timedelta(days=10)
    assert authority.observer_level([Change(hence, 1, Kind.STATED, O)], DAY) is O
    assert authority.observer_level([Change(hence, 1, Kind.SIGNED, O)], DAY) is NONE
