"""Facts of a plant small enough to be counted by hand."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from lms.evaluation.facts import Assigned, Facts, Member, Outcome
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.verdict import Measure

START, AS_OF = date(2026, 3, 2), date(2026, 5, 31)
DUE = date(2026, 4, 30)
ZONE = "Europe/Paris"


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment so many days after the first one, in UTC."""
    return datetime(2026, 3, 2, hour, minute, tzinfo=UTC) + timedelta(days=day)


def on(day: int) -> date:
    return START + timedelta(days=day)


def member(person: int, team: str = "a", shift: str | None = "morning", **more: object) -> Member:
    return Member(person, team, shift, **{"joined_on": START, "left_on": None, **more})


def row(person: int, team: str = "a", shift: str | None = "morning", module: str = "m1", **more: object) -> Assigned:
    given = {
        "plan": f"plan-{module}", "recommendation": "P1", "assigned_on": START, "due_on": DUE, "throughout": True,
        **more,
    }  # fmt: skip
    return Assigned(person, team, shift, module=module, **given)


def outcome(started: int | None = 0, completed: int | None = None, **more: object) -> Outcome:
    """What came of a module, in days after the first."""
    given = {
        "started_on": None if started is None else on(started),
        "started_at": None if started is None else at(started),
        "completed_on": None if completed is None else on(completed),
        "completed_at": None if completed is None else at(completed, 10),
        "last_on": None if started is None else on(completed if completed is not None else started),
    }
    return Outcome(**{**given, **more})


def facts(rows: Iterable[Assigned], outcomes: Mapping[tuple[int, str], Outcome] = {}, **more: object) -> Facts:  # noqa: B006
    rows = tuple(rows)
    people = {one.person: member(one.person, one.team, one.shift) for one in rows}
    given = {"starts_on": START, "zone": ZONE, "members": tuple(people.values()), **more}
    return Facts(given.pop("as_of", AS_OF), rows, outcomes, **given)


def measured(code: str, found: Facts, icc0: float = 0.0) -> Measure | None:
    definition = INDICATORS[code]
    return definition.measuring(definition.cases(found), icc0, 0.95)


def further(code: str, found: Facts) -> Mapping[str, float | None]:
    return INDICATORS[code].further(found)


def successes(code: str, found: Facts) -> dict[int, bool | None]:
    return {case.person: case.success for case in INDICATORS[code].cases(found)}
