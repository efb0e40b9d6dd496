"""Attendance of a session: the sheet to be signed on paper, what it said entered, or brought in as a list."""

from collections.abc import Callable

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from lms.classroom import actions, importing, queries
from lms.classroom.actions import Mark
from lms.classroom.models import HalfDay
from lms.classroom.rules import Attended
from lms.kernel import waiting
from lms.kernel.clock import now, today
from lms.kernel.languages import current_language
from lms.kernel.refusals import NotFound, Refusal
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.proof.names import named
from lms.reports import proof_papers
from lms.web.proof.wording import PARTS
from lms.web.shared import lists
from lms.web.shared.files import pdf_file
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.looking import looked_at, looks, names_nobody
from lms.web.shared.refusals import worded
from lms.web.shared.uploads import accepts_files

_SHOWN_AT = "proof.preview"


@requires(Permission.HOLD_SESSIONS)
@looks(Purpose.PROOF)
def sheet(code: str) -> Response:
    """Print the sheet that people sign, half-day by half-day (feuille d'émargement)."""
    found = queries.session(code)
    listed = named(found.half_days[0].held_on, queries.invited(found.id))
    looked_at(listed)
    site = next((one.name for one in people.sites() if one.id == found.site_id), "")
    lines = [
        (one.full_name, one.registration) for one in sorted(listed.values(), key=lambda one: one.full_name.casefold())
    ]
    simulated = any(one.simulated for one in listed.values())
    pdf = proof_papers.attendance_sheet(found, site, lines, current_language(), simulated=simulated)
    return pdf_file(pdf, f"{code}.pdf")


@requires(Permission.HOLD_SESSIONS)
@looks(Purpose.PROOF)
def attendance(code: str, half_day_id: int) -> str | BaseResponse | tuple[str, int]:
    """Enter what the sheet of a half-day says."""
    found = queries.session(code)
    half_day = next((one for one in found.half_days if one.id == half_day_id), None)
    if half_day is None:
        raise NotFound()
    listed = named(today(), queries.invited(found.id))
    looked_at(listed)
    fault = None
    if request.method == "POST":
        marks = [Mark(half_day.id, person_id, _seen(half_day, person_id)) for person_id in listed]
        try:
            made = actions.take_attendance(code, marks, request.form.get("reason", "")[:300], somebody().id, now())
        except Refusal as refusal:
            fault = worded(refusal)
        else:
            flash(ngettext("%(num)s entry is kept.", "%(num)s entries are kept.", made), "success")
            return redirect(url_for("proof.session", code=code))
    known = {person: seen for (day, person), seen in queries.attendance(found.id).items() if day == half_day.id}
    page = render_template(
        "proof/attendance.html",
        session=found,
        half_day=half_day,
        people=sorted(listed.values(), key=lambda one: one.full_name.casefold()),
        seen={person_id: _seen(half_day, person_id) for person_id in listed} if fault else known,
        corrects=bool(known),
        fault=fault,
        parts=PARTS,
    )
    return page if fault is None else (page, 422)


@requires(Permission.HOLD_SESSIONS)
@names_nobody("a file is still to come")
@accepts_files
def bring_in(code: str) -> str | BaseResponse | tuple[str, int]:
    """Take a list of attendance and lead on to what it would do."""
    session = queries.session(code)
    template = "proof/attendance_import.html"
    return lists.ask(_reader(code), _SHOWN_AT, template, session=session, titles=importing.TITLES)


@requires(Permission.HOLD_SESSIONS)
@looks(Purpose.PROOF)
def preview(code: str, file: str) -> str:
    """Show what the list would do; change nothing."""
    shown = _reader(code)(waiting.read(file))
    looked_at(step.mark.person_id for step in shown.steps)
    return lists.show(shown, "proof/attendance_preview.html", session=queries.session(code), parts=PARTS)


@requires(Permission.HOLD_SESSIONS)
def apply(code: str, file: str) -> BaseResponse:
    """Take over what was shown, if it is still the same."""

    def keep(shown: importing.Preview, name: str) -> str:
        made = importing.apply(code, shown, name, by=somebody().id, now=now())
        return ngettext("%(num)s entry is kept.", "%(num)s entries are kept.", made)

    return lists.apply(file, _reader(code), keep, _SHOWN_AT, url_for("proof.session", code=code))


def _reader(code: str) -> Callable[[bytes], importing.Preview]:
    return lambda source: importing.preview(code, source, now())


def _seen(half_day: HalfDay, person_id: int) -> Attended:
    """Return what the form says of somebody; minutes left out are the whole half-day."""
    if f"present-{person_id}" not in request.form:
        return Attended(False, 0, False)
    minutes = request.form.get(f"minutes-{person_id}", type=int)
    return Attended(True, half_day.minutes if minutes is None else minutes, f"signed-{person_id}" in request.form)
