"""The cards of a module: something to read, to look at, to do."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lms.catalogue.fields import (
    BlockKey,
    FileByLanguage,
    FilesInSomeLanguages,
    Key,
    MediaByLanguage,
    MediaPath,
    Part,
    PerCent,
    Prose,
    Wide,
    Words,
    refuse_repeats,
)
from lms.catalogue.signs import SIGNS

CLOSEST_SPOTS = 12
"""Per cent of the picture's side between two spots: closer, one finger would touch both on a small screen."""


class Picture(Part):
    """A picture with the words that stand for it when it cannot be seen."""

    file: MediaByLanguage
    alt: Words


class Video(Part):
    """A video; captions (WebVTT) in each language of the module, for a noisy shop floor."""

    file: MediaByLanguage
    captions: FileByLanguage
    poster: MediaPath | None = None


class Speaking(Part):
    """A card or a question; who wrote it may have read it aloud, in some of its languages."""

    key: BlockKey
    sound: FilesInSomeLanguages | None = None


class TextCard(Speaking):
    """Something to read, at most about 60 words."""

    card: Literal["text"]
    title: Words
    body: Prose
    picture: Picture | None = None


class PictureCard(Speaking):
    """Something to look at, with a sentence beneath."""

    card: Literal["picture"]
    title: Words
    picture: Picture
    body: Prose | None = None


class VideoCard(Speaking):
    """Something to watch, with captions."""

    card: Literal["video"]
    title: Words
    video: Video
    body: Prose | None = None


class Step(Part):
    """One thing to do, in its turn."""

    text: Words
    picture: Picture | None = None


class StepsCard(Speaking):
    """A procedure: two to eight steps in order."""

    card: Literal["steps"]
    title: Words
    steps: Annotated[list[Step], Field(min_length=2, max_length=8)]


def _known_sign(number: str) -> str:
    if number not in SIGNS:
        raise PydanticCustomError("safety.unknown_sign", "no such sign", {"known": ", ".join(SIGNS)})
    return number


SignNumber = Annotated[str, AfterValidator(_known_sign), Field(json_schema_extra={"enum": list(SIGNS)})]
"""The number of an ISO 7010 sign, such as W017."""


class SafetyCard(Speaking):
    """A safety notice: what must, must not or may hurt."""

    card: Literal["safety"]
    title: Words
    level: Literal["danger", "warning", "mandatory", "prohibited", "information"]
    signs: Annotated[list[SignNumber], Field(max_length=4)] = []
    """ISO 7010 signs, each in its true meaning only."""
    body: Prose
    picture: Picture | None = None


class Place(Part):
    """A place on a picture, in per cent of its width from the left and of its height from the top."""

    key: Key
    x: PerCent
    y: PerCent
    size: Wide | None = None
    """None: as large as a finger needs. A kiosk takes no touch for smaller than that, whatever is said here."""
    text: Words


class Spot(Place):
    """A place on a picture, and what there is to know of it."""

    body: Words


class SpotsCard(Speaking):
    """A picture with two to eight places that tell something when they are touched."""

    card: Literal["spots"]
    title: Words
    picture: Picture
    spots: Annotated[list[Spot], Field(min_length=2, max_length=8)]

    @model_validator(mode="after")
    def _spots_are_apart(self) -> "SpotsCard":
        refuse_crowding(self.spots)
        return self


class Face(Part):
    """One side of a card that is turned over."""

    body: Prose
    picture: Picture | None = None


class FlipCard(Speaking):
    """A card with two sides: a situation, and behind it what to know of it."""

    card: Literal["flip"]
    title: Words
    front: Face
    back: Face


class Check(Part):
    """One thing to tick."""

    text: Words


class ChecklistCard(Speaking):
    """Things to tick one by one, as one goes round the machine; nothing of it is kept."""

    card: Literal["checklist"]
    title: Words
    body: Prose | None = None
    checks: Annotated[list[Check], Field(min_length=2, max_length=8)]


class CompareCard(Speaking):
    """The same thing before and after, one laid over the other; both pictures have one format."""

    card: Literal["compare"]
    title: Words
    before: Picture
    after: Picture
    body: Prose | None = None


class DocumentCard(Speaking):
    """A page of a document of the plant, as a picture or as text, and where it comes from."""

    card: Literal["document"]
    title: Words
    picture: Picture | None = None
    body: Prose | None = None
    source: Words
    """Its name, version and page."""

    @model_validator(mode="after")
    def _there_is_a_page(self) -> "DocumentCard":
        if self.picture is None and self.body is None:
            raise PydanticCustomError("document.no_page", "the page is a picture or a text")
        return self


def refuse_crowding(places: Sequence[Place]) -> None:
    """Raise for two places of the same key, or so close that one finger would touch both."""
    refuse_repeats([place.key for place in places])
    for number, one in enumerate(places):
        for other in places[:number]:
            if max(abs(one.x - other.x), abs(one.y - other.y)) < CLOSEST_SPOTS:
                raise PydanticCustomError(
                    "places.too_close",
                    "two places are too close",
                    {"one": other.key, "other": one.key, "least": CLOSEST_SPOTS},
                )


Card = (
    TextCard
    | PictureCard
    | VideoCard
    | StepsCard
    | SafetyCard
    | SpotsCard
    | FlipCard
    | ChecklistCard
    | CompareCard
    | DocumentCard
)
CARDS = {
    "text": TextCard,
    "picture": PictureCard,
    "video": VideoCard,
    "steps": StepsCard,
    "safety": SafetyCard,
    "spots": SpotsCard,
    "flip": FlipCard,
    "checklist": ChecklistCard,
    "compare": CompareCard,
    "document": DocumentCard,
}
