"""Pictures and videos of modules, by what they hold: an address never means another file."""

import re

from flask import Response, send_file

from lms.catalogue import queries
from lms.kernel.refusals import NotFound
from lms.web.shared.assets import YEAR
from lms.web.shared.guards import recognised

NOTHING_ACTS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For whoever opens a drawing by itself instead of seeing it in a page."""


@recognised
def media(digest: str) -> Response:
    """Send a file of a module, to whoever signed in."""
    found = queries.stored_file(digest) if re.fullmatch(r"[0-9a-f]{64}", digest) else None
    if found is None:
        raise NotFound()
    response = send_file(found.path, mimetype=found.media_type, conditional=True, etag=digest, max_age=YEAR)
    response.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    response.headers["Content-Security-Policy"] = NOTHING_ACTS
    return response
