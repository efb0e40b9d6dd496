"""A module on paper, for the board or the folder: its cards, its questions, and the answers on pages of their own."""

from base64 import b64encode
from collections.abc import Callable
from functools import singledispatchmethod
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any

from lms.catalogue.cards import (
    ChecklistCard,
    CompareCard,
    DocumentCard,
    FlipCard,
    Picture,
    PictureCard,
    Place,
    SafetyCard,
    SpotsCard,
    StepsCard,
    TextCard,
    VideoCard,
)
from lms.catalogue.content import ModuleContent
from lms.catalogue.questions import (
    GAP,
    Gaps,
    Hotspot,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    PictureChoice,
    Question,
    SingleChoice,
    TrueFalse,
)
from lms.catalogue.signs import SIGNS
from lms.kernel.languages import direction, in_language, speaking
from lms.kernel.languages import gettext as _
from lms.kernel.rich_text import from_markdown
from lms.reports import drawing, typography
from lms.reports.words import number

Block = dict[str, Any]
ReadFile = Callable[[str], bytes]
"""Gives the bytes of a file of the module by its name."""


def pdf(content: ModuleContent, edition: int | None, language: str, read_file: ReadFile) -> bytes:
    """Return a module in one language as a tagged PDF; `edition` is its number, None for a draft."""
    with speaking(language):
        sheet = _Sheet(content, language, read_file)
        made = sheet.made(edition)
    return drawing.draw("module", typography.for_print(made))


