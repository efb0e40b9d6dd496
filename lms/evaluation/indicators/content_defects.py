"""F3: how often content is reported as wrong."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from lms.delivery.models import HelpCategory
from lms.delivery.queries import Help
from lms.evaluation.estimators.times import Wait, median_time
from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import terminals
from lms.evaluation.indicators.definition import ICC_USE, NOT_MISSING, RATE, Counted, Definition, Family, Further, Level
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.rate import measure_rate
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import lazy_gettext as _l


def cases(facts: Facts) -> list[Case]:
    """Return the completions, after which something could be reported, and the reports."""
    where = {row.person: (row.team, row.shift) for row in facts.assigned}
    completions = [
        Case(row.person, row.team, row.shift, value=0.0, exposure=1 / terminals.HUNDRED)
        for row in facts.assigned
        if facts.outcome(row).completed_on is not None
    ]
    return completions + [
        Case(one.person_id, *where[one.person_id], value=1.0, exposure=0.0)
        for one in _reports(facts)
        if one.person_id in where
    ]


def further(facts: Facts) -> Further:
    """Return the median hours until a report was settled."""
    end = datetime.combine(facts.as_of + timedelta(days=1), time(), ZoneInfo(facts.zone))
    waits = [
        Wait(max(((one.resolved_at or end) - one.asked_at).total_seconds() / 3600, 0.0), one.resolved_at is not None)
        for one in _reports(facts)
    ]
    return {"hours_to_fix": median_time(waits).value if waits else None}


def _reports(facts: Facts) -> list[Help]:
    modules = {row.module for row in facts.assigned}
    numbers = {work.module_id for work in facts.works if work.code in modules}
    return [one for one in facts.help_requests if one.category is HelpCategory.CONTENT and one.module_id in numbers]


CONTENT_DEFECTS = Definition(
    code="F3",
    label=_l("Content defects"),
    question=_l("Is the content right?"),
    family=Family.CONDITIONS,
    unit=Unit.PER_HUNDRED,
    numerator=_l("Reports from a kiosk that something in a module is wrong"),
    denominator=_l("Hundreds of modules completed"),
    direction=Direction.LE,
    n_min=100,
    min_teams=3,
    icc0=ICC_USE,
    method=RATE,
    missing_rule=NOT_MISSING,
    pitfalls=_l("More reports may be a good sign: people care."),
    cases=cases,
    measuring=measure_rate,
    level=Level.USE,
    needs=frozenset({Need.WORK, Need.HELP, Need.MODULES}),
    counted=Counted.COMPLETIONS,
    further=further,
)
