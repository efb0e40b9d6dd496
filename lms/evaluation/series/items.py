"""What first attempts say of each question: how easy it is, how well it tells apart."""

from typing import Any

from lms.evaluation.facts import Facts

Document = dict[str, Any]


def items(facts: Facts, smallest: int) -> list[Document] | None:
    """Return the questions that enough people answered; the others are named and masked."""
    found = [
        {
            "module": one.module,
            "key": one.key,
            "attempts": None if one.attempts < smallest else one.attempts,
            "facility": None if one.attempts < smallest else one.facility,
            "discrimination": None if one.attempts < smallest else one.discrimination,
            "flagged": None if one.attempts < smallest else one.flagged,
            "masked": one.attempts < smallest,
        }
        for one in facts.items
        if one.facility is not None
    ]
    return found or None
