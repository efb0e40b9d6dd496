"""What an indicator says of itself: printed, and frozen with the protocol."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.periods import OverTime
from lms.evaluation.measures.case import Case, Measuring
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import LazyString
from lms.kernel.languages import lazy_gettext as _l


class Family(StrEnum):
    """The chapter of a report in which an indicator stands (evaluation reference, section 8)."""

    USAGE = "usage"
    LEARNING = "learning"
    TRANSFER = "transfer"
    PERCEPTION = "perception"
    EQUITY = "equity"
    CONDITIONS = "conditions"
    COSTS = "costs"
    GOVERNANCE = "governance"


class Level(StrEnum):
    """Kirkpatrick's level, or where an indicator stands outside it (evaluation reference, section 2.4)."""

    USE = "0"
    REACTION = "1"
    LEARNING = "2"
    BEHAVIOUR = "3"
    RESULTS = "4"
    RETURN = "5"
    INPUT = "input"
    GOVERNANCE = "governance"


class Counted(StrEnum):
    """What the least number counts."""

    PEOPLE = "people"
    PAIRS = "pairs"
    SESSIONS = "sessions"
    ANSWERS = "answers"
    ATTEMPTS = "attempts"
    AT_RISK = "at_risk"
    REQUESTS = "requests"
    COMPLETIONS = "completions"
    SIGN_OFFS = "sign_offs"
    MODULES = "modules"
    POSTS = "posts"
    TEAMS = "teams"
    ACTIONS = "actions"
    POINTS = "points"
    DAYS = "days"
    READINGS = "readings"


class Scope(StrEnum):
    """Whose facts an indicator reads."""

    PLANS = "plans"
    """Those whom the plans for its recommendation concern, and the modules planned."""
    PILOT = "pilot"
    """Everyone of the pilot teams, and everything that happened there."""


class Grouping(StrEnum):
    """By what an indicator's counts are broken down: one breakdown each, and no other."""

    TEAM = "team"
    SHIFT = "shift"
    AGE_BAND = "age_band"
    EASE = "ease"
    ITEM = "item"
    WEEK = "week"
    KIND = "kind"
    NONE = "none"


class OptionKind(StrEnum):
    """What an indicator can be told beyond its modules."""

    MODULES = "modules"
    TASKS = "tasks"
    WORDS = "words"
    """What the option itself offers."""


@dataclass(frozen=True)
class Option:
    """Something an indicator must or may be told when it is chosen."""

    name: str
    kind: OptionKind
    label: LazyString
    required: bool
    words: tuple[tuple[str, LazyString], ...] = ()
    """What may be chosen, with its words, where neither modules nor tasks are."""


Further = Mapping[str, float | None]

ICC_USE, ICC_QUIZ = 0.10, 0.05
"""Planning floors of the ICC: use and completion, quizzes (evaluation reference, section 3.3)."""


