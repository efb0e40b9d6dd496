"""The rooms in the bar of the staff pages: who sees which, in what order."""

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.people.permissions import Permission
from lms.web.shared.identity import can


@dataclass(frozen=True)
class Room:
    """A place in the bar: where it leads and who may enter."""

    endpoint: str
    label: LazyString
    icon: str
    permissions: tuple[Permission, ...]
    more: tuple[str, ...] = ()
    """Endpoints that lie in it though their address does not begin with its own."""


DATA = ("privacy.register", "privacy.requests", "privacy.retention", "teams.notices")
ROOMS = (
    Room("teams.today", _l("My teams"), "users", (Permission.FOLLOW_OWN_TEAMS,)),
    Room("teams.people", _l("Follow-up"), "list-checks", (Permission.FOLLOW_EVERYONE,), ("teams.not_ready",)),
    Room("teams.completion", _l("Completion"), "chart-column", (Permission.FOLLOW_AGGREGATES,), ("teams.costs",)),
    Room("audits.plans", _l("Plans"), "calendar-clock", (Permission.EDIT_PLANS,)),
    Room(
        "surveys.waves",
        _l("Surveys"),
        "message-square",
        (Permission.MANAGE_SURVEYS, Permission.READ_SURVEY_RESULTS),
    ),
    Room("teams.help_asked", _l("Help"), "circle-help", (Permission.FOLLOW_OWN_TEAMS, Permission.ANSWER_HELP)),
    Room("teams.skills", _l("Skills"), "graduation-cap", (Permission.READ_SKILLS, Permission.FOLLOW_AGGREGATES)),
    Room("proof.home", _l("Proof"), "badge-check", (Permission.READ_HABILITATIONS, Permission.HOLD_SESSIONS)),
    Room("privacy.report", _l("Data"), "shield", (Permission.FOLLOW_AGGREGATES,), DATA),
    Room("studio.modules", _l("Modules"), "book-open", (Permission.WRITE_MODULES,)),
    Room("audits.audits", _l("Audits"), "clipboard-list", (Permission.READ_AUDIT,)),
    Room("admin.people", _l("People"), "id-card", (Permission.MANAGE_PEOPLE,)),
    Room("teams.signing_in", _l("Signing in"), "key-round", (Permission.OPEN_SIGN_IN,)),
    Room("admin.journal", _l("Administration"), "settings", (Permission.READ_JOURNAL,)),
    Room("admin.terminals", _l("Kiosks"), "monitor", (Permission.MANAGE_TERMINALS,)),
)


def navigation() -> list[dict[str, object]]:
    """Return the rooms that the person of this request may enter, ready for `ui.navigation`."""
    return [
        {
            "label": room.label,
            "href": url_for(room.endpoint),
            "icon": room.icon,
            "current": _is_current(room),
        }
        for room in ROOMS
        if room.endpoint in current_app.view_functions and any(can(permission) for permission in room.permissions)
    ]


def _is_current(room: Room) -> bool:
    """Whether the page lies in the room: of the rooms whose address its own begins with, the nearest."""
    around = {
        url_for(endpoint): other
        for other in ROOMS
        for endpoint in (other.endpoint, *other.more)
        if endpoint in current_app.view_functions
    }
    nearest = max((address for address in around if request.path.startswith(address)), key=len, default="")
    return around.get(nearest) is room
