"""As much of a spreadsheet as the formulas of the dossier need."""

import math
import re
from statistics import NormalDist
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet


class Cells(list):
    """A range: arithmetic goes cell by cell."""

    def _each(self, other: Any, do: Any) -> "Cells":
        others = other if isinstance(other, Cells) else [other] * len(self)
        return Cells(do(one, two) for one, two in zip(self, others, strict=True))

    def __sub__(self, other: Any) -> "Cells":
        return self._each(other, lambda one, two: one - two)

    def __rmul__(self, other: float) -> "Cells":
        return Cells(other * one for one in self)

    def __pow__(self, other: float) -> "Cells":
        return Cells(one**other for one in self)


def flat(*given: Any) -> list[float]:
    return [one for part in given for one in (part if isinstance(part, Cells) else [part]) if not isinstance(one, str)]


FUNCTIONS = {
    "SUM": lambda *given: sum(flat(*given)),
    "MAX": lambda *given: max(flat(*given)),
    "MIN": lambda *given: min(flat(*given)),
    "COUNT": lambda *given: len(flat(*given)),
    "SQRT": math.sqrt,
    "NORMSINV": NormalDist().inv_cdf,
    "SUMPRODUCT": lambda first, *more: sum(map(math.prod, zip(first, *more, strict=True))),
    "OR": lambda *given: any(given),
}  # fmt: skip


def value(sheet: Worksheet, place: str) -> Any:
    """What a spreadsheet would show in a cell."""
    held = sheet[place].value
    if not isinstance(held, str) or not held.startswith("="):
        return "" if held is None else held
    return evaluated(sheet, held[1:])


def evaluated(sheet: Worksheet, formula: str) -> Any:
    if formula.startswith("IF("):
        condition, then, otherwise = arguments(formula[3:-1])
        return evaluated(sheet, then if evaluated(sheet, condition) else otherwise)
    python = re.sub(r"([A-Z])(\d+):\1(\d+)", r"span('\1',\2,\3)", formula)
    python = re.sub(r"(?<![A-Z'])([A-Z]\d+)(?![\d(])", r"cell('\1')", python)
    python = re.sub(r"(?<![<>=])=(?!=)", "==", python).replace("^", "**")

    def span(column: str, first: int, last: int) -> Cells:
        return Cells(value(sheet, f"{column}{line}") for line in range(first, last + 1))

    names = {**FUNCTIONS, "cell": lambda place: value(sheet, place), "span": span}
    return eval(python, {"__builtins__": {}}, names)  # noqa: S307  (our own formulas)


def arguments(text: str) -> list[str]:
    found, depth, current = [], 0, ""
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            found.append(current)
            current = ""
        else:
            current += sign
    return [*found, current]
