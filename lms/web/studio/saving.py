"""Saving what an editor wrote, against the version it was written on."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from lms.authoring import actions, queries
from lms.authoring.actions import DraftChanged
from lms.catalogue.media import CheckedFile
from lms.kernel.clock import now
from lms.kernel.database import release
from lms.web.shared.identity import somebody

Document = dict[str, Any]


def save(
    form: FlaskForm,
    code: str,
    change: Callable[[Document], Document],
    files: Mapping[str, CheckedFile] | None = None,
) -> bool:
    """Save a change, or say that someone else saved meanwhile.

    Then the form keeps what was written and takes the present version, so that its reader
    sees both and decides: saving again overwrites.
    """
    version = int(form.version.data) if str(form.version.data).isdigit() else 0
    try:
        actions.save_draft(code, change, version=version, files=files, by=somebody().id, now=now())
    except DraftChanged:
        release()
        form.version.data = queries.work(code).version
        form.version.errors = [_("Someone saved meanwhile. Compare, then save again to replace it with yours.")]
        return False
    flash(_("Saved."), "success")
    return True
