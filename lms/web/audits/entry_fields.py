"""The fields that ask a question of an audit's form."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, DateInput, ListWidget, NumberInput, TextInput

from lms.kernel.languages import direction
from lms.web.audits.labels import field_words, value_words
from lms.web.audits.questions import Kind, Question

Choices = Mapping[str, list[tuple[str, str]]]
"""For each field that names codes of something else: the codes and what they stand for."""


def names_of(question: Question, languages: list[str], prefix: str = "") -> list[str]:
    """Return the names of the fields that ask the question: one, or one for each language."""
    name = prefix + question.field
    return [f"{name}-{language}" for language in languages] if question.kind is Kind.WORDS else [name]


def fields_of(
    question: Question,
    section: str,
    languages: list[str],
    choices: Choices,
    rows: Mapping[str, int],
    prefix: str = "",
) -> Iterable[tuple[str, Any]]:
    """Yield the fields that ask the question, each with its name."""
    if question.kind in (Kind.ROWS, Kind.PART):
        for place in range(rows.get(question.name, 1)):
            for part in question.parts:
                yield from fields_of(part, question.name, languages, choices, rows, f"{question.name}-{place}-")
    elif question.kind is Kind.WORDS:
        names = names_of(question, languages, prefix)
        for language, name in zip(languages, names, strict=True):
            yield name, _words_field(question, section, language, brief=bool(prefix))
    else:
        yield prefix + question.field, _field(question, section, choices)


def _words_field(question: Question, section: str, language: str, *, brief: bool) -> Field:
    words = field_words(section, question.name)
    label = _("%(label)s (%(language)s)", label=words.label, language=_language_name(language))
    # One language is enough, so that no single one is required.
    shown = {"lang": language, "dir": direction(language), "rows": 1 if brief else 3, "required": False}
    return TextAreaField(label, marks(question), description=words.help, render_kw=shown)


def _field(question: Question, section: str, choices: Choices) -> Any:
    words = field_words(section, question.name)
    given = {"label": words.label, "description": words.help, "validators": marks(question)}
    shown: dict[str, Any] = {"maxlength": question.longest} if question.longest else {}
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
        case Kind.TEXT | Kind.LINES:
            return TextAreaField(**given, render_kw={"rows": 3, **shown})
        case Kind.DECIMAL:
            shown["inputmode"] = "decimal"
    widgets = {Kind.NUMBER: NumberInput(min=0), Kind.DAY: DateInput()}
    return StringField(**given, widget=widgets.get(question.kind, TextInput()), render_kw=shown)


class Asked:
    """Marks a field that needs an answer; that there is one is the model's to check."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Find nothing wrong."""


def marks(question: Question) -> list[Asked]:
    """Return the mark of a question that needs an answer."""
    always_answered = question.kind is Kind.ONE_OF and not question.blank
    return [Asked()] if question.required or always_answered else []


def _named(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in choices]


def _language_name(code: str) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name(get_locale()) or code
    except UnknownLocaleError:
        return code
