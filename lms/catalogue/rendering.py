"""The player's document: what a kiosk is sent of an edition.

Texts by language; Markdown already safe HTML; files by their digest; no answer key. A block
says its `kind` and `key`, and by kind:

    text       title, body, picture or None
    picture    title, picture, body or None
    video      title, video {file, captions, poster or None}, body or None
    steps      title, steps [{text, picture or None}]
    safety     title, level, signs [{number, text}], body, picture or None
    spots      title, picture, spots [{key, x, y, text, body}], x and y in per cent, size too where it is given
    flip       title, front and back {body, picture or None}
    checklist  title, body or None, checks [{text}]
    compare    title, before, after (pictures), body or None
    document   title, picture or None, body or None, source
    (question) prompt, picture or None, points, and its `pool` or `form` if it has one, and
    single, multiple   options [{key, text}]
    picture_choice     options [{key, text or None, picture}]
    hotspot            places [{key, x, y, text}] with their size, several
    numeric            unit or None
    ordering           items [{key, text}], shuffled
    matching           lefts [{key, text}], rights [{token, text}], shuffled
    gaps               pieces by language [text or {gap: key}], gaps [key] in the order of the file,
                       rights [{token, text}], shuffled

Each block has `sound` too, the author's recordings: a digest by language, for some languages or none.
`file` is a digest by language; `picture` has `file` and `alt`.
"""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from lms.catalogue.blocks import Block, kind_of
from lms.catalogue.cards import (
    ChecklistCard,
    CompareCard,
    DocumentCard,
    Face,
    FlipCard,
    Picture,
    PictureCard,
    Place,
    SafetyCard,
    SpotsCard,
    StepsCard,
    TextCard,
    Video,
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
    SingleChoice,
    TrueFalse,
)
from lms.catalogue.shuffling import other, shuffled, token
from lms.catalogue.signs import SIGNS
from lms.kernel.rich_text import from_markdown

Document = dict[str, Any]
Media = Mapping[str, str]
"""Name in the document (`media/…`) to digest."""


def player(content: ModuleContent, media: Media, salt: str) -> Document:
    """Return the player's document of a module; `salt` is the edition's digest."""
    return {
        "code": content.code,
        "languages": content.languages,
        "title": content.title,
        "summary": content.summary,
        "minutes": content.minutes,
        "pass_mark": content.pass_mark,
        "max_attempts": content.max_attempts,
        "confidence": content.confidence,
        "local_rule": content.local_rule,
        "sources": content.sources,
        "points": content.points,
        **({"pools": {pool.key: pool.draw for pool in content.pools}} if content.pools else {}),
        "blocks": [player_block(block, content.languages, media, salt) for block in content.blocks],
    }


def player_block(block: Block, languages: list[str], media: Media, salt: str) -> Document:
    """Return one block as a kiosk shows it."""
    files = _Files(languages, media)
    sound = files.digests(block.sound) if block.sound else {}
    return {"kind": kind_of(block), "key": block.key, "sound": sound, **_shown(block, files, salt)}


class _Files:
    """Finds the digest of each file, and the meaning of each sign, in each language."""

    def __init__(self, languages: list[str], media: Media) -> None:
        self._languages, self._media = languages, media

    def digests(self, file: str | dict[str, str]) -> dict[str, str]:
        named = dict.fromkeys(self._languages, file) if isinstance(file, str) else file
        return {language: self._media[name] for language, name in named.items()}

    def sign(self, number: str) -> dict[str, str]:
        return {language: SIGNS[number].get(language, SIGNS[number]["en"]) for language in self._languages}

    def picture(self, picture: Picture | None) -> Document | None:
        return {"file": self.digests(picture.file), "alt": picture.alt} if picture else None

    def video(self, video: Video) -> Document:
        return {
            "file": self.digests(video.file),
            "captions": self.digests(video.captions),
            "poster": video.poster and self._media[video.poster],
        }


@singledispatch
def _shown(block: Any, files: _Files, salt: str) -> Document:
    raise TypeError(type(block))


@_shown.register(TextCard)
@_shown.register(PictureCard)
def _(block: TextCard | PictureCard, files: _Files, salt: str) -> Document:
    return {"title": block.title, "body": _html(block.body), "picture": files.picture(block.picture)}


@_shown.register(VideoCard)
def _(block: VideoCard, files: _Files, salt: str) -> Document:
    return {"title": block.title, "body": _html(block.body), "video": files.video(block.video)}


@_shown.register(StepsCard)
def _(block: StepsCard, files: _Files, salt: str) -> Document:
    steps = [{"text": step.text, "picture": files.picture(step.picture)} for step in block.steps]
    return {"title": block.title, "steps": steps}