class _Sheet:
    """One module in one language, as the print takes it: plain data, the files beside it."""

    def __init__(self, content: ModuleContent, language: str, read_file: ReadFile) -> None:
        self._content, self._language, self._read_file = content, language, read_file
        self._files: dict[str, str] = {}

    def made(self, edition: int | None) -> dict[str, Any]:
        """Return everything that is printed."""
        content = self._content
        questions = content.questions
        state = _("edition %(number)s", number=edition) if edition else _("draft")
        return {
            "language": self._language[:2],
            "direction": direction(self._language),
            "title": self._say(content.title),
            "summary": self._say(content.summary),
            "footer": [self._say(content.title), f"{content.code} · {state}"],
            "cards": [self._card(block) for block in content.blocks if not isinstance(block, Question)],
            "questions_title": _("Questions"),
            "questions": [self._question(question) for question in questions],
            "answers_title": _("Answers"),
            "answers": [self._answer(question) for question in questions],
            "rule": self._say(content.local_rule) if content.local_rule else "",
            "sources_title": _("Sources"),
            "sources": content.sources,
            "files": self._files,
        }

    def _say(self, words: dict[str, str]) -> str:
        return in_language(words, self._language)

    def _prose(self, words: dict[str, str] | None) -> list[Block]:
        return _paragraphs(str(from_markdown(self._say(words), links=False))) if words else []

    def _picture(self, picture: Picture | None) -> Block | None:
        if picture is None:
            return None
        return self._file(self._say(picture.file) if isinstance(picture.file, dict) else picture.file) | {
            "alt": self._say(picture.alt)
        }

    def _file(self, name: str) -> Block:
        self._files[name] = b64encode(self._read_file(name)).decode()
        return {"file": name, "kind": PurePosixPath(name).suffix.lstrip(".").replace("jpeg", "jpg")}

    @singledispatchmethod
    def _card(self, card: Any) -> Block:
        raise TypeError(type(card))

    @_card.register
    def _(self, card: TextCard | PictureCard) -> Block:
        return self._titled(card, prose=self._prose(card.body), picture=self._picture(card.picture))

    @_card.register
    def _(self, card: VideoCard) -> Block:
        poster = self._file(card.video.poster) | {"alt": self._say(card.title)} if card.video.poster else None
        note = _("A video: it is shown at the kiosk.")
        return self._titled(card, prose=self._prose(card.body), picture=poster, note=note)

    @_card.register
    def _(self, card: StepsCard) -> Block:
        steps = [{"text": self._say(step.text), "picture": self._picture(step.picture)} for step in card.steps]
        return self._titled(card, items=steps, ordered=True)

    @_card.register
    def _(self, card: SafetyCard) -> Block:
        signs = [f"{sign} {self._say(SIGNS[sign])}" for sign in card.signs]
        levels = {
            "danger": _("Danger"),
            "warning": _("Be careful"),
            "mandatory": _("You must"),
            "prohibited": _("You must not"),
            "information": _("Good to know"),
        }
        return self._titled(
            card,
            prose=self._prose(card.body),
            picture=self._picture(card.picture),
            level=card.level,
            level_words=levels[card.level],
            note=" · ".join(signs),
        )

    @_card.register
    def _(self, card: SpotsCard) -> Block:
        told = [{"text": f"{self._say(spot.text)} – {self._say(spot.body)}", "picture": None} for spot in card.spots]
        return self._titled(card, picture=self._marked(card.picture, card.spots), items=told, ordered=True)

    @_card.register
    def _(self, card: FlipCard) -> Block:
        behind = self._prose(card.back.body)
        pictures = [picture for face in (card.front, card.back) if (picture := self._picture(face.picture))]
        return self._titled(card, prose=[*self._prose(card.front.body), *behind], pictures=pictures)

    @_card.register
    def _(self, card: ChecklistCard) -> Block:
        checks = [{"text": self._say(check.text), "picture": None} for check in card.checks]
        return self._titled(card, prose=self._prose(card.body), items=checks, boxes=True)

    @_card.register
    def _(self, card: CompareCard) -> Block:
        before, after = (self._picture(picture) or {} for picture in (card.before, card.after))
        pictures = [before | {"caption": _("Before")}, after | {"caption": _("After")}]
        return self._titled(card, prose=self._prose(card.body), pictures=pictures)

    @_card.register
    def _(self, card: DocumentCard) -> Block:
        source = self._say(card.source)
        return self._titled(card, prose=self._prose(card.body), picture=self._picture(card.picture), note=source)

    def _titled(self, card: Any, **more: Any) -> Block:
        return {"title": self._say(card.title), **_NOTHING, **more}

    def _marked(self, picture: Picture, places: list[Any]) -> Block:
        marks = [self._mark(place) for place in places]
        return (self._picture(picture) or {}) | {"marks": marks}

    @staticmethod
    def _mark(place: Place) -> dict[str, float]:
        return {"x": place.x, "y": place.y}

    def _question(self, question: Question) -> Block:
        asked = {"title": self._say(question.prompt), **_NOTHING, "picture": self._picture(question.picture)}
        return asked | self._choices(question)

    @singledispatchmethod
    def _choices(self, question: Any) -> Block:
        raise TypeError(type(question))

    @_choices.register
    def _(self, question: SingleChoice | MultipleChoice) -> Block:
        return {"items": self._lines([option.text for option in question.options]), "boxes": True}

    @_choices.register
    def _(self, question: TrueFalse) -> Block:
        return {"items": [{"text": word, "picture": None} for word in (_("True"), _("False"))], "boxes": True}

    @_choices.register
    def _(self, question: Numeric) -> Block:
        return {"blank": self._say(question.unit) if question.unit else " "}

    @_choices.register
    def _(self, question: Ordering) -> Block:
        return {"items": _mixed(self._lines([item.text for item in question.items])), "boxes": True}

    @_choices.register
    def _(self, question: Matching) -> Block:
        rights = _mixed(self._lines([pair.right for pair in question.pairs]))
        return {"items": self._lines([pair.left for pair in question.pairs]), "boxes": True, "others": rights}

    @_choices.register
    def _(self, question: Gaps) -> Block:
        sentence = GAP.sub("…………", self._say(question.text))
        words = self._lines([*(gap.word for gap in question.gaps), *question.others])
        return {
            "prose": [{"kind": "p", "runs": [{"text": sentence, "bold": False, "slanted": False}]}],
            "others": _mixed(words),
        }

    @_choices.register
    def _(self, question: Hotspot) -> Block:
        told = self._lines([place.text for place in question.places])
        return {"picture": self._marked(question.picture, question.places), "items": told, "ordered": True}

    @_choices.register
    def _(self, question: PictureChoice) -> Block:
        options = [
            {"text": self._say(option.text) if option.text else "", "picture": self._picture(option.picture)}
            for option in question.options
        ]
        return {"items": options, "boxes": True}

    def _lines(self, words: list[dict[str, str]]) -> list[Block]:
        return [{"text": self._say(one), "picture": None} for one in words]

    def _answer(self, question: Question) -> Block:
        return {"right": self._right(question), "why": self._say(question.feedback.correct)}

    @singledispatchmethod
    def _right(self, question: Any) -> str:
        raise TypeError(type(question))

    @_right.register
    def _(self, question: SingleChoice | MultipleChoice) -> str:
        return " ; ".join(self._say(option.text) for option in question.options if option.correct)

    @_right.register
    def _(self, question: TrueFalse) -> str:
        return _("True") if question.answer else _("False")

    @_right.register
    def _(self, question: Numeric) -> str:
        off = f" ± {number(question.tolerance, 6)}" if question.tolerance else ""
        unit = f" {self._say(question.unit)}" if question.unit else ""
        return f"{number(question.answer, 6)}{off}{unit}"

    @_right.register
    def _(self, question: Ordering) -> str:
        return " → ".join(self._say(item.text) for item in question.items)

    @_right.register
    def _(self, question: Matching) -> str:
        return " ; ".join(f"{self._say(pair.left)} – {self._say(pair.right)}" for pair in question.pairs)

    @_right.register
    def _(self, question: Gaps) -> str:
        words = {gap.key: self._say(gap.word) for gap in question.gaps}
        return GAP.sub(lambda found: words[found[1]], self._say(question.text))

    @_right.register
    def _(self, question: Hotspot) -> str:
        return " ; ".join(
            f"{rank}. {self._say(place.text)}" for rank, place in enumerate(question.places, start=1) if place.correct
        )

    @_right.register
    def _(self, question: PictureChoice) -> str:
        (right,) = [option for option in question.options if option.correct]
        return self._say(right.text) if right.text else self._say(right.picture.alt)


