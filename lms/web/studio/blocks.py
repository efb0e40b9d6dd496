"""The form of each kind of block, and the way between a form and a document."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import PurePath
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, Regexp

from lms.authoring.media.arriving import checked_file
from lms.authoring.media.files import free_name
from lms.catalogue.blocks import CARDS
from lms.catalogue.captions import as_webvtt
from lms.catalogue.content import FORMS
from lms.catalogue.fields import KEY_PATTERN
from lms.catalogue.media import CheckedFile
from lms.catalogue.signs import SIGNS
from lms.kernel.languages import in_language
from lms.web.studio import fields
from lms.web.studio.labels import LEVELS

Block = dict[str, Any]
MOST_ROWS = {
    "options": 6,
    "steps": 8,
    "checks": 8,
    "items": 6,
    "pairs": 6,
    "spots": 8,
    "places": 8,
    "gaps": 4,
    "others": 4,
}
PICTURES = ("picture", "before", "after")
ONE_RIGHT = ("single", "picture_choice")
WITHOUT_KEYS = ("steps", "checks")
RULES = ("points", "pool", "form", "reserved")
"""What few questions need: one line of a form until something is said there."""
QUESTION_RULES = _l("Points, pools, tests")


def block_form(kind: str, languages: list[str]) -> type[FlaskForm]:
    """Return the form class for a kind of block."""
    made = _card_fields(kind, languages) if kind in CARDS else _question_fields(kind, languages)
    rules = {"rules": RULES, "rules_label": QUESTION_RULES} if "points" in made else {}
    sound = {"sound": fields.sound(languages)}
    return type("BlockForm", (FlaskForm,), {"token": HiddenField(), **made, **sound, **rules})


def _card_fields(kind: str, languages: list[str]) -> dict[str, Any]:
    title = {"title": fields.words(languages, _l("Title"))}
    if kind in _CARD_FIELDS:
        return title | _CARD_FIELDS[kind](languages)
    body = fields.prose(languages, _l("Text"), wanted=kind == "text")
    return title | {"body": body, "picture": fields.picture(languages, _l("Picture"))}


def _video(languages: list[str]) -> dict[str, Any]:
    return {"video": fields.video(languages, _l("Video")), "body": fields.prose(languages, _l("Text"), wanted=False)}


def _steps(languages: list[str]) -> dict[str, Any]:
    step = {"text": fields.words(languages, _l("Step")), "picture": fields.picture(languages, _l("Picture"))}
    return {
        "steps": fields.rows(
            step, _l("Steps"), MOST_ROWS["steps"], one=_l("Step"), add=_l("Add a step"), layout="pictured", heap=True
        )
    }


def _safety(languages: list[str]) -> dict[str, Any]:
    known = [SelectChoice(number, f"{number} – {in_language(meaning)}") for number, meaning in SIGNS.items()]
    return {
        "level": SelectField(
            _l("What kind of notice"),
            [fields.Wanted()],
            choices=[SelectChoice(level, label) for level, label in LEVELS.items()],
        ),
        "signs": fields.Signs(_l("Signs of ISO 7010, four at most, each in its true meaning only"), choices=known),
        "body": fields.prose(languages, _l("Text")),
        "picture": fields.picture(languages, _l("Picture")),
    }


def _spots(languages: list[str]) -> dict[str, Any]:
    spot = _place(languages) | {"body": fields.words(languages, _l("What there is to know"), rows=2)}
    return {
        "picture": fields.picture(languages, _l("Picture")),
        "spots": _on_the_picture(spot, MOST_ROWS["spots"]),
    }


def _on_the_picture(place: dict[str, Any], most: int) -> Any:
    return fields.rows(
        place, _l("Places on the picture"), most, one=_l("Place to touch"), add=_l("Add a place"), layout="places"
    )


def _place(languages: list[str]) -> dict[str, Any]:
    return {
        "text": fields.words(languages, _l("Name of the place")),
        "x": fields.per_cent(_l("From the left, in per cent of the width")),
        "y": fields.per_cent(_l("From the top, in per cent of the height")),
        "size": fields.size(_l("How wide, in per cent of the picture (empty: as large as a finger needs)")),
    }


def _flip(languages: list[str]) -> dict[str, Any]:
    face = {"body": fields.prose(languages, _l("Text")), "picture": fields.picture(languages, _l("Picture"))}
    return {
        "front": fields.FormField(fields.form_of("Front", face), label=_l("In front")),
        "back": fields.FormField(fields.form_of("Back", face), label=_l("Behind")),
    }


def _checklist(languages: list[str]) -> dict[str, Any]:
    check = {"text": fields.words(languages, _l("What to look at"))}
    return {
        "body": fields.prose(languages, _l("Text"), wanted=False),
        "checks": fields.rows(
            check,
            _l("Things to tick"),
            MOST_ROWS["checks"],
            one=_l("To tick"),
            description=_l("What is ticked helps on the spot; it is not kept."),
            add=_l("Add a thing to tick"),
        ),
    }


def _compare(languages: list[str]) -> dict[str, Any]:
    return {
        "before": fields.picture(languages, _l("Before")),
        "after": fields.picture(languages, _l("After, in the same format")),
        "body": fields.prose(languages, _l("Text"), wanted=False),
    }


def _document(languages: list[str]) -> dict[str, Any]:
    return {
        "picture": fields.picture(languages, _l("The page as a picture")),
        "body": fields.prose(languages, _l("Or its text"), wanted=False),
        "source": fields.words(
            languages,
            _l("Name, version and page of the document"),
            example=_l("Working instruction 12, version 3, page 2"),
        ),
    }


_CARD_FIELDS: dict[str, Callable[[list[str]], dict[str, Any]]] = {
    "video": _video,
    "steps": _steps,
    "safety": _safety,
    "spots": _spots,
    "flip": _flip,
    "checklist": _checklist,
    "compare": _compare,
    "document": _document,
}


def _question_fields(kind: str, languages: list[str]) -> dict[str, Any]:
    feedback = {
        "correct": fields.words(languages, _l("After a right answer"), rows=2),
        "incorrect": fields.words(languages, _l("After a wrong answer"), rows=2),
    }
    return {
        "prompt": fields.words(languages, _l("Question"), rows=2),
        "picture": fields.picture(languages, _l("Picture"), folded=kind != "hotspot"),
        **_ANSWER_FIELDS[kind](languages),
        "feedback": fields.FormField(fields.form_of("Feedback", feedback), label=_l("Explanation")),
        "points": IntegerField(_l("Points"), [Optional(), NumberRange(1, 10)], default=1),
        "pool": StringField(
            _l("Drawn from the pool"),
            [Optional(), Regexp(f"^{KEY_PATTERN}$", message=_l("Small letters, digits and hyphens only."))],
            description=_l("Empty: asked each time. How many a pool draws is said with the title of the module."),
        ),
        "form": SelectField(
            _l("Equal form"),
            choices=[SelectChoice("", _l("in both")), *(SelectChoice(form, form) for form in FORMS)],
            description=_l("Two equal forms, for a test before and one after: half of the people begin with each."),
        ),
        "reserved": BooleanField(_l("Keep it for tests: never ask it in practice")),
    }


def _why(languages: list[str]) -> dict[str, Any]:
    return {"feedback": fields.words(languages, _l("Explanation for who chooses it"), wanted=False)}


def _right_and_why(languages: list[str]) -> dict[str, Any]:
    return {"correct": BooleanField(_l("This is right")), **_why(languages)}


def _one_option(languages: list[str]) -> dict[str, Any]:
    option = {"text": fields.words(languages, _l("Text")), **_why(languages)}
    return {"right": fields.right(MOST_ROWS["options"]), "options": _answers(option)}


def _several_options(languages: list[str]) -> dict[str, Any]:
    option = {"text": fields.words(languages, _l("Text")), **_right_and_why(languages)}
    return {"options": _answers(option, description=_l("Tick each right one: all of them and no other make it right."))}


def _answers(option: dict[str, Any], **options: Any) -> Any:
    return fields.rows(
        option, _l("Answers"), MOST_ROWS["options"], one=_l("Answer"), add=_l("Add an answer"), **options
    )


def _picture_options(languages: list[str]) -> dict[str, Any]:
    option = {
        "picture": fields.picture(languages, _l("Picture")),
        "text": fields.words(languages, _l("Words under it"), wanted=False),
        **_why(languages),
    }
    return {"right": fields.right(MOST_ROWS["options"]), "options": _answers(option, heap=True)}


def _places(languages: list[str]) -> dict[str, Any]:
    place = _place(languages) | _right_and_why(languages)
    return {"places": _on_the_picture(place, MOST_ROWS["places"])}


def _true_or_false(languages: list[str]) -> dict[str, Any]:
    return {
        "answer": RadioField(
            _l("The statement is"),
            [fields.Wanted(), Optional()],
            choices=[SelectChoice("true", _l("True")), SelectChoice("false", _l("False"))],
            description=_l("Write the question as a statement: “The blade may be touched when it stands still.”"),
        )
    }


def _number_field(languages: list[str]) -> dict[str, Any]:
    decimal = {"inputmode": "decimal", "data-number": ""}
    return {
        "answer": StringField(_l("Right number"), [fields.Wanted()], render_kw=decimal),
        "tolerance": StringField(
            _l("Accepted difference, above or below"),
            description=_l("With 110 and 0.5, whoever answers from 109.5 to 110.5 is right."),
            render_kw=decimal,
        ),
        "unit": fields.words(
            languages, _l("Unit"), wanted=False, example=_l("mm, °C, bar… It stands beside the answer.")
        ),
    }


def _items(languages: list[str]) -> dict[str, Any]:
    item = {"text": fields.words(languages, _l("Text"))}
    return {
        "items": fields.rows(
            item,
            _l("In the right order"),
            MOST_ROWS["items"],
            one=_l("Thing"),
            description=_l(
                "Write them in the right order: the kiosk mixes them. For instance: lay down, measure, note."
            ),
            add=_l("Add a thing to put in order"),
            least=3,
        )
    }


def _pairs(languages: list[str]) -> dict[str, Any]:
    pair = {"left": fields.words(languages, _l("On the left")), "right": fields.words(languages, _l("Goes with"))}
    return {
        "pairs": fields.rows(
            pair,
            _l("Pairs"),
            MOST_ROWS["pairs"],
            one=_l("Pair"),
            description=_l(
                "Each with what belongs to it, such as a defect and its cause; the kiosk mixes the right side."
            ),
            add=_l("Add a pair"),
            layout="pairs",
        )
    }


def _gaps(languages: list[str]) -> dict[str, Any]:
    gap = {"word": fields.words(languages, _l("The word that is missing"))}
    other = {"text": fields.words(languages, _l("A word"))}
    return {
        "text": fields.words(
            languages,
            _l("The sentence, with [a], [b]… where a word is missing"),
            rows=2,
            example=_l("“I [a] the roll, then I [b].” Each learner chooses the words from a list."),
        ),
        "gaps": fields.rows(
            gap,
            _l("Missing words: the first stands for [a], the second for [b]"),
            MOST_ROWS["gaps"],
            one=_l("Missing word"),
            add=_l("Add a missing word"),
            least=1,
            layout="gaps",
            default=_lettered([]),
        ),
        "others": fields.rows(
            other,
            _l("Words that fit nowhere"),
            MOST_ROWS["others"],
            one=_l("Word"),
            description=_l("They stand in the list with the others, so that one has to think."),
            add=_l("Add a word that fits nowhere"),
            least=1,
        ),
    }


_ANSWER_FIELDS: dict[str, Callable[[list[str]], dict[str, Any]]] = {
    "single": _one_option,
    "multiple": _several_options,
    "true_false": _true_or_false,
    "numeric": _number_field,
    "ordering": _items,
    "matching": _pairs,
    "hotspot": _places,
    "gaps": _gaps,
    "picture_choice": _picture_options,
}


def to_form(block: Block) -> dict[str, Any]:
    """Return a block as its form takes it."""
    made = {name: _to_field(name, value) for name, value in block.items()}
    return {**made, "right": _right_of(block)} if block.get("question") in ONE_RIGHT else made


def _right_of(block: Block) -> str | None:
    options = block.get("options") or []
    return next((str(at) for at, row in enumerate(options) if _is_part(row) and row.get("correct")), None)


def _to_field(name: str, value: Any) -> Any:
    if name in PICTURES:
        # A form cannot show a file again.
        return {"kept": fields.written(value.get("file")), "alt": value.get("alt", {})} if _is_part(value) else value
    if name in ("video", "sound"):
        return {"kept": fields.written(value)}
    if name in ("answer", "tolerance", "x", "y", "size"):
        return str(value).lower() if isinstance(value, bool) else _number(value)
    if name in ("front", "back") and _is_part(value):
        return to_form(value)
    if name == "gaps" and isinstance(value, list):
        return _lettered([to_form(row) if _is_part(row) else row for row in value])
    if name == "others" and isinstance(value, list):
        return [{"text": words} for words in value]
    if isinstance(value, list):
        return [to_form(row) if _is_part(row) else row for row in value]
    return value


def _is_part(value: Any) -> bool:
    return isinstance(value, dict)


def _number(value: Any) -> str:
    written = f"{value:g}" if isinstance(value, int | float) and float(f"{value:g}") == value else str(value)
    return written.replace(".", get_locale().number_symbols["latn"]["decimal"])


@dataclass
class Reader:
    """Turns what a form gave into a block, and the files that came with it into checked ones.

    Raises FileRefused for a file that no kiosk shows.
    """

    taken: Mapping[str, str]
    """Names of files that the draft has already."""
    files: dict[str, CheckedFile] = field(default_factory=dict)

    def block(self, kind: str, key: str, data: Mapping[str, Any]) -> Block:
        """Return the block; what was left empty is left out."""
        block: Block = {"card" if kind in CARDS else "question": kind, "key": key}
        for name, value in _with_the_right_one(data).items():
            read = _READERS.get(name, Reader.text)(self, value)
            if read not in (None, "", {}, []):
                block[name] = read
        return block

    def text(self, value: Any) -> Any:
        """A choice, or words by language; empty ones left out."""
        if isinstance(value, dict):
            return {name: read for name, inner in value.items() if (read := self.text(inner)) not in ("", {}, None)}
        return value.strip().replace("\r\n", "\n") if isinstance(value, str) else value

    def number(self, value: str | None) -> Any:
        """A number as people write it; what is none stays as it is, for the list of faults."""
        written = (value or "").strip().replace("\u202f", "").replace(" ", "").replace(",", ".")
        try:
            return float(written) if written else None
        except ValueError:
            return value

    def whole_number(self, value: str | None) -> Any:
        """The nearest whole number."""
        read = self.number(value)
        return round(read) if isinstance(read, float) and isfinite(read) else read

    def answer(self, value: str | None) -> Any:
        """True, false, or a number."""
        return value == "true" if value in ("true", "false") else self.number(value)

    def picture(self, value: Mapping[str, Any]) -> Block | None:
        """A new picture, the one there was, or none."""
        if value["upload"]:
            file: Any = self.keep(value["upload"])
        else:
            file = None if value["remove"] else fields.read_back(value["kept"])
        alt = self.text(value["alt"])
        return {"file": file, "alt": alt} if file else None

    def video(self, value: Mapping[str, Any]) -> Block | None:
        """A video with its captions; new files replace those there were."""
        kept = fields.read_back(value["kept"]) or {}
        captions = dict(kept.get("captions") or {})
        given = {language: value["captions"].get(language) or text for language, text in value["cues"].items()}
        captions |= {language: self.captions(language, cues) for language, cues in given.items() if cues}
        file = self.keep(value["upload"]) if value["upload"] else kept.get("file")
        made = {
            "file": file,
            "captions": {language: name for language, name in captions.items() if name},
            "poster": kept.get("poster"),
        }
        return {name: inner for name, inner in made.items() if inner} or None

    def captions(self, language: str, given: Any) -> str | None:
        """Keep captions that were written or chosen, as WebVTT; none of them is no file."""
        cues = fields.read_captions(given)
        return self._put(f"captions-{language}.vtt", CheckedFile(as_webvtt(cues), "text/vtt")) if cues else None

    def face(self, value: Mapping[str, Any]) -> Block:
        """One side of a card."""
        return self._row(value)

    def sound(self, value: Mapping[str, Any]) -> Block | None:
        """Recordings by language; new ones replace those there were."""
        kept = {} if value["remove"] else fields.read_back(value["kept"]) or {}
        return {**kept, **{language: self.keep(upload) for language, upload in value["files"].items() if upload}}

    def rows(self, value: list[Mapping[str, Any]]) -> list[Block]:
        """Options, items, places…; a row without words or picture is none, a new one gets a key."""
        filled = self._filled(value)
        return [{**row, "key": key} for key, row in zip(_keys(filled), filled, strict=True)]

    def without_keys(self, value: list[Mapping[str, Any]]) -> list[Block]:
        """Steps and things to tick, which have no keys."""
        return [{name: inner for name, inner in row.items() if name != "key"} for row in self._filled(value)]

    def others(self, value: list[Mapping[str, Any]]) -> list[Any]:
        """Words by language."""
        return [row["text"] for row in self._filled(value)]

    def ticked(self, value: bool) -> bool | None:
        """Whether it is ticked; a document says nothing of what is not."""
        return value or None

    def chosen(self, value: list[str]) -> list[str]:
        """What was ticked in a list."""
        return list(value)

    def _filled(self, value: list[Mapping[str, Any]]) -> list[Block]:
        read = [self._row(row) for row in value]
        return [row for row in read if any(row.get(name) for name in _FILLS_A_ROW)]

    def _row(self, value: Mapping[str, Any]) -> Block:
        read = {name: _READERS.get(name, Reader.text)(self, inner) for name, inner in value.items()}
        return {name: inner for name, inner in read.items() if inner not in (None, "", {}, False)}

    def keep(self, upload: Any) -> str:
        """Check a file and return the name under which the document refers to it."""
        name = PurePath(upload.filename.replace("\\", "/")).name
        ending, file = checked_file(name, upload.read())
        return self._put(f"{PurePath(name).stem}{ending}", file)

    def _put(self, name: str, file: CheckedFile) -> str:
        """Return the name of a file: the draft's own if it is there already, else one that is free."""
        digest = hashlib.sha256(file.data).hexdigest()
        same = next((held for held, known in self.taken.items() if known == digest), None)
        if same:
            return same
        free = free_name(name, {*self.taken, *self.files})
        self.files[free] = file
        return free


