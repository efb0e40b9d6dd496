"""Captions that are brought in while a block is written."""

from typing import Any

from flask import request

from lms.authoring import queries
from lms.kernel.refusals import FileRefused
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.uploads import accepts_files
from lms.web.studio.fields import in_line
from lms.web.studio.fields import read_captions as cues_of


@accepts_files
@requires(Permission.WRITE_MODULES)
def read_captions(code: str) -> tuple[dict[str, Any], int]:
    """Say what is in a file of captions: `cues` of start, end (milliseconds) and text, or what is wrong with it."""
    queries.work(code)
    file = request.files.get("file")
    try:
        cues = cues_of(file) if file else []
    except FileRefused as refused:
        return {"message": " ".join(in_line(problem) for problem in refused.problems[:3])}, 422
    return {"cues": [[cue.start, cue.end, cue.text] for cue in cues]}, 200
