"""Forms that are not built from a model: an audit file to bring in, a document to attach."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField
from wtforms.validators import Length

from lms.audit.attachments import KINDS, MOST_MEGABYTES
from lms.kernel.documents import MAX_DOCUMENT_BYTES


class ImportForm(FlaskForm):
    """An audit file, and whether it may replace what is stored."""

    file = FileField(_l("Audit file (YAML)"), [FileRequired(_l("Choose a file."))])
    replace = BooleanField(_l("Replace the stored audit of the same code, if there is one"))

    def content(self) -> tuple[bytes, str]:
        """Return the file's bytes, at most one more than a document may have, and its name."""
        return self.file.data.read(MAX_DOCUMENT_BYTES + 1), self.file.data.filename or ""


class AttachForm(FlaskForm):
    """A document to attach, and what it is called."""

    file = FileField(
        _l("Document"),
        [FileRequired(_l("Choose a file."))],
        description=_l("PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, TXT or CSV; 20 MB at most."),
        render_kw={"accept": ",".join(KINDS)},
    )
    title = StringField(
        _l("What it is called"),
        [Length(max=200, message=_l("200 characters at most."))],
        description=_l("The name of the file when nothing is said."),
    )

    def content(self) -> tuple[str, str, bytes]:
        """Return the file's name, the title and the bytes, at most one more than a document may have."""
        most = MOST_MEGABYTES * 1_000_000
        return self.file.data.filename or "", self.title.data or "", self.file.data.read(most + 1)
