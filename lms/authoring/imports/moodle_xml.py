"""From Moodle's question files (XML) to ours (docs.moodle.org, "Moodle XML format").

Texts are HTML with their pictures beside them. What has no counterpart is named with its reason;
how a question behaves in Moodle (penalties, hints, tags) has none and belongs to no question here.
"""

import re
from base64 import b64decode
from binascii import Error
from collections import Counter
from collections.abc import Callable
from html import unescape
from typing import Any

from lms.authoring.imports import blocks, xml
from lms.authoring.imports.blocks import FULL, Answer, Unmapped
from lms.authoring.imports.kinds import Kind
from lms.authoring.imports.pictures import Gallery
from lms.authoring.imports.prose import from_html
from lms.authoring.imports.reading import Found, Left, Reading, Special
from lms.authoring.imports.xml import Element, text_of
from lms.catalogue.fields import on_one_line
from lms.kernel.jobs.kinds import Report, silent
from lms.kernel.languages import gettext as _
from lms.kernel.languages import speaking
from lms.kernel.refusals import FileRefused, Problem

STEP = 100
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_PLACE = re.compile(r"\[\[(\d+)\]\]")
_CLOZE = re.compile(r"\{\d*:(\w+):((?:\\.|[^}\\])*)\}", re.S)
_ENDING = re.compile(r"\.xml$", re.IGNORECASE)


def read(source: bytes, file: str, language: str = "fr", report: Report = silent) -> Reading:
    """Return the questions of a file; raises FileRefused for what is no such file."""
    root = xml.parse(source, file)
    stated = [one for one in root.iterfind("question") if one.get("type") != "category"]
    if not stated:
        raise FileRefused([Problem("item.nothing", file)])
    reader = _Reader(file, language)
    for number, element in enumerate(stated):
        if number % STEP == 0:
            report(number, len(stated))
        reader.add(element)
    return Reading(
        Kind.MOODLE_XML,
        file,
        _ENDING.sub("", file),
        language,
        tuple(reader.found),
        tuple(reader.left),
        _notes(root, file),
        media=reader.gallery.files,
        stated=len(stated),
        counts=dict(Counter(str(one.get("type")) for one in root.iterfind("question"))),
    )


def _notes(root: Element, file: str) -> tuple[Problem, ...]:
    count = sum(one.get("type") == "category" for one in root.iterfind("question"))
    return (Problem("item.categories", file, facts={"count": count}),) if count > 1 else ()


