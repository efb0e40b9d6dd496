"""Where drawings and prints are kept."""

from pathlib import Path

from flask import current_app

from lms.reports import drawing


def folder() -> Path:
    """Return the folder within the instance."""
    return current_app.config["INSTANCE_DIR"] / drawing.FOLDER
