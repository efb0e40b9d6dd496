"""The site itself: its dress, and every setting with its explanation."""

import os

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from lms.authoring.media.arriving import drawn
from lms.kernel import settings
from lms.kernel.branding import actions, colours
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from lms.people.permissions import Permission
from lms.progress.jobs import ask_to_rebuild, last_rebuild
from lms.web.admin.forms import BrandingForm
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import worded
from lms.web.shared.uploads import accepts_files


@requires(Permission.MANAGE_SITE)
@accepts_files
def branding() -> str | Response | tuple[str, int]:
    """Show how the site is dressed, and dress it anew."""
    dress = actions.current()
    form = BrandingForm(name=dress.name, desk=dress.desk or "", kiosk=dress.kiosk or "")
    fault = None
    if form.validate_on_submit():
        try:
            _change(form)
        except Refusal as refusal:
            fault = worded(refusal)
        else:
            flash(
                _("The site is dressed anew. Kiosks follow with their next page, other servers within a minute."),
                "success",
            )
            return redirect(url_for("admin.branding"))
    page = render_template(
        "admin/branding.html", form=form, fault=fault, shown=dress, measured=_measured, needed=colours
    )
    return page if not (fault or form.errors) else (page, 422)


@requires(Permission.MANAGE_SITE)
def site_settings() -> str:
    """Show every setting with its sentence, its value and where it was set."""
    shown = [(one, *_shown(one)) for one in settings.SETTINGS]
    return render_template("admin/settings.html", shown=shown)


@requires(Permission.MANAGE_SITE)
def figures() -> str:
    """Say what figures rest on, and when they were last worked out anew."""
    return render_template("admin/figures.html", last=last_rebuild())


@requires(Permission.MANAGE_SITE)
def rebuild_figures() -> Response:
    """Have every standing worked out anew."""
    job = ask_to_rebuild(by=somebody().id, now=now())
    return redirect(url_for("shared.job", job_id=job.id))


def _change(form: BrandingForm) -> None:
    logo = _logo(form.logo.data) if form.logo.data else None
    chosen = form.name.data or "", form.desk.data or "", form.kiosk.data or ""
    actions.change(*chosen, logo, not form.without_logo.data, by=somebody().id, now=now())


def _logo(file: FileStorage) -> actions.Logo:
    """Return a picture as it may be shown: cleaned, without anything written beside it. Raises FileRefused."""
    shown = drawn(file.filename or "", file.read())
    return actions.Logo(shown.file.data, shown.file.media_type)


def _measured(text: str) -> str:
    """Return a colour's lowest contrast on our pages."""
    return f"{colours.least_contrast(colours.parse(text)):.2f}"


def _shown(setting: settings.Setting) -> tuple[str, str]:
    """Return a setting's value as it may be seen, and where it was set."""
    said = settings.visible(setting, current_app.config[setting.name])
    origin = _("Environment") if os.environ.get(f"LMS_{setting.name}") else _("Default")
    return (_("(hidden)") if said is None else said or "–"), origin
