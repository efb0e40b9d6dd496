"""From cases to measures, and what other choices would have made of them."""

import pytest

from lms.evaluation.measures.case import Case
from lms.evaluation.measures.gap import measure_gap
from lms.evaluation.measures.share import measure_share
from lms.evaluation.sensitivity import Choice, Judged, is_fragile, variants
from lms.evaluation.verdict import Direction, Reason, Rule, Verdict, judge

SHIFTS = {"a": "morning", "b": "evening", "c": "night"}


def people(team: str, successes: int, members: int, unseen: int = 0, start: int = 0) -> list[Case]:
    """Members of a team, the first ones successful, the last ones without an outcome."""
    ended = [True] * successes + [False] * (members - successes - unseen) + [None] * unseen
    number = start or 1000 * (1 + "abcdefgh".index(team))
    shift = SHIFTS.get(team)
    return [Case(number + i, team, shift, success, group=shift) for i, success in enumerate(ended)]


def teams(*counts: tuple[str, int, int]) -> list[Case]:
    return [case for team, successes, members in counts for case in people(team, successes, members)]


GE80 = Rule(0.8, Direction.GE, n_min=30, min_teams=3, icc0=0.1)


def test_the_reports_first_line() -> None:
    """P1 of section 8: 57/60 in 5 teams of 12, ICC0 .10: DEFF 2.1, 80.5-98.9, met; flips at .20 (lower .7554)."""
    cases = teams(("a", 12, 12), ("b", 11, 12), ("c", 11, 12), ("d", 12, 12), ("e", 11, 12))
    found = measure_share(cases, 0.1, 0.95)
    assert (found.numerator, found.denominator, found.teams) == (57, 60, 5)
    assert found.deff == pytest.approx(2.1)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.8046, 0.989), abs=5e-4)
    ruling = judge(found, GE80)
    assert (ruling.verdict, ruling.reason) == (Verdict.MET, Reason.CLEARS)
    tried = variants(Judged(cases, measure_share, found, GE80))
    doubled = next(variant for variant in tried if variant.choice is Choice.ICC_DOUBLED)
    assert doubled.interval.low == pytest.approx(0.7554, abs=5e-5)
    assert doubled.flips
    assert is_fragile(ruling.verdict, tried)


def test_the_reports_third_line() -> None:
    """P3 of section 8: 40/60 at ICC0 .05: DEFF 1.55, 50.9-79.4, not met; flips at .10 (upper .8104)."""
    rule = Rule(0.8, Direction.GE, 30, 3, icc0=0.05)
    cases = teams(("a", 8, 12), ("b", 8, 12), ("c", 8, 12), ("d", 8, 12), ("e", 8, 12))
    found = measure_share(cases, 0.05, 0.95)
    assert found.deff == pytest.approx(1.55)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.509, 0.7941), abs=5e-4)
    assert judge(found, rule).verdict is Verdict.NOT_MET
    doubled = next(v for v in variants(Judged(cases, measure_share, found, rule)) if v.choice is Choice.ICC_DOUBLED)
    assert doubled.interval.high == pytest.approx(0.8104, abs=5e-5)
    assert doubled.flips


def test_missing_outcomes() -> None:
    """40 of 48 seen among 60: 20 % missing exactly is not over the limit; one more is."""
    cases = [case for team, unseen in (("a", 3), ("b", 3), ("c", 3), ("d", 3)) for case in people(team, 10, 15, unseen)]
    found = measure_share(cases, 0, 0.95)
    assert (found.numerator, found.denominator, found.missing.count) == (40, 48, 12)
    assert found.missing.share == pytest.approx(0.2)
    assert found.missing.worst.low < 40 / 60 < found.missing.worst.high
    assert found.missing.best.low < 52 / 60 < found.missing.best.high


def test_nothing_seen_is_no_measure() -> None:
    assert measure_share(people("a", 0, 10, unseen=10), 0.1, 0.95) is None
    assert measure_share([], 0.1, 0.95) is None


