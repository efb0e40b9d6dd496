"""What answers come to: pure functions (evaluation reference, section 1.4 and rows S1 to S5 of section 2.4).

An answer is a point on a scale that begins at 1, or None for who would rather not answer;
`points` is how many the scale has. Intervals are the evaluation's to give: what they need is
returned.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from statistics import fmean, variance

from lms.surveys.content import Element, InstrumentContent, Item, Scoring
from lms.surveys.scales import FIVE, THREE

Answer = int | None
Answers = Mapping[str, Answer]
"""By the item's key."""

FEWEST_FOR_ALPHA = 30
LEAST_ALIKE = 8
"""From so many answers on, all alike and in haste says that nobody read the questions."""
HASTY_SECONDS = 1.5
"""The median time for an item below which it was not read."""
BARRIER = 3.0
"""The first element of readiness whose mean is no higher holds the others back."""
PROMOTERS_FROM, DETRACTORS_TO = 9, 6
FAVOURABLE_SCORE = 75
"""A mean answer of 4 of 5, as a score."""


def least_answered(items: int) -> int:
    """Return how many of so many items must be answered for a score: four in five, both of a pair."""
    return ceil(Fraction(4, 5) * items)


def turned(answer: int, points: int) -> int:
    """Return the answer to a reversed item as if it were not reversed."""
    return points + 1 - answer


def pomp(answers: Sequence[Answer], points: int = FIVE, reversed_places: Collection[int] = ()) -> float | None:
    """Return the percent of maximum possible: 100·(mean − 1)/(points − 1); None where too few answered.

    `reversed_places` counts from 0.
    """
    given = [
        turned(answer, points) if place in reversed_places else answer
        for place, answer in enumerate(answers)
        if answer is not None
    ]
    if not given or len(given) < least_answered(len(answers)):
        return None
    return 100 * (fmean(given) - 1) / (points - 1)


def two_items(first: Answer, second: Answer, points: int = FIVE) -> float | None:
    """Return the score of UMUX-Lite: (a+b−2)·100 over 12 with seven points, over 8 with five; both are needed.

    Not turned into a SUS: that regression is no longer recommended by its authors' group.
    """
    if first is None or second is None:
        return None
    return (first + second - 2) * 100 / (2 * (points - 1))


def alternating(answers: Sequence[Answer]) -> float | None:
    """Return the score of SUS: 2.5 times the sum of ten adjusted answers of one to five; all are needed."""
    given = [answer for answer in answers if answer is not None]
    if len(given) < len(answers):
        return None
    return 2.5 * sum(answer - 1 if place % 2 == 0 else FIVE - answer for place, answer in enumerate(given))


def net_recommendation(promoters: int, passives: int, detractors: int) -> float | None:
    """Return the share of promoters less that of detractors, from −100 to 100; None without answers."""
    asked = promoters + passives + detractors
    return 100 * (promoters - detractors) / asked if asked else None


def recommendation_counts(answers: Sequence[Answer]) -> tuple[int, int, int]:
    """Return how many promoters (9 to 10), passives and detractors (0 to 6) there are."""
    given = [answer for answer in answers if answer is not None]
    promoters = sum(answer >= PROMOTERS_FROM for answer in given)
    detractors = sum(answer <= DETRACTORS_TO for answer in given)
    return promoters, len(given) - promoters - detractors, detractors


def score(content: InstrumentContent, answers: Answers, points: int = FIVE) -> float | None:
    """Return one sheet's score from 0 to 100; None where it is missing or the instrument gives none."""
    given = [answers.get(item.key) for item in content.rated]
    if content.scoring is Scoring.TWO_ITEMS:
        return two_items(given[0], given[1], points)
    if content.scoring is Scoring.ALTERNATING:
        return alternating(given)
    return _pomp_of(content.rated, answers, points) if content.scoring is Scoring.MEAN else None


def facet_scores(content: InstrumentContent, answers: Answers, points: int = FIVE) -> dict[str, float | None]:
    """Return one sheet's score of each facet; a facet of two items needs both."""
    return {
        facet: _pomp_of([item for item in content.rated if item.facet == facet], answers, points)
        for facet in content.facets
    }


def _pomp_of(items: Sequence[Item], answers: Answers, points: int) -> float | None:
    places = {place for place, item in enumerate(items) if item.reversed}
    return pomp([answers.get(item.key) for item in items], points, places)


def is_complete(content: InstrumentContent, answers: Answers) -> bool:
    """Whether every rated item was answered."""
    return all(answers.get(item.key) is not None for item in content.rated)


def favourable_from(points: int) -> int:
    """Return the lowest answer that counts as favourable: 4 of five, 3 of three."""
    return 4 if points == FIVE else THREE


def collapsed(answer: Answer) -> Answer:
    """Return an answer of five points on three: {1–2}, {3}, {4–5}.

    People who read with difficulty use the five as if there were three (Chachamovich et al.).
    """
    return None if answer is None else (1 if answer <= 2 else 2 if answer == 3 else 3)


def distribution(answers: Sequence[Answer], possible: Sequence[int]) -> dict[int, int]:
    """Return how many gave each possible answer."""
    return {one: sum(answer == one for answer in answers) for one in possible}


def straight_lined(answers: Sequence[Answer], median_seconds: float | None) -> bool:
    """Whether eight answers or more are all alike and came too fast to be read; unknown times never say so."""
    given = [answer for answer in answers if answer is not None]
    alike = len(given) >= LEAST_ALIKE and len(set(given)) == 1
    return alike and median_seconds is not None and median_seconds < HASTY_SECONDS


def barrier(means: Mapping[Element, float]) -> Element | None:
    """Return the first element of readiness, in their order, whose mean (1 to 5) is 3.0 or less; None if none is."""
    return next((element for element in Element if element in means and means[element] <= BARRIER), None)


def element_means(content: InstrumentContent, sheets: Sequence[Answers], points: int = FIVE) -> dict[Element, float]:
    """Return the mean of all answers to the items of each element of readiness, told on one to five."""
    means = {}
    for element in Element:
        items = [item for item in content.rated if item.element is element]
        given = [answer for sheet in sheets for item in items if (answer := sheet.get(item.key)) is not None]
        if given:
            means[element] = 1 + (fmean(given) - 1) * (FIVE - 1) / (points - 1)
    return means


def alpha(matrix: Sequence[Sequence[float]]) -> float | None:
    """Return Cronbach's alpha of complete rows (people) by columns (items); None where it is not defined.

    The same divisor (n − 1) stands in both variances. Say nothing of it under 30 people.
    """
    if len(matrix) < 2 or len(matrix[0]) < 2:
        return None
    items = len(matrix[0])
    total = variance([sum(row) for row in matrix])
    if total == 0:
        return None
    return items / (items - 1) * (1 - sum(variance(column) for column in zip(*matrix, strict=True)) / total)


def word_of(score: float) -> str:
    """Return which of `to_support`, `between`, `at_ease` a score is: a convention, not a norm."""
    return "to_support" if score < 40 else "between" if score < 70 else "at_ease"


def whole(score: float) -> int:
    """Return a score in whole points, half up: beside a figure without one sheet, more would tell of that sheet."""
    return floor(score + 0.5)
