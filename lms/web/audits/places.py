"""The ways between the pages of this blueprint."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.audit.document import INVENTORY_SECTIONS, entries
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


@dataclass(frozen=True)
class Tab:
    """A page of an audit, and the lists whose entries it counts."""

    endpoint: str
    label: LazyString
    sections: tuple[str, ...] = ()


AUDIT_TABS: tuple[tuple[LazyString, tuple[Tab, ...]], ...] = (
    (_l("Overview"), (Tab("audits.summary", _l("Overview")),)),
    (
        _l("What there is"),
        (
            Tab("audits.inventory", _l("Inventories"), INVENTORY_SECTIONS),
            Tab("audits.coverage", _l("What becomes of arrangements")),
            Tab("audits.maturity", _l("Maturity grid")),
            Tab("audits.readiness", _l("Ready for a pilot?")),
        ),
    ),
    (
        _l("What was found"),
        (
            Tab("audits.panel", SECTIONS["panel"].many, ("panel",)),
            Tab("audits.evidence", SECTIONS["evidence"].many, ("evidence",)),
            Tab("audits.themes", SECTIONS["themes"].many, ("themes",)),
            Tab("audits.findings", SECTIONS["findings"].many, ("findings",)),
        ),
    ),
    (
        _l("What to do"),
        (
            Tab("audits.recommendations", SECTIONS["recommendations"].many, ("recommendations",)),
            Tab("audits.action_plan", SECTIONS["actions"].many, ("actions",)),
            Tab("audits.vigilance", SECTIONS["vigilance"].many, ("vigilance",)),
            Tab("audits.moments", SECTIONS["moments"].many, ("moments",)),
            Tab("audits.traceability", _l("Traceability")),
        ),
    ),
    (
        _l("Records"),
        (Tab("audits.attachments", _l("Attached documents")), Tab("audits.history", _l("History"))),
    ),
)
"""The pages of an audit, grouped by what one comes to ask."""


def places() -> list[dict[str, object]]:
    """Return the lists that the reader may see, ready for `ui.tabs`."""
    return [
        {"label": place.label, "href": url_for(place.endpoint), "current": request.endpoint == place.endpoint}
        for place in PLACES
        if any(can(permission) for permission in place.permissions)
    ]


def audit_groups(reading: Reading) -> list[dict[str, object]]:
    """Return the groups of an audit's pages, each leading to its first, ready for `ui.tabs`."""
    return [
        {
            "label": label,
            "href": url_for(tabs[0].endpoint, code=reading.document.code),
            "current": request.endpoint in {tab.endpoint for tab in tabs},
        }
        for label, tabs in AUDIT_TABS
    ]


def audit_tabs(reading: Reading) -> list[dict[str, object]]:
    """Return the pages of the group in which the reader is, ready for `ui.tabs`; none when it is alone."""
    group = next((tabs for _label, tabs in AUDIT_TABS if request.endpoint in {tab.endpoint for tab in tabs}), ())
    return [_tab(reading, tab) for tab in group] if len(group) > 1 else []


def _tab(reading: Reading, tab: Tab) -> dict[str, object]:
    counted = sum(len(entries(reading.document, name)) for name in tab.sections)
    return {
        "label": tab.label,
        "href": url_for(tab.endpoint, code=reading.document.code),
        "current": request.endpoint == tab.endpoint,
        "count": counted if tab.sections else None,
    }
