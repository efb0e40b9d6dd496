"""The audit file: YAML in, each fault with its line; YAML out, the same document."""

from datetime import date

from lms.audit.document import AuditDocument
from lms.audit.faults import faults
from lms.kernel.documents import check, line_of, read_yaml, write_yaml
from lms.kernel.refusals import FileRefused, Problem


def read(source: bytes, file: str, today: date | None = None) -> AuditDocument:
    """Return the document; raises FileRefused with one problem for each fault.

    `today`, where it is given, refuses days to come on which something is said to have happened.
    """
    data, lines = read_yaml(source, file)
    document = check(AuditDocument, data, file, lines)
    problems = [
        Problem(fault.code, file, line_of(fault.path, lines), ".".join(map(str, fault.path)), fault.facts)
        for fault in faults(document, today)
    ]
    if problems:
        raise FileRefused(problems)
    return document


def write(document: AuditDocument) -> bytes:
    """Return the document as YAML; reading it gives the same document."""
    plain = document.model_dump(mode="json", exclude_defaults=True) | {"format": document.format}
    ordered = {"format": plain.pop("format"), **plain}
    return write_yaml(ordered)
