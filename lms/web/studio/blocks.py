"""The form of each kind of block, and the way between a form and a document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from lms.catalogue.blocks import CARDS
from lms.catalogue.media import CheckedFile, checked
from lms.web.studio import fields
from lms.web.studio.labels import LEVELS

Block = dict[str, Any]
MOST_ROWS = {"options": 6, "steps": 8, "items": 6, "pairs": 6}


def block_form(kind: str, languages: list[str]) -> type[FlaskForm]:
    """Return the form class for a kind of block."""
    made = _card_fields(kind, languages) if kind in CARDS else _question_fields(kind, languages)
    return type("BlockForm", (FlaskForm,), {"version": HiddenField(), **made})


def _card_fields(kind: str, languages: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"title": fields.words(languages, _l("Title"))}
    if kind == "safety":
        made["level"] = SelectField(
            _l("What kind of notice"), choices=[SelectChoice(level, label) for level, label in LEVELS.items()]
        )
    if kind == "video":
        made["video"] = fields.video(languages, _l("Video"))
    if kind == "steps":
        step = {"text": fields.words(languages, _l("Step")), "picture": fields.picture(languages, _l("Picture"))}
        made["steps"] = fields.rows(step, _l("Steps"), MOST_ROWS["steps"])
    else:
        made["body"] = fields.prose(languages, _l("Text"), wanted=kind in ("text", "safety"))
    if kind in ("text", "picture", "safety"):
        made["picture"] = fields.picture(languages, _l("Picture"))
    return made


def _question_fields(kind: str, languages: list[str]) -> dict[str, Any]:
    feedback = {
        "correct": fields.words(languages, _l("After a right answer"), rows=2),
        "incorrect": fields.words(languages, _l("After a wrong answer"), rows=2),
    }
    return {
        "prompt": fields.words(languages, _l("Question"), rows=2),
        **_answer_fields(kind, languages),
        "feedback": fields.FormField(fields.form_of("Feedback", feedback), label=_l("Explanation")),
        "picture": fields.picture(languages, _l("Picture")),
        "points": IntegerField(_l("Points"), [Optional(), NumberRange(1, 10)], default=1),
    }


def _answer_fields(kind: str, languages: list[str]) -> dict[str, Any]:
    text = fields.words(languages, _l("Text"))
    if kind in ("single", "multiple"):
        option = {
            "text": text,
            "correct": BooleanField(_l("This is right")),
            "feedback": fields.words(languages, _l("Explanation for who chooses it"), wanted=False),
        }
        return {"options": fields.rows(option, _l("Answers"), MOST_ROWS["options"])}
    if kind == "true_false":
        return {
            "answer": SelectField(
                _l("The statement is"), choices=[SelectChoice("true", _l("True")), SelectChoice("false", _l("False"))]
            )
        }
    if kind == "numeric":
        return {
            "answer": StringField(_l("Right number")),
            "tolerance": StringField(_l("Accepted difference, above or below")),
            "unit": fields.words(languages, _l("Unit"), wanted=False),
        }
    if kind == "ordering":
        return {"items": fields.rows({"text": text}, _l("In the right order"), MOST_ROWS["items"])}
    pair = {"left": fields.words(languages, _l("On the left")), "right": fields.words(languages, _l("Goes with"))}
    return {"pairs": fields.rows(pair, _l("Pairs"), MOST_ROWS["pairs"])}


def to_form(block: Block) -> dict[str, Any]:
    """Return a block as its form takes it."""
    data = dict(block)
    if "answer" in data:
        data["answer"] = str(data["answer"]).lower() if isinstance(data["answer"], bool) else _number(data["answer"])
    if "tolerance" in data:
        data["tolerance"] = _number(data["tolerance"])
    for name in ("picture", "video"):
        if isinstance(data.get(name), dict):
            data[name] = _file_to_form(name, data[name])
    if isinstance(data.get("steps"), list):
        data["steps"] = [
            {**step, "picture": _file_to_form("picture", step["picture"])} if step.get("picture") else step
            for step in data["steps"]
        ]
    return data


def _file_to_form(name: str, part: dict[str, Any]) -> dict[str, Any]:
    # A video's captions and poster stay with the file; a form cannot show a file again.
    kept = part.get("file") if name == "picture" else {name: part.get(name) for name in ("file", "captions", "poster")}
    return {"kept": fields.written(kept), "alt": part.get("alt", {})}


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) and float(f"{value:g}") == value else str(value)


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
        for name, value in data.items():
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
        captions |= {language: self.keep(upload) for language, upload in value["captions"].items() if upload}
        file = self.keep(value["upload"]) if value["upload"] else kept.get("file")
        made = {"file": file, "captions": captions, "poster": kept.get("poster")}
        return {name: inner for name, inner in made.items() if inner} or None

    def rows(self, value: list[Mapping[str, Any]]) -> list[Block]:
        """Options, items or pairs; a row without words is none, a new one gets a key."""
        read = [{name: self.text(inner) for name, inner in row.items()} for row in value]
        filled = [row for row in read if any(row.get(name) for name in ("text", "left", "right"))]
        return [{"key": key, **_without_empty(row)} for key, row in zip(_keys(filled), filled, strict=True)]

    def steps(self, value: list[Mapping[str, Any]]) -> list[Block]:
        """Steps, which have no keys."""
        read = [{"text": self.text(row["text"]), "picture": self.picture(row["picture"])} for row in value]
        return [_without_empty(step) for step in read if step["text"]]

    def keep(self, upload: Any) -> str:
        """Check a file and return the name under which the document refers to it."""
        name = PurePath(upload.filename.replace("\\", "/")).name
        file = checked(name, upload.read())
        stem = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in PurePath(name).stem)
        ending = PurePath(name).suffix.lower()
        base = stem.strip("-")[:60] or "file"
        names = (f"media/{base}{number}{ending}" for number in ("", *(f"-{n}" for n in range(2, 999))))
        free = next(found for found in names if found not in self.taken and found not in self.files)
        self.files[free] = file
        return free


_READERS: dict[str, Callable[[Reader, Any], Any]] = {
    "answer": Reader.answer,
    "tolerance": Reader.number,
    "picture": Reader.picture,
    "video": Reader.video,
    "steps": Reader.steps,
    "options": Reader.rows,
    "items": Reader.rows,
    "pairs": Reader.rows,
}


def _without_empty(row: Block) -> Block:
    return {name: inner for name, inner in row.items() if name != "key" and inner not in (None, "", {}, False)}


def _keys(filled: list[Block]) -> list[str]:
    taken = [row["key"] for row in filled if row.get("key")]
    free = iter(letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in taken)
    return [row.get("key") or next(free) for row in filled]
