"""Readings from a file: sent, shown, then kept."""

from flask import url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms.evaluation.readings import importing
from lms.evaluation.readings.series import SERIES
from lms.kernel import waiting
from lms.kernel.clock import now, today
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.web.audits.readings.wording import UNITS
from lms.web.shared import lists
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.uploads import accepts_files

_SHOWN_AT = "audits.preview_readings"


@requires(Permission.ENTER_READINGS)
@accepts_files
def import_readings() -> str | Response | tuple[str, int]:
    """Take a file of readings and lead on to what it would add."""
    template = "audits/readings/import.html"
    return lists.ask(_read, _SHOWN_AT, template, titles=importing.TITLES, series=SERIES, units=UNITS)


@requires(Permission.ENTER_READINGS)
def preview_readings(file: str) -> str:
    """Show what the file would add; change nothing."""
    teams = {team.id: team.name for team in people.teams()}
    shown = _read(waiting.read(file))
    return lists.show(shown, "audits/readings/preview.html", series=SERIES, units=UNITS, teams=teams)


@requires(Permission.ENTER_READINGS)
def apply_readings(file: str) -> Response:
    """Keep what was shown, if it is still the same."""
    return lists.apply(file, _read, _keep, _SHOWN_AT, url_for("audits.readings"))


def _read(source: bytes) -> importing.Preview:
    return importing.preview(source, now(), today())


def _keep(shown: importing.Preview, _name: str) -> str:
    importing.apply(shown, by=somebody().id, now=now())
    return ngettext("%(num)s figure was kept.", "%(num)s figures were kept.", len(shown.steps))
