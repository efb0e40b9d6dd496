"""What a shift says beside what it does: groups alone, none of them too small."""

from dataclasses import replace
from types import SimpleNamespace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.facts import Facts, Sitting
from lms.evaluation.said_and_did import said_and_did
from lms.surveys.queries import Response, WaveFacts
from lms.surveys.rules import Band, Cell, Moment
from lms.surveys.shipped import shipped
from tests.evaluation.indicators.small import at, facts, on, outcome, row

SHIFTS = ("evening", "morning", "night")
RULES = SimpleNamespace(smallest_group=5, smallest_opinions=10, compared=())


def a_wave(sizes: dict[str | None, int], opens: int = 20, **more: object) -> WaveFacts:
    cells = tuple(Cell(Band.OPERATOR, shift, number) for shift, number in sizes.items())
    usual = {"code": f"ADH-{opens}", "moment": Moment.AFTER, "opens_at": at(opens), "closes_at": at(opens + 9)}
    return WaveFacts(
        **{**usual, **more}, instrument=shipped()["ADH"], scale_points=5, cells=cells, respondents=0, illustrative=False
    )


def sheets(wave: WaveFacts, shift: str | None, *answers: int) -> list[Response]:
    return [
        Response(wave.code, "ADH", wave.moment, Band.OPERATOR, shift, "2026-W14", told, False, 5)
        for answer in answers
        for told in [{item.key: answer for item in wave.instrument.items}]
    ]


def plant(sizes: dict[str | None, int], came: dict[str | None, int], **more: object) -> Facts:
    """So many people in each shift; the first of them come once, in the second week of two."""
    rows, outcomes, sittings = [], {}, []
    for shift, number in sizes.items():
        for place in range(number):
            person = len(rows)
            rows.append(row(person, team=f"team {shift}", shift=shift))
            if place < came.get(shift, 0):
                outcomes[person, "m1"] = outcome(8)
                sittings.append(Sitting(UUID(int=person), person, "m1", 1, at(8), at(8, 10), 600, 0))
    given = {"as_of": on(13), "sittings": tuple(sittings), **more}
    return facts(rows, outcomes, **given)


def by_shift(found: dict) -> dict[str | None, dict]:
    return {one["shift"]: one for one in found["rows"]}


def test_each_shift_has_its_opinion_beside_its_reach_and_weeks() -> None:
    """Morning: 12 sheets of 4 (75) and 8 of 2 (25): mean 55, 12/20; 6 of 10 came, in one week of two."""
    wave = a_wave({"morning": 20, "night": 20})
    told = sheets(wave, "morning", *[4] * 12, *[2] * 8) + sheets(wave, "night", *[5] * 3, *[1] * 12)
    seen = plant({"morning": 10, "night": 10}, {"morning": 6, "night": 2}, waves=(wave,), sheets=tuple(told))
    found = said_and_did(RULES, seen)
    rows = by_shift(found)
    assert (found["wave"], found["closed_on"]) == ("ADH-20", on(29).isoformat())
    assert rows["morning"] == {
        "shift": "morning", "answers": 20, "mean": 55, "favourable": 0.6, "people": 10, "reached": 0.6, "active": 0.3,
    }  # fmt: skip
    assert (rows["night"]["favourable"], rows["night"]["reached"], rows["night"]["active"]) == (0.2, 0.2, 0.1)
    assert (rows[None]["answers"], rows[None]["people"], rows[None]["reached"]) == (35, 20, 0.4)
    assert list(rows) == [None, "morning", "night"]


def test_the_newest_wave_after_the_beginning_counts() -> None:
    before, first, newest = a_wave({"morning": 20}, -20, moment=Moment.BEFORE), a_wave({"morning": 20}, 1), a_wave({})
    seen = plant({"morning": 10}, {}, waves=(before, first, newest))
    assert said_and_did(RULES, seen)["wave"] == newest.code
    assert said_and_did(RULES, replace(seen, waves=(before,))) is None
    assert said_and_did(RULES, replace(seen, assigned=())) is None


def test_small_groups_are_hidden_on_their_own_side_alone() -> None:
    wave = a_wave({"evening": 20, "morning": 20, "night": 20})
    told = [one for shift in SHIFTS for one in sheets(wave, shift, *[4, 2] * (10 if shift != "night" else 3))]
    came = {"evening": 2, "morning": 6, "night": 2}
    seen = plant({"evening": 4, "morning": 10, "night": 10}, came, waves=(wave,), sheets=tuple(told))
    rows = by_shift(said_and_did(RULES, seen))
    assert rows["night"]["answers"] is None
    assert rows["evening"]["people"] is None
    assert rows["evening"]["answers"] is None, "it would tell of the night by subtraction"
    assert [rows[shift]["people"] for shift in SHIFTS].count(None) == 2
    assert rows["morning"]["answers"] == 20


def test_those_compared_with_are_left_out_of_what_was_done() -> None:
    wave = a_wave({"morning": 20})
    seen = plant({"morning": 10, "night": 10}, {"morning": 5, "night": 9}, waves=(wave,))
    rules = SimpleNamespace(**{**vars(RULES), "compared": ("team night",)})
    rows = by_shift(said_and_did(rules, seen))
    assert rows.keys() == {None, "morning"}
    assert rows[None]["reached"] == 0.5


GROUPS = st.fixed_dictionaries({shift: st.integers(0, 14) for shift in (*SHIFTS, None)})


@given(sizes=GROUPS, answers=GROUPS, data=st.data())
def test_no_figure_tells_of_few_people(sizes: dict, answers: dict, data: st.DataObject) -> None:
    came = {shift: data.draw(st.integers(0, number)) for shift, number in sizes.items()}
    wave = a_wave({shift: number for shift, number in answers.items() if number})
    told = [one for shift, number in answers.items() for one in sheets(wave, shift, *[4, 2] * number)[:number]]
    found = said_and_did(RULES, plant(sizes, came, waves=(wave,), sheets=tuple(told)))
    if found is None:
        assert not sum(sizes.values())
        return
    rows = by_shift(found)
    for count, least in (("answers", 10), ("people", 5)):
        shown = [rows[shift][count] for shift in rows if rows[shift][count] is not None]
        assert all(number >= least for number in shown)
        whole = rows[None][count]
        rest = (whole or 0) - sum(rows[shift][count] or 0 for shift in rows if shift is not None)
        assert whole is None or rest == 0 or rest >= least
    for row_ in rows.values():
        assert (row_["answers"] is None) == (row_["favourable"] is None)
        assert (row_["people"] is None) == (row_["reached"] is None)
        assert row_["active"] is None or row_["active"] <= row_["reached"] + 1e-9


def test_a_mean_is_told_in_whole_points() -> None:
    """One point more would tell of a sheet to whoever knows the others (surveys)."""
    wave = a_wave({"morning": 20})
    told = tuple(sheets(wave, "morning", *[4] * 7, *[3] * 6))
    rows = by_shift(said_and_did(RULES, plant({"morning": 10}, {}, waves=(wave,), sheets=told)))
    assert rows["morning"]["mean"] == 63
