"""Words of readings: units, and what is refused."""

from flask_babel import lazy_gettext as _l

from lms.evaluation.readings.importing import REASONS
from lms.evaluation.readings.series import Unit
from lms.web.shared import refusals

UNITS = {
    Unit.COUNT: _l("number"),
    Unit.HOURS: _l("hours"),
    Unit.EUROS: _l("€"),
    Unit.EUROS_PER_HOUR: _l("€ an hour"),
    Unit.MONTHS: _l("months"),
    Unit.PERCENT: _l("%"),
}


def add_words() -> None:
    """Word the refusals of readings."""
    for refusal, message in REASONS.items():
        refusals.add(refusal, 422, message)
