"""Names in place of codes, for readers: teams, shifts, modules, age bands. Programs keep the codes."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from lms.evaluation.indicators.definition import Grouping
from lms.evaluation.sensitivity import Choice
from lms.kernel.languages import in_language
from lms.people.ages import NAMES
from lms.reports.pilot.source import Row, Source

Names = dict[str, dict[str, str]]


def named(source: Source) -> Source:
    """Return the source as readers see it, in the language at work; names are those frozen with the protocol."""
    frozen = source.protocol.get("names", {})
    names: Names = {kind: dict(frozen.get(kind, {})) for kind in ("teams", "shifts")}
    names["modules"] = {code: in_language(title) for code, title in frozen.get("modules", {}).items()}
    names["ages"] = {band: str(word) for band, word in NAMES.items()}
    protocol, figures = deepcopy(source.protocol), deepcopy(source.figures)
    exchange(protocol["pilot"], "teams", names["teams"])
    for row in figures["indicators"]:
        _name_indicator(row, names)
    _name_series(figures["series"], names)
    for row in (figures.get("said_and_did") or {"rows": ()})["rows"]:
        exchange(row, "shift", names["shifts"])
    return replace(source, protocol=protocol, results={**source.results, "figures": figures})


def _name_indicator(row: Row, names: Names) -> None:
    exchange(row, "modules", names["modules"])
    kinds = {Grouping.TEAM: "teams", Grouping.SHIFT: "shifts", Grouping.EASE: "shifts", Grouping.AGE_BAND: "ages"}
    kind = kinds.get(Grouping(row["grouping"]))
    if kind == "ages":
        row["groups"].sort(key=lambda group: list(NAMES).index(group["group"]))
    for group in [*row["groups"], *(row.get("groups_before") or ())]:
        exchange(group, "group", names.get(kind or "", {}))
    for variant in row["sensitivity"]:
        if variant["choice"] == Choice.WITHOUT_TEAM:
            exchange(variant, "detail", names["teams"])
    change = row.get("change") or {"rows": []}
    for one in [change, *change["rows"]]:
        for field in one.keys() & {"modules", "order"}:
            exchange(one, field, names["modules"])


def _name_series(series: Mapping[str, Any], names: Names) -> None:
    for row in series.get("hours") or ():
        exchange(row, "shift", names["shifts"])
    for row in [*(series.get("steps") or ()), *(series.get("items") or ())]:
        exchange(row, "module", names["modules"])


def exchange(row: Row, field: str, names: Mapping[str, str]) -> None:
    """Put names where codes stand in a field of a row; a code without a name stays."""
    value = row[field]
    row[field] = [names.get(code, code) for code in value] if isinstance(value, list) else names.get(value, value)
