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
    "confidence": Detail(_l("How sure people said to be, on average"), Unit.SHARE),
    "right_answers": Detail(_l("Share of right answers among them"), Unit.SHARE),
    "alpha": Detail(_l("Cronbach’s alpha of the quiz that most people took")),
    "standard_error": Detail(_l("Standard error of measurement, in marks")),
    "median_delay": Detail(_l("Median delay of what began offline"), Unit.MINUTES),
    "not_yet_acquired": Detail(_l("Observed, not yet acquired"), Unit.COUNT),
    "not_observed": Detail(_l("Not observed in time"), Unit.COUNT),
    "observers": Detail(_l("Observers"), Unit.COUNT),
    "observer_spread": Detail(_l("From the strictest to the most lenient observer"), Unit.POINTS),
    "downward": Detail(_l("Moves to a lower level"), Unit.MOVES),
    "upward_before": Detail(_l("Moves to a higher level in the half year before"), Unit.MOVES),
    "automatic_moves": Detail(_l("Moves that a completed module gave"), Unit.COUNT),
    "had_opportunity": Detail(_l("Had the opportunity (TRA2)"), Unit.SHARE),
    "observed_by_leaders": Detail(_l("Score given by team leaders"), Unit.SCORE),
    "days_before": Detail(_l("Median of those who began before the pilot"), Unit.DAYS),
    "people_before": Detail(_l("People who began before the pilot"), Unit.COUNT),
    "nobody": Detail(_l("Mastered by nobody"), Unit.COUNT),
    "one_person": Detail(_l("Mastered by one person only"), Unit.COUNT),
    "rate_before": Detail(_l("Rate of the year before")),
    "baseline_days": Detail(_l("Days read of the year before"), Unit.COUNT),
    "total_cost": Detail(_l("What the pilot cost"), Unit.EURO),
    "completed_hours": Detail(_l("Hours completed"), Unit.HOURS),
    "classroom_per_hour": Detail(_l("Cost of an hour in a classroom"), Unit.EURO),
    "acquired": Detail(_l("Sign-offs acquired"), Unit.COUNT),
    "lifted": Detail(_l("Points lifted"), Unit.COUNT),
    "called_away": Detail(_l("Called to production"), Unit.COUNT),
    "left_untouched": Detail(_l("Left untouched until they ended"), Unit.COUNT),
    "busiest_shift": Detail(_l("In the shift that uses them most"), Unit.SHARE),
    "wrong_pins": Detail(_l("Wrong PINs"), Unit.PER_HUNDRED),
    "other_sign_in_failures": Detail(_l("Other failed sign-ins"), Unit.PER_HUNDRED),
    "slow_requests": Detail(_l("Requests that failed or took ten seconds"), Unit.PER_HUNDRED),
    "help_kiosk": Detail(_l("About the kiosk"), Unit.PER_HUNDRED),
    "help_unclear": Detail(_l("Something was not understood"), Unit.PER_HUNDRED),
    "help_content": Detail(_l("Something in the module was wrong"), Unit.PER_HUNDRED),
    "help_other": Detail(_l("Other requests"), Unit.PER_HUNDRED),
    "undeclared": Detail(_l("Modules without declared hours"), Unit.COUNT),
    "hours_to_fix": Detail(_l("Median hours until a report was settled"), Unit.HOURS),
}
