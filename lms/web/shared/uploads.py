"""Forms that bring files: larger than any other request, and only for whoever signed in or holds a link."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

from lms.web.shared.identity import current_person

FORM = 1_000_000
"""Bytes of a request besides its file."""
View = TypeVar("View", bound=Callable[..., Any])


def accepts_files(view: View) -> View:
    """Let requests to this view be as large as the setting UPLOAD_MEGABYTES says."""
    view.accepts_files = "UPLOAD_MEGABYTES"  # type: ignore[attr-defined]
    return view


def accepts_videos(view: View) -> View:
    """Let requests to this view be as large as the setting VIDEO_MEGABYTES says."""
    view.accepts_files = "VIDEO_MEGABYTES"  # type: ignore[attr-defined]
    return view


def accepts_files_by_link(view: View) -> View:
    """Let requests to this view bring files without anybody signed in: the view asks for a secret in its address."""
    view.by_link = True  # type: ignore[attr-defined]
    return accepts_files(view)


def make_room() -> None:
    """Raise the limits of a request to a view that accepts files."""
    view = current_app.view_functions.get(request.endpoint or "")
    limit = getattr(view, "accepts_files", None)
    if limit is not None and (hasattr(view, "by_link") or current_person() is not None):
        request.max_content_length = current_app.config[limit] * 1_000_000 + FORM
        request.max_form_memory_size = 1_000_000
        request.max_form_parts = 2_000
