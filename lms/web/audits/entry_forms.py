"""The form of any entry of an audit, built from its model; the model itself checks the answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from pydantic import BaseModel
from wtforms import Field, HiddenField

from lms.web.audits import questions as asking
from lms.web.audits.entry_fields import Choices, fields_of, names_of
from lms.web.audits.groups import GROUPS
from lms.web.audits.holding import held
from lms.web.audits.labels import field_words
from lms.web.audits.questions import Kind, Question


class VersionedForm(FlaskForm):
    """A form that knows which version of the audit its reader had before their eyes."""

    audit_version = HiddenField()

    @property
    def read_version(self) -> int:
        """The version that was read; one that never was where the form does not say."""
        given = self.audit_version.data or ""
        return int(given) if given.isascii() and given.isdigit() else 0


@dataclass(frozen=True)
class Block:
    """One question on the page: a field, one for each language, or several rows of fields under a name."""

    rows: list[list[Field]]
    name: LazyString | str = ""
    help: LazyString | str = ""


@dataclass(frozen=True)
class Group:
    """Questions that belong together; one that is folded opens when something in it is answered or wrong."""

    label: LazyString | None
    blocks: list[Block]
    folded: bool


class EntryForm(VersionedForm):
    """What all forms of entries have; `form_for` makes the rest."""

    questions: ClassVar[list[Question]]
    section: ClassVar[str]
    languages: ClassVar[list[str]]
    rows_of: ClassVar[Mapping[str, int]]
    """How many rows each question of several rows has."""
    overtaken = False
    """Another editor was faster."""

    @property
    def groups(self) -> list[Group]:
        """The questions as the page shows them, those that belong together under one name."""
        wanted = GROUPS.get(self.section, ())
        placed = {name for _label, names in wanted for name in names}
        rest = [question for question in self.questions if question.name not in placed]
        named = {question.name: question for question in self.questions}
        found = [Group(None, [self._block(question) for question in rest], folded=False)] if rest else []
        for label, names in wanted:
            blocks = [self._block(named[name]) for name in names if name in named]
            if blocks:
                fields = [field for block in blocks for row in block.rows for field in row]
                used = any(field.errors or (field.data and field.data != field.default) for field in fields)
                found.append(Group(label, blocks, folded=not used))
        return found

    def _block(self, question: Question) -> Block:
        if question.kind not in (Kind.ROWS, Kind.PART):
            return Block([[self[name] for name in names_of(question, self.languages)]])
        words = field_words(self.section, question.name)
        rows = [
            [self[name] for part in question.parts for name in names_of(part, self.languages, prefix)]
            for prefix in self._prefixes(question)
        ]
        return Block(rows, words.label, words.help)

    def _prefixes(self, question: Question) -> list[str]:
        return [f"{question.name}-{place}-" for place in range(self.rows_of.get(question.name, 1))]

    @property
    def _fields_in_order(self) -> Iterator[Field]:
        for question in self.questions:
            for row in self._block(question).rows:
                yield from row

    def answers(self) -> dict[str, Any]:
        """Return what was answered, as the model takes it; what was left empty is left out."""
        return self._answers(self.questions, "")

    def _answers(self, asked: Iterable[Question], prefix: str) -> dict[str, Any]:
        given = {question.name: self._answer(question, prefix) for question in asked}
        return {name: answer for name, answer in given.items() if answer != ""}

    def _answer(self, question: Question, prefix: str) -> Any:
        name = prefix + question.field
        match question.kind:
            case Kind.ROWS:
                return [self._answers(question.parts, row) for row in self._answered_rows(question)]
            case Kind.PART:
                return next((self._answers(question.parts, row) for row in self._answered_rows(question)), "")
            case Kind.WORDS:
                texts = {language: self[f"{name}-{language}"].data or "" for language in self.languages}
                words = {language: text for language, text in texts.items() if text.strip()}
                return words if words or not prefix else ""
            case Kind.LINES:
                return [line.strip() for line in (self[name].data or "").split("\n") if line.strip()]
            case Kind.DECIMAL:
                return (self[name].data or "").strip().replace(",", ".")
        answer = self[name].data
        return "" if answer is None or (isinstance(answer, str) and not answer.strip()) else answer

    def _answered_rows(self, question: Question) -> list[str]:
        """Return the prefixes of the rows in which anything is answered."""
        return [row for row in self._prefixes(question) if self._answers(question.parts, row)]

    def differences(self, entry: BaseModel | None) -> dict[str, str]:
        """Return, for each field that says another thing than the entry, what the entry says."""
        stored = held(entry, self.questions) if entry is not None else {}
        return {
            field.name: self._shown(field, stored.get(field.name))
            for field in self._fields_in_order
            if (stored.get(field.name) or "") != (field.data or "")
        }

    def _shown(self, field: Field, answer: Any) -> str:
        named = {choice.value: choice.label for choice in getattr(field, "choices", None) or []}
        answers = answer if isinstance(answer, list) else [answer]
        words = {True: _("Yes"), False: _("No"), None: "", **named}
        return ", ".join(str(words.get(one, one)) for one in answers)

    def say(self, path: list[str], message: str) -> None:
        """Put what is wrong at its field, or at the head of the form when it has none."""
        steps = self._steps(path)
        names = ["-".join(steps[:length]) for length in range(len(steps), 0, -1)]
        within = [field.name for name in names for field in self._fields_in_order if field.name.startswith(f"{name}-")]
        for name in [*names, *within]:
            if name in self:
                self[name].errors = [*self[name].errors, message]
                return
        self.form_errors.append(message)

    def _steps(self, path: list[str]) -> list[str]:
        """Return a path of the answers as one of the form, whose empty rows are not answers."""
        question = next((question for question in self.questions if path and question.name == path[0]), None)
        if question is None:
            return path
        if question.kind not in (Kind.ROWS, Kind.PART):
            return [question.field, *path[1:]]
        rows = self._answered_rows(question)
        place, inner = (int(path[1]), path[2:]) if question.kind is Kind.ROWS and len(path) > 1 else (0, path[1:])
        return [rows[place].removesuffix("-"), *inner] if place < len(rows) else path


def form_for(
    model: type[BaseModel],
    section: str,
    *,
    names: Iterable[str],
    languages: list[str],
    choices: Choices,
    rows: Mapping[str, int],
) -> type[EntryForm]:
    """Return the form that asks for the fields `names` of the model, every text in each language.

    `rows` says how many rows each question of several rows has.
    """
    asked = asking.questions(model, set(names), choices)
    fields = {
        name: field for question in asked for name, field in fields_of(question, section, languages, choices, rows)
    }
    own = {"questions": asked, "languages": languages, "section": section, "rows_of": rows}
    return type(f"{model.__name__}Form", (EntryForm,), {**fields, **own})
