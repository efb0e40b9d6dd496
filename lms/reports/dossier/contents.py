"""The files of a dossier, from what is stored with an evaluation."""

import json
from pathlib import Path
from typing import Any

from lms.kernel.languages import INTERFACE_LANGUAGES, speaking
from lms.kernel.tables import write_csv
from lms.reports.dossier import readme
from lms.reports.dossier.formulas import formulas
from lms.reports.dossier.reasons import WORDS, openness
from lms.reports.pilot.source import Row, Source

FORMAT = "etabli-dossier/2"
SCRIPT = Path(__file__).with_name("recompute.py")
_STATED = (
    "value", "numerator", "denominator", "n", "counted_n", "n_eff", "deff", "teams", "low", "high", "basis",
    "response_rate", "details", "missing", "constat", "verdict", "reason", "fragile", "n_to_settle",
)  # fmt: skip


def contents(source: Source, protocol_text: str, reports: dict[str, str]) -> dict[str, bytes]:
    """Return the files by name: `reports` are whole pages by language."""
    figures, context = source.figures, source.context
    definitions = {row["code"]: row["definition"] for row in source.protocol["indicators"]}
    known = manifest(source)
    files: dict[str, bytes] = {
        "MANIFEST.json": _json(known),
        "protocol/protocol.json": protocol_text.encode(),
        "protocol/protocol.sha256": f"{source.protocol_sha256}  protocol.json\n".encode(),
        "protocol/amendments.json": _json(context["amendments"]),
        "protocol/deviations.json": _json(context["deviations"]),
        "definitions/definitions.json": _json(definitions),
        "data/indicators.json": _json([told(row) for row in source.indicators]),
        "data/recommendations.json": _json(figures["recommendations"]),
        "data/vigilance.json": _json(context["vigilance"]),
        "data/flow.json": _json(figures["flow"]),
        "data/series.json": _json(figures["series"]),
        "data/counts.csv": _counts(source),
        "shares.xlsx": formulas(source),
        "recompute.py": SCRIPT.read_bytes(),
    }
    for language in INTERFACE_LANGUAGES:
        with speaking(language):
            files[f"README.{language}.txt"] = readme.text(source, known).encode()
    return files | {f"report.{language}.html": page.encode() for language, page in reports.items()}


def manifest(source: Source) -> Row:
    """Return what the dossier is, and of each indicator what can be recomputed and what is only stated, and why."""
    return {
        "format": FORMAT,
        "pilot": source.code,
        "evaluation": {
            "as_of": source.as_of.isoformat(),
            "run_at": source.run_at.isoformat(),
            "records_up_to": source.records_up_to,
            "protocol_sha256": source.protocol_sha256,
            "digest": source.digest,
            "code_version": source.code_version,
            "simulated": source.simulated,
        },
        "proposal": source.proposal.decision.value,
        "smallest_group": source.protocol["rules"]["smallest_group"],
        "smallest_opinions": source.protocol["rules"]["smallest_opinions"],
        "not_recomputable_here": ["digest"],
        "reasons": _reasons(),
        "indicators": [{"code": row["code"], **_openness(source, row)} for row in source.indicators],
    }


def _reasons() -> dict[str, str]:
    with speaking("en"):
        return {why.value: str(said) for why, said in WORDS.items()}


def _openness(source: Source, row: Row) -> Row:
    entry = next(one for one in source.protocol["indicators"] if one["code"] == row["code"])
    return openness(told(row), entry)


def told(row: Row) -> Row:
    """Return an indicator as the dossier gives it: its cells, and what is stated of it."""
    stated = {name: row[name] for name in _STATED}
    return {
        "code": row["code"],
        "cells": row["cells"],
        "groups": row["groups"],
        "groups_before": row.get("groups_before"),
        "stated": stated,
        "tried": row["sensitivity"],
        "change": row.get("change"),
    }


def _counts(source: Source) -> bytes:
    """Return every numerator and denominator, whole and by group, as a table."""
    header = ("indicator", "by", "group", "numerator", "denominator", "hidden")
    lines: list[tuple[Any, ...]] = []
    for row in source.indicators:
        lines.append((row["code"], "", "", row["numerator"], row["denominator"], row["value"] is None))
        for group in row["groups"]:
            counts = (group["numerator"], group["denominator"], group["masked"])
            lines.append((row["code"], row["grouping"], group["group"], *counts))
    return write_csv(header, [["" if cell is None else str(cell) for cell in line] for line in lines])


def _json(document: Any) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
