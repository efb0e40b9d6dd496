"""What people say of the project beside what they do in it, by shift: groups, never persons."""

from typing import Any

from lms.evaluation.units import Unit
from lms.kernel.intervals import wilson
from lms.kernel.languages import gettext as _
from lms.reports import words
from lms.reports.charts import pairs as chart
from lms.reports.document import Block, Cell, Column, Heading, Paragraph, Picture, Table
from lms.reports.pilot.source import Row, Source


def said_and_did(source: Source) -> list[Block]:
    """Return adhesion beside reach and weekly activity."""
    heading = Heading(_("What people say and what they do"), "said-and-did")
    found = source.figures.get("said_and_did")
    if found is None:
        absent = _("No wave on adhesion has closed since the pilot began: opinions cannot be set beside use.")
        return [heading, Paragraph(absent)]
    said = Paragraph(
        _(
            "Opinions are those of the operators of a shift in the wave %(wave)s, closed on %(day)s; use is that of "
            "the people concerned in the pilot teams of the shift. Answers are anonymous: groups stand side by "
            "side, and neither column explains the other.",
            wave=found["wave"],
            day=words.day(found["closed_on"]),
        )
    )
    drawn = [_drawn(row) for row in found["rows"]]
    if any(one["said"] is not None or one["reached"] is not None for one in drawn):
        return [heading, said, _picture(drawn), _table(source, found["rows"])]
    return [heading, said, _table(source, found["rows"])]


def _picture(drawn: list[dict[str, Any]]) -> Picture:
    label = _("What people say and do, by shift. %(rows)s", rows="; ".join(map(_in_words, drawn)))
    caption = _("Open diamond: favourable to the project; disc: started a module; open triangle: active in a week.")
    return Picture("said-and-did", chart.spec(drawn, axis=_("Share of people, %")), label, caption)


def _in_words(one: dict[str, Any]) -> str:
    return _(
        "%(shift)s: favourable %(said)s, reached %(reached)s, active in a week %(active)s",
        shift=one["name"],
        **{name: _percent(one[name]) for name in ("said", "reached", "active")},
    )


def _drawn(row: Row) -> dict[str, Any]:
    shares = {"said": row["favourable"], "reached": row["reached"], "active": row["active"]}
    return {
        "name": _shift(row),
        **{name: None if share is None else 100 * share for name, share in shares.items()},
        "told": _(
            "%(answers)s answers, %(people)s people", answers=_count(row["answers"]), people=_count(row["people"])
        ),
    }


def _table(source: Source, rows: list[Row]) -> Table:
    rules = source.protocol["rules"]
    caption = _(
        "Said and did, by shift (opinions of fewer than %(opinions)s people and use by fewer than %(use)s are hidden, "
        "and what would give them away)",
        opinions=rules["smallest_opinions"],
        use=rules["smallest_group"],
    )
    numbers = (
        _("Answers"),
        _("Adhesion, mean of 0 to 100"),
        _("Favourable, with its interval"),
        _("People concerned"),
        _("Started a module (R1)"),
        _("Active in a week (A2)"),
    )
    return Table(caption, (Column(_("Shift")), *(Column(name, True) for name in numbers)), tuple(map(_line, rows)))


def _line(row: Row) -> tuple[Cell, ...]:
    shares = {name: words.percent(row[name]) if row[name] is not None else None for name in SHARES}
    if row["favourable"] is not None:
        sure = wilson(row["favourable"] * row["answers"], row["answers"])
        interval = words.bounds(round(sure.low, 2), round(sure.high, 2), Unit.SHARE)
        shares["favourable"] = _("%(share)s (%(interval)s)", share=shares["favourable"], interval=interval)
    told = {**{name: _count(row[name]) for name in COUNTS}, **shares}
    return (Cell(_shift(row)), *(Cell(told[name] or _("hidden")) for name in ORDER))


COUNTS, SHARES = ("answers", "mean", "people"), ("favourable", "reached", "active")
ORDER = ("answers", "mean", "favourable", "people", "reached", "active")


def _shift(row: Row) -> str:
    return _("All shifts") if row["shift"] is None else row["shift"]


def _count(number: int | None) -> str:
    return _("hidden") if number is None else words.number(number, 0)


def _percent(share: float | None) -> str:
    return _("hidden") if share is None else words.percent(share / 100)
