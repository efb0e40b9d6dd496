"""The form of any entry of an audit, built from its model; the model itself checks the answers."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from pydantic import BaseModel
from wtforms import BooleanField, Field, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, DateInput, ListWidget, NumberInput, TextInput

from lms.kernel.languages import direction
from lms.web.audits.labels import field_words, value_words
from lms.web.audits.questions import Kind, Question, questions

Choices = Mapping[str, list[tuple[str, str]]]
"""For each field that names codes of something else: the codes and what they stand for."""


class VersionedForm(FlaskForm):
    """A form that knows which version of the audit its reader had before their eyes."""

    audit_version = HiddenField()

    @property
    def read_version(self) -> int:
        """The version that was read; one that never was where the form does not say."""
        given = self.audit_version.data or ""
        return int(given) if given.isascii() and given.isdigit() else 0


class EntryForm(VersionedForm):
    """What all forms of entries have; `form_for` makes the rest."""

    asked: ClassVar[list[Question]]
    languages: ClassVar[list[str]]
    overtaken = False
    """Another editor was faster."""

    @property
    def rows(self) -> list[list[Field]]:
        """The fields in order; those of one text, a language each, stand together."""
        return [[self[name] for name in _names(question, self.languages)] for question in self.asked]

    def answers(self) -> dict[str, Any]:
        """Return what was answered, as the model takes it; what was left empty is left out."""
        given = {question.name: self._answer(question) for question in self.asked}
        return {name: answer for name, answer in given.items() if answer != ""}

    def _answer(self, question: Question) -> Any:
        if question.kind is not Kind.WORDS:
            answer = self[question.name].data
            return "" if answer is None or (isinstance(answer, str) and not answer.strip()) else answer
        texts = {language: self[f"{question.name}-{language}"].data or "" for language in self.languages}
        return {language: text for language, text in texts.items() if text.strip()}

    def differences(self, entry: BaseModel | None) -> dict[str, str]:
        """Return, for each field that says another thing than the entry, what the entry says."""
        held = as_answered(entry) if entry is not None else {}
        names = [field.name for row in self.rows for field in row]
        return {
            name: self._shown(name, held.get(name))
            for name in names
            if (held.get(name) or "") != (self[name].data or "")
        }

    def _shown(self, name: str, answer: Any) -> str:
        named = {choice.value: choice.label for choice in getattr(self[name], "choices", None) or []}
        answers = answer if isinstance(answer, list) else [answer]
        words = {True: _("Yes"), False: _("No"), None: "", **named}
        return ", ".join(str(words.get(one, one)) for one in answers)

    def say(self, path: list[str], message: str) -> None:
        """Put what is wrong at its field, or at the head of the form when it has none."""
        for name in ("-".join(path[:2]), f"{path[0]}-{self.languages[0]}" if path else "", path[0] if path else ""):
            if name in self:
                self[name].errors = [*self[name].errors, message]
                return
        self.form_errors.append(message)


def form_for(
    model: type[BaseModel], section: str, *, names: Iterable[str], languages: list[str], choices: Choices
) -> type[EntryForm]:
    """Return the form that asks for the fields `names` of the model, every text in each language."""
    asked = questions(model, set(names), choices)
    fields = {name: field for question in asked for name, field in _fields(question, section, languages, choices)}
    return type(f"{model.__name__}Form", (EntryForm,), {**fields, "asked": asked, "languages": languages})


def as_answered(entry: BaseModel) -> dict[str, Any]:
    """Return an entry as the fields of its form hold it."""
    plain: dict[str, Any] = {}
    for name, value in entry.model_dump(mode="json").items():
        if isinstance(value, dict):
            plain |= {f"{name}-{language}": text for language, text in value.items()}
        else:
            plain[name] = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return plain


def _names(question: Question, languages: list[str]) -> list[str]:
    if question.kind is not Kind.WORDS:
        return [question.name]
    return [f"{question.name}-{language}" for language in languages]


def _fields(question: Question, section: str, languages: list[str], choices: Choices) -> Iterable[tuple[str, Any]]:
    if question.kind is not Kind.WORDS:
        yield question.name, _field(question, section, choices)
        return
    words = field_words(section, question.name)
    for language, name in zip(languages, _names(question, languages), strict=True):
        label = _("%(label)s (%(language)s)", label=words.label, language=_language_name(language))
        # One language is enough, so that no single one is required.
        shown = {"lang": language, "dir": direction(language), "rows": 3, "required": False}
        yield name, TextAreaField(label, _marks(question), description=words.help, render_kw=shown)


def _field(question: Question, section: str, choices: Choices) -> Any:
    words = field_words(section, question.name)
    given = {"label": words.label, "description": words.help, "validators": _marks(question)}
    shown = {"maxlength": question.longest} if question.longest else {}
    match question.kind:
        case Kind.SEVERAL:
            boxes = {"widget": ListWidget(), "option_widget": CheckboxInput()}
            return SelectMultipleField(**given, **boxes, validate_choice=False, choices=_named(choices[question.name]))
        case Kind.REFERENCE:
            named = [("", _("None")), *choices[question.name]]
            return SelectField(**given, validate_choice=False, choices=_named(named))
        case Kind.ONE_OF:
            named = [(value, value_words(section, question.name, value)) for value in question.values]
            blank = [("", _("Choose…") if question.required else _("Not said"))] * question.blank
            return SelectField(**given, validate_choice=False, choices=_named(blank + named))
        case Kind.YES_NO:
            return BooleanField(**given)
        case Kind.TEXT:
            return TextAreaField(**given, render_kw={"rows": 3, **shown})
    widgets = {Kind.NUMBER: NumberInput(min=0), Kind.DAY: DateInput(), Kind.LINE: TextInput()}
    return StringField(**given, widget=widgets[question.kind], render_kw=shown)


class Asked:
    """Marks a field that needs an answer; that there is one is the model's to check."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Find nothing wrong."""


def _marks(question: Question) -> list[Asked]:
    always_answered = question.kind is Kind.ONE_OF and not question.blank
    return [Asked()] if question.required or always_answered else []


def _named(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in choices]


def _language_name(code: str) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name(get_locale()) or code
    except UnknownLocaleError:
        return code
