"""How many completed what, and how long it took; nobody's name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_skeleton
from flask import Response, current_app, render_template, request, url_for
from markupsafe import Markup

from lms.kernel.clock import last_sunday
from lms.kernel.languages import current_language, locale_of
from lms.people.permissions import Permission
from lms.progress.grouping import By
from lms.reports import drawing, kept, page
from lms.reports.charts import stacked, weeks
from lms.reports.charts.style import Spec, wide
from lms.reports.figures.asking import Kind, Wanted
from lms.reports.figures.telling import DIGITAL, IN_ALL, Row, Told, told
from lms.reports.figures.writing import TYPES, file_name, write
from lms.reports.words import number
from lms.web.shared.files import attachment
from lms.web.shared.guards import requires
from lms.web.shared.identity import can
from lms.web.shared.looking import names_nobody
from lms.web.teams.figure_forms import Asking
from lms.web.teams.forms import ALL

MAY_SEE = (Permission.FOLLOW_EVERYONE, Permission.FOLLOW_AGGREGATES)
PER_PAGE = 50
DRAWN = 30
"""Bars of a chart, at most: beyond, a table says more."""


@dataclass(frozen=True)
class Shown:
    """What a page of figures shows."""

    form: Asking
    told: Told


@requires(*MAY_SEE)
@names_nobody("numbers of people")
def completion() -> str:
    """Show for each module, team or otherwise how many completed it, are under way, have not started, are late."""
    return _page(Kind.COMPLETION)


@requires(*MAY_SEE)
@names_nobody("numbers of people")
def hours() -> str:
    """Show the time that modules are meant to take beside the time that was worked."""
    return _page(Kind.HOURS)


@requires(*MAY_SEE)
@names_nobody("numbers of people")
def trend() -> str:
    """Show how completion grew, week after week."""
    return _page(Kind.TREND)


@requires(*MAY_SEE)
@names_nobody("numbers of people")
def figures_file(which: str, kind: str) -> Response:
    """Give the figures that a page shows as a file."""
    found = shown(Kind(which)).told
    return attachment(write(found, kind), TYPES[kind], file_name(found, kind))


def shown(kind: Kind) -> Shown:
    """Return what the page of this kind shows for what stands in the address."""
    form = Asking(request.args, kind=kind, everybody=can(Permission.FOLLOW_EVERYONE))
    wanted = form.wanted
    as_of = form.day if "as_of" in form else last_sunday()
    least = current_app.config["SMALLEST_GROUP"]
    return Shown(form, told(wanted, as_of, least))


def _page(kind: Kind) -> str:
    found = shown(kind)
    rows = found.told.rows
    number = min(max(request.args.get("page", 1, int), 1), max(-(-len(rows) // PER_PAGE), 1))
    return render_template(
        "teams/figures.html",
        kind=kind.value,
        shown=found,
        told=found.told,
        rows=rows[(number - 1) * PER_PAGE : number * PER_PAGE],
        page=number,
        per_page=PER_PAGE,
        drawn=_drawn(found.told),
        names=_list_of(found.told.wanted) if can(Permission.FOLLOW_EVERYONE) else None,
        council_day=last_sunday() if "as_of" in found.form else None,
    )


def _drawn(found: Told) -> Markup | None:
    """Return the chart of a table, None where there is nothing to draw."""
    if found.wanted.kind is Kind.HOURS:
        return _drawn_hours(found)
    rows = [row for row in found.rows if row.cells is not None and row.cells[0]][:DRAWN]
    if not rows:
        return None
    if found.wanted.kind is Kind.TREND:
        spec = weeks.spec([_week(row) for row in rows], axis=found.columns[-1], cut_off="")
    else:
        spec = stacked.spec(
            [(row.name, *_numbers(row, 2, 4, 5, 6)) for row in rows], [found.columns[n] for n in (2, 4, 5, 6)]
        )
    return _picture(spec)


def _drawn_hours(found: Told) -> Markup | None:
    """Return the bars of theoretical and actual hours: in all, or at kiosks where no group shows them in all."""
    for pair in (IN_ALL, DIGITAL):
        rows = [(row.name, *row.cells[pair]) for row in found.rows if row.cells is not None]
        shown = [row for row in rows if isinstance(row[1], float) and any(row[1:])][:DRAWN]
        if shown:
            return _picture(stacked.beside(shown, found.columns[pair]))
    return None


def _picture(spec: Spec) -> Markup:
    return page.drawn({"figures": drawing.svg(wide(spec), kept.folder()).decode()})["figures"]


def _numbers(row: Row, *places: int) -> list[object]:
    return [row.cells[place] for place in places] if row.cells else []


def _week(row: Row) -> dict[str, object]:
    share = row.cells[-1] if row.cells else None
    ends_on = date.fromordinal(row.group or 1)
    name = format_skeleton("MMMd", ends_on, locale=locale_of(current_language())).replace(" ", "|")  # type: ignore[arg-type]
    return {
        "name": name,
        "share": share,
        "told": number(share) if isinstance(share, int | float) else "",
        "late": False,
    }


def _list_of(wanted: Wanted) -> Callable[[int | None], str] | None:
    """Return what gives the address of the list of a row's people, None where no list is like the rows."""
    if wanted.kind is not Kind.COMPLETION or wanted.by not in (By.MODULE, By.TEAM, By.SHIFT):
        return None

    def address(group: int | None) -> str:
        narrowed: dict[str, Any] = {"state": ALL, "module": wanted.module_id, wanted.by.value: group}
        return url_for("teams.people", **narrowed)

    return address
