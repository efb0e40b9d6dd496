"""When kiosks are used: sittings by shift and hour of the day."""

from typing import Any
from zoneinfo import ZoneInfo

from lms.evaluation.facts import Facts
from lms.kernel.suppression import hidden_people

Document = dict[str, Any]
Cell = tuple[str, int]


def hours(facts: Facts, smallest: int) -> list[Document] | None:
    """Return the sittings begun in each hour by each shift; hours in which too few people came are masked.

    A cell without anyone is shown as 0; what is left over when the masked ones are taken
    from a total holds the least number of people too.
    """
    shifts = {member.person: member.shift for member in facts.members if member.shift is not None}
    zone = ZoneInfo(facts.zone)
    people: dict[Cell, set[int]] = {}
    counts: dict[Cell, int] = {}
    for one in facts.sittings:
        if one.person in shifts:
            cell = (shifts[one.person], one.started_at.astimezone(zone).hour)
            people.setdefault(cell, set()).add(one.person)
            counts[cell] = counts.get(cell, 0) + 1
    if not counts:
        return None
    held = hidden_people(people, smallest)
    return [
        _cell(shift, hour, counts.get((shift, hour), 0), masked=(shift, hour) in held)
        for shift in sorted({shift for shift, _ in counts})
        for hour in range(24)
    ]


def _cell(shift: str, hour: int, sittings: int, *, masked: bool) -> Document:
    return {"shift": shift, "hour": hour, "sittings": None if masked else sittings, "masked": masked}
