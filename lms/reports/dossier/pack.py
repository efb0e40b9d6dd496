"""A dossier as one archive: hashes of all files, and the same bytes for the same files."""

import hashlib
import io
import zipfile
from collections.abc import Mapping

LONG_AGO = (1980, 1, 1, 0, 0, 0)
SUMS = "SHA256SUMS"


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the archive of files, with `SHA256SUMS` of every one of them."""
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in sorted({**files, SUMS: sums.encode()}.items()):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return held.getvalue()
