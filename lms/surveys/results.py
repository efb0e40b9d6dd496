"""What a wave came to, ready to be shown: pure; opinions of fewer than ten people are masked in here.

Breakdowns are fixed (each role, each role and shift), and what is masked cannot be worked
out from what is shown: see `kernel.suppression` and the evaluation reference, section 3.7.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from lms.kernel.suppression import hidden, reveals_everyone, telling
from lms.surveys import scoring
from lms.surveys.content import Element, InstrumentContent, Item, Scoring
from lms.surveys.queries import Response
from lms.surveys.rules import Band, Cell, stored_shift
from lms.surveys.scales import FIVE, THREE, Words

Leaf = tuple[Band, str | None]
Group = tuple[Band | None, str | None, bool]
"""Role, shift, and whether it is one shift alone; everyone is (None, None, False)."""
EVERYONE: Group = (None, None, False)


@dataclass(frozen=True)
class Summary:
    """Scores of several people; nothing of them where they are too few."""

    n: int
    hidden: bool
    mean: float | None = None
    median: float | None = None
    favourable: int = 0


@dataclass(frozen=True)
class GroupFigures:
    """One group: who was invited, who took part, and what their scores come to."""

    band: Band | None
    shift: str | None
    alone: bool
    """One shift of a role; otherwise all shifts together."""
    invited: int
    respondents: int
    rate_hidden: bool
    scores: Summary

    @property
    def rate(self) -> float | None:
        """The share of the invited who took part."""
        return self.respondents / self.invited if self.invited else None


@dataclass(frozen=True)
class ItemFigures:
    """How often each answer was given to one item."""

    item: Item
    n: int
    """Who gave an answer; the others would rather not."""
    hidden: bool
    counts: dict[int, int]
    mean: float | None
    favourable: int | None

    def share(self, answer: int) -> float:
        """The share of an answer among those given."""
        return self.counts[answer] / self.n


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha, and the complete sheets and items on which it rests."""

    value: float
    people: int
    items: int


@dataclass(frozen=True)
class Readiness:
    """The elements of readiness for change and the first that holds back; means from 1 to 5."""

    n: int
    means: dict[Element, float]
    barrier: Element | None


@dataclass(frozen=True)
class Sensitivity:
    """The mean again, otherwise: in whole points, since a few sheets more or less must not be told by subtraction."""

    three_points: int | None
    without_hasty: int | None
    complete_only: int | None
    hasty: int
    prorated: float
    """The share of scores to which an answer was missing."""


@dataclass(frozen=True)
class WaveFigures:
    """Everything that a page of results shows."""

    everyone: GroupFigures
    groups: list[GroupFigures]
    """Each role, followed by its shifts."""
    items: list[ItemFigures]
    facets: list[tuple[Words, Summary]]
    sensitivity: Sensitivity | None
    readiness: Readiness | None
    alpha: Alpha | None
    recommendation: tuple[int, int, int] | None
    """Promoters, passives, detractors."""


def figures(
    content: InstrumentContent, cells: Sequence[Cell], sheets: Sequence[Response], points: int, least: int
) -> WaveFigures:
    """Return what the sheets of one wave come to; groups under `least` people are masked."""
    groups = _groups(content, cells, sheets, points, least)
    shown = not groups[0].scores.hidden
    return WaveFigures(
        everyone=groups[0],
        groups=groups[1:],
        items=[_item(item, sheets, points, least) for item in content.items],
        facets=_facets(content, sheets, points, least),
        sensitivity=_sensitivity(content, sheets, points, least) if shown and content.scoring is Scoring.MEAN else None,
        readiness=_readiness(content, sheets, points, least),
        alpha=_alpha(content, sheets, points) if shown else None,
        recommendation=_recommendation(content, sheets, least),
    )


def scores_of(content: InstrumentContent, sheets: Sequence[Response], points: int) -> list[float]:
    """Return the scores that are not missing."""
    found = (scoring.score(content, sheet.answers, points) for sheet in sheets)
    return [score for score in found if score is not None]


def _groups(
    content: InstrumentContent, cells: Sequence[Cell], sheets: Sequence[Response], points: int, least: int
) -> list[GroupFigures]:
    invited: Counter[Leaf] = Counter()
    for cell in cells:
        invited[cell.band, stored_shift(cells, cell.band, cell.shift)] += cell.invited
    by_leaf: dict[Leaf, list[Response]] = {leaf: [] for leaf in invited}
    for sheet in sheets:
        by_leaf.setdefault((sheet.role, sheet.shift), []).append(sheet)
    scores = {leaf: scores_of(content, found, points) for leaf, found in by_leaf.items()}
    wholes = _wholes(by_leaf)
    rates_hidden = hidden(wholes, {leaf: invited[leaf] for leaf in by_leaf}, least)
    favourable = {leaf: sum(score >= scoring.FAVOURABLE_SCORE for score in found) for leaf, found in scores.items()}
    counts = {leaf: (favourable[leaf], len(found)) for leaf, found in scores.items()}
    # Opinions are sensitive: people who are all of one opinion count as too few, together with others too.
    sizes = {leaf: len(found) for leaf, found in scores.items()}
    scores_hidden = hidden(wholes, sizes, least, telling(counts, least, sensitive=True))
    return [
        GroupFigures(
            *group,
            invited=sum(invited[leaf] for leaf in leaves),
            respondents=sum(len(by_leaf[leaf]) for leaf in leaves),
            rate_hidden=group in rates_hidden,
            scores=_summary([score for leaf in leaves for score in scores[leaf]], least, group in scores_hidden),
        )
        for group, leaves in wholes.items()
    ]


