"""Instruments: those that come with the house, and those that staff build."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.kernel.clock import now
from lms.kernel.refusals import NotFound
from lms.people.permissions import Permission
from lms.surveys import building, queries
from lms.surveys.queries import KnownInstrument
from lms.surveys.rules import InstrumentCodeTaken, InstrumentUnfit
from lms.web.shared.guards import requires
from lms.web.shared.problems import worded as worded_problem
from lms.web.shared.refusals import worded
from lms.web.surveys import labels
from lms.web.surveys.instrument_forms import (
    InstrumentCopyForm,
    InstrumentForm,
    ItemForm,
    as_answered,
    item_as_answered,
    usual_item,
)


@requires(Permission.MANAGE_SURVEYS)
def instruments() -> str:
    """List the instruments."""
    return render_template("surveys/instruments.html", known=queries.instruments(), labels=labels)


@requires(Permission.MANAGE_SURVEYS)
def instrument(code: str) -> str:
    """Show one instrument."""
    return _page(_find(code), InstrumentCopyForm(formdata=None))


@requires(Permission.MANAGE_SURVEYS)
def new_instrument() -> Response | tuple[str, int]:
    """Begin an instrument."""
    form = InstrumentForm()
    if form.validate_on_submit():
        try:
            building.create_instrument(form.code.data, **form.described(), now=now())
        except InstrumentCodeTaken as refusal:
            form.code.errors = [worded(refusal)]
        else:
            flash(_("The instrument %(code)s is made. Add its items.", code=form.code.data), "success")
            return redirect(url_for("surveys.instrument", code=form.code.data))
    return render_template("surveys/instrument_form.html", form=form, known=None), 422 if form.errors else 200


@requires(Permission.MANAGE_SURVEYS)
def edit_instrument(code: str) -> Response | tuple[str, int]:
    """Change what an instrument is called."""
    known = _find(code)
    form = InstrumentForm(data=as_answered(known.content))
    del form.code
    if form.validate_on_submit():
        building.describe_instrument(code, **form.described(), now=now())
        return redirect(url_for("surveys.instrument", code=code))
    return render_template("surveys/instrument_form.html", form=form, known=known), 422 if form.errors else 200


@requires(Permission.MANAGE_SURVEYS)
def copy_instrument(code: str) -> Response | tuple[str, int]:
    """Begin an instrument of one's own as another stands."""
    known, form = _find(code), InstrumentCopyForm()
    if form.validate_on_submit():
        try:
            building.copy_instrument(known.content, form.code.data, now=now())
        except InstrumentCodeTaken as refusal:
            form.code.errors = [worded(refusal)]
        else:
            flash(_("The copy %(code)s is made. It is yours to change.", code=form.code.data), "success")
            return redirect(url_for("surveys.instrument", code=form.code.data))
    return _page(known, form), 422


@requires(Permission.MANAGE_SURVEYS)
def new_item(code: str) -> Response | tuple[str, int]:
    """Add an item."""
    known = _find(code)
    return _item_page(known, ItemForm(data=usual_item(known.content)), None)


@requires(Permission.MANAGE_SURVEYS)
def edit_item(code: str, key: str) -> Response | tuple[str, int]:
    """Change an item."""
    known = _find(code)
    item = known.content.item(key)
    if item is None:
        raise NotFound()
    return _item_page(known, ItemForm(data=item_as_answered(known.content, item)), key)


@requires(Permission.MANAGE_SURVEYS)
def move_item(code: str, key: str) -> Response:
    """Put an item one place further up or down."""
    building.move_item(code, key, by=-1 if request.form.get("to") == "up" else 1, now=now())
    return redirect(url_for("surveys.instrument", code=code))


@requires(Permission.MANAGE_SURVEYS)
def remove_item(code: str, key: str) -> Response:
    """Take an item away."""
    building.remove_item(code, key, now=now())
    return redirect(url_for("surveys.instrument", code=code))


def _find(code: str) -> KnownInstrument:
    known = queries.instrument(code)
    if known is None:
        raise NotFound()
    return known


def _page(known: KnownInstrument, copy_form: InstrumentCopyForm) -> str:
    return render_template("surveys/instrument.html", known=known, labels=labels, copy_form=copy_form)


def _item_page(known: KnownInstrument, form: ItemForm, key: str | None) -> Response | tuple[str, int]:
    if form.validate_on_submit():
        try:
            building.put_item(known.content.code, form.item(), form.facet(), replacing=key, now=now())
        except InstrumentUnfit as refusal:
            form.form_errors = [worded_problem(problem) for problem in refusal.facts["problems"]]  # type: ignore[attr-defined]
        else:
            return redirect(url_for("surveys.instrument", code=known.content.code))
    return render_template("surveys/item_form.html", form=form, known=known, key=key), 422 if form.errors else 200
