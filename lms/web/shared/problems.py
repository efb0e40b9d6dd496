"""What is wrong in a file or in an answer: each problem code worded once, in the reader's language.

Those of pydantic and of YAML stand here; a room adds its own with `add`.
"""

from collections.abc import Iterable

from flask import Flask
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.kernel.refusals import Problem
from lms.web.shared import late

_DATE = _l("A date is expected here, for example 2027-03-31.")
_WHOLE_NUMBER = _l("A whole number is expected here.")
_NUMBER = _l("A number is expected here.")
_CHOICE = _l("“%(given)s” is not one of the possible values: %(expected)s.")
_YES_OR_NO = _l("Yes or no is expected here.")
_FIELDS = _l("A group of named fields is expected here.")

WORDS: dict[str, LazyString] = {
    "missing": _l("This is missing."),
    "extra_forbidden": _l("There is no field of this name here."),
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "string_type": _l("A text is expected here."),
    "string_too_short": _l("The text is empty."),
    "string_too_long": _l("The text is too long: at most %(max_length)s characters."),
    "string_pattern_mismatch": _l("“%(given)s” is not written as it should be: see the format."),
    "too_short": _l("At least %(min_length)s is needed here."),
    "too_long": _l("At most %(max_length)s are accepted here."),
    "int_type": _WHOLE_NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "int_parsing_size": _l("The number is too large."),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "greater_than": _l("The number must be more than %(gt)s."),
    "greater_than_equal": _l("The number must be at least %(ge)s."),
    "less_than": _l("The number must be less than %(lt)s."),
    "less_than_equal": _l("The number must be at most %(le)s."),
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "list_type": _l("A list is expected here."),
    "dict_type": _l("A text in each language is expected here, for example {fr: …, en: …}."),
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "document.too_large": _l("The file is too large: at most %(limit)s MB."),
    "document.not_utf8": _l("The file is not in UTF-8. Save it again in that encoding."),
    "document.syntax": _l("The file is not well-formed YAML: %(detail)s."),
    "document.alias": _l("Anchors and aliases (& and *) are not accepted. Write the value out."),
    "document.too_deep": _l("The file is nested too deep: at most %(limit)s levels."),
    "document.key_not_text": _l("The name of a field must be a text."),
    "document.duplicate_key": _l("The field %(key)s is given twice."),
}
_OTHER = _l("This is not accepted here: %(detail)s")


def init_app(app: Flask) -> None:
    """Lend commands the words."""
    app.extensions["worded_problem"] = worded


def add(code: str, message: LazyString) -> None:
    """Word a problem; `message` may name the problem's facts as `%(fact)s`."""
    WORDS[code] = message


def worded(problem: Problem) -> str:
    """Return the problem as a sentence in the reader's language."""
    facts = {"detail": problem.code, **problem.facts}
    if "expected" in facts:
        facts["expected"] = str(facts["expected"]).replace(" or ", ", ")
    late.WORDS.look_for(lambda: problem.code in WORDS)
    return str(WORDS.get(problem.code, _OTHER)) % facts


def worded_all(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Return the problems as `ui.problem_list` shows them."""
    return [
        {"file": one.file or _("the file"), "line": one.line, "field": one.path, "message": worded(one)}
        for one in problems
    ]
