"""Documents attached to an audit: told by what they hold, kept once, given back."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from flask import Flask

from lms.audit import actions, attachments, file, queries
from lms.audit.attachments import AttachedAlready, AttachmentEmpty, AttachmentOfAnotherKind, AttachmentTooLarge
from lms.kernel import storage
from lms.kernel.database import db, writing

NOW = datetime(2026, 1, 5, tzinfo=UTC)
PDF = b"%PDF-1.7 x"


def archive(*names: str, mimetype: str = "") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("report.PDF", PDF, "application/pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml"), attachments.KINDS[".docx"]),
        ("a.ods", archive(mimetype=attachments.KINDS[".ods"]), attachments.KINDS[".ods"]),
        ("a.csv", "é;1\n".encode(), "text/csv"),
    ],
)
def test_what_may_be_attached(name: str, content: bytes, kind: str) -> None:
    assert attachments.media_type(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<script>"),  # not what its name says
        ("a.png", PDF),
        ("a.html", b"<p>x</p>"),  # a page
        ("a.svg", b"<svg/>"),
        ("a.pdf.exe", PDF),
        ("report", PDF),
        ("a.txt", b"\xff\xfe"),
        ("a.txt", b"a\0b"),
        ("a.xlsx", archive("word/document.xml")),
        ("a.docx", archive("word/document.xml", "word/vbaProject.bin")),  # macros
        ("a.docx", b"PK\x03\x04 broken"),
    ],
)
def test_what_may_not(name: str, content: bytes) -> None:
    with pytest.raises(AttachmentOfAnotherKind):
        attachments.media_type(name, content)


def test_attached_given_back_and_taken_away(app: Flask, case_audit: bytes) -> None:
    with app.app_context(), writing():
        audit = actions.store(file.read(case_audit, "case.yaml"), now=NOW)
        row = attachments.attach(audit, 'C:\\x\\re"port.pdf', " ", PDF, by=None, now=NOW)
        db.session.commit()
        assert (row.name, row.title, row.size) == ("report.pdf", "report.pdf", len(PDF))
        assert storage.read(queries.attachment(audit.code, row.id).digest) == PDF
        with pytest.raises(AttachedAlready):
            attachments.attach(audit, "other.pdf", "", PDF, by=None, now=NOW)
        attachments.detach(audit.code, row.id, by=None, now=NOW)
        assert queries.attachments(audit.code) == []
        assert [change.kind for change in queries.changes(audit.code, "attachments")] == ["removed", "added"]


def test_nothing_and_too_much_are_refused(app: Flask, case_audit: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context(), writing():
        audit = actions.store(file.read(case_audit, "case.yaml"), now=NOW)
        with pytest.raises(AttachmentEmpty):
            attachments.attach(audit, "a.pdf", "", b"", by=None, now=NOW)
        monkeypatch.setattr(attachments, "MOST_MEGABYTES", 0)
        with pytest.raises(AttachmentTooLarge):
            attachments.attach(audit, "a.pdf", "", PDF, by=None, now=NOW)
