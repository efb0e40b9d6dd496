"""The pure rules of kiosks and sittings."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

import pytest

from lms.delivery.rules import ending, normal_enrolment_code, position
from lms.kernel.ids import new_id
from lms.records.models import Verb
from tests.delivery.house import DAY, content

SITTING = new_id()


@dataclass
class Event:
    verb: str
    block_key: str | None
    attempt: int = 1
    success: bool = True
    occurred_at: object = DAY
    sitting_id: UUID = SITTING
    id: UUID = field(default_factory=new_id)


def answers(attempt: int, *keys: str) -> list[Event]:
    return [Event(Verb.ANSWERED, key, attempt) for key in keys]


ALL = ("one", "two", "three")
CASES = [  # events, at most so many attempts, (attempt, answered, spent)
    ([], None, (1, set(), False)),
    (answers(1, "one"), None, (1, {"one"}, False)),
    (answers(1, *ALL), None, (2, set(), False)),  # the attempt has ended: the next one
    (answers(1, *ALL), 1, (1, set(ALL), True)),  # there is no next one
    (answers(1, *ALL) + answers(2, "two"), 2, (2, {"two"}, False)),
    (answers(1, *ALL) + answers(2, *ALL), 2, (2, set(ALL), True)),
]


@pytest.mark.parametrize(("events", "most", "expected"), CASES)
def test_where_someone_is(events, most, expected) -> None:
    found = position(events, content(max_attempts=most), DAY)
    assert (found.attempt, set(found.answered), found.spent) == expected


def test_a_card_seen_once_is_seen_in_every_attempt() -> None:
    events = [Event(Verb.EXPERIENCED, "read"), *answers(1, *ALL)]
    assert position(events, content(), DAY).seen == {"read"}


def test_a_module_is_taken_from_the_beginning_once_its_completion_runs_out() -> None:
    """Good for a year; thirty days before, everything is asked anew, with as many tries."""
    module = content(max_attempts=2, validity_months=12)
    told = [Event(Verb.EXPERIENCED, key) for key in ("read", "mind")] + answers(1, *ALL)
    opens_at = DAY.replace(year=DAY.year + 1) - timedelta(days=30)
    before = position(told, module, opens_at - timedelta(hours=1))
    assert (before.attempt, before.seen, before.again) == (2, {"read", "mind"}, True)
    anew = position(told, module, opens_at)
    assert (anew.attempt, anew.first_attempt, anew.seen, anew.begun, anew.again) == (2, 2, set(), False, False)
    told += [replace(one, occurred_at=opens_at, success=False) for one in answers(2, *ALL)]
    assert position(told, module, opens_at).attempt == 3
    told += [replace(one, occurred_at=opens_at, success=False) for one in answers(3, *ALL)]
    assert position(told, module, opens_at).spent


def test_an_open_question_leaves_the_attempt_open() -> None:
    assert ending({"one": True, "two": True}, 1, content()) is None


def test_an_ending_says_how_many_tries_are_left() -> None:
    given = dict.fromkeys(ALL, False)
    assert ending(given, 2, content(max_attempts=3)).attempts_left == 1
    assert ending(given, 2, content()).attempts_left is None


@pytest.mark.parametrize("typed", ["abcd efgh", "ABCD-EFGH", "ABCDEFGH ", "a b c d e f g h"])
def test_a_one_time_code_may_be_typed_as_it_comes(typed: str) -> None:
    assert normal_enrolment_code(typed) == "ABCDEFGH"
