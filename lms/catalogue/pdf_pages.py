"""Look into a PDF in a process of its own: `python -m lms.catalogue.pdf_pages`, bytes in, JSON out.

`{"pages": 2}`, `{"locked": true}` where it asks for a password, `{}` where it cannot be opened or a page not be read.
"""

import io
import json
import sys

from lms.kernel import confined
from lms.kernel.confined import Limits
from lms.kernel.later import Later

pypdf = Later("pypdf")

LIMITS = Limits(seconds=20, memory=800_000_000, file=0)
END = b"%%EOF"
TAIL = 2048
"""Bytes at the end among which the end mark stands; scanners write a little behind it."""


def looked_into(data: bytes) -> dict[str, object]:
    """Return how many pages it has or that it is locked; nothing where it is damaged."""
    if END not in data[-TAIL:]:
        return {}
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        # Many scanners lock what may be changed; such a file opens without a password all the same.
        if reader.is_encrypted and not reader.decrypt(""):
            return {"locked": True}
        for page in reader.pages:
            if page.get("/Contents") is not None:
                page.get_contents().get_data()
        return {"pages": len(reader.pages)}
    except (pypdf.errors.PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


if __name__ == "__main__":
    confined.limit(LIMITS)
    sys.stdout.write(json.dumps(looked_into(sys.stdin.buffer.read())))
