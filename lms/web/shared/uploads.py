"""Forms that bring files: larger than any other request, and only for whoever signed in."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

from lms.web.shared.identity import current_person

View = TypeVar("View", bound=Callable[..., Any])


def accepts_files(view: View) -> View:
    """Let requests to this view be as large as the setting UPLOAD_MEGABYTES says."""
    view.accepts_files = True  # type: ignore[attr-defined]
    return view


def make_room() -> None:
    """Raise the limits of a request to a view that accepts files."""
    view = current_app.view_functions.get(request.endpoint or "")
    if hasattr(view, "accepts_files") and current_person() is not None:
        request.max_content_length = current_app.config["UPLOAD_MEGABYTES"] * 1_000_000
        request.max_form_memory_size = 1_000_000
        request.max_form_parts = 2_000
