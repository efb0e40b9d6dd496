"""What every page says of figures that are not the plant's own."""

from lms.kernel.languages import gettext as _
from lms.reports.pilot.source import Source


def banner(found: Source) -> str:
    """Return the warning; empty when the figures are the plant's own."""
    if found.simulated:
        return _("Simulated figures: these people and their results say nothing about any real plant.")
    if found.illustrative:
        return _("Illustrative figures: nothing real may be concluded from them.")
    return ""
