"""What posts require: that another one is mastered first, that a habilitation is held."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lms.kernel.languages import in_language
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.plans import actions, queries
from lms.plans.rules import PostRequiresItself
from lms.proof import posts as licences
from lms.proof import queries as proof
from lms.web.shared.guards import requires
from lms.web.shared.refusals import worded

_LISTED = {"invalid_choice_message": _l("Choose from the list."), "invalid_value_message": _l("Choose from the list.")}
_CHOSEN = [InputRequired(_l("Choose from the list."))]


class RequirementForm(FlaskForm):
    """One post requires another."""

    post = SelectField(_l("This post"), _CHOSEN, coerce=int, **_LISTED)
    required = SelectField(_l("requires that this one is mastered"), _CHOSEN, coerce=int, **_LISTED)


class LicenceForm(FlaskForm):
    """A post asks for a habilitation."""

    held_at = SelectField(_l("This post"), _CHOSEN, coerce=int, **_LISTED)
    kind = SelectField(_l("asks for this habilitation"), _CHOSEN, **_LISTED)


@requires(Permission.EDIT_PLANS)
def posts() -> str | Response | tuple[str, int]:
    """List what posts require; add a requirement or take one away."""
    form = _offered(RequirementForm())
    if form.validate_on_submit():
        act = actions.require_no_longer if request.form.get("act") == "remove" else actions.require_post
        try:
            act(form.post.data, form.required.data)
            return _kept()
        except PostRequiresItself as refusal:
            form.required.errors = [worded(refusal)]
    return _page(form, _asking(LicenceForm(formdata=None)))


@requires(Permission.EDIT_PLANS)
def ask_for_habilitation() -> str | Response | tuple[str, int]:
    """Let a post ask for a habilitation, or no longer."""
    form = _asking(LicenceForm())
    if form.validate_on_submit():
        act = licences.ask_no_longer if request.form.get("act") == "remove" else licences.ask
        act(form.held_at.data, form.kind.data)
        return _kept()
    return _page(_offered(RequirementForm(formdata=None)), form)


def _kept() -> Response:
    flash(_("Kept."), "success")
    return redirect(url_for("audits.posts"))


def _page(form: RequirementForm, asking: LicenceForm) -> str | tuple[str, int]:
    page = render_template(
        "audits/posts.html",
        form=form,
        asking=asking,
        names=_names(),
        required=queries.required_directly(),
        licences=licences.asked_by_posts(),
    )
    return (page, 422) if form.errors or asking.errors else page


def _offered(form: RequirementForm) -> RequirementForm:
    form.post.choices = form.required.choices = _choices()
    return form


def _asking(form: LicenceForm) -> LicenceForm:
    form.held_at.choices = _choices()
    form.kind.choices = [SelectChoice(kind.code, in_language(kind.title)) for kind in proof.kinds()]
    return form


def _choices() -> list[SelectChoice]:
    return [SelectChoice(str(number), name) for number, name in _names().items()]


def _names() -> dict[int, str]:
    return {post.id: f"{post.workshop.name}, {post.name}" for post in people.workstations()}
