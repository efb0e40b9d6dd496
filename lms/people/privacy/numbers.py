"""Sets of person numbers in few characters: those of a team follow one another."""

from collections.abc import Collection, Iterator


def packed(numbers: Collection[int]) -> str:
    """Return the numbers in order, spans as `first-last`: `3-17 20`."""
    return " ".join(f"{first}-{last}" if last > first else str(first) for first, last in _spans(sorted(set(numbers))))


def holds(text: str, number: int) -> bool:
    """Whether a number is in a packed set."""
    return any(first <= number <= last for first, last in _read(text))


def unpacked(text: str) -> frozenset[int]:
    """Return the numbers of a packed set."""
    return frozenset(number for first, last in _read(text) for number in range(first, last + 1))


def _spans(ordered: list[int]) -> Iterator[tuple[int, int]]:
    while ordered:
        length = next((place for place, number in enumerate(ordered) if number != ordered[0] + place), len(ordered))
        yield ordered[0], ordered[length - 1]
        ordered = ordered[length:]


def _read(text: str) -> Iterator[tuple[int, int]]:
    for span in text.split():
        first, _, last = span.partition("-")
        yield int(first), int(last or first)
