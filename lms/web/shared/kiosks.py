"""Kiosks as people name them."""

from lms.delivery.queries import every_terminal
from lms.people.tries import AT_A_KIOSK


def kiosk_codes() -> dict[str, str]:
    """Return the code of each kiosk by the origin under which tries there are counted."""
    return {f"{AT_A_KIOSK}{terminal.id}": terminal.code for terminal in every_terminal()}
