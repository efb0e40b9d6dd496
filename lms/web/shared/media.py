"""Pictures and videos of modules, texts read aloud, by what they hold: an address never means another file."""

import re

from flask import Response, send_file, url_for

from lms.catalogue import queries, speaking
from lms.catalogue.rendering import Document
from lms.kernel import speech
from lms.kernel.refusals import NotFound
from lms.web.shared.assets import YEAR
from lms.web.shared.guards import recognised

NOTHING_ACTS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For whoever opens a drawing by itself instead of seeing it in a page."""


@recognised
def media(digest: str) -> Response:
    """Send a file of a module or a text read aloud, to whoever signed in or to an enrolled kiosk."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise NotFound()
    found = queries.stored_file(digest)
    path, media_type = (found.path, found.media_type) if found else (speech.stored(digest), speech.MEDIA_TYPE)
    if path is None:
        raise NotFound()
    response = send_file(path, mimetype=media_type, conditional=True, etag=digest, max_age=YEAR)
    response.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    response.headers["Content-Security-Policy"] = NOTHING_ACTS
    return response


def sound_addresses(player: Document, language: str) -> dict[str, str]:
    """Return the addresses of what may be listened to in a module, by block."""
    return addresses_of(speaking.sounds(player, language))


def addresses_of(digests: dict[str, str]) -> dict[str, str]:
    """Return the addresses of files, by block."""
    return {key: url_for("shared.media", digest=digest) for key, digest in digests.items()}