@_shown.register(SafetyCard)
def _(block: SafetyCard, files: _Files, salt: str) -> Document:
    signs = [{"number": number, "text": files.sign(number)} for number in block.signs]
    said = {"title": block.title, "level": block.level, "signs": signs, "body": _html(block.body)}
    return said | {"picture": files.picture(block.picture)}


def _place(place: Place) -> Document:
    shown = {"key": place.key, "x": place.x, "y": place.y, "text": place.text}
    return shown | ({"size": place.size} if place.size else {})


@_shown.register(SpotsCard)
def _(block: SpotsCard, files: _Files, salt: str) -> Document:
    spots = [_place(one) | {"body": one.body} for one in block.spots]
    return {"title": block.title, "picture": files.picture(block.picture), "spots": spots}


@_shown.register(FlipCard)
def _(block: FlipCard, files: _Files, salt: str) -> Document:
    return {"title": block.title, "front": _face(block.front, files), "back": _face(block.back, files)}


@_shown.register(ChecklistCard)
def _(block: ChecklistCard, files: _Files, salt: str) -> Document:
    return {"title": block.title, "body": _html(block.body), "checks": [{"text": one.text} for one in block.checks]}


@_shown.register(CompareCard)
def _(block: CompareCard, files: _Files, salt: str) -> Document:
    both = {"before": files.picture(block.before), "after": files.picture(block.after)}
    return {"title": block.title, **both, "body": _html(block.body)}


@_shown.register(DocumentCard)
def _(block: DocumentCard, files: _Files, salt: str) -> Document:
    page = {"picture": files.picture(block.picture), "body": _html(block.body)}
    return {"title": block.title, **page, "source": block.source}


@_shown.register(TrueFalse)
def _(block: TrueFalse, files: _Files, salt: str) -> Document:
    return _question(block, files)


@_shown.register(SingleChoice)
@_shown.register(MultipleChoice)
def _(block: SingleChoice | MultipleChoice, files: _Files, salt: str) -> Document:
    options = [{"key": option.key, "text": option.text} for option in block.options]
    return _question(block, files) | {"options": options}


@_shown.register(Numeric)
def _(block: Numeric, files: _Files, salt: str) -> Document:
    return _question(block, files) | {"unit": block.unit}


@_shown.register(Ordering)
def _(block: Ordering, files: _Files, salt: str) -> Document:
    texts = {item.key: item.text for item in block.items}
    order = shuffled(list(texts), block.key, salt)
    return _question(block, files) | {"items": [{"key": key, "text": texts[key]} for key in order]}


@_shown.register(Matching)
def _(block: Matching, files: _Files, salt: str) -> Document:
    rights = {pair.key: pair.right for pair in block.pairs}
    order = shuffled(list(rights), block.key, salt)
    return _question(block, files) | {
        "lefts": [{"key": pair.key, "text": pair.left} for pair in block.pairs],
        "rights": [{"token": token(key, block.key, salt), "text": rights[key]} for key in order],
    }


@_shown.register(PictureChoice)
def _(block: PictureChoice, files: _Files, salt: str) -> Document:
    options = [
        {"key": option.key, "text": option.text, "picture": files.picture(option.picture)} for option in block.options
    ]
    return _question(block, files) | {"options": options}


@_shown.register(Hotspot)
def _(block: Hotspot, files: _Files, salt: str) -> Document:
    return _question(block, files) | {"places": [_place(one) for one in block.places], "several": block.several}


@_shown.register(Gaps)
def _(block: Gaps, files: _Files, salt: str) -> Document:
    words = {gap.key: gap.word for gap in block.gaps}
    words |= {other(place): text for place, text in enumerate(block.others)}
    order = shuffled(list(words), block.key, salt)
    return _question(block, files) | {
        "pieces": {language: _pieces(text) for language, text in block.text.items()},
        "gaps": [gap.key for gap in block.gaps],
        "rights": [{"token": token(key, block.key, salt), "text": words[key]} for key in order],
    }


def _pieces(text: str) -> list[Any]:
    # A pattern with one group splits into texts and keys, in turn.
    parts = GAP.split(text)
    pieces = [{"gap": part} if place % 2 else part for place, part in enumerate(parts)]
    return [piece for piece in pieces if piece]


def _face(face: Face, files: _Files) -> Document:
    return {"body": _html(face.body), "picture": files.picture(face.picture)}


def _question(block: Any, files: _Files) -> Document:
    asked = {"prompt": block.prompt, "picture": files.picture(block.picture), "points": block.points}
    drawn = {"pool": block.pool, "form": block.form}
    return asked | {name: value for name, value in drawn.items() if value}


def _html(body: dict[str, str] | None) -> dict[str, str] | None:
    # A kiosk shows no way out: the words of a link stay, its address goes.
    return body and {language: str(from_markdown(text, links=False)) for language, text in body.items()}
