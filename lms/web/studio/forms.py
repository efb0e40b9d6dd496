"""Forms about modules as a whole: a new one, its head, a file to bring in, publishing."""

from collections.abc import Collection, Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from lms.catalogue.comparing import Change
from lms.catalogue.fields import KEY_PATTERN, LONGEST_LINE
from lms.catalogue.models import Impact
from lms.kernel.clock import today
from lms.kernel.languages import own_name
from lms.web.studio import fields
from lms.web.studio.labels import BEGINNINGS, LANGUAGES, MEANINGS, ORIGINS

HEAD_RULES = _l("Pass mark, attempts, validity, owner, sources")
POOLS = rf"\s*{KEY_PATTERN}\s+[0-9]{{1,2}}\s*(,\s*{KEY_PATTERN}\s+[0-9]{{1,2}}\s*)*"
"""How pools are written in one line."""


def chosen_from(languages: Iterable[str]) -> list[SelectChoice]:
    """Return languages to choose from, each by its own name."""
    return [SelectChoice(language, own_name(language)) for language in languages]


class NewModuleForm(FlaskForm):
    """A module to begin."""

    title = StringField(_l("Title"), [InputRequired(_l("Give the module a title.")), Length(max=LONGEST_LINE)])
    beginning = RadioField(
        _l("Begin with"),
        [Optional()],
        choices=[
            SelectChoice("", _l("An empty module")),
            *(SelectChoice(one, words) for one, words in BEGINNINGS.items()),
        ],
        default="",
        description=_l("In French and English: cards and questions whose texts you replace by your own, or delete."),
    )
    languages = fields.Boxes(
        _l("Languages"),
        [InputRequired(_l("Choose at least one language."))],
        choices=chosen_from(LANGUAGES),
        description=_l("Write in one, add others later: they are translated side by side."),
    )
    code = StringField(
        _l("Code"),
        [Optional(), Regexp(f"^{KEY_PATTERN}$", message=_l("Small letters, digits and hyphens only."))],
        description=_l("A short name for files and addresses. It never changes. Empty: made from the title."),
    )


class ImportForm(FlaskForm):
    """A file from elsewhere."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])
    language = SelectField(
        _l("Language of its texts"),
        [InputRequired()],
        choices=chosen_from(LANGUAGES),
        description=_l("A module file says itself which languages it is in."),
    )


class AddLanguageForm(FlaskForm):
    """A language into which a module is to be translated."""

    language = SelectField(_l("Language"), [InputRequired()])


class OfferForm(FlaskForm):
    """A file that comes back from a translator."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])


class TakeOfferForm(FlaskForm):
    """The decision on what a file of translations would change."""

    seen = HiddenField()


class ExportForm(FlaskForm):
    """The format and the language in which a module is to be given."""

    class Meta:
        """It changes nothing."""

        csrf = False

    format = SelectField(_l("Format"), [InputRequired()], validate_choice=False)
    language = SelectField(
        _l("Language"),
        [InputRequired()],
        validate_choice=False,
        description=_l("A module file of Établi holds all of them."),
    )


class TakeForm(FlaskForm):
    """The decision on what a file was understood to be, and on what of it is left out (`imports.leaving`)."""

    into = SelectField(_l("Cards and questions go into"), [InputRequired()], validate_choice=False)
    seen = HiddenField()
    without = HiddenField()
    """What was left out of the plan that was shown."""
    shown = HiddenField()
    """The things of which this page has a box."""
    take = SelectMultipleField(validate_choice=False)
    replace = BooleanField(_l("Replace a draft that has changes not yet published"))


_ORIGINS = [SelectChoice("", "–"), *(SelectChoice(value, name) for value, name in ORIGINS.items())]


class WorkForm(FlaskForm):
    """What an author says of the work on a module."""

    minutes = IntegerField(
        _l("Minutes you have spent on this module so far"),
        [Optional(), NumberRange(0, 100_000, message=_l("A number of minutes, such as 180."))],
        description=_l("Counted from your changes until you say otherwise: your word is enough, now and later."),
    )
    origin = SelectField(_l("Where it was made"), [Optional()], choices=_ORIGINS)


class PublishForm(WorkForm):
    """What is to be said of an edition, and of the work that it took."""

    version = HiddenField()
    impact = RadioField(
        _l("For whoever completed the module before, it is"),
        [InputRequired(_l("Say what this edition means for whoever completed the module before."))],
    )
    publish_on = DateField(
        _l("Publish on"),
        [Optional()],
        description=_l("Empty: now. On another day it is published by itself, within ten minutes of midnight."),
    )
    note = TextAreaField(
        _l("What changed, for colleagues"), [Length(max=500)], description=_l("500 characters at most.")
    )

    def offer_impacts(self, changes: Collection[Change]) -> None:
        """Offer what an edition with these changes can be; a first edition has none, and means nothing to anybody."""
        if not changes:
            del self.impact
            return
        seen = any(change.is_to_be_seen for change in changes)
        left_out = () if seen else (Impact.ACKNOWLEDGEMENT,)
        self.impact.choices = [
            SelectChoice(impact.value, words) for impact, words in MEANINGS.items() if impact not in left_out
        ]

    @property
    def meant(self) -> Impact:
        """What the author says that the edition is."""
        return Impact(self.impact.data) if "impact" in self else Impact.CORRECTION

    def validate_publish_on(self, field: DateField) -> None:
        """Refuse a day that has come already."""
        if field.data and field.data <= today():
            raise ValidationError(_("Choose a day after today, or leave it empty to publish now."))


