"""The document a module consists of, and the rules that make it whole.

The same document is written in `module.yaml`, kept in a draft and frozen in an
edition. Its text format is described for authors in `docs/module-format.md`, and its
JSON Schema is `docs/module.schema.json`.
"""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, ModelWrapValidatorHandler, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lms.catalogue.blocks import Block, Card, Question
from lms.catalogue.fields import Key, Language, Line, Part, Words, reading, refuse_repeats

FORMAT = "etabli-module/1"
MOST_BLOCKS = 60
FORMS = ("A", "B")


class Pool(Part):
    """Questions of which an attempt asks some: those that name it."""

    key: Key
    draw: Annotated[int, Field(ge=1, le=MOST_BLOCKS)]
    """How many an attempt asks."""


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
    pools: Annotated[list[Pool], Field(max_length=10)] = []
    """What is drawn anew for each attempt."""
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

    @model_validator(mode="after")
    def _draws_are_fair(self) -> "ModuleContent":
        refuse_repeats([pool.key for pool in self.pools])
        for pool in self.pools:
            members = [one for one in self.questions if one.pool == pool.key]
            if len(members) < pool.draw:
                raise PydanticCustomError(
                    "module.pool_small",
                    "a pool has fewer questions than are drawn",
                    {"pool": pool.key, "draw": pool.draw, "count": len(members)},
                )
            if len({one.points for one in members}) > 1:
                raise PydanticCustomError(
                    "module.pool_points", "the questions of a pool have different points", {"pool": pool.key}
                )
        unknown = {one.pool for one in self.questions if one.pool} - {pool.key for pool in self.pools}
        if unknown:
            raise PydanticCustomError(
                "module.pool_unknown", "a question names a pool that is not there", {"pool": min(unknown)}
            )
        return self

    @model_validator(mode="after")
    def _forms_are_equal(self) -> "ModuleContent":
        first, second = ([one.points for one in self.questions if one.form == form] for form in FORMS)
        if (len(first), sum(first)) != (len(second), sum(second)):
            raise PydanticCustomError(
                "module.forms_unequal",
                "the two forms are not equal",
                {"a": len(first), "a_points": sum(first), "b": len(second), "b_points": sum(second)},
            )
        return self

    @model_validator(mode="after")
    def _reserved_is_not_taught(self) -> "ModuleContent":
        if any(one.reserved for one in self.questions) and len(self.questions) < len(self.blocks):
            raise PydanticCustomError("module.reserved_taught", "a reserved question stands in a module that teaches")
        return self

    @cached_property
    def draws(self) -> bool:
        """Whether an attempt may leave a question out."""
        return bool(self.pools) or any(one.form for one in self.questions)

    @cached_property
    def asked(self) -> int:
        """How many questions an attempt asks."""
        fixed = sum(not one.pool and one.form != FORMS[1] for one in self.questions)
        return fixed + sum(pool.draw for pool in self.pools)

    @property
    def steps(self) -> int:
        """How many cards and questions there are to an attempt."""
        return len(self.blocks) - len(self.questions) + self.asked

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
        fixed = sum(one.points for one in self.questions if not one.pool and one.form != FORMS[1])
        each = {one.pool: one.points for one in self.questions if one.pool}
        return fixed + sum(pool.draw * each[pool.key] for pool in self.pools)

    def block(self, key: str) -> Card | Question | None:
        """Return the block with that key, or None."""
        return next((block for block in self.blocks if block.key == key), None)
