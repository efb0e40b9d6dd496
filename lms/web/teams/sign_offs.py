"""Signing: what was seen of someone's practice, and the second signature."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.catalogue.room import DiskKept, QuotaReached
from lms.kernel.clock import now, today
from lms.kernel.languages import in_language
from lms.kernel.refusals import FileRefused, NotFound, Refusal
from lms.people import queries as people
from lms.people.permissions import Permission, Role
from lms.people.privacy.models import Purpose
from lms.skills import (
    actions,
    afest,
    authority,
    contesting,
    matrix,
    photos,
    proposals,
    queries,
    rules,
    signers,
    signing,
    waiting,
)
from lms.skills.rules import Outcome
from lms.web.account.wording import ROLE_NAMES
from lms.web.shared.guards import requires
from lms.web.shared.identity import can, somebody
from lms.web.shared.looking import looked_at, looks
from lms.web.shared.refusals import worded
from lms.web.shared.uploads import accepts_files
from lms.web.teams.scope import answerable, check_visible, visible_people, visible_teams
from lms.web.teams.skill_forms import AfestForm, SignOffForm
from lms.web.teams.skills import tabs
from lms.web.teams.wording import OUTCOMES, POINT_KINDS, causes, levels

PROPOSED = 50
"""Levels to look at again on one page: the longest first."""
LISTED = 100
"""Sign-offs that wait, and people to be watched, on one page: those of the reader first, then the longest."""
FIELDS_OF_REFUSALS: dict[type[Refusal], str] = {
    authority.SelfSignOff: "person",
    authority.BeforeHiring: "observed_on",
    authority.ObserverWithdrawn: "person",
    authority.StoodInNoLonger: "observed_on",
    authority.SignedInTheirName: "person",
    authority.ObserverLevelTooLow: "person",
    rules.NothingLearntYet: "person",
    authority.EvidenceMissing: "situation",
    authority.SafetyNotRespected: "met",
    authority.QualityNotReached: "met",
    authority.TeachingUnproven: "trained_to_teach_on",
    authority.ObservedInFuture: "observed_on",
    authority.ObservedAlready: "observed_on",
    FileRefused: "photo",
    QuotaReached: "photo",
    DiskKept: "photo",
}


@requires(Permission.SIGN_OFF)
@looks(Purpose.SKILLS)
@accepts_files
def sign_off() -> str | Response | tuple[str, int]:
    """Write down what was seen of someone's practice, and lead on to the signatures."""
    form = _form()
    points = _points(form)
    if form.validate_on_submit():
        try:
            return _written(form)
        except tuple(FIELDS_OF_REFUSALS) as refusal:
            field = form[FIELDS_OF_REFUSALS[type(refusal)]]
            field.errors = [*field.errors, worded(refusal)]
    chosen = {value: label for value, label, *_others in form.person.choices}
    page = render_template(
        "teams/sign_off.html",
        form=form,
        points=points,
        beforehand=_beforehand(form) if points and not form.is_submitted() else None,
        person=chosen.get(str(form.person.data)),
        task=queries.task_of(form.task.data) if points else None,
        kinds=POINT_KINDS,
        levels=levels(),
    )
    return page if not form.errors else (page, 422)


def _beforehand(form: SignOffForm) -> str | None:
    """Return why nothing that is written here could be signed, before somebody writes it."""
    refusal = signing.refused(form.person.data, form.task.data, somebody().id, today())
    return worded(refusal) if refusal else None


def _written(form: SignOffForm) -> Response:
    seen, me = form.observation(somebody().id), somebody().id
    if seen.outcome is Outcome.NOT_DONE:
        actions.sign_off(seen, by=me, now=now())
        flash(_("The sign-off is kept."), "success")
        return redirect(url_for("teams.skill", person_id=seen.person_id, task=queries.task_of(seen.task_id).code))
    given = form.photo.data.read() if form.photo.data else b""
    photo = photos.keep(given) if given else None
    made = signing.write(seen, set(form.met.data or ()), photo, now())
    return redirect(url_for("teams.sheet", sheet_id=made.id))


