"""How sure the figures of a wave are: intervals of what is shown, none of what is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.evaluation.estimators.bootstrap import drawn_again
from lms.kernel.intervals import Interval, wilson
from lms.progress.psychometrics import feldt
from lms.surveys import queries
from lms.surveys.models import Wave
from lms.surveys.queries import Response
from lms.surveys.results import GroupFigures, WaveFigures, scores_of


@dataclass(frozen=True)
class OfGroup:
    """Intervals of the figures of one group; None where a figure is not shown, or all scores are alike."""

    favourable: Interval | None
    """Of the share, by Wilson."""
    mean: Interval | None
    """Of the mean score, people being drawn again."""


@dataclass(frozen=True)
class Estimates:
    """Intervals of the figures of a wave."""

    groups: tuple[OfGroup, ...]
    """Of everyone, then of each group in the order of the figures."""
    alpha: Interval | None
    """Of Cronbach's alpha, by Feldt."""

    @property
    def favourable(self) -> Interval | None:
        """Return that of everyone's share."""
        return self.groups[0].favourable

    @property
    def mean(self) -> Interval | None:
        """Return that of everyone's mean score."""
        return self.groups[0].mean


def estimates(wave: Wave, result: WaveFigures) -> Estimates:
    """Return the intervals; people count one by one."""
    alpha, sheets = result.alpha, queries.responses_of(wave)
    return Estimates(
        groups=tuple(_of_group(wave, group, sheets) for group in (result.everyone, *result.groups)),
        alpha=feldt(alpha.value, alpha.people, alpha.items) if alpha else None,
    )


def _of_group(wave: Wave, group: GroupFigures, sheets: Sequence[Response]) -> OfGroup:
    shown = group.scores
    if shown.hidden:
        return OfGroup(None, None)
    own = [
        sheet
        for sheet in sheets
        if group.band in (None, sheet.role) and (not group.alone or sheet.shift == group.shift)
    ]
    scores = scores_of(wave.content, own, wave.scale_points)
    return OfGroup(wilson(shown.favourable, shown.n), drawn_again([(score, 1.0) for score in scores]))
