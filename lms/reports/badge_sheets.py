"""Printed badges: a square code, name and personal code each, as a PDF to be cut.

The square code holds a badge's secret number: a sheet is drawn when it is asked for, given
once and kept nowhere.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from lms.kernel.branding import actions as branding
from lms.kernel.languages import gettext as _
from lms.kernel.languages import speaking
from lms.reports import drawing, typography


@dataclass(frozen=True)
class PrintedBadge:
    """What one badge shows."""

    name: str
    code: str
    """The personal code, to be typed where nothing reads the square."""
    team: str
    number: str
    """What the square code holds: digits."""


def pdf(badges: Sequence[PrintedBadge], language: str) -> bytes:
    """Return a sheet of badges, ten on a page, with marks along which to cut."""
    with speaking(language):
        sheet = {
            "language": language,
            "site": branding.current().name,
            "title": _("Badges"),
            "code_words": _("Personal code"),
            "advice": _("Show the square to the reader of the kiosk."),
            "badges": [asdict(badge) | {"alt": _("Square code of %(name)s", name=badge.name)} for badge in badges],
        }
    return drawing.draw("badges", typography.for_print(sheet))