def _wholes(leaves: Mapping[Leaf, object]) -> dict[Group, frozenset[Leaf]]:
    """Return everyone, then each role with its shifts behind it; a role of one shift has one line."""
    found: dict[Group, frozenset[Leaf]] = {EVERYONE: frozenset(leaves)}
    for band in Band:
        own = sorted((leaf for leaf in leaves if leaf[0] is band), key=lambda leaf: (leaf[1] is None, leaf[1] or ""))
        if own:
            found[band, None, False] = frozenset(own)
        if len(own) > 1:
            found.update({(band, shift, True): frozenset([(band, shift)]) for _, shift in own})
    return found


def _summary(scores: Sequence[float], least: int, held_back: bool = False) -> Summary:
    favourable = sum(score >= scoring.FAVOURABLE_SCORE for score in scores)
    if held_back or len(scores) < least or reveals_everyone(favourable, len(scores), least):
        return Summary(len(scores), hidden=True)
    return Summary(len(scores), False, fmean(scores), median(scores), favourable)


def _item(item: Item, sheets: Sequence[Response], points: int, least: int) -> ItemFigures:
    given = [answer for sheet in sheets if (answer := sheet.answers.get(item.key)) is not None]
    counts = scoring.distribution(given, list(item.answers(points)))
    held_back = len(given) < least or (len(given) < 2 * least and len(given) in counts.values())
    if held_back:
        return ItemFigures(item, len(given), True, {}, None, None)
    mean = fmean(given) if item.rated else None
    favourable = sum(answer >= scoring.favourable_from(points) for answer in given) if item.rated else None
    return ItemFigures(item, len(given), False, counts, mean, favourable)


def _facets(
    content: InstrumentContent, sheets: Sequence[Response], points: int, least: int
) -> list[tuple[Words, Summary]]:
    scored = [scoring.facet_scores(content, sheet.answers, points) for sheet in sheets]
    return [
        (words.words, _summary([score for one in scored if (score := one[facet]) is not None], least))
        for facet, words in content.facets.items()
    ]


def _sensitivity(content: InstrumentContent, sheets: Sequence[Response], points: int, least: int) -> Sensitivity:
    scored = [sheet for sheet in sheets if scoring.score(content, sheet.answers, points) is not None]
    attentive = [sheet for sheet in scored if not sheet.straight_lined]
    complete = [sheet for sheet in scored if scoring.is_complete(content, sheet.answers)]
    return Sensitivity(
        three_points=_mean_on_three(content, scored) if points == FIVE else None,
        without_hasty=_whole_mean(content, attentive, points, least),
        complete_only=_whole_mean(content, complete, points, least),
        hasty=len(scored) - len(attentive),
        prorated=1 - len(complete) / len(scored),
    )


def _whole_mean(content: InstrumentContent, sheets: Sequence[Response], points: int, least: int) -> int | None:
    scores = scores_of(content, sheets, points)
    return scoring.whole(fmean(scores)) if len(scores) >= least else None


def _mean_on_three(content: InstrumentContent, sheets: Sequence[Response]) -> int:
    """Return the mean of the scores if the answers had been given on three points."""
    rated = [item.key for item in content.rated]
    told = [{key: scoring.collapsed(sheet.answers[key]) for key in rated} for sheet in sheets]
    scores = [scoring.score(content, answers, THREE) for answers in told]
    return scoring.whole(fmean(score for score in scores if score is not None))


def _readiness(content: InstrumentContent, sheets: Sequence[Response], points: int, least: int) -> Readiness | None:
    keys = [item.key for item in content.items if item.element is not None]
    asked = [sheet for sheet in sheets if all(sheet.answers.get(key) is not None for key in keys)]
    if not keys or len(asked) < least:
        return None
    means = scoring.element_means(content, [sheet.answers for sheet in asked], points)
    return Readiness(len(asked), means, scoring.barrier(means))


def _alpha(content: InstrumentContent, sheets: Sequence[Response], points: int) -> Alpha | None:
    complete = [sheet.answers for sheet in sheets if scoring.is_complete(content, sheet.answers)]
    if content.scoring is Scoring.PROFILE or len(complete) < scoring.FEWEST_FOR_ALPHA:
        return None
    value = scoring.alpha([_row(content, answers, points) for answers in complete])
    return None if value is None else Alpha(value, len(complete), len(content.rated))


def _row(content: InstrumentContent, answers: Mapping[str, int | None], points: int) -> list[float]:
    given = [(item, answer) for item in content.rated if (answer := answers[item.key]) is not None]
    return [scoring.turned(answer, points) if item.reversed else answer for item, answer in given]


def _recommendation(content: InstrumentContent, sheets: Sequence[Response], least: int) -> tuple[int, int, int] | None:
    if content.scoring is not Scoring.RECOMMENDATION:
        return None
    counts = scoring.recommendation_counts([sheet.answers.get(content.items[0].key) for sheet in sheets])
    n = sum(counts)
    return None if n < least or (n < 2 * least and n in counts) else counts
