"""What an amendment may change, and how its new value is read."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from lms.evaluation.choices import Departure
from lms.evaluation.protocol import AMENDABLE, Document, unit_of
from lms.evaluation.units import Unit, stored
from lms.web.audits.pilots.forms import AmendForm, unreadable
from lms.web.audits.pilots.labels import FIELDS

_LAST_DAY = "ends_on"


def offers(document: Document) -> list[SelectChoice]:
    """Return the fields to choose from: the pilot's last day, then each indicator's."""
    fields = [
        SelectChoice(f"{entry['code']}:{name}", f"{entry['code']}: {FIELDS[name]}")
        for entry in document["indicators"]
        for name in AMENDABLE
    ]
    return [SelectChoice(_LAST_DAY, _("Last day of the pilot")), *fields]


def departure(form: AmendForm, document: Document) -> Departure | None:
    """Return what the form asks for; None, and a fault at the value, when it cannot be read."""
    indicator, _sep, field = form.what.data.rpartition(":")
    try:
        after = _read(field, form.value.data.strip(), unit_of(document, indicator))
    except (ValueError, KeyError):
        form.value.errors = [unreadable()]
        return None
    return Departure(field, after, form.reason.data, form.data_seen.data == "yes", indicator or None)


def _read(field: str, text: str, unit: Unit | None) -> Any:
    number = text.replace(",", ".").removesuffix("%").strip()
    if field == _LAST_DAY:
        return date.fromisoformat(text).isoformat()
    if field in ("critical", "primary"):
        return {"yes": True, "oui": True, "no": False, "non": False}[text.lower()]
    if field in ("n_min", "min_teams"):
        return int(number)
    return stored(unit, float(number)) if unit and field != "icc0" else float(number)
