"""How tasks and posts are covered on each shift, without names for whoever may see none; and how they would be."""

from flask import render_template, request
from flask_babel import gettext as _

from lms.kernel.clock import now, today
from lms.kernel.languages import in_language
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.skills import covering, matrix
from lms.skills.covering import AS_IT_IS, Assumption, Covering, Staffing
from lms.skills.rules import Cover
from lms.web.shared.guards import requires
from lms.web.shared.identity import can
from lms.web.shared.looking import looked_at, looks
from lms.web.teams.scope import visible_people, visible_teams
from lms.web.teams.skill_forms import WhatIf
from lms.web.teams.skills import MAY_SEE, tabs
from lms.web.teams.wording import COVERS, levels


@requires(*MAY_SEE)
@looks(Purpose.SKILLS)
def coverage() -> str:
    """Show how each post and task is covered on each shift; without the right to see names, only whether it is."""
    found = covering.staffing(today(), now())
    as_it_is = covering.covering(found)
    form, assumed = _assumed(found) if can(Permission.READ_SKILLS) else (None, None)
    supposed = covering.covering(found, assumed) if assumed else None
    shown = supposed or as_it_is
    # Who may see names is offered those who might be absent, and told on whom a task hangs.
    looked_at(visible_people(visible_teams()) if form else ())
    return render_template(
        "teams/coverage.html",
        posts=matrix.posts(found.tasks),
        shown=shown,
        before=as_it_is if supposed else None,
        full=sum(one.state is Cover.COVERED for one in shown.tasks.values()),
        form=form,
        frail=_frail(found, shown) if form else None,
        places=covering.places(found, shown, assumed or AS_IT_IS) if form else None,
        line=_line(found, assumed) if assumed and assumed.line else None,
        simulated=matrix.any_simulated(found.everyone),
        covers=COVERS,
        levels=levels(),
        Cover=Cover,
        shifts=[(shift.code, shift.name) for shift in people.shifts()],
        day=today(),
        **tabs(),
    )


def _assumed(found: Staffing) -> tuple[WhatIf, Assumption | None]:
    """Return the question of the address, and what it assumes."""
    names = matrix.names(visible_people(visible_teams()) & found.everyone)
    shifts = [(shift.code, shift.name) for shift in people.shifts()]
    form = WhatIf(request.args).offer(names, matrix.posts(found.tasks), shifts)
    return form, form.assumption if form.validate() else None


def _line(found: Staffing, assumed: Assumption) -> list[dict[str, object]]:
    """Return what a new line takes, with the names of the reader's people who are nearest to it."""
    visible = visible_people(visible_teams())
    names, shifts = matrix.names(visible), {shift.code: shift.name for shift in people.shifts()}
    posts = {task.workstation_id: task.workstation.name for task in found.tasks}
    return [
        {
            "post": posts[one.post],
            "shift": shifts[one.shift],
            "cover": one.cover,
            "near": [(names[near.person_id], near) for near in one.near],
        }
        for one in covering.taken(found, assumed, visible)
    ]


def _frail(found: Staffing, shown: Covering) -> list[dict[str, object]]:
    """Return the tasks that hang on one person or that nobody can teach, and who teaches the others."""
    # Whoever is in a team that the reader does not lead has no name here.
    names = matrix.names(visible_people(visible_teams()))
    elsewhere = _("somebody of another team")
    return [
        {
            "title": in_language(task.title),
            "post": task.workstation.name,
            "single": names.get(shown.single[task.id], elsewhere) if task.id in shown.single else None,
            "untaught": task.id in shown.untaught,
            "teachers": sorted({names.get(person, elsewhere) for person in shown.teachers[task.id]}),
        }
        for task in found.tasks
    ]
