"""Pages packed small: a kiosk may hang on a thin line, and the player holds a whole module; so does the editor."""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from flask import Response, current_app, request

from lms.web.shared.branding import dress

SMALLEST = 1_000
"""In bytes; below it nothing is saved."""
MOST_KEPT = 256
"""Pages that are the same for everybody, ten to thirty kilobytes each."""


def pack(response: Response) -> Response:
    """Compress a page for a browser that can unpack it.

    Only for pages that repeat nothing a request brought, as those of the kiosk: the length of others would say
    something about the secrets in them.
    """
    if (
        response.mimetype == "text/html"
        and "Content-Encoding" not in response.headers
        and "gzip" in request.accept_encodings
        and response.content_length is not None
        and response.content_length >= SMALLEST
    ):
        response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response


class _Kept:
    """Packed pages; the one not asked for the longest makes room."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def page(self, key: Hashable, draw: Callable[[], str]) -> bytes:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
        packed = gzip.compress(draw().encode(), 9, mtime=0)
        with self._lock:
            self._pages[key] = packed
            while len(self._pages) > MOST_KEPT:
                self._pages.popitem(last=False)
        return packed


def kept(key: Hashable, draw: Callable[[], str]) -> Response:
    """Return the page of that key, drawn and packed the first time only; all that it shows must stand in the key."""
    packed = current_app.extensions.setdefault("kiosk_pages", _Kept()).page((key, dress()), draw)
    if "gzip" in request.accept_encodings:
        response = Response(packed, mimetype="text/html", headers={"Content-Encoding": "gzip"})
    else:
        response = Response(gzip.decompress(packed), mimetype="text/html")
    response.vary.add("Accept-Encoding")
    return response
