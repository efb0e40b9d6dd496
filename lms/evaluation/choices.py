"""What is chosen while a pilot is designed, as actions take it. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from lms.evaluation.designs import Comparison


@dataclass(frozen=True)
class Design:
    """What a pilot is before its protocol is frozen."""

    title: Mapping[str, str]
    starts_on: date
    ends_on: date
    team_ids: Collection[int]
    """All teams, those of the comparison group included."""
    illustrative: bool = False
    population: Mapping[str, str] = field(default_factory=dict)
    """Whom the pilot is about, in words."""
    inclusion: Mapping[str, str] = field(default_factory=dict)
    exclusion: Mapping[str, str] = field(default_factory=dict)
    comparison: Comparison = Comparison.ONE_GROUP
    compared_ids: Collection[int] = ()
    """Those of the teams that are the comparison group."""
    points_before: int | None = None
    """Weekly points from before the start, for an interrupted series."""


@dataclass(frozen=True)
class TeamStep:
    """What one team does when, where the design staggers teams."""

    team_id: int
    starts_on: date | None = None
    modules: Collection[str] = ()
    """Codes, in their order."""


@dataclass(frozen=True)
class Baseline:
    """What an indicator was before the pilot, and where that is known from."""

    value: float
    """In the indicator's unit."""
    source: str
    n: int | None = None
    window: str = ""
    """From when to when it was measured, in words."""
    comparable: bool = False
    """Whether it was measured in the same way on people like these."""

    def document(self) -> dict[str, Any]:
        """Return the baseline as it is stored, frozen and printed."""
        return asdict(self)


@dataclass(frozen=True)
class Choice:
    """An indicator chosen for a recommendation; None takes the definition's default."""

    indicator: str
    recommendation_id: int
    threshold: float
    ambition: float | None = None
    modules: Collection[str] = ()
    """Empty: all modules planned for the recommendation."""
    critical: bool = True
    primary: bool = True
    n_min: int | None = None
    min_teams: int | None = None
    icc0: float | None = None
    options: Mapping[str, list[str]] = field(default_factory=dict)
    """What the indicator is told beyond its modules, by the names its definition gives."""
    baseline: Baseline | None = None


@dataclass(frozen=True)
class Departure:
    """What is to change of a frozen protocol, and why."""

    field: str
    """`ends_on` (an ISO day), or a field of `protocol.AMENDABLE` for an indicator."""
    after: object
    reason: str
    data_seen: bool
    indicator: str | None = None


@dataclass(frozen=True)
class Signatory:
    """Who stands for a protocol as it is frozen."""

    name: str
    role: str = ""
    on: date | None = None
    """The day of the signature; None: the day of the freeze."""


COMMAND_LINE = Signatory("command line")
"""Who freezes from a script without naming anyone."""
