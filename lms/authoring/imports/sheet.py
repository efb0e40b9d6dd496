"""Questions from a sheet, CSV or workbook: one a line, under titled columns.

`template` gives an empty one with an example of each kind. Described for authors in `docs/imports.md`.
"""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from zipfile import ZipFile

from lms.authoring.imports import blocks
from lms.authoring.imports.blocks import FULL, MOST_OPTIONS, Answer, Unmapped
from lms.authoring.imports.kinds import Kind
from lms.authoring.imports.reading import Found, Left, Reading, Special
from lms.kernel.cells import folded
from lms.kernel.jobs.kinds import Report, silent
from lms.kernel.languages import gettext as _
from lms.kernel.languages import speaking
from lms.kernel.refusals import FileRefused, Problem, Refusal
from lms.kernel.sheets import Line, open_sheet
from lms.kernel.tables import write_csv, write_xlsx

ANSWERS = tuple(f"answer{number}" for number in range(1, MOST_OPTIONS + 1))
TITLES: dict[str, Sequence[str]] = {
    "question": ("Question", "Énoncé"),
    "kind": ("Type", "Kind", "Genre"),
    **{
        name: (f"Réponse {number}", f"Answer {number}", f"Option {number}")
        for number, name in enumerate(ANSWERS, start=1)
    },
    "right": ("Bonne réponse", "Right answer", "Bonnes réponses", "Right answers", "Correct"),
    "told_right": ("Explication si juste", "Explanation when right"),
    "told_wrong": ("Explication si faux", "Explanation when wrong"),
    "points": ("Points",),
    "unit": ("Unité", "Unit"),
    "tolerance": ("Tolérance", "Tolerance"),
    "key": ("Clé", "Key"),
}
"""The titles that each column may bear; the first is French, the second English."""
STEP = 100
_TRUE, _FALSE = {"vrai", "true", "oui", "yes", "v", "t"}, {"faux", "false", "non", "no", "f"}
_GAP = re.compile(r"\[([^\[\]]+)\]")
_ENDING = re.compile(r"\.(?:csv|tsv|xlsx)$", re.IGNORECASE)
_SHEETS = re.compile(rb"<(?:\w+:)?sheet\s")


def read(source: bytes, file: str, language: str = "fr", report: Report = silent) -> Reading:
    """Return the questions of a sheet; raises FileRefused for what is no such sheet."""
    found: list[Found] = []
    left: list[Left] = []
    keys = blocks.key_giver()
    try:
        lines = list(open_sheet(source, TITLES, needed=("question",)).lines())
    except Refusal as refusal:
        raise FileRefused([_problem(refusal, file)]) from refusal
    if not lines:
        raise FileRefused([Problem("item.nothing", file)])
    for number, line in enumerate(lines):
        if number % STEP == 0:
            report(number, len(lines))
        try:
            found.append(_found(line, language, keys))
        except Unmapped as reason:
            left.append(Left(line.number, line.texts.get("question", "")[:80], str(reason)))
    notes = (Problem("sheet.other_sheets", file),) if _has_others(source) else ()
    title = _ENDING.sub("", file)
    return Reading(Kind.SHEET, file, title, language, tuple(found), tuple(left), notes, stated=len(lines))


def _problem(refusal: Refusal, file: str) -> Problem:
    line = refusal.facts.get("line")
    return Problem(
        f"table.{type(refusal).__name__}", file, line if isinstance(line, int) else None, facts=dict(refusal.facts)
    )


def _has_others(source: bytes) -> bool:
    if not source.startswith(b"PK"):
        return False
    with ZipFile(io.BytesIO(source)) as book:
        return len(_SHEETS.findall(book.read("xl/workbook.xml"))) > 1


def _found(line: Line, language: str, keys: Callable[[str, str], str]) -> Found:
    texts = line.texts
    kind = _kind(texts)
    special, lost = _MAPPINGS[kind](texts, language)
    prompt = texts.get("question", "")
    if kind == "gaps":
        with speaking(language):
            prompt = _("Fill in the missing words.")
    told = (texts.get("told_right", ""), texts.get("told_wrong", ""))
    key = keys(texts.get("key") or texts.get("question", ""), f"line-{line.number}")
    block = blocks.question(key, prompt, special, told, language)
    return Found(line.number, {**block, **_points(texts)}, tuple(lost))


def _points(texts: Mapping[str, str]) -> dict[str, int]:
    written = texts.get("points", "1")
    if not re.fullmatch(r"[1-9]|10", written):
        raise Unmapped("sheet.points")
    return {"points": int(written)} if written != "1" else {}


def _kind(texts: Mapping[str, str]) -> str:
    """Return the kind of question that a line says, or what else it says makes it."""
    written = folded(texts.get("kind", ""))
    if written:
        known = next((kind for kind, names in KINDS.items() if written in map(folded, names)), None)
        if known is None:
            raise Unmapped("sheet.kind")
        return known
    right = folded(texts.get("right", ""))
    if not any(name in texts for name in ANSWERS):
        return "true_false" if right in _TRUE | _FALSE else "number"
    return "choice"


def _answers(texts: Mapping[str, str]) -> list[str]:
    return [texts[name] for name in ANSWERS if name in texts]


