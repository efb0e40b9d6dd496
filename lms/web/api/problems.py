"""What is refused, as RFC 9457 says it."""

from flask import Response, json, request

from lms.kernel.refusals import FileRefused, Refusal
from lms.web.shared.problems import worded

TYPE = "application/problem+json"


def problem(status: int, message: str, refusal: Refusal | None) -> Response:
    """Return a problem: `title` names the rule, `detail` says it in the caller's language, `errors` each fault."""
    told: dict[str, object] = {
        "type": "about:blank",
        "title": type(refusal).__name__ if refusal else _TITLES.get(status, "Error"),
        "status": status,
        "detail": message,
        "instance": request.path,
    }
    if isinstance(refusal, FileRefused):
        told["errors"] = [{"field": one.path, "detail": worded(one)} for one in refusal.problems]
    answer = Response(json.dumps(told), status, content_type=TYPE)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


_TITLES = {404: "NotFound", 405: "MethodNotAllowed", 413: "TooLarge"}
