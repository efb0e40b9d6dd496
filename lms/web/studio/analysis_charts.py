"""Drawings of what first attempts say, as SVG: few shapes, no script, colours from the style sheet."""

from collections.abc import Sequence

from markupsafe import Markup

from lms.progress.items import Choice
from lms.progress.leaving import Step

WIDTH, LABELS, NUMBER = 720, 270, 40
"""Of the drawing, of the names at its left, and of a number behind a bar, in pixels."""
BAR, GAP = 15, 14
THIRDS = ("lower", "middle", "upper")


def choices(rows: Sequence[tuple[str, Choice]]) -> Markup:
    """Return a bar for each option and third of the people, one for all of them where thirds are not shown."""
    counts = [(name, choice, choice.thirds or (choice.chosen,)) for name, choice in rows]
    most = max((count for _, _, told in counts for count in told), default=0)
    drawn, y = [], GAP // 2
    for name, choice, told in counts:
        height = BAR * len(told)
        drawn.append(_name(("✓ " if choice.correct else "") + name, y + height / 2))
        kinds = THIRDS if len(told) > 1 else ("all",)
        drawn += [
            _bar(kind, count, most, y + BAR * place)
            for place, (kind, count) in enumerate(zip(kinds, told, strict=True))
        ]
        y += height + GAP
    return _svg(drawn, y)


def steps(rows: Sequence[tuple[str, Step]]) -> Markup:
    """Return a bar for each card and question: who came to it, at its end those who left there for good."""
    most = max((step.reached or 0 for _, step in rows), default=0)
    drawn, y = [], GAP // 2
    for name, step in rows:
        drawn.append(_name(name, y + BAR / 2 + 2))
        if step.reached is not None and step.left is not None:
            stayed, gone = (_long(count, most) for count in (step.reached - step.left, step.left))
            drawn.append(_rectangle("all", LABELS, y, stayed, BAR + 4))
            drawn.append(_rectangle("left", LABELS + stayed, y, gone, BAR + 4))
            drawn.append(_number(step.reached, LABELS + stayed + gone, y + 2))
        y += BAR + GAP
    return _svg(drawn, y)


def _svg(drawn: Sequence[Markup], height: float) -> Markup:
    whole = Markup('<svg class="bars" viewBox="0 0 {} {}" width="{}" height="{}">{}</svg>')
    return whole.format(WIDTH, height, WIDTH, height, Markup("").join(drawn))


def _bar(kind: str, count: int, most: int, y: float) -> Markup:
    length = _long(count, most)
    return _rectangle(kind, LABELS, y, length, BAR - 3) + _number(count, LABELS + length, y - 1)


def _long(count: int, most: int) -> float:
    return count * (WIDTH - LABELS - NUMBER) / (most or 1)


def _rectangle(kind: str, x: float, y: float, width: float, height: float) -> Markup:
    shape = Markup('<rect class="bars-{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{}"/>')
    return shape.format(kind, x, y, width, height)


def _number(count: int, x: float, y: float) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}">{}</text>').format(x + 6, y + 12, count)


def _name(name: str, middle: float) -> Markup:
    words = Markup('<text x="{}" y="{:.1f}" text-anchor="end">{}</text>')
    return words.format(LABELS - 10, middle + 4, name if len(name) <= 38 else name[:37] + "…")