def test_assignments_of_one_person_count_as_alike() -> None:
    """By hand: 30 persons, each all or nothing on 4 modules, DEFF over persons is 4 · 30/29."""
    cases = [Case(person, f"t{person % 3}", None, person < 15, True) for person in range(30) for _ in range(4)]
    found = measure_share(cases, 0, 0.95)
    assert (found.denominator, found.n) == (120, 30)
    assert found.deff == pytest.approx(4 * 30 / 29)


def test_the_gap_of_the_report() -> None:
    """P2 of section 8: 21/25 against 10/20 is 34 points, 6.6 to 56.2 without clustering: inconclusive at 10."""
    cases = teams(("a", 21, 25), ("b", 10, 20))
    found = measure_gap(cases, 0, 0.95)
    assert found.estimate == pytest.approx(0.34)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.065998, 0.562465), abs=1e-6)
    assert (found.n, found.gate_n, found.teams, found.numerator) == (45, 20, 2, None)
    rule = Rule(0.1, Direction.LE, 20, 2, icc0=0)
    assert judge(found, rule).verdict is Verdict.INCONCLUSIVE


def test_a_gap_is_met_only_if_every_pair_is_within() -> None:
    """Near twins and one small shift: the wide pair decides, though the largest gap seen is nought."""
    near = teams(("a", 900, 1000), ("b", 900, 1000))
    assert measure_gap(near, 0, 0.95).interval.high < 0.1
    wide = near + people("c", 27, 30)
    found = measure_gap(wide, 0, 0.95)
    assert found.estimate == pytest.approx(0)
    assert found.interval.high > 0.1


def test_a_gap_is_not_met_if_one_pair_is_beyond() -> None:
    cases = teams(("a", 190, 200), ("b", 185, 200), ("c", 60, 200))
    rule = Rule(0.1, Direction.LE, 20, 3, icc0=0)
    assert judge(measure_gap(cases, 0, 0.95), rule).verdict is Verdict.NOT_MET


def test_a_gap_needs_two_shifts() -> None:
    assert measure_gap(people("a", 20, 25), 0.1, 0.95) is None
    assert measure_gap(people("d", 20, 25) + people("e", 5, 25), 0.1, 0.95) is None  # teams without a shift


def test_every_team_is_left_out_once() -> None:
    cases = teams(("a", 20, 20), ("b", 19, 20), ("c", 4, 20))
    found = measure_share(cases, 0, 0.95)
    rule = Rule(0.8, Direction.GE, 30, 3, icc0=0)
    tried = variants(Judged(cases, measure_share, found, rule))
    out = {variant.detail: variant.verdict for variant in tried if variant.choice is Choice.WITHOUT_TEAM}
    assert out == {"a": Verdict.INCONCLUSIVE, "b": Verdict.INCONCLUSIVE, "c": Verdict.MET}


def test_those_who_left_or_came_late_are_set_aside_per_protocol() -> None:
    stayed = teams(("a", 30, 30), ("b", 30, 30), ("c", 30, 30))
    left = [Case(9000 + i, "a", "morning", False, False) for i in range(40)]
    found = measure_share(stayed + left, 0, 0.95)
    tried = variants(Judged(stayed + left, measure_share, found, GE80))
    per_protocol = next(variant for variant in tried if variant.choice is Choice.PER_PROTOCOL)
    assert per_protocol.interval.high == 1
    assert per_protocol.flips


def test_the_threshold_moves_by_five_points_within_bounds() -> None:
    cases = teams(("a", 30, 30), ("b", 30, 30), ("c", 30, 30))
    found = measure_share(cases, 0, 0.95)
    rule = Rule(0.98, Direction.GE, 30, 3, icc0=0)
    details = {variant.choice: variant.detail for variant in variants(Judged(cases, measure_share, found, rule))}
    assert (details[Choice.THRESHOLD_HIGHER], details[Choice.THRESHOLD_LOWER]) == ("1", "0.93")


def test_inconclusive_is_not_called_fragile() -> None:
    assert is_fragile(Verdict.INCONCLUSIVE, []) is None
    assert is_fragile(Verdict.NOT_MEASURABLE, []) is None
    assert is_fragile(Verdict.MET, []) is False
