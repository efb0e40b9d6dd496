"""What was published of a module: its editions, what each changed, and taking one back."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from lms.authoring import planning, queries, voices
from lms.catalogue import actions as catalogue
from lms.catalogue.queries import Published, edition_numbered, history
from lms.kernel.clock import now, today
from lms.kernel.jobs.models import Job
from lms.people import directory
from lms.people.permissions import Permission
from lms.web.shared import jobs
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.studio.comparing import Row, rows
from lms.web.studio.forms import WithdrawForm

SOON = timedelta(days=30)
"""Before the day of a review it is said to be near."""


@requires(Permission.WRITE_MODULES)
def editions(code: str) -> str:
    """Show the editions of a module, the newest first."""
    work = queries.work(code)
    published = history(work.module_id)
    planned = queries.planned_edition(work.module_id)
    names = names_of({*people_of(published), *([planned.planned_by] if planned and planned.planned_by else ())})
    return render_template(
        "studio/editions.html",
        work=work,
        editions=published,
        planned=planned,
        names=names,
        voices=voices.voices_of(work.edition) if work.edition and not work.withdrawn else None,
    )


@requires(Permission.PUBLISH_MODULES)
def make_voices(code: str) -> BaseResponse:
    """Ask for the voices that the newest edition lacks."""
    work = queries.work(code)
    if work.edition:
        voices.ask_for(work.edition.id, by=somebody().id, now=now())
    return redirect(url_for("studio.editions", code=code, _anchor="voices"))


@requires(Permission.PUBLISH_MODULES)
def cancel_planned(code: str) -> BaseResponse:
    """Cancel what was to be published on a day."""
    planning.cancel(queries.work(code).module_id, by=somebody().id, now=now())
    flash(_("The planned edition is cancelled."), "success")
    return redirect(url_for("studio.editions", code=code))


@requires(Permission.WRITE_MODULES)
def compare(code: str) -> str:
    """Show side by side what an edition, or the draft, changes of another edition."""
    newest = history(queries.work(code).module_id)
    before = request.args.get("from", newest[0].number if newest else 0, type=int)
    found = queries.comparison(code, before, request.args.get("to", type=int))
    shown: list[tuple[object, list[Row]]] = [(change, rows(change, found)) for change in found.changes]
    return render_template("studio/compare.html", found=found, changes=shown)


@requires(Permission.WRITE_MODULES)
def to_review() -> str:
    """List the modules that kiosks offer by the day on which somebody is to look at them again."""
    soon = today() + SOON
    return render_template("studio/to_review.html", modules=queries.to_review(now()), today=today(), soon=soon)


@requires(Permission.PUBLISH_MODULES)
def withdraw(code: str, number: int) -> str | BaseResponse | tuple[str, int]:
    """Ask why an edition is taken back, and take it back."""
    work = queries.work(code)
    edition = edition_numbered(work.module_id, number)
    form = WithdrawForm()
    if not form.validate_on_submit():
        page = render_template("studio/withdraw.html", work=work, edition=edition, form=form)
        return page, 422 if form.errors else 200
    catalogue.withdraw(edition.id, form.reason.data or "", by=somebody().id, now=now())
    flash(_("Edition %(number)s is withdrawn.", number=number), "success")
    return redirect(url_for("studio.editions", code=code))


def people_of(published: list[Published]) -> set[int]:
    """Return who published or withdrew these editions."""
    return {number for one in published for number in (one.published_by, one.withdrawn_by) if number}


def names_of(people: set[int]) -> dict[int, str]:
    """Return what people are called, by number."""
    return {person.id: person.full_name for person in directory.people(people)}


def add_places() -> None:
    """Say what readers of the job that makes voices are told, and where they are led."""
    jobs.add(
        voices.VOICES.name,
        jobs.Place(_l("Voices are being made"), Permission.WRITE_MODULES, _to_voices, _to_voices),
    )


def _to_voices(job: Job) -> str:
    return url_for("studio.editions", code=job.arguments["code"])
