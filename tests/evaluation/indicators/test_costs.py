"""Costs, opinions, equity and governance: one example of each worked by hand."""

from datetime import date, time
from uuid import UUID

import pytest

from lms.evaluation.facts import Facts, Figure, Sitting
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.kept import Actions, Kept, ShiftHours, Vigilance
from lms.skills.queries import Observed
from lms.skills.rules import Outcome as Seen
from lms.surveys.content import Scoring
from lms.surveys.queries import Response, WaveFacts
from lms.surveys.rules import Band, Cell, Moment
from lms.surveys.shipped import shipped
from tests.evaluation.indicators.small import at, facts, further, measured, member, on, outcome, row, successes

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
"""Six months, as in the example of section 2.4."""
SPENT = {
    "development_cost": 6_000, "content_life": 24, "hosting_cost": 900, "kiosk_cost": 3_600, "kiosk_life": 60,
    "support_cost": 1_800, "kiosk_hours": 180, "wage_rate": 28,
}  # fmt: skip


def spent(figures: dict[str, float], varied: dict[str, tuple[float, float]] | None = None, **more: object) -> Facts:
    """150 hours completed: 180 modules of fifty minutes, by 90 people."""
    rows = [row(person, module=module, assigned_on=FIRST) for person in range(90) for module in ("m1", "m2")]
    outcomes = {(one.person, one.module): outcome(0, 1) for one in rows}
    told = tuple(
        Figure(series, FIRST, LAST, None, value, *(varied or {}).get(series, (None, None)))
        for series, value in figures.items()
    )
    given = {"figures": told, "designed": {"m1": 50, "m2": 50}, "starts_on": FIRST, "as_of": LAST, **more}
    return facts(rows, outcomes, **given)


def test_cost_per_completed_hour() -> None:
    """The example of section 2.4: 9,600 € for 150 hours, 64.00 € each. One scenario alone has no interval."""
    measure = measured("E1", spent(SPENT))
    assert measure.estimate == pytest.approx(64.0)
    assert measure.interval is None
    assert further("E1", spent(SPENT))["total_cost"] == pytest.approx(9_600)


def test_scenarios_span_the_cost() -> None:
    """Low: 4,000 over 48 months and support 900: 500 + 900 + 360 + 900 + 5,040; high: 9,000 over 12 and 2,700."""
    varied = {"development_cost": (4_000, 9_000), "content_life": (12, 48), "support_cost": (900, 2_700)}
    measure = measured("E1", spent(SPENT, varied))
    assert measure.estimate == pytest.approx(64.0)
    assert measure.interval.low == pytest.approx((500 + 900 + 360 + 900 + 5_040) / 150)
    assert measure.interval.high == pytest.approx((4_500 + 900 + 360 + 2_700 + 5_040) / 150)


def test_without_one_figure_there_is_no_cost() -> None:
    for series in SPENT:
        assert measured("E1", spent({name: value for name, value in SPENT.items() if name != series})) is None


def test_lost_production_counts_only_where_it_counts_in_both() -> None:
    lost = {**SPENT, "kiosk_lost_production": 1_500}
    assert measured("E1", spent(lost)).estimate == pytest.approx(64.0)
    both = {**lost, "classroom_lost_production": 100}
    assert measured("E1", spent(both)).estimate == pytest.approx(74.0)


CLASSROOM = {"classroom_hours": 100, "trainer_cost": 700, "room_cost": 138, "travel_cost": 100}


def test_a_classroom_can_be_cheaper() -> None:
    """(700 + 138 + 100)/100 + 28 = 37.38 € an hour: the example of section 2.4."""
    assert further("E1", spent({**SPENT, **CLASSROOM}))["classroom_per_hour"] == pytest.approx(37.38)


def test_break_even() -> None:
    """Fixed 4,560 €, 33.60 € an hour at kiosks: 4,560/(37.38 − 33.60) hours; never, where a classroom costs less."""
    assert measured("E5", spent({**SPENT, **CLASSROOM})).estimate == pytest.approx(4_560 / 3.78)
    assert measured("E5", spent({**SPENT, **CLASSROOM, "trainer_cost": 100})).estimate == float("inf")


def test_cost_per_skill() -> None:
    offs = tuple(Observed(person, "t", on(3), Seen.ACQUIRED, 500, 1) for person in range(30))
    found = spent(SPENT, sign_offs=(*offs, Observed(31, "t", on(3), Seen.NOT_YET, 500, 1)), starts_on=FIRST)
    assert measured("E2", found).estimate == pytest.approx(9_600 / 30)
    assert measured("E2", spent(SPENT)) is None


def sitting(person: int, started, ended, seconds: int = 600) -> Sitting:  # noqa: ANN001
    return Sitting(UUID(int=1), person, "m1", 1, started, ended, seconds, 0)


