"""Static files: one address for one content, kept by browsers for a year.

The address carries a hash of all static files, so that a script's relative imports
carry it too and a new version replaces the old as a whole.
"""

import gzip
import hashlib
import os
from functools import cache
from pathlib import Path

from flask import Flask, current_app
from whitenoise import WhiteNoise

from lms.web.shared.bundling import bundle

YEAR = 31_536_000
WORTH_COMPRESSING = frozenset({".css", ".js", ".svg", ".json", ".txt"})
SMALLEST_COMPRESSED = 500
"""In bytes; below it a compressed file saves no packet."""
BUNDLE = "kiosk/bundle.js"
"""All modules of its folder in one file, made at the start where it is not what they say."""
APART = frozenset({"kiosk/scale.js", "kiosk/worker.js"})
"""No modules: one runs before anything is drawn, one without a page."""


def init_app(app: Flask) -> None:
    """Serve `static/` under an address that changes with its content."""
    folder = Path(app.root_path) / "static"
    prefix, known = _prepared(folder)
    app.wsgi_app = WhiteNoise(app.wsgi_app, root=folder, prefix=prefix, max_age=YEAR)  # type: ignore[method-assign]
    app.config["STATIC_PREFIX"] = prefix

    def asset(path: str) -> str:
        if path not in known:
            raise FileNotFoundError(f"static/{path}")
        return prefix + path

    app.jinja_env.globals["asset"] = asset


@cache
def _prepared(folder: Path) -> tuple[str, frozenset[str]]:
    """Put scripts together and compress; return what the addresses begin with, and the files.

    Once for a process: it serves one version.
    """
    _put_together(folder)
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.endswith((".gz", ".part"))]
    for file in files:
        _compress(file)
    return f"/static/{_version(folder, files)}/", frozenset(file.relative_to(folder).as_posix() for file in files)


def version() -> str:
    """Return the version of the pages: it stands in the address of each static file."""
    return current_app.config["STATIC_PREFIX"].split("/")[2]


def _version(folder: Path, files: list[Path]) -> str:
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:10]


def _put_together(folder: Path) -> None:
    made = folder / BUNDLE
    files = set(made.parent.glob("*.js")) - {made, *(folder / path for path in APART)}
    content = bundle({file.stem: file.read_text("utf-8") for file in files}).encode()
    if not made.exists() or made.read_bytes() != content:
        _replace(made, content)


def _compress(file: Path) -> None:
    """Keep a compressed twin beside the file, as fresh as the file itself."""
    if file.suffix not in WORTH_COMPRESSING or file.stat().st_size < SMALLEST_COMPRESSED:
        return
    twin = file.with_name(file.name + ".gz")
    if twin.exists() and twin.stat().st_mtime >= file.stat().st_mtime:
        return
    _replace(twin, packed(file))


def _replace(file: Path, content: bytes) -> None:
    # Written aside and renamed: two processes may start at once.
    partial = file.with_name(f"{file.name}.{os.getpid()}.part")
    partial.write_bytes(content)
    partial.replace(file)


def packed(file: Path) -> bytes:
    """Return a file as it travels: compressed, scripts of ours without their lines of comment, which weigh a fifth."""
    content = file.read_bytes()
    if file.suffix == ".js" and "vendor" not in file.parts:
        lines = content.split(b"\n")
        content = b"\n".join(line for line in lines if not line.lstrip().startswith(b"//"))
    return gzip.compress(content, 9, mtime=0)
