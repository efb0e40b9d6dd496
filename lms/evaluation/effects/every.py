"""The change of each indicator, where the design of the pilot tells it. Pure."""

from collections.abc import Callable
from typing import Any

from lms.evaluation.designs import Comparison
from lms.evaluation.effects import orders, steps
from lms.evaluation.effects.orders import Tested
from lms.evaluation.facts import Facts
from lms.evaluation.protocol import FrozenIndicator, FrozenProtocol

Document = dict[str, Any]
Scoped = Callable[[FrozenIndicator, Facts], Facts]


def change(entry: FrozenIndicator, facts: Facts, protocol: FrozenProtocol, scope: Scoped) -> Document | None:
    """Return what an indicator's change comes to; None for a design that has no analysis of its own."""
    smallest = protocol.smallest_opinions if entry.definition.opinion else protocol.smallest_group
    direction = entry.rule.direction
    if protocol.comparison is Comparison.STEPPED_WEDGE:
        return steps.change(entry, scope(entry, facts), protocol.steps, smallest).document(direction)
    if protocol.comparison is not Comparison.COUNTERBALANCED:
        return None
    own = _tested(entry, facts, scope)
    kind = [one for one in protocol.indicators if one.definition is entry.definition and one is not entry]
    others = [found for one in kind if (found := _tested(one, facts, scope))]
    return orders.change(entry, own, others, facts, protocol.steps, smallest).document(direction)


def _tested(entry: FrozenIndicator, facts: Facts, scope: Scoped) -> Tested | None:
    modules = {row.module for row in scope(entry, facts).assigned}
    return orders.tested_module(modules, tuple(entry.options.get("tests", ())))
