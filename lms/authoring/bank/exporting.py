"""Questions of the bank in the formats that modules leave in."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from lms.authoring import drafts
from lms.authoring.bank import rules
from lms.authoring.bank.queries import Kept
from lms.authoring.exports import every
from lms.authoring.exports.written import Written
from lms.catalogue.content import FORMAT, ModuleContent
from lms.kernel.refusals import Problem

FORMATS = ("gift", "moodlexml", "qti")
"""Formats of questions: a module of its own holds sixty blocks, a bank thousands."""


def write(questions: Iterable[Kept], title: str, name: str, language: str) -> Written:
    """Return questions in a format, in one language; what is incomplete in it is left, and named.

    What stands in the path of what is left is the number of a question.
    """
    blocks: list[Any] = []
    media: dict[str, str] = {}
    left: list[Problem] = []
    numbers: dict[str, int] = {}
    for kept in questions:
        version = kept.newest
        block, files = rules.in_module(version.block, version.media, [language], media)
        key = version.block["key"] if version.block["key"] not in numbers else f"q-{kept.id}"
        read = drafts.whole({**block, "key": key}, [language])
        if read is None:
            left.append(Problem("export.incomplete", path=str(kept.id)))
            continue
        media |= files
        numbers[key] = kept.id
        blocks.append(read)
    content = ModuleContent.model_construct(
        format=FORMAT,
        code="questions",
        languages=[language],
        title={language: title},
        summary={language: title},
        minutes=1,
        blocks=blocks,
    )
    written = every.write(content, media, name, language)
    lost = [replace(one, path=str(numbers[one.path])) for one in written.left if one.path]
    return Written(written.data, (*left, *lost))
