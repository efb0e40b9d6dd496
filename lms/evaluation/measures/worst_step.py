"""The step at which most of those who reached it stopped for good."""

from collections import Counter
from collections.abc import Sequence

from lms.evaluation.estimators.clusters import Cluster, design_effect, share
from lms.evaluation.measures.case import Case, clusters, persons
from lms.evaluation.verdict import Measure
from lms.kernel.intervals import Interval, wilson
from lms.progress.leaving import AT_RISK


def measure_worst_step(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the largest share of a step (`group`), with bounds that hold for every step.

    Steps reached by fewer than twenty are left aside, unless all are. The upper bound is the
    largest of all steps: *met* means that every step is within the threshold.
    """
    seen = [case for case in cases if case.success is not None and case.group is not None]
    every = _by_step(seen)
    if not every:
        return None
    sizes = {step: sum(team.members for team in teams) for step, teams in every.items()}
    steps = {step: teams for step, teams in every.items() if sizes[step] >= AT_RISK} or every
    deffs = {step: design_effect(teams, icc0) for step, teams in steps.items()}
    bounds = [wilson(_left(teams) / deffs[step], sizes[step] / deffs[step], level) for step, teams in steps.items()]
    worst = max(steps, key=lambda step: (share(steps[step]), step))
    return Measure(
        estimate=share(steps[worst]),
        interval=Interval(max(one.low for one in bounds), max(one.high for one in bounds)),
        numerator=_left(steps[worst]),
        denominator=sizes[worst],
        n=persons(seen),
        gate_n=round(min(sizes[step] for step in steps)),
        n_eff=sizes[worst] / deffs[worst],
        deff=deffs[worst],
        teams=len(clusters(seen)),
        details={"steps": len(steps), "worst_step": list(every).index(worst) + 1},
    )


def _by_step(cases: Sequence[Case]) -> dict[str, list[Cluster]]:
    """Return the teams of each step, steps in order."""
    reached = Counter((case.group or "", case.team) for case in cases)
    left = Counter((case.group or "", case.team) for case in cases if case.success)
    found: dict[str, list[Cluster]] = {}
    for key, members in sorted(reached.items()):
        found.setdefault(key[0], []).append(Cluster(left[key], members))
    return found


def _left(teams: Sequence[Cluster]) -> float:
    return sum(team.successes for team in teams)
