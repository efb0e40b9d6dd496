"""How far two people who code the same evidence agree (evaluation reference, section 1.1 D)."""

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

DOUBLE_CODED_SHARE = 0.2
"""The share of the evidence that a second person is to code."""


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Return Cohen's kappa: agreement beyond chance, 1 at most; None where chance alone would agree.

    (observed - expected) / (1 - expected), the expected agreement from each coder's own
    frequencies (Cohen 1960, A coefficient of agreement for nominal scales).
    """
    if not pairs:
        return None
    total = len(pairs)
    observed = sum(first == second for first, second in pairs) / total
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    expected = sum(firsts[label] * seconds[label] for label in firsts) / total**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


@dataclass(frozen=True)
class ThemeAgreement:
    """One theme: how often each coder gave it, how often both, and the agreement beyond chance."""

    theme: str
    first: int
    second: int
    both: int
    kappa: float | None


@dataclass(frozen=True)
class Agreement:
    """The agreement of two coders over the pieces that both coded."""

    pieces: int
    double_coded: int
    themes: tuple[ThemeAgreement, ...]

    @property
    def enough(self) -> bool:
        """Whether as many pieces were coded twice as should be."""
        return self.double_coded >= DOUBLE_CODED_SHARE * self.pieces


def agreement(pieces: int, coded: Sequence[tuple[Collection[str], Collection[str]]]) -> Agreement:
    """Return the agreement of the two codings of each piece coded twice, of `pieces` in all.

    Each theme is a decision of its own: given to the piece, or not.
    """
    used = sorted({theme for first, second in coded for theme in (*first, *second)})
    return Agreement(pieces, len(coded), tuple(_of_theme(theme, coded) for theme in used))


def _of_theme(theme: str, coded: Sequence[tuple[Collection[str], Collection[str]]]) -> ThemeAgreement:
    pairs = [(theme in first, theme in second) for first, second in coded]
    return ThemeAgreement(
        theme=theme,
        first=sum(first for first, _ in pairs),
        second=sum(second for _, second in pairs),
        both=sum(first and second for first, second in pairs),
        kappa=cohens_kappa(pairs),
    )
