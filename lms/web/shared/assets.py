"""Static files: one address for one content, kept by browsers for a year.

The address carries a hash of all static files, so that a script's relative imports
carry it too and a new version replaces the old as a whole.
"""

import hashlib
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

YEAR = 31_536_000


def init_app(app: Flask) -> None:
    """Serve `static/` under an address that changes with its content."""
    folder = Path(app.root_path) / "static"
    prefix = f"/static/{_version(folder)}/"
    app.wsgi_app = WhiteNoise(app.wsgi_app, root=folder, prefix=prefix, max_age=YEAR)  # type: ignore[method-assign]
    app.config["STATIC_PREFIX"] = prefix

    def asset(path: str) -> str:
        if not (folder / path).is_file():
            raise FileNotFoundError(f"static/{path}")
        return prefix + path

    app.jinja_env.globals["asset"] = asset


def _version(folder: Path) -> str:
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".gz":
            whole.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:10]
