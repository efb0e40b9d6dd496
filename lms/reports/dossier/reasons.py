"""What of an indicator can be recomputed from the dossier, and why no more: the script itself says so."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lms.kernel.languages import LazyString
from lms.kernel.languages import lazy_gettext as _l
from lms.kernel.later import Later

Row = dict[str, Any]
# A program of its own, the size of ten of our files: who makes no dossier need not have it in memory.
recompute = Later("lms.reports.dossier.recompute")


class Why(StrEnum):
    """The reason, as the script names it."""

    HIDDEN = "hidden"
    TEAM = "team"
    PERSONS = "persons"
    GROUP = "group"
    CROSSED = "crossed"
    VALUES = "values"
    LEAVERS = "leavers"


WORDS: Mapping[Why, LazyString] = {
    Why.HIDDEN: _l("nothing was measured, or too few people are behind it for it to be shown"),
    Why.TEAM: _l("a team is too small, or would tell on each of its members"),
    Why.PERSONS: _l("too few people have as many cases"),
    Why.GROUP: _l("a group is too small to be shown"),
    Why.CROSSED: _l("team and group would be crossed, which is never shown"),
    Why.VALUES: _l("it rests on values of single people, which are in no dossier"),
    Why.LEAVERS: _l("so few people left early that leaving them out would tell what they did"),
}
NAMES: Mapping[str, LazyString] = {
    "value": _l("value"),
    "numerator": _l("numerator"),
    "denominator": _l("denominator"),
    "deff": _l("design effect"),
    "interval": _l("interval"),
    "ranked values": _l("the two ranked values of the interval"),
}
CHOICES: Mapping[str, LazyString] = {
    "icc_doubled": _l("teams twice as alike"),
    "per_protocol": _l("only those present throughout"),
    "without_team": _l("without one team"),
    "collapsed": _l("opinions on three points instead of five"),
}


def openness(told: Row, entry: Row) -> Row:
    """Return what of an indicator can be recomputed, and what is only stated, each with its reason.

    `told` is the indicator as the dossier gives it, `entry` as the protocol froze it.
    """
    if told["stated"]["value"] is None:
        return {"recomputed": [], "stated": {"value": Why.HIDDEN.value}, "fragile": {"recomputed": [], "stated": {}}}
    found = recompute.assessed(told, entry)
    return {name: found[name] for name in ("recomputed", "stated", "fragile")}
