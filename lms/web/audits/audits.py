"""Audits: read them, change them, bring them in and take them out."""

from flask import render_template

from lms.audit import queries
from lms.people.permissions import Permission
from lms.web.shared.guards import requires


@requires(Permission.READ_AUDIT)
def audits() -> str:
    """List the audits."""
    return render_template("audits/audits.html", audits=queries.every_audit())
