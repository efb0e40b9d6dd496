"""Chapters on use, learning and equity: each figure with its numerator, denominator and groups."""

from lms.evaluation.decisions.models import Subject
from lms.evaluation.indicators.definition import Family, Grouping
from lms.kernel.languages import gettext as _
from lms.kernel.languages import in_language
from lms.reports import labels, words
from lms.reports.document import Block, Cell, Column, Heading, Pairs, Paragraph, Section, Table
from lms.reports.pilot import figures, remarks
from lms.reports.pilot.source import Row, Source


def chapters(source: Source) -> list[Section]:
    """Return one chapter for each family that the protocol measures."""
    titles = {Family.USAGE: _("Usage"), Family.LEARNING: _("What was learnt"), Family.EQUITY: _("Equity")}
    sections = []
    for family, title in titles.items():
        rows = [row for row in source.indicators if source.definition(row)["family"] == family]
        if rows:
            blocks = tuple(block for row in rows for block in _blocks(source, row))
            sections.append(Section(family.value, title, blocks))
    return sections


def _blocks(source: Source, row: Row) -> list[Block]:
    blocks: list[Block] = [
        Heading(source.label(row), f"indicator-{row['code']}"),
        Paragraph(in_language(source.definition(row)["question"])),
        Pairs(_pairs(source, row)),
    ]
    if row["missing"]:
        blocks.append(Paragraph(_missing(row)))
    if row["groups"]:
        blocks.append(_groups(source, row))
    blocks += remarks.beside(source, Subject.INDICATOR, row["code"])
    return blocks


def _pairs(source: Source, row: Row) -> tuple[tuple[str, str], ...]:
    definition = source.definition(row)
    told = (
        (_("Numerator"), _counted(definition["numerator"], row["numerator"])),
        (_("Denominator"), _counted(definition["denominator"], row["denominator"])),
        (_("Observed"), figures.constat(row)),
        (_("Before the pilot"), figures.before(row)),
        *([(_("Comparison group"), figures.compared(row))] if row["comparison"] else []),
        (_("Threshold (ambition)"), figures.threshold(row)),
        (_("The observed figure reaches the threshold"), _constat(row)),
        (_("Interval at %(level)s", level=words.percent(row["level"])), figures.interval(row)),
        (_("n (effective)"), figures.sample(row)),
        (_("Design effect"), words.number(row["deff"], 2)),
        (_("Modules"), words.listed(row["modules"])),
        (_("Verdict"), _verdict(row)),
    )
    if row["n_to_settle"]:
        settle = _("about %(count)s people, if the share stays the same", count=words.number(row["n_to_settle"], 0))
        return (*told, (_("Needed to settle it"), settle))
    return told


def _verdict(row: Row) -> str:
    verdict = figures.verdict(row).text
    if row["verdict"] is None:
        return verdict
    return _("%(verdict)s: %(reason)s", verdict=verdict, reason=labels.REASONS[row["reason"]])


def _counted(meaning: dict[str, str], count: int | None) -> str:
    text = in_language(meaning)
    return text if count is None else _("%(count)s – %(meaning)s", count=words.number(count, 0), meaning=text)


def _constat(row: Row) -> str:
    if row["constat"] is None:
        return words.NOTHING
    return _("yes") if row["constat"] else _("no")


def _missing(row: Row) -> str:
    missing = row["missing"]
    return _(
        "%(count)s outcomes are missing (%(share)s). Had they all failed, the interval would be %(worst)s; had they "
        "all succeeded, %(best)s.",
        count=missing["count"],
        share=words.percent(missing["share"]),
        worst=words.bounds(missing["worst"]["low"], missing["worst"]["high"], figures.unit(row)),
        best=words.bounds(missing["best"]["low"], missing["best"]["high"], figures.unit(row)),
    )


def _groups(source: Source, row: Row) -> Table:
    by_shift = row["grouping"] == Grouping.SHIFT
    columns = (
        Column(_("Shift") if by_shift else _("Team")),
        Column(_("Numerator"), True),
        Column(_("Denominator"), True),
        Column(_("Share"), True),
    )
    smallest = source.protocol["rules"]["smallest_group"]
    caption = _(
        "%(indicator)s by %(group)s (groups under %(least)s people, and those that would give them away, are hidden)",
        indicator=row["code"],
        group=_("shift") if by_shift else _("team"),
        least=smallest,
    )
    return Table(caption, columns, tuple(_group(group) for group in row["groups"]))


def _group(group: Row) -> tuple[Cell, ...]:
    if group["masked"]:
        return (Cell(group["group"]), Cell(_("hidden")), Cell(_("hidden")), Cell(_("hidden")))
    share = group["numerator"] / group["denominator"]
    counts = (Cell(words.number(group["numerator"], 0)), Cell(words.number(group["denominator"], 0)))
    return (Cell(group["group"]), *counts, Cell(words.percent(share)))


def told(source: Source, row: Row) -> str:
    """Return an indicator's verdict and reason in a phrase; a secondary one has neither."""
    verdict = figures.verdict(row).text
    if row["verdict"] is None:
        return _("%(indicator)s: %(verdict)s", indicator=source.label(row), verdict=verdict)
    return _(
        "%(indicator)s: %(verdict)s, %(reason)s",
        indicator=source.label(row),
        verdict=verdict,
        reason=labels.REASONS[row["reason"]],
    )
