"""Photos taken beside the machine: made small, without place or owner, kept in the storage."""

import io

from lms.catalogue import pictures, room
from lms.kernel import storage
from lms.kernel.refusals import FileRefused, Problem

MEDIA_TYPES = {b"\x89PNG": "image/png", b"\xff\xd8\xff\xe0": "image/jpeg", b"RIFF": "image/webp"}


def keep(data: bytes) -> str:
    """Keep a photo and return its digest. Raises FileRefused, QuotaReached or DiskKept."""
    try:
        shown = pictures.shown_apart(data)
    except pictures.NotShown as refused:
        raise FileRefused([Problem(refused.code, "photo", facts=refused.facts)]) from refused
    room.check(len(shown.file.data))
    return storage.keep(io.BytesIO(shown.file.data))[0]


def read(digest: str) -> tuple[bytes, str]:
    """Return a photo and its media type."""
    data = storage.read(digest)
    kind = next((kind for head, kind in MEDIA_TYPES.items() if data.startswith(head)), "image/jpeg")
    return data, kind
