"""Every indicator by its code, in the order of the evaluation reference, section 2.4."""

from lms.evaluation.indicators.actions_on_time import ACTIONS_ON_TIME
from lms.evaluation.indicators.activation import ACTIVATION
from lms.evaluation.indicators.active_time import ACTIVE_TIME
from lms.evaluation.indicators.age_gap import AGE_GAP
from lms.evaluation.indicators.authoring_effort import AUTHORING_EFFORT
from lms.evaluation.indicators.autonomy import AUTONOMY
from lms.evaluation.indicators.availability import AVAILABILITY
from lms.evaluation.indicators.break_even import BREAK_EVEN
from lms.evaluation.indicators.calendar_delay import CALENDAR_DELAY
from lms.evaluation.indicators.calibration import CALIBRATION
from lms.evaluation.indicators.completion import COMPLETION
from lms.evaluation.indicators.connection_failures import CONNECTION_FAILURES
from lms.evaluation.indicators.content_defects import CONTENT_DEFECTS
from lms.evaluation.indicators.contention import CONTENTION
from lms.evaluation.indicators.cost_per_hour import COST_PER_HOUR
from lms.evaluation.indicators.cost_per_skill import COST_PER_SKILL
from lms.evaluation.indicators.coverage import COVERAGE
from lms.evaluation.indicators.defects import DEFECTS
from lms.evaluation.indicators.definition import Definition
from lms.evaluation.indicators.drop_off import DROP_OFF
from lms.evaluation.indicators.ease_gap import EASE_GAP
from lms.evaluation.indicators.ergonomics import ERGONOMICS
from lms.evaluation.indicators.first_attempt import FIRST_ATTEMPT
from lms.evaluation.indicators.first_sign_off import FIRST_SIGN_OFF
from lms.evaluation.indicators.freshness import FRESHNESS
from lms.evaluation.indicators.gain import GAIN
from lms.evaluation.indicators.help_requests import HELP_REQUESTS
from lms.evaluation.indicators.hours_per_head import HOURS_PER_HEAD
from lms.evaluation.indicators.incidents import INCIDENTS
from lms.evaluation.indicators.informed import INFORMED
from lms.evaluation.indicators.interrupted import INTERRUPTED
from lms.evaluation.indicators.mastery import MASTERY
from lms.evaluation.indicators.offline import OFFLINE
from lms.evaluation.indicators.on_time import ON_TIME
from lms.evaluation.indicators.out_of_hours import OUT_OF_HOURS
from lms.evaluation.indicators.own_production import OWN_PRODUCTION
from lms.evaluation.indicators.payroll_share import PAYROLL_SHARE
from lms.evaluation.indicators.progression import PROGRESSION
from lms.evaluation.indicators.promoters import PROMOTERS
from lms.evaluation.indicators.quiz_quality import QUIZ_QUALITY
from lms.evaluation.indicators.reach import REACH
from lms.evaluation.indicators.representativeness import REPRESENTATIVENESS
from lms.evaluation.indicators.response_rate import RESPONSE_RATE
from lms.evaluation.indicators.retention import RETENTION
from lms.evaluation.indicators.revisits import REVISITS
from lms.evaluation.indicators.satisfaction import SATISFACTION
from lms.evaluation.indicators.shift_gap import SHIFT_GAP
from lms.evaluation.indicators.sign_off import SIGN_OFF
from lms.evaluation.indicators.team_adoption import TEAM_ADOPTION
from lms.evaluation.indicators.time_to_help import TIME_TO_HELP
from lms.evaluation.indicators.trainer_adoption import TRAINER_ADOPTION
from lms.evaluation.indicators.transfer import TRANSFER
from lms.evaluation.indicators.usability import USABILITY
from lms.evaluation.indicators.usefulness import USEFULNESS
from lms.evaluation.indicators.utilisation import UTILISATION
from lms.evaluation.indicators.vigilance import VIGILANCE
from lms.evaluation.indicators.weekly_active import WEEKLY_ACTIVE

_IN_ORDER: tuple[Definition, ...] = (
    *(REACH, REPRESENTATIVENESS, ACTIVATION),
    *(TEAM_ADOPTION, WEEKLY_ACTIVE, REVISITS, TRAINER_ADOPTION),
    *(COMPLETION, ON_TIME, ACTIVE_TIME, CALENDAR_DELAY, DROP_OFF, INTERRUPTED),
    *(UTILISATION, CONTENTION, CONNECTION_FAILURES, OFFLINE, AVAILABILITY),
    *(HELP_REQUESTS, TIME_TO_HELP),
    *(FIRST_ATTEMPT, GAIN, RETENTION, MASTERY, CALIBRATION, QUIZ_QUALITY),
    *(SIGN_OFF, FIRST_SIGN_OFF, PROGRESSION, TRANSFER, AUTONOMY, COVERAGE),
    *(DEFECTS, INCIDENTS),
    *(SATISFACTION, USEFULNESS, USABILITY, ERGONOMICS, PROMOTERS),
    *(AUTHORING_EFFORT, FRESHNESS, CONTENT_DEFECTS, OWN_PRODUCTION),
    *(COST_PER_HOUR, COST_PER_SKILL, HOURS_PER_HEAD, PAYROLL_SHARE, BREAK_EVEN),
    *(SHIFT_GAP, AGE_GAP, EASE_GAP, OUT_OF_HOURS),
    *(INFORMED, ACTIONS_ON_TIME, VIGILANCE, RESPONSE_RATE),
)

INDICATORS: dict[str, Definition] = {definition.code: definition for definition in _IN_ORDER}
