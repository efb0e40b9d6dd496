"""Files sent to a module one at a time, while its author goes on writing."""

from typing import Any

from flask import request, url_for

from lms.authoring.media import arriving
from lms.authoring.media.arriving import Arrived, Wanted
from lms.kernel.clock import now
from lms.kernel.refusals import FileRefused, Problem, Refusal
from lms.people.permissions import Permission
from lms.web.shared import refusals
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.problems import worded
from lms.web.shared.uploads import accepts_files

Answer = tuple[dict[str, Any], int]


@accepts_files
@requires(Permission.WRITE_MODULES)
def receive_media(code: str) -> Answer:
    """Take a file for a block that will name it."""
    upload, kind = request.files.get("file"), request.form.get("kind", "")
    wanted = Wanted(kind) if kind in list(Wanted) else None
    try:
        if upload is None:
            raise FileRefused([Problem("media.empty")])
        arrived = arriving.bring(code, upload.filename or "", upload.stream, wanted=wanted, by=somebody().id, now=now())
    except Refusal as refusal:
        return refused(refusal)
    return told(arrived), 201


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
    if isinstance(refusal, FileRefused):
        return {"message": worded(refusal.problems[0])}, 422
    return {"message": refusals.worded(refusal)}, refusals.wording(refusal).status