def test_hours_per_head() -> None:
    """Two hours by two people, one of whom was there for half of the time: 2/1.5; 3 hours in a classroom: 5/1.5."""
    members = (member(1), member(2, joined_on=on(10)))
    sittings = (sitting(1, at(1), at(1, 10), 3_600), sitting(2, at(12), at(12, 10), 3_600))
    found = facts([row(1), row(2)], {}, members=members, sittings=sittings, as_of=on(19))
    assert measured("E3", found).estimate == pytest.approx(2 / 1.5)
    classroom = Figure("classroom_hours", on(1), on(2), None, 3.0)
    with_classroom = facts(
        [row(1), row(2)], {}, members=members, sittings=sittings, as_of=on(19), figures=(classroom,)
    )  # fmt: skip
    assert measured("E3", with_classroom).estimate == pytest.approx(5 / 1.5)


def test_payroll_share_takes_the_newest_period_known_of_both() -> None:
    year, last = (date(2025, 1, 1), date(2025, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31))
    figures = (
        Figure("training_expenditure", *year, None, 38_000), Figure("gross_payroll", *year, None, 1_000_000),
        Figure("training_expenditure", *last, None, 1), Figure("gross_payroll", *last, None, 1_000_000),
        Figure("training_expenditure", on(0), on(30), None, 9),
    )  # fmt: skip
    assert measured("E4", facts([row(1)], {}, figures=figures)).estimate == pytest.approx(0.038)


def wave(code: str, invited: int, respondents: int, opens: int = 10, moment: Moment = Moment.AFTER) -> WaveFacts:
    band = {"TRA-OBS": Band.TEAM_LEADER, "ERG": Band.TRAINER}.get(code, Band.OPERATOR)
    cells = (Cell(band, "morning", invited),)
    return WaveFacts(f"{code}-{opens}", shipped()[code], moment, at(opens), at(opens + 9), 5, cells, respondents, False)


def sheets(of: WaveFacts, *answers: dict[str, int | None], shift: str = "morning") -> tuple[Response, ...]:
    band = of.cells[0].band
    return tuple(
        Response(of.code, of.instrument.code, of.moment, band, shift, "2026-W11", one, False, 5) for one in answers
    )


def rea(*points: int | None) -> dict[str, int | None]:
    return {f"REA{place}": point for place, point in enumerate(points, start=1)}


def test_satisfaction_and_usefulness() -> None:
    """Six answers of seven are 4 or 5 (one was not given); REA1 is 5 and 3; 2 of 4 invited answered."""
    after, before = wave("REA", 4, 2), wave("REA", 9, 1, opens=-20)
    found = facts(
        [row(1)], {}, waves=(after, before),
        sheets=sheets(after, rea(5, 4, 4, 5), rea(3, 4, None, 5)) + sheets(before, rea(1, 1, 1, 1)),
    )  # fmt: skip
    measure = measured("S1", found)
    assert (measure.numerator, measure.denominator, measure.n) == (6, 7, 2)
    assert (measured("S2", found).numerator, measured("S2", found).denominator) == (1, 2)
    assert INDICATORS["S1"].response(found) == 0.5


def test_usability_for_staff() -> None:
    """Ten answers of 5 and 1 in turn: 100; all of 3: 50 (2.5 times the adjusted sum)."""
    staff = wave("ERG", 5, 2)
    best = {f"ERG{place}": 5 if place % 2 else 1 for place in range(1, 11)}
    middle = {f"ERG{place}": 3 for place in range(1, 11)}
    found = facts([row(1)], {}, waves=(staff,), sheets=sheets(staff, best, middle))
    assert measured("S4", found).estimate == 75
    assert measured("S3", found) is None


def test_two_items() -> None:
    """(4 + 5 − 2)·100/8 = 87.5, by an instrument that the plant brought in."""
    content = shipped()["REA"].model_copy(
        update={"scoring": Scoring.TWO_ITEMS, "code": "UXL", "items": shipped()["REA"].items[:2]}
    )  # fmt: skip
    own = WaveFacts("uxl", content, Moment.AFTER, at(10), at(19), 5, (Cell(Band.OPERATOR, None, 9),), 1, False)
    found = facts([row(1)], {}, waves=(own,), sheets=sheets(own, {"REA1": 4, "REA2": 5}))
    assert measured("S3", found).estimate == 87.5


