"""The matrix of people and tasks, what is known of one person and task, and the coverage without names."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.kernel.clock import now, today
from lms.kernel.refusals import Refusal
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.skills import actions, matrix, queries, rules
from lms.skills.rules import Cover, Level
from lms.web.shared.guards import requires
from lms.web.shared.identity import can, somebody
from lms.web.shared.refusals import worded
from lms.web.teams.scope import check_visible, visible_teams
from lms.web.teams.skill_forms import LowerForm, TeamFilter
from lms.web.teams.wording import COVERS, KINDS, LEVELS, OUTCOMES

MAY_SEE = (Permission.READ_SKILLS, Permission.FOLLOW_AGGREGATES)


@dataclass(frozen=True)
class Covered:
    """How a task is covered on a shift."""

    persons: int
    required: int
    state: Cover


@requires(*MAY_SEE)
def skills() -> str | Response:
    """Show who can do what; whoever may see no names is led to the coverage."""
    if not can(Permission.READ_SKILLS):
        return redirect(url_for("teams.coverage"))
    own = visible_teams()
    offered = [team for team in people.teams() if own is None or team.id in own]
    form = TeamFilter(request.args).offer(offered)
    chosen = {form.chosen} if form.chosen else own
    found = matrix.matrix(today(), now(), chosen)
    return render_template(
        "teams/skills.html",
        form=form if len(offered) > 1 else None,
        found=found,
        several_teams=len({row.team.id for row in found.rows}) > 1,
        covered=_covered(found),
        levels=LEVELS,
        kinds=KINDS,
        covers=COVERS,
        **tabs(),
    )


@requires(Permission.READ_SKILLS)
def skill(person_id: int, task: str) -> str:
    """Show everything recorded of someone and a task."""
    check_visible(person_id)
    found = queries.task(task)
    changes, seen = queries.entries_of(person_id, found.id)
    signers = {number for one in changes for number in (one.signed_by_id, one.countersigned_by_id) if number}
    return render_template(
        "teams/skill.html",
        task=found,
        person_id=person_id,
        level=rules.level_of(queries.changes_of(person_id, found.id)),
        changes=changes,
        seen=seen,
        names=matrix.names({person_id, *signers, *(one.observer_id for one in seen)}),
        form=LowerForm(),
        levels=LEVELS,
        kinds=KINDS,
        outcomes=OUTCOMES,
        Level=Level,
    )


@requires(Permission.SIGN_OFF)
def lower(person_id: int, task: str) -> Response:
    """Lower someone by one level, with a reason."""
    check_visible(person_id)
    form, found = LowerForm(), queries.task(task)
    if not form.validate_on_submit():
        flash(" ".join(str(fault) for faults in form.errors.values() for fault in faults), "danger")
    else:
        try:
            actions.lower(person_id, found.id, form.reason.data or "", somebody().id, now())
            flash(_("The level is lowered. Tell the person, and why."), "success")
        except Refusal as refusal:
            flash(worded(refusal), "danger")
    return redirect(url_for("teams.skill", person_id=person_id, task=task))


@requires(*MAY_SEE)
def coverage() -> str:
    """Show how each task is covered on each shift; without the right to see names, only whether it is."""
    found = matrix.matrix(today(), now(), None)
    covered = _covered(found)
    full = sum(one.state is Cover.COVERED for one in covered.values())
    return render_template(
        "teams/coverage.html",
        found=found,
        covered=covered,
        full=full,
        frailty=matrix.frailty(found) if can(Permission.READ_SKILLS) else None,
        names=can(Permission.READ_SKILLS),
        covers=COVERS,
        Cover=Cover,
        heads=[{"label": name} for _code, name in found.shifts],
        day=today(),
        **tabs(),
    )


def tabs() -> dict[str, object]:
    """Return the pages of skills that the reader may see, ready for `ui.tabs`."""
    pages = (
        ("teams.skills", _("Matrix"), (Permission.READ_SKILLS,)),
        ("teams.to_validate", _("To be signed"), (Permission.READ_SKILLS,)),
        ("teams.coverage", _("Coverage"), MAY_SEE),
        ("teams.tasks", _("Tasks"), (Permission.MANAGE_SKILLS,)),
    )
    return {
        "pages": [
            {"label": label, "href": url_for(endpoint), "current": request.endpoint == endpoint}
            for endpoint, label, permissions in pages
            if any(can(permission) for permission in permissions)
        ]
    }


def _covered(found: matrix.Matrix) -> dict[tuple[str, str], Covered]:
    return {
        key: Covered(one.persons, one.required, rules.cover(one.persons, one.required))
        for key, one in found.coverage.items()
    }
