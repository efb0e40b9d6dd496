"""Reading ease, syllables and lengths, against values worked out by hand."""

import pytest

from lms.authoring.guidance import reading

FRENCH = {
    "le": 1, "bobine": 2, "machine": 2, "arrêtez": 3, "l’encre": 1, "théâtre": 2, "noyau": 2, "sécurité": 4,
    "opération": 4, "vieille": 1, "travail": 2, "feuille": 1, "créer": 2, "voyez": 2, "qualité": 3, "guide": 1,
    "rouleau": 2, "maïs": 2, "employé": 3, "tables": 1, "vérifiée": 3, "porte-lame": 2, "15": 2, "EPI": 2,
    "vue": 1, "roue": 1, "idée": 2, "eau": 1,
}  # fmt: skip
"""Counted as they are said in northern France, mute e at the end left out."""
ENGLISH = {
    "the": 1, "stop": 1, "machine": 2, "table": 2, "blade": 1, "stopped": 1, "coated": 2, "roll": 1, "operator": 4,
    "gloves": 2, "cut": 1, "winding": 2,
}  # fmt: skip
"""`gloves` has one: -es is not left out."""


def test_syllables() -> None:
    assert {word: reading.syllables_in_french(word) for word in FRENCH} == FRENCH
    assert {word: reading.syllables_in_english(word) for word in ENGLISH} == ENGLISH


def test_the_formulas() -> None:
    """Kandel and Moles 1958; Flesch 1948, whose own table calls 65 standard: 17 words a sentence, 147 syllables."""
    assert reading.ease_in_french(100, 10, 150) == pytest.approx(207 - 10.15 - 110.4)
    assert reading.ease_in_english(100, 5, 140) == pytest.approx(206.835 - 20.3 - 118.44)
    assert reading.ease_in_english(1700, 100, 2499) == pytest.approx(65.2, abs=0.1)


def test_a_text_is_measured() -> None:
    texts = ["Arrêtez la machine.", "Mettez vos gants ! Puis ouvrez le capot…", "Largeur : 110,5 mm"]
    found = reading.measured(texts, "fr")
    assert (found.words, found.sentences, found.longest) == (13, 4, "Puis ouvrez le capot")
    assert found.ease is None  # Too few words.
    long = reading.measured(["Mettez vos gants. " * 10], "fr")
    assert long.ease == pytest.approx(207 - 1.015 * 3 - 73.6 * 4 / 3, abs=0.1)
    assert reading.measured(["Załóż rękawice. " * 20], "pl").ease is None


def test_reading_takes_time() -> None:
    """183 words a minute (Brysbaert 2019)."""
    assert reading.seconds(183) == 60
