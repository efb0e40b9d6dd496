"""Pictures and prints, drawn once: kept by the hash of what they are drawn from."""

import hashlib
import json
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lms.reports import typography
from lms.reports.document import Report

FOLDER = "drawn"
"""Within the instance folder; it may be emptied any day."""
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
    files = {name: _file("svg", _text(spec), folder) for name, spec in specs.items()}
    with _one_at_a_time:
        lacking = {name: spec for name, spec in specs.items() if not files[name].exists()}
        if lacking:
            for name, drawn in json.loads(_draw("svg", _text(lacking))).items():
                _keep(files[name], drawn.encode())
    return {name: file.read_text(encoding="utf-8") for name, file in files.items()}


def pdf(report: Report, folder: Path) -> bytes:
    """Return a report as a tagged PDF, kept in the folder."""
    printed = typography.for_print(_plain(report))
    return _drawn("pdf", {"report": printed, "pictures": pictures(report, folder)}, folder)


def docx(report: Report, folder: Path) -> bytes:
    """Return a report as a Word file, kept in the folder."""
    return _drawn("docx", {"report": _plain(report), "pictures": pictures(report, folder)}, folder)


def draw_once(what: str, source: dict[str, Any]) -> bytes:
    """Return a document that holds secrets: drawn anew each time, kept nowhere."""
    with _one_at_a_time:
        return _draw(what, _text(source))


def _plain(report: Report) -> dict[str, Any]:
    """Return the report as JSON: blocks bear their kind, drawings leave their specification out."""
    plain = asdict(report)
    for section, told in zip(report.sections, plain["sections"], strict=True):
        told["blocks"] = [{"kind": block.kind, **asdict(block), "spec": None} for block in section.blocks]
    return plain


def _drawn(what: str, source: dict[str, Any], folder: Path) -> bytes:
    text = _text(source)
    file = _file(what, text, folder)
    with _one_at_a_time:
        if not file.exists():
            _keep(file, _draw(what, text))
    return file.read_bytes()


def _text(source: dict[str, Any]) -> str:
    return json.dumps(source, sort_keys=True)


def _file(what: str, text: str, folder: Path) -> Path:
    return folder / f"{hashlib.sha256(_recipe() + text.encode()).hexdigest()}.{what}"


def _recipe() -> bytes:
    """Return what else decides the result: how drawings are made."""
    here = Path(__file__).resolve().parent
    return b"".join((here / name).read_bytes() for name in ("draw.py", "report.typ", "word_file.py"))


def _draw(what: str, text: str) -> bytes:
    command = [sys.executable, "-m", "lms.reports.draw", what]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(  # noqa: S603  (our own module, no word of the reader in the command)
        command, input=text.encode(), capture_output=True, timeout=SECONDS, cwd=root, check=False
    )
    if done.returncode:
        raise CannotDraw(done.stderr.decode(errors="replace").strip()[-2000:])
    return done.stdout


def _keep(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(f".{threading.get_ident()}.part")
    partial.write_bytes(content)
    partial.replace(file)