def _choice(texts: Mapping[str, str], language: str) -> Special:
    answers = _answers(texts)
    right = _right(texts, answers)
    given = [Answer(text, FULL if place in right else 0) for place, text in enumerate(answers)]
    return blocks.choice(given, language, single=len(right) == 1)


def _right(texts: Mapping[str, str], answers: Sequence[str]) -> set[int]:
    """Return the places, from 0, of the right answers: their numbers, their letters, or the answer itself."""
    written = texts.get("right", "")
    whole = [place for place, text in enumerate(answers) if folded(text) == folded(written)]
    if whole:
        return {whole[0]}
    places = {_place(one) for one in re.split(r"[\s,;+/]+", written.strip()) if one}
    if not places or any(not 0 <= place < len(answers) for place in places):
        raise Unmapped("sheet.right")
    return places


def _place(written: str) -> int:
    if written.isdigit():
        return int(written) - 1
    return ord(written.upper()) - ord("A") if len(written) == 1 else -1


def _true_false(texts: Mapping[str, str], language: str) -> Special:
    right = folded(texts.get("right", ""))
    if right not in _TRUE | _FALSE:
        raise Unmapped("sheet.truth")
    return {"question": "true_false", "answer": right in _TRUE}, []


def _numeric(texts: Mapping[str, str], language: str) -> Special:
    try:
        answer, tolerance = (float(texts.get(name, "0").replace(",", ".")) for name in ("right", "tolerance"))
    except ValueError as error:
        raise Unmapped("item.not_a_number") from error
    if "right" not in texts or tolerance < 0:
        raise Unmapped("item.not_a_number")
    unit = {"unit": blocks.words(texts["unit"], language)} if "unit" in texts else {}
    return {"question": "numeric", "answer": answer, "tolerance": tolerance, **unit}, []


def _ordering(texts: Mapping[str, str], language: str) -> Special:
    return blocks.ordering(_answers(texts), language)


def _matching(texts: Mapping[str, str], language: str) -> Special:
    pairs = [tuple(text.partition("=")[::2]) for text in _answers(texts)]
    if not all(right.strip() for _left, right in pairs):
        raise Unmapped("sheet.pairs")
    return blocks.matching([(left.strip(), right.strip()) for left, right in pairs], language)


def _gaps(texts: Mapping[str, str], language: str) -> Special:
    words = _GAP.findall(texts.get("question", ""))
    keys = iter(blocks.letters(len(words)))
    sentence = _GAP.sub(lambda found: f"[{next(keys)}]", texts.get("question", ""))
    return blocks.gaps(sentence, words, _answers(texts), language)


KINDS: dict[str, Sequence[str]] = {
    "choice": ("choix", "choice"),
    "true_false": ("vrai ou faux", "true or false", "vrai/faux", "true/false"),
    "number": ("nombre", "number"),
    "order": ("ordre", "order"),
    "pairs": ("paires", "pairs"),
    "gaps": ("mots manquants", "missing words"),
}
"""What a line may say of its kind; the first is French, the second English."""
_MAPPINGS: dict[str, Callable[[Mapping[str, str], str], Special]] = {
    "choice": _choice,
    "true_false": _true_false,
    "number": _numeric,
    "order": _ordering,
    "pairs": _matching,
    "gaps": _gaps,
}


def template(language: str, ending: str) -> bytes:
    """Return a sheet with its titles and an example of each kind, as `csv` or `xlsx`."""
    with speaking(language):
        place = 0 if language == "fr" else 1
        header = [titles[place] if len(titles) > place else titles[0] for titles in TITLES.values()]
        rows = [[row.get(name, "") for name in TITLES] for row in _examples(place)]
        return write_csv(header, rows) if ending == "csv" else write_xlsx(_("Questions"), header, rows)


def _examples(place: int) -> list[dict[str, str]]:
    kinds = {kind: names[place] for kind, names in KINDS.items()}
    right, wrong = _("Yes: say here why."), _("No: say here what was overlooked.")
    told = {"told_right": right, "told_wrong": wrong}
    truth = _("true")
    asked: list[dict[str, str]] = [
        {
            "question": _("The edge is a cone. What do you do?"),
            "kind": kinds["choice"],
            "answer1": _("I pack it"),
            "answer2": _("I set it apart and say so"),
            "right": "2",
        },
        {
            "question": _("Which edges are right?"),
            "kind": kinds["choice"],
            "answer1": _("Straight"),
            "answer2": _("Smooth"),
            "answer3": _("A cone"),
            "right": "1 2",
        },
        {"question": _("Gloves are worn near the blade."), "kind": kinds["true_false"], "right": truth},
        {
            "question": _("How wide is the roll in the drawing?"),
            "kind": kinds["number"],
            "right": "110",
            "unit": "mm",
            "tolerance": "1",
        },
        {
            "question": _("In which order?"),
            "kind": kinds["order"],
            "answer1": _("Lay it down"),
            "answer2": _("Measure"),
            "answer3": _("Write it down"),
        },
        {
            "question": _("Match the defect and its cause."),
            "kind": kinds["pairs"],
            "answer1": _("Cone = Tension"),
            "answer2": _("Burr = Worn blade"),
        },
        {
            "question": _("I [lay down] the roll, then I [measure]."),
            "kind": kinds["gaps"],
            "answer1": _("throw"),
        },
    ]
    return [row | told for row in asked]
