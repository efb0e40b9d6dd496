"""Forms that are not built from a model: an audit file to bring in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from lms.kernel.documents import MAX_DOCUMENT_BYTES


class ImportForm(FlaskForm):
    """An audit file, and whether it may replace what is stored."""

    file = FileField(_l("Audit file (YAML)"), [FileRequired(_l("Choose a file."))])
    replace = BooleanField(_l("Replace the stored audit of the same code, if there is one"))

    def content(self) -> tuple[bytes, str]:
        """Return the file's bytes, at most one more than a document may have, and its name."""
        return self.file.data.read(MAX_DOCUMENT_BYTES + 1), self.file.data.filename or ""
