"""Coverage by shift as it was before the pilot, small shifts held back."""

from dataclasses import replace

from lms.evaluation.facts import Facts
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.kept import Covered, Kept, document, read
from lms.evaluation.population import Population
from lms.evaluation.protocol import FrozenIndicator, FrozenProtocol
from lms.evaluation.results import figures
from lms.evaluation.verdict import Rule
from tests.evaluation.indicators.small import AS_OF, START


def covered(shift: str, persons: int, members: int | None = 20) -> tuple[Covered, ...]:
    return tuple(Covered(f"t{place}", shift, persons - place, 2, members) for place in range(2))


NOW = covered("morning", 3) + covered("night", 2)
BEFORE = covered("morning", 2) + covered("night", 1)


def row(kept: Kept) -> dict:
    definition = INDICATORS["T6"]
    rule = Rule(0.5, definition.direction, 1, 1, 0.0, unit=definition.unit)
    entry = FrozenIndicator("T6", definition, "P1", (), {}, rule, None, critical=False, primary=False)
    protocol = FrozenProtocol(START, AS_OF, ("a",), (), "UTC", 5, 10, (entry,), ())
    return figures(protocol, Population((), 0, 0, 0, 0, 0), Facts(AS_OF, (), {}, kept=kept))["indicators"][0]


def told(groups: list[dict]) -> dict[str, tuple]:
    return {one["group"]: (one["numerator"], one["denominator"]) for one in groups}


def test_each_shift_as_it_is_and_as_it_was() -> None:
    found = row(Kept(coverage=NOW, coverage_before=BEFORE))
    assert told(found["groups"]) == {"morning": (2, 2), "night": (1, 2)}
    assert told(found["groups_before"]) == {"morning": (1, 2), "night": (0, 2)}


def test_what_was_before_may_be_unknown() -> None:
    found = row(Kept(coverage=NOW))
    assert found["groups_before"] is None


def test_a_shift_of_few_people_is_told_neither_now_nor_before() -> None:
    """The night had three people before: the morning is held back with it, or the total would tell."""
    few = tuple(replace(one, members=3) if one.shift == "night" else one for one in BEFORE)
    found = row(Kept(coverage=NOW, coverage_before=few))
    assert {one["masked"] for one in (*found["groups"], *found["groups_before"])} == {True}


def test_it_is_kept_with_the_evaluation() -> None:
    kept = Kept(coverage=NOW, coverage_before=BEFORE)
    assert read(document(kept)) == kept
    assert read({"coverage": [["t0", "morning", 3, 2]]}).coverage == (Covered("t0", "morning", 3, 2),)
