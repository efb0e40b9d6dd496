"""When a point of vigilance warns: its indicator is beyond its limit. Pure.

The value alone decides, not its interval: a warning is cheap and comes before certainty.
"""

from collections.abc import Sequence
from datetime import date

from lms.evaluation.verdict import Direction

ROUNDING = 1e-9


def crossed(value: float | str | None, direction: Direction, limit: float) -> bool | None:
    """Whether a value is beyond the limit; None when there is no value. The text `inf` is beyond any."""
    if value is None:
        return None
    beyond = float(value) - limit if direction is Direction.LE else limit - float(value)
    return beyond > ROUNDING


def crossed_since(history: Sequence[tuple[date, bool | None]]) -> date | None:
    """Return the cut-off from which it has been crossed without a break up to the last; None if it is not now.

    A week without a value breaks nothing.
    """
    since = None
    for cut_off, beyond in reversed(history):
        if beyond is False or (since is None and beyond is None):
            break
        if beyond:
            since = cut_off
    return since
