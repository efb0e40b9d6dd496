"""Changing an audit: its header and its entries, one at a time, each kept through `audit.actions.store`.

A form carries the version that its reader saw. When another editor was faster, what was
typed stays on the page, beside what is stored now.
"""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.audit import actions, editing
from lms.audit.document import SECTIONS, AuditDocument, entries
from lms.audit.rules import AuditChangedMeanwhile, AuditCodeTaken, AuditEntryInUse
from lms.audit.texts import key_of
from lms.kernel.clock import now, today
from lms.kernel.refusals import FileRefused, NotFound
from lms.people.permissions import Permission
from lms.web.audits import answering
from lms.web.audits.entry_forms import EntryForm, VersionedForm
from lms.web.audits.reading import Reading, name_of, read
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import worded

Page = str | Response | tuple[str, int]


@requires(Permission.EDIT_AUDIT)
def new_audit() -> Page:
    """Begin an audit by its header."""
    form = answering.header_form(None)
    document = answering.with_header(form, None) if form.validate_on_submit() else None
    if document is not None:
        try:
            actions.begin(document, by=somebody().id, today=today(), now=now())
        except AuditCodeTaken as refusal:
            form.say(["code"], worded(refusal))
        else:
            flash(_("The audit is begun. Add to it, section by section."), "success")
            return redirect(url_for("audits.summary", code=document.code))
    return render_template("audits/new_audit.html", form=form), 422 if form.errors else 200


@requires(Permission.EDIT_AUDIT)
def change_header(code: str) -> Page:
    """Change what the audit says of itself."""
    reading = read(code)
    form = answering.header_form(reading)
    document = answering.with_header(form, reading.document) if form.validate_on_submit() else None
    if document is not None and _stored(form, document):
        return redirect(url_for("audits.summary", code=code))
    return _form_page(form, reading, "header", None)


@requires(Permission.EDIT_AUDIT)
def add(code: str, section: str) -> Page:
    """Add an entry."""
    return _edit(read(code), section, None)


@requires(Permission.EDIT_AUDIT)
def change(code: str, section: str, key: str) -> Page:
    """Change an entry."""
    reading = read(code)
    return _edit(reading, section, _found(reading, section, key))


@requires(Permission.EDIT_AUDIT)
def remove(code: str, section: str, key: str) -> Page:
    """Take an entry away, once nothing refers to it any more."""
    reading = read(code)
    entry = _found(reading, section, key)
    form = VersionedForm(data={"audit_version": str(reading.version)})
    refused, status = None, 200
    if form.validate_on_submit():
        try:
            changed = editing.without(reading.document, section, key)
            actions.store(changed, version=form.read_version, by=somebody().id, now=now())
        except FileRefused:
            status = 422  # The page says who refers to it.
        except (AuditChangedMeanwhile, AuditEntryInUse) as refusal:
            refused, status, reading = worded(refusal), 409, read(code)
            form.audit_version.data = str(reading.version)
        else:
            flash(_("%(key)s is removed.", key=name_of(section, entry)), "success")
            return redirect(reading.address(section))
    page = {"audit": reading, "section": section, "entry": entry, "key": key, "form": form, "refused": refused}
    return render_template("audits/remove.html", **page), status


def _edit(reading: Reading, section: str, entry: Any | None) -> Page:
    if section not in SECTIONS:
        raise NotFound()
    form = answering.entry_form(reading, section, entry)
    document = answering.with_answers(form, reading.document, section, entry) if form.validate_on_submit() else None
    if document is not None and _stored(form, document):
        kept = entry or entries(document, section)[-1]
        flash(_("%(key)s is stored.", key=name_of(section, kept)), "success")
        return redirect(reading.address(section, key_of(kept)))
    return _form_page(form, reading, section, entry)


def _stored(form: EntryForm, document: AuditDocument) -> bool:
    """Store the document; False when another editor was faster, and the form then knows the newer version."""
    try:
        actions.store(document, version=form.read_version, by=somebody().id, today=today(), now=now())
    except AuditChangedMeanwhile:
        form.overtaken = True
        return False
    return True


def _form_page(form: EntryForm, reading: Reading, section: str, entry: Any | None) -> Page:
    stored: dict[str, str] = {}
    if form.overtaken:
        reading = read(reading.document.code)
        entry = editing.find(reading.document, section, key_of(entry)) if entry else None
        stored = form.differences(reading.document if section == "header" else entry)
        form.audit_version.data = str(reading.version)
    key = key_of(entry) if entry else ""
    page = {"audit": reading, "section": section, "entry": entry, "key": key, "form": form, "stored": stored}
    status = 409 if form.overtaken else 422 if form.errors else 200
    return render_template("audits/entry.html", **page), status


def _found(reading: Reading, section: str, key: str) -> Any:
    entry = editing.find(reading.document, section, key) if section in SECTIONS else None
    if entry is None:
        raise NotFound()
    return entry
