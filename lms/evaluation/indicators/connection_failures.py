"""K3: how often signing in or a request fails."""

from collections import Counter

from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import terminals
from lms.evaluation.indicators.definition import NOT_MISSING, Counted, Definition, Family, Further, Grouping, Scope
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.rate import measure_rate
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l
from lms.people.models import SignInOutcome

FAILED = frozenset(
    {SignInOutcome.UNKNOWN, SignInOutcome.WRONG_SECRET, SignInOutcome.THROTTLED, SignInOutcome.NOT_ALLOWED}
)


def cases(facts: Facts) -> list[Case]:
    """Return the visits, in which a failure could happen, and the failures; kiosks are the clusters."""
    visits = [
        Case(visit.person_id, terminals.kiosk(visit.terminal_id), None, value=0.0, exposure=1 / terminals.HUNDRED)
        for visit in terminals.visits_here(facts)
    ]
    failures = Counter(one.terminal_id for one in facts.tries if one.outcome in FAILED)
    failures.update({terminal: 0 for terminal, _ in facts.kept.zones})
    for day in facts.service:
        failures[day.terminal_id] += day.slow_requests
    return visits + [
        Case(-terminal, terminals.kiosk(terminal), None, value=float(count), exposure=0.0)
        for terminal, count in sorted(failures.items())
        if count
    ]


def further(facts: Facts) -> Further:
    """Return the failures of each kind for a hundred sessions."""
    hundreds = len(terminals.visits_here(facts)) / terminals.HUNDRED
    if not hundreds:
        return {}
    outcomes = Counter(one.outcome for one in facts.tries if one.outcome in FAILED)
    wrong = outcomes[SignInOutcome.WRONG_SECRET]
    return {
        "wrong_pins": wrong / hundreds,
        "other_sign_in_failures": (outcomes.total() - wrong) / hundreds,
        "slow_requests": sum(day.slow_requests for day in facts.service) / hundreds,
    }


CONNECTION_FAILURES = Definition(
    code="K3",
    label=_l("Connection failures"),
    question=_l("Does signing in work?"),
    family=Family.CONDITIONS,
    unit=Unit.PER_HUNDRED,
    numerator=_l(
        "Failed sign-ins, and requests that failed or took ten seconds or more, at the kiosks of the pilot’s workshops"
    ),
    denominator=_l("Hundreds of sessions at these kiosks"),
    direction=Direction.LE,
    n_min=100,
    min_teams=1,
    icc0=0.0,
    method=_l(
        "Exact Poisson interval, wider where kiosks differ more than chance makes them; from ten kiosks on, "
        "whole kiosks are drawn again."
    ),
    missing_rule=NOT_MISSING,
    pitfalls=_l("A wrong PIN is not a network that fails: both are told apart."),
    cases=cases,
    measuring=measure_rate,
    scope=Scope.PILOT,
    needs=frozenset({Need.VISITS, Need.TRIES, Need.SERVICE, Need.ZONES}),
    counted=Counted.SESSIONS,
    grouping=Grouping.NONE,
    further=further,
)
