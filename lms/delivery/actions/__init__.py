"""What is done with kiosks (`terminals`, `service`) and at them (`visits`, `help`, `sittings`)."""

from lms.delivery.actions.help import Place, answer_help, ask_for_help
from lms.delivery.actions.service import OutboxReport, keep_quarters, note_contact, note_outbox, set_hours
from lms.delivery.actions.sittings import Taken, open_sitting, see_block, take_answer
from lms.delivery.actions.terminals import Enrolled, admit, announce_terminal, enrol, offer_enrolment, revoke
from lms.delivery.actions.visits import end_expired_visit, end_visit, open_visit

__all__ = [
    "Enrolled",
    "OutboxReport",
    "Place",
    "Taken",
    "admit",
    "announce_terminal",
    "answer_help",
    "ask_for_help",
    "end_expired_visit",
    "end_visit",
    "enrol",
    "keep_quarters",
    "note_contact",
    "note_outbox",
    "offer_enrolment",
    "open_sitting",
    "open_visit",
    "revoke",
    "see_block",
    "set_hours",
    "take_answer",
]
