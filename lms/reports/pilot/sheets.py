"""Annexes: how each indicator is defined, and how to check this evaluation."""

from lms.evaluation.models import EvaluationSeal
from lms.kernel.languages import gettext as _
from lms.kernel.languages import in_language, ngettext
from lms.reports import words
from lms.reports.document import Block, Heading, Link, Pairs, Paragraph, Section
from lms.reports.pilot.source import Row, Source


def sheets(source: Source) -> Section:
    """Return the indicator sheets, as they were frozen."""
    sheets = [(row, dict(_sheet(source, row))) for row in source.indicators]
    population = _("Population")
    same = {told[population] for _row, told in sheets}
    blocks: list[Block] = []
    if len(same) == 1 < len(sheets):
        blocks.append(Pairs(((_("Population, of every indicator"), same.pop()),)))
        sheets = [(row, {name: said for name, said in told.items() if name != population}) for row, told in sheets]
    for row, told in sheets:
        blocks += [Heading(source.label(row), f"sheet-{row['code']}"), Pairs(tuple(told.items()))]
        blocks.append(Link(_("What it came to"), f"indicator-{row['code']}"))
    return Section("sheets", _("Annex: indicator sheets"), tuple(blocks), new_page=True)


def _sheet(source: Source, row: Row) -> tuple[tuple[str, str], ...]:
    definition = source.definition(row)
    words_of = {name: in_language(text) for name, text in definition.items() if isinstance(text, dict)}
    return (
        (_("Numerator"), words_of["numerator"]),
        (_("Denominator"), words_of["denominator"]),
        (_("Population"), words_of["population"]),
        (_("Window"), words_of["window"]),
        (_("Method"), words_of["method"]),
        (_("Missing outcomes"), words_of["missing_rule"]),
        (_("Mind"), words_of["pitfalls"]),
        (
            _("Frozen with it"),
            _(
                "least number %(n)s; teams %(teams)s; planning ICC %(icc)s; level %(level)s",
                n=row["n_min"],
                teams=row["min_teams"],
                icc=words.number(row["icc0"], 2),
                level=words.percent(row["level"]),
            ),
        ),
    )


def checking(source: Source) -> Section:
    """Return how anyone can recompute the evaluation."""
    pairs = [
        (_("Fingerprint of the protocol"), source.protocol_sha256),
        (_("Fingerprint of the evaluation"), source.digest),
        (_("Last learning record read"), words.number(source.records_up_to, 0)),
        (_("Computed on"), words.day(source.run_at)),
        (_("Version of Établi"), source.code_version),
    ]
    told = [Paragraph(_("Command: flask --app wsgi evaluation verify %(code)s", code=source.code))]
    if source.seal is not None:
        pairs.append((_("Fingerprint of the records that were read"), source.seal.read))
        told.append(Paragraph(gone(source.seal)))
    return Section("checking", _("Annex: how to check this evaluation"), (Pairs(tuple(pairs)), *told))


def gone(seal: EvaluationSeal | None) -> str:
    """Return since when and by which rule an evaluation cannot be recomputed; nothing where it can."""
    if seal is None:
        return ""
    count = words.number(seal.records, 0)
    since = ngettext(
        "What people did step by step is kept for %(num)s month after a pilot: it has gone since %(day)s.",
        "What people did step by step is kept for %(num)s months after a pilot: it has gone since %(day)s.",
        seal.months,
        day=words.day(seal.at),
    )
    if seal.differing:
        last = _("Recomputed a last time before from %(count)s records, it was not what they gave.", count=count)
    else:
        last = _("Recomputed a last time before from %(count)s records, every figure stood.", count=count)
    return f"{since} {last}"
