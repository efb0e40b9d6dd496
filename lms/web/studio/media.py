"""Files sent to a module one at a time, while its author goes on writing."""

from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask_babel import lazy_gettext as _l

from lms.authoring.media import arriving, videos
from lms.authoring.media.arriving import Arrived
from lms.authoring.media.kinds import Wanted
from lms.authoring.media.videos import VIDEO
from lms.kernel.clock import now
from lms.kernel.jobs import actions as jobs
from lms.kernel.jobs.kinds import JobCancelled
from lms.kernel.jobs.models import Job
from lms.kernel.refusals import FileRefused, NotFound, Problem, Refusal
from lms.people.permissions import Permission
from lms.web.shared import refusals
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.jobs import Place, add
from lms.web.shared.uploads import accepts_videos

Answer = tuple[dict[str, Any], int]


@accepts_videos
@requires(Permission.WRITE_MODULES)
def receive_media(code: str) -> Answer:
    """Take a file for a block that will name it; a video is made playable meanwhile."""
    upload, kind = request.files.get("file"), request.form.get("kind", "")
    wanted = Wanted(kind) if kind in list(Wanted) else None
    try:
        if upload is None:
            raise FileRefused([Problem("media.empty")])
        arrived = arriving.bring(code, upload.filename or "", upload.stream, wanted=wanted, by=somebody().id, now=now())
    except Refusal as refusal:
        return refused(refusal)
    if isinstance(arrived, Job):
        job = url_for(".media_job", code=code, job_id=arrived.id)
        return {"job": job, "cancel": url_for(".cancel_media", code=code, job_id=arrived.id)}, 202
    return told(arrived), 201


@requires(Permission.WRITE_MODULES)
def media_job(code: str, job_id: UUID) -> dict[str, Any]:
    """Say how far a video is."""
    job = _job(code, job_id)
    share = job.done / job.whole if job.whole else 0
    said: dict[str, Any] = {"state": job.state, "share": round(share, 3)}
    if job.message:
        said["message"] = job.message
    return said | (_made(job.result) if job.result else {})


@requires(Permission.WRITE_MODULES)
def cancel_media(code: str, job_id: UUID) -> dict[str, Any]:
    """Stop a video that is wanted no longer."""
    videos.stop(_job(code, job_id), refusals.worded(JobCancelled()), now=now())
    return {}


def _job(code: str, job_id: UUID) -> Job:
    job = jobs.find(job_id)
    if job.kind != VIDEO.name or job.arguments["code"] != code:
        raise NotFound()
    return job


def _made(result: dict[str, Any]) -> dict[str, Any]:
    video, poster = (url_for("shared.media", digest=digest) for digest in result["digests"])
    return {
        "name": result["names"][0],
        "url": video,
        "kind": Wanted.VIDEO,
        "width": result["width"],
        "height": result["height"],
        "bytes": result["size"],
        "poster": result["names"][1],
        "poster_url": poster,
    }


def add_places() -> None:
    """Say what readers of the jobs are told, and where they are led."""
    place = Place(_l("The video is being made playable"), Permission.WRITE_MODULES, _to_module, _to_module)
    add(VIDEO.name, place)


def let_record(response: Response) -> Response:
    """Let the pages of the studio use the microphone: cards are read aloud by whoever writes them."""
    if response.mimetype == "text/html":
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self)"
    return response


def _to_module(job: Job) -> str:
    return url_for("studio.module", code=job.arguments["code"])


def told(arrived: Arrived) -> dict[str, Any]:
    """Return what a script is told of a file that came in."""
    return {
        "name": arrived.name,
        "url": url_for("shared.media", digest=arrived.digest),
        "kind": arrived.kind,
        "width": arrived.width,
        "height": arrived.height,
        "bytes": arrived.size,
    }


def refused(refusal: Refusal) -> Answer:
    """Return why a file is not taken, in a sentence."""
    return {"message": refusals.worded(refusal)}, refusals.wording(refusal).status
