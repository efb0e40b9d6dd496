"""Headers on every response, and requests that another site sent."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from flask_wtf.csrf import CSRFProtect

from lms.kernel.refusals import Forbidden
from lms.web.shared import uploads

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

FRAMED_POLICY = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")

csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., Any])


def framed_by_ourselves(view: View) -> View:
    """Let pages of this server show this view within a frame; no other site ever."""
    view.framed = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    """Protect every request and response."""
    app.before_request(uploads.make_room)  # Before anything reads the form, the token included.
    csrf.init_app(app)
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)


def _refuse_other_sites() -> None:
    if request.method in SAFE_METHODS:
        return
    # Another port of this host is `same-site`: it is a stranger too. On plain http browsers say the origin only.
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site") or _origin_is_foreign():
        raise Forbidden()


def _origin_is_foreign() -> bool:
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def _add_headers(response: Response) -> Response:
    if hasattr(current_app.view_functions.get(request.endpoint or ""), "framed"):
        response.headers.setdefault("Content-Security-Policy", FRAMED_POLICY)
    said = {name.lower() for name, _ in response.headers}
    for name, value in HEADERS.items():
        if name.lower() not in said:
            response.headers.add(name, value)
    return response
