"""How a figure is written into a document that is stored. Pure."""

from math import isfinite, isnan


def rounded(value: float) -> float | str:
    """Return the value to six decimals, or the text `inf` or `-inf`: JSON has no infinity.

    A median that was not reached, a volume at which nothing pays: the figure is not unknown.
    """
    return round(value, 6) if isfinite(value) else str(value)


def written(value: float | None) -> float | str | None:
    """Return the same of a figure that may lack; whole numbers stay whole, what is undefined lacks."""
    if value is None or isinstance(value, int):
        return value
    return None if isnan(value) else rounded(value)