def _with_the_right_one(data: Mapping[str, Any]) -> dict[str, Any]:
    """Mark the row that was chosen as the right one of its form, if it has such a choice."""
    if "right" not in data:
        return dict(data)
    marked = [{**row, "correct": str(at) == data["right"]} for at, row in enumerate(data["options"])]
    return {**{name: value for name, value in data.items() if name != "right"}, "options": marked}


def _lettered(gaps: list[Any]) -> list[Any]:
    """Add rows for further gaps, each with the letter by which a sentence can name it."""
    taken = [gap.get("key") for gap in gaps if _is_part(gap)]
    free = (letter for letter in _LETTERS if letter not in taken)
    return [*gaps, *({"key": key} for key, _ in zip(free, range(MOST_ROWS["gaps"] - len(gaps)), strict=False))]


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FILLS_A_ROW = ("text", "left", "right", "word", "picture")
_READERS: dict[str, Callable[[Reader, Any], Any]] = {
    "answer": Reader.answer,
    "size": Reader.whole_number,
    "video": Reader.video,
    "sound": Reader.sound,
    "signs": Reader.chosen,
    "others": Reader.others,
    "reserved": Reader.ticked,
    **dict.fromkeys(("tolerance", "x", "y"), Reader.number),
    **dict.fromkeys(PICTURES, Reader.picture),
    **dict.fromkeys(("front", "back"), Reader.face),
    **dict.fromkeys(WITHOUT_KEYS, Reader.without_keys),
    **dict.fromkeys(("options", "items", "pairs", "spots", "places", "gaps"), Reader.rows),
}


def _keys(filled: list[Block]) -> list[str]:
    taken = [row["key"] for row in filled if row.get("key")]
    free = iter(letter for letter in _LETTERS if letter not in taken)
    return [row.get("key") or next(free) for row in filled]
