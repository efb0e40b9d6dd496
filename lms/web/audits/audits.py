"""Audits: read them section by section, bring them in, take them out."""

from collections.abc import Sequence

from flask import Response, flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.audit import actions, file, queries
from lms.audit.document import INVENTORY_SECTIONS, SECTIONS, AuditDocument
from lms.audit.models import Provenance
from lms.audit.rules import AuditCodeTaken
from lms.catalogue.queries import newest_editions
from lms.kernel.clock import now, today
from lms.kernel.refusals import FileRefused
from lms.people.permissions import Permission
from lms.web.audits.forms import ImportForm
from lms.web.audits.reading import read
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.problems import worded_all
from lms.web.shared.refusals import worded


@requires(Permission.READ_AUDIT)
def audits() -> str:
    """List the audits."""
    return render_template("audits/audits.html", audits=queries.every_audit())


@requires(Permission.READ_AUDIT)
def summary(code: str) -> str:
    """Show what the audit is, how far it has come, and what is late."""
    return _page(code, "audits/summary.html", *SECTIONS)


@requires(Permission.READ_AUDIT)
def inventory(code: str) -> str:
    """Show what there is today: arrangements, trainers, materials, IT system."""
    return _page(code, "audits/inventory.html", *INVENTORY_SECTIONS)


@requires(Permission.READ_AUDIT)
def coverage(code: str) -> str:
    """Show what becomes of each arrangement, why, and which modules come from none."""
    editions = {edition.code: edition.content.title for edition in newest_editions()}
    return _page(code, "audits/coverage.html", "arrangements", editions=editions)


@requires(Permission.READ_AUDIT)
def maturity(code: str) -> str:
    """Show the maturity grid: each area in each dimension, then each process."""
    return _page(code, "audits/maturity.html", "maturity")


@requires(Permission.READ_AUDIT)
def readiness(code: str) -> str:
    """Show whether a pilot may begin, and what stands in its way."""
    return _page(code, "audits/readiness.html", "maturity", "gates")


@requires(Permission.READ_AUDIT)
def themes(code: str) -> str:
    """Show the themes of the evidence, and how far its two coders agree."""
    return _page(code, "audits/themes.html", "themes", "evidence")


@requires(Permission.READ_AUDIT)
def moments(code: str) -> str:
    """Show the key moments: planned, held, decided, and which were missed."""
    return _page(code, "audits/moments.html", "moments")


@requires(Permission.READ_AUDIT)
def panel(code: str) -> str:
    """Show how many people of each role were met."""
    return _page(code, "audits/panel.html", "panel")


@requires(Permission.READ_AUDIT)
def evidence(code: str) -> str:
    """Show the evidence, and the findings that rest on each piece."""
    return _page(code, "audits/evidence.html", "evidence")


@requires(Permission.READ_AUDIT)
def findings(code: str) -> str:
    """Show the findings, how solid each is and which recommendations answer it."""
    return _page(code, "audits/findings.html", "findings")


@requires(Permission.READ_AUDIT)
def recommendations(code: str) -> str:
    """Show the recommendations, what was decided and which plans answer each."""
    return _page(code, "audits/recommendations.html", "recommendations")


@requires(Permission.READ_AUDIT)
def action_plan(code: str) -> str:
    """Show the actions and which are late."""
    return _page(code, "audits/action_plan.html", "actions")


@requires(Permission.READ_AUDIT)
def vigilance(code: str) -> str:
    """Show the points of vigilance and the matrix of their risks."""
    return _page(code, "audits/vigilance.html", "vigilance")


@requires(Permission.READ_AUDIT)
def traceability(code: str) -> str:
    """Show each recommendation from its evidence to its modules, and where the line is broken."""
    return _page(code, "audits/traceability.html", "evidence", "findings", "recommendations")


def _page(code: str, template: str, *sections: str, **more: object) -> str:
    reading = read(code)
    shown = reading.shows_illustrative(*sections) or reading.document.provenance is Provenance.ILLUSTRATIVE
    return render_template(template, audit=reading, illustrative=shown, **more)


@requires(Permission.EDIT_AUDIT)
def import_audit() -> BaseResponse | tuple[str, int]:
    """Bring in an audit file: all of it, or nothing and a list of its faults."""
    form = ImportForm()
    if not form.validate_on_submit():
        return _import_page(form, 422 if form.errors else 200)
    try:
        document = file.read(*form.content(), today())
        keep = actions.store if form.replace.data else actions.begin
        keep(document, by=somebody().id, today=today(), now=now())
    except FileRefused as refused:
        return _import_page(form, 422, worded_all(refused.problems))
    except AuditCodeTaken as refusal:
        form.replace.errors = [
            worded(refusal),
            _("To make it equal to the file, tick the box and choose the file again."),
        ]
        return _import_page(form, 409)
    flash(_("The audit %(code)s is stored as in the file.", code=document.code), "success")
    return redirect(url_for("audits.summary", code=document.code))


def _import_page(form: ImportForm, status: int, faults: Sequence[dict[str, object]] = ()) -> tuple[str, int]:
    return render_template("audits/import_audit.html", form=form, faults=faults), status


@requires(Permission.EDIT_AUDIT)
def export_audit(code: str) -> Response:
    """Give the audit as a file. It says every shift, which readers may not see: for editors only."""
    content = file.write(read(code).document)
    return Response(
        content,
        mimetype="application/yaml",
        headers={"Content-Disposition": f'attachment; filename="{code}.yaml"'},
    )


@requires(Permission.READ_AUDIT)
def schema() -> Response:
    """Give the JSON Schema of audit files."""
    return jsonify(AuditDocument.model_json_schema())
