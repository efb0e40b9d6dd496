"""A block of a module: one of its cards or questions, told apart by its kind."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator
from pydantic_core import PydanticCustomError

from lms.catalogue.cards import (
    CARDS,
    Card,
    ChecklistCard,
    CompareCard,
    DocumentCard,
    FlipCard,
    PictureCard,
    SafetyCard,
    SpotsCard,
    StepsCard,
    TextCard,
    VideoCard,
)
from lms.catalogue.questions import (
    QUESTIONS,
    Gaps,
    Hotspot,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    PictureChoice,
    Question,
    SingleChoice,
    TrueFalse,
)
from lms.kernel.documents import tag

__all__ = ["CARDS", "QUESTIONS", "Block", "Card", "Question", "kind_of"]


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
    | Annotated[SpotsCard, tag("spots")]
    | Annotated[FlipCard, tag("flip")]
    | Annotated[ChecklistCard, tag("checklist")]
    | Annotated[CompareCard, tag("compare")]
    | Annotated[DocumentCard, tag("document")]
    | Annotated[SingleChoice, tag("single")]
    | Annotated[MultipleChoice, tag("multiple")]
    | Annotated[TrueFalse, tag("true_false")]
    | Annotated[Numeric, tag("numeric")]
    | Annotated[Ordering, tag("ordering")]
    | Annotated[Matching, tag("matching")]
    | Annotated[Hotspot, tag("hotspot")]
    | Annotated[Gaps, tag("gaps")]
    | Annotated[PictureChoice, tag("picture_choice")],
    Discriminator(lambda block: f"<{kind_of(block)}>"),
    BeforeValidator(_of_a_known_kind),
]