class WithdrawForm(FlaskForm):
    """Why an edition is taken back."""

    reason = TextAreaField(
        _l("Why it is withdrawn, for colleagues"),
        [InputRequired(_l("Say why: whoever finds the module gone will ask.")), Length(max=500)],
        description=_l("500 characters at most."),
    )


class ReviewForm(FlaskForm):
    """The signature under an edition that was looked at."""

    note = StringField(_l("Note, for colleagues"), [Length(max=500)], description=_l("500 characters at most."))


def head_form(languages: list[str]) -> type[FlaskForm]:
    """Return the form class for what is said of a module itself."""
    made: dict[str, Any] = {
        "token": HiddenField(),
        "title": fields.words(languages, _l("Title")),
        "summary": fields.words(languages, _l("What one learns, in a sentence"), rows=2),
        "minutes": IntegerField(_l("Minutes it takes"), [fields.Wanted(), Optional(), NumberRange(1, 30)]),
        "pass_mark": IntegerField(
            _l("Per cent of the points that pass"), [Optional(), NumberRange(1, 100)], default=80
        ),
        "max_attempts": IntegerField(
            _l("How often the questions may be taken"),
            [Optional(), NumberRange(1, 20)],
            description=_l("Empty: as often as one likes."),
        ),
        "pools": StringField(
            _l("Pools, and how many questions each attempt draws of them"),
            [Optional(), Regexp(f"^{POOLS}$", message=_l("A name and a number each, such as: causes 2, moves 1"))],
            description=_l("Such as: causes 2, moves 1. Each question says which pool it is in."),
        ),
        "parts_shown": BooleanField(_l("Say after an answer which parts of it were right")),
        "confidence": BooleanField(_l("Ask how sure one is of each answer")),
        "validity_months": IntegerField(
            _l("Months for which it counts that somebody completed it"),
            [Optional(), NumberRange(1, 120)],
            description=_l("Empty: for good. After that the module is to be taken again."),
        ),
        "review_months": IntegerField(
            _l("Months after which somebody looks whether it is still right"),
            [Optional(), NumberRange(1, 60)],
            description=_l("Empty: 12."),
        ),
        "owner": StringField(
            _l("Who answers for it"),
            [Optional(), Length(max=LONGEST_LINE)],
            description=_l("A service or a function rather than a name: an edition is never changed."),
        ),
        "local_rule": fields.words(languages, _l("What the plant's own rule decides"), wanted=False, rows=2),
        "sources": TextAreaField(_l("Where the facts can be checked, one source a line"), render_kw={"rows": 4}),
    }
    rules = {"rules": tuple(list(made)[list(made).index("pass_mark") :]), "rules_label": HEAD_RULES}
    return type("HeadForm", (FlaskForm,), made | rules)


def languages_form(languages: list[str]) -> type[FlaskForm]:
    """Return the form class for the languages of a module, those it has first."""
    boxes = fields.Boxes(
        _l("Languages"),
        [InputRequired(_l("Choose at least one language."))],
        choices=chosen_from(dict.fromkeys([*languages, *LANGUAGES])),
        description=_l("Untick a language and its texts are deleted from this draft."),
    )
    return type("LanguagesForm", (FlaskForm,), {"languages": boxes})


def head_to_form(document: dict[str, Any]) -> dict[str, Any]:
    """Return what a document says of the module as its form takes it."""
    data = {name: value for name, value in document.items() if name != "blocks"}
    data["pools"] = ", ".join(f"{pool['key']} {pool['draw']}" for pool in document.get("pools", []))
    data["pass_mark"] = round(document.get("pass_mark", 0.8) * 100)
    data["sources"] = "\n".join(document.get("sources", []))
    return data


def head_from_form(data: dict[str, Any]) -> dict[str, Any]:
    """Return what a form gave as the document keeps it; empty values are left out."""
    chosen = {name: data[name] for name in ("minutes", "max_attempts", "validity_months", "review_months")}
    chosen["owner"] = (data["owner"] or "").strip()
    for name in ("parts_shown", "confidence"):
        chosen[name] = data[name] or None
    for name in ("title", "summary", "local_rule"):
        kept = {language: text.strip() for language, text in data[name].items() if text and text.strip()}
        chosen[name] = kept
    pools = (part.split() for part in (data["pools"] or "").split(",") if part.strip())
    chosen["pools"] = [{"key": key, "draw": int(draw)} for key, draw in pools]
    chosen["pass_mark"] = data["pass_mark"] / 100 if data["pass_mark"] else None
    chosen["sources"] = [line.strip() for line in (data["sources"] or "").splitlines() if line.strip()]
    return {name: value for name, value in chosen.items() if value not in (None, "", {}, [])}