class _Reader:
    """The questions of one file, their keys and their pictures."""

    def __init__(self, file: str, language: str) -> None:
        self.language = language
        self.found: list[Found] = []
        self.left: list[Left] = []
        self.gallery = Gallery()
        self._keys = blocks.key_giver()
        self._kept: set[Element] = set()

    def add(self, element: Element) -> None:
        """Make a block of a question, or name why none is made."""
        name = on_one_line(text_of(element, "name/text"))
        try:
            block, lost = self._block(element, name)
        except Unmapped as reason:
            facts: dict[str, object] = {"kind": str(element.get("type"))}
            self.left.append(Left(element.sourceline, name[:80], str(reason), facts=facts))
        else:
            self.found.append(Found(element.sourceline, block, tuple(lost)))

    def _block(self, element: Element, name: str) -> tuple[dict[str, Any], list[str]]:
        block, lost = self._made(element, name)
        if any(file not in self._kept for file in element.iter("file")):
            lost.append("item.file_dropped")
        return block, lost

    def _made(self, element: Element, name: str) -> tuple[dict[str, Any], list[str]]:
        kind = str(element.get("type"))
        if kind == "description":
            return self._card(element, name)
        if kind not in _MAPPINGS:
            raise Unmapped(_REASONS.get(kind, "item.unknown_kind"))
        special, lost = _MAPPINGS[kind](self, element)
        prompt = self._prompt(element, kind, name)
        told, folded = _told(element, kind)
        block = blocks.question(self._key(element, name), prompt, special, told, self.language)
        block |= self._points(element, lost)
        picture, more = self._picture(element.find("questiontext"))
        dropped = ["item.picture_dropped"] if more else []
        return {**block, **({"picture": picture} if picture else {})}, [*lost, *folded, *dropped]

    def _key(self, element: Element, name: str) -> str:
        return self._keys(text_of(element, "idnumber") or name, f"line-{element.sourceline}")

    def _prompt(self, element: Element, kind: str, name: str) -> str:
        # A text with gaps is not what is asked: the name tells what to do, as far as anything does.
        return (name or _fill_in(self.language)) if kind in _WITH_GAPS else _text(element.find("questiontext"))

    def _points(self, element: Element, lost: list[str]) -> dict[str, int]:
        """Return what a question is worth, where that is a whole number from 2 to 10; one point says nothing."""
        grade = text_of(element, "defaultgrade") or "1"
        try:
            points = float(grade)
        except ValueError:
            points = 0.0
        if points.is_integer() and 1 <= points <= 10:
            return {"points": int(points)} if points > 1 else {}
        lost.append("item.points_dropped")
        return {}

    def _card(self, element: Element, name: str) -> tuple[dict[str, Any], list[str]]:
        text = element.find("questiontext")
        written = text_of(text, "text")
        body = written if _format(text) == "markdown" else from_html(_IMAGE.sub("", written))
        if not body.strip():
            raise Unmapped("item.no_text")
        picture, more = self._picture(text)
        card = {
            "key": self._key(element, name),
            "card": "text",
            "title": blocks.words(name, self.language),
            "body": {self.language: body},
            **({"picture": picture} if picture else {}),
        }
        return card, ["item.picture_dropped"] if more else []

    def _picture(self, text: Element | None) -> tuple[dict[str, Any] | None, bool]:
        """Return the first picture of a text, and whether there are others that cannot be kept."""
        files = {one.get("name"): one for one in text.iterfind("file")} if text is not None else {}
        shown = [dict(_attributes(tag)) for tag in _IMAGE.findall(text_of(text, "text"))]
        for number, image in enumerate(shown):
            name = image.get("src", "").removeprefix("@@PLUGINFILE@@/")
            kept = self.gallery.add(name, _bytes(files[name])) if name in files else None
            if kept:
                self._kept.add(files[name])
                alt = blocks.alt(image.get("alt", ""))
                words = {"alt": {self.language: alt}} if alt else {}
                return {"file": kept, **words}, number > 0 or len(shown) > 1
        return None, bool(shown)

    def multichoice(self, element: Element) -> Special:
        """Return a choice; `single` says whether one answer alone may be given."""
        single = text_of(element, "single") in ("true", "1")
        return blocks.choice(self._answers(element), self.language, single=single)

    def _answers(self, element: Element) -> list[Answer]:
        answers = []
        for one in element.iterfind("answer"):
            picture, _more = self._picture(one)
            answers.append(Answer(_text(one), _fraction(one), _text(one.find("feedback")), picture))
        return answers

    def truefalse(self, element: Element) -> Special:
        """Return a statement: the answer that earns the points says whether it holds."""
        right = max(element.iterfind("answer"), key=_fraction, default=None)
        if right is None:
            raise Unmapped("item.none_right")
        return {"question": "true_false", "answer": _text(right).lower() in ("true", "vrai")}, []

    def numerical(self, element: Element) -> Special:
        """Return a number: the one answer that earns all points."""
        answers = list(element.iterfind("answer"))
        whole = [one for one in answers if _fraction(one) == FULL]
        if len(whole) != 1:
            raise Unmapped("item.several_right" if whole else "item.none_right")
        try:
            number, tolerance = float(_text(whole[0])), abs(float(text_of(whole[0], "tolerance") or 0))
        except ValueError as error:
            raise Unmapped("item.not_a_number") from error
        lost = ["item.partial_credit"] if any(0 < _fraction(one) < FULL for one in answers) else []
        units = [text_of(one, "unit_name") for one in element.iterfind("units/unit")]
        unit = {"unit": blocks.words(units[0], self.language)} if units and units[0] else {}
        if len(units) > 1:
            lost.append("item.units_dropped")
        return {"question": "numeric", "answer": number, "tolerance": tolerance, **unit}, lost

    def matching(self, element: Element) -> Special:
        """Return pairs; a right side without a left one is a distractor."""
        pairs = [(_text(one), text_of(one, "answer/text")) for one in element.iterfind("subquestion")]
        whole = [(left, right) for left, right in pairs if left]
        return blocks.matching(whole, self.language, unused=len(pairs) - len(whole))

    def ordering(self, element: Element) -> Special:
        """Return things in the order in which they are written."""
        return blocks.ordering([_text(one) for one in element.iterfind("answer")], self.language)

    def gapselect(self, element: Element) -> Special:
        """Return a sentence whose gaps `[[1]]` name the word that belongs there, by its place in the list."""
        words = [text_of(one, "text") for one in element if one.tag in ("selectoption", "dragbox")]
        wanted = [int(place) - 1 for place in _PLACE.findall(text_of(element, "questiontext/text"))]
        if any(not 0 <= place < len(words) for place in wanted):
            raise Unmapped("item.broken_gaps")
        keys = iter(blocks.letters(len(wanted)))
        sentence = _PLACE.sub(lambda found: f"[{next(keys)}]", _without_brackets(_text(element.find("questiontext"))))
        others = [word for place, word in enumerate(words) if place not in wanted]
        return blocks.gaps(sentence, [words[place] for place in wanted], others, self.language)

    def cloze(self, element: Element) -> Special:
        """Return a sentence with gaps, if every gap is a choice with one right word."""
        text = text_of(element, "questiontext/text")
        found = list(_CLOZE.finditer(text))
        if not found:
            raise Unmapped("item.broken_gaps")
        right, others = [], []
        for gap in found:
            if not gap[1].upper().startswith(("MULTICHOICE", "MC")):
                raise Unmapped("item.short_answer")
            one, spare = _choices(gap[2])
            right.append(one)
            others += spare
        keys = iter(blocks.letters(len(found)))
        sentence = _CLOZE.sub(lambda gap: f"⟦{next(keys)}⟧", text)
        if re.search(r"\{\d*:\w+:", sentence):
            raise Unmapped("item.broken_gaps")
        plain = _without_brackets(blocks.of_html(sentence)).replace("⟦", "[").replace("⟧", "]")
        spare = [word for word in dict.fromkeys(others) if word not in right]
        return blocks.gaps(plain, right, spare, self.language)


