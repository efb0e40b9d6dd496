"""Documents attached to an audit: what kind a file is, told by what it holds; kept, given back, taken away.

They stand beside the audit's document: an audit file does not hold them.
"""

import io
import zipfile
from datetime import datetime
from pathlib import PurePath

from lms.audit import queries
from lms.audit.keeping import AuditAttachment, AuditChange
from lms.audit.models import Audit, ChangeKind
from lms.kernel import storage
from lms.kernel.database import db
from lms.kernel.refusals import NotFound, Refusal

MOST_MEGABYTES = 20
LONGEST_NAME = 200
SECTION = "attachments"


class AttachmentOfAnotherKind(Refusal):
    """The file is of no accepted kind, or not of the kind that its name says."""


class AttachmentEmpty(Refusal):
    """The file holds nothing."""


class AttachmentTooLarge(Refusal):
    """The file is larger than attached documents may be."""


class AttachedAlready(Refusal):
    """The same bytes are attached to the audit already."""


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
KINDS = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".odt": f"{_OPEN}.text",
    ".ods": f"{_OPEN}.spreadsheet",
    ".odp": f"{_OPEN}.presentation",
    ".txt": "text/plain",
    ".csv": "text/csv",
}
"""What may be attached, by how its name ends."""

_STARTS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_FOLDERS = {"word/": KINDS[".docx"], "xl/": KINDS[".xlsx"], "ppt/": KINDS[".pptx"]}


def media_type(name: str, content: bytes) -> str:
    """Return what kind of file it is; raises AttachmentOfAnotherKind when name and content do not agree.

    Pages, drawings and programs are of no accepted kind, nor are documents with macros.
    """
    said = KINDS.get(PurePath(name).suffix.lower())
    if said is None or not _holds(content, said):
        raise AttachmentOfAnotherKind()
    return said


def _holds(content: bytes, said: str) -> bool:
    begins = next((kind for start, kind in _STARTS.items() if content.startswith(start)), None)
    if begins is not None:
        return begins == said
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content) == said
    return said.startswith("text/") and _is_text(content)


def _kind_of_archive(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if any(
                name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names
            ):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size < LONGEST_NAME:
                return archive.read("mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return None
    return next((kind for folder, kind in _FOLDERS.items() if any(name.startswith(folder) for name in names)), None)


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def attach(audit: Audit, name: str, title: str, content: bytes, *, by: int | None, now: datetime) -> AuditAttachment:
    """Attach a file to the audit; raises AttachmentEmpty, -TooLarge, -OfAnotherKind or AttachedAlready."""
    if not content:
        raise AttachmentEmpty()
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise AttachmentTooLarge(limit=MOST_MEGABYTES)
    kind = media_type(name, content)
    digest, size = storage.keep(io.BytesIO(content))
    twin = next((found for found in queries.attachments(audit.code) if found.digest == digest), None)
    if twin is not None:
        raise AttachedAlready(title=twin.title)
    bare = _bare_name(name)
    row = AuditAttachment(audit_id=audit.id, digest=digest, name=bare, title=title.strip() or bare)
    row.media_type, row.size, row.added_at, row.added_by = kind, size, now, by
    db.session.add(row)
    db.session.flush()
    _keep_change(row, ChangeKind.ADDED, by, now)
    return row


def detach(code: str, number: int, *, by: int | None, now: datetime) -> None:
    """Take an attached document away; raises NotFound."""
    row = queries.attachment(code, number)
    if row is None:
        raise NotFound()
    _keep_change(row, ChangeKind.REMOVED, by, now)
    db.session.delete(row)
    db.session.flush()


def _bare_name(name: str) -> str:
    """Return a file's name without folders and without what no header may hold, its ending kept."""
    last = PurePath(name.replace("\\", "/")).name
    printable = "".join(letter for letter in last if letter.isprintable() and letter not in '"/\\')
    ending = PurePath(printable).suffix
    return printable.removesuffix(ending)[: LONGEST_NAME - len(ending)] + ending


def _keep_change(row: AuditAttachment, kind: ChangeKind, by: int | None, now: datetime) -> None:
    sides = ("before", "after") if kind is ChangeKind.REMOVED else ("after", "before")
    fields = [
        {"field": name, sides[0]: value, sides[1]: None} for name, value in (("title", row.title), ("name", row.name))
    ]
    change = AuditChange(audit_id=row.audit_id, at=now, by_id=by, section=SECTION, key=str(row.id), kind=kind)
    change.fields = fields
    db.session.add(change)
    db.session.flush()
