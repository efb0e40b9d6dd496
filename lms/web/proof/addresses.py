"""Where a paper is verified: at the site's own address where it is set (`LMS_ADDRESS`)."""

from flask import request, url_for

from lms.kernel.settings import setting


def verification(number: str) -> str:
    """Return the address that a paper's square code leads to."""
    return _of_the_site(url_for("proof.verify", number=number))


def where_to_verify() -> str:
    """Return the address at which a number is typed."""
    return _of_the_site(url_for("proof.look_up"))


def _of_the_site(path: str) -> str:
    site: str = setting("ADDRESS")
    return f"{(site or request.host_url).rstrip('/')}{path}"
