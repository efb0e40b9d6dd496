"""What a wave came to, and two waves side by side; nothing before a wave has closed, nothing of few people."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from lms.evaluation import queries as evaluations
from lms.evaluation.estimators.clusters import Cluster
from lms.evaluation.estimators.proportions import newcombe
from lms.kernel.clock import local_day, now
from lms.kernel.intervals import Interval
from lms.kernel.languages import in_language
from lms.kernel.refusals import NotFound
from lms.people.permissions import Permission
from lms.surveys import queries, scoring
from lms.surveys.content import InstrumentContent
from lms.surveys.models import Wave
from lms.surveys.results import GroupFigures, ItemFigures, WaveFigures, figures
from lms.surveys.rules import WaveState
from lms.web.shared.files import table_file
from lms.web.shared.guards import requires
from lms.web.surveys import labels
from lms.web.surveys.chart import answer_bars, shades_of
from lms.web.surveys.estimates import estimates
from lms.web.surveys.files import header, lines
from lms.web.surveys.waves import find, least


@dataclass(frozen=True)
class Scale:
    """Items that are answered with the same words, and the drawing of their answers."""

    labels: list[dict[str, str]]
    shades: list[int]
    items: list[ItemFigures]

    @property
    def columns(self) -> list[dict[str, object]]:
        """The columns of the table of answers."""
        answers = [{"label": in_language(words), "number": True} for words in self.labels]
        return [{"label": _("Question")}, *answers, {"label": _("Answers"), "number": True}]

    @property
    def chart(self) -> Markup:
        """The bars of the items that may be shown."""
        return answer_bars([figures for figures in self.items if not figures.hidden])


@requires(Permission.READ_SURVEY_RESULTS)
def results(code: str) -> str:
    """Show the results of a wave that has closed."""
    wave = find(code)
    closed = wave.state(now()) is WaveState.CLOSED
    result = _figures(wave) if closed else None
    return render_template(
        "surveys/results.html",
        wave=wave,
        content=wave.content,
        closed=closed,
        result=result,
        scales=_scales(wave.content, result.items, wave.scale_points) if result else [],
        estimates=estimates(wave, result) if result else None,
        beside=_beside(wave) if closed else [],
        others=[other for other in queries.comparable(wave) if other.state(now()) is WaveState.CLOSED],
        names=labels.shift_names(),
        labels=labels,
        least=least(),
        whole=scoring.whole,
        word=_word(wave.content, result) if result else None,
        net=scoring.net_recommendation(*result.recommendation) if result and result.recommendation else None,
    )


@requires(Permission.READ_SURVEY_RESULTS)
def results_file(code: str, kind: str) -> Response:
    """Give the results of a closed wave as a file: what the page shows and nothing else."""
    wave = find(code)
    if wave.state(now()) is not WaveState.CLOSED:
        raise NotFound()
    result = _figures(wave)
    told = lines(wave, result, estimates(wave, result), labels.shift_names(), least())
    return table_file(kind, wave.code, local_day(wave.last_moment), header(), told)


@requires(Permission.READ_SURVEY_RESULTS)
def comparison(code: str) -> str:
    """Show two closed waves of the same items beside each other, as samples of their own."""
    wave = find(code)
    other = next((one for one in queries.comparable(wave) if one.code == request.args.get("with")), None)
    if other is None or any(one.state(now()) is not WaveState.CLOSED for one in (wave, other)):
        raise NotFound()
    first, second = sorted((wave, other), key=lambda one: (one.opens_at, one.code))
    before, after = _figures(first), _figures(second)
    return render_template(
        "surveys/comparison.html",
        first=first,
        second=second,
        before=before,
        after=after,
        difference=_difference(before.everyone, after.everyone),
        pairs=list(zip(before.items, after.items, strict=True)),
        facets=list(zip(before.facets, after.facets, strict=True)),
        content=first.content,
        least=least(),
        whole=scoring.whole,
    )


@dataclass(frozen=True)
class Beside:
    """An evaluation that sets the wave beside what people did."""

    pilot: str
    number: int
    rows: list[dict[str, Any]]


def _beside(wave: Wave) -> list[Beside]:
    found = evaluations.newest_beside(wave.code)
    return [Beside(pilot.code, one.id, one.results["figures"]["said_and_did"]["rows"]) for pilot, one in found]


def _figures(wave: Wave) -> WaveFigures:
    return figures(wave.content, wave.cells, queries.responses_of(wave), wave.scale_points, least())


def _scales(content: InstrumentContent, items: list[ItemFigures], points: int) -> list[Scale]:
    """Return the items in groups of one scale each; a choice stands alone."""
    found: dict[tuple[str, ...], list[ItemFigures]] = {}
    for one in items:
        found.setdefault(tuple(words["en"] for words in one.item.labels(points)), []).append(one)
    return [
        Scale(group[0].item.labels(points), shades_of(len(group[0].item.labels(points))), group)
        for group in found.values()
    ]


def _difference(before: GroupFigures, after: GroupFigures) -> Interval | None:
    """Return the interval of the later share of favourable people less the earlier one."""
    if before.scores.hidden or after.scores.hidden:
        return None
    return newcombe(
        Cluster(after.scores.favourable, after.scores.n), Cluster(before.scores.favourable, before.scores.n)
    )


def _word(content: InstrumentContent, result: WaveFigures) -> str | None:
    mean = result.everyone.scores.mean
    return str(labels.SCORE_WORDS[scoring.word_of(mean)]) if content.labelled and mean is not None else None
