"""One transaction per successful request: the only commit of the web."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request

from lms.kernel.database import begin_reading, begin_writing, db, release
from lms.web.shared.security import SAFE_METHODS

View = TypeVar("View", bound=Callable[..., Any])


def commits_itself(view: View) -> View:
    """Leave the transaction to the view: it writes through `kernel.group_commit.durably` alone."""
    view.commits_itself = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    """Commit after a successful unsafe request, roll back after any other."""

    @app.before_request
    def begin() -> None:
        if request.method in SAFE_METHODS or _commits_itself():
            begin_reading()
        else:
            # What was read so far (the session) must not turn into a writer's transaction:
            # on SQLite that fails at once when another wrote meanwhile.
            release()
            begin_writing()

    @app.after_request
    def finish(response: Response) -> Response:
        if is_committed(response):
            db.session.commit()
        else:
            release()
        return response

    @app.teardown_request
    def end(error: BaseException | None) -> None:
        begin_reading()


def is_committed(response: Response) -> bool:
    """Whether what this request wrote is kept once it has been answered like this."""
    return request.method not in SAFE_METHODS and response.status_code < 400 and not _commits_itself()


def _commits_itself() -> bool:
    return hasattr(current_app.view_functions.get(request.endpoint or ""), "commits_itself")
