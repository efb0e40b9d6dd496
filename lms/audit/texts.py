"""What the parts of an audit's document are made of: texts in languages, codes, dates."""

import unicodedata
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from lms.audit.models import Provenance

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]


def _printable(text: str) -> str:
    """Give every line the same end; refuse what no screen shows and no database keeps."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in text):
        raise PydanticCustomError("audit.not_printable", "The text holds a character that cannot be printed.")
    return text


PRINTABLE = AfterValidator(_printable)
ONE_LINE = AfterValidator(lambda text: _printable(text).replace("\n", " "))
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), PRINTABLE]
Quotation = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), PRINTABLE]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), PRINTABLE]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120), ONE_LINE]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40), ONE_LINE]
Band = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), ONE_LINE]
Names = Annotated[list[Name], AfterValidator(lambda names: list(dict.fromkeys(names)))]
"""Words that tell things apart, each once."""
Codes = Annotated[list[Code], AfterValidator(lambda codes: sorted(set(codes)))]
"""Codes referred to; their order means nothing."""
Words = Annotated[dict[Language, Text], Field(min_length=1)]
"""A text in each language."""
MaybeWords = dict[Language, Text]
"""A text in each language, or nothing."""
OneToFour = Annotated[int, Field(ge=1, le=4)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
YesNo = Literal["yes", "no", ""]
"""Empty where nobody said."""


class Part(BaseModel):
    """A piece of an audit: unknown fields are faults. `key` names what tells it from others of its list."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    key: ClassVar[str] = "code"


class Entry(Part):
    """Something with a code of its own in its list; it says whether it is known."""

    code: Code
    provenance: Provenance = Provenance.ILLUSTRATIVE


def key_of(part: Part) -> str:
    """Return what tells the part from the others of its list."""
    return str(getattr(part, part.key))
