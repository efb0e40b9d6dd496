"""What a quiz's marks say of its questions and of itself: Moodle's formulas. Pure.

Evaluation reference, section 4.1 (read there in Moodle's source; facility, effective weight,
discrimination index and efficiency are checked against Moodle's own tests). A matrix has a
row for each person's first attempt and a column for each question; later attempts break the
assumptions. Variances and covariances are those of samples (n - 1) throughout.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import covariance, fmean

from lms.kernel.intervals import Interval
from lms.kernel.later import Later

special = Later("scipy.special")

Matrix = Sequence[Sequence[float]]


@dataclass(frozen=True)
class ItemFigures:
    """A question as its marks show it, all in percent; None where it cannot be worked out."""

    facility: float
    """The mean mark."""
    deviation: float | None
    discrimination: float | None
    """Correlation with the rest of the quiz, the question itself left out (not an upper-minus-lower index)."""
    efficiency: float | None
    """The covariance with the rest over the greatest that these marks could have had."""
    effective_weight: float | None
    """Its part in how people differ; None when they differ the other way round on it."""
    intended_weight: float | None


@dataclass(frozen=True)
class QuizFigures:
    """A quiz as its totals show it, in marks unless said otherwise; None where it cannot be worked out.

    A mastery quiz is meant to be passed by nearly everyone: people differ little, so that
    alpha is low by construction. It is no fault of the quiz.
    """

    attempts: int
    mean: float
    deviation: float | None
    skewness: float | None
    kurtosis: float | None
    alpha: float | None
    """Cronbach's alpha, at most 1; Moodle's coefficient of internal consistency over 100."""
    alpha_interval: Interval | None
    error_ratio: float | None
    """Percent of the deviation that is chance."""
    standard_error: float | None
    """Of measurement: how far a total is from what the person can do."""


def item_figures(marks: Matrix, points: Sequence[float]) -> list[ItemFigures]:
    """Return the figures of each question, from marks and the most points of each."""
    columns = [list(column) for column in zip(*marks, strict=True)]
    totals = [sum(row) for row in marks]
    weights = [_root(_covariance(column, totals)) for column in columns]
    shared = sum(weight for weight in weights if weight is not None)
    found = []
    for column, most, weight in zip(columns, points, weights, strict=True):
        rest = [total - mark for total, mark in zip(totals, column, strict=True)]
        spread = _root(_covariance(column, column))
        found.append(
            ItemFigures(
                facility=100 * fmean(column) / most,
                deviation=None if spread is None else 100 * spread / most,
                discrimination=_percent(correlation(column, rest)),
                efficiency=_percent(_over(_covariance(column, rest), _covariance(sorted(column), sorted(rest)))),
                effective_weight=_percent(_over(weight, shared)),
                intended_weight=100 * most / sum(points),
            )
        )
    return found


def quiz_figures(marks: Matrix) -> QuizFigures:
    """Return the figures of the whole quiz; at least one attempt."""
    totals = [sum(row) for row in marks]
    deviation, alpha = _root(_covariance(totals, totals)), cronbach_alpha(marks)
    chance = None if alpha is None else sqrt(1 - alpha)
    return QuizFigures(
        attempts=len(marks),
        mean=fmean(totals),
        deviation=deviation,
        skewness=skewness(totals),
        kurtosis=kurtosis(totals),
        alpha=alpha,
        alpha_interval=None if alpha is None else feldt(alpha, len(marks), len(marks[0])),
        error_ratio=_percent(chance),
        standard_error=None if chance is None or deviation is None else chance * deviation,
    )


def cronbach_alpha(marks: Matrix) -> float | None:
    """Return how far questions agree, at most 1; None under three attempts or two questions, or without spread.

    For marks of 0 and 1 it is KR-20. A trap stands in public tutorials: population variances
    of the questions over the sample variance of the totals give .4215 for .3295.
    """
    if len(marks) < 3 or len(marks[0]) < 2:
        return None
    totals = [sum(row) for row in marks]
    k, spread = len(marks[0]), _covariance(totals, totals)
    if not spread:
        return None
    alone = sum(_covariance(column, column) or 0.0 for column in zip(*marks, strict=True))
    return k / (k - 1) * (1 - alone / spread)


def feldt(alpha: float, attempts: int, questions: int, level: float = 0.95) -> Interval:
    """Return Feldt's interval of alpha (Psychometrika 30, 1965): with ten attempts it says nothing."""
    few, many = attempts - 1, (attempts - 1) * (questions - 1)
    low, high = ((1 - alpha) * float(special.fdtri(few, many, tail)) for tail in ((1 + level) / 2, (1 - level) / 2))
    return Interval(1 - low, 1 - high)


def skewness(totals: Sequence[float]) -> float | None:
    """Return k3 over k2 to the power 1.5 of more than two totals that differ."""
    n, (second, third, _) = len(totals), _moments(totals)
    if n < 3 or second <= 0:
        return None
    k2, k3 = n * second / (n - 1), n * n * third / ((n - 1) * (n - 2))
    return k3 / sqrt(k2) ** 3


def kurtosis(totals: Sequence[float]) -> float | None:
    """Return k4 over the square of k2 of more than three totals that differ; 0 for a normal distribution."""
    n, (second, _, fourth) = len(totals), _moments(totals)
    if n < 4 or second <= 0:
        return None
    k2 = n * second / (n - 1)
    k4 = n * n * ((n + 1) * fourth - 3 * (n - 1) * second**2) / ((n - 1) * (n - 2) * (n - 3))
    return k4 / k2**2


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Pearson's correlation, None when one of the two does not vary."""
    together, one, other = (_covariance(*both) for both in ((first, second), (first, first), (second, second)))
    if together is None or not one or not other:
        return None
    return max(-1.0, min(1.0, together / sqrt(one * other)))


def _moments(totals: Sequence[float]) -> tuple[float, float, float]:
    centre = fmean(totals)
    return tuple(fmean((total - centre) ** power for total in totals) for power in (2, 3, 4))  # type: ignore[return-value]


def _covariance(first: Sequence[float], second: Sequence[float]) -> float | None:
    if len(first) < 2:
        return None
    # What does not vary goes with nothing; rounding must not make it seem to.
    return 0.0 if min(first) == max(first) or min(second) == max(second) else covariance(first, second)


def _root(value: float | None) -> float | None:
    return None if value is None or value < 0 else sqrt(value)


def _over(top: float | None, bottom: float | None) -> float | None:
    return None if top is None or not bottom else top / bottom


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
