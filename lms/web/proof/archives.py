"""Archives of proof that somebody waited for."""

from uuid import UUID

from werkzeug.wrappers import Response as BaseResponse

from lms.kernel.jobs import actions
from lms.kernel.jobs.models import State
from lms.kernel.refusals import NotFound
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.reports import kept, proof_jobs
from lms.web.shared.files import zip_file
from lms.web.shared.guards import signed_in
from lms.web.shared.identity import can, somebody
from lms.web.shared.looking import looked_at, looks


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
    return zip_file(kept.made_by(job), job.result["name"])
