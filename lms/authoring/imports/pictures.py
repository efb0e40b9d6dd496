"""The pictures of a file that is brought in."""

import hashlib
import re
from pathlib import PurePosixPath

from lms.catalogue.media import CheckedFile
from lms.catalogue.pictures import Crop, NotShown, shown


class Gallery:
    """The pictures of one file, each kept once under a name that tells its content."""

    def __init__(self) -> None:
        self.files: dict[str, CheckedFile] = {}

    def add(self, name: str, data: bytes, crop: Crop | None = None) -> str | None:
        """Keep a picture; return its name within the module, None when no kiosk can show it."""
        try:
            made = shown(data, crop)
        except NotShown:
            return None
        stem = re.sub(r"[^A-Za-z0-9]+", "-", PurePosixPath(name).stem).strip("-")[:40] or "picture"
        kept = f"media/{stem}-{hashlib.sha256(made.file.data).hexdigest()[:12]}{made.ending}"
        self.files[kept] = made.file
        return kept