def _fill_in(language: str) -> str:
    with speaking(language):
        return _("Fill in the missing words.")


_WITH_GAPS = frozenset({"gapselect", "ddwtos", "cloze"})
_MAPPINGS: dict[str, Callable[[_Reader, Element], Special]] = {
    "multichoice": _Reader.multichoice,
    "truefalse": _Reader.truefalse,
    "numerical": _Reader.numerical,
    "matching": _Reader.matching,
    "ordering": _Reader.ordering,
    "gapselect": _Reader.gapselect,
    "ddwtos": _Reader.gapselect,
    "cloze": _Reader.cloze,
}
_REASONS = {"essay": "item.essay", "shortanswer": "item.short_answer"}


def _format(text: Element | None) -> str:
    return "" if text is None else str(text.get("format") or "html")


def _text(element: Element | None) -> str:
    """Return the words of a text on one line."""
    written = text_of(element, "text")
    return on_one_line(written) if _format(element) == "plain_text" else blocks.of_html(written)


def _fraction(answer: Element) -> float:
    try:
        return float(answer.get("fraction") or 0)
    except ValueError:
        return 0.0


def _told(element: Element, kind: str) -> tuple[tuple[str, str], list[str]]:
    """Return what explains a right and a wrong answer, and the code of what found no room."""
    right, wrong = (_text(element.find(name)) for name in ("correctfeedback", "incorrectfeedback"))
    always = _text(element.find("generalfeedback"))
    answers = {_fraction(one) > 0: _text(one.find("feedback")) for one in element.iterfind("answer")}
    if kind in ("truefalse", "numerical"):
        right, wrong = answers.get(True) or "", answers.get(False) or ""
    elif not right and kind == "multichoice" and text_of(element, "single") in ("true", "1"):
        right = answers.get(True) or ""
    told = [_together(one, always) for one in (right, wrong)]
    lost = any(len(text) > blocks.LONGEST_LINE for text in told)
    kept = [text if len(text) <= blocks.LONGEST_LINE else one for text, one in zip(told, (right, wrong), strict=True)]
    return (kept[0], kept[1]), ["item.feedback_dropped"] if lost else []


def _together(special: str, always: str) -> str:
    return special if always in special else f"{special} {always}".strip()


def _attributes(tag: str) -> list[tuple[str, str]]:
    return [(name.lower(), unescape(double or single)) for name, double, single in _ATTRIBUTE.findall(tag)]


def _bytes(file: Element) -> bytes:
    try:
        return b64decode(file.text or "", validate=False)
    except Error:
        return b""


def _without_brackets(text: str) -> str:
    """Keep what stands in brackets from being taken for a gap; those of gaps are numbers in two brackets."""
    return re.sub(r"(?<!\[)\[([a-z0-9][a-z0-9-]*)\](?!\])", r"(\1)", text)


def _choices(written: str) -> tuple[str, list[str]]:
    """Return the right word of a gap and the others: `=right#told~wrong~%50%partly`."""
    right: list[str] = []
    others: list[str] = []
    for one in re.split(r"(?<!\\)~", written):
        word = re.split(r"(?<!\\)#", one)[0]
        is_right = word.startswith(("=", "%100%"))
        plain = re.sub(r"^(?:=|%-?\d+(?:\.\d+)?%)", "", word)
        (right if is_right else others).append(on_one_line(re.sub(r"\\(.)", r"\1", plain)))
    if len(right) != 1:
        raise Unmapped("item.several_right" if right else "item.none_right")
    return right[0], [other for other in others if other]
