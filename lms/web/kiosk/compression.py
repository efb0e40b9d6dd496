"""Pages packed small: a kiosk may hang on a thin line, and the player holds a whole module."""

import gzip

from flask import Response, request

SMALLEST = 1_000
"""In bytes; below it nothing is saved."""


def pack(response: Response) -> Response:
    """Compress a page for a browser that can unpack it.

    Pages of the kiosk repeat nothing that a request brought, so that their length says
    nothing about the secrets in them.
    """
    if (
        response.mimetype == "text/html"
        and "gzip" in request.accept_encodings
        and response.content_length is not None
        and response.content_length >= SMALLEST
    ):
        response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response
