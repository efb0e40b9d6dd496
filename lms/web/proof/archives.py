"""Archives of proof that somebody waits for: asked for, followed, fetched."""

from collections.abc import Callable
from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel.group_commit import durably
from lms.kernel.jobs import actions
from lms.kernel.jobs.models import Job, State
from lms.kernel.languages import current_language, speaking
from lms.kernel.refusals import NotFound
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.reports import proof_jobs
from lms.web.shared.files import zip_file
from lms.web.shared.guards import signed_in
from lms.web.shared.identity import can, somebody
from lms.web.shared.looking import looked_at, looks


def wait_for(ask: Callable[[], Job]) -> BaseResponse:
    """Ask for an archive, and lead to where its making is followed; the same asked again is the same work."""
    language = current_language()

    def keep() -> UUID:
        with speaking(language):
            return ask().id

    return redirect(url_for("shared.job", job_id=durably(keep)))


@signed_in
@looks(Purpose.PROOF)
def made(job_id: UUID) -> BaseResponse:
    """Hand out what was made: to HR, and to whoever it is about."""
    job = actions.find(job_id)
    if job.kind != proof_jobs.ARCHIVE.name or job.state is not State.DONE or job.result is None:
        raise NotFound()
    people = set(job.result["people"])
    if not can(Permission.KEEP_PROOF) and people != {somebody().id}:
        raise NotFound()
    looked_at(people - {somebody().id})
    return zip_file(proof_jobs.read(job), job.result["name"])