@dataclass(frozen=True)
class Definition:
    """One indicator: its words, its defaults, how its cases are counted and measured."""

    code: str
    label: LazyString
    question: LazyString
    family: Family
    unit: Unit
    numerator: LazyString
    denominator: LazyString
    direction: Direction
    n_min: int
    min_teams: int
    icc0: float
    method: LazyString
    missing_rule: LazyString
    pitfalls: LazyString
    cases: Callable[[Facts], list[Case]]
    measuring: Measuring
    sensitive: bool = False
    """A group where everybody failed, or nobody, tells on everyone: masked under twice the least size."""
    level: Level = Level.USE
    counted: Counted = Counted.PEOPLE
    people_min: int = 0
    """The least number of persons, where `n_min` counts something else."""
    scope: Scope = Scope.PLANS
    needs: frozenset[Need] = frozenset({Need.WORK})
    grouping: Grouping = Grouping.TEAM
    counts_all: bool = False
    """Everything there is is counted: a threshold may be all or nothing."""
    ruled: bool = True
    """Whether it may ever get a verdict; some are context only, whatever the numbers."""
    ruled_if_compared: bool = False
    """Context only as well, unless the pilot froze a comparison group."""
    opinion: bool = False
    """Rests on opinions: groups under ten are masked, and few answers settle nothing."""
    collapsed: Callable[[Facts], list[Case]] | None = None
    """The cases with opinions of five points taken as three: a sensitivity line (section 1.3)."""
    people: bool = True
    """Whether the figure is one about people: of too few it is not shown."""
    response: Callable[[Facts], float | None] | None = None
    """Answers over those invited, of a survey."""
    further: Callable[[Facts], Further] | None = None
    """Figures to show beside the value, by name."""
    options: tuple[Option, ...] = ()
    before: Callable[[Facts], list[Case]] | None = None
    """The cases as they were before the pilot, where that is known."""
    behind: Callable[[Facts], Mapping[str, int]] | None = None
    """How many people stand behind each group, where the cases are none and the groups tell of people all the same."""
    over_time: OverTime | None = None
    """What it comes to in each team and period, where it can be observed before a team starts."""
    tested: bool = False
    """A gain between tests: with modules in two orders, the module still to come is its comparison."""

    def group(self, case: Case) -> str | None:
        """Return the group of a case in the indicator's one breakdown."""
        if self.grouping is Grouping.TEAM:
            return case.team
        if self.grouping is Grouping.SHIFT:
            return case.shift
        return None if self.grouping is Grouping.NONE else case.group


POPULATION = _l(
    "Everyone in the pilot teams on the first day, and joiners with at least 14 days of presence; "
    "leavers stay counted. Trainers and administrators are left out by role."
)
WINDOW = _l("From the day of assignment to the end of the cut-off day, plant time.")
PILOT_WINDOW = _l("From the pilot’s first day to the end of the cut-off day, plant time.")
WILSON = _l("Wilson’s score interval on the effective number (teams are clusters).")
CENSUS = _l("Everything there is was counted: no interval.")
PERSONS_TOO = _l("Wilson’s score interval on the effective number (teams and persons are clusters).")
KAPLAN_MEIER = _l(
    "Kaplan-Meier median with its log-log interval; Greenwood’s variance is multiplied by the design effect. "
    "What had not ended by the cut-off day stays in it."
)
RATE = _l(
    "Exact Poisson interval, wider where teams differ more than chance makes them; from ten teams on, whole teams "
    "are drawn again."
)
PAIRED = _l(
    "Bootstrap interval (BCa, fixed seed) of the mean; under twenty pairs the Hodges-Lehmann estimate with its exact "
    "interval. Widened for teams; from ten teams on, whole teams are drawn."
)
TASKS = Option("tasks", OptionKind.TASKS, _l("Tasks at the post"), required=False)
SURVEYED = _l("Wilson’s score interval on the effective number; shifts are clusters, since an answer tells no team.")
SCORED = _l("Mean with Student’s interval, widened for shifts: they are the clusters, since an answer tells no team.")
OF_ANSWERS = _l(
    "Unanswered questions are left out. When fewer than 60 % of those invited answered, the verdict stays open."
)
COST = _l("The central figure between the least and the most favourable scenario: costs have no sampling interval.")
NONE_NEEDED = _l("While one of the figures needed lacks, there is nothing to measure.")
TOO_RARE = _l("Too rare and too mixed with other causes for a pilot: no verdict without a comparison group.")
NOT_MISSING = _l("What was not recorded did not happen: nothing can be missing.")
LEFT_OUT = _l(
    "Those without an outcome are left out and counted; above 20 % of them, the verdict must be the same whether "
    "they had all failed or all succeeded."
)
TESTS = Option("tests", OptionKind.MODULES, _l("Modules that serve as tests, in equal forms"), required=True)
FAILURES = _l("Someone without an outcome counts as a failure (intention to train).")
