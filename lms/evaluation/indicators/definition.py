"""What an indicator says of itself: printed, and frozen with the protocol."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from lms.evaluation.facts import Facts
from lms.evaluation.measures import Case, Measuring
from lms.evaluation.verdict import Direction
from lms.kernel.languages import LazyString
from lms.kernel.languages import lazy_gettext as _l


class Family(StrEnum):
    """The chapter of a report in which an indicator stands."""

    USAGE = "usage"
    LEARNING = "learning"
    EQUITY = "equity"


class Unit(StrEnum):
    """How the value is written."""

    SHARE = "share"
    POINTS = "points"
    """A difference of two shares, 0 to 1, written in percentage points."""


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


POPULATION = _l(
    "Everyone in the pilot teams on the first day, and joiners with at least 14 days of presence; "
    "leavers stay counted. Trainers and administrators are left out by role."
)
WINDOW = _l("From the day of assignment to the end of the cut-off day, plant time.")
WILSON = _l("Wilson’s score interval on the effective number (teams are clusters).")
FAILURES = _l("Someone without an outcome counts as a failure (intention to train).")
