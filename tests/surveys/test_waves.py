"""Waves: made, announced, frozen by the first answer, closed, copied; instruments of one's own."""

from datetime import timedelta

import pytest

from lms.kernel.refusals import NotFound, Refusal
from lms.people.permissions import Role
from lms.surveys import building
from lms.surveys import queries as surveys
from lms.surveys.actions import announce, change_wave, close_wave, copy_wave, issue_codes, make_wave
from lms.surveys.collecting import answer_by_link, answer_on_paper
from lms.surveys.models import Instrument, SurveyCode
from lms.surveys.rules import (
    Band,
    Cell,
    InstrumentCodeTaken,
    InstrumentEmpty,
    InstrumentInUse,
    InstrumentShipped,
    InstrumentUnfit,
    NobodyInvited,
    NoticeUnfit,
    NoWayIn,
    PointsNotOffered,
    SurveyCodeRefused,
    TooManyCodes,
    WaveClosed,
    WaveClosesBeforeOpening,
    WaveCodeMalformed,
    WaveCodeTaken,
    WaveForNobody,
    WaveFull,
    WaveInUse,
    WaveNotOpen,
    WaveState,
    band_of,
)
from lms.surveys.shipped import shipped
from tests.surveys.making import NOW, a_shift_of, a_wish, all_of, an_open_wave

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"code": "no spaces"}, WaveCodeMalformed),
        ({"closes_at": NOW - 2 * DAY}, WaveClosesBeforeOpening),
        ({"bands": []}, WaveForNobody),
        ({"channels": []}, NoWayIn),
        ({"scale_points": 3, "instrument": "ERG"}, PointsNotOffered),
        ({"notice": {"fr": "x" * 601, "en": "x"}}, NoticeUnfit),
        ({"notice": {"fr": "x"}}, NoticeUnfit),
    ],
)
def test_a_senseless_wave_is_refused(session, change: dict, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        make_wave(a_wish(**change), now=NOW)


def test_two_waves_of_one_code_are_refused(session) -> None:
    make_wave(a_wish(), now=NOW)
    with pytest.raises(WaveCodeTaken):
        make_wave(a_wish(), now=NOW)


def test_the_invited_are_counted_from_the_roster_when_none_were_entered(session) -> None:
    a_shift_of(3, "matin")
    a_shift_of(2, "nuit")
    wave = make_wave(a_wish(invited=[]), now=NOW)
    assert wave.state(NOW) is WaveState.DRAFT
    announce(wave, now=NOW)
    assert wave.cells == [Cell(Band.OPERATOR, "matin", 3), Cell(Band.OPERATOR, "nuit", 2)]
    assert wave.state(NOW) is WaveState.OPEN


def test_a_wave_for_one_shift_counts_that_shift(session) -> None:
    a_shift_of(3, "matin")
    a_shift_of(2, "nuit")
    wave = make_wave(a_wish(invited=[], shifts=["nuit"]), now=NOW)
    announce(wave, now=NOW)
    assert wave.cells == [Cell(Band.OPERATOR, "nuit", 2)]


def test_a_wave_to_nobody_is_not_announced(session) -> None:
    wave = make_wave(a_wish(invited=[]), now=NOW)
    with pytest.raises(NobodyInvited):
        announce(wave, now=NOW)
    assert wave.announced_at is None


def test_a_wave_whose_time_is_over_is_not_announced(session) -> None:
    wave = make_wave(a_wish(), now=NOW)
    with pytest.raises(WaveClosesBeforeOpening):
        announce(wave, now=wave.closes_at)


def test_a_wave_changes_until_the_first_answer(session) -> None:
    wave = an_open_wave()
    change_wave(wave, a_wish(instrument="CLI"), now=NOW)
    assert (wave.instrument_code, wave.state(NOW)) == ("CLI", WaveState.DRAFT), "to be announced again"
    announce(wave, now=NOW)
    answer_on_paper(wave, Band.OPERATOR, "matin", all_of(wave), now=NOW)
    with pytest.raises(WaveInUse):
        change_wave(wave, a_wish(), now=NOW)
    with pytest.raises(WaveInUse):
        announce(wave, now=NOW)


def test_a_closed_wave_stays_closed_answered_or_not(session) -> None:
    wave = an_open_wave()
    close_wave(wave, now=NOW)
    assert (wave.closes_at, wave.state(NOW)) == (NOW, WaveState.CLOSED)
    with pytest.raises(WaveClosed):
        change_wave(wave, a_wish(), now=NOW + DAY)
    with pytest.raises(WaveNotOpen):
        close_wave(wave, now=NOW + DAY)
    with pytest.raises(WaveClosed):
        answer_on_paper(wave, Band.OPERATOR, "matin", all_of(wave), now=NOW)


def test_a_copy_is_a_draft_that_may_change(session) -> None:
    wave = an_open_wave(scale_points=3)
    answer_on_paper(wave, Band.OPERATOR, "matin", all_of(wave, 3), now=NOW)
    copied = copy_wave(wave, "W2", now=NOW)
    assert (copied.scale_points, copied.state(NOW), copied.cells) == (3, WaveState.DRAFT, [])
    assert copied.link_token != wave.link_token
    assert copied.closes_at - copied.opens_at == wave.closes_at - wave.opens_at
    change_wave(copied, a_wish(), now=NOW)


def test_each_code_answers_once_however_it_is_typed(session) -> None:
    wave = an_open_wave(with_codes=True)
    first, second = issue_codes(wave, 2, now=NOW)
    typed = f" {first[:4].lower()}-{first[4:]} "
    answer_by_link(wave, Band.OPERATOR, "matin", all_of(wave), code=typed, now=NOW)
    for wrong in (first, "AAAAAAAA", "", None):
        with pytest.raises(SurveyCodeRefused):
            answer_by_link(wave, Band.OPERATOR, "matin", all_of(wave), code=wrong, now=NOW)
    answer_by_link(wave, Band.OPERATOR, "nuit", all_of(wave), code=second, now=NOW)
    assert len(surveys.responses_of(wave)) == 2


def test_codes_are_of_one_wave_and_go_when_it_closes(session) -> None:
    wave, other = an_open_wave(with_codes=True), an_open_wave("W2", with_codes=True)
    (code,) = issue_codes(wave, 1, now=NOW)
    with pytest.raises(SurveyCodeRefused):
        answer_by_link(other, Band.OPERATOR, "matin", all_of(other), code=code, now=NOW)
    close_wave(wave, now=NOW)
    assert session.query(SurveyCode).count() == 0
    with pytest.raises(WaveClosed):
        issue_codes(wave, 1, now=NOW)


@pytest.mark.parametrize("number", [0, 501])
def test_codes_are_made_in_reasonable_numbers(session, number: int) -> None:
    with pytest.raises(TooManyCodes):
        issue_codes(an_open_wave(), number, now=NOW)


def test_no_more_sheets_than_people_come_by_link_or_paper(session) -> None:
    wave = an_open_wave(invited=[Cell(Band.OPERATOR, "matin", 2)])
    answer_by_link(wave, Band.OPERATOR, "matin", all_of(wave), code=None, now=NOW)
    answer_on_paper(wave, Band.OPERATOR, "matin", all_of(wave), now=NOW)
    for answer in (answer_on_paper, lambda *a, now: answer_by_link(*a, code=None, now=now)):
        with pytest.raises(WaveFull):
            answer(wave, Band.OPERATOR, "matin", all_of(wave), now=NOW)


@pytest.mark.parametrize(
    ("roles", "band"),
    [
        ({Role.OPERATOR}, Band.OPERATOR),
        ({Role.OPERATOR, Role.STAFF_REPRESENTATIVE}, Band.OPERATOR),
        ({Role.OPERATOR, Role.TEAM_LEADER}, Band.TEAM_LEADER),
        ({Role.TRAINER, Role.TEAM_LEADER}, Band.TRAINER),
        ({Role.HR}, Band.MANAGEMENT),
        ({Role.STAFF_REPRESENTATIVE}, Band.MANAGEMENT),
        (set(), Band.MANAGEMENT),
    ],
)
def test_everyone_has_one_coarse_role(roles: set[Role], band: Band) -> None:
    assert band_of(roles) is band


WORDS = {"fr": "Mots", "en": "Words"}


def an_instrument(code: str = "OWN") -> str:
    building.create_instrument(code, WORDS, WORDS, profile=False, now=NOW)
    building.put_item(code, {"key": "A1", "text": WORDS}, {"fr": "Un", "en": "One"}, replacing=None, now=NOW)
    building.put_item(code, {"key": "A2", "text": WORDS}, {"fr": "Un", "en": "One"}, replacing=None, now=NOW)
    return code


def content_of(code: str):
    return surveys.instrument(code).content


def test_an_instrument_is_built_item_by_item(session) -> None:
    code = an_instrument()
    building.put_item(code, {"key": "A3", "text": WORDS}, {"fr": "Deux", "en": "Two"}, replacing=None, now=NOW)
    building.move_item(code, "A3", by=-1, now=NOW)
    building.put_item(code, {"key": "A1", "text": WORDS, "pictograms": False}, None, replacing="A1", now=NOW)
    building.remove_item(code, "A2", now=NOW)
    content = content_of(code)
    assert [(item.key, item.facet, item.pictograms) for item in content.items] == [
        ("A1", None, False),
        ("A3", "facet-2", True),
    ]
    assert {key: words.en for key, words in content.facets.items()} == {"facet-2": "Two"}, "unused facets go"
    building.describe_instrument(code, {"fr": "x", "en": "y"}, WORDS, profile=True, now=NOW)
    assert (content_of(code).title.en, content_of(code).scoring) == ("y", "profile")
    with pytest.raises(NotFound):
        building.remove_item(code, "A9", now=NOW)


@pytest.mark.parametrize(
    "item",
    [
        {"key": "A1", "text": WORDS},
        {"key": "b", "text": WORDS},
        {"key": "A3", "text": {"fr": "x" * 201, "en": "x"}},
        {"key": "A3", "text": WORDS, "scale": "choice", "options": [WORDS]},
    ],
)
def test_an_item_that_does_not_fit_is_refused(session, item: dict) -> None:
    code = an_instrument()
    with pytest.raises(InstrumentUnfit):
        building.put_item(code, item, None, replacing=None, now=NOW)


def test_an_instrument_no_longer_changes_once_a_wave_asks_it(session) -> None:
    code = an_instrument()
    make_wave(a_wish("W9"), now=NOW)
    make_wave(a_wish(instrument=content_of(code)), now=NOW)
    with pytest.raises(InstrumentInUse):
        building.remove_item(code, "A1", now=NOW)
    copied = building.copy_instrument(content_of(code), "OWN-2", now=NOW)
    building.remove_item(copied.code, "A1", now=NOW)
    assert [item.key for item in content_of("OWN-2").items] == ["A2"]


def test_shipped_instruments_are_copied_never_changed(session) -> None:
    with pytest.raises(InstrumentShipped):
        building.remove_item("ADH", "ADH1", now=NOW)
    for taken in ("ADH", an_instrument()):
        with pytest.raises(InstrumentCodeTaken):
            building.copy_instrument(shipped()["DIG"], taken, now=NOW)
    building.copy_instrument(shipped()["ADH"], "ADH-2", now=NOW)
    building.remove_item("ADH-2", "ADH1", now=NOW)
    assert len(content_of("ADH-2").items) == 9
    assert session.query(Instrument).count() == 2


def test_an_instrument_without_items_is_not_asked(session) -> None:
    building.create_instrument("BARE", WORDS, WORDS, profile=False, now=NOW)
    wave = make_wave(a_wish(instrument=content_of("BARE")), now=NOW)
    with pytest.raises(InstrumentEmpty):
        announce(wave, now=NOW)
