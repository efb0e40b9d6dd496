"""Scores before and after, by quantile (evaluation reference, section 8): never one person's line."""

from collections.abc import Sequence
from statistics import quantiles as cut
from typing import Any

from lms.evaluation.measures.case import Case

Document = dict[str, Any]
AT = (10, 25, 50, 75, 90)
"""Per cent of the people."""
LEAST = 20
"""Under so many pairs the outer quantiles are single people."""


def quantiles(cases: Sequence[Case]) -> Document | None:
    """Return the quantiles of scores before and after, each ordered by itself; None where they would tell of people."""
    pairs = [(one.before, one.before + one.value) for one in cases if one.before is not None and one.value is not None]
    if len(pairs) < LEAST:
        return None
    before, after = ([round(value, 6) for value in _at(list(scores))] for scores in zip(*pairs, strict=True))
    return {"pairs": len(pairs), "at": list(AT), "before": before, "after": after}


def _at(scores: list[float]) -> list[float]:
    every = cut(scores, n=100, method="inclusive")
    return [every[share - 1] for share in AT]
