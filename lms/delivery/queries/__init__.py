"""Questions about kiosks, visits, help and what someone sees at a kiosk."""

from lms.delivery.queries.asserted import AssertedModule, AssertedWork, to_confirm, unconfirmed, waits_for
from lms.delivery.queries.events import AsideEvent, put_aside
from lms.delivery.queries.fleet import fleet
from lms.delivery.queries.help import Asked, Help, answers_to, asked_for_help, defects_of, help_requests, may_answer
from lms.delivery.queries.messages import messages_for, messages_to, oldest_unheard, terminals_at
from lms.delivery.queries.modules import (
    Tile,
    TileState,
    Whereabouts,
    Work,
    due_editions,
    edition_of,
    edition_to_show,
    every_tile,
    held_editions,
    learning_editions,
    whereabouts,
    work_of,
)
from lms.delivery.queries.service import availability, hours_of, service_facts, terminals_by_workshop
from lms.delivery.queries.terminals import (
    KnownTerminal,
    enrolment_of,
    enrolments,
    every_terminal,
    received_here,
    terminal,
    terminal_of,
    terminal_row_of,
    waiting_enrolment,
)
from lms.delivery.queries.visits import open_visits, visits

__all__ = [
    "AsideEvent",
    "Asked",
    "AssertedModule",
    "AssertedWork",
    "Help",
    "KnownTerminal",
    "Tile",
    "TileState",
    "Whereabouts",
    "Work",
    "answers_to",
    "asked_for_help",
    "availability",
    "defects_of",
    "due_editions",
    "edition_of",
    "edition_to_show",
    "enrolment_of",
    "enrolments",
    "every_terminal",
    "every_tile",
    "fleet",
    "held_editions",
    "help_requests",
    "hours_of",
    "learning_editions",
    "may_answer",
    "messages_for",
    "messages_to",
    "oldest_unheard",
    "open_visits",
    "put_aside",
    "received_here",
    "service_facts",
    "terminal",
    "terminal_of",
    "terminal_row_of",
    "terminals_at",
    "terminals_by_workshop",
    "to_confirm",
    "unconfirmed",
    "visits",
    "waiting_enrolment",
    "waits_for",
    "whereabouts",
    "work_of",
]
