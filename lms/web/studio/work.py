"""What is said of the work on a module: minutes, origin, reviews."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.authoring import history, queries, work
from lms.authoring.models import Origin
from lms.authoring.queries import ModuleWork
from lms.kernel.clock import now
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.studio.forms import ReviewForm, WorkForm


def work_on(code: str) -> ModuleWork | None:
    """Return the work on a module that was published, as it is known now."""
    return next((found for found in queries.module_work(now()) if found.code == code), None)


def declared(module_id: int, done: ModuleWork | None) -> dict[str, object]:
    """Return what the reader said last of the work on a module, as a form takes it; minutes not yet said as counted."""
    origin, said = done.origin if done else None, queries.own_minutes(module_id, somebody().id)
    minutes = history.minutes(module_id, somebody().id) or None if said is None else said
    return {"minutes": minutes, "origin": origin.value if origin else ""}


def keep_work(code: str, form: WorkForm) -> None:
    """Keep what the form says that was not said yet."""
    module = queries.work(code)
    said, done = form.minutes.data, work_on(code)
    if said is not None and said != queries.own_minutes(module.module_id, somebody().id):
        work.declare_time(code, somebody().id, said, now=now())
    origin = Origin(form.origin.data) if form.origin.data else None
    if origin and origin is not (done.origin if done else None):
        work.declare_origin(code, origin, by=somebody().id, now=now())


@requires(Permission.WRITE_MODULES)
def declare(code: str) -> Response:
    """Keep the minutes and the origin that somebody declares."""
    form = WorkForm()
    if form.validate_on_submit():
        keep_work(code, form)
        flash(_("Kept."), "success")
    else:
        flash(" ".join(str(fault) for faults in form.errors.values() for fault in faults), "danger")
    return redirect(url_for("studio.about", code=code, _anchor="work"))


@requires(Permission.PUBLISH_MODULES)
def review(code: str) -> Response:
    """Sign that the newest edition was looked at and is still right."""
    form = ReviewForm()
    if form.validate_on_submit():
        work.sign_review(code, form.note.data or "", by=somebody().id, now=now())
        flash(_("Your review is signed."), "success")
    else:
        flash(" ".join(str(fault) for faults in form.errors.values() for fault in faults), "danger")
    return redirect(url_for("studio.about", code=code, _anchor="work"))
