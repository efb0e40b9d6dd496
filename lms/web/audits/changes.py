"""Who changed what in an audit: a page, newest first, in one section or all."""

from collections.abc import Iterable
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField

from lms.audit import queries
from lms.audit.attachments import SECTION as ATTACHMENTS
from lms.audit.keeping import AuditChange
from lms.kernel.languages import in_language
from lms.people.permissions import Permission
from lms.web.audits.labels import SECTIONS, field_words, value_words
from lms.web.audits.reading import read
from lms.web.audits.value_labels import VALUES
from lms.web.shared.guards import requires

ON_A_PAGE = 30


@requires(Permission.READ_AUDIT)
def history(code: str) -> str:
    """Show what changed, by whom and when; one section with `?section=`."""
    reading = read(code)
    counts = queries.changed_sections(code)
    form = HistoryFilter(request.args)
    form.section.choices = [
        ("", _("All sections")),
        *((name, section_words(name)) for name in _ORDER if name in counts),
    ]
    section = form.section.data if form.section.data in counts else ""
    page = max(request.args.get("page", 1, type=int), 1)
    return render_template(
        "audits/history.html",
        audit=reading,
        form=form,
        changes=queries.changes(code, section, first=(page - 1) * ON_A_PAGE, most=ON_A_PAGE),
        page=page,
        per_page=ON_A_PAGE,
        total=counts[section] if section else sum(counts.values()),
        told=told,
        section_words=section_words,
        entry_words=entry_words,
    )


class HistoryFilter(Form):
    """Which section of the audit is asked about."""

    section = SelectField(_l("Section"), validate_choice=False, default="")


_ORDER = ("header", *SECTIONS, ATTACHMENTS)


def section_words(section: str) -> str:
    """Return what a section of the history is called."""
    if section == "header":
        return _("Header")
    return _("Attached documents") if section == ATTACHMENTS else str(SECTIONS[section].many)


def entry_words(change: AuditChange) -> str:
    """Return what the entry that changed is called."""
    named = VALUES.get((change.section, _KEYS.get(change.section, ""))) or VALUES.get(_KEYS.get(change.section, ""), {})
    return str(named.get(change.key, change.key))


_KEYS = {"panel": "role", "maturity": "process", "gates": "gate", "moments": "moment"}


def told(change: AuditChange) -> Iterable[tuple[str, str, str, bool]]:
    """Yield, for each field that changed, its name, what it said before and after, and whether that is withheld."""
    for field in change.fields:
        name = field["field"]
        label = _attached(name) if change.section == ATTACHMENTS else str(field_words(change.section, name).label)
        before, after = (_told(change.section, name, field.get(side)) for side in ("before", "after"))
        yield label, before, after, "withheld" in field


def _attached(name: str) -> str:
    return _("File") if name == "name" else _("What it is called")


def _told(section: str, name: str, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return in_language(value) if _is_text(value) else _row(name, value)
    if isinstance(value, list):
        return "; ".join(_row(name, one) if isinstance(one, dict) else str(one) for one in value)
    named = VALUES.get((section, name)) or VALUES.get(name) or {}
    return value_words(section, name, value) if str(value) in named else str(value)


def _is_text(value: dict[str, Any]) -> bool:
    return all(len(key) <= len("pt-BR") and isinstance(text, str) for key, text in value.items())


def _row(section: str, row: dict[str, Any]) -> str:
    told_fields = ((field_words(section, name).label, _told(section, name, value)) for name, value in row.items())
    return ", ".join(f"{label}: {words}" for label, words in told_fields if words)
