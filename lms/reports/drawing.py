"""Pictures, drawn once and kept; prints, drawn from them."""

import json
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lms.reports import kept, typography
from lms.reports.document import Report

DRAWING = Path(__file__).with_name("draw.py")
"""How pictures are drawn."""
SECONDS = 120
_one_at_a_time = threading.Lock()
"""Drawing takes memory: pages that ask at once wait for each other."""


class CannotDraw(RuntimeError):
    """The drawing process failed; its last words are the message."""


def pictures(report: Report, folder: Path) -> dict[str, str]:
    """Return a report's drawings as SVG by name, kept in the folder; what lacks is drawn in one process."""
    return _svgs({picture.name: picture.spec for picture in report.pictures}, folder)


def svg(spec: dict[str, Any], folder: Path) -> bytes:
    """Return one specification as SVG, kept in the folder."""
    return _svgs({"drawing": spec}, folder)["drawing"].encode()


def _svgs(specs: dict[str, dict[str, Any]], folder: Path) -> dict[str, str]:
    recipe, specs = DRAWING.read_bytes(), typography.for_print(specs)
    files = {name: kept.place(folder, recipe + _text(spec).encode(), "svg") for name, spec in specs.items()}
    with _one_at_a_time:
        lacking = {name: spec for name, spec in specs.items() if not files[name].exists()}
        if lacking:
            for name, drawn in json.loads(_draw("svg", _text(lacking))).items():
                kept.keep(files[name], drawn.encode())
    return {name: kept.read(file).decode() for name, file in files.items()}


def pdf(report: Report, folder: Path) -> bytes:
    """Return a report as a tagged PDF; its pictures are kept in the folder."""
    printed = typography.for_print(_plain(report))
    return draw("pdf", {"report": printed, "pictures": pictures(report, folder)})


def docx(report: Report, folder: Path) -> bytes:
    """Return a report as a Word file; its pictures are kept in the folder."""
    return draw("docx", {"report": _plain(report), "pictures": pictures(report, folder)})


def draw(what: str, source: dict[str, Any]) -> bytes:
    """Return what the drawing process makes of a source; nothing of it is kept."""
    with _one_at_a_time:
        return _draw(what, _text(source))


def _plain(report: Report) -> dict[str, Any]:
    """Return the report as JSON: blocks bear their kind, drawings leave their specification out."""
    plain = asdict(report)
    for section, told in zip(report.sections, plain["sections"], strict=True):
        told["blocks"] = [{"kind": block.kind, **asdict(block), "spec": None} for block in section.blocks]
    return plain


def _text(source: dict[str, Any]) -> str:
    return json.dumps(source, sort_keys=True)


def _draw(what: str, text: str) -> bytes:
    command = [sys.executable, "-m", "lms.reports.draw", what]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(  # noqa: S603  (our own module, no word of the reader in the command)
        command, input=text.encode(), capture_output=True, timeout=SECONDS, cwd=root, check=False
    )
    if done.returncode:
        raise CannotDraw(done.stderr.decode(errors="replace").strip()[-2000:])
    return done.stdout
