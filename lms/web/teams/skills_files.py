"""The matrix as a file: what the page shows with the same filters, on A3, as a workbook or as CSV."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel.clock import now
from lms.kernel.jobs import actions as jobs
from lms.kernel.languages import current_language
from lms.kernel.refusals import NotFound
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.reports import kept, skills_jobs, skills_sheet
from lms.web.shared.files import named_file
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.jobs import wait_for
from lms.web.shared.looking import looked_at, looks
from lms.web.teams.scope import visible_teams
from lms.web.teams.skills import asked
from lms.web.teams.wording import COVERS, levels


@requires(Permission.READ_SKILLS)
@looks(Purpose.SKILLS)
def skills_file(kind: str) -> BaseResponse:
    """Give the matrix as the page shows it."""
    form, found = asked()
    words = skills_sheet.Words(levels(), {state: str(word) for state, word in COVERS.items()})
    if kind == "pdf" and skills_jobs.is_large(found):
        teams, me, language, moment = visible_teams(), somebody().id, current_language(), now()
        return wait_for(lambda: skills_jobs.ask_for(form.day, teams, form.wanted, words, language, by=me, now=moment))
    looked_at(row.person_id for row in found.rows)
    if kind == "pdf":
        body = skills_sheet.pdf(found, form.day, words, current_language())
    elif kind == "xlsx":
        body = skills_sheet.xlsx(found, form.day, words)
    else:
        body = skills_sheet.csv(found)
    return named_file(kind, _("Skills"), form.day, body)


@requires(Permission.READ_SKILLS)
@looks(Purpose.SKILLS)
def skills_print(job_id: UUID) -> BaseResponse:
    """Hand out a large matrix on A3, to whoever asked for it and may still see its teams."""
    job = jobs.find(job_id)
    if job.kind != skills_jobs.PRINT.name or job.asked_by != somebody().id or job.result is None:
        raise NotFound()
    own, teams = visible_teams(), job.arguments["teams"]
    if own is not None and (teams is None or not own.issuperset(teams)):
        raise NotFound()
    looked_at(job.result["people"])
    return named_file("pdf", _("Skills"), date.fromisoformat(job.arguments["on"]), kept.made_by(job))