_NOTHING: Block = {
    "prose": [],
    "picture": None,
    "pictures": [],
    "items": [],
    "ordered": False,
    "boxes": False,
    "others": [],
    "blank": "",
    "note": "",
    "level": "",
    "level_words": "",
}
"""What a card or question holds unless it says otherwise."""


def _mixed(items: list[Block]) -> list[Block]:
    """Return answers in an order that tells nothing: that of the alphabet."""
    return sorted(items, key=lambda item: item["text"].casefold())


def _paragraphs(html: str) -> list[Block]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [paragraph for paragraph in reader.paragraphs if paragraph["runs"]]


class _Reader(HTMLParser):
    """Reads the few tags of safe HTML into paragraphs of runs."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[Block] = []
        self._lists: list[int | None] = []
        self._styles = {"strong": 0, "em": 0}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, a list or a way of writing."""
        if tag in ("ul", "ol"):
            self._lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            rank = self._lists[-1] if self._lists else None
            self._begin("•" if rank is None else f"{rank}.")
            if rank is not None:
                self._lists[-1] = rank + 1
        elif tag == "p" and not (self._lists and self.paragraphs and not self.paragraphs[-1]["runs"]):
            self._begin("")
        elif tag == "br":
            self.handle_data(" ")
        elif tag in self._styles:
            self._styles[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        """End a list or a way of writing."""
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag in self._styles:
            self._styles[tag] -= 1

    def handle_data(self, data: str) -> None:
        """Write words where they stand."""
        if not self.paragraphs or not data.strip("\n"):
            return
        run = {"text": data.replace("\n", " "), "bold": self._styles["strong"] > 0, "slanted": self._styles["em"] > 0}
        self.paragraphs[-1]["runs"].append(run)

    def _begin(self, mark: str) -> None:
        self.paragraphs.append({"kind": "li" if mark else "p", "mark": mark, "depth": len(self._lists), "runs": []})
