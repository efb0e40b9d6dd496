"""The pages of proof as tabs, and whose proof the reader may see."""

from flask import request, url_for
from flask_babel import lazy_gettext as _l

from lms.kernel.clock import today
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.web.shared.identity import can, somebody

PAGES = (
    ("proof.habilitations", _l("Habilitations"), Permission.READ_HABILITATIONS),
    ("proof.sessions", _l("Sessions"), Permission.HOLD_SESSIONS),
    ("proof.people", _l("One person"), Permission.KEEP_PROOF),
    ("proof.kinds", _l("Kinds of habilitations"), Permission.KEEP_PROOF),
    ("proof.visit", _l("Auditor’s visit"), Permission.KEEP_PROOF),
)


def tabs() -> dict[str, object]:
    """Return the pages that the reader may open, for the tabs."""
    return {
        "pages": [
            {"label": label, "href": url_for(endpoint), "current": request.endpoint == endpoint}
            for endpoint, label, permission in PAGES
            if can(permission)
        ]
    }


def visible_people() -> set[int] | None:
    """Return whose habilitations the reader may see, None for everybody's: a leader sees their own teams."""
    if can(Permission.KEEP_PROOF):
        return None
    return {stay.person_id for stay in people.memberships(somebody().led_teams, today(), today())}
