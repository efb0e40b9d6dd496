"""Sheets from paper: one to print, and a grid in which staff type what was ticked."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms.kernel.clock import now
from lms.people.permissions import Permission
from lms.surveys import collecting
from lms.surveys.models import Wave
from lms.surveys.rules import AnswersUnfit, Channel, ChannelClosed, NotInvited, WaveFull, answers_from, checked
from lms.surveys.scales import RATHER_NOT
from lms.web.shared.guards import requires
from lms.web.shared.refusals import worded
from lms.web.surveys.answering import chosen_group, group_key, groups
from lms.web.surveys.waves import find

MOST_SHEETS, MOST_CELLS = 12, 300
"""A form may have 400 parts."""


@requires(Permission.MANAGE_SURVEYS)
def sheet(code: str) -> str:
    """Show the wave as a sheet to print."""
    wave = find(code)
    return render_template("surveys/sheet.html", wave=wave, content=wave.content, rather_not=RATHER_NOT)


@requires(Permission.MANAGE_SURVEYS)
def paper(code: str) -> Response | tuple[str, int]:
    """Take several sheets of one group; if one cell of one sheet is wrong, none is kept."""
    wave = find(code)
    if Channel.PAPER.value not in wave.channels:
        raise ChannelClosed()
    if request.method == "GET":
        return _page(wave, {}), 200
    faults = _faults(wave)
    sheets = list(_sheets(wave))
    if faults:
        return _page(wave, faults), 422
    if not sheets:
        return _page(wave, {"": _("Nothing is typed in yet.")}), 422
    try:
        band, shift = chosen_group(wave, request.form.get("group", ""))
        for _row, texts in sheets:
            collecting.answer_on_paper(wave, band, shift, answers_from(texts), now=now())
    except (NotInvited, WaveFull) as refusal:
        return _page(wave, {"": worded(refusal)}), 422
    flash(ngettext("%(num)s sheet is stored.", "%(num)s sheets are stored.", len(sheets)), "success")
    return redirect(url_for("surveys.paper", code=code, group=request.form.get("group")))


def cell_name(row: int, key: str) -> str:
    """Return what a cell of the grid is called in the form."""
    return f"sheet-{row}-{key}"


def _rows(wave: Wave) -> range:
    return range(1, min(MOST_SHEETS, MOST_CELLS // len(wave.content.items)) + 1)


def _sheets(wave: Wave) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows in which something is typed."""
    for row in _rows(wave):
        texts = {item.key: request.form.get(cell_name(row, item.key), "") for item in wave.content.items}
        if any(text.strip() for text in texts.values()):
            yield row, texts


def _faults(wave: Wave) -> dict[str, str]:
    """Return what is wrong, by the name of the cell."""
    found = {}
    for row, texts in _sheets(wave):
        for key, text in texts.items():
            try:
                checked(wave.content, answers_from({key: text}), wave.scale_points)
            except AnswersUnfit:
                found[cell_name(row, key)] = _(
                    "Sheet %(row)s, %(item)s: “%(text)s” is no answer here.", row=row, item=key, text=text.strip()[:20]
                )
    return found


def _page(wave: Wave, faults: dict[str, str]) -> str:
    return render_template(
        "surveys/paper.html",
        wave=wave,
        content=wave.content,
        rows=_rows(wave),
        columns=[{"label": _("Sheet")}, *({"label": item.key, "number": True} for item in wave.content.items)],
        groups={group_key(*group): called for group, called in groups(wave).items()},
        group=request.values.get("group"),
        faults=faults,
        given=request.form,
        cell_name=cell_name,
    )
