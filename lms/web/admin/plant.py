"""How the plant is laid out: sites, workshops, shifts, teams, posts."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from lms.kernel.refusals import NotFound, Refusal
from lms.people import plant as places
from lms.people import queries
from lms.people.permissions import Permission
from lms.web.admin.forms import PlaceForm
from lms.web.shared.guards import requires
from lms.web.shared.looking import names_nobody
from lms.web.shared.refusals import worded


@dataclass(frozen=True)
class Kind:
    """A kind of place: how it is added and which fields it takes."""

    title: LazyString
    fields: tuple[str, ...]
    add: Callable[[PlaceForm], int]


KINDS = {
    "site": Kind(_l("Add a site"), (), lambda f: places.add_site(f.code.data, f.name.data)),
    "workshop": Kind(
        _l("Add a workshop"), ("site",), lambda f: places.add_workshop(f.site.data, f.code.data, f.name.data)
    ),
    "shift": Kind(
        _l("Add a shift"),
        ("starts_at", "ends_at"),
        lambda f: places.add_shift(f.code.data, f.name.data, f.starts_at.data, f.ends_at.data),
    ),
    "team": Kind(
        _l("Add a team"),
        ("workshop", "shift"),
        lambda f: places.add_team(f.code.data, f.name.data, f.workshop.data, f.shift.data),
    ),
    "post": Kind(
        _l("Add a post"),
        ("in_workshop",),
        lambda f: places.add_workstation(f.in_workshop.data, f.code.data, f.name.data),
    ),
}


@requires(Permission.MANAGE_PEOPLE)
@names_nobody("places")
def plant() -> str:
    """Show the plant as it is laid out."""
    return render_template(
        "admin/plant.html",
        sites=queries.sites(),
        workshops=queries.workshops(),
        shifts=queries.shifts(),
        teams=queries.teams(),
        posts=queries.workstations(),
    )


@requires(Permission.MANAGE_PEOPLE)
@names_nobody("places")
def add(kind: str) -> str | Response | tuple[str, int]:
    """Add a place."""
    if kind not in KINDS:
        raise NotFound()
    wanted = KINDS[kind]
    form = PlaceForm().only(wanted.fields)
    fault = None
    if form.validate_on_submit():
        try:
            wanted.add(form)
            return redirect(url_for("admin.plant"))
        except Refusal as refusal:
            fault = worded(refusal)
    page = render_template("admin/place_form.html", form=form, fault=fault, title=wanted.title, button=_("Add"))
    return page if not (fault or form.errors) else (page, 422)


@requires(Permission.MANAGE_PEOPLE)
@names_nobody("places")
def change_team(team_id: int) -> str | Response | tuple[str, int]:
    """Correct what a team is called, where and when it works."""
    team = next((team for team in queries.teams() if team.id == team_id), None)
    if team is None:
        raise NotFound()
    form = PlaceForm(data={"name": team.name, "workshop": team.workshop_id, "shift": team.shift_id})
    form.only(KINDS["team"].fields)
    del form.code
    if form.validate_on_submit():
        places.change_team(team_id, form.name.data, form.workshop.data, form.shift.data)
        flash(_("Kept."), "success")
        return redirect(url_for("admin.plant"))
    title = _("Change the team %(code)s", code=team.code)
    page = render_template("admin/place_form.html", form=form, fault=None, title=title, button=_("Keep"))
    return page if not form.errors else (page, 422)
