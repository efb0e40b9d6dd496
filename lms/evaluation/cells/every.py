"""The cells of each indicator, by how it is measured, and those of the variants of its verdict. Pure."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Any

from lms.evaluation.cells import counts, values
from lms.evaluation.masking import held_shifts, held_teams
from lms.evaluation.measures.adoption import measure_adoption
from lms.evaluation.measures.availability import measure_availability
from lms.evaluation.measures.case import Case, Measuring, grouped, people_counted
from lms.evaluation.measures.census import measure_census, measure_items, measure_number, measure_part
from lms.evaluation.measures.gain import measure_gain
from lms.evaluation.measures.gap import measure_gap
from lms.evaluation.measures.mean import measure_score
from lms.evaluation.measures.median import measure_median
from lms.evaluation.measures.promoters import measure_promoters
from lms.evaluation.measures.rate import measure_rate
from lms.evaluation.measures.ratio import measure_ratio
from lms.evaluation.measures.representation import measure_representation
from lms.evaluation.measures.scenario import measure_scenario
from lms.evaluation.measures.share import measure_share, measure_share_of_units
from lms.evaluation.measures.waiting import measure_waiting, measure_waiting_of_units
from lms.evaluation.measures.weekly import measure_weekly
from lms.evaluation.measures.worst_step import measure_worst_step
from lms.evaluation.protocol import FrozenIndicator
from lms.kernel.suppression import reveals_everyone

Document = dict[str, Any]
Making = Callable[[FrozenIndicator, Sequence[Case], int], Document]


class Kind(StrEnum):
    """By which formulas a stranger recomputes an indicator from its cells."""

    SHARE = "share"
    ADOPTION = "adoption"
    CENSUS = "census"
    NUMBER = "number"
    GAP = "gap"
    STEPS = "steps"
    REPRESENTATION = "representation"
    RATE = "rate"
    MEAN = "mean"
    MEDIAN = "median"
    GAIN = "gain"
    RATIO = "ratio"
    WEEKLY = "weekly"
    AVAILABILITY = "availability"
    WAITING = "waiting"
    PROMOTERS = "promoters"
    SCENARIO = "scenario"


def _nothing(_entry: FrozenIndicator, _cases: Sequence[Case], _smallest: int) -> Document:
    return {}


KINDS: Mapping[Measuring, tuple[Kind, Making]] = {
    measure_share: (Kind.SHARE, counts.share),
    measure_share_of_units: (Kind.SHARE, counts.share),
    measure_adoption: (Kind.ADOPTION, counts.share),
    measure_census: (Kind.CENSUS, _nothing),
    measure_items: (Kind.CENSUS, _nothing),
    measure_part: (Kind.CENSUS, _nothing),
    measure_number: (Kind.NUMBER, _nothing),
    measure_gap: (Kind.GAP, counts.gap),
    measure_worst_step: (Kind.STEPS, counts.steps),
    measure_representation: (Kind.REPRESENTATION, counts.represented),
    measure_rate: (Kind.RATE, values.rate),
    measure_score: (Kind.MEAN, values.mean),
    measure_median: (Kind.MEDIAN, values.median),
    measure_gain: (Kind.GAIN, values.gain),
    measure_ratio: (Kind.RATIO, values.ratio),
    measure_weekly: (Kind.WEEKLY, values.weekly),
    measure_availability: (Kind.AVAILABILITY, values.availability),
    measure_waiting: (Kind.WAITING, values.waiting),
    measure_waiting_of_units: (Kind.WAITING, values.waiting),
    measure_promoters: (Kind.PROMOTERS, values.promoters),
    measure_scenario: (Kind.SCENARIO, values.scenario),
}


def cells(
    entry: FrozenIndicator, cases: Sequence[Case], smallest: int, collapsed: Sequence[Case] | None = None
) -> Document:
    """Return what of an indicator's cases may be given to anyone; `collapsed` are opinions on three points.

    Only a verdict has variants: of a secondary indicator there are none.
    """
    kind, make = KINDS[entry.definition.measuring]
    found = {"kind": kind.value, **make(entry, cases, smallest)}
    if not entry.primary:
        return found
    present = [case for case in cases if case.throughout]
    told = may_be_parted(entry, cases, present, smallest)
    return {
        **found,
        "per_protocol": make(entry, present, smallest) if told else None,
        "collapsed": make(entry, collapsed, smallest) if collapsed else None,
    }


def may_be_parted(entry: FrozenIndicator, cases: Sequence[Case], present: Sequence[Case], smallest: int) -> bool:
    """Whether counts with and without those who left early tell of nobody.

    They differ by nobody, or by enough people in each team, of whom they do not say the same; and
    the same teams and shifts are held back in both.
    """
    gone = [case for case in cases if not case.throughout]
    groups = [present, gone, *grouped(gone, attrgetter("team")).values()]
    counts = [people_counted(own) for own in groups if own]
    if any(people < smallest for _, people in counts):
        return False
    if entry.definition.sensitive and any(reveals_everyone(*one, smallest) for one in counts):
        return False
    held = [
        (held_teams(entry.definition, own, smallest), held_shifts(entry.definition, own, smallest))
        for own in (cases, present)
    ]
    return bool(present) and held[0] == held[1]
