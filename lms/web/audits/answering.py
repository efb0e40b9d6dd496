"""From an audit to a form, and from the answers to another document or to faults at their fields."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

from lms.audit import editing
from lms.audit.document import FORMAT, REFERENCES, AuditDocument
from lms.audit.faults import faults
from lms.catalogue import queries as catalogue
from lms.kernel.documents import problems_of
from lms.kernel.languages import INTERFACE_LANGUAGES, in_language
from lms.kernel.refusals import Problem
from lms.web.audits.entry_forms import Choices, EntryForm, as_answered, form_for
from lms.web.audits.reading import Reading, says
from lms.web.shared.problems import worded

HEADER = ("code", "title", "summary", "institution", "site", "started_on", "delivered_on", "source", "provenance")
SHORTENED = 90


def entry_form(reading: Reading, section: str, entry: Any | None) -> EntryForm:
    """Return the form of an entry, or of a new one; what tells an entry from others does not change."""
    model = editing.KINDS[section]
    names = [name for name in model.model_fields if entry is None or name != _key_name(section)]
    languages = editing.languages(reading.document, INTERFACE_LANGUAGES)
    form = form_for(model, section, names=names, languages=languages, choices=_choices(reading.document, section))
    # A new entry begins with what the model takes for granted: illustrative until someone says otherwise.
    return form(data={**as_answered(entry or model.model_construct()), "audit_version": str(reading.version)})


def header_form(reading: Reading | None) -> EntryForm:
    """Return the form of an audit's header, or of a new audit."""
    names = HEADER if reading is None else HEADER[1:]
    languages = editing.languages(reading.document, INTERFACE_LANGUAGES) if reading else list(INTERFACE_LANGUAGES)
    form = form_for(AuditDocument, "header", names=names, languages=languages, choices={})
    if reading is None:
        return form(data=as_answered(AuditDocument.model_construct()))
    return form(data={**as_answered(reading.document), "audit_version": str(reading.version)})


def with_answers(form: EntryForm, document: AuditDocument, section: str, entry: Any | None) -> AuditDocument | None:
    """Return the document with the entry as answered; None, and the faults at their fields, when it cannot be."""
    key = {} if entry is None else {_key_name(section): editing.key_of(entry)}
    answered = _checked(form, editing.KINDS[section], form.answers() | key)
    if answered is None:
        return None
    changed = (editing.with_new if entry is None else editing.with_entry)(document, section, answered)
    here = editing.path_of(changed, section, editing.key_of(answered))
    found = list(faults(changed))
    for fault in found:
        if fault.path[: len(here)] == here:
            _say(form, [Problem(fault.code, path=".".join(map(str, fault.path[len(here) :])), facts=fault.facts)])
    return None if found else changed


def with_header(form: EntryForm, document: AuditDocument | None) -> AuditDocument | None:
    """Return the document with the header as answered; None, and the faults at their fields, when it cannot be."""
    kept = document.model_dump(exclude=set(HEADER[1:])) if document else {"format": FORMAT}
    return _checked(form, AuditDocument, kept | form.answers())


def _checked(form: EntryForm, model: type[BaseModel], answers: dict[str, Any]) -> Any | None:
    try:
        return model.model_validate(answers)
    except ValidationError as error:
        _say(form, problems_of(error))
        return None


def _say(form: EntryForm, problems: Iterable[Problem]) -> None:
    for problem in problems:
        form.say(problem.path.split("."), worded(problem))


def _key_name(section: str) -> str:
    return "role" if section == "panel" else "code"


def _choices(document: AuditDocument, section: str) -> Choices:
    named = {field: _summaries(document, target) for where, field, target in REFERENCES if where == section}
    return {**named, "modules": _modules(document)} if section == "arrangements" else named


def _summaries(document: AuditDocument, section: str) -> list[tuple[str, str]]:
    return [
        (entry.code, f"{entry.code} – {_shortened(in_language(says(entry)))}")
        for entry in editing.listed(document, section)
    ]


def _modules(document: AuditDocument) -> list[tuple[str, str]]:
    titles = {edition.code: in_language(edition.content.title) for edition in catalogue.newest_editions()}
    named = {code for arrangement in document.inventory.arrangements for code in arrangement.modules}
    return [(code, f"{code} – {titles[code]}" if code in titles else code) for code in sorted(named | titles.keys())]


def _shortened(text: str) -> str:
    return text if len(text) <= SHORTENED else text[: SHORTENED - 1].rstrip() + "…"
