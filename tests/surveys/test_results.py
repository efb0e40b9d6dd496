"""Figures of a wave, and what of them is masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.surveys.content import Element
from lms.surveys.queries import Response
from lms.surveys.results import WaveFigures, figures
from lms.surveys.rules import Band, Cell, Moment
from lms.surveys.shipped import shipped

LEAST = 10


def sheets(
    number: int, answer: int, shift: str | None = "matin", band: Band = Band.OPERATOR, code: str = "ADH", **more: object
) -> list[Response]:
    answers = {item.key: answer for item in shipped()[code].items}
    answers.update(more.pop("answers", {}))
    hasty = bool(more.pop("hasty", False))
    return [Response("W1", code, Moment.AFTER, band, shift, "2026-W10", answers, hasty, 5) for _ in range(number)]


def of(found: list[Response], cells: list[Cell], code: str = "ADH", points: int = 5) -> WaveFigures:
    return figures(shipped()[code], cells, found, points, LEAST)


TWO_SHIFTS = [Cell(Band.OPERATOR, "matin", 24), Cell(Band.OPERATOR, "nuit", 24)]


def test_a_wave_by_shift() -> None:
    found = [*sheets(12, 5), *sheets(8, 3), *sheets(5, 2, "nuit"), *sheets(15, 4, "nuit")]
    result = of(found, TWO_SHIFTS)
    everyone, (operators, morning, night) = result.everyone, result.groups
    assert (everyone.invited, everyone.respondents, everyone.rate) == (48, 40, pytest.approx(40 / 48))
    assert (everyone.scores.n, everyone.scores.mean, everyone.scores.median) == (40, 71.25, 75)
    assert everyone.scores.favourable == 27
    assert (morning.shift, morning.scores.mean, morning.scores.favourable) == ("matin", 80, 12)
    assert (night.shift, night.scores.mean) == ("nuit", 62.5)
    assert operators.scores.mean == everyone.scores.mean
    assert result.items[0].counts == {1: 0, 2: 5, 3: 8, 4: 15, 5: 12}
    assert result.items[0].favourable == 27


def test_a_small_group_is_masked_and_with_it_the_next() -> None:
    cells = [*TWO_SHIFTS, Cell(Band.OPERATOR, "apres-midi", 24)]
    found = [
        *sheets(12, 5),
        *sheets(8, 2),
        *sheets(9, 4, "nuit"),
        *sheets(12, 2, "apres-midi"),
        *sheets(10, 4, "apres-midi"),
    ]
    result = of(found, cells)
    masked = {group.shift: group.scores.hidden for group in result.groups if group.alone}
    assert masked == {"matin": True, "nuit": True, "apres-midi": False}, (
        "the total less two shifts would tell the third"
    )
    night = next(group for group in result.groups if group.shift == "nuit")
    assert (night.scores.mean, night.scores.favourable) == (None, 0)


def test_under_ten_nothing_is_shown() -> None:
    result = of(sheets(9, 4), TWO_SHIFTS)
    assert result.everyone.scores.hidden
    assert all(item.hidden and not item.counts for item in result.items)
    assert result.sensitivity is None
    assert result.readiness is None
    assert result.alpha is None


def test_all_of_one_opinion_is_masked_under_twenty() -> None:
    assert of(sheets(19, 5), TWO_SHIFTS).everyone.scores.hidden
    assert of(sheets(19, 5), TWO_SHIFTS).items[0].hidden
    assert not of(sheets(20, 5), TWO_SHIFTS).everyone.scores.hidden


def test_a_shift_of_one_opinion_is_masked_and_with_it_the_next() -> None:
    cells = [*TWO_SHIFTS, Cell(Band.OPERATOR, "apres-midi", 24)]
    mixed = [*sheets(10, 5, "nuit"), *sheets(5, 2, "nuit"), *sheets(10, 5, "apres-midi"), *sheets(12, 2, "apres-midi")]
    result = of([*sheets(12, 5), *mixed], cells)
    masked = {group.shift: group.scores.hidden for group in result.groups if group.alone}
    assert masked == {"matin": True, "nuit": True, "apres-midi": False}


def test_rates_of_small_cells_are_masked() -> None:
    cells = [*TWO_SHIFTS, Cell(Band.TEAM_LEADER, "matin", 3)]
    result = of([*sheets(20, 4), *sheets(3, 4, None, Band.TEAM_LEADER)], cells)
    leaders = next(group for group in result.groups if group.band is Band.TEAM_LEADER)
    assert (leaders.invited, leaders.respondents, leaders.rate_hidden) == (3, 3, True)


def test_sheets_without_a_score_do_not_count_among_scores() -> None:
    unfinished = {f"ADH{number}": None for number in range(1, 4)}
    result = of([*sheets(12, 5), *sheets(12, 2), *sheets(5, 4, answers=unfinished)], TWO_SHIFTS)
    assert (result.everyone.respondents, result.everyone.scores.n) == (29, 24)
    assert result.items[0].n == 24
    assert result.items[9].n == 29


def test_sensitivity_in_whole_points() -> None:
    one_missing = {"ADH1": None}
    found = [*sheets(10, 5), *sheets(9, 2), *sheets(1, 1, hasty=True), *sheets(10, 4, answers=one_missing)]
    sensitivity = of(found, TWO_SHIFTS).sensitivity
    assert (sensitivity.hasty, sensitivity.prorated) == (1, pytest.approx(1 / 3))
    assert sensitivity.three_points == 67  # (20 · 100 + 10 · 0) / 30
    assert sensitivity.without_hasty is None, "30 times the mean less 29 times this one would be the hasty one's"
    assert sensitivity.complete_only == 61  # (10 · 100 + 9 · 25 + 0) / 20 = 61.25


def test_readiness_and_its_barrier() -> None:
    result = of([*sheets(10, 4, answers={"ADH10": 3}), *sheets(10, 5, answers={"ADH10": 3})], TWO_SHIFTS)
    assert result.readiness.n == 20
    assert result.readiness.barrier is Element.DESIRE
    assert result.readiness.means[Element.AWARENESS] == 4.5


def test_alpha_needs_thirty_complete_sheets() -> None:
    varied = [*sheets(10, 5), *sheets(10, 2), *sheets(9, 4)]
    assert of(varied, TWO_SHIFTS).alpha is None
    assert of([*varied, *sheets(1, 1)], TWO_SHIFTS).alpha.value == pytest.approx(1)


def test_a_profile_shows_facets_only() -> None:
    found = [*sheets(12, 5, code="SAV"), *sheets(12, 2, code="SAV")]
    result = of(found, TWO_SHIFTS, "SAV")
    assert result.everyone.scores.hidden
    assert [(words["en"], summary.mean) for words, summary in result.facets][0] == ("Meaning", 62.5)


def test_recommendation_counts_are_masked_too() -> None:
    def asked(promoters: int, detractors: int) -> tuple[int, int, int] | None:
        found = [*sheets(promoters, 9, code="REC"), *sheets(detractors, 2, code="REC")]
        return of(found, TWO_SHIFTS, "REC").recommendation

    assert asked(6, 4) == (6, 0, 4)
    assert asked(5, 4) is None
    assert asked(19, 0) is None, "all of them promote"


@given(st.lists(st.tuples(st.sampled_from(["matin", "nuit", "jour", None]), st.integers(1, 5)), max_size=80))
def test_no_subtraction_tells_of_fewer_than_ten(drawn: list[tuple[str | None, int]]) -> None:
    found = [sheet for shift, answer in drawn for sheet in sheets(1, answer, shift)]
    cells = [Cell(Band.OPERATOR, shift, 20) for shift in ("matin", "nuit", "jour", None)]
    result = of(found, cells)
    shifts = [group for group in result.groups if group.alone]
    if not result.everyone.scores.hidden:
        left = sum(group.scores.n for group in shifts if group.scores.hidden)
        assert left == 0 or left >= LEAST
    assert all(group.scores.n >= LEAST for group in shifts if not group.scores.hidden)
