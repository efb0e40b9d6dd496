"""The scales of items and the words of their answers (evaluation reference, section 1.3).

Answers are whole numbers: 1 to 5 (or to 3), 0 to 10 for a recommendation, and the place of an
option for a choice. Who would rather not answer gives none: never the middle.
"""

from enum import StrEnum

Words = dict[str, str]


class Scale(StrEnum):
    """How an item is answered."""

    AGREEMENT = "agreement"
    CAN_DO = "can_do"
    RECOMMENDATION = "recommendation"
    """0 to 10."""
    CHOICE = "choice"
    """One of the item's own options; a category, never scored."""


FIVE, THREE = 5, 3
RATED = frozenset({Scale.AGREEMENT, Scale.CAN_DO})
"""Scales of five points, or of three where a wave says so; results of the two are never pooled."""

LABELS: dict[tuple[Scale, int], tuple[Words, ...]] = {
    (Scale.AGREEMENT, FIVE): (
        {"fr": "Pas du tout d’accord", "en": "Not at all"},
        {"fr": "Plutôt pas", "en": "Rather not"},
        {"fr": "Entre les deux", "en": "In between"},
        {"fr": "Plutôt d’accord", "en": "Rather yes"},
        {"fr": "Tout à fait d’accord", "en": "Completely"},
    ),
    (Scale.CAN_DO, FIVE): (
        {"fr": "Je ne sais pas faire", "en": "I can’t"},
        {"fr": "Avec quelqu’un à côté", "en": "With someone beside me"},
        {"fr": "Seul, mais c’est long", "en": "Alone but slowly"},
        {"fr": "Seul, facilement", "en": "Alone, easily"},
        {"fr": "Je peux l’expliquer à un collègue", "en": "I can explain it to a workmate"},
    ),
    (Scale.AGREEMENT, THREE): (
        {"fr": "Plutôt pas d’accord", "en": "Rather no"},
        {"fr": "Entre les deux", "en": "In between"},
        {"fr": "Plutôt d’accord", "en": "Rather yes"},
    ),
    (Scale.CAN_DO, THREE): (
        {"fr": "Pas sans aide", "en": "Not without help"},
        {"fr": "Seul, mais c’est long", "en": "Alone but slowly"},
        {"fr": "Seul, facilement", "en": "Alone, easily"},
    ),
}
RATHER_NOT: Words = {"fr": "Je préfère ne pas répondre", "en": "I’d rather not answer"}


def answers_on(scale: Scale, points: int, options: int = 0) -> range:
    """Return the answers that the scale allows in a wave of so many points."""
    if scale is Scale.RECOMMENDATION:
        return range(11)
    return range(1, (options if scale is Scale.CHOICE else points) + 1)
