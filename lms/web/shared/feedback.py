"""What an answer is told: right or not yet, and why."""

from typing import Any

from lms.catalogue.grading import Grade
from lms.kernel.languages import in_language


def graded(grade: Grade, language: str) -> dict[str, Any]:
    """Return what the player shows of a grade: whether it is right, which of its parts, and what explains it."""
    explained = [*grade.options.values(), grade.feedback]
    text = " ".join(in_language(words, language) for words in explained)
    return {"right": grade.correct, "parts": grade.parts, "text": text}
