"""A drawing of answers: one bar of shares for each item, darker for higher answers, as SVG without script."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from lms.kernel.languages import in_language
from lms.surveys.results import ItemFigures

WIDTH, LABELS, BAR, STEP, TOP = 1120, 430, 26, 40, 4
LONGEST_LABEL = 58


def answer_bars(items: Sequence[ItemFigures]) -> Markup:
    """Return one bar an item: shares of its answers from the lowest to the highest; masked items have none."""
    height = TOP + STEP * len(items)
    bars = Markup("").join(_bar(figures, TOP + STEP * place) for place, figures in enumerate(items))
    return Markup('<svg class="answers-chart" viewBox="0 0 {} {}" width="{}" height="{}">{}</svg>').format(
        WIDTH, height, WIDTH, height, bars
    )


def _bar(figures: ItemFigures, y: int) -> Markup:
    label = _shortened(f"{figures.item.key} – {in_language(figures.item.text.words)}")
    name = Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(LABELS - 10, y + 18, label)
    return name + Markup("").join(_segments(figures, y))


def _segments(figures: ItemFigures, y: int) -> Iterator[Markup]:
    x = float(LABELS)
    shades = shades_of(len(figures.counts))
    for shade, (answer, number) in zip(shades, figures.counts.items(), strict=True):
        width = (WIDTH - LABELS) * figures.share(answer)
        if number:
            yield _segment(shade, round(100 * figures.share(answer)), x, y, width)
            x += width


def shades_of(answers: int) -> list[int]:
    """Return the shade, 1 to 5, of each of so many ordered answers."""
    return {3: [1, 3, 5], 5: [1, 2, 3, 4, 5]}.get(answers, [1] * answers)


def _segment(shade: int, percent: int, x: float, y: int, width: float) -> Markup:
    shape = Markup('<rect class="shade-{}" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>')
    drawn = shape.format(shade, x, y, width, BAR)
    if width < 44:
        return drawn
    words = Markup('<text class="on-shade-{}" x="{:.1f}" y="{}" text-anchor="middle">{} %</text>')
    return drawn + words.format(shade, x + width / 2, y + 18, percent)


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
