"""Form fields for the parts of a block, in each language of the module.

What a form gives (`data`) has the shape of the document, so that `blocks.py` has little to
turn round.
"""

import json
from collections.abc import Iterator
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from lms.catalogue import captions
from lms.catalogue.captions import Cue
from lms.catalogue.fields import LONGEST_LINE
from lms.kernel.languages import direction, own_name
from lms.kernel.refusals import FileRefused, Problem
from lms.kernel.rich_text import LONGEST
from lms.web.shared.problems import worded

KIOSK_PICTURES = [(586, 296), (453, 272)]
"""Room that a picture with places has at a kiosk of 1280 × 720 and of 820 × 512, in CSS px, after `kiosk.css`."""


def form_of(name: str, fields: dict[str, Any]) -> type[Form]:
    """Return a form class with these fields."""
    return type(name, (Form,), fields)


class Wanted:
    """Says that a text is wanted before publishing; a draft is saved without it."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Accept anything."""


class Part(FormField):
    """Fields that belong together; `layout` names the macro of `fields.html` that draws them.

    What is `folded` is optional, and shown as one line until something is in it.
    """

    def __init__(self, *args: Any, layout: str = "together", folded: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.layout, self.folded = layout, folded


class Rows(FieldList):
    """As many rows as there may be; those left empty do not count.

    `one` names a row and `add` is what adds the next; `least` of them are shown at once. `layout` is how a row
    is drawn, and `heap` whether several pictures chosen at once make a row each.
    """

    def __init__(
        self,
        *args: Any,
        one: LazyString,
        add: LazyString,
        least: int = 2,
        layout: str = "plain",
        heap: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.one, self.add, self.least, self.layout, self.heap = one, add, least, layout, heap


class Right(RadioField):
    """Which row is the right one, by its number from 0; drawn within the rows."""


def in_each(languages: list[str], kind: type[Field], *args: Any, **shown: Any) -> dict[str, Any]:
    """Return a field for each language, which knows how it is spelt and in which direction it runs."""
    return {
        language: kind(own_name(language), *args, render_kw={"lang": language, "dir": direction(language), **shown})
        for language in languages
    }


def words(
    languages: list[str],
    label: LazyString,
    *,
    wanted: bool = True,
    rows: int = 1,
    example: LazyString | None = None,
) -> FormField:
    """One line of text in each language, shown on so many rows."""
    checks: list[Any] = [Length(max=LONGEST_LINE), *([Wanted()] if wanted else [])]
    kind, shown = (TextAreaField, {"rows": rows}) if rows > 1 else (StringField, {})
    fields = in_each(languages, kind, checks, **shown)
    return Part(form_of("Words", fields), label=label, layout="words", folded=not wanted, description=example or "")


def prose(languages: list[str], label: LazyString, *, wanted: bool = True) -> FormField:
    """Several paragraphs in each language."""
    checks: list[Any] = [Length(max=LONGEST), *([Wanted()] if wanted else [])]
    fields = in_each(languages, TextAreaField, checks, rows=5, **{"data-prose": ""})
    return Part(form_of("Prose", fields), label=label, layout="prose", folded=not wanted)


def picture(languages: list[str], label: LazyString, *, folded: bool = False) -> FormField:
    """A picture: the one there is, another instead, and the words that stand for it."""
    return Part(
        form_of(
            "PictureFields",
            {
                "kept": HiddenField(),
                "upload": FileField(
                    _l("Choose a picture (SVG, PNG, JPEG, WebP or HEIC)"), render_kw={"accept": "image/*"}
                ),
                "remove": BooleanField(_l("Take the picture away")),
                "alt": words(
                    languages,
                    _l("What the picture shows, in words"),
                    rows=2,
                    example=_l(
                        "For whoever cannot see it, and for the voice that reads aloud: “A hand on the red lever”."
                    ),
                ),
            },
        ),
        label=label,
        layout="picture",
        folded=folded,
    )


def video(languages: list[str], label: LazyString) -> FormField:
    """A video, and its captions in each language: written, or as a file."""
    captions = {
        language: FileField(own_name(language), [Readable()], render_kw={"accept": ".vtt,.srt"})
        for language in languages
    }
    cues = in_each(languages, TextAreaField, [Readable()], rows=6, spellcheck="true")
    return Part(
        form_of(
            "VideoFields",
            {
                "kept": HiddenField(),
                "upload": FileField(_l("Choose a video (MP4 or WebM)"), render_kw={"accept": "video/*"}),
                "captions": FormField(form_of("Captions", captions), label=_l("Captions as a file (WebVTT or SRT)")),
                "cues": FormField(
                    form_of("Cues", cues), label=_l("Captions as text (WebVTT or SRT); empty: those there are stay")
                ),
            },
        ),
        label=label,
        layout="video",
    )


class Readable:
    """Refuses captions that cannot be read, and says which line and what to do."""

    def __call__(self, form: Any, field: Any) -> None:
        """Read the file or the text of the field."""
        given = field.data
        if not given:
            return
        try:
            read_captions(given)
        except FileRefused as refused:
            raise ValidationError(" ".join(in_line(problem) for problem in refused.problems[:3])) from refused


def in_line(problem: Problem) -> str:
    """Word a fault of a text, with its line."""
    said = worded(problem)
    return _("Line %(line)s: %(what)s", line=problem.line, what=said) if problem.line else said


def read_captions(given: Any) -> list[Cue]:
    """Return the cues of a file or a text; raises FileRefused."""
    if isinstance(given, str):
        return captions.read(given.encode())
    data: bytes = given.stream.read(captions.LARGEST + 1)
    given.stream.seek(0)
    return captions.read(data, given.filename or "")


def sound(languages: list[str]) -> FormField:
    """Somebody's recording of a card or question, in as many languages as there is one."""
    files = {language: FileField(own_name(language), render_kw={"accept": "audio/*"}) for language in languages}
    return Part(
        form_of(
            "SoundFields",
            {
                "kept": HiddenField(),
                "files": FormField(form_of("Sounds", files), label=_l("Choose a recording (MP3, OGG or M4A)")),
                "remove": BooleanField(_l("Take the recordings away")),
            },
        ),
        label=_l("Your own voice (without it, a voice made by the server reads)"),
        layout="sound",
        folded=True,
    )


class Boxes(SelectMultipleField):
    """Several of a list, each with a box to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class Signs(Boxes):
    """Safety signs, each with its drawing."""


def per_cent(label: LazyString) -> StringField:
    """A place on a picture, along one of its sides."""
    return StringField(label, [Length(max=8), Wanted()], render_kw={"inputmode": "decimal"})


def size(label: LazyString) -> StringField:
    """How wide a place on a picture is; it may be left to the kiosk."""
    return StringField(label, [Length(max=8)], render_kw={"inputmode": "decimal"})


def right(most: int) -> Right:
    """Which of so many rows is the right one."""
    choices = [SelectChoice(str(number), _l("This is the right one")) for number in range(most)]
    return Right(_l("The right one"), [Optional()], choices=choices)


def rows(fields: dict[str, Any], label: LazyString, most: int, **options: Any) -> FieldList:
    """As many rows as there may be; those left empty do not count."""
    return Rows(FormField(form_of("Row", {"key": HiddenField(), **fields})), label=label, min_entries=most, **options)


def faulty(form: Any, labels: tuple[str, ...] = ()) -> Iterator[tuple[Field, tuple[str, ...]]]:
    """Yield each field with faults, however deep it lies, with the labels on the way to it."""
    for field in form:
        if isinstance(field, FieldList):
            for number, row in enumerate(field, start=1):
                yield from faulty(row.form, (*labels, f"{getattr(field, 'one', field.label.text)} {number}"))
        elif isinstance(field, FormField):
            yield from faulty(field.form, (*labels, str(field.label.text)))
        elif field.errors:
            yield field, (*labels, str(field.label.text))


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


def video_of(kept: str | None) -> str | None:
    """Return the name of a video that the hidden field keeps."""
    video = read_back(kept)
    file = video.get("file") if isinstance(video, dict) else None
    return file_of(written(file))


def captions_of(kept: str | None, language: str) -> str | None:
    """Return the name of the captions in a language that the hidden field of a video keeps."""
    video = read_back(kept)
    files = video.get("captions") if isinstance(video, dict) else None
    return files.get(language) if isinstance(files, dict) else None


def sound_of(kept: str | None, language: str) -> str | None:
    """Return the name of the recording in a language that the hidden field keeps."""
    files = read_back(kept)
    return files.get(language) if isinstance(files, dict) else None


def is_said(field: Field) -> bool:
    """Whether a field holds anything else than what it holds by itself, or a fault."""
    return bool(field.errors) or (says_something(field.data) and field.data != field.default)


def says_something(data: Any) -> bool:
    """Whether anything was written into the fields of a row; its key alone says nothing."""
    if isinstance(data, dict):
        return any(says_something(value) for name, value in data.items() if name not in ("correct", "key"))
    return bool(data)
