"""Answers come in whole, once, and without their writer."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from lms.kernel.database import db, writing
from lms.kernel.refusals import Refusal
from lms.surveys import asking
from lms.surveys import queries as surveys
from lms.surveys.actions import close_wave, make_wave
from lms.surveys.collecting import answer_at_kiosk, answer_by_link, answer_on_paper, decline
from lms.surveys.models import AnswerSheet, HeldSheet, Participation
from lms.surveys.rules import (
    AlreadyAnswered,
    AnswersUnfit,
    Band,
    Cell,
    Channel,
    ChannelClosed,
    NotInvited,
    WaveClosed,
    WaveNotOpen,
)
from tests.people.making import a_person
from tests.surveys.making import NOW, TODAY, a_shift_of, a_wish, all_of, an_open_wave

DAY = timedelta(days=1)


def test_a_kiosk_asks_once(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        first, second, third = a_shift_of(3)
        wave = an_open_wave(invited=[])
        assert asking.to_ask(first, NOW, TODAY) is wave
        answer_at_kiosk(wave, first, all_of(wave), 4.0, now=NOW)
        decline(wave, second, now=NOW)
        db.session.commit()
        for asked in (first, second):
            assert asking.to_ask(asked, NOW, TODAY) is None
            with pytest.raises(AlreadyAnswered):
                answer_at_kiosk(wave, asked, all_of(wave), None, now=NOW)
        assert asking.to_ask(third, NOW, TODAY) is wave
        assert len(surveys.responses_of(wave)) == 1


def test_a_sheet_holds_nothing_of_its_writer(session) -> None:
    writer, *_ = a_shift_of(12)
    wave = an_open_wave(invited=[])
    answer_at_kiosk(wave, writer, all_of(wave), 4.0, now=NOW)
    for table in (AnswerSheet, HeldSheet):
        columns = {column.name for column in inspect(table).columns}
        assert columns == {"id", "wave_id", "band", "shift", "week", "answers", "straight_lined"}
    (sheet,) = session.query(HeldSheet).all()
    assert (sheet.band, sheet.shift, sheet.week) == (Band.OPERATOR, "matin", "2026-W10")
    assert UUID(str(sheet.id)).version == 4, "a version 7 would tell when"
    assert {column.name for column in inspect(Participation).columns} == {"wave_id", "digest"}


def test_sqlite_does_not_count_sheets_as_they_come(session) -> None:
    for table in ("survey_responses", "survey_box", "survey_participations", "survey_codes"):
        made = session.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table}).scalar()
        assert "WITHOUT ROWID" in made


def test_the_same_person_leaves_another_digest_in_each_wave(session) -> None:
    (somebody,) = a_shift_of(1)
    one, other = an_open_wave("W1", invited=[]), an_open_wave("W2", invited=[])
    assert asking.asked_digest(one, somebody) != asking.asked_digest(other, somebody)


def test_who_was_asked_is_forgotten_when_the_wave_closes(session) -> None:
    first, second = a_shift_of(2)
    wave = an_open_wave(invited=[])
    answer_at_kiosk(wave, first, all_of(wave), None, now=NOW)
    decline(wave, second, now=NOW)
    assert session.query(Participation).count() == 2
    close_wave(wave, now=NOW)
    assert session.query(Participation).count() == 0
    assert len(surveys.responses_of(wave)) == 1


def test_a_wave_that_ran_out_is_forgotten_with_the_next_answer(session) -> None:
    first, second = a_shift_of(2)
    short, longer = an_open_wave("W1", invited=[], closes_at=NOW + DAY), an_open_wave("W2", invited=[])
    answer_at_kiosk(short, first, all_of(short), None, now=NOW)
    answer_at_kiosk(longer, second, all_of(longer), None, now=NOW + 2 * DAY)
    assert [row.wave_id for row in session.query(Participation)] == [longer.id]


def test_a_sheet_from_few_people_does_not_say_the_shift(session) -> None:
    wave = an_open_wave(invited=[Cell(Band.OPERATOR, "matin", 10), Cell(Band.OPERATOR, "nuit", 9)])
    for shift in ("matin", "nuit"):
        answer_on_paper(wave, Band.OPERATOR, shift, all_of(wave), now=NOW)
    assert {sheet.shift for sheet in surveys.responses_of(wave)} == {"matin", None}


def test_haste_is_all_that_is_kept_of_time(session) -> None:
    first, second = a_shift_of(2)
    wave = an_open_wave(invited=[])
    answer_at_kiosk(wave, first, all_of(wave, 3), 0.9, now=NOW)
    answer_at_kiosk(wave, second, all_of(wave, 3), 2.0, now=NOW)
    assert sorted(sheet.straight_lined for sheet in surveys.responses_of(wave)) == [False, True]


def test_what_is_not_answered_is_missing_never_the_middle(session) -> None:
    wave = an_open_wave()
    answer_on_paper(wave, Band.OPERATOR, "matin", {"ADH1": 5, "ADH2": None}, now=NOW)
    (sheet,) = surveys.responses_of(wave)
    assert sheet.answers == {f"ADH{number}": 5 if number == 1 else None for number in range(1, 11)}


@pytest.mark.parametrize(
    "answers",
    [{"ADH1": 0}, {"ADH1": 6}, {"ADH1": -1}, {"NONE": 3}, {"ADH1": True}, {"ADH1": 3.0}, {"ADH1": "3"}, {"": 1}],
    ids=str,
)
def test_what_is_no_answer_is_refused_and_nothing_stored(session, answers: dict) -> None:
    (somebody,) = a_shift_of(1)
    wave = an_open_wave(invited=[])
    with pytest.raises(AnswersUnfit):
        answer_at_kiosk(wave, somebody, answers, None, now=NOW)
    assert asking.to_ask(somebody, NOW, TODAY) is wave
    assert surveys.responses_of(wave) == []


def test_three_points_take_no_four(session) -> None:
    wave = an_open_wave(scale_points=3)
    with pytest.raises(AnswersUnfit):
        answer_on_paper(wave, Band.OPERATOR, "matin", {"ADH1": 4}, now=NOW)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"opens_at": NOW + DAY}, WaveNotOpen),
        ({"closes_at": NOW}, WaveClosed),
        ({"channels": [Channel.KIOSK]}, ChannelClosed),
        ({"bands": [Band.TRAINER]}, NotInvited),
        ({"shifts": ["nuit"]}, NotInvited),
    ],
)
def test_paper_and_link_are_refused(session, change: dict, refusal: type[Refusal]) -> None:
    wave = an_open_wave(**change)
    with pytest.raises(refusal):
        answer_on_paper(wave, Band.OPERATOR, "matin", all_of(wave), now=NOW)
    with pytest.raises(refusal):
        answer_by_link(wave, Band.OPERATOR, "matin", all_of(wave), code=None, now=NOW)


def test_a_wave_not_announced_asks_nobody(session) -> None:
    (somebody,) = a_shift_of(1)
    wave = make_wave(a_wish(), now=NOW)
    assert asking.to_ask(somebody, NOW, TODAY) is None
    with pytest.raises(WaveNotOpen):
        answer_at_kiosk(wave, somebody, all_of(wave), None, now=NOW)


def test_whoever_was_entered_later_or_has_another_role_is_not_asked(session) -> None:
    wave = an_open_wave(bands=[Band.TRAINER], invited=[Cell(Band.TRAINER, None, 3)])
    (somebody,) = a_shift_of(1)
    with pytest.raises(NotInvited):
        answer_at_kiosk(wave, somebody, all_of(wave), None, now=NOW)
    early = an_open_wave("W2", invited=[])
    early.announced_at = NOW - 30 * DAY
    assert not asking.asks(early, asking.invitee(somebody, TODAY))


def test_what_follows_a_module_is_offered_then_and_only_then(session) -> None:
    (somebody,) = a_shift_of(1)
    wave = an_open_wave(instrument="REA", invited=[])
    assert asking.to_ask(somebody, NOW, TODAY) is None
    assert asking.to_ask(somebody, NOW, TODAY, after_module=7) is wave


def test_the_quick_opinion_follows_one_module_in_so_many_the_same_ones_each_time(session, app: Flask) -> None:
    people = a_shift_of(20)
    wave = an_open_wave(instrument="REA", invited=[])
    app.config["OPINION_ONE_IN"] = 4
    pairs = [(person, module) for person in people for module in range(1, 21)]

    def followed() -> list[tuple[int, int]]:
        return [(one, module) for one, module in pairs if asking.is_followed(wave, one, module)]

    first = followed()
    assert followed() == first
    assert 60 < len(first) < 140, "a quarter of four hundred, drawn"
    asked = next(module for one, module in first if one == people[0])
    left_out = next(module for module in range(1, 21) if (people[0], module) not in first)
    assert asking.to_ask(people[0], NOW, TODAY, after_module=asked) is wave
    assert asking.to_ask(people[0], NOW, TODAY, after_module=left_out) is None


def test_somebody_unknown_is_offered_nothing(session) -> None:
    an_open_wave()
    assert asking.to_ask(999, NOW, TODAY) is None
    assert asking.to_ask(a_person("9", "No Team"), NOW, TODAY) is not None
