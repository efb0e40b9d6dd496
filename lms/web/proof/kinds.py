"""The kinds of habilitations: how long each is valid, when it may be renewed, and by what."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from lms.catalogue.queries import newest_editions
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from lms.people.permissions import Permission
from lms.proof import actions, queries, rules
from lms.web.proof.forms import KindForm, months
from lms.web.proof.places import tabs
from lms.web.shared.guards import requires
from lms.web.shared.looking import names_nobody
from lms.web.shared.refusals import worded

FIELDS_OF_REFUSALS: dict[type[Refusal], str] = {
    rules.KindCodeTaken: "code",
    rules.KindCodeMalformed: "code",
    rules.RenewalImpossible: "renewal_days",
    rules.NothingRenews: "by_certificate",
}


@requires(Permission.KEEP_PROOF)
@names_nobody("kinds concern everybody alike")
def kinds() -> str:
    """List the kinds of habilitations."""
    titles = {one.module_id: one.content.title for one in newest_editions()}
    return render_template("proof/kinds.html", kinds=queries.kinds(), titles=titles, months=months(), **tabs())


@requires(Permission.KEEP_PROOF)
@names_nobody("kinds concern everybody alike")
def new_kind() -> str | Response | tuple[str, int]:
    """Enter a kind."""
    form = KindForm().offer()
    if form.validate_on_submit():
        try:
            actions.add_kind((form.code.data or "").strip(), form.entry(), now())
            return redirect(url_for("proof.kinds"))
        except Refusal as refusal:
            _tell(form, refusal)
    page = render_template("proof/kind_form.html", form=form, kind=None)
    return page if not form.errors else (page, 422)


@requires(Permission.KEEP_PROOF)
@names_nobody("kinds concern everybody alike")
def change_kind(code: str) -> str | Response | tuple[str, int]:
    """Correct what is said of a kind; what was given keeps its days."""
    found = queries.kind(code)
    form = KindForm().offer()
    del form.code
    if not form.is_submitted():
        form.fill(found)
    elif form.validate():
        try:
            actions.change_kind(code, form.entry())
            return redirect(url_for("proof.kinds"))
        except Refusal as refusal:
            _tell(form, refusal)
    page = render_template("proof/kind_form.html", form=form, kind=found)
    return page if not form.errors else (page, 422)


def _tell(form: KindForm, refusal: Refusal) -> None:
    field = form[FIELDS_OF_REFUSALS[type(refusal)]]
    field.errors = [*field.errors, worded(refusal)]
