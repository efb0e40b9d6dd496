"""Whom the audit met: how many, on which shifts, and what of the plan is not covered (section 1.1 D)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from lms.audit.models import PanelRole, Provenance
from lms.audit.texts import Count, MaybeWords, Name, Names, Part


class PanelShift(Part):
    """One role on one shift: how many were met, of how many in the company."""

    shift: Name
    met: Count | None = None
    in_company: Count | None = None


class PanelEntry(Part):
    """How many people of a role were to be met and were."""

    key: ClassVar[str] = "role"

    role: PanelRole
    asked: Count | None = None
    met: Count
    must_cover: MaybeWords = {}
    shifts: list[PanelShift] = []
    every_shift: bool = False
    seniority_bands: Names = []
    least_seniority_bands: Annotated[int, Field(ge=0, le=5)] = 0
    age_bands: Names = []
    least_age_bands: Annotated[int, Field(ge=0, le=5)] = 0
    profiles_asked: Names = []
    """Kinds of people who had to be among them, for example an occasional trainer."""
    profiles_met: Names = []
    provenance: Provenance = Provenance.ILLUSTRATIVE

    def in_company(self, shift: str = "") -> int | None:
        """Return how many of the role work on the shift, or at all; None where nobody said."""
        counts = [line.in_company for line in self.shifts if not shift or line.shift.casefold() == shift.casefold()]
        said = [count for count in counts if count is not None]
        return sum(said) if said and len(said) == len(counts) else None


class GapKind(StrEnum):
    """A rule of the panel that does not hold."""

    ROLE = "role"
    """Nobody of the role was met."""
    PEOPLE = "people"
    SHIFT = "shift"
    SENIORITY = "seniority"
    AGE = "age"
    PROFILE = "profile"


@dataclass(frozen=True)
class Gap:
    """What the panel does not cover."""

    role: PanelRole
    kind: GapKind
    missing: str = ""
    """The shift or the kind of people."""
    met: int = 0
    asked: int = 0


EXPECTED = (
    PanelRole.OPERATOR,
    PanelRole.TEAM_LEADER,
    PanelRole.MANAGER,
    PanelRole.TRAINER,
    PanelRole.HR,
    PanelRole.IT,
)
"""The roles that an audit meets."""


def gaps(panel: Sequence[PanelEntry], shifts: Sequence[str]) -> list[Gap]:
    """Return what of the plan is not covered, role by role; `shifts` are those of the site."""
    met = {entry.role for entry in panel if entry.met}
    listed = {entry.role for entry in panel}
    absent = [Gap(role, GapKind.ROLE) for role in EXPECTED if role not in listed | met]
    return [gap for entry in panel for gap in _gaps_of(entry, shifts)] + absent


def _gaps_of(entry: PanelEntry, shifts: Sequence[str]) -> Iterable[Gap]:
    if entry.asked is not None and entry.met < entry.asked:
        yield Gap(entry.role, GapKind.PEOPLE, met=entry.met, asked=entry.asked)
    if entry.every_shift:
        covered = {line.shift.casefold() for line in entry.shifts if line.met}
        for shift in shifts:
            if shift.casefold() not in covered:
                yield Gap(entry.role, GapKind.SHIFT, shift)
    for kind, bands, least in (
        (GapKind.SENIORITY, entry.seniority_bands, entry.least_seniority_bands),
        (GapKind.AGE, entry.age_bands, entry.least_age_bands),
    ):
        if len(bands) < least:
            yield Gap(entry.role, kind, met=len(bands), asked=least)
    present = {profile.casefold() for profile in entry.profiles_met}
    for profile in entry.profiles_asked:
        if profile.casefold() not in present:
            yield Gap(entry.role, GapKind.PROFILE, profile)
