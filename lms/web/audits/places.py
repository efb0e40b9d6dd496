"""The ways between the pages of this blueprint."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.audit import editing
from lms.people.permissions import Permission
from lms.web.audits.labels import SECTIONS
from lms.web.audits.reading import Reading
from lms.web.shared.identity import can


@dataclass(frozen=True)
class Place:
    """A list of this blueprint, and who may see it."""

    endpoint: str
    label: LazyString
    permissions: tuple[Permission, ...]


PLACES = (
    Place("audits.audits", _l("Audits"), (Permission.READ_AUDIT,)),
    Place("audits.plans", _l("Training plans"), (Permission.READ_AUDIT, Permission.EDIT_PLANS)),
    Place("audits.pilots", _l("Pilots"), (Permission.READ_EVALUATION, Permission.DESIGN_PILOT)),
    Place("audits.readings", _l("Figures from outside"), (Permission.ENTER_READINGS, Permission.READ_EVALUATION)),
)

AUDIT_TABS = (
    ("audits.summary", _l("Overview"), ()),
    ("audits.inventory", _l("Inventories"), ("arrangements", "trainers", "materials", "it")),
    ("audits.panel", SECTIONS["panel"].many, ("panel",)),
    ("audits.evidence", SECTIONS["evidence"].many, ("evidence",)),
    ("audits.findings", SECTIONS["findings"].many, ("findings",)),
    ("audits.recommendations", SECTIONS["recommendations"].many, ("recommendations",)),
    ("audits.action_plan", SECTIONS["actions"].many, ("actions",)),
    ("audits.vigilance", SECTIONS["vigilance"].many, ("vigilance",)),
    ("audits.traceability", _l("Traceability"), ()),
)


def places() -> list[dict[str, object]]:
    """Return the lists that the reader may see, ready for `ui.tabs`."""
    return [
        {"label": place.label, "href": url_for(place.endpoint), "current": request.endpoint == place.endpoint}
        for place in PLACES
        if any(can(permission) for permission in place.permissions)
    ]


def audit_tabs(reading: Reading) -> list[dict[str, object]]:
    """Return the sections of an audit, ready for `ui.tabs`."""
    return [
        {
            "label": label,
            "href": url_for(endpoint, code=reading.document.code),
            "current": request.endpoint == endpoint,
            "count": sum(len(editing.listed(reading.document, name)) for name in sections) if sections else None,
        }
        for endpoint, label, sections in AUDIT_TABS
    ]
