"""The Pareto chart of requests for help."""

from lms.evaluation.indicators.details import DETAILS
from lms.evaluation.units import Unit
from lms.kernel.languages import gettext as _
from lms.reports import words
from lms.reports.charts import pareto
from lms.reports.document import Block, Cell, Column, Heading, Paragraph, Picture, Table
from lms.reports.pilot.source import Row, Source

REQUESTS, CATEGORY = "H1", "help_"


def requests(source: Source) -> list[Block]:
    """Return the kinds of requests, the most frequent first."""
    rows = [row for row in source.indicators if row["indicator"] == REQUESTS and _kinds(row)]
    if not rows:
        absent = _("No request for help was counted for this evaluation: there is no chart to draw.")
        return [Heading(_("What help is asked for"), "help"), Paragraph(absent)]
    return [block for row in rows for block in _chart(source, row)]


def _kinds(row: Row) -> dict[str, float]:
    """Return how many requests of each kind came with a hundred sessions; nothing where there were none."""
    found = {name: value for name, value in (row["details"] or {}).items() if name.startswith(CATEGORY)}
    return found if any(found.values()) else {}


def _chart(source: Source, row: Row) -> list[Block]:
    kinds = {str(DETAILS[name].words): value for name, value in _kinds(row).items()}
    ordered = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    drawn = [{"name": name, "value": value, "told": words.number(value)} for name, value in ordered]
    spec = pareto.spec(drawn, axis=_("requests for 100 sessions"), together=_("together, %"))
    label = _("Requests for help by kind. %(kinds)s", kinds="; ".join(f"{one['name']}: {one['told']}" for one in drawn))
    caption = _(
        "Bars: requests of each kind for a hundred sessions; dashed: the share of all requests that the kinds so far "
        "make together. Few requests may mean that nobody knows how to ask."
    )
    columns = (Column(_("Kind")), Column(_("For 100 sessions"), True))
    lines = tuple((Cell(name), Cell(words.amount(value, Unit.PER_HUNDRED))) for name, value in ordered)
    heading = Heading(_("What help is asked for: %(indicator)s", indicator=source.label(row)), f"help-{row['code']}")
    return [heading, Picture(f"help-{row['code']}", spec, label, caption), Table(_("Requests by kind"), columns, lines)]
