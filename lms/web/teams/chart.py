"""A drawing of stacked bars, as SVG: few shapes, no script, colours from the style sheet."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from lms.progress.completion import Cell

WIDTH, LABELS, BAR, STEP, TOP = 1120, 350, 22, 34, 6
KINDS = ("completed", "under_way", "not_started", "late")


def stacked_bars(rows: Sequence[tuple[str, Cell]]) -> Markup:
    """Return one bar a row: shares of the people who completed, are under way, have not started, are late."""
    height = TOP + STEP * len(rows)
    bars = Markup("").join(_bar(label, cell, TOP + STEP * place) for place, (label, cell) in enumerate(rows))
    return Markup('<svg class="stacked" viewBox="0 0 {} {}" width="{}" height="{}">{}</svg>').format(
        WIDTH, height, WIDTH, height, bars
    )


def _bar(label: str, cell: Cell, y: int) -> Markup:
    name = Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(LABELS - 10, y + 16, _shortened(label))
    return name + Markup("").join(_segments(cell, y))


def _segments(cell: Cell, y: int) -> Iterator[Markup]:
    x, scale = float(LABELS), (WIDTH - LABELS) / (cell.people or 1)
    for kind in KINDS:
        number = getattr(cell, kind)
        if number:
            yield _segment(kind.replace("_", "-"), number, x, y, number * scale)
            x += number * scale


def _segment(kind: str, number: int, x: float, y: int, width: float) -> Markup:
    shape = Markup('<rect class="stacked-{}" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>')
    drawn = shape.format(kind, x, y, width, BAR)
    if width <= 9 * len(str(number)) + 6:
        return drawn
    words = Markup('<text class="stacked-on-{}" x="{:.1f}" y="{}" text-anchor="middle">{}</text>')
    return drawn + words.format(kind, x + width / 2, y + 16, number)


def _shortened(label: str, most: int = 46) -> str:
    return label if len(label) <= most else label[: most - 1] + "…"
