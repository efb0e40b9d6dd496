"""Where a form may send its reader next."""

from urllib.parse import urlsplit


def local_path(address: str | None) -> str | None:
    """Return the address if it is a path of this site, else None (no open redirect)."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    if any(ord(letter) < 32 or letter == "\\" for letter in address):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address
