"""Signing: what was seen of someone's practice, and the second signature."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.kernel.clock import now, today
from lms.kernel.languages import in_language
from lms.kernel.refusals import NotFound, Refusal
from lms.people.permissions import Permission, Role
from lms.people.privacy.models import Purpose
from lms.skills import actions, matrix, queries, rules
from lms.web.account.wording import ROLE_NAMES
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.looking import looked_at, looks
from lms.web.shared.refusals import worded
from lms.web.teams.scope import visible_people, visible_teams
from lms.web.teams.skill_forms import SignOffForm
from lms.web.teams.skills import tabs

FIELDS_OF_REFUSALS: dict[type[Refusal], str] = {
    rules.SelfSignOff: "person",
    rules.ObserverLevelTooLow: "task",
    rules.NothingLearntYet: "task",
    rules.EvidenceMissing: "situation",
    rules.SafetyNotRespected: "safety_respected",
    rules.ObservedInFuture: "observed_on",
    rules.ReflectionBeforePractice: "reflected_on",
}


@requires(Permission.SIGN_OFF)
@looks(Purpose.SKILLS)
def sign_off() -> str | Response | tuple[str, int]:
    """Take down what was seen of someone's practice."""
    form = _form()
    if form.validate_on_submit():
        try:
            made = actions.sign_off(form.observation(somebody().id), by=somebody().id, now=now())
        except Refusal as refusal:
            field = form[FIELDS_OF_REFUSALS[type(refusal)]]
            field.errors = [*field.errors, worded(refusal)]
        else:
            flash(_said(made.id), "success")
            task = queries.task_of(form.task.data)
            return redirect(url_for("teams.skill", person_id=form.person.data, task=task.code))
    page = render_template("teams/sign_off.html", form=form)
    return page if not form.errors else (page, 422)


@requires(Permission.READ_SKILLS)
@looks(Purpose.SKILLS)
def to_validate() -> str:
    """List what waits for a signature, and whose practice is to be watched."""
    teams = visible_teams()
    present = visible_people(teams)
    awaiting = [one for one in queries.waiting() if one.sign_off.person_id in present]
    observe = matrix.to_observe(today(), now(), teams)
    me = queries.signer(somebody().id)
    tasks = queries.tasks()
    people = {one.person_id for one in observe}
    people |= {one.sign_off.person_id for one in awaiting} | {
        signer.person_id for one in awaiting for signer in one.signers
    }
    looked_at(people)
    return render_template(
        "teams/to_validate.html",
        awaiting=awaiting,
        mine={
            one.sign_off.id
            for one in awaiting
            if one.sign_off.person_id != me.person_id and rules.brings(me, one.signers, one.wanted)
        },
        observe=observe,
        titles={task.code: in_language(task.title) for task in tasks},
        ids={task.code: task.id for task in tasks},
        names=matrix.names(people),
        awaited=_awaited,
        today=today(),
        within=rules.OBSERVATION_WITHIN,
        **tabs(),
    )


@requires(Permission.READ_SKILLS)
def countersign(sign_off_id: int) -> Response:
    """Sign what waits for it, or decline with a reason."""
    waiting = next((one for one in queries.waiting() if one.sign_off.id == sign_off_id), None)
    if waiting is None or waiting.sign_off.person_id not in visible_people(visible_teams()):
        raise NotFound()
    confirmed = request.form.get("answer") == "confirm"
    try:
        actions.countersign(
            sign_off_id, somebody().id, confirmed=confirmed, note=request.form.get("note", "")[:2000], now=now()
        )
        flash(_("Your signature is kept.") if confirmed else _("You declined; the level stays."), "success")
    except Refusal as refusal:
        flash(worded(refusal), "danger")
    return redirect(url_for("teams.to_validate"))


def _awaited(one: queries.Waiting) -> str:
    """Return who is still to sign, in words."""
    held = {role for signer in one.signers for role in signer.roles}
    missing = [role for role in one.wanted.roles if role not in held] or [Role.TRAINER, Role.TEAM_LEADER]
    return ", ".join(str(ROLE_NAMES[role]) for role in missing)


def _form() -> SignOffForm:
    persons = matrix.names(visible_people(visible_teams()) - {somebody().id})
    looked_at(persons)
    form = SignOffForm(
        person=request.args.get("person", type=int), task=request.args.get("task", type=int), observed_on=today()
    )
    return form.offer(dict(sorted(persons.items(), key=lambda one: one[1].casefold())), queries.tasks())


def _said(sign_off_id: int) -> str:
    if any(one.sign_off.id == sign_off_id for one in queries.waiting()):
        return _("The sign-off is kept. The level rises once another person has signed.")
    return _("The sign-off is kept.")
