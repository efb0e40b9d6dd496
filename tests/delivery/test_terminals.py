"""Kiosks: announced, enrolled once, shut out."""

from datetime import timedelta

import pytest

from lms.delivery import actions, queries
from lms.delivery.models import TerminalState
from lms.delivery.rules import (
    EnrolmentRefused,
    NobodyWaits,
    NumberDiffers,
    ScreenSizeWrong,
    TerminalCodeTaken,
    TerminalCodeWrong,
    scale_factor,
)
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


BROWSER = actions.Browser("Chromium", "10.0.0.7")


@pytest.fixture
def asked(session) -> tuple:
    """A kiosk whose code was typed, and what the browser there keeps and shows."""
    terminal, code = actions.announce_terminal("coating-1", "Beside the line", None, now=DAY, needs_number=True)
    return terminal, actions.ask_to_enrol(code, BROWSER, now=DAY)


def test_a_code_from_a_page_makes_no_kiosk_before_its_number_is_confirmed(asked) -> None:
    terminal, browser = asked
    assert browser.number.isdigit()
    assert len(browser.number) == 3
    assert actions.finish_enrolment(browser.key, now=DAY) is None
    wrong = "100" if browser.number != "100" else "101"
    with pytest.raises(NumberDiffers):
        actions.confirm_enrolment(terminal, wrong, by=None, now=DAY)
    actions.confirm_enrolment(terminal, f" {browser.number} ", by=None, now=DAY)
    enrolled = actions.finish_enrolment(browser.key, now=DAY)
    assert queries.terminal_of(enrolled.token).id == terminal.id
    with pytest.raises(EnrolmentRefused):
        actions.finish_enrolment(browser.key, now=DAY)


def test_whoever_types_the_code_second_is_refused_and_first_gets_nothing_without_the_number(asked) -> None:
    """A code read over a shoulder: the true kiosk shows no number, so that nobody confirms the thief's."""
    terminal, _ = asked
    code = actions.offer_enrolment(terminal, now=DAY, needs_number=True)
    thief = actions.ask_to_enrol(code, BROWSER, now=DAY)
    with pytest.raises(EnrolmentRefused):
        actions.ask_to_enrol(code, BROWSER, now=DAY)
    actions.offer_enrolment(terminal, now=DAY, needs_number=True)
    with pytest.raises(EnrolmentRefused):
        actions.finish_enrolment(thief.key, now=DAY)
    with pytest.raises(NobodyWaits):
        actions.confirm_enrolment(terminal, thief.number, by=None, now=DAY)


def test_a_number_waits_ten_minutes(asked) -> None:
    terminal, browser = asked
    with pytest.raises(NobodyWaits):
        actions.confirm_enrolment(terminal, browser.number, by=None, now=LATER)
    with pytest.raises(EnrolmentRefused):
        actions.finish_enrolment(browser.key, now=LATER)


def test_a_kiosk_shut_out_while_it_waits_stays_out(asked) -> None:
    terminal, browser = asked
    actions.revoke(terminal, now=DAY)
    with pytest.raises(NobodyWaits):
        actions.confirm_enrolment(terminal, browser.number, by=None, now=DAY)


def test_what_came_of_each_code_is_remembered(asked) -> None:
    terminal, browser = asked
    actions.confirm_enrolment(terminal, browser.number, by=None, now=DAY)
    actions.finish_enrolment(browser.key, now=DAY)
    [kept] = queries.enrolments(terminal.id)
    assert (kept.browser, kept.address, kept.enrolled_at) == ("Chromium", "10.0.0.7", DAY)


def test_a_secret_is_replaced_after_a_week_and_the_one_before_stays_good_once(session) -> None:
    first = kiosk().token
    week = timedelta(days=7)
    assert actions.replace_token(first, now=DAY + week - timedelta(seconds=1)) is None
    second = actions.replace_token(first, now=DAY + week)
    assert {queries.terminal_of(token).code for token in (first, second)} == {"coating-1"}
    assert actions.replace_token(first, now=DAY + week) is None, "two pulses at once replace it once"
    third = actions.replace_token(second, now=DAY + 2 * week)
    assert queries.terminal_of(first) is None
    assert queries.terminal_of(second) is not None
    assert queries.terminal_of(third) is not None


def test_a_kiosk_that_never_got_its_new_secret_keeps_the_old_one(session) -> None:
    first = kiosk().token
    lost = actions.replace_token(first, now=DAY + timedelta(days=7))
    arrived = actions.replace_token(first, now=DAY + timedelta(days=14))
    assert queries.terminal_of(first) is not None
    assert queries.terminal_of(lost) is None
    assert queries.terminal_of(arrived) is not None


def test_a_secret_in_two_browsers_is_noticed(session) -> None:
    """A copied cookie: the kiosk got a new secret and uses it, the copy goes on with the old."""
    week, minute = timedelta(days=7), timedelta(minutes=1)
    copied = kiosk().token
    terminal = queries.terminal("coating-1")
    renewed = actions.replace_token(copied, now=DAY + week)

    def present(token: str, after: timedelta) -> None:
        actions.note_secret(queries.terminal_of(token), now=DAY + week + after)
        db.session.flush()

    present(copied, 9 * minute)
    assert terminal.copied_at is None, "the new one may not have arrived"
    present(renewed, 10 * minute)
    present(copied, 14 * minute)
    assert terminal.copied_at is None, "something may have been under way"
    present(renewed, 15 * minute)
    present(copied, 16 * minute)
    assert terminal.copied_at == DAY + week + 16 * minute
    code = actions.offer_enrolment(terminal, now=DAY)
    actions.enrol(code, now=DAY)
    assert terminal.copied_at is None


def test_enrolling_anew_ends_every_secret_before(session) -> None:
    first = kiosk().token
    second = actions.replace_token(first, now=DAY + timedelta(days=7))
    code = actions.offer_enrolment(queries.terminal("coating-1"), now=DAY)
    actions.enrol(code, now=DAY)
    assert queries.terminal_of(first) is None
    assert queries.terminal_of(second) is None


@pytest.mark.parametrize(("pixels_per_mm", "factor"), [(4.03, 1.07), (5.56, 1.47), (6.52, 1.73), (5.88, 1.56)], ids=str)
def test_the_factor_that_makes_a_screen_true(pixels_per_mm: float, factor: float) -> None:
    """Interface reference, section 4.1: screens of 21.5, 15.6, 13.3 and 10.1 inches."""
    assert scale_factor(pixels_per_mm) == pytest.approx(factor, abs=0.005)


@pytest.mark.parametrize("pixels", [0.0, 1.4, 21.0, float("nan"), float("inf")])
def test_no_screen_is_like_this(session, pixels: float) -> None:
    with pytest.raises(ScreenSizeWrong):
        actions.measure_screen(kiosk().terminal_id, pixels)
