"""The blocks of a module: cards to read or see, questions to answer."""

import math
from collections import Counter
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Strict, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lms.catalogue.fields import BlockKey, FileByLanguage, Key, MediaByLanguage, MediaPath, Part, Prose, Words
from lms.kernel.documents import tag


class Picture(Part):
    """A picture with the words that stand for it when it cannot be seen."""

    file: MediaByLanguage
    alt: Words


class Video(Part):
    """A video; captions (WebVTT) in each language of the module, for a noisy shop floor."""

    file: MediaByLanguage
    captions: FileByLanguage
    poster: MediaPath | None = None


class TextCard(Part):
    """Something to read, at most about 60 words."""

    card: Literal["text"]
    key: BlockKey
    title: Words
    body: Prose
    picture: Picture | None = None


class PictureCard(Part):
    """Something to look at, with a sentence beneath."""

    card: Literal["picture"]
    key: BlockKey
    title: Words
    picture: Picture
    body: Prose | None = None


class VideoCard(Part):
    """Something to watch, with captions."""

    card: Literal["video"]
    key: BlockKey
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
    key: BlockKey
    title: Words
    steps: Annotated[list[Step], Field(min_length=2, max_length=8)]


class SafetyCard(Part):
    """A safety notice: what must, must not or may hurt."""

    card: Literal["safety"]
    key: BlockKey
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
    key: BlockKey
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
    answer: Annotated[float, Strict()]
    tolerance: Annotated[float, Strict(), Field(ge=0)] = 0
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


CARDS = {"text": TextCard, "picture": PictureCard, "video": VideoCard, "steps": StepsCard, "safety": SafetyCard}
QUESTIONS = {
    "single": SingleChoice,
    "multiple": MultipleChoice,
    "true_false": TrueFalse,
    "numeric": Numeric,
    "ordering": Ordering,
    "matching": Matching,
}

Card = TextCard | PictureCard | VideoCard | StepsCard | SafetyCard
Question = SingleChoice | MultipleChoice | TrueFalse | Numeric | Ordering | Matching


def kind_of(block: Any) -> str | None:
    """Return the kind of a block, valid or not (`text`, `single`…), or None when it says none."""
    if not isinstance(block, dict):
        return getattr(block, "card", None) or getattr(block, "question", None)
    kind = block.get("question") if "question" in block else block.get("card")
    known = QUESTIONS if "question" in block else CARDS
    return kind if isinstance(kind, str) and kind in known else None


def _of_a_known_kind(block: Any) -> Any:
    if kind_of(block) is not None:
        return block
    said = [name for name in ("card", "question") if isinstance(block, dict) and name in block]
    if not said:
        raise PydanticCustomError("content.block_without_kind", "a block says `card:` or `question:`")
    known = QUESTIONS if "question" in said else CARDS
    raise PydanticCustomError(
        "content.unknown_block", "unknown kind of block", {"kind": str(block[said[-1]]), "known": ", ".join(known)}
    )


Block = Annotated[
    Annotated[TextCard, tag("text")]
    | Annotated[PictureCard, tag("picture")]
    | Annotated[VideoCard, tag("video")]
    | Annotated[StepsCard, tag("steps")]
    | Annotated[SafetyCard, tag("safety")]
    | Annotated[SingleChoice, tag("single")]
    | Annotated[MultipleChoice, tag("multiple")]
    | Annotated[TrueFalse, tag("true_false")]
    | Annotated[Numeric, tag("numeric")]
    | Annotated[Ordering, tag("ordering")]
    | Annotated[Matching, tag("matching")],
    Discriminator(lambda block: f"<{kind_of(block)}>"),
    BeforeValidator(_of_a_known_kind),
]


def refuse_repeats(keys: list[str]) -> None:
    """Raise `content.repeated_key` naming a key given twice."""
    repeated = [key for key, count in Counter(keys).items() if count > 1]
    if repeated:
        raise PydanticCustomError("content.repeated_key", "the key {key} is used twice", {"key": repeated[0]})
