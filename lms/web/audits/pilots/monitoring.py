"""A pilot while it runs: provisional figures, watch-points, access to kiosks; and the alerts elsewhere."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from lms.evaluation import queries
from lms.evaluation.jobs import MONITORING
from lms.evaluation.models import Pilot
from lms.evaluation.monitoring import queries as following
from lms.evaluation.monitoring.access import Access, Remark, Side, remarks, side
from lms.evaluation.monitoring.queries import Followed, Monitoring
from lms.evaluation.monitoring.watching import Watchpoint
from lms.evaluation.monitoring.weekly import first_cut_off
from lms.evaluation.units import SCALES, Unit
from lms.kernel.clock import today
from lms.kernel.jobs import actions as jobs
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.reports import words
from lms.web.audits.pilots.monitoring_chart import Curve, curves, spark
from lms.web.audits.pilots.monitoring_words import SIDES, sentences
from lms.web.audits.pilots.views import find
from lms.web.shared.guards import requires
from lms.web.shared.identity import can


@requires(Permission.READ_EVALUATION)
def monitoring(code: str) -> str:
    """Show what was last worked out of a pilot; refused before its protocol is frozen."""
    pilot = find(code)
    found = following.monitoring(pilot, today())
    job = jobs.newest(MONITORING.name, pilot.code)
    if found is None:
        begins = first_cut_off(pilot.starts_on) + timedelta(days=1)
        return render_template(
            "audits/pilots/monitoring.html", pilot=pilot, found=None, begins=begins, begun=begins <= today(), job=job
        )
    names = {shift.code: shift.name for shift in people.shifts()}
    return render_template(
        "audits/pilots/monitoring.html",
        pilot=pilot,
        found=found,
        job=job,
        shifts=names,
        weekly_columns=[{"label": names[one.shift], "number": True} for one in found.shifts],
        day_columns=[{"label": words.short_day(day.isoformat()), "number": True} for day in found.cut_offs],
        amount=words.amount,
        bounds=words.bounds,
        number=words.number,
        percent=words.percent,
        sparkline=sparkline,
        picture=_picture(found, names),
        outages=_outages(found),
        told=[(one, *_told(one)) for one in found.access],
        sentences=sentences,
        SIDES=SIDES,
    )


def sparkline(followed: Followed) -> Markup:
    """Return the small drawing of an indicator's trend; shares between 0 and 100 %."""
    values = [one.figures["value"] for one in followed.trend]
    numbers = [value if isinstance(value, int | float) else None for value in values]
    scale = SCALES[followed.entry.definition.unit]
    bounds = (scale.lowest, scale.highest) if followed.entry.definition.unit is Unit.SHARE else (None, None)
    return spark(numbers, *bounds)


def _picture(found: Monitoring, names: Mapping[str, str]) -> Markup | None:
    lines = [
        Curve(f"{names[one.shift]} (n = {one.people})", [week.share for week in one.weeks])
        for one in found.shifts
        if one.weeks
    ]
    if not lines:
        return None
    starts = [day - timedelta(days=6) for day in found.cut_offs]
    marked = [_("kiosk down") if any(one.starts_on == first for one in found.outages) else None for first in starts]
    return curves([words.short_day(first.isoformat()) for first in starts], lines, marked)


def _outages(found: Monitoring) -> dict[date, list[str]]:
    """Return what the outages of the week that ends on each cut-off were, in words."""
    told: dict[date, list[str]] = {}
    for one in found.outages:
        hours = words.number(one.missed_minutes / 60, 0)
        said = _("%(kiosk)s: %(hours)s h down", kiosk=found.terminals[one.terminal], hours=hours)
        told.setdefault(one.starts_on + timedelta(days=6), []).append(said)
    return told


def _told(access: Access) -> tuple[list[Remark], Side]:
    found = remarks(access)
    return found, side(found)


def alerts(audit_code: str) -> list[tuple[Pilot, Watchpoint]]:
    """Return the points of an audit whose limit is crossed in one of its pilots, for who may read evaluations."""
    if not can(Permission.READ_EVALUATION):
        return []
    pilots = [pilot for pilot in queries.every_pilot() if pilot.audit.code == audit_code]
    return [(pilot, point) for pilot in pilots for point in following.alerts(pilot, today())]
