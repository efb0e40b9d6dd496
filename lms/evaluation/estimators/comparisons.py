"""Tests between groups (evaluation reference, sections 3.2 and 3.4). A verdict never rests on one."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp, log, sqrt
from typing import Any

from lms.evaluation.estimators.bootstrap import RESAMPLES, SEED
from lms.evaluation.estimators.estimates import Estimate
from lms.kernel.intervals import Interval, z_value
from lms.kernel.later import Later

numpy = Later("numpy")
stats = Later("scipy.stats")


@dataclass(frozen=True)
class TwoByTwo:
    """Successes and failures of two groups in one stratum."""

    first_yes: float
    first_no: float
    second_yes: float
    second_no: float


@dataclass(frozen=True)
class Stratified:
    """A comparison of two groups within strata."""

    odds_ratio: Estimate
    chi_square: float
    p: float


def holm(p_values: Sequence[float]) -> list[float]:
    """Return the p values adjusted for their number by Holm's steps, in the order given."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    adjusted, highest = [0.0] * len(p_values), 0.0
    for step, place in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - step) * p_values[place]))
        adjusted[place] = highest
    return adjusted


def permuted(first: Sequence[float], second: Sequence[float], seed: int = SEED) -> float:
    """Return the two-sided p of a difference of means when teams are dealt out anew.

    One value for each team. Every deal is tried where there are fewer than ten thousand; three
    teams against three can never give less than 0.10.
    """
    found = stats.permutation_test(
        (numpy.asarray(first, dtype=float), numpy.asarray(second, dtype=float)),
        _difference,
        vectorized=True,
        n_resamples=RESAMPLES,
        rng=numpy.random.default_rng(seed),
    )
    return float(found.pvalue)


def _difference(first: Any, second: Any, axis: int) -> Any:
    return first.mean(axis=axis) - second.mean(axis=axis)


def fisher(table: Sequence[Sequence[int]], seed: int = SEED, resamples: int = RESAMPLES) -> float:
    """Return the p of Fisher's exact test: exact for two by two, drawn for larger tables.

    scipy draws without a seed unless it is given one: two runs of the same table differ.
    """
    if len(table) == 2 and len(table[0]) == 2:
        return float(stats.fisher_exact(table).pvalue)
    method = stats.PermutationMethod(n_resamples=resamples, rng=numpy.random.default_rng(seed))
    return float(stats.fisher_exact(table, method=method).pvalue)


def mantel_haenszel(strata: Sequence[TwoByTwo], level: float = 0.95) -> Stratified:
    """Return the odds ratio common to the strata, and the test that it is 1 (corrected for continuity).

    Interval by Robins, Breslow and Greenland, Biometrics 42, 1986. Each group has successes
    and failures somewhere; strata of one person are left out.
    """
    strata = [one for one in strata if _size(one) > 1]
    with_, against = [], []
    for one in strata:
        with_.append(one.first_yes * one.second_no / _size(one))
        against.append(one.first_no * one.second_yes / _size(one))
    ratio = sum(with_) / sum(against)
    half = z_value(level) * sqrt(_log_variance(strata, with_, against))
    interval = Interval(exp(log(ratio) - half), exp(log(ratio) + half))
    chi_square = _chi_square(strata)
    # The upper tail of chi-square with one degree of freedom.
    return Stratified(Estimate(ratio, interval, level), chi_square, erfc(sqrt(chi_square / 2)))


def _log_variance(strata: Sequence[TwoByTwo], with_: Sequence[float], against: Sequence[float]) -> float:
    agree = [(one.first_yes + one.second_no) / _size(one) for one in strata]
    differ = [(one.first_no + one.second_yes) / _size(one) for one in strata]
    r, s = sum(with_), sum(against)
    return (
        sum(p * a for p, a in zip(agree, with_, strict=True)) / (2 * r * r)
        + sum(p * b + q * a for p, q, a, b in zip(agree, differ, with_, against, strict=True)) / (2 * r * s)
        + sum(q * b for q, b in zip(differ, against, strict=True)) / (2 * s * s)
    )


def _chi_square(strata: Sequence[TwoByTwo]) -> float:
    excess = variance = 0.0
    for one in strata:
        n, yes, first = _size(one), one.first_yes + one.second_yes, one.first_yes + one.first_no
        excess += one.first_yes - first * yes / n
        variance += first * (n - first) * yes * (n - yes) / (n * n * (n - 1))
    return max(abs(excess) - 0.5, 0.0) ** 2 / variance


def _size(one: TwoByTwo) -> float:
    return one.first_yes + one.first_no + one.second_yes + one.second_no
