"""How what a course came to is stored. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from lms.progress.rules import Before, Course, StandingFacts, Trail, days_worked, trail

_MOMENTS = frozenset(
    {
        *("started_at", "last_at", "completed_at", "renewed_at", "acknowledged_at"),
        *("began_at", "first_ended_at", "returned_at"),
    }
)


def stored(course: Course, day: Callable[[datetime], date]) -> dict[str, Any]:
    """Return what is kept of a course; `day` gives the day of a moment."""
    beyond = trail(course)
    return {
        "standing": {name: _text(value) for name, value in asdict(course.standing).items()},
        "trail": {name: _text(value) for name, value in asdict(beyond).items()} if beyond else None,
        "completions": [at.isoformat() for at in course.completions],
        "days": {on.isoformat(): seconds for on, seconds in days_worked(course, day).items()},
    }


def read(kept: Mapping[str, Any], up_to: int) -> Before:
    """Return the course that was kept."""
    told = kept.get("trail")
    standing = {field.name: _value(field.name, kept["standing"][field.name]) for field in fields(StandingFacts)}
    return Before(
        standing=StandingFacts(**standing),
        completions=tuple(map(datetime.fromisoformat, kept["completions"])),
        days={date.fromisoformat(on): seconds for on, seconds in kept["days"].items()},
        up_to=up_to,
        trail=Trail(**{name: _value(name, value) for name, value in told.items()}) if told else None,
    )


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _value(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in _MOMENTS and value is not None else value
