"""The history of a draft: what changed when and by whom, the draft as it was, and going back."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.authoring import history, putting, queries
from lms.authoring.changes import Delta
from lms.authoring.history import Told
from lms.authoring.queries import Comparison
from lms.catalogue.comparing import changes as compared
from lms.kernel.clock import now
from lms.kernel.languages import in_language
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.studio.comparing import rows
from lms.web.studio.editions import names_of


@requires(Permission.WRITE_MODULES)
def changes(code: str) -> str:
    """List the changes of a draft, the newest first."""
    work = queries.work(code)
    told = history.changes(work.module_id, putting.MOST_CHANGES)
    return render_template(
        "studio/history.html",
        work=work,
        changes=[(one, _said(one)) for one in told],
        names=names_of({one.by_id for one in told if one.by_id}),
        most=putting.MOST_CHANGES,
    )


@requires(Permission.WRITE_MODULES)
def state(code: str, version: int) -> str:
    """Show what has changed since a draft was as it was then."""
    work = queries.work(code)
    then = history.state(code, version)
    found = Comparison(
        work.code,
        work.title,
        None,
        None,
        then.media,
        work.media,
        compared(then.document, then.media, work.document, work.media),
    )
    told = [one for one in history.changes(work.module_id, putting.MOST_CHANGES) if one.version == version]
    return render_template(
        "studio/state.html",
        work=work,
        version=version,
        told=told[0] if told else None,
        names=names_of({one.by_id for one in told if one.by_id}),
        changes=[(change, rows(change, found)) for change in found.changes],
        found=found,
    )


@requires(Permission.WRITE_MODULES)
def restore(code: str, version: int) -> BaseResponse:
    """Make a draft again what it was then."""
    history.restore(code, version, by=somebody().id, now=now())
    flash(_("The draft is again as it was then. You can take that back."), "success")
    return redirect(url_for("studio.module", code=code))


def _said(told: Told) -> list[str]:
    """Return in a few words what a change was."""
    delta = told.delta
    words: list[str] = [str(text) for text in _of_blocks(delta)]
    if delta.head:
        words.append(_("The module itself"))
    if delta.order and not delta.added and not delta.removed:
        words.append(_("The order"))
    return words


def _of_blocks(delta: Delta) -> list[str]:
    found = []
    for before, after in delta.blocks.values():
        name = _name(after or before)
        if before is None:
            found.append(_("Added: %(name)s", name=name))
        elif after is None:
            found.append(_("Deleted: %(name)s", name=name))
        else:
            found.append(_("Written: %(name)s", name=name))
    return found


def _name(block: dict[str, Any]) -> str:
    return in_language(block.get("title") or block.get("prompt") or {"": _("Without words yet")})
