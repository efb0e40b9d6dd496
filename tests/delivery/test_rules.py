"""The pure rules of kiosks and sittings."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest

from lms.delivery.rules import Pass, PassRefused, ending, normal_enrolment_code, position, read_pass
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
    found = position(events, content(max_attempts=most))
    assert (found.attempt, set(found.answered), found.spent) == expected


def test_a_card_seen_once_is_seen_in_every_attempt() -> None:
    events = [Event(Verb.EXPERIENCED, "read"), *answers(1, *ALL)]
    assert position(events, content()).seen == {"read"}


def test_an_open_question_leaves_the_attempt_open() -> None:
    assert ending({"one": True, "two": True}, 1, content()) is None


def test_an_ending_says_how_many_tries_are_left() -> None:
    given = dict.fromkeys(ALL, False)
    assert ending(given, 2, content(max_attempts=3)).attempts_left == 1
    assert ending(given, 2, content()).attempts_left is None


def test_a_pass_opens_its_own_sitting_only() -> None:
    mine = Pass(SITTING, terminal_id=4, person_id=7, edition_id=9)
    text = mine.written("key", DAY + timedelta(hours=12))
    assert read_pass(text, "key", SITTING, 4, DAY) == mine
    others = [
        (text, "key", new_id(), 4, DAY),
        (text, "key", SITTING, 5, DAY),
        (text, "other key", SITTING, 4, DAY),
        (text, "key", SITTING, 4, DAY + timedelta(hours=13)),
        (text.replace("7.", "8.", 1), "key", SITTING, 4, DAY),
        ("", "key", SITTING, 4, DAY),
        ("7.9.x.00", "key", SITTING, 4, DAY),
        ("7.9.²." + text.rpartition(".")[2], "key", SITTING, 4, DAY),
    ]
    for other in others:
        with pytest.raises(PassRefused):
            read_pass(*other)


@pytest.mark.parametrize("typed", ["abcd efgh", "ABCD-EFGH", "ABCDEFGH ", "a b c d e f g h"])
def test_a_one_time_code_may_be_typed_as_it_comes(typed: str) -> None:
    assert normal_enrolment_code(typed) == "ABCDEFGH"
