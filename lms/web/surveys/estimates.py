"""How sure the figures of a wave are: intervals of what is shown, none of what is not."""

from dataclasses import dataclass

from lms.evaluation.estimators.bootstrap import drawn_again
from lms.kernel.intervals import Interval, wilson
from lms.progress.psychometrics import feldt
from lms.surveys import queries
from lms.surveys.models import Wave
from lms.surveys.results import WaveFigures, scores_of


@dataclass(frozen=True)
class Estimates:
    """Intervals of the figures of everyone; None where the figure is not shown."""

    favourable: Interval | None
    """Of the share, by Wilson."""
    mean: Interval | None
    """Of the mean score, people being drawn again."""
    alpha: Interval | None
    """Of Cronbach's alpha, by Feldt."""


def estimates(wave: Wave, result: WaveFigures) -> Estimates:
    """Return the intervals; people count one by one."""
    shown, alpha = result.everyone.scores, result.alpha
    return Estimates(
        favourable=None if shown.hidden else wilson(shown.favourable, shown.n),
        mean=None if shown.hidden else _mean(wave),
        alpha=feldt(alpha.value, alpha.people, alpha.items) if alpha else None,
    )


def _mean(wave: Wave) -> Interval | None:
    scores = scores_of(wave.content, queries.responses_of(wave), wave.scale_points)
    return drawn_again([(score, 1.0) for score in scores])
