"""An instrument as a document: the same shape in its file, in the database and on its pages."""

from collections import Counter
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_serializer, model_validator
from pydantic_core import PydanticCustomError

from lms.surveys.scales import FIVE, LANGUAGES, RATED, THREE, Scale, Words, answers_on
from lms.surveys.scales import LABELS as SCALE_LABELS

FORMAT: Literal["etabli-instrument/1"] = "etabli-instrument/1"
MOST_ITEMS = 40
MOST_ON_A_SCREEN = 4

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,19}$")]
ItemKey = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{0,19}$")]
FacetKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]

LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class Scoring(StrEnum):
    """What becomes of the answers."""

    MEAN = "mean"
    """Percent of maximum possible over all rated items."""
    PROFILE = "profile"
    """Facets only: there is no total, and no good or bad end."""
    TWO_ITEMS = "two_items"
    """Two items as UMUX-Lite is scored."""
    ALTERNATING = "alternating"
    """Ten items, every second one reversed, as SUS is scored."""
    RECOMMENDATION = "recommendation"
    """One item from 0 to 10: promoters less detractors."""


class Element(StrEnum):
    """The elements of readiness for change (ADKAR), in their order."""

    AWARENESS = "awareness"
    DESIRE = "desire"
    KNOWLEDGE = "knowledge"
    ABILITY = "ability"
    REINFORCEMENT = "reinforcement"


class Part(BaseModel):
    """A piece of an instrument: unknown fields are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class BothLanguages(Part):
    """A text in French and in English; in Arabic too where operators read it and somebody has translated it."""

    fr: Text
    en: Text
    ar: Text | None = None

    @property
    def words(self) -> Words:
        """The text by language."""
        return {"fr": self.fr, "en": self.en} | ({"ar": self.ar} if self.ar else {})

    @model_serializer
    def _said(self) -> Words:
        return self.words


class Remark(BothLanguages):
    """A longer text in French and in English."""

    fr: LongText
    en: LongText


class Item(Part):
    """One thing that is asked."""

    key: ItemKey
    text: BothLanguages
    scale: Scale = Scale.AGREEMENT
    facet: FacetKey | None = None
    element: Element | None = None
    reversed: bool = False
    """A high answer means little of what is measured; our own items are never so."""
    pictograms: bool = True
    """Whether a kiosk draws a gauge beside the words of each answer."""
    options: Annotated[list[BothLanguages], Field(max_length=6)] = []

    @model_validator(mode="after")
    def _options_with_a_choice(self) -> Self:
        if (self.scale is Scale.CHOICE) != (len(self.options) >= 2):
            raise PydanticCustomError("survey.options", "A choice has two options or more, another scale has none.")
        return self

    @property
    def rated(self) -> bool:
        """Whether the answers are points on a scale."""
        return self.scale in RATED

    def answers(self, points: int) -> range:
        """Return the answers that the item takes."""
        return answers_on(self.scale, points, len(self.options))

    def labels(self, points: int) -> list[Words]:
        """Return the words of the answers, in their order."""
        if self.scale is Scale.CHOICE:
            return [option.words for option in self.options]
        if self.scale is Scale.RECOMMENDATION:
            return [dict.fromkeys(LANGUAGES, str(answer)) for answer in self.answers(points)]
        return list(SCALE_LABELS[self.scale, points])


class InstrumentContent(Part):
    """A whole instrument."""

    format: Literal["etabli-instrument/1"] = FORMAT
    code: Code
    version: Annotated[int, Field(ge=1)] = 1
    title: BothLanguages
    purpose: BothLanguages
    """What it asks about, in a sentence for whoever chooses it."""
    source: Remark | None = None
    """Where wording and scoring come from, and what must not be concluded."""
    scoring: Scoring = Scoring.MEAN
    labelled: bool = False
    """Whether a score has a word: to be supported, in between, at ease."""
    after_module: bool = False
    """Asked right after a module, never on its own."""
    facets: dict[FacetKey, BothLanguages] = {}
    items: Annotated[list[Item], Field(max_length=MOST_ITEMS)]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        twice = [key for key, count in Counter(item.key for item in self.items).items() if count > 1]
        if twice:
            raise PydanticCustomError("survey.key_twice", "The item {key} is there twice.", {"key": twice[0]})
        for item in self.items:
            if item.facet is not None and item.facet not in self.facets:
                raise PydanticCustomError("survey.facet", "There is no facet {facet}.", {"facet": item.facet})
        if not self._fits_its_scoring():
            raise PydanticCustomError("survey.scoring", "The items are not those that this scoring needs.")
        return self

    def _fits_its_scoring(self) -> bool:
        scales, reverses = [item.scale for item in self.items], [item.reversed for item in self.items]
        if self.scoring is Scoring.TWO_ITEMS:
            return scales == [Scale.AGREEMENT] * 2 and not any(reverses)
        if self.scoring is Scoring.ALTERNATING:
            return scales == [Scale.AGREEMENT] * 10 and reverses == [False, True] * 5
        return self.scoring is not Scoring.RECOMMENDATION or scales == [Scale.RECOMMENDATION]

    @property
    def is_quick(self) -> bool:
        """Whether a kiosk asks all of it on one screen: right after a module, and short."""
        alike = len({item.scale for item in self.items}) == 1
        return (
            self.after_module and len(self.items) <= MOST_ON_A_SCREEN and alike and len(self.rated) == len(self.items)
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which all that is asked can be read."""
        asked = [self.title, *(text for item in self.items for text in (item.text, *item.options))]
        return tuple(language for language in LANGUAGES if all(language in text.words for text in asked))

    @property
    def rated(self) -> list[Item]:
        """The items whose answers are points on a scale."""
        return [item for item in self.items if item.rated]

    @property
    def point_choices(self) -> tuple[int, ...]:
        """How many points a wave of it may have; published ways of scoring keep to five."""
        free = self.scoring in (Scoring.MEAN, Scoring.PROFILE)
        return (FIVE, THREE) if free and self.rated else (FIVE,)

    def item(self, key: str) -> Item | None:
        """Return the item of that key, or None."""
        return next((item for item in self.items if item.key == key), None)
