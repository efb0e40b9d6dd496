"""How precisely sums are given, so that a figure with six decimals follows from them. Pure."""

from math import isfinite


def exact(value: float) -> float | str:
    """Return the value to twelve figures, or the text `inf`, as `rounding.rounded` does."""
    return float(f"{value:.12g}") if isfinite(value) else str(value)
