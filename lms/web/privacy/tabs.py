"""The pages about everybody's data, as far as the reader may see them."""

from flask import request, url_for
from flask_babel import gettext as _

from lms.people.permissions import Permission
from lms.privacy import queries
from lms.web.shared.identity import can


def tabs() -> dict[str, object]:
    """Return them ready for `ui.tabs`."""
    pages = (
        ("privacy.report", _("Report"), Permission.FOLLOW_AGGREGATES),
        ("privacy.register", _("Register"), None),
        ("privacy.requests", _("Requests"), Permission.MANAGE_PRIVACY),
        ("privacy.retention", _("How long"), Permission.MANAGE_PRIVACY),
    )
    return {
        "pages": [
            {
                "label": label,
                "href": url_for(endpoint),
                "current": request.endpoint == endpoint,
                "count": queries.waiting() if endpoint == "privacy.requests" else None,
            }
            for endpoint, label, permission in pages
            if permission is None or can(permission)
        ]
    }
