"""The files of a module and of the whole site: where they are used, whose they are, which can go."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.authoring import queries
from lms.authoring.media import inventory, tidying
from lms.catalogue.models import Rights
from lms.catalogue.room import room
from lms.kernel.clock import now
from lms.kernel.refusals import NotFound
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody

PER_PAGE = 50
RIGHTS = {
    Rights.OWN: _l("Made here"),
    Rights.PERMISSION: _l("Its maker agreed"),
    Rights.LICENCE: _l("A licence allows it"),
}
KINDS = {"image": _l("Picture"), "video": _l("Video"), "audio": _l("Sound"), "text": _l("Captions")}


class OriginForm(FlaskForm):
    """Where a file comes from."""

    rights = RadioField(
        _l("By what right it is shown"),
        [InputRequired(_l("Choose one."))],
        choices=[SelectChoice(right.value, words) for right, words in RIGHTS.items()],
    )
    source = StringField(
        _l("Source: who made it, or which licence"),
        [Length(max=300)],
        description=_l("For instance: maintenance team, 2026; or CC BY 4.0, with its author and address."),
    )


class FilesForm(FlaskForm):
    """Which files of the site are shown."""

    class Meta:
        """Nothing is changed by looking."""

        csrf = False

    show = SelectField(
        _l("Show"),
        choices=[
            SelectChoice("", _l("All files")),
            SelectChoice("unused", _l("Those that nothing uses")),
            SelectChoice("origin", _l("Those without rights")),
        ],
    )


@requires(Permission.WRITE_MODULES)
def files(code: str) -> str:
    """Show the files of a module."""
    found = inventory.of_module(code)
    return render_template(
        "studio/files.html", work=queries.work(code), files=found, room=room(), KINDS=KINDS, RIGHTS=RIGHTS
    )


@requires(Permission.WRITE_MODULES)
def remove_file(code: str) -> Response:
    """Remove a file that nothing uses."""
    tidying.remove(code, request.form.get("name", ""), by=somebody().id)
    flash(_("The file is removed."), "success")
    return redirect(url_for("studio.files", code=code))


@requires(Permission.WRITE_MODULES)
def remove_unused_files(code: str) -> Response:
    """Remove all that nothing uses."""
    removed = tidying.remove_unused(code, by=somebody().id)
    flash(ngettext("%(num)s file is removed.", "%(num)s files are removed.", removed), "success")
    return redirect(url_for("studio.files", code=code))


@requires(Permission.WRITE_MODULES)
def own_files(code: str) -> Response:
    """Say of all files of which nothing was said that they were made here."""
    said = tidying.say_own(code, by=somebody().id, now=now())
    flash(ngettext("%(num)s file is marked as made here.", "%(num)s files are marked as made here.", said), "success")
    return redirect(url_for("studio.files", code=code))


@requires(Permission.WRITE_MODULES)
def file_origin(code: str, digest: str) -> str | Response | tuple[str, int]:
    """Say where a file comes from."""
    file = next((one for one in inventory.of_module(code) if one.digest == digest), None)
    if file is None:
        raise NotFound()
    origin = file.origin
    form = OriginForm(data={"rights": origin.rights.value, "source": origin.source} if origin else None)
    if form.validate_on_submit():
        tidying.say_origin(digest, Rights(form.rights.data), form.source.data or "", by=somebody().id, now=now())
        flash(_("Kept."), "success")
        return redirect(url_for("studio.files", code=code))
    page = render_template("studio/file_origin.html", work=queries.work(code), file=file, form=form)
    return (page, 422) if form.errors else page


@requires(Permission.WRITE_MODULES)
def all_files() -> str:
    """Show the files of the site, the largest first."""
    form, page = FilesForm(request.args), max(request.args.get("page", 1, type=int), 1)
    found = [one for one in inventory.of_site() if _is_asked_for(one, form.show.data)]
    return render_template(
        "studio/all_files.html",
        files=found[(page - 1) * PER_PAGE : page * PER_PAGE],
        total=len(found),
        page=page,
        per_page=PER_PAGE,
        room=room(),
        form=form,
        KINDS=KINDS,
        RIGHTS=RIGHTS,
    )


def _is_asked_for(file: inventory.FileOfSite, show: str | None) -> bool:
    return {"unused": not file.is_used, "origin": file.lacks_origin}.get(show or "", True)
