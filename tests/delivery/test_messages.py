"""Messages to kiosks from afar: told until heard, done at once where the server can."""

from datetime import timedelta

import pytest

from lms.delivery import actions, queries
from lms.delivery.models import EndedBy, MessageKind
from lms.delivery.rules import NobodyToTell
from lms.kernel import sessions
from lms.kernel.database import db
from lms.kernel.ids import digest
from lms.people import sign_in
from lms.people.rules import NotRecognised
from tests.delivery.house import DAY, kiosk, person

MINUTE = timedelta(minutes=1)


@pytest.fixture
def terminal(session):
    kiosk()
    return queries.terminal("coating-1")


def kinds_for(terminal, now=DAY) -> list:
    return [message.kind for message in queries.messages_for(terminal.id, now)]


def test_a_message_is_told_until_it_is_heard(terminal) -> None:
    actions.send_message([terminal], MessageKind.RELOAD, by=None, now=DAY)
    actions.send_message([terminal], MessageKind.MEASURE, by=None, now=DAY)
    first, _ = queries.messages_for(terminal.id, DAY)
    assert queries.oldest_unheard(DAY) == {terminal.id: DAY}
    actions.note_heard(terminal.id, [first.id, first.id, 999], now=DAY + MINUTE)
    actions.note_heard(terminal.id, [first.id], now=DAY + 2 * MINUTE)
    assert kinds_for(terminal) == [MessageKind.MEASURE]
    assert [told.receipt and told.receipt.heard_at for told in queries.messages_to(terminal.id)] == [
        None,
        DAY + MINUTE,
    ]


def test_a_kiosk_hears_its_own_messages_only(terminal) -> None:
    kiosk("slitting-1")
    other = queries.terminal("slitting-1")
    actions.send_message([terminal], MessageKind.RELOAD, by=None, now=DAY)
    [message] = queries.messages_for(terminal.id, DAY)
    actions.note_heard(other.id, [message.id], now=DAY)
    assert kinds_for(terminal) == [MessageKind.RELOAD]
    assert kinds_for(other) == []


def test_what_is_older_than_a_day_is_told_no_more(terminal) -> None:
    actions.send_message([terminal], MessageKind.RELOAD, by=None, now=DAY)
    later = DAY + timedelta(days=1)
    assert kinds_for(terminal, later) == []
    assert queries.oldest_unheard(later) == {}


def test_everyone_is_signed_out_at_once_whether_the_kiosk_hears_of_it_or_not(terminal) -> None:
    number = person()
    db.session.commit()
    sessions.begin("amina", "kiosk", number, {}, DAY)
    actions.open_visit(number, terminal.id, session_digest=digest("amina"), now=DAY)
    actions.send_message([terminal], MessageKind.SIGN_OUT, by=None, now=DAY + MINUTE)
    assert sessions.lasts_until(digest("amina")) is None
    [visit] = queries.visits(DAY, DAY + MINUTE, DAY + MINUTE)
    assert (visit.ended_by, visit.ended_at) == (EndedBy.TERMINAL_RESET, DAY + MINUTE)


def test_a_kiosk_is_out_of_order_with_words_until_it_is_back(terminal) -> None:
    actions.send_message([terminal], MessageKind.OUT_OF_ORDER, "Reader broken", by=None, now=DAY)
    assert terminal.out_of_order == "Reader broken"
    actions.send_message([terminal], MessageKind.BACK_IN_SERVICE, by=None, now=DAY)
    assert terminal.out_of_order is None


def test_who_is_not_enrolled_is_told_nothing(session) -> None:
    announced, _ = actions.announce_terminal("slitting-1", "Slitter", None, now=DAY)
    with pytest.raises(NobodyToTell):
        actions.send_message([announced], MessageKind.RELOAD, by=None, now=DAY)


def test_the_fleet_counts_failed_codes_of_a_day_and_knows_what_was_not_heard(terminal) -> None:
    actions.send_message([terminal], MessageKind.RELOAD, by=None, now=DAY)
    db.session.commit()
    for at in (DAY - timedelta(days=1, seconds=1), DAY - MINUTE, DAY):
        with pytest.raises(NotRecognised):
            sign_in.recognise("999999", f"terminal:{terminal.id}", at)
    [known] = queries.fleet(DAY)
    assert (known.failed_codes, known.unheard_since, known.received_here) == (2, DAY, None)
