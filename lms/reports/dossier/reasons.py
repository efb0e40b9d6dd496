"""Why something of an indicator is stated and cannot be recomputed from the dossier."""

from collections.abc import Mapping
from enum import StrEnum

from lms.evaluation.cells import Kind
from lms.kernel.languages import LazyString
from lms.kernel.languages import lazy_gettext as _l
from lms.reports.pilot.source import Row


class Why(StrEnum):
    """The reason."""

    HIDDEN = "hidden"
    VALUES = "values"
    TEAM = "team"
    PERSONS = "persons"
    GROUP = "group"
    CROSSED = "crossed"


WORDS: Mapping[Why, LazyString] = {
    Why.HIDDEN: _l("nothing was measured, or too few people are behind it for it to be shown"),
    Why.VALUES: _l(
        "its estimate and interval rest on single values (of people, days or readings), which are in no dossier"
    ),
    Why.TEAM: _l("a team is too small, or would tell on each of its members: the design effect rests on its counts"),
    Why.PERSONS: _l("too few people have as many cases: the design effect rests on their counts"),
    Why.GROUP: _l("a group is too small to be shown: the gap is stated"),
    Why.CROSSED: _l("team and group would be crossed, which is never shown: design effects of groups are stated"),
}
ALL = ("value", "design effect", "interval", "verdict", "reason")
WITHOUT_DEFF = ("value", "interval", "verdict", "reason")
RULE = ("verdict", "reason")


def openness(row: Row) -> tuple[tuple[str, ...], Why | None]:
    """Return what of an indicator can be recomputed, and why no more."""
    cells = row["cells"]
    if cells is None:
        return (), Why.HIDDEN
    match Kind(cells["kind"]):
        case Kind.CENSUS:
            return ("value", *RULE), None
        case Kind.SHARE:
            return _share(cells)
        case Kind.GAP:
            return _gap(cells)
        case _:
            return RULE, Why.VALUES


def _share(cells: Row) -> tuple[tuple[str, ...], Why | None]:
    if any(team["masked"] for team in cells["teams"]):
        return WITHOUT_DEFF, Why.TEAM
    return (WITHOUT_DEFF, Why.PERSONS) if cells["persons"] is None else (ALL, None)


def _gap(cells: Row) -> tuple[tuple[str, ...], Why | None]:
    if any(group["masked"] for group in cells["groups"]):
        return RULE, Why.GROUP
    return (ALL, None) if all(group["teams"] for group in cells["groups"]) else (WITHOUT_DEFF, Why.CROSSED)
