"""Calls for help: kept once, settled once, told as they stood at a moment."""

from datetime import timedelta

import pytest

from lms.catalogue.queries import frozen
from lms.delivery import actions, queries
from lms.delivery.actions import Place
from lms.delivery.models import HelpCategory
from lms.delivery.rules import BlockUnknown, HelpAnswered, HelpUnknown
from lms.kernel.ids import new_id
from lms.kernel.refusals import NotFound
from tests.delivery.house import DAY, content, kiosk, person, publish

HOUR = timedelta(hours=1)


@pytest.fixture
def edition(session) -> int:
    return publish(content())


@pytest.fixture
def call(session):
    """Ask for help at one kiosk as one person; return the number of the call."""
    terminal_id, person_id = kiosk().terminal_id, person()

    def make(category=HelpCategory.CONTENT, place=None, number=None, at=DAY):
        number = number or new_id()
        actions.ask_for_help(person_id, terminal_id, category, place, request_id=number, now=at)
        return number

    return make


def test_a_call_says_what_stood_on_the_screen(call, edition: int) -> None:
    number = call(place=Place(edition, "one"))
    [asked] = queries.help_requests(DAY, DAY, DAY)
    assert (asked.id, asked.edition_id, asked.block_key) == (number, edition, "one")
    assert asked.module_id == frozen(edition).module_id
    [defect] = queries.defects_of(asked.module_id)
    assert (defect.code, defect.place) == (
        "small",
        [block.key for block in frozen(edition).content.blocks].index("one") + 1,
    )


def test_the_same_call_again_is_kept_once(call) -> None:
    number = call()
    call(number=number)
    assert len(queries.help_requests(DAY, DAY, DAY)) == 1


def test_a_block_or_edition_that_is_not_there_is_refused(call, edition: int) -> None:
    with pytest.raises(BlockUnknown):
        call(place=Place(edition, "nowhere"))
    with pytest.raises(NotFound):
        call(place=Place(9999, "one"))


def test_a_call_is_settled_once_and_told_as_it_stood(call) -> None:
    number = call()
    actions.answer_help(number, "  It is  mended ", by=None, now=DAY + HOUR)
    with pytest.raises(HelpAnswered):
        actions.answer_help(number, "Again", by=None, now=DAY + HOUR)
    assert [one.resolved_at for one in queries.help_requests(DAY, DAY + HOUR, DAY)] == [None]
    assert [one.resolved_at for one in queries.help_requests(DAY, DAY + HOUR, DAY + HOUR)] == [DAY + HOUR]
    assert [one.resolved_at for one in queries.help_requests(DAY, DAY, DAY + HOUR)] == [None]
    assert queries.help_requests(DAY + HOUR, DAY + 2 * HOUR, DAY + 2 * HOUR) == []
    [settled] = queries.asked_for_help(None, DAY.date(), settled=True)
    assert settled.answer == "It is mended"


def test_nobody_asked(session) -> None:
    with pytest.raises(HelpUnknown):
        actions.answer_help(new_id(), "", by=None, now=DAY)


def test_the_oldest_open_call_comes_first(call) -> None:
    late, early = call(at=DAY + HOUR), call(at=DAY)
    assert [one.id for one in queries.asked_for_help(None, DAY.date(), settled=False)] == [early, late]


def test_an_answer_is_shown_for_three_days(call, session) -> None:
    number = call()
    asker = queries.help_requests(DAY, DAY, DAY)[0].person_id
    actions.answer_help(number, "Mended", by=None, now=DAY)
    assert [answer.words for answer in queries.answers_to(asker, DAY + 71 * HOUR)] == ["Mended"]
    assert queries.answers_to(asker, DAY + 72 * HOUR) == []
    assert queries.answers_to(asker + 1, DAY) == []


def test_an_answer_without_words_is_not_shown(call) -> None:
    number = call()
    asker = queries.help_requests(DAY, DAY, DAY)[0].person_id
    actions.answer_help(number, "", by=None, now=DAY)
    assert queries.answers_to(asker, DAY) == []
