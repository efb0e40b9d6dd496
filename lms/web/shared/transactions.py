"""One transaction per successful request: the only commit of the web."""

from flask import Flask, Response, request

from lms.kernel.database import begin_reading, begin_writing, db
from lms.web.shared.security import SAFE_METHODS


def init_app(app: Flask) -> None:
    """Commit after a successful unsafe request, roll back after any other."""

    @app.before_request
    def begin() -> None:
        if request.method in SAFE_METHODS:
            begin_reading()
        else:
            begin_writing()

    @app.after_request
    def finish(response: Response) -> Response:
        if request.method not in SAFE_METHODS and response.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()
        return response

    @app.teardown_request
    def end(error: BaseException | None) -> None:
        begin_reading()
