"""The figures of an evaluation as a workbook: numbers as numbers, one sheet for each kind."""

import io
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from lms.evaluation.models import Evaluation, Pilot
from lms.kernel.languages import current_language, in_language, speaking
from lms.kernel.languages import gettext as _
from lms.kernel.later import Later
from lms.reports import labels
from lms.reports.pilot import figures
from lms.reports.pilot.banner import banner
from lms.reports.pilot.named import named
from lms.reports.pilot.source import Row, Source, source

xlsxwriter = Later("xlsxwriter")
LONG_AGO = datetime(1980, 1, 1)  # noqa: DTZ001  (a time of no place, so that the same figures give the same bytes)
Line = Sequence[Any]


def workbook(pilot: Pilot, evaluation: Evaluation, language: str | None = None) -> bytes:
    """Return the workbook in a language (the reader's if none is given)."""
    with speaking(language or current_language()):
        found = named(source(pilot, evaluation))
        held = io.BytesIO()
        book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": in_language(found.title), "created": LONG_AGO, "comments": banner(found)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for name, header, lines in _sheets(found):
            sheet = book.add_worksheet(name)
            for place, line in enumerate([header, *lines]):
                sheet.write_row(place, 0, line, bold if place == 0 else None)
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(header), 18)
        book.close()
        return held.getvalue()


def _sheets(found: Source) -> Iterable[tuple[str, Line, list[Line]]]:
    yield _("Indicators"), _indicators_header(), [_indicator(found, row) for row in found.indicators]
    yield _("Groups"), _groups_header(), [_group(row, group) for row in found.indicators for group in row["groups"]]
    tried = [_variant(row, variant) for row in found.indicators for variant in row["sensitivity"]]
    yield (
        _("Sensitivity"),
        (_("Indicator"), _("Other choice"), _("Lower bound"), _("Upper bound"), _("Would say"), _("Flips")),
        tried,
    )
    yield _("Series"), (_("Series"), _("Row"), _("Name"), _("Value")), _series(found.series)
    yield _("Protocol"), (_("What"), _("Value")), list(_protocol(found))


_MEASURED = ("value", "numerator", "denominator", "low", "high", "n", "counted_n", "n_eff", "deff", "teams", "basis")
_FROZEN = ("threshold", "ambition", "direction", "level", "icc0", "n_min", "min_teams")


def _indicators_header() -> Line:
    names = (_("Code"), _("Indicator"), _("For"), _("Unit"), _("Primary"), _("Critical"))
    return (
        *names,
        *_FROZEN,
        *_MEASURED,
        _("Observed figure reaches it"),
        _("Verdict"),
        _("Why"),
        _("Fragile"),
        _("n to settle"),
        _("Change by training"),
        _("Change, lower bound"),
        _("Change, upper bound"),
        _("What the change says"),
    )


def _indicator(found: Source, row: Row) -> Line:
    return (
        row["code"], in_language(found.definition(row)["label"]), row["recommendation"], row["unit"], row["primary"],
        row["critical"], *(row[name] for name in (*_FROZEN, *_MEASURED)), row["constat"], figures.verdict(row).text,
        str(labels.REASONS[row["reason"]]), figures.fragile(row), row["n_to_settle"],
        *_change(row.get("change")),
    )  # fmt: skip


def _change(change: Row | None) -> Line:
    if change is None:
        return (None,) * 4
    return (change["value"], change["low"], change["high"], figures.changed_words(change))


def _groups_header() -> Line:
    return (_("Indicator"), _("By"), _("Group"), _("Numerator"), _("Denominator"), _("Mean"), _("Hidden"))


def _group(row: Row, group: Row) -> Line:
    names = ("group", "numerator", "denominator", "mean", "masked")
    return (row["code"], row["grouping"], *(group[name] for name in names))


def _variant(row: Row, variant: Row) -> Line:
    choice = labels.choice(variant, figures.unit(row))
    said = str(labels.VERDICTS[variant["verdict"]])
    return (row["code"], choice, variant["low"], variant["high"], said, variant["flips"])


def _series(series: Row) -> list[Line]:
    """Return every figure of the series, one a line."""
    lines: list[Line] = []
    for name, rows in series.items():
        for place, row in enumerate(rows or (), start=1):
            for key, value in row.items():
                told = value if isinstance(value, int | float | str | None) else json.dumps(value, ensure_ascii=False)
                lines.append((name, place, key, told))
    return lines


def _protocol(found: Source) -> Iterable[Line]:
    pilot = found.protocol["pilot"]
    yield _("Fingerprint (SHA-256)"), found.protocol_sha256
    yield _("Frozen on"), found.frozen_at.isoformat()
    yield _("First day"), pilot["starts_on"]
    yield _("Last day"), pilot["ends_on"]
    yield _("Teams"), ", ".join(pilot["teams"])
    yield _("Data cut-off"), found.as_of.isoformat()
    yield _("Last learning record read"), found.records_up_to
    yield _("Fingerprint of the evaluation"), found.digest
    for row in found.context["deviations"]:
        yield _("Deviation"), labels.deviation(row)
    for row in found.context["amendments"]:
        yield _("Amendment"), labels.amendment(row)
