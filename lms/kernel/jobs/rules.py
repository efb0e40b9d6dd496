"""When a job that was stopped again and again is given up. Pure."""

from dataclasses import dataclass, replace

MOST_IN_VAIN = 3
"""Attempts in a row that got no further than those before them."""


@dataclass(frozen=True)
class Way:
    """How far the attempts at a job have got, one after the other."""

    attempts: int = 0
    furthest: int = 0
    """Steps done by the attempt that did most."""
    further_in: int = 0
    """Which attempt was the last to get further: it did more steps, or saved a part; 0 for none."""

    @property
    def is_hopeless(self) -> bool:
        """Whether too many in a row were stopped before they got further."""
        return self.attempts - self.further_in >= MOST_IN_VAIN


def stopped(way: Way, done: int) -> Way:
    """Return the way once the last attempt was stopped after so many steps."""
    return replace(way, furthest=done, further_in=way.attempts) if done > way.furthest else way
