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


LANGUAGES = ("fr", "en", "ar")
"""In which the words of answers are, the first being what everything is in."""
FIVE, THREE = 5, 3
RATED = frozenset({Scale.AGREEMENT, Scale.CAN_DO})
"""Scales of five points, or of three where a wave says so; results of the two are never pooled."""

LABELS: dict[tuple[Scale, int], tuple[Words, ...]] = {
    (Scale.AGREEMENT, FIVE): (
        {"fr": "Pas du tout d’accord", "en": "Not at all", "ar": "لا أوافق إطلاقاً"},
        {"fr": "Plutôt pas", "en": "Rather not", "ar": "أميل إلى عدم الموافقة"},
        {"fr": "Entre les deux", "en": "In between", "ar": "بين بين"},
        {"fr": "Plutôt d’accord", "en": "Rather yes", "ar": "أميل إلى الموافقة"},
        {"fr": "Tout à fait d’accord", "en": "Completely", "ar": "أوافق تماماً"},
    ),
    (Scale.CAN_DO, FIVE): (
        {"fr": "Je ne sais pas faire", "en": "I can’t", "ar": "لا أعرف كيف أفعل ذلك"},
        {"fr": "Avec quelqu’un à côté", "en": "With someone beside me", "ar": "مع شخص بجانبي"},
        {"fr": "Seul, mais c’est long", "en": "Alone but slowly", "ar": "وحدي، لكن ببطء"},
        {"fr": "Seul, facilement", "en": "Alone, easily", "ar": "وحدي، بسهولة"},
        {
            "fr": "Je peux l’expliquer à un collègue",
            "en": "I can explain it to a workmate",
            "ar": "أستطيع أن أشرحه لزميل",
        },
    ),
    (Scale.AGREEMENT, THREE): (
        {"fr": "Plutôt pas d’accord", "en": "Rather no", "ar": "أميل إلى عدم الموافقة"},
        {"fr": "Entre les deux", "en": "In between", "ar": "بين بين"},
        {"fr": "Plutôt d’accord", "en": "Rather yes", "ar": "أميل إلى الموافقة"},
    ),
    (Scale.CAN_DO, THREE): (
        {"fr": "Pas sans aide", "en": "Not without help", "ar": "ليس من دون مساعدة"},
        {"fr": "Seul, mais c’est long", "en": "Alone but slowly", "ar": "وحدي، لكن ببطء"},
        {"fr": "Seul, facilement", "en": "Alone, easily", "ar": "وحدي، بسهولة"},
    ),
}
RATHER_NOT: Words = {"fr": "Je préfère ne pas répondre", "en": "I’d rather not answer", "ar": "أفضّل ألا أجيب"}


def answers_on(scale: Scale, points: int, options: int = 0) -> range:
    """Return the answers that the scale allows in a wave of so many points."""
    if scale is Scale.RECOMMENDATION:
        return range(11)
    return range(1, (options if scale is Scale.CHOICE else points) + 1)
