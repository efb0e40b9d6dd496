"""Whoever reads all of a wave's results works out no opinion of too few, nor one that all of a few share."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.surveys.results import figures
from lms.surveys.rules import Band, Cell
from lms.surveys.shipped import shipped
from tests.reckoning import leaks
from tests.surveys.test_results import LEAST, sheets

Answers = dict[tuple[Band, str], tuple[int, int]]
"""By role and shift: how many are content, and how many answered."""


@st.composite
def waves(draw: st.DrawFn) -> Answers:
    found: Answers = {}
    for band in (Band.OPERATOR, Band.TEAM_LEADER, Band.TRAINER)[: draw(st.integers(1, 3))]:
        for shift in ("matin", "apres-midi", "nuit")[: draw(st.integers(1, 3))]:
            people = draw(st.integers(1, 24))
            found[band, shift] = draw(st.one_of(st.sampled_from([0, people]), st.integers(0, people))), people
    return found


@settings(max_examples=30)
@given(waves())
def test_no_line_of_a_wave_gives_another_away(wave: Answers) -> None:
    cells = [Cell(band, shift, people + 2) for (band, shift), (_, people) in wave.items()]
    given_ = [
        sheet
        for (band, shift), (content, people) in wave.items()
        for answer, number in ((5, content), (1, people - content))
        for sheet in sheets(number, answer, shift, band)
    ]
    found = figures(shipped()["ADH"], cells, given_, 5, LEAST)
    told = [
        frozenset(
            leaf
            for leaf in wave
            if line.band in (None, leaf[0]) and (not line.alone or (line.band, line.shift) == leaf)
        )
        for line in (found.everyone, *found.groups)
        if not line.scores.hidden
    ]
    assert leaks(told, wave, LEAST, sensitive=True) == []


@settings(max_examples=40)
@given(st.sampled_from(["SAV", "FAC"]), st.lists(st.tuples(*[st.sampled_from([5, 5, 5, 1, None])] * 2), max_size=24))
def test_no_facet_gives_away_an_item_nor_one_answer(code: str, drawn: list[tuple[int | None, int | None]]) -> None:
    """All less the other items would be the one that is held back; and what only some of the sheets have, theirs."""
    content = shipped()[code]
    keys = [item.key for item in content.items]
    given_ = [
        sheet
        for one in drawn
        for sheet in sheets(1, 3, code=code, answers={key: one[place % 2] for place, key in enumerate(keys)})
    ]
    found = figures(content, [Cell(Band.OPERATOR, "matin", 40)], given_, 5, LEAST)
    wholes = dict(zip(content.facets, (summary for _, summary in found.facets), strict=True)) or {
        None: found.everyone.scores
    }
    for facet, whole in wholes.items():
        own = [one for one in found.items if one.item.facet == facet]
        if not whole.hidden:
            assert [one.hidden for one in own].count(True) != 1
            assert {one.n for one in own} == {whole.n}
