"""What evaluation asks: whole waves, the same whenever it is asked."""

from datetime import timedelta

from flask import Flask

from lms.kernel.database import db, writing
from lms.surveys import queries
from lms.surveys.actions import close_wave
from lms.surveys.collecting import answer_on_paper
from lms.surveys.rules import Band, Cell, Moment
from tests.surveys.making import NOW, all_of, an_open_wave

DAY = timedelta(days=1)


def test_only_closed_waves_count_and_they_count_the_same_ever_after(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        early = an_open_wave("EARLY", closes_at=NOW + DAY)
        late = an_open_wave("LATE", moment=Moment.AFTER, closes_at=NOW + 5 * DAY)
        other = an_open_wave("OTHER", instrument="CLI", closes_at=NOW + DAY)
        for wave, answer in ((early, 2), (early, 3), (late, 4), (other, 5)):
            answer_on_paper(wave, Band.OPERATOR, "matin", all_of(wave, answer), now=NOW)
        db.session.commit()

        def known(until=None, known_at=None) -> list[tuple[str, int]]:
            found = queries.responses(["ADH"], until, known_at)
            return sorted((one.wave_code, one.answers["ADH1"]) for one in found)

        assert known(NOW) == []
        assert known(NOW + DAY) == [("EARLY", 2), ("EARLY", 3)], "a wave belongs to the day on which it ends"
        assert known(NOW + DAY, known_at=NOW + DAY) == [], "not before what was under way is stored"
        assert known(NOW + 2 * DAY) == known(NOW + DAY)
        assert known(NOW + 9 * DAY, known_at=NOW + 2 * DAY) == known(NOW + 2 * DAY)
        assert known(NOW + 9 * DAY) == [*known(NOW + 2 * DAY), ("LATE", 4)]
        close_wave(late, now=NOW + 3 * DAY)
        assert known(NOW + 2 * DAY) == [("EARLY", 2), ("EARLY", 3)], "an early end changes nothing before it"
        assert len(known(NOW + 4 * DAY)) == 3
        assert len(known()) == 3, "as of now, when nothing is said"


def test_a_wave_says_who_was_invited_and_how_many_took_part(session) -> None:
    wave = an_open_wave(closes_at=NOW + DAY)
    answer_on_paper(wave, Band.OPERATOR, "nuit", all_of(wave), now=NOW)
    (facts,) = queries.waves(["ADH"], NOW + 2 * DAY)
    assert (facts.code, facts.invited, facts.respondents, facts.scale_points) == ("W1", 24, 1, 5)
    assert facts.cells == (Cell(Band.OPERATOR, "matin", 12), Cell(Band.OPERATOR, "nuit", 12))
    assert queries.waves(["DIG"], NOW + 2 * DAY) == []
    assert [one.code for one in queries.waves(None, NOW + 2 * DAY)] == ["W1"]


def test_a_response_says_its_wave_and_band(session) -> None:
    wave = an_open_wave(closes_at=NOW + DAY)
    answer_on_paper(wave, Band.OPERATOR, "nuit", all_of(wave, 5), now=NOW)
    (found,) = queries.responses(["ADH"], NOW + 2 * DAY)
    assert (found.moment, found.role, found.shift, found.week) == (Moment.BEFORE, Band.OPERATOR, "nuit", "2026-W10")
    assert (found.instrument, found.scale_points, found.straight_lined) == ("ADH", 5, False)


def test_sheets_come_in_the_order_of_their_random_numbers(session) -> None:
    wave = an_open_wave(closes_at=NOW + DAY)
    for answer in (1, 2, 3, 4, 5, 1, 2, 3, 4, 5):
        answer_on_paper(wave, Band.OPERATOR, "nuit", all_of(wave, answer), now=NOW)
    once = [one.answers["ADH1"] for one in queries.responses(["ADH"], NOW + 2 * DAY)]
    assert once == [one.answers["ADH1"] for one in queries.responses(["ADH"], NOW + 2 * DAY)]
    assert sorted(once) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_waves_of_other_items_or_points_are_not_compared(session) -> None:
    wave = an_open_wave()
    like = an_open_wave("W2", moment=Moment.AFTER)
    an_open_wave("W3", scale_points=3)
    an_open_wave("W4", instrument="CLI")
    assert list(queries.comparable(wave)) == [like]
