"""Drawings of a running pilot, as SVG: few shapes, no script, colours from the style sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH, HEIGHT = 1120, 320
LEFT, RIGHT, TOP, BOTTOM = 62, 190, 34, 34
LINE_HEIGHT = 18
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 110, 28, 4


@dataclass(frozen=True)
class Curve:
    """A line of shares (0 to 1), None where one is hidden; its label stands at its end."""

    label: str
    shares: Sequence[float | None]


def curves(weeks: Sequence[str], lines: Sequence[Curve], marked: Sequence[str | None]) -> Markup:
    """Return the lines over the weeks, the axis from 0 to 100 %; `marked` says what happened in a week, if anything."""
    parts = [*_axis(), *_weeks(weeks, marked), *_lines(lines, len(weeks))]
    return Markup('<svg class="curves" viewBox="0 0 {} {}" width="{}" height="{}">{}</svg>').format(
        WIDTH, HEIGHT, WIDTH, HEIGHT, Markup("").join(parts)
    )


def _axis() -> Iterator[Markup]:
    for percent in (0, 25, 50, 75, 100):
        y = _y(percent / 100)
        yield Markup('<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(LEFT, WIDTH - RIGHT, y, y)
        yield _text(LEFT - 8, y + 5, f"{percent} %", "end")


def _weeks(weeks: Sequence[str], marked: Sequence[str | None]) -> Iterator[Markup]:
    for place, (week, said) in enumerate(zip(weeks, marked, strict=True)):
        x = _x(place, len(weeks))
        yield _text(x, HEIGHT - BOTTOM + 22, week, "middle")
        if said:
            band = Markup('<rect class="outage" x="{:.1f}" y="{}" width="40" height="{}"/>')
            yield band.format(x - 20, TOP, HEIGHT - TOP - BOTTOM)
            yield _text(x, TOP - 10, said, "middle")


def _lines(lines: Sequence[Curve], weeks: int) -> Iterator[Markup]:
    ends = _label_places(lines)
    for place, line in enumerate(lines):
        points = [(_x(at, weeks), _y(share)) for at, share in enumerate(line.shares) if share is not None]
        told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield Markup('<polyline class="line-{}" points="{}"/>').format(place % 4, told)
        for x, y in points:
            yield Markup('<circle class="point-{}" cx="{:.1f}" cy="{:.1f}" r="4"/>').format(place % 4, x, y)
        if points:
            yield _text(WIDTH - RIGHT + 12, ends[place] + 5, line.label, "start", f"label-{place % 4}")


def _label_places(lines: Sequence[Curve]) -> dict[int, float]:
    """Return at which height each label stands: at the end of its line, none over another."""
    last = {
        place: next(share for share in reversed(line.shares) if share is not None)
        for place, line in enumerate(lines)
        if any(share is not None for share in line.shares)
    }
    heights: dict[int, float] = {}
    lowest = _y(0)
    for place in sorted(last, key=lambda place: last[place]):
        heights[place] = min(_y(last[place]), lowest)
        lowest = heights[place] - LINE_HEIGHT
    return heights


def _x(place: int, weeks: int) -> float:
    width = WIDTH - LEFT - RIGHT - 60
    return LEFT + 30 + (width * place / (weeks - 1) if weeks > 1 else width / 2)


def _y(share: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - share)


def _text(x: float, y: float, words: str, anchor: str, kind: str = "") -> Markup:
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(kind, x, y, anchor, words)


def spark(values: Sequence[float | None], lowest: float | None, highest: float | None) -> Markup:
    """Return a small line of values over the weeks, between two bounds or between its own extremes."""
    told = [value for value in values if value is not None]
    if not told:
        return Markup("")
    low = min(told) if lowest is None else lowest
    high = max(told) if highest is None else highest
    points = [
        (_spark_x(place, len(values)), _spark_y(value, low, high))
        for place, value in enumerate(values)
        if value is not None
    ]
    x, y = points[-1]
    return Markup(
        '<svg class="spark" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">'
        '<polyline points="{}"/><circle cx="{:.1f}" cy="{:.1f}" r="3"/></svg>'
    ).format(
        SPARK_WIDTH,
        SPARK_HEIGHT,
        SPARK_WIDTH,
        SPARK_HEIGHT,
        " ".join(f"{left:.1f},{top:.1f}" for left, top in points),
        x,
        y,
    )


def _spark_x(place: int, number: int) -> float:
    return SPARK_EDGE + (SPARK_WIDTH - 2 * SPARK_EDGE) * (place / (number - 1) if number > 1 else 0.5)


def _spark_y(value: float, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return SPARK_HEIGHT - SPARK_EDGE - (SPARK_HEIGHT - 2 * SPARK_EDGE) * share
