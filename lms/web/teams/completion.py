"""How many completed what, by team and by shift; nobody's name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import Response, current_app, render_template, request
from flask_babel import gettext as _

from lms.kernel.clock import last_sunday
from lms.kernel.languages import in_language
from lms.people.permissions import Permission
from lms.progress.completion import Cell, ModuleCompletion
from lms.progress.completion import completion as figures_of
from lms.progress.following import following
from lms.web.shared.files import table_file
from lms.web.shared.guards import requires
from lms.web.shared.identity import can
from lms.web.shared.looking import names_nobody
from lms.web.teams.chart import stacked_bars
from lms.web.teams.forms import AsOf

MAY_SEE = (Permission.FOLLOW_EVERYONE, Permission.FOLLOW_AGGREGATES)


@dataclass(frozen=True)
class _Shown:
    form: AsOf | None
    as_of: date
    by_shift: bool
    modules: list[ModuleCompletion]
    simulated: bool

    @property
    def names(self) -> list[str]:
        return sorted({cell.name for module in self.modules for cell in self.groups(module)})

    def groups(self, module: ModuleCompletion) -> list[Cell]:
        return module.shifts if self.by_shift else module.teams

    def row(self, module: ModuleCompletion) -> list[Cell | None]:
        """All people, then each group in the order of the columns; None where it has no such people."""
        found = {cell.name: cell for cell in self.groups(module)}
        return [module.total, *(found.get(name) for name in self.names)]


@requires(*MAY_SEE)
@names_nobody("numbers of people")
def completion() -> str:
    """Show for each module how many completed it, are under way, have not started, are late."""
    shown = _shown()
    return render_template(
        "teams/completion.html",
        shown=shown,
        columns=[{"label": label, "number": label != _("Module")} for label in (_("Module"), _("All"), *shown.names)],
        chart=stacked_bars([(in_language(module.title), module.total) for module in shown.modules]),
        least=current_app.config["SMALLEST_GROUP"],
    )


@requires(*MAY_SEE)
@names_nobody("numbers of people")
def completion_file(kind: str) -> Response:
    """Give the figures that the page shows."""
    shown = _shown()
    header = [
        _("Module"),
        _("Shift") if shown.by_shift else _("Team"),
        _("People"),
        _("Completed"),
        _("Completed in time"),
        _("Under way"),
        _("Not started"),
        _("Late"),
    ]
    rows = list(_rows(shown))
    if shown.simulated:
        header.append(_("Simulated"))
        rows = [[*row, _("yes")] for row in rows]
    return table_file(kind, _("Completion"), shown.as_of, header, rows)


def _shown() -> _Shown:
    form = AsOf(request.args) if can(Permission.FOLLOW_EVERYONE) else None
    if form is not None:
        form.validate()
    as_of = form.day if form else last_sunday()
    rows = following(as_of)
    return _Shown(
        form=form,
        as_of=as_of,
        by_shift=request.args.get("by") == "shift",
        modules=sorted(
            figures_of(rows, current_app.config["SMALLEST_GROUP"]), key=lambda module: in_language(module.title)
        ),
        simulated=any(row.simulated for row in rows),
    )


def _rows(shown: _Shown) -> Iterator[list[object]]:
    for module in shown.modules:
        title = in_language(module.title)
        yield [title, _("All"), *_numbers(module.total)]
        for cell in shown.groups(module):
            yield [title, cell.name, *_numbers(cell)]


def _numbers(cell: Cell) -> list[object]:
    if cell.hidden:
        return [_("not shown")] * 6
    return [cell.people, cell.completed, cell.in_time, cell.under_way, cell.not_started, cell.late]
