"""The results of a wave as lines of a file: what the page shows, in its order, masked as there."""

from collections.abc import Iterator

from flask_babel import gettext as _

from lms.kernel.clock import local_day
from lms.kernel.languages import in_language
from lms.surveys import scoring
from lms.surveys.content import Scoring
from lms.surveys.models import Wave
from lms.surveys.results import GroupFigures, ItemFigures, Summary, WaveFigures
from lms.surveys.scales import Words
from lms.web.surveys import labels
from lms.web.surveys.estimates import Estimates, OfGroup

Line = tuple[str, str, str, object]
"""Part of the page, group or question, figure, value."""


def header() -> list[str]:
    """Return what the columns are called."""
    return [_("Part"), _("Group or question"), _("Figure"), _("Value")]


def lines(wave: Wave, result: WaveFigures, estimates: Estimates, names: dict[str, str], least: int) -> list[Line]:
    """Return every figure that the page of results shows; shares are whole per cents."""
    few = _("fewer than %(least)s people", least=least)
    groups = [
        (labels.group_name(one.band, one.shift, one.alone, names), one) for one in (result.everyone, *result.groups)
    ]
    found = [*_about(wave), *(line for name, one in groups for line in _rate(name, one, few))]
    if wave.content.scoring in (Scoring.MEAN, Scoring.TWO_ITEMS, Scoring.ALTERNATING):
        found += [line for name, one in groups for line in _scores(name, one, few)]
        found += [
            line for (name, _one), told in zip(groups, estimates.groups, strict=True) for line in _intervals(name, told)
        ]
    if wave.content.scoring is Scoring.RECOMMENDATION:
        found += _recommendation(result, few)
    found += [line for one in result.facets for line in _facet(*one, few)]
    found += [line for one in result.items for line in _answers(one, wave.scale_points, few)]
    return [*found, *_readiness(result), *_otherwise(result, estimates)]


def _about(wave: Wave) -> Iterator[Line]:
    part = _("Wave")
    yield part, wave.code, _("Instrument"), in_language(wave.content.title.words)
    yield part, wave.code, _("Opens on"), local_day(wave.opens_at)
    yield part, wave.code, _("Last day"), local_day(wave.last_moment)
    if wave.illustrative:
        yield part, wave.code, _("Values"), _("Illustrative: made by the simulation")


def _rate(name: str, group: GroupFigures, few: str) -> Iterator[Line]:
    part = _("Response rate by role and shift")
    if group.rate_hidden:
        yield part, name, _("Response rate"), few
        return
    yield part, name, _("Invited"), group.invited
    yield part, name, _("Sheets"), group.respondents
    if group.rate is not None:
        yield part, name, _("Response rate, %"), round(100 * group.rate)


def _scores(name: str, group: GroupFigures, few: str) -> Iterator[Line]:
    part, scores = _("Scores by role and shift"), group.scores
    if scores.hidden or scores.mean is None or scores.median is None:
        yield part, name, _("Scores"), few
        return
    yield part, name, _("Scores"), scores.n
    yield part, name, _("Mean"), scoring.whole(scores.mean)
    yield part, name, _("Median"), scoring.whole(scores.median)
    yield part, name, _("Favourable, %"), round(100 * scores.favourable / scores.n)


def _intervals(name: str, found: OfGroup) -> Iterator[Line]:
    part = _("Intervals at the level of 95 per cent")
    if found.mean:
        yield part, name, _("Mean, from"), scoring.whole(found.mean.low)
        yield part, name, _("Mean, to"), scoring.whole(found.mean.high)
    if found.favourable:
        yield part, name, _("Favourable, %, from"), round(100 * found.favourable.low)
        yield part, name, _("Favourable, %, to"), round(100 * found.favourable.high)


def _recommendation(result: WaveFigures, few: str) -> Iterator[Line]:
    part, name = _("Promoters less detractors"), _("Everyone")
    if result.recommendation is None:
        yield part, name, _("Answers"), few
        return
    counts = zip((_("Promoters"), _("Passives"), _("Detractors")), result.recommendation, strict=True)
    yield from ((part, name, figure, number) for figure, number in counts)
    net = scoring.net_recommendation(*result.recommendation)
    if net is not None:
        yield part, name, _("From −100 to 100"), scoring.whole(net)


def _facet(words: Words, summary: Summary, few: str) -> Iterator[Line]:
    part, name = _("Facets"), in_language(words)
    yield part, name, _("Scores"), few if summary.hidden else summary.n
    if summary.mean is not None:
        yield part, name, _("Mean"), scoring.whole(summary.mean)


def _answers(figures: ItemFigures, points: int, few: str) -> Iterator[Line]:
    part, item = _("Answers to each question"), figures.item
    name = f"{item.key} – {in_language(item.text.words)}"
    if figures.hidden:
        yield part, name, _("Answers"), few
        return
    for words, number in zip(item.labels(points), figures.counts.values(), strict=True):
        yield part, name, in_language(words), number
    yield part, name, _("Answers"), figures.n


def _readiness(result: WaveFigures) -> Iterator[Line]:
    if result.readiness is None:
        return
    part = _("Elements of readiness for change")
    for element, mean in result.readiness.means.items():
        yield part, str(labels.ELEMENTS[element]), _("Mean, 1 to 5"), round(mean, 1)


def _otherwise(result: WaveFigures, estimates: Estimates) -> Iterator[Line]:
    part, name, found = _("The mean, looked at otherwise"), _("Everyone"), result.sensitivity
    if found is None:
        return
    told = (
        (_("As if asked on three points"), found.three_points),
        (_("Without sheets answered all alike in haste"), found.without_hasty),
        (_("Complete sheets only"), found.complete_only),
        (_("Cronbach’s alpha, for information"), round(result.alpha.value, 2) if result.alpha else None),
        (_("Alpha, from (Feldt)"), round(estimates.alpha.low, 2) if estimates.alpha else None),
        (_("Alpha, to (Feldt)"), round(estimates.alpha.high, 2) if estimates.alpha else None),
    )
    yield from ((part, name, figure, value) for figure, value in told if value is not None)
