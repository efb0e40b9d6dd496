"""Each refusal's status and words, once; and pages for what goes wrong.

A room adds its refusals to `WORDS` with `add`; `tests/conventions` refuses one without
words.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from lms.catalogue.actions import NothingChanged
from lms.catalogue.grading import AnswerMalformed
from lms.kernel import certificates, encodings, sheets, tables, workbooks
from lms.kernel.database import Busy, NoRoom
from lms.kernel.jobs.kinds import JobBrokenOff, JobCancelled, JobCutShort, JobFailed, JobGivenUp
from lms.kernel.refusals import FileRefused, Forbidden, NotFound, Refusal
from lms.kernel.rich_text import RichTextTooLong
from lms.records.xapi.lines import FileDamaged
from lms.web.shared import late, problems


@dataclass(frozen=True)
class Wording:
    """What a reader is told, and the HTTP status that goes with it."""

    status: int
    message: LazyString


WORDS: dict[type[Refusal], Wording] = {
    NotFound: Wording(404, _l("This page does not exist, or is not for you.")),
    Forbidden: Wording(403, _l("You may not do this. Ask the person who runs Établi at your plant.")),
    FileRefused: Wording(422, _l("The file has faults. Nothing of it was kept.")),
    RichTextTooLong: Wording(422, _l("The text is too long: at most %(limit)s characters.")),
    AnswerMalformed: Wording(422, _l("This is not an answer to this question. Reload the page and answer again.")),
    Busy: Wording(503, _l("The server is busy. Try again in a moment.")),
    NoRoom: Wording(507, _l("The server has no room left, and nothing was kept. Tell the administrator.")),
    NothingChanged: Wording(409, _l("Nothing has changed in %(code)s since its newest edition.")),
    FileDamaged: Wording(
        422, _l("The compressed file is damaged or cut off. Nothing of it was kept; have it sent again.")
    ),
    JobFailed: Wording(
        500, _l("Something went wrong on our side, and nothing was kept. If it lasts, tell the administrator.")
    ),
    JobBrokenOff: Wording(
        500,
        _l("Something went wrong on our side; what was done stays done. If it lasts, tell the administrator."),
    ),
    JobCancelled: Wording(409, _l("It was stopped as you wished. Nothing was kept.")),
    JobCutShort: Wording(409, _l("It was stopped as you wished. What was done stays done.")),
    JobGivenUp: Wording(
        500, _l("The work was stopped three times in a row without getting any further. Tell the administrator.")
    ),
    tables.NotATable: Wording(422, _l("This is neither a CSV file nor an Excel workbook (.xlsx).")),
    tables.QuotesBroken: Wording(
        422, _l("Line %(line)s: a quotation mark is not closed, or text follows a closed one.")
    ),
    tables.TooManyColumns: Wording(422, _l("Line %(line)s has more than %(limit)s cells.")),
    tables.TooManyRows: Wording(
        422,
        _l("%(found)s rows: a workbook holds %(limit)s at most. Take the CSV, which has no limit, or narrow the list."),
    ),
    encodings.EncodingUnknown: Wording(
        422, _l("The encoding of the file is not clear. Choose one, or save it as UTF-8.")
    ),
    encodings.EncodingWrong: Wording(422, _l("Line %(line)s is not written in %(encoding)s. Choose another encoding.")),
    encodings.ControlCharacters: Wording(
        422, _l("Line %(line)s holds characters that no text has (NUL, for example). Save the file as CSV again.")
    ),
    encodings.LineTooLong: Wording(422, _l("Line %(line)s has more than %(limit)s characters: this is no table.")),
    sheets.ListChanged: Wording(
        409, _l("What is known changed since this was shown. Look at it again before you apply it.")
    ),
    sheets.SheetEmpty: Wording(422, _l("The file is empty.")),
    sheets.SheetTooLong: Wording(422, _l("The file has more than %(limit)s rows.")),
    sheets.ColumnsNotFound: Wording(
        422, _l("These columns are missing: %(missing)s. The titles of the file are: %(found)s.")
    ),
    workbooks.WorkbookBroken: Wording(
        422, _l("The workbook is damaged. Open it in Excel, save it anew and try again.")
    ),
    workbooks.WorkbookProtected: Wording(
        422, _l("The workbook has a password or the old format .xls. Save it as .xlsx without a password, or as CSV.")
    ),
    workbooks.WorkbookTooLarge: Wording(
        422, _l("The workbook is larger than a table can be. Save the one sheet as CSV.")
    ),
    certificates.FileThere: Wording(409, _l("%(file)s exists already: nothing is overwritten.")),
    certificates.AuthorityMissing: Wording(
        404, _l("There is no authority with its key in %(folder)s. Make one, or bring its key back.")
    ),
    certificates.NameNeeded: Wording(422, _l("Give at least one --host or --ip, as kiosks will address the server.")),
    certificates.NameRefused: Wording(
        422, _l("%(name)s is no host name or address, or none that this authority may sign for.")
    ),
}


def add(refusal: type[Refusal], status: int, message: LazyString) -> None:
    """Word a refusal; `message` may name the refusal's facts as `%(fact)s`."""
    WORDS[refusal] = Wording(status, message)


