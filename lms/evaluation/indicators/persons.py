"""Cases of persons: one for each whom the plans concern, whatever the number of modules."""

from collections.abc import Callable, Sequence

from lms.evaluation.facts import Assigned, Facts
from lms.evaluation.measures.case import Case

Place = tuple[str, str | None]
"""A team and its shift."""


def person_cases(facts: Facts, succeeded: Callable[[Sequence[Assigned]], bool | None]) -> list[Case]:
    """Return one case per person, its success being worked out from the person's assignments."""
    return [
        Case(
            person=person,
            team=rows[-1].team,
            shift=rows[-1].shift,
            success=succeeded(rows),
            throughout=all(row.throughout for row in rows),
        )
        for person, rows in facts.by_person().items()
    ]


def places(facts: Facts) -> dict[int, Place]:
    """Return the team and the shift of everyone who counts."""
    found: dict[int, Place] = {row.person: (row.team, row.shift) for row in facts.assigned}
    return found | {member.person: (member.team, member.shift) for member in facts.members}
