"""What is said of each kiosk on each shift, and of points of vigilance."""

from collections.abc import Sequence

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.evaluation.monitoring.access import Access, Remark, Side
from lms.reports import words

SIDES: dict[Side, tuple[LazyString, str, str]] = {
    Side.CANNOT: (_l("Out of reach"), "warning", "triangle-alert"),
    Side.DO_NOT: (_l("Within reach, little used"), "special", "users"),
    Side.COME: (_l("In use"), "success", "check"),
    Side.UNKNOWN: (_l("Cannot be told"), "neutral", "circle-help"),
}
"""What the remarks come to, with the kind and the sign of its badge."""


def sentences(access: Access, found: Sequence[Remark]) -> list[str]:
    """Return the remarks in words, in their order."""
    return [_sentence(remark, access) for remark in found]


def _sentence(remark: Remark, access: Access) -> str:
    match remark:
        case Remark.NO_HOURS:
            return _("Its hours of service are not entered.")
        case Remark.SHORT_HOURS:
            return _short(access)
        case Remark.SILENT:
            return _("Heard of in only %(share)s of its service.", share=_percent(access.heard))
        case Remark.CODES:
            refused = (access.wrong_pins or 0) + (access.unknown_badges or 0)
            return _("%(number)s refused codes for 100 visits: signing in stands in the way.", number=_whole(refused))
        case Remark.BUSY:
            return _("%(share)s of the visits found every kiosk taken.", share=_percent(access.contended))
        case Remark.SLOW:
            return _("%(seconds)s s before the first content.", seconds=_whole(access.wait))
        case Remark.CUT_SHORT:
            return _("%(share)s of the visits are broken off before the end.", share=_percent(access.abandoned))
        case Remark.HELP:
            return _("%(number)s calls for help for 100 visits.", number=_whole(access.helped))
        case _:
            return str(_USE[remark])


_USE: dict[Remark, LazyString] = {
    Remark.NEVER: _l("Nobody came."),
    Remark.LITTLE: _l("Fewer than half of the people of this shift came."),
    Remark.FEW: _l("Too few people for figures."),
    Remark.USED: _l("At least half of the people of this shift came."),
}


def _short(access: Access) -> str:
    if not access.hours:
        return _("Not in service during this shift.")
    return _(
        "In service only %(hours)s h of the shift’s %(whole)s h.",
        hours=words.number(access.hours),
        whole=words.number(access.shift_hours),
    )


def _percent(share: float | None) -> str:
    return words.percent(None if share is None else round(share, 2))


def _whole(value: float | None) -> str:
    return words.number(value, 0)
