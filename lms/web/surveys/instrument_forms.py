"""The forms of instruments that staff build."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from lms.surveys.content import InstrumentContent, Item, Scoring
from lms.surveys.scales import Scale
from lms.web.surveys.labels import SCALES, choices

LONGEST = 200
_TEXT = [DataRequired(_l("Give a text.")), Length(max=LONGEST, message=_l("At most 200 characters."))]
_MAYBE = [Length(max=LONGEST, message=_l("At most 200 characters."))]
_CODE = _l("2 to 20 capitals, digits and hyphens; a capital first.")
_KEY = _l("1 to 20 capitals, digits and hyphens; a capital first.")
_FOR_OPERATORS = _l("Arabic is for operators, and may be left out.")
_FRENCH, _ENGLISH, _ARABIC = {"lang": "fr"}, {"lang": "en"}, {"lang": "ar", "dir": "rtl"}


def code_field() -> StringField:
    """Return a field for the code of an instrument."""
    return StringField(
        _l("Code of the instrument"),
        [DataRequired(_l("Give a code.")), Regexp(r"^[A-Z][A-Z0-9-]{1,19}$", message=_CODE)],
        description=_CODE,
    )


class InstrumentForm(FlaskForm):
    """What an instrument is called and how it is read."""

    code = code_field()
    title_fr = StringField(_l("Title in French"), _TEXT, render_kw=_FRENCH)
    title_en = StringField(_l("Title in English"), _TEXT, render_kw=_ENGLISH)
    title_ar = StringField(_l("Title in Arabic"), _MAYBE, description=_FOR_OPERATORS, render_kw=_ARABIC)
    purpose_fr = TextAreaField(_l("What it asks about, in French"), _TEXT, render_kw=_FRENCH)
    purpose_en = TextAreaField(_l("What it asks about, in English"), _TEXT, render_kw=_ENGLISH)
    profile = BooleanField(_l("A profile: facets only, no total"))

    def described(self) -> dict[str, Any]:
        """Return what `surveys.building` takes."""
        return {
            "title": _words(self.title_fr.data, self.title_en.data, self.title_ar.data),
            "purpose": {"fr": self.purpose_fr.data, "en": self.purpose_en.data},
            "profile": self.profile.data,
        }


class InstrumentCopyForm(FlaskForm):
    """The code of a copy."""

    code = code_field()


class ItemForm(FlaskForm):
    """One item in both languages."""

    key = StringField(
        _l("Code of the item"),
        [DataRequired(_l("Give a code.")), Regexp(r"^[A-Z][A-Z0-9-]{0,19}$", message=_KEY)],
        description=_KEY,
    )
    text_fr = TextAreaField(_l("Text in French"), _TEXT, render_kw=_FRENCH)
    text_en = TextAreaField(_l("Text in English"), _TEXT, render_kw=_ENGLISH)
    text_ar = TextAreaField(_l("Text in Arabic"), _MAYBE, description=_FOR_OPERATORS, render_kw=_ARABIC)
    scale = SelectField(_l("Scale"), choices=choices(SCALES))
    options_fr = TextAreaField(
        _l("Options in French"), description=_l("For a choice only: one a line, two to six."), render_kw=_FRENCH
    )
    options_en = TextAreaField(
        _l("Options in English"), description=_l("The same number, in the same order."), render_kw=_ENGLISH
    )
    options_ar = TextAreaField(
        _l("Options in Arabic"), description=_l("The same number, in the same order, or none."), render_kw=_ARABIC
    )
    facet_fr = StringField(
        _l("Facet in French"), _MAYBE, description=_l("Items of one facet are also read together."), render_kw=_FRENCH
    )
    facet_en = StringField(_l("Facet in English"), _MAYBE, render_kw=_ENGLISH)
    pictograms = BooleanField(_l("Draw a gauge beside each answer at the kiosk"), default=True)

    def validate_options_en(self, field: TextAreaField) -> None:
        """Want as many options in both languages."""
        if len(_lines(field.data)) != len(_lines(self.options_fr.data)):
            raise ValidationError(_l("There must be as many options in both languages."))

    def validate_options_ar(self, field: TextAreaField) -> None:
        """Want as many options in Arabic, or none."""
        if len(_lines(field.data)) not in (0, len(_lines(self.options_fr.data))):
            raise ValidationError(_l("There must be as many options in Arabic, or none."))

    def validate_facet_en(self, field: StringField) -> None:
        """Want a facet in both languages or in none."""
        if bool((field.data or "").strip()) != bool((self.facet_fr.data or "").strip()):
            raise ValidationError(_l("Name the facet in both languages, or in neither."))

    def item(self) -> dict[str, Any]:
        """Return the item as `surveys.building.put_item` takes it."""
        french, english, arabic = (_lines(one.data) for one in (self.options_fr, self.options_en, self.options_ar))
        options = zip(french, english, arabic or [""] * len(french), strict=True)
        return {
            "key": self.key.data,
            "text": _words(self.text_fr.data, self.text_en.data, self.text_ar.data),
            "scale": self.scale.data,
            "options": [_words(*option) for option in options],
            "pictograms": self.pictograms.data,
        }

    def facet(self) -> dict[str, str] | None:
        """Return what the facet is called, None for none."""
        named = {"fr": (self.facet_fr.data or "").strip(), "en": (self.facet_en.data or "").strip()}
        return named if all(named.values()) else None


def as_answered(content: InstrumentContent) -> dict[str, Any]:
    """Return an instrument as its form holds it."""
    return {
        "code": content.code,
        "title_fr": content.title.fr,
        "title_en": content.title.en,
        "title_ar": content.title.ar,
        "purpose_fr": content.purpose.fr,
        "purpose_en": content.purpose.en,
        "profile": content.scoring is Scoring.PROFILE,
    }


def item_as_answered(content: InstrumentContent, item: Item) -> dict[str, Any]:
    """Return an item as its form holds it."""
    facet = content.facets[item.facet] if item.facet else None
    return {
        "key": item.key,
        "text_fr": item.text.fr,
        "text_en": item.text.en,
        "text_ar": item.text.ar,
        "scale": item.scale.value,
        "options_fr": "\n".join(option.fr for option in item.options),
        "options_en": "\n".join(option.en for option in item.options),
        "options_ar": "\n".join(option.ar for option in item.options if option.ar),
        "facet_fr": facet.fr if facet else "",
        "facet_en": facet.en if facet else "",
        "pictograms": item.pictograms,
    }


def usual_item(content: InstrumentContent) -> dict[str, Any]:
    """Return what a further item of the instrument begins with."""
    last = content.items[-1] if content.items else None
    return {
        "key": f"{content.code}{len(content.items) + 1}"[:20],
        "scale": last.scale.value if last else Scale.AGREEMENT.value,
        "pictograms": last.pictograms if last else True,
    }


def _words(french: Any, english: Any, arabic: Any) -> dict[str, Any]:
    return {"fr": french, "en": english} | ({"ar": arabic} if arabic else {})


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
