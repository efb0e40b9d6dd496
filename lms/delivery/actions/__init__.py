"""What is done with kiosks (`terminals`, `enrolling`, `messages`…) and at them (`visits`, `help`, `sittings`)."""

from lms.delivery.actions.asserting import confirm, deny, let_go
from lms.delivery.actions.enrolling import (
    Asked,
    Browser,
    Enrolled,
    ask_to_enrol,
    confirm_enrolment,
    enrol,
    finish_enrolment,
    measure_screen,
    note_secret,
    offer_enrolment,
    replace_token,
    revoke,
)
from lms.delivery.actions.help import Place, answer_alike, answer_help, ask_for_help
from lms.delivery.actions.messages import note_heard, note_page, send_message
from lms.delivery.actions.receiving import put_aside, receive
from lms.delivery.actions.recording import Delivery, Envelope, Received
from lms.delivery.actions.service import OutboxReport, keep_quarters, note_contact, note_outbox, set_hours
from lms.delivery.actions.sittings import Taken, open_sitting, see_block, take_answer
from lms.delivery.actions.sittings import known as known_sitting
from lms.delivery.actions.terminals import admit, announce_terminal, place_terminal
from lms.delivery.actions.visits import end_expired_visit, end_visit, open_visit

__all__ = [
    "Asked",
    "Browser",
    "Delivery",
    "Enrolled",
    "Envelope",
    "OutboxReport",
    "Place",
    "Received",
    "Taken",
    "admit",
    "announce_terminal",
    "answer_alike",
    "answer_help",
    "ask_for_help",
    "ask_to_enrol",
    "confirm",
    "confirm_enrolment",
    "deny",
    "end_expired_visit",
    "end_visit",
    "enrol",
    "finish_enrolment",
    "keep_quarters",
    "let_go",
    "measure_screen",
    "note_contact",
    "note_heard",
    "note_outbox",
    "note_page",
    "note_secret",
    "offer_enrolment",
    "known_sitting",
    "open_sitting",
    "open_visit",
    "place_terminal",
    "put_aside",
    "receive",
    "replace_token",
    "revoke",
    "see_block",
    "send_message",
    "set_hours",
    "take_answer",
]