def worded(refusal: Refusal) -> str:
    """Return the refusal in the reader's language; of a file with one fault, what the fault is."""
    if isinstance(refusal, FileRefused) and len(refusal.problems) == 1:
        return problems.worded(refusal.problems[0])
    return str(wording(refusal).message) % refusal.facts


def wording(refusal: Refusal) -> Wording:
    """Return what is told of a refusal."""
    late.WORDS.look_for(lambda: type(refusal) in WORDS)
    return WORDS[type(refusal)]


Answer = Callable[[int, str, Refusal | None], Response]
_ANSWERS: dict[str, Answer] = {}


def answer_under(prefix: str, answer: Answer) -> None:
    """Let what is refused at addresses that begin so be told by `answer(status, message, refusal)`, not by a page.

    The status is that of its answer.
    """
    _ANSWERS[prefix] = answer


def wants_json() -> bool:
    """Whether a script asks, rather than a reader."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def init_app(app: Flask) -> None:
    """Answer refusals, HTTP errors and faults of ours with pages; lend commands the words."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.extensions["worded"] = worded


def _refused(refusal: Refusal) -> tuple[Response | str, int]:
    return _answer(wording(refusal).status, worded(refusal), refusal)


def _http_error(error: HTTPException) -> ResponseReturnValue | HTTPException:
    if error.code is None or error.code < 400:
        return error
    # A refusal after the view: when its work was to be committed, or the session to be kept.
    if isinstance(error, InternalServerError) and isinstance(error.original_exception, Refusal):
        return current_app.handle_user_exception(error.original_exception)
    answer = make_response(_answer(error.code, str(_HTTP.get(error.code, _OTHER if error.code < 500 else _OURS))))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def _answer(status: int, message: str, refusal: Refusal | None = None) -> tuple[Response | str, int]:
    own = next((answer for prefix, answer in _ANSWERS.items() if request.path.startswith(prefix)), None)
    if own is not None:
        answer = own(status, message, refusal)
        return answer, answer.status_code
    if wants_json():
        return jsonify(status=status, detail=message), status
    return render_template("errors/error.html", status=status, message=message), status


_OTHER = _l("The request could not be understood. Go back and try again.")
_OURS = _l("Something went wrong on our side. Nothing was half-saved. Try again; if it lasts, tell the administrator.")
_HTTP = {
    400: _l("The page was open too long or the request was incomplete. Reload it and try again."),
    404: WORDS[NotFound].message,
    405: _l("This address does not accept that kind of request."),
    413: _l("The file is too large."),
}
