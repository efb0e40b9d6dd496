"""Which posts require that another one is mastered first."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from lms.people import queries as people
from lms.people.permissions import Permission
from lms.plans import actions, queries
from lms.plans.rules import PostRequiresItself
from lms.web.shared.guards import requires
from lms.web.shared.refusals import worded

_LISTED = {"invalid_choice_message": _l("Choose from the list."), "invalid_value_message": _l("Choose from the list.")}


class RequirementForm(FlaskForm):
    """One post requires another."""

    post = SelectField(_l("This post"), coerce=int, **_LISTED)
    required = SelectField(_l("requires that this one is mastered"), coerce=int, **_LISTED)


@requires(Permission.EDIT_PLANS)
def posts() -> str | Response | tuple[str, int]:
    """List what posts require; add a requirement or take one away."""
    form, every = RequirementForm(), people.workstations()
    names = {post.id: f"{post.workshop.name}, {post.name}" for post in every}
    form.post.choices = form.required.choices = [SelectChoice(str(number), name) for number, name in names.items()]
    if form.validate_on_submit():
        act = actions.require_no_longer if request.form.get("act") == "remove" else actions.require_post
        try:
            act(form.post.data, form.required.data)
            flash(_("Kept."), "success")
            return redirect(url_for("audits.posts"))
        except PostRequiresItself as refusal:
            form.required.errors = [worded(refusal)]
    page = render_template("audits/posts.html", form=form, names=names, required=queries.required_directly())
    return (page, 422) if form.errors else page
