"""Sign-in, sign-out, one's own account.

A page with a refused form answers 422. The failed try is kept all the same: `sign_in`
stores it in a transaction of its own.
"""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.kernel.clock import now, today
from lms.kernel.languages import current_language
from lms.kernel.refusals import Refusal
from lms.people import actions, credentials, directory
from lms.people.deputies.queries import standing_in_today
from lms.people.sign_in import sign_in_staff
from lms.web.account import entering
from lms.web.account.forms import LanguageForm, PasswordForm, SignInForm
from lms.web.account.wording import ROLE_NAMES
from lms.web.shared import identity, sessions
from lms.web.shared.guards import public, signed_in
from lms.web.shared.refusals import worded

Page = str | tuple[str, int] | Response


@public
def sign_in() -> Page:
    """Let a member of staff in by e-mail and password."""
    form = SignInForm(next=request.args.get("next"))
    fault = None
    if form.validate_on_submit():
        try:
            found = sign_in_staff(form.email.data, form.password.data, entering.desk(), now())
            entering.check_local(found.person)
        except Refusal as refusal:
            fault = worded(refusal)
        else:
            return redirect(entering.enter(found.person, form.next.data))
    return render_template("account/sign_in.html", form=form, fault=fault), _status(form, fault)


@signed_in
def sign_out() -> Response:
    """End the session."""
    identity.sign_out()
    return redirect(url_for("account.sign_in"))


@signed_in
def profile() -> str:
    """Show what is known of whoever asks."""
    entry = directory.entry(identity.somebody().id)
    form = LanguageForm(language=entry.person.language or current_language())
    stay = entry.stay(today())
    return render_template(
        "account/profile.html",
        entry=entry,
        stay=stay,
        form=form,
        role_names=ROLE_NAMES,
        standing_in=standing_in_today(entry.person.id, today()),
    )


@signed_in
def language() -> Response:
    """Keep the language in which one reads."""
    form = LanguageForm()
    if form.validate_on_submit():
        me = identity.somebody().id
        actions.choose_language(me, form.language.data, by=me, now=now())
        session["language"] = form.language.data
    return redirect(url_for("account.profile"))


@signed_in
def password() -> Page:
    """Let someone change their password, after giving the present one again."""
    form = PasswordForm()
    fault = None
    if form.validate_on_submit():
        try:
            _change_password(form)
        except Refusal as refusal:
            fault = worded(refusal)
        else:
            flash(_("Your password is changed. Other places where you were signed in are signed out."), "success")
            return redirect(url_for("shared.home"))
    must = identity.somebody().must_change_password
    return render_template("account/password.html", form=form, fault=fault, must=must), _status(form, fault)


def _change_password(form: PasswordForm) -> None:
    me = directory.entry(identity.somebody().id).person
    found = sign_in_staff(me.email or "", form.present.data, entering.desk(), now())
    credentials.choose_password(found.person.id, form.new.data, by=found.person.id, now=now())
    identity.sign_in(found.person, sessions.STAFF, session.get(identity.SECOND))


def _status(form: SignInForm | PasswordForm, fault: str | None) -> int:
    return 422 if fault or form.errors else 200
