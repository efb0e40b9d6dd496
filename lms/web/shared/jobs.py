"""The page of a job: how far it is, what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask_babel import LazyString
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel.clock import now
from lms.kernel.group_commit import durably
from lms.kernel.jobs import actions
from lms.kernel.jobs.kinds import JobCancelled, JobCutShort
from lms.kernel.jobs.models import Job, State
from lms.kernel.languages import current_language, speaking
from lms.kernel.refusals import NotFound
from lms.people.permissions import Permission
from lms.web.shared import late
from lms.web.shared.guards import signed_in
from lms.web.shared.identity import can, somebody
from lms.web.shared.refusals import worded


@dataclass(frozen=True)
class Place:
    """What readers of a kind of job are told, and where they go."""

    title: LazyString
    permission: Permission
    """Whoever has it may follow the job; whoever asked may too."""
    result: Callable[[Job], str]
    """The address of what was made."""
    back: Callable[[Job], str]
    """The address from which it was asked for."""


PLACES: dict[str, Place] = {}


def add(kind: str, place: Place) -> None:
    """Say what readers of a kind of job are told."""
    PLACES[kind] = place


def wait_for(ask: Callable[[], Job]) -> BaseResponse:
    """Ask for long work, and lead to where it is followed; the same asked again is the same work."""
    language = current_language()

    def keep() -> UUID:
        with speaking(language):
            return ask().id

    return redirect(url_for("shared.job", job_id=durably(keep)))


@signed_in
def job(job_id: UUID) -> BaseResponse | str:
    """Show how far a job is; once it is done, lead to what was made."""
    found, place = _find(job_id)
    if found.state is not State.DONE:
        return render_template("shared/job.html", job=found, place=place)
    if request.headers.get("HX-Request"):
        # A script that follows a redirect would put the other page into this one.
        return Response(headers={"HX-Redirect": place.result(found)})
    return redirect(place.result(found))


@signed_in
def again(job_id: UUID) -> BaseResponse:
    """Ask once more for what came to nothing."""
    found, _place = _find(job_id)
    asked = actions.ask_again(found, by=somebody().id, now=now())
    return redirect(url_for("shared.job", job_id=asked.id))


@signed_in
def cancel(job_id: UUID) -> BaseResponse:
    """Stop what is wanted no longer."""
    found, _place = _find(job_id)
    refusal = JobCutShort() if found.reached else JobCancelled()
    actions.cancel(found, worded(refusal), now=now())
    return redirect(url_for("shared.job", job_id=job_id))


def _find(job_id: UUID) -> tuple[Job, Place]:
    found = actions.find(job_id)
    late.WORDS.look_for(lambda: found.kind in PLACES)
    place = PLACES.get(found.kind)
    if place is None or not (found.asked_by == somebody().id or can(place.permission)):
        raise NotFound()
    return found, place
