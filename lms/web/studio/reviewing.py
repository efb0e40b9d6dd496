"""Drafts looked at by colleagues: who is asked, what they remark on blocks, how they decide."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.authoring import queries as authoring
from lms.authoring.actions import DraftChanged
from lms.authoring.queries import Work
from lms.authoring.reviewing import actions, queries
from lms.authoring.reviewing.actions import Decision
from lms.authoring.reviewing.models import LONGEST_WORDS, Act, Ending
from lms.authoring.reviewing.queries import Reviewed
from lms.authoring.reviewing.rules import (
    AskedAlready,
    OwnDraft,
    ReviewEnded,
    Standing,
    WordsWanted,
    check_publishable,
)
from lms.kernel.clock import now, today
from lms.kernel.refusals import NotFound, Refusal
from lms.kernel.settings import setting
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import worded
from lms.web.studio.editions import names_of

NOT_DONE = (AskedAlready, ReviewEnded, OwnDraft, WordsWanted, DraftChanged)
SHORT = Length(max=LONGEST_WORDS, message=_l("At most 2,000 characters."))
ENDINGS = {
    Ending.APPROVED: _l("Approved: it may be published as it is"),
    Ending.CHANGES: _l("Changes are wanted first"),
}
STANDINGS = {
    Standing.NONE: (_l("No colleague has decided on this draft yet."), "info"),
    Standing.APPROVED: (_l("A colleague approved this draft, just as it is."), "success"),
    Standing.OWN: (_l("Whoever approved this draft changed it last: that does not count."), "warning"),
    Standing.CHANGES: (
        _l("A colleague wants changes first. Once they are made, ask the same colleague again."),
        "warning",
    ),
    Standing.STALE: (_l("A colleague approved this draft, but it was changed since."), "warning"),
}


class AskForm(FlaskForm):
    """Whom an author asks to look at a draft."""

    colleague = SelectField(_l("Colleague"), [InputRequired()], coerce=int)
    note = TextAreaField(_l("What to look at"), [SHORT], render_kw={"rows": 2, "maxlength": LONGEST_WORDS})


class DecideForm(FlaskForm):
    """How a colleague ends a review."""

    state = HiddenField()
    ending = RadioField(
        _l("Your decision"),
        [InputRequired(_l("Say how you decide."))],
        choices=[SelectChoice(ending, words) for ending, words in ENDINGS.items()],
    )
    words = TextAreaField(
        _l("Why, or what is to be changed"), [SHORT], render_kw={"rows": 3, "maxlength": LONGEST_WORDS}
    )


class RemarkForm(FlaskForm):
    """What somebody remarks on a block, or on the whole module."""

    words = TextAreaField(
        _l("Remark"),
        [InputRequired(_l("Write something first.")), SHORT],
        render_kw={"rows": 2, "maxlength": LONGEST_WORDS},
    )


class ReplyForm(FlaskForm):
    """What is said to a remark."""

    words = StringField(_l("Answer"), [SHORT], render_kw={"maxlength": LONGEST_WORDS})


@dataclass(frozen=True)
class Shown:
    """What colleagues say of a draft, as pages show it."""

    found: Reviewed
    names: dict[int, str]
    may_publish: bool

    def remark_form(self, key: str | None) -> RemarkForm:
        """Return the form of a remark on a block, or on the whole module."""
        return RemarkForm(formdata=None, prefix=f"remark-{key or ''}-")

    def reply_form(self, thread_id: int) -> ReplyForm:
        """Return the form of an answer to a remark."""
        return ReplyForm(formdata=None, prefix=f"reply-{thread_id}-")


def review_of(work: Work) -> Shown:
    """Return what colleagues say of a draft, for whatever page shows it."""
    found = queries.reviewed(work.code)
    return Shown(found, names_of(found.people), _may_publish(found, work.code))


def _may_publish(found: Reviewed, code: str) -> bool:
    try:
        check_publishable(found.standing, code, needed=setting("PUBLISH_NEEDS_APPROVAL"))
    except Refusal:
        return False
    return True


def how_many_wait() -> int:
    """Return how many reviews wait for the reader."""
    return queries.how_many_wait(somebody().id)


@requires(Permission.WRITE_MODULES)
def reviews() -> str:
    """List the drafts that colleagues ask the reader to look at, and those the reader asked others to look at."""
    mine, others = queries.waiting_for(somebody().id), queries.asked_by(somebody().id)
    names = names_of({number for one in (*mine, *others) for number in (one.asked_id, one.by_id) if number})
    return render_template("studio/reviews.html", mine=mine, others=others, names=names)


@requires(Permission.WRITE_MODULES)
def module_review(code: str) -> str:
    """Show what colleagues say of a draft, block by block."""
    return _page(code)


@requires(Permission.WRITE_MODULES)
def ask_review(code: str) -> str | Response | tuple[str, int]:
    """Ask a colleague to look at a draft."""
    form = _ask_form()
    if not form.validate_on_submit():
        return _page(code, ask=form), 422
    try:
        actions.ask(code, form.colleague.data, form.note.data or "", **_by_now())
        flash(_("Asked. The draft stands on your colleague’s list."), "success")
    except AskedAlready as refusal:
        flash(worded(refusal), "warning")
    return redirect(url_for("studio.module_review", code=code))


@requires(Permission.WRITE_MODULES)
def decide_review(code: str, review_id: int) -> str | Response | tuple[str, int]:
    """End a review that the reader was asked for."""
    form = DecideForm()
    if not form.validate_on_submit():
        return _page(code, decide=form), 422
    decision = Decision(Ending(form.ending.data), form.words.data or "", form.state.data or "")
    try:
        actions.decide(code, review_id, decision, **_by_now())
    except (OwnDraft, WordsWanted, DraftChanged) as refusal:
        form.words.errors = [worded(refusal)]
        form.state.data = queries.reviewed(code).state
        return _page(code, decide=form), 422
    flash(_("Your decision is kept, and your colleague sees it."), "success")
    return redirect(url_for("studio.module_review", code=code))


@requires(Permission.WRITE_MODULES)
def cancel_review(code: str, review_id: int) -> Response:
    """Ask no longer."""
    return _act(code, lambda: actions.cancel(code, review_id, **_by_now()), _("The request is taken back."))


@requires(Permission.WRITE_MODULES)
def remark(code: str) -> Response:
    """Remark something on a block, or on the whole module."""
    key = request.args.get("key") or None
    words = (RemarkForm(prefix=f"remark-{key or ''}-").words.data or "")[:LONGEST_WORDS]
    return _act(code, lambda: actions.remark(code, key, words, **_by_now()), _("Your remark is kept."))


@requires(Permission.WRITE_MODULES)
def reply(code: str, remark_id: int) -> Response:
    """Answer a remark, settle it or open it again."""
    act = request.form.get("act", "")
    if act not in (Act.ANSWERED, Act.RESOLVED, Act.REOPENED):
        raise NotFound()
    words = (ReplyForm(prefix=f"reply-{remark_id}-").words.data or "")[:LONGEST_WORDS]
    return _act(code, lambda: actions.reply(code, remark_id, Act(act), words, **_by_now()), _("Kept."))


def _act(code: str, act: Any, said: str) -> Response:
    try:
        act()
        flash(said, "success")
    except NOT_DONE as refusal:
        flash(worded(refusal), "warning")
    return redirect(_whence(code))


def _whence(code: str) -> str:
    """Return the address of the block beside which it was written, else of the page about the review."""
    key = request.args.get("beside")
    if key and any(block["key"] == key for block in authoring.work(code).document["blocks"]):
        return url_for("studio.edit_block", code=code, key=key, _anchor="remarks")
    return url_for("studio.module_review", code=code, _anchor=request.args.get("at"))


def _by_now() -> dict[str, Any]:
    return {"by": somebody().id, "now": now()}


def _ask_form() -> AskForm:
    form = AskForm()
    form.colleague.choices = [SelectChoice(one.id, one.full_name) for one in queries.colleagues(somebody().id, today())]
    return form


def _page(code: str, ask: AskForm | None = None, decide: DecideForm | None = None) -> str:
    work = authoring.work(code)
    review = review_of(work)
    return render_template(
        "studio/review.html",
        work=work,
        review=review,
        ask=ask or _ask_form(),
        decide=decide or DecideForm(formdata=None, data={"state": review.found.state}),
        mine=next((one for one in review.found.asked if one.asked_id == somebody().id), None),
    )
