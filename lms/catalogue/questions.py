"""The questions of a module, each with its right answer."""

import math
import re
from typing import Annotated, Literal

from pydantic import Field, Strict, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lms.catalogue.cards import Picture, Place, Speaking, refuse_crowding
from lms.catalogue.fields import Key, Part, Words, refuse_repeats

GAP = re.compile(r"\[([a-z0-9][a-z0-9-]{0,39})\]")
"""Where a word is missing in a sentence: the gap's key between brackets."""


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


class _Question(Speaking):
    prompt: Words
    picture: Picture | None = None
    feedback: Feedback
    points: Annotated[int, Field(ge=1, le=10)] = 1
    pool: Key | None = None
    """The pool it is drawn from; an attempt may leave it out."""
    form: Literal["A", "B"] | None = None
    """The one of two equal forms it belongs to; an attempt asks one of them."""
    reserved: bool = False
    """Kept to measure what stays: asked in a test alone, never in practice nor where it is taught."""

    @model_validator(mode="after")
    def _in_a_pool_or_a_form(self) -> "_Question":
        if self.pool and self.form:
            raise PydanticCustomError("question.pool_or_form", "a question is in a pool or in a form, not in both")
        return self


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


class HotspotPlace(Place):
    """A place on a picture that may be chosen."""

    correct: bool = False
    feedback: Words | None = None


class Hotspot(_Question):
    """One or more right places on a picture, among two to eight; all of them and no other make the answer right."""

    question: Literal["hotspot"]
    picture: Picture
    places: Annotated[list[HotspotPlace], Field(min_length=2, max_length=8)]

    @model_validator(mode="after")
    def _some_are_right(self) -> "Hotspot":
        refuse_crowding(self.places)
        if not any(place.correct for place in self.places):
            raise PydanticCustomError("question.some_correct", "at least one option must be correct")
        return self

    @property
    def several(self) -> bool:
        """Whether more than one place has to be found; the learner is told so much."""
        return sum(place.correct for place in self.places) > 1


class Gap(Part):
    """A place where a word is missing, and the word."""

    key: Key
    word: Words


class Gaps(_Question):
    """A sentence in which words are missing, and a list of words to choose from."""

    question: Literal["gaps"]
    text: Words
    """Each gap once, as its key between brackets: `Turn [a], then press [b].`"""
    gaps: Annotated[list[Gap], Field(min_length=1, max_length=4)]
    others: Annotated[list[Words], Field(min_length=1, max_length=4)]
    """Words that fit nowhere."""

    @model_validator(mode="after")
    def _each_gap_once(self) -> "Gaps":
        keys = [gap.key for gap in self.gaps]
        refuse_repeats(keys)
        for language, text in self.text.items():
            if sorted(GAP.findall(text)) != sorted(keys):
                raise PydanticCustomError(
                    "question.gaps",
                    "the sentence must hold each gap once",
                    {"language": language, "gaps": " ".join(f"[{key}]" for key in keys)},
                )
        return self


class PictureOption(Part):
    """A picture that may be chosen."""

    key: Key
    picture: Picture
    text: Words | None = None
    correct: bool = False
    feedback: Words | None = None


class PictureChoice(_Question):
    """One right picture among two to six."""

    question: Literal["picture_choice"]
    options: Annotated[list[PictureOption], Field(min_length=2, max_length=6)]

    @model_validator(mode="after")
    def _one_is_right(self) -> "PictureChoice":
        refuse_repeats([option.key for option in self.options])
        if sum(option.correct for option in self.options) != 1:
            raise PydanticCustomError("question.one_correct", "exactly one option must be correct")
        return self


ChoiceQuestion = SingleChoice | MultipleChoice | Hotspot | PictureChoice
"""The kinds of questions whose answer is chosen from a list."""
Question = ChoiceQuestion | TrueFalse | Numeric | Ordering | Matching | Gaps
QUESTIONS = {
    "single": SingleChoice,
    "multiple": MultipleChoice,
    "true_false": TrueFalse,
    "numeric": Numeric,
    "ordering": Ordering,
    "matching": Matching,
    "hotspot": Hotspot,
    "gaps": Gaps,
    "picture_choice": PictureChoice,
}


def choices(question: ChoiceQuestion) -> list[Option | PictureOption | HotspotPlace]:
    """Return what there is to choose from."""
    return [*question.places] if isinstance(question, Hotspot) else [*question.options]
