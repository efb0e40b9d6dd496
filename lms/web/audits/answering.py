"""From an audit to a form, and from the answers to another document or to faults at their fields."""

import re
from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, ValidationError

from lms.audit import editing
from lms.audit.document import FORMAT, HEADER, REFERENCES, SECTIONS, AuditDocument, entries
from lms.audit.faults import faults, succession_faults
from lms.audit.places import Fault
from lms.audit.texts import key_of
from lms.catalogue import queries as catalogue
from lms.kernel.clock import today
from lms.kernel.documents import problems_of
from lms.kernel.languages import INTERFACE_LANGUAGES, in_language
from lms.kernel.refusals import Problem
from lms.web.audits.entry_forms import EntryForm, form_for
from lms.web.audits.holding import held
from lms.web.audits.labels import SECTIONS as WORDS
from lms.web.audits.reading import Reading
from lms.web.shared.problems import worded

SHORTENED = 90
FREE_ROWS = 2
"""Rows that stand empty below those that are filled in."""
MOST_ROWS = 60


def entry_form(reading: Reading, section: str, entry: Any | None) -> EntryForm:
    """Return the form of an entry, or of a new one; what tells an entry from others does not change."""
    model = SECTIONS[section]
    names = [name for name in model.model_fields if entry is None or name != model.key]
    languages = editing.languages(reading.document, INTERFACE_LANGUAGES)
    choices = _choices(reading, section)
    rows = {name: _rows(name, getattr(entry, name, ())) for name in ROWS.get(section, ())}
    form = form_for(model, section, names=names, languages=languages, choices=choices, rows=rows)
    # A new entry begins with what the model takes for granted: illustrative until someone says otherwise.
    begun = held(entry or model.model_construct(), form.questions)
    if entry is None:
        begun["code"] = editing.proposed_code(reading.document, section)
    return form(data={**begun, "audit_version": str(reading.version)})


ROWS = {"panel": ("shifts",), "actions": ("milestones",), "it": ("tests",)}
"""The questions of several rows."""


def _rows(name: str, filled: Any) -> int:
    places = [int(found[1]) for key in request.form if (found := re.match(rf"{name}-(\d{{1,3}})-", key))]
    return min(max([len(filled) + FREE_ROWS, *(place + 1 for place in places)]), max(MOST_ROWS, len(filled)))


def header_form(reading: Reading | None) -> EntryForm:
    """Return the form of an audit's header, or of a new audit."""
    names = ("code", *HEADER) if reading is None else HEADER
    languages = editing.languages(reading.document, INTERFACE_LANGUAGES) if reading else list(INTERFACE_LANGUAGES)
    form = form_for(AuditDocument, "header", names=names, languages=languages, choices={}, rows={})
    if reading is None:
        return form(data=held(AuditDocument.model_construct(), form.questions))
    return form(data={**held(reading.document, form.questions), "audit_version": str(reading.version)})


def with_answers(form: EntryForm, document: AuditDocument, section: str, entry: Any | None) -> AuditDocument | None:
    """Return the document with the entry as answered; None, and the faults at their fields, when it cannot be."""
    model = SECTIONS[section]
    key = {} if entry is None else {model.key: key_of(entry)}
    answered = _checked(form, model, form.answers() | key)
    if answered is None:
        return None
    changed = (editing.with_new if entry is None else editing.with_entry)(document, section, answered)
    here = editing.path_of(changed, section, key_of(answered))
    found = _found(document, changed)
    for fault in found:
        _say_fault(form, changed, here, fault)
    return None if found else changed


def with_header(form: EntryForm, document: AuditDocument | None) -> AuditDocument | None:
    """Return the document with the header as answered; None, and the faults at their fields, when it cannot be."""
    kept = document.model_dump(exclude=set(HEADER)) if document else {"format": FORMAT}
    changed = _checked(form, AuditDocument, kept | form.answers())
    if changed is None:
        return None
    found = _found(document, changed)
    for fault in found:
        _say_fault(form, changed, (), fault)
    return None if found else changed


def _found(before: AuditDocument | None, after: AuditDocument) -> list[Fault]:
    return [*faults(after, today()), *(succession_faults(before, after) if before else ())]


def _say_fault(form: EntryForm, document: AuditDocument, here: tuple[str | int, ...], fault: Fault) -> None:
    """Put a fault at its field; one of another entry at the head of the form, with that entry's name."""
    place = editing.at(document, fault.path)
    if fault.path[: len(here)] == here and (here or place is None):
        _say(form, [Problem(fault.code, path=".".join(map(str, fault.path[len(here) :])), facts=fault.facts)])
        return
    where = f"{WORDS[place[0]].one} {place[1]} – " if place else ""
    form.form_errors.append(where + worded(Problem(fault.code, facts=fault.facts)))


def _checked(form: EntryForm, model: type[BaseModel], answers: dict[str, Any]) -> Any | None:
    try:
        return model.model_validate(answers)
    except ValidationError as error:
        _say(form, problems_of(error))
        return None


def _say(form: EntryForm, problems: Iterable[Problem]) -> None:
    for problem in problems:
        form.say(problem.path.split("."), str(IN_A_FORM.get(problem.code) or worded(problem)))


IN_A_FORM = {"missing": _l("Answer this."), "too_short": _l("Write it in one language at least.")}
"""What a form says more plainly than a file's reader needs it; only texts in languages are ever too short."""


def _choices(reading: Reading, section: str) -> dict[str, list[tuple[str, str]]]:
    named = {field: _summaries(reading, target) for where, field, target in REFERENCES if where == section}
    return {**named, "modules": _modules(reading.document)} if section == "arrangements" else named


def _summaries(reading: Reading, section: str) -> list[tuple[str, str]]:
    return [
        (key_of(entry), f"{key_of(entry)} – {_shortened(in_language(reading.says(entry)))}")
        for entry in entries(reading.document, section)
    ]


def _modules(document: AuditDocument) -> list[tuple[str, str]]:
    titles = {edition.code: in_language(edition.content.title) for edition in catalogue.newest_editions()}
    named = {code for arrangement in document.inventory.arrangements for code in arrangement.modules}
    return [(code, f"{code} – {titles[code]}" if code in titles else code) for code in sorted(named | titles.keys())]


def _shortened(text: str) -> str:
    return text if len(text) <= SHORTENED else text[: SHORTENED - 1].rstrip() + "…"
