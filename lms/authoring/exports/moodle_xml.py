"""A module as questions of Moodle (XML), which holds text cards and nearly every kind of question."""

import re
from base64 import b64encode
from collections.abc import Callable
from html import escape
from typing import Any

from lms.authoring.exports.written import ReadFile, Written, file_of, lost, of_every, of_module, short
from lms.authoring.imports.xml import Element, etree
from lms.catalogue.cards import Picture, TextCard
from lms.catalogue.content import ModuleContent
from lms.catalogue.questions import (
    GAP,
    Gaps,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    PictureChoice,
    SingleChoice,
    TrueFalse,
)

LONGEST_NAME = 255


def write(content: ModuleContent, language: str, read_file: ReadFile) -> Written:
    """Return what Moodle can hold, in one language, with its pictures."""
    quiz = etree.Element("quiz")
    writer = _Writer(quiz, language, read_file)
    left = list(of_module(content))
    for block in content.blocks:
        write_one = _WRITERS.get(type(block))
        if write_one is None:
            left.append(lost("export.kind", block))
            continue
        left += of_every(block)
        write_one(writer, block)
    data = etree.tostring(quiz, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return Written(data, tuple(left))


class _Writer:
    def __init__(self, quiz: Element, language: str, read_file: ReadFile) -> None:
        self._quiz, self._language, self._read_file = quiz, language, read_file

    def _say(self, words: dict[str, str]) -> str:
        return words[self._language]

    def _question(self, block: Any, kind: str, name: str, html: str, picture: Picture | None = None) -> Element:
        question = etree.SubElement(self._quiz, "question", type=kind)
        etree.SubElement(etree.SubElement(question, "name"), "text").text = _clean(name)[:LONGEST_NAME]
        self._text(question, "questiontext", html, picture)
        etree.SubElement(question, "idnumber").text = block.key
        etree.SubElement(question, "defaultgrade").text = str(getattr(block, "points", 1))
        return question

    def _asked(self, block: Any, kind: str) -> Element:
        prompt = self._say(block.prompt)
        return self._question(block, kind, prompt, f"<p>{escape(prompt)}</p>", block.picture)

    def _text(
        self, parent: Element, name: str, html: str, picture: Picture | None = None, **attributes: str
    ) -> Element:
        element = etree.SubElement(parent, name, {"format": "html", **attributes})
        text = etree.SubElement(element, "text")
        if picture is None:
            text.text = etree.CDATA(_clean(html)) if html else ""
            return element
        file = file_of(picture, self._language)
        alt = escape(self._say(picture.alt))
        text.text = etree.CDATA(_clean(f'{html}<img src="@@PLUGINFILE@@/{short(file)}" alt="{alt}">'))
        data = etree.SubElement(element, "file", name=short(file), path="/", encoding="base64")
        data.text = b64encode(self._read_file(file)).decode()
        return element

    def _feedback(self, question: Element, block: Any) -> None:
        self._text(question, "correctfeedback", escape(self._say(block.feedback.correct)))
        self._text(question, "partiallycorrectfeedback", escape(self._say(block.feedback.incorrect)))
        self._text(question, "incorrectfeedback", escape(self._say(block.feedback.incorrect)))

    def _answer(
        self, question: Element, html: str, fraction: str, told: str, picture: Picture | None = None
    ) -> Element:
        answer = self._text(question, "answer", html, picture, fraction=fraction)
        self._text(answer, "feedback", escape(told))
        return answer

    def text(self, card: TextCard) -> None:
        """Write a text card as a description: its Markdown stays as it is, unless there is a picture."""
        question = self._question(card, "description", self._say(card.title), "")
        question.remove(question.find("questiontext"))
        written = self._text(question, "questiontext", self._say(card.body), card.picture, format="markdown")
        question.insert(1, written)

    def choice(self, block: SingleChoice | MultipleChoice | PictureChoice) -> None:
        """Write a choice; all right answers earn the points together."""
        question = self._asked(block, "multichoice")
        several = isinstance(block, MultipleChoice)
        etree.SubElement(question, "single").text = "false" if several else "true"
        etree.SubElement(question, "shuffleanswers").text = "true"
        etree.SubElement(question, "answernumbering").text = "none"
        self._feedback(question, block)
        share = f"{100 / sum(option.correct for option in block.options):.5f}".rstrip("0").rstrip(".")
        for option in block.options:
            fraction = share if option.correct else "-100" if several else "0"
            told = self._say(option.feedback) if option.feedback else ""
            words = f"<p>{escape(self._say(option.text))}</p>" if option.text else ""
            self._answer(question, words, fraction, told, getattr(option, "picture", None))

    def true_false(self, block: TrueFalse) -> None:
        """Write a statement."""
        question = self._asked(block, "truefalse")
        for truth in (True, False):
            told = block.feedback.correct if truth is block.answer else block.feedback.incorrect
            fraction = "100" if truth is block.answer else "0"
            self._answer(question, "true" if truth else "false", fraction, self._say(told))

    def numeric(self, block: Numeric) -> None:
        """Write a number with its tolerance and unit."""
        question = self._asked(block, "numerical")
        right = self._answer(question, repr(block.answer), "100", self._say(block.feedback.correct))
        etree.SubElement(right, "tolerance").text = repr(block.tolerance)
        wrong = self._answer(question, "*", "0", self._say(block.feedback.incorrect))
        etree.SubElement(wrong, "tolerance").text = "0"
        if block.unit:
            unit = etree.SubElement(etree.SubElement(question, "units"), "unit")
            etree.SubElement(unit, "multiplier").text = "1"
            etree.SubElement(unit, "unit_name").text = _clean(self._say(block.unit))

    def ordering(self, block: Ordering) -> None:
        """Write things to put in order (core since Moodle 4.4)."""
        question = self._asked(block, "ordering")
        for name, value in (("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("gradingtype", "ALL_OR_NOTHING")):
            etree.SubElement(question, name).text = value
        self._feedback(question, block)
        for place, item in enumerate(block.items, start=1):
            self._text(question, "answer", escape(self._say(item.text)), fraction=str(place))

    def matching(self, block: Matching) -> None:
        """Write pairs."""
        question = self._asked(block, "matching")
        etree.SubElement(question, "shuffleanswers").text = "true"
        self._feedback(question, block)
        for pair in block.pairs:
            subquestion = self._text(question, "subquestion", f"<p>{escape(self._say(pair.left))}</p>")
            etree.SubElement(etree.SubElement(subquestion, "answer"), "text").text = _clean(self._say(pair.right))

    def gaps(self, block: Gaps) -> None:
        """Write a sentence whose gaps name their word by its place in the list."""
        places = {gap.key: place for place, gap in enumerate(block.gaps, start=1)}
        sentence = GAP.sub(lambda found: f"[[{places[found[1]]}]]", escape(self._say(block.text)))
        name = self._say(block.prompt)
        question = self._question(block, "gapselect", name, f"<p>{sentence}</p>", block.picture)
        etree.SubElement(question, "shuffleanswers").text = "1"
        self._feedback(question, block)
        for word in (*(gap.word for gap in block.gaps), *block.others):
            option = etree.SubElement(question, "selectoption")
            etree.SubElement(option, "text").text = _clean(self._say(word))
            etree.SubElement(option, "group").text = "1"


def _clean(text: str) -> str:
    """Take out the two signs that XML cannot hold."""
    return re.sub("[\ufffe\uffff]", "", text)


_WRITERS: dict[type, Callable[[_Writer, Any], None]] = {
    TextCard: _Writer.text,
    SingleChoice: _Writer.choice,
    MultipleChoice: _Writer.choice,
    PictureChoice: _Writer.choice,
    TrueFalse: _Writer.true_false,
    Numeric: _Writer.numeric,
    Ordering: _Writer.ordering,
    Matching: _Writer.matching,
    Gaps: _Writer.gaps,
}
