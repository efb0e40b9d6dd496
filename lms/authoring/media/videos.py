"""Videos that are made playable, as jobs: nobody waits for the page, and the server's memory holds none of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from lms.authoring import queries
from lms.authoring.media import files
from lms.catalogue import films
from lms.catalogue.actions import Stored, record_file, store_bytes
from lms.catalogue.films import Film
from lms.kernel import waiting
from lms.kernel.clock import now as clock
from lms.kernel.jobs import kinds
from lms.kernel.jobs.actions import ask, cancel
from lms.kernel.jobs.kinds import Asked, JobCancelled, Report, register
from lms.kernel.jobs.models import Job
from lms.kernel.refusals import Refusal


def ask_for(code: str, name: str, file: str, *, by: int | None, now: datetime) -> Job:
    """Ask for a video that waits under `file` to be made playable, and known to a module."""
    arguments = {"code": code, "name": name, "file": file}
    return ask(VIDEO.name, _work(arguments), arguments, by=by, now=now)


def stop(job: Job, words: str, *, now: datetime) -> None:
    """End a job whose video is wanted no longer; nothing of it stays."""
    if cancel(job, words, now=now):
        waiting.forget(job.arguments["file"])
        waiting.forget_made(_work(job.arguments))


def _work(arguments: Mapping[str, Any]) -> str:
    """Return what one job is told from others by, and what lies half-made of it."""
    return f"{arguments['code']} {arguments['file']}"


@dataclass(frozen=True)
class _Made:
    code: str
    name: str
    file: str
    film: Film
    video: Stored
    poster: Stored
    by: int | None


def _make(asked: Asked, report: Report) -> _Made:
    file: str = asked.arguments["file"]
    source, work = waiting.path(file), _work(asked.arguments)
    try:
        with waiting.beside(".mp4", of=work) as target, waiting.beside(".jpg", of=work) as poster:
            film = films.make_playable(source, target, report)
            films.draw_poster(target, poster, film.seconds)
            with target.open("rb") as video, poster.open("rb") as picture:
                stored = store_bytes(video, "video/mp4"), store_bytes(picture, "image/jpeg")
    except (Refusal, JobCancelled):
        waiting.forget(file)
        raise
    return _Made(asked.arguments["code"], asked.arguments["name"], file, film, *stored, asked.by)


def _keep(made: _Made) -> dict[str, Any]:
    moment, stem = clock(), PurePath(made.name).stem
    module_id = queries.draft(made.code).module_id
    digests = [record_file(stored, now=moment) for stored in (made.video, made.poster)]
    names = [
        files.add(module_id, name, digest, by=made.by, now=moment)
        for name, digest in zip((f"{stem}.mp4", f"{stem}-poster.jpg"), digests, strict=True)
    ]
    waiting.forget(made.file)
    return {
        "code": made.code,
        "names": names,
        "digests": digests,
        "width": made.film.width,
        "height": made.film.height,
        "size": made.video.size,
    }


VIDEO = register(kinds.Kind("video", work=_make, keep=_keep))
