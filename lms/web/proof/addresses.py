"""Where a paper is verified."""

from flask import url_for

from lms.kernel.settings import setting


def verification(number: str) -> str:
    """Return the address that a paper's square code leads to; the site's own where it is set (`LMS_ADDRESS`)."""
    path = url_for("proof.verify", number=number)
    site: str = setting("ADDRESS")
    return f"{site.rstrip('/')}{path}" if site else url_for("proof.verify", number=number, _external=True)
