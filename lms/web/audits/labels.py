"""What the fields of an audit and their values are called on pages and in forms."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.audit.inventory import ItItem
from lms.web.audits.field_labels import FIELDS, Field
from lms.web.audits.value_labels import VALUES


@dataclass(frozen=True)
class Section:
    """A list of the audit: its name, the name of one entry, what its button says, the page that shows it."""

    many: LazyString
    one: LazyString
    add: LazyString
    page: str


SECTIONS = {
    "arrangements": Section(
        _l("Training arrangements"), _l("Training arrangement"), _l("Add an arrangement"), "audits.inventory"
    ),
    "trainers": Section(_l("Trainers"), _l("Trainer"), _l("Add a trainer"), "audits.inventory"),
    "materials": Section(_l("Teaching materials"), _l("Teaching material"), _l("Add a material"), "audits.inventory"),
    "it": Section(_l("IT system"), _l("Part of the IT system"), _l("Add a part"), "audits.inventory"),
    "panel": Section(_l("People met"), _l("Role met"), _l("Add a role"), "audits.panel"),
    "evidence": Section(_l("Evidence"), _l("Piece of evidence"), _l("Add a piece of evidence"), "audits.evidence"),
    "findings": Section(_l("Findings"), _l("Finding"), _l("Add a finding"), "audits.findings"),
    "recommendations": Section(
        _l("Recommendations"), _l("Recommendation"), _l("Add a recommendation"), "audits.recommendations"
    ),
    "actions": Section(_l("Action plan"), _l("Action"), _l("Add an action"), "audits.action_plan"),
    "vigilance": Section(
        _l("Points of vigilance"), _l("Point of vigilance"), _l("Add a point of vigilance"), "audits.vigilance"
    ),
    "themes": Section(_l("Themes"), _l("Theme"), _l("Add a theme"), "audits.themes"),
    "maturity": Section(_l("Ratings"), _l("Rating"), _l("Rate a process"), "audits.maturity"),
    "gates": Section(_l("Gates"), _l("Gate"), _l("Record a gate"), "audits.readiness"),
    "moments": Section(_l("Key moments"), _l("Key moment"), _l("Add a key moment"), "audits.moments"),
}


def field_words(section: str, name: str) -> Field:
    """Return what a field of a section is called."""
    return FIELDS.get((section, name)) or FIELDS[name]


def value_words(section: str, name: str, value: object) -> str:
    """Return what a value of a field of a section is called, in the reader's language."""
    named = VALUES.get((section, name)) or VALUES[name]
    return str(named[str(value)])


IT_FACTS = (
    "device", "screen_inches", "gloves", "noise", "audio", "privacy", "wired", "opening_hours", "hours_a_day",
    "captive_proxy", "offline_needed", "sign_in", "shared_session_risk", "leavers_source", "roster_source", "owner",
    "format", "frequency", "host", "backups", "retention", "data_protection_contact", "processing_register",
    "night_support", "target_minutes",
)  # fmt: skip
"""What is told of a part of the IT system, beside its name and its state."""


def it_facts(item: ItItem) -> list[tuple[LazyString, str]]:
    """Return what is known of a part of the IT system: each fact's name and words."""
    known = [(name, getattr(item, name)) for name in IT_FACTS]
    return [
        (field_words("it", name).label, value_words("it", name, value) if name in VALUES else str(value))
        for name, value in known
        if value not in ("", None)
    ]
