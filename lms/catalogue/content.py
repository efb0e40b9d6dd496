"""The document a module consists of, and the rules that make it whole.

The same document is written in `module.yaml`, kept in a draft and frozen in an
edition. Its text format is described for authors in `docs/module-format.md`, and its
JSON Schema is `docs/module.schema.json`.
"""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, ModelWrapValidatorHandler, field_validator, model_validator

from lms.catalogue.blocks import Block, Card, Question
from lms.catalogue.fields import Key, Language, Line, Part, Words, reading, refuse_repeats

FORMAT = "etabli-module/1"
MOST_BLOCKS = 60


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
    parts_shown: bool = False
    """Whether a learner sees, after an answer, which parts of it were right; never what would have been."""
    confidence: bool = False
    """Whether each question also asks how sure one is."""
    validity_months: Annotated[int, Field(ge=1, le=120)] | None = None
    """How long it counts that somebody completed it; for good when absent."""
    review_months: Annotated[int, Field(ge=1, le=60)] = 12
    """After how long somebody is to look whether it is still right."""
    owner: Line | None = None
    """Who answers for it: a service or a function, since no name could be erased from an edition."""
    local_rule: Words | None = None
    """What the plant's own rule decides, where this module cannot."""
    sources: list[Line] = []
    """Where the facts can be checked."""
    blocks: Annotated[list[Block], Field(min_length=1, max_length=MOST_BLOCKS)]

    @model_validator(mode="wrap")
    @classmethod
    def _read_as_a_whole(cls, document: Any, handler: ModelWrapValidatorHandler["ModuleContent"]) -> "ModuleContent":
        with reading(document):
            return handler(document)

    @field_validator("languages")
    @classmethod
    def _languages_differ(cls, languages: list[str]) -> list[str]:
        refuse_repeats(languages)
        return languages

    @cached_property
    def questions(self) -> list[Question]:
        """The questions, in order."""
        return [block for block in self.blocks if isinstance(block, Question)]

    @property
    def plain(self) -> dict[str, Any]:
        """The module as the document that drafts and editions keep."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @property
    def points(self) -> int:
        """What a faultless attempt earns."""
        return sum(question.points for question in self.questions)

    def block(self, key: str) -> Card | Question | None:
        """Return the block with that key, or None."""
        return next((block for block in self.blocks if block.key == key), None)
