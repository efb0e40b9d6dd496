"""The matrix of people and tasks, and what is known of one person and task."""

from collections.abc import Callable
from datetime import date
from itertools import zip_longest

from flask import flash, get_template_attribute, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from lms.kernel.clock import now, today
from lms.kernel.refusals import Refusal
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.skills import actions, afest, matrix, queries, rules, signers, signing
from lms.skills.matrix import Matrix, Row
from lms.skills.rules import Kind, Level
from lms.web.shared.guards import requires
from lms.web.shared.identity import can, somebody
from lms.web.shared.looking import looked_at, looks
from lms.web.shared.refusals import worded
from lms.web.teams.scope import check_visible, visible_teams
from lms.web.teams.skill_forms import LowerForm, MatrixFilter
from lms.web.teams.wording import COVERS, KINDS, OUTCOMES, levels

MAY_SEE = (Permission.READ_SKILLS, Permission.FOLLOW_AGGREGATES)
ROWS_TOGETHER = 5
"""Rows that a browser draws, or leaves for later, together: in one frame of a scroll on a slow tablet."""
ROWS_DRAWN = 21
"""Rows whose cells stand in the page; those of later rows are short words in it, drawn by `teams/matrix.js`.

A browser without scripts is offered the plain page, in which all of them stand.
"""


@requires(*MAY_SEE)
@looks(Purpose.SKILLS)
def skills() -> str | Response:
    """Show who can do what; whoever may see no names is led to the coverage."""
    if not can(Permission.READ_SKILLS):
        return redirect(url_for("teams.coverage"))
    form, found = asked()
    looked_at(row.person_id for row in found.rows)
    return render_template(
        "teams/skills.html",
        form=form,
        found=found,
        several_teams=len({row.team.id for row in found.rows}) > 1,
        cells=_Cells(found, len(found.rows) if request.args.get("plain") else ROWS_DRAWN),
        together=ROWS_TOGETHER,
        levels=levels(),
        covers=COVERS,
        **tabs(),
    )


def asked() -> tuple[MatrixFilter, Matrix]:
    """Return what the address asks of the matrix, and the matrix."""
    own = visible_teams()
    form = MatrixFilter(request.args).offer([team for team in people.teams() if own is None or team.id in own])
    form.validate()
    return form, matrix.matrix(form.day, now(), own, form.wanted)


@requires(Permission.READ_SKILLS)
@looks(Purpose.SKILLS)
def person_skills(person_id: int) -> str:
    """Show what somebody can do, task by task, with what each level rests on."""
    check_visible(person_id)
    looked_at([person_id])
    own = queries.moves_of(person_id, today(), now())
    return render_template(
        "teams/person_skills.html",
        name=matrix.names([person_id])[person_id],
        person_id=person_id,
        tasks=[(task, own.get(task.id)) for task in queries.tasks()],
        levels=levels(),
        kinds=KINDS,
    )


@requires(Permission.READ_SKILLS)
@looks(Purpose.SKILLS)
def skill(person_id: int, task: str) -> str:
    """Show everything recorded of someone and a task."""
    check_visible(person_id)
    looked_at([person_id])
    found = queries.task(task)
    changes, seen = queries.entries_of(person_id, found.id)
    signing_names = {number for one in changes for number in (one.signed_by_id, one.countersigned_by_id) if number}
    named = signers.in_the_name_of(person_id)
    return render_template(
        "teams/skill.html",
        task=found,
        person_id=person_id,
        level=rules.level_of(queries.changes_of(person_id, found.id)),
        changes=changes,
        seen=seen,
        names=matrix.names({person_id, *signing_names, *(one.observer_id for one in seen), *named.leaders.values()}),
        named=named,
        afest=afest.of_sign_offs([one.id for one in seen]),
        sheets=signing.of_sign_offs([one.id for one in seen]),
        form=LowerForm(),
        levels=levels(),
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


class _Cells:
    """The cells of all rows: tens of thousands of them, so that each kind of cell is drawn once.

    What a level rests on stands once in the page and is named by its place; `teams/matrix.js` shows it.
    """

    def __init__(self, found: Matrix, drawn_rows: int) -> None:
        self._tasks = [task.id for task in found.tasks]
        self._draw = get_template_attribute("teams/matrix_cell.html", "cell")
        self._none = str(self._draw(None, 0))
        self._drawn: dict[tuple[Level, date, Kind], str] = {}
        self._words: dict[tuple[Level, date, Kind], str] = {}
        self._places: dict[tuple[date, Kind], int] = {}
        self.evidence: list[str] = []
        """In words."""
        # What is joined was drawn by a template each; Markup's own join would look at each cell again.
        drawn = [Markup("".join(map(self._cell(row), self._tasks))) for row in found.rows[:drawn_rows]]  # noqa: S704
        told = [",".join(map(self._word(row), self._tasks)) for row in found.rows[drawn_rows:]]
        self.in_short = bool(told)
        """Whether a script has to draw some of them."""
        self.rows = list(zip_longest(found.rows, drawn, [""] * len(drawn) + told))
        """Each with its cells, or else with what they say in short."""

    def _cell(self, row: Row) -> Callable[[int], str]:
        last, drawn = row.last, self._drawn

        def cell(task: int) -> str:
            move = last.get(task)
            if move is None or move.after is Level.NONE:
                return self._none
            return drawn.get((move.after, move.on, move.kind)) or self._new(move.after, move.on, move.kind)

        return cell

    def _word(self, row: Row) -> Callable[[int], str]:
        last, known = row.last, self._words

        def word(task: int) -> str:
            move = last.get(task)
            if move is None or move.after is Level.NONE:
                return ""
            key = (move.after, move.on, move.kind)
            if key not in known:
                known[key] = f"{move.after.value}{self._place(move.on, move.kind)}"
            return known[key]

        return word

    def _new(self, level: Level, on: date, kind: Kind) -> str:
        self._drawn[level, on, kind] = str(self._draw(level, self._place(on, kind)))
        return self._drawn[level, on, kind]

    def _place(self, on: date, kind: Kind) -> int:
        """Return the place of what a level rests on, among all of these."""
        if (on, kind) not in self._places:
            words = _("since %(day)s: %(evidence)s", day=format_date(on, "medium"), evidence=KINDS[kind])
            self._places[on, kind] = len(self.evidence)
            self.evidence.append(words)
        return self._places[on, kind]
