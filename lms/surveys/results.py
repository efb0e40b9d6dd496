"""What a wave came to, ready to be shown: pure; opinions of fewer than ten people are masked in here.

Breakdowns are fixed (each role, each role and shift), and what is masked cannot be worked
out from what is shown: see `kernel.suppression` and the evaluation reference, section 3.7.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
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
    held = _held(content, sheets, points, least, scored=shown)
    return WaveFigures(
        everyone=groups[0],
        groups=groups[1:],
        items=[
            _item(item, _given(content, item, sheets, points), points, ("item", item.key) in held)
            for item in content.items
        ],
        facets=_facets(content, sheets, points, least, held),
        sensitivity=_sensitivity(content, sheets, points, least) if shown and content.scoring is Scoring.MEAN else None,
        readiness=_readiness(content, sheets, points, least, held),
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


def _given(content: InstrumentContent, item: Item, sheets: Sequence[Response], points: int) -> list[int]:
    """Return the answers to an item, of those who have a score that needs it.

    The answers of whoever left another one out would be what the items are more than the score.
    """
    if content.scoring in (Scoring.TWO_ITEMS, Scoring.ALTERNATING) and item.rated:
        sheets = [sheet for sheet in sheets if scoring.score(content, sheet.answers, points) is not None]
    elif item.facet:
        facet = item.facet
        sheets = [s for s in sheets if scoring.facet_scores(content, s.answers, points)[facet] is not None]
    return [answer for sheet in sheets if (answer := sheet.answers.get(item.key)) is not None]


Part = tuple[str, str]
"""What is told: an item, a facet, an element of readiness, or the whole; and its name."""


def _held(
    content: InstrumentContent, sheets: Sequence[Response], points: int, least: int, *, scored: bool
) -> frozenset[Part]:
    """Return the items, facets and elements that must not be told: they are parts of one another.

    Of an item that all answered alike, its facet or the score less the other items would tell.
    """
    answers = {item.key: _given(content, item, sheets, points) for item in content.items}
    extremes = {item.key: {min(item.answers(points)), max(item.answers(points))} for item in content.items}
    parts: dict[Part, frozenset[str]] = {("item", key): frozenset([key]) for key in answers}
    for item in content.rated:
        for kind, name in (("facet", item.facet), ("element", item.element)):
            if name:
                parts[kind, name] = parts.get((kind, name), frozenset()) | {item.key}
    if scored and content.rated:
        parts["whole", ""] = frozenset(item.key for item in content.rated)

    def tells(keys: frozenset[str]) -> bool:
        people = max(len(answers[key]) for key in keys)
        said = {answer for key in keys for answer in answers[key]}
        alike = len(said) == 1 and (len(keys) == 1 or said <= set.intersection(*(extremes[key] for key in keys)))
        return people < least or (people < 2 * least and alike)

    unsaid = {("item", key) for key, own in answers.items() if not own}
    return hidden(parts, {key: len(own) for key, own in answers.items()}, least, tells) | unsaid


def _item(item: Item, given: Sequence[int], points: int, held_back: bool) -> ItemFigures:
    counts = scoring.distribution(given, list(item.answers(points)))
    if held_back:
        return ItemFigures(item, len(given), True, {}, None, None)
    mean = fmean(given) if item.rated else None
    favourable = sum(answer >= scoring.favourable_from(points) for answer in given) if item.rated else None
    return ItemFigures(item, len(given), False, counts, mean, favourable)


def _facets(
    content: InstrumentContent, sheets: Sequence[Response], points: int, least: int, held: Collection[Part]
) -> list[tuple[Words, Summary]]:
    scored = [scoring.facet_scores(content, sheet.answers, points) for sheet in sheets]
    return [
        (
            words.words,
            _summary([score for one in scored if (score := one[facet]) is not None], least, ("facet", facet) in held),
        )
        for facet, words in content.facets.items()
    ]


def _sensitivity(content: InstrumentContent, sheets: Sequence[Response], points: int, least: int) -> Sensitivity:
    scored = [sheet for sheet in sheets if scoring.score(content, sheet.answers, points) is not None]
    attentive = [sheet for sheet in scored if not sheet.straight_lined]
    complete = [sheet for sheet in scored if scoring.is_complete(content, sheet.answers)]
    return Sensitivity(
        three_points=_mean_on_three(content, scored) if points == FIVE else None,
        without_hasty=_whole_mean(content, attentive, len(scored), points, least),
        complete_only=_whole_mean(content, complete, len(scored), points, least),
        hasty=len(scored) - len(attentive),
        prorated=1 - len(complete) / len(scored),
    )


def _whole_mean(
    content: InstrumentContent, sheets: Sequence[Response], every: int, points: int, least: int
) -> int | None:
    """Return the mean of some of so many sheets, in whole points; None where it would tell of those left out.

    Two means in whole points tell the scores left out up to as many points as there are sheets.
    """
    scores = scores_of(content, sheets, points)
    left_out = every - len(scores)
    told = not left_out or left_out >= least or every >= 100 * left_out
    return scoring.whole(fmean(scores)) if told and len(scores) >= least else None


def _mean_on_three(content: InstrumentContent, sheets: Sequence[Response]) -> int:
    """Return the mean of the scores if the answers had been given on three points."""
    rated = [item.key for item in content.rated]
    told = [{key: scoring.collapsed(sheet.answers[key]) for key in rated} for sheet in sheets]
    scores = [scoring.score(content, answers, THREE) for answers in told]
    return scoring.whole(fmean(score for score in scores if score is not None))


def _readiness(
    content: InstrumentContent, sheets: Sequence[Response], points: int, least: int, held: Collection[Part]
) -> Readiness | None:
    """Return the elements from all answers to their items: those of complete sheets alone would tell of the others."""
    elements = {("element", item.element) for item in content.items if item.element is not None}
    told = [sheet for sheet in sheets if any(sheet.answers.get(i.key) is not None for i in content.items if i.element)]
    if not elements or len(told) < least or not elements.isdisjoint(held):
        return None
    means = scoring.element_means(content, [sheet.answers for sheet in told], points)
    return Readiness(len(told), means, scoring.barrier(means))


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
