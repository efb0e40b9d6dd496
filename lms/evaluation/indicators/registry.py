"""Every indicator by its code, in the order of a report."""

from lms.evaluation.indicators.completion import COMPLETION
from lms.evaluation.indicators.definition import Definition
from lms.evaluation.indicators.first_attempt import FIRST_ATTEMPT
from lms.evaluation.indicators.on_time import ON_TIME
from lms.evaluation.indicators.reach import REACH
from lms.evaluation.indicators.shift_gap import SHIFT_GAP

INDICATORS: dict[str, Definition] = {
    definition.code: definition for definition in (REACH, COMPLETION, ON_TIME, FIRST_ATTEMPT, SHIFT_GAP)
}
