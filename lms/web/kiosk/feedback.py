"""What an answer is told: right or not yet, and why."""

from typing import Any

from lms.catalogue.grading import Grade
from lms.kernel.languages import in_language


def graded(grade: Grade, language: str) -> dict[str, Any]:
    """Return what the player shows of a grade: whether it is right, and what explains it in that language."""
    explained = [*grade.options.values(), grade.feedback]
    return {"right": grade.correct, "text": " ".join(in_language(words, language) for words in explained)}
