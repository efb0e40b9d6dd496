"""What figures beside an indicator's value are called, and in what they are told."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.evaluation.units import Unit
from lms.kernel.languages import LazyString
from lms.kernel.languages import lazy_gettext as _l


@dataclass(frozen=True)
class Detail:
    """The words for a further figure and its unit; None for a bare number."""

    words: LazyString
    unit: Unit | None = None


DETAILS: Mapping[str, Detail] = {
    "assignments_completed": Detail(_l("Assignments completed (C1b)"), Unit.SHARE),
    "weeks": Detail(_l("Whole weeks"), Unit.COUNT),
    "designed_ratio": Detail(_l("Median ratio to the time it is meant to take"), Unit.SHARE),
    "steps": Detail(_l("Steps that enough people reached"), Unit.COUNT),
    "worst_step": Detail(_l("Place of the worst step, from 1"), Unit.COUNT),
    "pairs": Detail(_l("People with both tests"), Unit.COUNT),
    "before_only": Detail(_l("People with the first test only"), Unit.COUNT),
    "after_only": Detail(_l("People with the second test only"), Unit.COUNT),
    "no_test": Detail(_l("People without a test"), Unit.COUNT),
    "mean_before": Detail(_l("Mean score before"), Unit.SHARE),
    "mean_after": Detail(_l("Mean score after"), Unit.SHARE),
    "class_gain": Detail(_l("Gain as a share of what could be gained"), Unit.SHARE),
    "mean_change": Detail(_l("Mean change of each person (Marx-Cummings)"), None),
    "due_later": Detail(_l("People who had passed and whose later test was due"), Unit.COUNT),
    "still_passing": Detail(_l("Of them, those who pass the later test"), Unit.SHARE),
    "attempts_each": Detail(_l("Attempts each, on average")),
    "alpha": Detail(_l("Cronbach’s alpha of the quiz that most people took")),
    "standard_error": Detail(_l("Standard error of measurement, in marks")),
    "median_delay": Detail(_l("Median delay of what began offline"), Unit.MINUTES),
}