@requires(Permission.SIGN_OFF)
@looks(Purpose.SKILLS)
def record_afest(sign_off_id: int) -> str | Response | tuple[str, int]:
    """Record that a sign-off belongs to a training at work, with its reflective phase."""
    seen = queries.sign_off_of(sign_off_id)
    check_visible(seen.person_id)
    looked_at([seen.person_id])
    form = AfestForm().offer(matrix.names(people.holders(Role.TRAINER)))
    if form.validate_on_submit():
        try:
            afest.record(sign_off_id, form.entry(), somebody().id, now())
        except (
            authority.AfestIncomplete,
            authority.AfestOutOfOrder,
            authority.AfestTaken,
            authority.SelfSignOff,
        ) as refusal:
            form.reflected_on.errors = [*form.reflected_on.errors, worded(refusal)]
        else:
            flash(_("The record of the training at work is kept."), "success")
            return redirect(url_for("teams.skill", person_id=seen.person_id, task=seen.task.code))
    page = render_template("teams/afest.html", form=form, seen=seen)
    return page if not form.errors else (page, 422)


@requires(Permission.READ_SKILLS)
@looks(Purpose.SKILLS)
def to_validate() -> str:
    """List what waits for a signature, and whose practice is to be watched."""
    teams = visible_teams()
    present = visible_people(teams)
    me = signers.signatory(somebody().id, today())
    every = waiting.waiting(present)
    mine = {one.sign_off.id for one in every if one.waits_for(me.of(one.sign_off.person_id))}
    awaiting = sorted(every, key=lambda one: one.sign_off.id not in mine)[:LISTED]
    watch = matrix.to_observe(today(), now(), teams)
    observe = watch[:LISTED]
    tasks = queries.tasks()
    unfinished = signing.unfinished(somebody().id, now())
    named = {one.person_id for one in observe} | {one.person_id for one in unfinished}
    named |= {one.sign_off.person_id for one in awaiting}
    signed = [signer for one in awaiting for signer in one.signers]
    named |= {number for signer in signed for number in (signer.person_id, signer.stands_for) if number}
    contests = contesting.waiting(answerable()) if can(Permission.ANSWER_CONTESTS) else []
    again = proposals.proposals(now(), present)
    named |= {one.contest.person_id for one in contests} | {one.person_id for one in again[:PROPOSED]}
    looked_at(named)
    return render_template(
        "teams/to_validate.html",
        awaiting=awaiting,
        more_awaiting=len(every) - len(awaiting),
        mine=mine,
        more_to_observe=len(watch) - len(observe),
        observe=observe,
        titles={task.code: in_language(task.title) for task in tasks},
        ids={task.code: task.id for task in tasks},
        names=matrix.names(named),
        awaited=_awaited,
        today=today(),
        within=rules.OBSERVATION_WITHIN,
        unfinished=unfinished,
        contests=contests,
        proposed=again[:PROPOSED],
        more_proposed=len(again[PROPOSED:]),
        causes=causes(),
        outcomes=OUTCOMES,
        levels=levels(),
        **tabs(),
    )


@requires(Permission.READ_SKILLS)
def countersign(sign_off_id: int) -> Response:
    """Sign what waits for it, or decline with a reason."""
    awaited = waiting.waiting_for(queries.sign_off_of(sign_off_id))
    if awaited is None or awaited.sign_off.person_id not in visible_people(visible_teams()):
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


def _awaited(one: waiting.Waiting) -> str:
    """Return who is still to sign, in words."""
    held = {role for signer in authority.acting(one.signers) for role in signer.roles}
    missing = [role for role in one.wanted.roles if role not in held] or [Role.TRAINER, Role.TEAM_LEADER]
    return ", ".join(str(ROLE_NAMES[role]) for role in missing)


def _form() -> SignOffForm:
    persons = matrix.names(visible_people(visible_teams()) - {somebody().id})
    looked_at(persons)
    form = SignOffForm(
        person=request.args.get("person", type=int), task=request.args.get("task", type=int), observed_on=today()
    )
    return form.offer(dict(sorted(persons.items(), key=lambda one: one[1].casefold())), queries.tasks())


def _points(form: SignOffForm) -> signing.Points | None:
    """Return the checklist once person and task are chosen."""
    chosen = [str(field.data) in {value for value, *_others in field.choices} for field in (form.person, form.task)]
    if not all(chosen):
        return None
    points = signing.checklist(form.task.data)
    form.ask(points)
    return points
