"""Pilots: the list, and everything about one."""

from flask import Response, render_template

from lms.evaluation import queries, rules
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Pilot
from lms.kernel.clock import today
from lms.kernel.refusals import NotFound
from lms.people.permissions import Permission
from lms.reports.labels import FIELDS, VERDICTS, amended_value
from lms.reports.words import amount
from lms.web.audits.pilots.labels import LACKING, STATES
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
        indicators=INDICATORS,
        VERDICTS=VERDICTS,
        FIELDS=FIELDS,
        amended_value=amended_value,
        amount=amount,
        amendments=queries.amendments(found.protocol) if found.protocol else [],
        evaluations=queries.evaluations(found),
    )


@requires(Permission.READ_EVALUATION, Permission.DESIGN_PILOT)
def protocol(code: str) -> Response:
    """Hand out the frozen text itself, so that anyone can take its hash."""
    found = find(code)
    if found.protocol is None:
        raise NotFound()
    response = Response(found.protocol.text, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="protocol-{found.code}.json"'
    return response


def find(code: str) -> Pilot:
    """Return the pilot of that code; raises NotFound."""
    found = queries.pilot(code)
    if found is None:
        raise NotFound()
    return found
