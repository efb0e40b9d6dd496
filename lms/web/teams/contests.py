"""What is recorded of one's own skills, to be read and contested; answers; levels proposed to be lowered."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.kernel.clock import now, today
from lms.kernel.group_commit import durably
from lms.kernel.refusals import NotFound, Refusal
from lms.people.permissions import Permission
from lms.skills import contesting, matrix, proposals, queries
from lms.skills.rules import Cause
from lms.web.shared.guards import requires, signed_in
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import worded
from lms.web.teams.scope import answerable, check_visible
from lms.web.teams.wording import KINDS, OUTCOMES, levels

MOST = 2000
"""Characters of a contest or an answer."""


@signed_in
def my_skills() -> str:
    """Show whoever asks everything recorded of their skills."""
    me = somebody().id
    found = contesting.entries(me)
    if contesting.is_to_be_told(me):
        durably(lambda: contesting.note_told(me, now()))
    return render_template(
        "teams/my_skills.html",
        found=found,
        names=matrix.names({number for one in found for number in one.named}),
        levels=levels(),
        kinds=KINDS,
        outcomes=OUTCOMES,
    )


@signed_in
def contest_mine() -> Response:
    """Contest what was recorded of oneself."""
    given = request.form
    try:
        contesting.contest(
            somebody().id,
            given.get("words", "")[:MOST],
            now(),
            sign_off_id=given.get("sign_off", type=int),
            level_change_id=given.get("change", type=int),
        )
        flash(_("It is kept. Your team leader and HR see it and answer you here."), "success")
    except Refusal as refusal:
        flash(worded(refusal), "danger")
    return redirect(url_for("teams.my_skills"))


@requires(Permission.ANSWER_CONTESTS)
def answer_contest(contest_id: int) -> Response:
    """Answer somebody who contests what was recorded of them."""
    if not any(one.contest.id == contest_id for one in contesting.waiting(answerable())):
        raise NotFound()
    try:
        contesting.answer(contest_id, request.form.get("words", "")[:MOST], somebody().id, now())
        flash(_("Your answer is kept. The person reads it on their own page."), "success")
    except Refusal as refusal:
        flash(worded(refusal), "danger")
    return redirect(url_for("teams.to_validate"))


@requires(Permission.SIGN_OFF)
def decide_proposal(person_id: int, task: str) -> Response:
    """Lower a level as proposed, or keep it, with the reason."""
    check_visible(person_id)
    given, number = request.form, queries.task(task).id
    lowers = given.get("answer") == "lower"
    try:
        decide = proposals.lower if lowers else proposals.keep
        decide(person_id, number, Cause(given.get("cause", "")), given.get("reason", "")[:500], somebody().id, now())
        flash(
            _("The level is lowered. The person is told on their own page.") if lowers else _("The level stays."),
            "success",
        )
    except ValueError:
        raise NotFound() from None
    except Refusal as refusal:
        flash(worded(refusal), "danger")
    return redirect(url_for("teams.to_validate"))


@requires(Permission.MANAGE_SKILLS)
def change_procedure(code: str) -> Response:
    """Say that the procedure of a task changed: whoever mastered it before is to be seen again."""
    try:
        on = request.form.get("on", type=date.fromisoformat) or today()
        proposals.change_procedure(queries.task(code).id, on, request.form.get("what", "")[:MOST], somebody().id, now())
        flash(_("It is kept. Levels from before are proposed to be looked at again."), "success")
    except Refusal as refusal:
        flash(worded(refusal), "danger")
    return redirect(url_for("teams.checklist", code=code))
