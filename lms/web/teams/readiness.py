"""Who of the whole plant is not ready for their post: what each leader reads of their teams, for human resources."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField

from lms.catalogue import queries as catalogue
from lms.kernel.clock import now, today
from lms.kernel.languages import in_language
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.proof.names import Named, named
from lms.skills.readiness import Readiness, readiness
from lms.web.shared.files import table_file
from lms.web.shared.guards import requires
from lms.web.shared.looking import looked_at, looks
from lms.web.teams.today import pages, standing

PER_PAGE = 50


class OfTeam(Form):
    """Whose people are listed; a team that is not on offer counts as none."""

    team = SelectField(_l("Team"), default="", validate_choice=False)


@dataclass(frozen=True)
class _Row:
    who: Named
    post: str
    lacks: Readiness
    modules: list[str]
    posts: list[str]
    habilitations: list[str]


@requires(Permission.FOLLOW_EVERYONE)
@looks(Purpose.FOLLOW_UP)
def not_ready() -> str:
    """List who does not yet hold what their post asks for, by team and name."""
    form = _form()
    asked, found = _lacking(form)
    page = min(max(request.args.get("page", 1, int), 1), max(-(-len(found) // PER_PAGE), 1))
    rows = list(_rows(found[(page - 1) * PER_PAGE : page * PER_PAGE]))
    looked_at(row.who.id for row in rows)
    return render_template(
        "teams/not_ready.html",
        form=form,
        rows=rows,
        asked=asked,
        total=len(found),
        page=page,
        per_page=PER_PAGE,
        simulated=any(row.who.simulated for row in rows),
        as_of=today(),
        **pages(),
    )


@requires(Permission.FOLLOW_EVERYONE)
@looks(Purpose.FOLLOW_UP)
def not_ready_file(kind: str) -> Response:
    """Give the rows that the list shows with the same team, all pages of them."""
    header = [_("Name"), _("Number"), _("Team"), _("Post"), _("Tasks not mastered"), _("Posts required before")]
    header += [_("Habilitations not in force"), _("Required modules not behind them")]
    found = list(_rows(_lacking(_form())[1]))
    looked_at(row.who.id for row in found)
    rows = [
        [
            row.who.full_name,
            row.who.registration,
            row.who.team,
            row.post,
            ", ".join(in_language(task.title) for task in row.lacks.tasks),
            ", ".join(row.posts),
            ", ".join(row.habilitations),
            ", ".join(row.modules),
        ]
        for row in found
    ]
    return table_file(kind, _("Not ready for their post"), today(), header, rows)


def _form() -> OfTeam:
    form = OfTeam(request.args)
    form.team.choices = [("", _l("All teams")), *((str(team.id), team.name) for team in people.teams())]
    return form


def _lacking(form: OfTeam) -> tuple[int, list[tuple[Named, Readiness]]]:
    """Return how many people of the chosen team, or of all, hold a post, and those of them who are not ready."""
    teams = {team.id for team in people.teams() if not form.team.data or str(team.id) == form.team.data}
    members = {stay.person_id for stay in people.memberships(teams, today(), today())}
    every = readiness(members, today(), now())
    lacking = [one for one in every if not one.is_ready]
    known = named(today(), [one.person_id for one in lacking])
    found = [(known[one.person_id], one) for one in lacking]
    return len(every), sorted(found, key=lambda one: (one[0].team, one[0].full_name, one[0].id))


def _rows(found: list[tuple[Named, Readiness]]) -> Iterator[_Row]:
    """Return rows with everything in words."""
    posts = {post.id: post.name for post in people.workstations()}
    titles = {edition.module_id: in_language(edition.content.title) for edition in catalogue.newest_editions()}
    for who, one in found:
        yield _Row(
            who,
            posts[one.workstation_id],
            one,
            [titles[given.module_id] for given in one.modules if given.module_id in titles],
            [posts[post] for post in one.posts],
            [f"{in_language(lacks.kind.title)} ({standing(lacks)})" for lacks in one.habilitations],
        )
