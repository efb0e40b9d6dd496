"""From a protocol and facts to the figures that are stored and shown. Pure.

Figures are rounded to six decimals once decided on, so that their text is the same
wherever it is computed; groups under the least size are masked here, so that nothing
downstream can show them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from lms.evaluation.beside import Figure, held_beside
from lms.evaluation.cells.every import cells, may_be_parted
from lms.evaluation.chances import n_to_settle
from lms.evaluation.comparing import Arms, comparison
from lms.evaluation.effects import every as effects
from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.completion import COMPLETION
from lms.evaluation.indicators.definition import Definition, Scope
from lms.evaluation.indicators.reach import REACH
from lms.evaluation.indicators.weekly_active import WEEKLY_ACTIVE
from lms.evaluation.masking import held_groups, held_teams
from lms.evaluation.measures.case import Case, grouped, people_counted
from lms.evaluation.population import Population, persons
from lms.evaluation.protocol import FrozenIndicator, FrozenProtocol
from lms.evaluation.rounding import rounded, written
from lms.evaluation.said_and_did import said_and_did
from lms.evaluation.sensitivity import Choice, Judged, Variant, is_fragile, variants
from lms.evaluation.series.every import series
from lms.evaluation.series.quantiles import quantiles
from lms.evaluation.units import Unit
from lms.evaluation.verdict import (
    Evidence,
    Measure,
    Reason,
    Ruling,
    Verdict,
    judge,
    weigh,
)
from lms.kernel.intervals import Interval
from lms.kernel.jobs.kinds import Report, silent
from lms.kernel.suppression import hidden_groups

Document = dict[str, Any]


def figures(protocol: FrozenProtocol, population: Population, facts: Facts, report: Report = silent) -> Document:
    """Return every figure of an evaluation: indicators, recommendations, flow, series of the charts.

    The first step that is reported is what was read before; then each indicator is one.
    """
    indicators: list[Document] = []
    held = held_back(protocol, [(entry, facts) for entry in protocol.indicators], facts)
    for entry in protocol.indicators:
        report(len(indicators) + 1, len(protocol.indicators) + 1)
        indicators.append(_indicator(entry, facts, protocol, beside=entry.code in held))
    return {
        "indicators": indicators,
        "recommendations": _recommendations(protocol, indicators),
        "flow": _flow(population, facts, protocol.smallest_group),
        "series": series(protocol, facts),
        "said_and_did": said_and_did(protocol, facts),
        "simulated": any(row.simulated for row in population.assigned),
    }


def provisional(
    entry: FrozenIndicator, facts: Facts, protocol: FrozenProtocol, *, beside: bool = False
) -> tuple[Document, frozenset[int]]:
    """Return what an indicator comes to so far, without a verdict, and the persons who have an outcome.

    The figures are those that an evaluation of the same facts has; `beside` says that they are held back
    for what is told beside them.
    """
    cases, measure = _observed(entry, facts, protocol)
    shown = None if beside else _shown(entry, measure, protocol)
    figures = {**_identity(entry), **_measured(shown), "masked": measure is not None and shown is None}
    return figures, frozenset(case.person for case in cases if _told(case) and case.person > 0)


TOLD_OF_ALL = (REACH, COMPLETION, WEEKLY_ACTIVE)
"""What is told of everybody too, whatever recommendation asked them: as the flow of people, and by shift."""


def held_back(
    protocol: FrozenProtocol, entries: Iterable[tuple[FrozenIndicator, Facts]], everybody: Facts
) -> frozenset[str]:
    """Return the codes of those that must not be told beside others (`beside`); those with a verdict are told first.

    Each entry comes with the facts that it is about.
    """
    asking = [one for one in entries if one[0].definition.scope is Scope.PLANS and one[0].definition.people]
    often = Counter(entry.definition.code for entry, _ in asking) + Counter(one.code for one in TOLD_OF_ALL)
    asking = sorted((one for one in asking if often[one[0].definition.code] > 1), key=lambda one: not one[0].primary)
    known = {entry.definition.code for entry, _ in asking}
    told = [_figure("", one, protocol.smallest_group, everybody) for one in TOLD_OF_ALL if one.code in known]
    return held_beside(
        told,
        [
            _figure(entry.code, entry.definition, _smallest(entry, protocol), scope(entry, facts))
            for entry, facts in asking
            if _shown(entry, _observed(entry, facts, protocol)[1], protocol)
        ],
    )


def _figure(code: str, definition: Definition, smallest: int, scoped: Facts) -> Figure:
    cases = definition.cases(scoped)
    modules: dict[int, set[str]] = defaultdict(set)
    for row in scoped.assigned:
        modules[row.person].add(row.module)
    each = Counter(case.person for case in cases) == Counter({person: len(own) for person, own in modules.items()})
    asked = {
        person: [frozenset([module]) for module in sorted(own)] if each else [frozenset(own)]
        for person, own in modules.items()
    }
    return Figure(code, definition, smallest, [case for case in cases if _told(case) and case.person in asked], asked)


def _observed(entry: FrozenIndicator, facts: Facts, protocol: FrozenProtocol) -> tuple[list[Case], Measure | None]:
    """Return the cases of those who try, and what they come to."""
    definition, rule, arms = entry.definition, entry.rule, Arms(protocol.compared)
    if definition.needs == {Need.WORK} and not facts.work_recorded:
        return [], None  # Whether nobody came or nothing was kept cannot be told.
    trying = arms.trying(scope(entry, facts))
    cases = arms.tried(definition.cases(trying))
    return cases, _completed(definition, trying, definition.measuring(cases, rule.icc0, rule.level))


def _smallest(entry: FrozenIndicator, protocol: FrozenProtocol) -> int:
    return protocol.smallest_opinions if entry.definition.opinion else protocol.smallest_group


def _shown(entry: FrozenIndicator, measure: Measure | None, protocol: FrozenProtocol) -> Measure | None:
    may_be = measure is not None and _may_be_shown(entry.definition, measure, _smallest(entry, protocol))
    return measure if may_be else None


def _indicator(entry: FrozenIndicator, facts: Facts, protocol: FrozenProtocol, *, beside: bool) -> Document:
    definition, rule = entry.definition, entry.rule
    cases, measure = _observed(entry, facts, protocol)
    smallest, shown = _smallest(entry, protocol), None if beside else _shown(entry, measure, protocol)
    ruling = Ruling(Verdict.INCONCLUSIVE, Reason.BESIDE_ANOTHER, None) if beside else _judged(entry, measure, shown)
    scoped, arms = scope(entry, facts), Arms(protocol.compared)
    collapsed = arms.tried(definition.collapsed(arms.trying(scoped))) if definition.collapsed else None
    judged = Judged(cases, definition.measuring, shown, rule, collapsed) if shown and entry.primary else None
    tried = variants(judged) if judged else []
    return {
        **_identity(entry),
        **_measured(shown),
        **_ruled(entry, ruling, shown, tried),
        "missing": _missing(shown),
        "sensitivity": _sensitivity(entry, tried, cases, smallest) if shown else [],
        "groups": _groups(entry, cases, smallest, scoped) if shown else [],
        "groups_before": _before(entry, scoped, smallest) if shown else None,
        "cells": cells(entry, cases, smallest, collapsed) if shown else None,
        "quantiles": quantiles(cases) if shown else None,
        "comparison": _compared(entry, scoped, arms, shown, protocol),
        "change": None if beside else effects.change(entry, facts, protocol, scope),
    }


def _judged(entry: FrozenIndicator, measure: Measure | None, shown: Measure | None) -> Ruling:
    """Return the ruling; a figure that may not be shown gets no verdict that would tell of it."""
    if measure is not None and shown is None:
        return Ruling(Verdict.INCONCLUSIVE, Reason.N_TOO_SMALL, None)
    return judge(measure, entry.rule)


def _compared(
    entry: FrozenIndicator, scoped: Facts, arms: Arms, shown: Measure | None, protocol: FrozenProtocol
) -> Document | None:
    if not arms.compared:
        return None
    others = arms.waited(entry.definition.cases(arms.waiting(scoped)))
    measured = entry.definition.measuring(others, entry.rule.icc0, entry.rule.level)
    return comparison(_shown(entry, measured, protocol), shown, entry.rule)


def _completed(definition: Definition, facts: Facts, measure: Measure | None) -> Measure | None:
    """Return the measure with what the facts add to the cases: the response rate, figures beside it."""
    if measure is None:
        return None
    if definition.response:
        measure = replace(measure, response_rate=definition.response(facts))
    if definition.further:
        measure = replace(measure, details={**measure.details, **definition.further(facts)})
    return measure


def scope(entry: FrozenIndicator, facts: Facts) -> Facts:
    """Return the facts that an indicator of a protocol reads."""
    if entry.definition.scope is Scope.PLANS:
        return replace(facts.of(entry.recommendation, entry.modules), options=entry.options)
    return replace(facts, options=entry.options, modules=entry.modules)


def _may_be_shown(definition: Definition, measure: Measure, smallest: int) -> bool:
    """Whether the figure tells of enough people; what is no figure about people is always shown.

    Where it is sensitive, none or all of a few would tell of each of them.
    """
    if not definition.people:
        return True
    extreme = measure.numerator in (0, measure.denominator) and measure.numerator is not None
    if definition.sensitive and extreme and measure.n < 2 * smallest:
        return False
    return measure.n >= smallest


def _identity(entry: FrozenIndicator) -> Document:
    rule, definition = entry.rule, entry.definition
    return {
        "code": entry.code,
        "indicator": definition.code,
        "recommendation": entry.recommendation,
        "modules": list(entry.modules),
        "unit": definition.unit.value,
        "counted": definition.counted.value,
        "grouping": definition.grouping.value,
        "threshold": rule.threshold,
        "ambition": entry.ambition,
        "direction": rule.direction.value,
        "level": rule.level,
        "icc0": rule.icc0,
        "n_min": rule.n_min,
        "people_min": rule.people_min,
        "min_teams": rule.min_teams,
        "critical": entry.critical,
        "primary": entry.primary,
        "baseline": entry.baseline,
    }


_FIGURES = (
    "value", "numerator", "denominator", "n", "counted_n", "n_eff", "deff", "teams", "low", "high", "basis",
    "response_rate", "details",
)  # fmt: skip


def _measured(measure: Measure | None) -> Document:
    if measure is None:
        return dict.fromkeys(_FIGURES)
    interval = measure.interval
    return {
        "value": rounded(measure.estimate),
        "numerator": written(measure.numerator),
        "denominator": written(measure.denominator),
        "n": measure.n,
        "counted_n": measure.gate_n,
        "n_eff": rounded(measure.n_eff),
        "deff": rounded(measure.deff),
        "teams": measure.teams,
        "low": rounded(interval.low) if interval else None,
        "high": rounded(interval.high) if interval else None,
        "basis": measure.basis.value,
        "response_rate": written(measure.response_rate),
        "details": {name: written(figure) for name, figure in measure.details.items()},
    }


def _ruled(entry: FrozenIndicator, ruling: Ruling, measure: Measure | None, tried: Sequence[Variant]) -> Document:
    """A secondary indicator keeps its interval and gets no verdict."""
    needed = None
    if measure is not None and ruling.verdict is Verdict.INCONCLUSIVE and entry.definition.unit is Unit.SHARE:
        needed = n_to_settle(measure.estimate, entry.rule.threshold, measure.deff, entry.rule.level)
    return {
        "constat": ruling.reaches if measure else None,
        "verdict": ruling.verdict.value if entry.primary else None,
        "reason": ruling.reason.value,
        "fragile": is_fragile(ruling.verdict, tried) if entry.primary else None,
        "n_to_settle": needed,
    }


def _missing(measure: Measure | None) -> Document | None:
    if measure is None or measure.missing is None or not measure.missing.count:
        return None
    missing = measure.missing
    return {
        "count": missing.count,
        "share": rounded(missing.share),
        "worst": _bounds(missing.worst),
        "best": _bounds(missing.best),
    }


def _sensitivity(
    entry: FrozenIndicator, tried: Sequence[Variant], cases: Sequence[Case], smallest: int
) -> list[Document]:
    """Return the variants as far as they tell of nobody: an interval gives away the counts that it is made of.

    Leaving out a team that is not told is not told. Of those present throughout the verdict alone is,
    where few left early.
    """
    least = smallest if entry.definition.people else 1
    held = held_teams(entry.definition, [case for case in cases if _told(case)], least)
    parted = may_be_parted(entry, cases, [case for case in cases if case.throughout], least)
    return [
        {
            "choice": variant.choice.value,
            "detail": variant.detail,
            **(_bounds(variant.interval) if variant.interval and (parted or not is_partly) else _UNTOLD),
            "verdict": variant.verdict.value,
            "flips": variant.flips,
        }
        for variant in tried
        if not (variant.choice is Choice.WITHOUT_TEAM and variant.detail in held)
        for is_partly in [variant.choice is Choice.PER_PROTOCOL]
    ]


_UNTOLD = {"low": None, "high": None}


def _before(entry: FrozenIndicator, scoped: Facts, smallest: int) -> list[Document] | None:
    """Return the same counts as they were before the pilot; None where that is not known."""
    if entry.definition.before is None:
        return None
    return _groups(entry, entry.definition.before(scoped), smallest, scoped) or None


def _groups(entry: FrozenIndicator, cases: Sequence[Case], smallest: int, scoped: Facts) -> list[Document]:
    """Return the counts by the indicator's one breakdown, small groups masked.

    What is no share shows how many people each group has, and the mean of what was measured.
    """
    definition = entry.definition
    found = grouped([case for case in cases if _told(case)], definition.group)
    counts = {name: _count(group) for name, group in found.items()}
    # Groups of days, modules or questions tell of nobody.
    least = smallest if definition.people else 1
    hidden = held_groups(definition, [case for case in cases if _told(case)], least)
    if definition.behind:
        hidden |= hidden_groups(definition.behind(scoped), smallest)
    return [
        {
            "group": name,
            "numerator": None if name in hidden else counts[name][0],
            "denominator": None if name in hidden else counts[name][1],
            "mean": None if name in hidden else _mean(found[name]),
            "masked": name in hidden,
        }
        for name in found
    ]


def _told(case: Case) -> bool:
    return case.success is not None or case.value is not None


def _count(cases: Sequence[Case]) -> tuple[int, int]:
    measured = any(case.value is not None for case in cases)
    return sum(bool(case.success) for case in cases), people_counted(cases)[1] if measured else len(cases)


def _mean(cases: Sequence[Case]) -> float | str | None:
    """Return the sum of what was measured over what it is divided by: a mean, or a rate."""
    seen = [case for case in cases if case.value is not None]
    exposure = sum(case.exposure for case in seen)
    return rounded(sum(case.value or 0.0 for case in seen) / exposure) if exposure else None


def _recommendations(protocol: FrozenProtocol, indicators: Sequence[Document]) -> list[Document]:
    found = []
    for recommendation in protocol.recommendations:
        own = [one for one in indicators if one["recommendation"] == recommendation["code"]]
        evidence = [Evidence(Verdict(one["verdict"]) if one["verdict"] else None, one["critical"]) for one in own]
        verdict, reason = weigh(recommendation["testable"] != "no", evidence)
        codes = [one["code"] for one in own]
        found.append({"code": recommendation["code"], "verdict": verdict, "reason": reason, "indicators": codes})
    return found


def _flow(population: Population, facts: Facts, smallest: int) -> Document:
    """Return how many people remained at each step; all hidden when so few are concerned."""
    people = facts.by_person()
    outcomes = {person: [facts.outcome(row) for row in rows] for person, rows in people.items()}
    steps = {
        "roster": population.roster,
        "left_out_by_role": population.left_out_by_role,
        "too_short": population.too_short,
        "concerned": len(persons(population.assigned)),
        "joined_later": population.joined_later,
        "left_before_end": population.left_before_end,
        "started": sum(any(one.started_on for one in own) for own in outcomes.values()),
        "attempted": sum(any(one.first_passed is not None for one in own) for own in outcomes.values()),
        "completed_all": sum(all(one.completed_on for one in own) for own in outcomes.values()),
    }
    return steps if steps["concerned"] >= smallest else dict.fromkeys(steps)


def _bounds(interval: Interval) -> Document:
    return {"low": rounded(interval.low), "high": rounded(interval.high)}
