"""Form fields for the parts of a block, in each language of the module.

What a form gives (`data`) has the shape of the document, so that `blocks.py` has little to
turn round.
"""

import json
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import Length

from lms.catalogue.fields import LONGEST_LINE
from lms.kernel.languages import own_name
from lms.kernel.rich_text import LONGEST


def form_of(name: str, fields: dict[str, Any]) -> type[Form]:
    """Return a form class with these fields."""
    return type(name, (Form,), fields)


class Wanted:
    """Says that a text is wanted before publishing; a draft is saved without it."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Accept anything."""


def words(languages: list[str], label: LazyString, *, wanted: bool = True, rows: int = 1) -> FormField:
    """One line of text in each language, shown on so many rows."""
    checks: list[Any] = [Length(max=LONGEST_LINE), *([Wanted()] if wanted else [])]
    shown = {"rows": rows} if rows > 1 else {}
    kind = TextAreaField if rows > 1 else StringField
    fields = {language: kind(own_name(language), checks, render_kw=shown) for language in languages}
    return FormField(form_of("Words", fields), label=label)


def prose(languages: list[str], label: LazyString, *, wanted: bool = True) -> FormField:
    """Several paragraphs in each language."""
    checks: list[Any] = [Length(max=LONGEST), *([Wanted()] if wanted else [])]
    fields = {language: TextAreaField(own_name(language), checks, render_kw={"rows": 7}) for language in languages}
    return FormField(form_of("Prose", fields), label=label)


def picture(languages: list[str], label: LazyString) -> FormField:
    """A picture: the one there is, another instead, and the words that stand for it."""
    return FormField(
        form_of(
            "PictureFields",
            {
                "kept": HiddenField(),
                "upload": FileField(_l("Choose a picture (SVG, PNG, JPEG or WebP)")),
                "remove": BooleanField(_l("Take the picture away")),
                "alt": words(languages, _l("What the picture shows, in words"), wanted=False, rows=2),
            },
        ),
        label=label,
    )


def video(languages: list[str], label: LazyString) -> FormField:
    """A video, and its captions in each language."""
    captions = {language: FileField(own_name(language)) for language in languages}
    return FormField(
        form_of(
            "VideoFields",
            {
                "kept": HiddenField(),
                "upload": FileField(_l("Choose a video (MP4 or WebM)")),
                "captions": FormField(form_of("Captions", captions), label=_l("Captions (WebVTT)")),
            },
        ),
        label=label,
    )


def sound(languages: list[str]) -> FormField:
    """Somebody's recording of a card or question, in as many languages as there is one."""
    files = {language: FileField(own_name(language)) for language in languages}
    return FormField(
        form_of(
            "SoundFields",
            {
                "kept": HiddenField(),
                "files": FormField(form_of("Sounds", files), label=_l("Choose a recording (MP3, OGG or M4A)")),
                "remove": BooleanField(_l("Take the recordings away")),
            },
        ),
        label=_l("Your own voice (without it, a voice made by the server reads)"),
    )


class Boxes(SelectMultipleField):
    """Several of a list, each with a box to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


def per_cent(label: LazyString) -> StringField:
    """A place on a picture, along one of its sides."""
    return StringField(label, [Length(max=8), Wanted()])


def rows(fields: dict[str, Any], label: LazyString, most: int) -> FieldList:
    """As many rows as there may be; those left empty do not count."""
    return FieldList(FormField(form_of("Row", {"key": HiddenField(), **fields})), label=label, min_entries=most)


def written(file: Any) -> str:
    """Return what a document says of a file as the hidden field keeps it."""
    return json.dumps(file) if file else ""


def read_back(kept: str | None) -> Any:
    """Return what the hidden field keeps; anything else than a name or names is nothing."""
    try:
        file = json.loads(kept or "null")
    except ValueError:
        return None
    return file if isinstance(file, str | dict) else None


def file_of(kept: str | None) -> str | None:
    """Return the name of a picture that the hidden field keeps, the first if there is one for each language."""
    file = read_back(kept)
    return next((one for one in file.values() if isinstance(one, str)), None) if isinstance(file, dict) else file


def says_something(data: Any) -> bool:
    """Whether anything was written into the fields of a row."""
    if isinstance(data, dict):
        return any(says_something(value) for name, value in data.items() if name != "correct")
    return bool(data)
