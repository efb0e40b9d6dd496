"""The flow diagram of the population (evaluation reference, section 3.6)."""

from lms.kernel.languages import gettext as _
from lms.reports import words
from lms.reports.charts import flow
from lms.reports.charts.flow import Stage
from lms.reports.document import Block, Paragraph, Picture
from lms.reports.pilot.source import Row, Source


def population(source: Source) -> list[Block]:
    """Return the diagram; its figures stand in the table of the flow."""
    found = source.figures["flow"]
    if found["concerned"] is None:
        return [Paragraph(_("So few people are concerned that no step is shown."))]
    stages = _stages(found)
    label = _("Flow diagram. %(stages)s", stages="; ".join(_said(stage) for stage in stages))
    caption = _("Boxes: people who remained; beside the arrows: those who did not go on, and why.")
    return [Picture("flow", flow.spec(stages), label, caption)]


def _stages(found: Row) -> list[Stage]:
    left_out = _(
        "left out: %(role)s who teach or administer, %(short)s present too short a time",
        role=_number(found["left_out_by_role"]),
        short=_number(found["too_short"]),
    )
    stayed = _(
        "of whom %(joined)s joined later and %(left)s left before the end",
        joined=_number(found["joined_later"]),
        left=_number(found["left_before_end"]),
    )
    steps = (
        (_("In the pilot teams"), "roster", left_out),
        (_("Concerned"), "concerned", f"{_never(found, 'concerned', 'started')}; {stayed}"),
        (_("Started a module"), "started", _lost(found, "started", "attempted", _("ended no attempt"))),
        (_("Ended an attempt"), "attempted", _lost(found, "attempted", "completed_all", _("did not complete all"))),
        (_("Completed everything"), "completed_all", ""),
    )
    return [Stage(label, _count(found, name), aside) for label, name, aside in steps]


def _count(found: Row, name: str) -> str:
    if name in ("roster", "concerned") or not found["concerned"]:
        return _number(found[name])
    return f"{_number(found[name])} ({words.percent(found[name] / found['concerned'])})"


def _never(found: Row, before: str, after: str) -> str:
    return _lost(found, before, after, _("never came"))


def _lost(found: Row, before: str, after: str, what: str) -> str:
    return f"{_number(found[before] - found[after])} {what}"


def _number(value: int) -> str:
    return words.number(value, 0)


def _said(stage: Stage) -> str:
    return f"{stage.label}: {stage.count}" + (f" ({stage.aside})" if stage.aside else "")
