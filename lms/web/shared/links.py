"""Addresses that pages make: where a form may send its reader next, and this page seen otherwise."""

from urllib.parse import quote, urlencode, urlsplit

from flask import request


def local_path(address: str | None) -> str | None:
    """Return the address if it is a path of this site, else None (no open redirect)."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    if any(ord(letter) < 32 or letter == "\\" for letter in address):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address


def here(**changes: object) -> str:
    """Return this page's address with some of its query changed; None takes a value away.

    Built by hand: `url_for` would obey a `_scheme` or `_external` that came with the query.
    """
    query = {**request.args.to_dict(flat=False), **changes}
    kept = urlencode({name: value for name, value in query.items() if value is not None}, doseq=True)
    return quote(request.path) + (f"?{kept}" if kept else "")
