"""Pilots: the list, and everything about one."""

import json

from flask import Response, render_template

from lms.evaluation import actions, queries, rules
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Pilot
from lms.evaluation.protocol import Document
from lms.kernel.clock import now, today
from lms.kernel.languages import current_language
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.people.permissions import Permission
from lms.reports import drawing, kept
from lms.reports import protocol as readable
from lms.reports.charts import chances
from lms.reports.labels import FIELDS, SCREENINGS, VERDICTS, amended_value
from lms.web.audits.pilots.labels import HAPPENINGS, LACKING, STATES
from lms.web.audits.pilots.weighing import weighing
from lms.web.shared.guards import requires


@requires(Permission.READ_EVALUATION, Permission.DESIGN_PILOT)
def pilots() -> str:
    """List the pilots and where they stand."""
    every = queries.every_pilot()
    states = {found.code: rules.state(queries.conditions(found), today()) for found in every}
    return render_template("audits/pilots/pilots.html", pilots=every, states=states, STATES=STATES)


@requires(Permission.READ_EVALUATION, Permission.DESIGN_PILOT)
def pilot(code: str) -> str:
    """Show one pilot: its design, its protocol, its evaluations."""
    found = find(code)
    conditions = queries.conditions(found)
    return render_template(
        "audits/pilots/pilot.html",
        pilot=found,
        state=rules.state(conditions, today()),
        STATES=STATES,
        lacking=[LACKING[name] for name in rules.lacking(conditions, today())],
        conditions=conditions,
        VERDICTS=VERDICTS,
        FIELDS=FIELDS,
        SCREENINGS=SCREENINGS,
        HAPPENINGS=HAPPENINGS,
        calendar=queries.calendar_of(found, setting("TIMEZONE")),
        amended_value=amended_value,
        **weighing(found),
        amendments=queries.amendments(found.protocol) if found.protocol else [],
        evaluations=queries.readable(found),
    )


@requires(Permission.READ_EVALUATION, Permission.DESIGN_PILOT)
def curve(code: str, indicator: str) -> Response:
    """Draw the chances of each verdict of one indicator over its true value."""
    found = find(code)
    row = next((row for row in found.indicators if row.code == indicator), None)
    powers = queries.powers(found, today(), indicator)
    if row is None or not powers[0].curve:
        raise NotFound()
    spec = chances.spec(powers[0], INDICATORS[row.indicator], row.threshold, row.ambition)
    response = Response(drawing.svg(spec, kept.folder()), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, max-age=60"
    return response


@requires(Permission.READ_EVALUATION, Permission.DESIGN_PILOT)
def protocol(code: str) -> Response:
    """Hand out the frozen text itself, so that anyone can take its hash."""
    found = find(code)
    if found.protocol is None:
        raise NotFound()
    response = Response(found.protocol.text, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="protocol-{found.code}.json"'
    return response


@requires(Permission.READ_EVALUATION, Permission.DESIGN_PILOT)
def protocol_page(code: str) -> str:
    """Show the protocol as it was frozen, or as it would be today."""
    found = find(code)
    report = readable.build(found, _document(found))
    return render_template("audits/pilots/protocol.html", pilot=found, report=report)


@requires(Permission.READ_EVALUATION, Permission.DESIGN_PILOT)
def protocol_print(code: str) -> Response:
    """Hand out the protocol as a PDF, for the works council first of all."""
    found = find(code)
    response = Response(drawing.pdf(readable.build(found, _document(found)), kept.folder()), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="protocol-{found.code}-{current_language()}.pdf"'
    return response


def _document(pilot: Pilot) -> Document:
    """Return the frozen text as it was, or what would be frozen."""
    if pilot.protocol is not None:
        return json.loads(pilot.protocol.text)
    return actions.draft_of(pilot, actions.HouseRules.configured(), now=now())


def find(code: str) -> Pilot:
    """Return the pilot of that code; raises NotFound."""
    found = queries.pilot(code)
    if found is None:
        raise NotFound()
    return found