def test_promoters() -> None:
    """14 promoters, 9 passives, 7 detractors: 23.3, −5.4 to 52.1 (section 3.9)."""
    asked = wave("REC", 40, 30)
    answers = [{"REC1": value} for value in [10] * 14 + [8] * 9 + [6] * 7]
    measure = measured("S5", facts([row(1)], {}, waves=(asked,), sheets=sheets(asked, *answers)))
    assert measure.estimate == pytest.approx(23.3333, abs=1e-4)
    assert (measure.interval.low, measure.interval.high) == pytest.approx((-5.4, 52.1), abs=0.05)


def test_transfer() -> None:
    """Five answers of 4: POMP 75; of 5, 5, 5, 1, 1: 60; mean 67.5. Leaders' words are masked under ten."""
    told, seen = wave("TRA", 5, 2), wave("TRA-OBS", 3, 1)
    answers = [
        {f"TRA{n}": 4 for n in range(1, 6)},
        dict(zip([f"TRA{n}" for n in range(1, 6)], (5, 5, 5, 1, 1), strict=True)),
    ]
    leader = {f"TRA{n}": 5 for n in range(1, 6)}
    found = facts([row(1)], {}, waves=(told, seen), sheets=sheets(told, *answers) + sheets(seen, leader))
    assert measured("T4", found).estimate == pytest.approx(67.5)
    assert [case.value for case in INDICATORS["T4"].collapsed(found)] == pytest.approx([100, 60])
    assert further("T4", found) == {"had_opportunity": None, "observed_by_leaders": None}


def test_ease_gap_compares_shifts() -> None:
    """Mornings score 100, evenings 0: 3 of 4 at ease completed, 1 of 4 of the others: 50 points."""
    dig = wave("DIG", 40, 20)
    easy, hard = {f"DIG{n}": 5 for n in range(1, 9)}, {f"DIG{n}": 1 for n in range(1, 9)}
    told = sheets(dig, *[easy] * 10) + sheets(dig, *[hard] * 10, shift="evening")
    rows = [row(n, "a" if n < 4 else "b", "morning" if n < 4 else "evening") for n in range(8)]
    outcomes = {(n, "m1"): outcome(0, 1) for n in (0, 1, 2, 4)}
    measure = measured("Q3", facts(rows, outcomes, waves=(dig,), sheets=told))
    assert (measure.estimate, measure.gate_n) == (0.5, 4)
    few = facts(rows, outcomes, waves=(dig,), sheets=told[1:])
    assert measured("Q3", few) is None


def test_out_of_hours() -> None:
    """The morning shift works from 5 to 13 at the plant (UTC+1): 12:50 to 13:10 is half outside: 5 of 15 minutes."""
    hours = (ShiftHours("morning", time(5), time(13)),)
    sittings = (
        sitting(1, at(1, 11, 50), at(1, 12, 10), 600), sitting(1, at(1, 9), at(1, 9, 5), 300), sitting(9, at(1), at(2)),
    )  # fmt: skip
    measure = measured("Q4", facts([row(1)], {}, sittings=sittings, kept=Kept(shifts=hours)))
    assert (measure.numerator, measure.denominator, measure.gate_n, measure.n) == (5, 15, 2, 1)


def test_a_night_shift_passes_midnight() -> None:
    hours = (ShiftHours("night", time(21), time(5)),)
    sittings = (
        sitting(1, at(1, 23), at(1, 23, 30)),
        sitting(1, at(1, 2), at(1, 2, 30)),
        sitting(1, at(1, 8), at(1, 9)),
    )
    measure = measured("Q4", facts([row(1, "a", "night")], {}, sittings=sittings, kept=Kept(shifts=hours)))
    assert measure.estimate == pytest.approx(1 / 3)


def test_informed_beforehand() -> None:
    begun = {(person, edition): at(4 + edition) for person in (1, 2, 3) for edition in (1, 2)}
    notices = {1: at(5), 2: at(6), 4: at(9)}
    found = facts([row(person) for person in range(1, 6)], {}, begun=begun, notices=notices)
    assert successes("G1", found) == {1: True, 2: False, 3: False, 4: True, 5: False}


def test_actions_and_vigilance() -> None:
    kept = Kept(actions=Actions(due=4, done_in_time=3), vigilance=Vigilance(opened=5, lifted=2, blocking=1))
    found = facts([row(1)], {}, kept=kept)
    assert (measured("G2", found).estimate, measured("G2", found).interval.low) == (0.75, 0.75)
    assert (measured("G3", found).estimate, measured("G3", found).denominator) == (1, 5)
    assert further("G3", found) == {"lifted": 2}


def test_response_rate() -> None:
    """12 of 20 and 1 of 5: 13 of 25; a wave from before the pilot does not count."""
    waves = (wave("REA", 20, 12), wave("TRA", 5, 1), wave("REA", 9, 9, opens=-20))
    measure = measured("G4", facts([row(1)], {}, waves=waves))
    assert (measure.numerator, measure.denominator) == (13, 25)
