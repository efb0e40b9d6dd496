"""What is told of one indicator: its figure with numerator, denominator, interval, verdict and groups."""

from lms.evaluation.decisions.models import Subject
from lms.evaluation.indicators.details import DETAILS, Detail
from lms.evaluation.verdict import Basis, Reason
from lms.kernel.languages import gettext as _
from lms.kernel.languages import in_language
from lms.reports import labels, words
from lms.reports.document import Block, Heading, Link, Pairs, Paragraph
from lms.reports.pilot import figures, remarks
from lms.reports.pilot.breakdown import groups
from lms.reports.pilot.drawn import changes
from lms.reports.pilot.source import Row, Source


def blocks(source: Source, row: Row) -> list[Block]:
    """Return everything that is told of one indicator."""
    found: list[Block] = [
        Heading(source.label(row), f"indicator-{row['code']}"),
        Paragraph(in_language(source.definition(row)["question"])),
        Link(_("How it is defined: its sheet"), f"sheet-{row['code']}"),
    ]
    if _hidden(row):
        found.append(Paragraph(_("Hidden: it rests on so few people that it would tell on each of them.")))
    if row["reason"] == Reason.BESIDE_ANOTHER:
        found.append(
            Paragraph(
                _(
                    "Hidden: another recommendation asked the same of nearly the same people; the two figures, one "
                    "taken from the other, would tell of the few in whom they differ."
                )
            )
        )
    found.append(Pairs(_pairs(source, row)))
    if row["missing"]:
        found.append(Paragraph(_missing(row)))
    if row["groups"] and not _tabled(source, row):
        found.append(groups(source, row))
    found += changes.changed(source, row)
    found += remarks.beside(source, Subject.INDICATOR, row["code"])
    return found


def _tabled(source: Source, row: Row) -> bool:
    """Whether the table beneath a chart of the chapter has the same groups."""
    series = {"A2": "weeks", "C5": "steps", "L6": "items"}
    return row["indicator"] == "T6" or bool(source.series.get(series.get(row["indicator"], "")))


def _hidden(row: Row) -> bool:
    return row["value"] is None and row["reason"] in (Reason.N_TOO_SMALL, Reason.TOO_FEW_TEAMS)


def _pairs(source: Source, row: Row) -> tuple[tuple[str, str], ...]:
    definition = source.definition(row)
    counted = (
        (_("Numerator"), _counted(definition["numerator"], row["numerator"])),
        (_("Denominator"), _counted(definition["denominator"], row["denominator"])),
        (_("Observed"), figures.constat(row)),
        (_("Before the pilot"), figures.before(row)),
        *([(_("Comparison group"), figures.compared(row))] if row["comparison"] else []),
        *([(_("Change by training"), figures.changed(change))] if (change := row.get("change")) else []),
        (_("Threshold (ambition)"), figures.threshold(row)),
        (_("It reaches the threshold"), _constat(row)),
    )
    ruled = (
        (_("Modules"), words.listed(row["modules"]) or words.NOTHING),
        (_("Verdict"), _verdict(row)),
        (_("Fragile"), figures.fragile(row)),
    )
    told = (*counted, *_details(row), *_precision(row), *ruled, *_settling(row))
    return tuple((name, said) for name, said in told if said != words.NOTHING)


def _details(row: Row) -> tuple[tuple[str, str], ...]:
    """Return the further figures beside the value."""
    told = row["details"] or {}
    return tuple(
        (str(DETAILS[name].words), _detail(DETAILS[name], value))
        for name, value in told.items()
        if name in DETAILS and value is not None
    )


def _detail(detail: Detail, value: float) -> str:
    return words.number(value, 2) if detail.unit is None else words.amount(value, detail.unit)


def _precision(row: Row) -> tuple[tuple[str, str], ...]:
    """Return what the interval rests on."""
    if row["basis"] == Basis.CENSUS:
        return ((_("Basis"), _("a census: everything there is was counted, so that nothing is inferred")),)
    if row["basis"] == Basis.SCENARIO:
        scenarios = _("assumptions: from the most to the least favourable ones; it is no sampling interval")
        return ((_("Basis"), scenarios), (_("From the most to the least favourable"), figures.interval(row)))
    return (
        (_("Interval at %(level)s", level=words.percent(row["level"])), figures.interval(row)),
        (_("n (effective)"), figures.sample(row)),
        (_("Design effect"), words.number(row["deff"], 2)),
    )


def _settling(row: Row) -> tuple[tuple[str, str], ...]:
    if not row["n_to_settle"]:
        return ()
    if row["n_to_settle"] > figures.MOST_PEOPLE:
        return ((_("Needed to settle it"), _("more people than any pilot of this kind has")),)
    settle = _("about %(count)s people, if the share stays the same", count=words.number(row["n_to_settle"], 0))
    return ((_("Needed to settle it"), settle),)


def _verdict(row: Row) -> str:
    verdict = figures.verdict(row).text
    if row["verdict"] is None:
        return verdict
    return _("%(verdict)s: %(reason)s", verdict=verdict, reason=labels.REASONS[row["reason"]])


def _counted(meaning: dict[str, str], count: float | None) -> str:
    text = in_language(meaning)
    return text if count is None else _("%(count)s – %(meaning)s", count=words.number(count), meaning=text)


def _constat(row: Row) -> str:
    if row["constat"] is None:
        return words.NOTHING
    return _("yes") if row["constat"] else _("no")


def _missing(row: Row) -> str:
    missing = row["missing"]
    return _(
        "Outcomes missing: %(count)s (%(share)s). Had they all failed, the interval would be %(worst)s; had they "
        "all succeeded, %(best)s.",
        count=missing["count"],
        share=words.percent(missing["share"]),
        worst=words.bounds(missing["worst"]["low"], missing["worst"]["high"], figures.unit(row)),
        best=words.bounds(missing["best"]["low"], missing["best"]["high"], figures.unit(row)),
    )
