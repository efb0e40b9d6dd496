"""A document to begin a module from. Pure but for the files of this package."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from lms.authoring.drafts import Document
from lms.kernel.documents import read_yaml

LANGUAGES = ("fr", "en")
"""In which there is something to begin from."""


class Beginning(StrEnum):
    """What a module is to be about."""

    PROCEDURE = "procedure"
    DEFECT = "defect"
    SAFETY = "safety"
    REFERENCE = "reference"


def filled(blank: Document, beginning: Beginning) -> Document:
    """Return a document in which nothing is written yet with what stands in a beginning, in its languages."""
    told: Document = _in_languages(_read(beginning), blank["languages"])
    return {**blank, **told}


@cache
def _read(beginning: Beginning) -> Any:
    file = Path(__file__).with_name(f"{beginning}.yaml")
    return read_yaml(file.read_bytes(), file.name)[0]


def _in_languages(value: Any, languages: Sequence[str]) -> Any:
    if isinstance(value, list):
        return [_in_languages(one, languages) for one in value]
    if not isinstance(value, dict):
        return value
    if value and value.keys() <= set(LANGUAGES):
        return {language: value[language] for language in languages if language in value}
    return {name: _in_languages(inner, languages) for name, inner in value.items()}
