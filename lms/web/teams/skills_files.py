"""The matrix as a file: what the page shows with the same filters, on A3, as a workbook or as CSV."""

from flask import Response
from flask_babel import gettext as _

from lms.kernel.languages import current_language
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.reports import skills_sheet
from lms.web.shared.files import named_file
from lms.web.shared.guards import requires
from lms.web.shared.looking import looked_at, looks
from lms.web.teams.skills import asked
from lms.web.teams.wording import COVERS, levels


@requires(Permission.READ_SKILLS)
@looks(Purpose.SKILLS)
def skills_file(kind: str) -> Response:
    """Give the matrix as the page shows it."""
    form, found = asked()
    looked_at(row.person_id for row in found.rows)
    words = skills_sheet.Words(
        levels(),
        {state: str(word) for state, word in COVERS.items()},
    )
    if kind == "pdf":
        body = skills_sheet.pdf(found, form.day, words, current_language())
    elif kind == "xlsx":
        body = skills_sheet.xlsx(found, form.day, words)
    else:
        body = skills_sheet.csv(found)
    return named_file(kind, _("Skills"), form.day, body)
