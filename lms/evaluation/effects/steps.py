"""Starts by steps: what starting changes in the figure of a team and period. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import fmean
from typing import Any

from lms.evaluation.designs import LEAST_TEAMS, Comparison, Step
from lms.evaluation.effects.told import Change, Why, difference, from_interval
from lms.evaluation.estimators.wedge import Steps, wedge
from lms.evaluation.facts import Facts
from lms.evaluation.indicators.periods import Part, Span
from lms.evaluation.protocol import FrozenIndicator
from lms.evaluation.rounding import rounded
from lms.kernel.suppression import reveals_everyone

Document = dict[str, Any]
DESIGN = Comparison.STEPPED_WEDGE
FURTHER: Document = {"periods": [], "ways": None}


@dataclass(frozen=True)
class Cell:
    """One team in one period."""

    value: float
    people: frozenset[int]
    counts: tuple[float, float]
    """The sums that the value divides."""


@dataclass(frozen=True)
class Panel:
    """Teams with a figure in each of some periods."""

    spans: tuple[Span, ...]
    starts: Mapping[str, int]
    """By team: the place of the first period in which it had started."""
    cells: Mapping[tuple[str, int], Cell]
    left_out: int
    """Periods of the pilot for which some team has no figure."""


def spans(steps: Sequence[Step], first: date, last: date) -> list[Span]:
    """Return the periods between one start and the next, from the pilot's first day to the cut-off."""
    starts = {step.starts_on for step in steps if step.starts_on and first < step.starts_on <= last}
    days = sorted({first, *starts})
    return [Span(day, (days[place + 1] - timedelta(days=1)) if place + 1 < len(days) else last)
            for place, day in enumerate(days)]  # fmt: skip


def change(entry: FrozenIndicator, facts: Facts, steps: Sequence[Step], smallest: int) -> Change:
    """Return what starting changes of an indicator; `facts` are those it reads."""
    found = Change(DESIGN, difference(entry.definition.unit), Why.ONLY_AFTER, level=entry.rule.level, further=FURTHER)
    if entry.definition.over_time is None:
        return found
    every = spans(steps, facts.starts_on, facts.as_of)
    own = panel(entry.definition.over_time(facts, every), every, steps)
    if own is None:
        return replace(found, why=Why.NO_DATA)
    people = frozenset[int]().union(*(cell.people for cell in own.cells.values()))
    if entry.definition.people and len(people) < smallest:
        return replace(found, why=Why.SMALL)
    return _measured(replace(found, people=len(people) if entry.definition.people else None), own, entry, smallest)


def panel(parts: Sequence[Part], every: Sequence[Span], steps: Sequence[Step]) -> Panel | None:
    """Return the figures of teams by period: without teams that never have one, nor periods where one lacks it."""
    cells = _cells(parts)
    teams = [step for step in steps if step.starts_on and any(team == step.team for team, _ in cells)]
    kept = [place for place in range(len(every)) if all((step.team, place) in cells for step in teams)]
    if not teams or not kept:
        return None
    chosen = tuple(every[place] for place in kept)
    return Panel(
        spans=chosen,
        starts={step.team: sum(span.first < step.starts_on for span in chosen) for step in teams if step.starts_on},
        cells={(step.team, now): cells[step.team, place] for step in teams for now, place in enumerate(kept)},
        left_out=len(every) - len(kept),
    )


def _cells(parts: Sequence[Part]) -> dict[tuple[str, int], Cell]:
    grouped: dict[tuple[str, int], list[Part]] = {}
    for part in parts:
        grouped.setdefault((part.team, part.place), []).append(part)
    found = {}
    for key, own in grouped.items():
        top, bottom = sum(part.top for part in own), sum(part.bottom for part in own)
        if bottom > 0:
            people = frozenset(part.person for part in own if part.person is not None)
            found[key] = Cell(top / bottom, people, (top, bottom))
    return found


def _measured(found: Change, own: Panel, entry: FrozenIndicator, smallest: int) -> Change:
    order = sorted(own.starts)
    rows = [
        Steps(own.starts[team], tuple(own.cells[team, now].value for now in range(len(own.spans)))) for team in order
    ]
    measured = wedge(rows, found.level) if len(own.spans) > 1 else None
    spread = [{"from": span.first.isoformat(), "to": span.last.isoformat()} for span in own.spans]
    found = replace(
        found,
        teams=len(order),
        left_out=own.left_out,
        rows=_rows(own, entry, smallest),
        further={"periods": spread, "ways": measured.ways if measured else None},
    )
    if measured is None:
        return replace(found, why=Why.FEW_PERIODS)
    found = replace(found, value=measured.change.value, cells=_told(own, order, entry, smallest))
    if len(order) < LEAST_TEAMS[DESIGN]:
        return replace(found, why=Why.FEW_TEAMS)
    interval = measured.change.interval
    without = Why.FEW_WAYS if measured.ways * (1 - found.level) / 2 < 1 else Why.ALIKE
    return replace(found, why=from_interval(interval, without), interval=interval)


def _rows(own: Panel, entry: FrozenIndicator, smallest: int) -> list[Document]:
    """Return the means of both kinds of teams in each period: all or none, for the change is a sum of them."""
    kinds = [
        [[own.cells[team, now] for team, start in own.starts.items() if (start <= now) is started]
         for started in (False, True)]
        for now in range(len(own.spans))
    ]  # fmt: skip
    shown = all(_may_be_shown(cells, entry, smallest) for both in kinds for cells in both if cells)
    return [
        {f"{name}{part}": told for name, cells in zip(("without", "with"), both, strict=True)
         for part, told in (("", _mean(cells) if shown else None), ("_teams", len(cells)))}
        for both in kinds
    ]  # fmt: skip


def _mean(cells: Sequence[Cell]) -> float | str | None:
    return rounded(fmean(cell.value for cell in cells)) if cells else None


def _told(own: Panel, order: Sequence[str], entry: FrozenIndicator, smallest: int) -> list[Document] | None:
    """Return each team's figures; all or none, so that nothing follows by a subtraction."""
    if not all(_may_be_shown([cell], entry, smallest) for cell in own.cells.values()):
        return None
    return [
        {
            "team": team,
            "start": own.starts[team],
            "values": [list(map(rounded, own.cells[team, now].counts)) for now in range(len(own.spans))],
        }
        for team in order
    ]


def _may_be_shown(cells: Sequence[Cell], entry: FrozenIndicator, smallest: int) -> bool:
    if not entry.definition.people:
        return True
    people = len(frozenset[int]().union(*(cell.people for cell in cells)))
    if people < smallest:
        return False
    top, bottom = (sum(cell.counts[which] for cell in cells) for which in (0, 1))
    extreme = 0 if top == 0 else people if top == bottom else 1
    return not (entry.definition.sensitive and reveals_everyone(extreme, people, smallest))
