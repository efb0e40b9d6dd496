"""What is done with kiosks (`terminals`) and at them (`sittings`)."""

from lms.delivery.actions.sittings import Taken, open_sitting, see_block, take_answer
from lms.delivery.actions.terminals import (
    Enrolled,
    admit,
    announce_terminal,
    enrol,
    note_contact,
    offer_enrolment,
    revoke,
)

__all__ = [
    "Enrolled",
    "Taken",
    "admit",
    "announce_terminal",
    "enrol",
    "note_contact",
    "offer_enrolment",
    "open_sitting",
    "revoke",
    "see_block",
    "take_answer",
]
