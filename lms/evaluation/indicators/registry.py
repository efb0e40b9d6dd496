"""Every indicator by its code, in the order of the evaluation reference, section 2.4."""

from lms.evaluation.indicators.activation import ACTIVATION
from lms.evaluation.indicators.active_time import ACTIVE_TIME
from lms.evaluation.indicators.age_gap import AGE_GAP
from lms.evaluation.indicators.calendar_delay import CALENDAR_DELAY
from lms.evaluation.indicators.calibration import CALIBRATION
from lms.evaluation.indicators.completion import COMPLETION
from lms.evaluation.indicators.definition import Definition
from lms.evaluation.indicators.drop_off import DROP_OFF
from lms.evaluation.indicators.first_attempt import FIRST_ATTEMPT
from lms.evaluation.indicators.gain import GAIN
from lms.evaluation.indicators.mastery import MASTERY
from lms.evaluation.indicators.offline import OFFLINE
from lms.evaluation.indicators.on_time import ON_TIME
from lms.evaluation.indicators.quiz_quality import QUIZ_QUALITY
from lms.evaluation.indicators.reach import REACH
from lms.evaluation.indicators.representativeness import REPRESENTATIVENESS
from lms.evaluation.indicators.retention import RETENTION
from lms.evaluation.indicators.revisits import REVISITS
from lms.evaluation.indicators.shift_gap import SHIFT_GAP
from lms.evaluation.indicators.team_adoption import TEAM_ADOPTION
from lms.evaluation.indicators.weekly_active import WEEKLY_ACTIVE

_IN_ORDER: tuple[Definition, ...] = (
    *(REACH, REPRESENTATIVENESS, ACTIVATION),
    *(TEAM_ADOPTION, WEEKLY_ACTIVE, REVISITS),
    *(COMPLETION, ON_TIME, ACTIVE_TIME, CALENDAR_DELAY, DROP_OFF),
    *(OFFLINE,),
    *(FIRST_ATTEMPT, GAIN, RETENTION, MASTERY, CALIBRATION, QUIZ_QUALITY),
    *(SHIFT_GAP, AGE_GAP),
)

INDICATORS: dict[str, Definition] = {definition.code: definition for definition in _IN_ORDER}
