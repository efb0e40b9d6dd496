"""Kiosks: announced, enrolled once, shut out."""

from datetime import timedelta

import pytest

from lms.delivery import actions, queries
from lms.delivery.models import TerminalState
from lms.delivery.rules import EnrolmentRefused, TerminalCodeTaken, TerminalCodeWrong
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from tests.delivery.house import DAY, kiosk

LATER = DAY + timedelta(minutes=10)


@pytest.fixture
def announced(session) -> tuple:
    return actions.announce_terminal("coating-1", "Beside the line", None, now=DAY)


def test_the_code_makes_a_kiosk_once(announced) -> None:
    terminal, code = announced
    enrolled = actions.enrol(code.lower(), now=DAY)
    assert queries.terminal_of(enrolled.token).id == terminal.id
    with pytest.raises(EnrolmentRefused):
        actions.enrol(code, now=DAY)


def test_the_code_lasts_ten_minutes(announced) -> None:
    with pytest.raises(EnrolmentRefused):
        actions.enrol(announced[1], now=LATER)


def test_neither_code_nor_token_is_stored(announced) -> None:
    terminal, code = announced
    assert code.encode() not in terminal.enrolment_digest
    enrolled = actions.enrol(code, now=DAY)
    assert enrolled.token.encode() not in terminal.token_digest


def test_a_new_code_ends_the_old_one_and_the_kiosk_stays_until_it_is_used(announced) -> None:
    terminal, code = announced
    old = actions.enrol(code, now=DAY)
    first, second = (actions.offer_enrolment(terminal, now=DAY) for _ in range(2))
    with pytest.raises(EnrolmentRefused):
        actions.enrol(first, now=DAY)
    assert queries.terminal_of(old.token) is not None
    actions.enrol(second, now=DAY)
    db.session.flush()
    assert queries.terminal_of(old.token) is None, "another browser is the kiosk now"


def test_a_kiosk_that_was_shut_out_is_a_stranger(session) -> None:
    enrolled = kiosk()
    terminal = queries.terminal("coating-1")
    actions.revoke(terminal, now=DAY)
    db.session.flush()
    assert queries.terminal_of(enrolled.token) is None
    code = actions.offer_enrolment(terminal, now=DAY)
    assert queries.terminal_of(actions.enrol(code, now=DAY).token) is not None


def test_where_a_kiosk_stands(announced) -> None:
    terminal, code = announced
    assert terminal.state(DAY) is TerminalState.WAITING
    assert terminal.state(LATER) is TerminalState.EXPIRED
    actions.enrol(code, now=DAY)
    assert terminal.state(LATER) is TerminalState.ENROLLED
    actions.revoke(terminal, now=DAY)
    assert terminal.state(LATER) is TerminalState.REVOKED


def test_a_code_is_one_kiosks(announced) -> None:
    with pytest.raises(TerminalCodeTaken):
        actions.announce_terminal("coating-1", "Elsewhere", None, now=DAY)


@pytest.mark.parametrize("code", ["", "Coating", "a b", "é", "-a", "a" * 41])
def test_a_code_can_be_said_and_typed(session, code: str) -> None:
    with pytest.raises(TerminalCodeWrong):
        actions.announce_terminal(code, "Somewhere", None, now=DAY)


def test_an_unknown_kiosk_is_not_found(session) -> None:
    with pytest.raises(NotFound):
        queries.terminal("nowhere")
