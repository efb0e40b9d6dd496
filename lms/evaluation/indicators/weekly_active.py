"""A2: who was active, week by week."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from lms.evaluation.facts import Facts
from lms.evaluation.indicators.definition import ICC_USE, NOT_MISSING, Definition, Family, Grouping
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.weekly import measure_weekly
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return one case per person and whole week present; a success worked in one of the modules."""
    members = {member.person: member for member in facts.members}
    weeks = facts.weeks()
    active = _active(facts, [first for first, _ in weeks])
    found = []
    for person, rows in facts.by_person().items():
        modules, throughout = {row.module for row in rows}, all(row.throughout for row in rows)
        for first, last in weeks:
            member = members.get(person)
            if rows[0].assigned_on <= first and (member is None or member.present(first, last)):
                success = not modules.isdisjoint(active[person, first])
                week = first.isoformat()
                found.append(Case(person, rows[-1].team, rows[-1].shift, success, throughout, group=week))
    return found


def _active(facts: Facts, firsts: Sequence[date]) -> dict[tuple[int, date], set[str]]:
    """Return the modules in which each person worked in each week, by its first day."""
    weeks: dict[tuple[int, date], set[str]] = defaultdict(set)
    for sitting in facts.sittings:
        day = facts.day(sitting.started_at)
        if firsts and day >= firsts[0]:
            weeks[sitting.person, day - (day - firsts[0]) % timedelta(weeks=1)].add(sitting.module)
    return weeks


WEEKLY_ACTIVE = Definition(
    code="A2",
    label=_l("Weekly active"),
    question=_l("Do people keep coming?"),
    family=Family.USAGE,
    unit=Unit.SHARE,
    numerator=_l("People who worked in a module in the week, averaged over whole weeks"),
    denominator=_l("People concerned who were present in the week"),
    direction=Direction.GE,
    n_min=30,
    min_teams=3,
    icc0=ICC_USE,
    method=_l(
        "Mean of the weekly shares; persons (from ten teams on, whole teams) are drawn again, the interval "
        "being widened for teams."
    ),
    missing_rule=NOT_MISSING,
    pitfalls=_l("What is new draws people: read the curve, not the mean alone."),
    cases=cases,
    measuring=measure_weekly,
    grouping=Grouping.WEEK,
)
