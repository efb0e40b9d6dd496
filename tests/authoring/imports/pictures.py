"""Pictures to bring in."""

import io

from PIL import Image


def drawn(kind: str = "PNG", size: tuple[int, int] = (40, 20), **more: object) -> bytes:
    """Return a picture of one colour."""
    made = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(made, kind, **more)
    return made.getvalue()


PNG = drawn()
