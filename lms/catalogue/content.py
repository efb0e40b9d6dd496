"""The document a module consists of, and the rules that make it whole.

The same document is written in `module.yaml`, kept in a draft and frozen in an
edition. Its text format is described for authors in `docs/module-format.md`, and its
JSON Schema is `ModuleContent.model_json_schema()`.
"""

import math
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

FORMAT = "etabli-module/1"

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Markdown = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000)]
MediaPath = Annotated[str, StringConstraints(pattern=r"^media/[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]

Words = Annotated[dict[Language, Line], Field(min_length=1)]
"""One line of plain text in each language."""

Prose = Annotated[dict[Language, Markdown], Field(min_length=1)]
"""Markdown (paragraphs, bold, italic, lists, links; no HTML) in each language."""

MediaByLanguage = MediaPath | Annotated[dict[Language, MediaPath], Field(min_length=1)]
"""One file for every reader, or one for each language."""


class Part(BaseModel):
    """A piece of a module: unknown fields are faults, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Picture(Part):
    """A picture with the words that stand for it when it cannot be seen."""

    file: MediaByLanguage
    alt: Words


class Video(Part):
    """A video; captions (WebVTT) in each language of the module, for a noisy shop floor."""

    file: MediaByLanguage
    captions: Annotated[dict[Language, MediaPath], Field(min_length=1)]
    poster: MediaPath | None = None


class TextCard(Part):
    """Something to read, at most about 60 words."""

    card: Literal["text"]
    key: Key
    title: Words
    body: Prose
    picture: Picture | None = None


class PictureCard(Part):
    """Something to look at, with a sentence beneath."""

    card: Literal["picture"]
    key: Key
    title: Words
    picture: Picture
    body: Prose | None = None


class VideoCard(Part):
    """Something to watch, with captions."""

    card: Literal["video"]
    key: Key
    title: Words
    video: Video
    body: Prose | None = None


class Step(Part):
    """One thing to do, in its turn."""

    text: Words
    picture: Picture | None = None


class StepsCard(Part):
    """A procedure: two to eight steps in order."""

    card: Literal["steps"]
    key: Key
    title: Words
    steps: Annotated[list[Step], Field(min_length=2, max_length=8)]


class SafetyCard(Part):
    """A safety notice: what must, must not or may hurt."""

    card: Literal["safety"]
    key: Key
    title: Words
    level: Literal["danger", "warning", "mandatory", "prohibited", "information"]
    body: Prose
    picture: Picture | None = None


class Feedback(Part):
    """What a learner reads after answering: it explains, it does not judge."""

    correct: Words
    incorrect: Words


class Option(Part):
    """One possible choice."""

    key: Key
    text: Words
    correct: bool = False
    feedback: Words | None = None


class _Question(Part):
    key: Key
    prompt: Words
    picture: Picture | None = None
    feedback: Feedback
    points: Annotated[int, Field(ge=1, le=10)] = 1


class _Choice(_Question):
    options: Annotated[list[Option], Field(min_length=2, max_length=6)]

    @model_validator(mode="after")
    def _keys_differ(self) -> "_Choice":
        refuse_repeats([option.key for option in self.options])
        return self


class SingleChoice(_Choice):
    """One right option among two to six."""

    question: Literal["single"]

    @model_validator(mode="after")
    def _one_is_right(self) -> "SingleChoice":
        if sum(option.correct for option in self.options) != 1:
            raise PydanticCustomError("question.one_correct", "exactly one option must be correct")
        return self


class MultipleChoice(_Choice):
    """One or more right options; all of them and no other make the answer right."""

    question: Literal["multiple"]

    @model_validator(mode="after")
    def _some_are_right(self) -> "MultipleChoice":
        if not any(option.correct for option in self.options):
            raise PydanticCustomError("question.some_correct", "at least one option must be correct")
        return self


class TrueFalse(_Question):
    """A statement that holds or does not."""

    question: Literal["true_false"]
    answer: bool


class Numeric(_Question):
    """A number; right within the tolerance, bounds included."""

    question: Literal["numeric"]
    answer: float
    tolerance: Annotated[float, Field(ge=0)] = 0
    unit: Words | None = None

    @field_validator("answer", "tolerance")
    @classmethod
    def _finite(cls, value: float) -> float:
        if not math.isfinite(value):
            raise PydanticCustomError("question.finite", "a number must be finite")
        return value


class Item(Part):
    """One thing to put in its place."""

    key: Key
    text: Words


class Ordering(_Question):
    """Things to put in order; the file lists them in the right one."""

    question: Literal["ordering"]
    items: Annotated[list[Item], Field(min_length=3, max_length=6)]

    @model_validator(mode="after")
    def _keys_differ(self) -> "Ordering":
        refuse_repeats([item.key for item in self.items])
        return self


class Pair(Part):
    """Two things that belong together."""

    key: Key
    left: Words
    right: Words


class Matching(_Question):
    """Things to bring together; the file lists each with its own."""

    question: Literal["matching"]
    pairs: Annotated[list[Pair], Field(min_length=2, max_length=6)]

    @model_validator(mode="after")
    def _keys_differ(self) -> "Matching":
        refuse_repeats([pair.key for pair in self.pairs])
        return self


Card = Annotated[TextCard | PictureCard | VideoCard | StepsCard | SafetyCard, Field(discriminator="card")]
Question = Annotated[
    SingleChoice | MultipleChoice | TrueFalse | Numeric | Ordering | Matching, Field(discriminator="question")
]
CARDS = (TextCard, PictureCard, VideoCard, StepsCard, SafetyCard)
QUESTIONS = (SingleChoice, MultipleChoice, TrueFalse, Numeric, Ordering, Matching)


class ModuleContent(Part):
    """A whole module, in one or more languages; the first listed is the original."""

    format: Literal["etabli-module/1"]
    code: Key
    languages: Annotated[list[Language], Field(min_length=1, max_length=12)]
    title: Words
    summary: Words
    minutes: Annotated[int, Field(ge=1, le=30)]
    pass_mark: Annotated[float, Field(gt=0, le=1)] = 0.8
    """Share of the points that passes, 0 to 1."""
    max_attempts: Annotated[int, Field(ge=1, le=20)] | None = None
    """How often the questions may be taken; no limit when absent."""
    local_rule: Words | None = None
    """What the plant's own rule decides, where this module cannot."""
    sources: list[Line] = []
    """Where the facts can be checked."""
    blocks: Annotated[list[Card | Question], Field(min_length=1, max_length=60)]

    @model_validator(mode="after")
    def _whole(self) -> "ModuleContent":
        refuse_repeats(self.languages)
        refuse_repeats([block.key for block in self.blocks])
        return self

    @property
    def questions(self) -> "list[Question]":
        """The questions, in order."""
        return [block for block in self.blocks if isinstance(block, QUESTIONS)]

    @property
    def points(self) -> int:
        """What a faultless attempt earns."""
        return sum(question.points for question in self.questions)

    def block(self, key: str) -> "Card | Question | None":
        """Return the block with that key, or None."""
        return next((block for block in self.blocks if block.key == key), None)


def refuse_repeats(keys: list[str]) -> None:
    """Raise `content.repeated_key` naming a key given twice."""
    repeated = [key for key, count in Counter(keys).items() if count > 1]
    if repeated:
        raise PydanticCustomError("content.repeated_key", "the key {key} is used twice", {"key": repeated[0]})


def media_paths(part: Part) -> Iterator[tuple[str, str]]:
    """Yield (field path, media file) for each file the part refers to."""
    for path, value in _leaves(part.model_dump(), ""):
        if isinstance(value, str) and path.rsplit(".", 1)[-1] != "text" and value.startswith("media/"):
            yield path, value


def missing_translations(content: ModuleContent) -> Iterator[tuple[str, str]]:
    """Yield (field path, language) for each text that lacks one of the module's languages."""
    for path, value in _mappings(content.model_dump(exclude={"sources"}), ""):
        if _by_language(value):
            for language in content.languages:
                if language not in value:
                    yield path, language


def _by_language(value: dict[str, object]) -> bool:
    return bool(value) and all(
        isinstance(text, str) and len(key) <= 6 and key[:2].islower() and key not in _FIELDS
        for key, text in value.items()
    )


_FIELDS = frozenset({"card", "key", "file", "alt", "text", "left", "right", "unit", "level", "body", "code", "title"})


def _mappings(value: object, path: str) -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(value, dict):
        yield path, value
        for key, child in value.items():
            yield from _mappings(child, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list | tuple):
        for index, child in enumerate(value):
            yield from _mappings(child, f"{path}.{index}".lstrip("."))


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _leaves(child, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list | tuple):
        for index, child in enumerate(value):
            yield from _leaves(child, f"{path}.{index}".lstrip("."))
    else:
        yield path, value
