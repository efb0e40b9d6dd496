"""Sums of what was measured, by team, and values themselves where nobody is told apart by them. Pure."""

from collections import Counter
from collections.abc import Collection, Sequence
from operator import attrgetter
from typing import Any

from lms.evaluation.cells.exact import exact
from lms.evaluation.estimators.clusters import Part, design_effect
from lms.evaluation.estimators.ranks import order_place
from lms.evaluation.facts import Need
from lms.evaluation.masking import held_teams
from lms.evaluation.measures.case import Case, clusters, grouped, parts_by_team, persons
from lms.evaluation.measures.gain import PAIRS_TO_DRAW
from lms.evaluation.measures.scenario import CENTRAL
from lms.evaluation.measures.weekly import weekly_parts
from lms.evaluation.protocol import FrozenIndicator

Document = dict[str, Any]
Units = Sequence[tuple[float, ...]]


def rate(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Document:
    """Return events and exposure by team."""
    seen = [case for case in cases if case.value is not None]
    held = _held(entry, seen, smallest)
    return {
        "teams": [
            {"team": name, "masked": True, "events": None, "amount": None}
            if name in held
            else {
                "team": name,
                "masked": False,
                "events": round(sum(case.value or 0.0 for case in own)),
                "amount": exact(sum(case.exposure for case in own)),
            }
            for name, own in grouped(seen, attrgetter("team")).items()
        ]
    }


def mean(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Document:
    """Return by team how many values there are, their sum and that of their squares."""
    seen = [case for case in cases if case.value is not None]
    held = _held(entry, seen, smallest)
    units = {
        name: [(case.value or 0.0, 1.0) for case in own] for name, own in grouped(seen, attrgetter("team")).items()
    }
    return {"teams": _sums(units, held)}


def median(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Document:
    """Return the sums by team, and the ranked values of which the interval is made: the report tells them anyway."""
    values = sorted(case.value for case in cases if case.value is not None)
    place = order_place(len(values), entry.rule.level)
    ranked = [values[place - 1], values[-place]] if place else None
    return {**mean(entry, cases, smallest), "ranked": ranked}


def gain(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Document:
    """Return the sums by team, and the gains themselves where several people share each."""
    seen = [case for case in cases if case.value is not None]
    units = [(case.value or 0.0, 1.0) for case in seen]
    shared = _shared(units, entry, smallest)
    return {**mean(entry, cases, smallest), "units": shared, "ranks": len(seen) < PAIRS_TO_DRAW}


def ratio(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Document:
    """Return the sums by team of both parts of each person's, and the parts where several people share each."""
    seen = [case for case in cases if case.value is not None and case.exposure > 0]
    names = list(grouped(seen, attrgetter("team")))
    return _drawn(entry, dict(zip(names, parts_by_team(seen), strict=True)), _held(entry, seen, smallest), smallest)


def weekly(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Document:
    """Return the same of weeks: those active and those present, each week weighing alike."""
    seen = [case for case in cases if case.success is not None and case.group is not None]
    return _drawn(entry, weekly_parts(seen), _held(entry, seen, smallest), smallest)


def availability(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Document:
    """Return the minutes of each day: up, and scheduled; None where they are minutes of people's visits."""
    if Need.VISITS in entry.definition.needs:
        return {"units": None}
    seen = [case for case in cases if case.value is not None and case.exposure > 0]
    days = [
        (sum(case.value or 0.0 for case in day), sum(case.exposure for case in day))
        for day in grouped(seen, attrgetter("group")).values()
    ]
    return {"units": _shared(days, entry, smallest)}


def waiting(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Document:
    """Return the design effect, and how long things took where several people share each time."""
    seen = [case for case in cases if case.value is not None and case.success is not None]
    waits = [(case.value or 0.0, float(bool(case.success))) for case in seen]
    several = persons(seen) < len(seen)
    return {
        "deff": exact(design_effect(clusters(seen), entry.rule.icc0)) if seen and not several else None,
        "units": None if several else _shared(waits, entry, smallest),
    }


def scenario(_entry: FrozenIndicator, cases: Sequence[Case], _smallest: int) -> Document:
    """Return the figure under each assumption; none is about a person."""
    told = [(case.group == CENTRAL, case.value) for case in cases if case.value is not None]
    return {"scenarios": [{"central": central, "value": exact(value)} for central, value in told]}


def promoters(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Document:
    """Return the sums by team and how many there are of each kind."""
    kinds = Counter(case.value for case in cases if case.value is not None)
    return {**mean(entry, cases, smallest), "kinds": [kinds[1], kinds[0], kinds[-1]]}


def _drawn(entry: FrozenIndicator, teams: dict[str, list[Part]], held: Collection[str], smallest: int) -> Document:
    units = [part for own in teams.values() for part in own]
    return {"teams": _sums(teams, held), "units": _shared(units, entry, smallest)}


def _sums(teams: dict[str, list[Part]], held: Collection[str]) -> list[Document]:
    """Return by team how many units there are, both sums, and the sums of squares and of products."""
    names = ("n", "top", "bottom", "tops", "both", "bottoms")
    return [
        {"team": name, "masked": True, **dict.fromkeys(names)}
        if name in held
        else {
            "team": name,
            "masked": False,
            "n": len(own),
            "top": exact(sum(top for top, _ in own)),
            "bottom": exact(sum(bottom for _, bottom in own)),
            "tops": exact(sum(top * top for top, _ in own)),
            "both": exact(sum(top * bottom for top, bottom in own)),
            "bottoms": exact(sum(bottom * bottom for _, bottom in own)),
        }
        for name, own in teams.items()
    ]


def _held(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Collection[str]:
    if not entry.definition.people:
        return ()
    return held_teams(entry.definition, cases, smallest)


def _shared(units: Units, entry: FrozenIndicator, smallest: int) -> list[list[Any]] | None:
    """Return each different unit and how often it is there; None where fewer people than may be told share one."""
    counts = Counter(tuple(exact(part) for part in unit) for unit in units)
    if entry.definition.people and counts and min(counts.values()) < smallest:
        return None
    return [[*unit, count] for unit, count in sorted(counts.items())]
