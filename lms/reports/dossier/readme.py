"""What a reader of a dossier must know, in the language of the moment."""

from collections.abc import Iterator

from lms.kernel.languages import gettext as _
from lms.kernel.languages import in_language
from lms.reports import words
from lms.reports.dossier.reasons import CHOICES, NAMES, WORDS, Why
from lms.reports.pilot.banner import banner
from lms.reports.pilot.source import Row, Source


def text(source: Source, manifest: Row) -> str:
    """Return the README as plain text."""
    title = _("Dossier of the pilot %(title)s", title=in_language(source.title))
    parts = [
        f"{title}\n{'=' * len(title)}",
        *([banner(source)] if banner(source) else []),
        _("Data up to %(day)s", day=words.day(source.as_of)),
        _("This archive lets anyone recompute the verdicts of the evaluation without access to the plant."),
        _heading(_("To recompute")),
        _("Unpack it and run, with Python 3.11 or later and nothing else:") + "\n\n    python -I -S recompute.py",
        _("Each line says “equal”, or what differs; the last one says whether everything is equal."),
        _("In a spreadsheet, shares.xlsx computes each share’s interval and verdict by formulas."),
        _heading(_("What is in it")),
        _files(),
        _heading(_("What cannot be recomputed here, and why")),
        _stated(manifest),
        _heading(_("People")),
        _(
            "No line is of one person. A group of fewer than %(least)s people (%(opinions)s for opinions) is hidden, "
            "and so is any group that would give it away by a subtraction.",
            least=manifest["smallest_group"],
            opinions=manifest["smallest_opinions"],
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _heading(name: str) -> str:
    return f"{name}\n{'-' * len(name)}"


def _files() -> str:
    named = (
        ("MANIFEST.json", _("what this is, and what can be recomputed of each indicator")),
        ("protocol/", _("the frozen text, its hash, amendments and deviations")),
        ("definitions/definitions.json", _("each indicator as it was defined, in both languages")),
        ("data/indicators.json", _("counts by team and by group, and every figure stated")),
        ("data/counts.csv", _("every numerator and denominator")),
        ("data/recommendations.json, vigilance.json, flow.json, series.json", _("the other figures of the report")),
        ("report.fr.html, report.en.html", _("the report in both languages")),
        ("shares.xlsx", _("the shares, computed by formulas")),
        ("recompute.py", _("the script that recomputes everything it can")),
        ("SHA256SUMS", _("the hash of every file")),
    )
    return "\n".join(f"  {name}\n      {what}" for name, what in named)


def _stated(manifest: Row) -> str:
    lines = [line for row in manifest["indicators"] for line in _of_indicator(row)]
    lines.append("  digest: " + _("it seals who counted, by number, which no dossier holds; the plant recomputes it"))
    return "\n".join(lines)


def _of_indicator(row: Row) -> Iterator[str]:
    """Yield a line for each reason: what is only stated for it."""
    by_reason: dict[str, list[str]] = {}
    for name, why in row["stated"].items():
        by_reason.setdefault(why, []).append(str(NAMES[name]))
    for name, why in row["fragile"]["stated"].items():
        said = str(CHOICES[name.split()[0]])
        known = by_reason.setdefault(why, [])
        if said not in known:
            known.append(said)
    for why, names in by_reason.items():
        yield "  " + _("%(code)s, %(names)s: %(why)s", code=row["code"], names=words.listed(names), why=WORDS[Why(why)])
