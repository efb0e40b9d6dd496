"""All series of an evaluation."""

from typing import Any

from lms.evaluation.facts import Facts
from lms.evaluation.protocol import FrozenProtocol
from lms.evaluation.series.hours import hours
from lms.evaluation.series.items import items
from lms.evaluation.series.steps import steps
from lms.evaluation.series.weeks import weeks

Document = dict[str, Any]


def series(protocol: FrozenProtocol, facts: Facts) -> Document:
    """Return each series by its name; None where there is nothing to show."""
    least = protocol.smallest_group
    every = {"weeks": weeks, "hours": hours, "steps": steps, "items": items}
    return {name: made(facts, least) for name, made in every.items()}
