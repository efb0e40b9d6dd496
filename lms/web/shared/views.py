"""Home, language, health."""

from flask import Response, jsonify, redirect, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel import health
from lms.kernel.languages import INTERFACE_LANGUAGES
from lms.people.permissions import Permission
from lms.web.shared.guards import public
from lms.web.shared.identity import can, current_person
from lms.web.shared.links import local_path

HOMES = (
    (Permission.MANAGE_SITE, "admin.terminals"),
    (Permission.WRITE_MODULES, "studio.modules"),
    (Permission.FOLLOW_OWN_TEAMS, "teams.today"),
    (Permission.FOLLOW_EVERYONE, "teams.people"),
    (Permission.EDIT_AUDIT, "audits.audits"),
    (Permission.FOLLOW_AGGREGATES, "privacy.report"),
)
"""The first that the person may do decides where they begin."""


@public
def home() -> BaseResponse:
    """Send each to their place: a kiosk to its start, staff to their first question."""
    if "terminal" in request.cookies or "__Host-terminal" in request.cookies:
        return redirect(url_for("kiosk.start"))
    if current_person() is None:
        return redirect(url_for("account.sign_in"))
    endpoint = next((place for permission, place in HOMES if can(permission)), "account.profile")
    return redirect(url_for(endpoint))


@public
def choose_language() -> BaseResponse:
    """Remember the reader's language for this session."""
    if request.form.get("language") in INTERFACE_LANGUAGES:
        session["language"] = request.form["language"]
    return redirect(local_path(request.form.get("next")) or url_for("shared.home"))


@public
def healthz() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@public
def readyz() -> tuple[Response, int]:
    """Say that the database answers and has every migration, and that files can be written; or what fails."""
    found = [look() for look in (health.database, health.schema, health.storage)]
    failed = [one.subject for one in found if one.state is health.State.FAILED]
    return (jsonify(status="failed", failed=failed), 503) if failed else (jsonify(status="ok"), 200)
