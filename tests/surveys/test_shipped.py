"""The shipped instruments hold the reference's wording and shape (section 1.3)."""

import pytest
from pydantic import ValidationError

from lms.surveys.content import InstrumentContent, Scoring
from lms.surveys.scales import LABELS, Scale
from lms.surveys.shipped import shipped


def test_each_instrument_has_its_items() -> None:
    sizes = {code: len(content.items) for code, content in shipped().items()}
    assert sizes == {
        "ADH": 10,
        "CLI": 6,
        "DIG": 8,
        "ERG": 10,
        "FAC": 2,
        "FOR": 8,
        "REA": 4,
        "REC": 1,
        "SAV": 8,
        "TRA": 6,
        "TRA-OBS": 5,
    }


@pytest.mark.parametrize(
    ("key", "french", "english"),
    [
        ("DIG6", "Me connecter et me déconnecter pour que personne n’utilise mon compte", "Log in and out so nobody"),
        ("SAV4", "Quand je me trompe en apprenant, je continue quand même", "When I get it wrong while learning"),
        ("ADH8", "J’ai confiance : mes réponses ne serviront pas à me sanctionner", "I trust that my answers"),
        ("FOR2", "Je sais écrire une question qui vérifie vraiment", "I can write a question that really checks"),
        ("CLI1", "Dans mon équipe, on parle des erreurs pour apprendre", "In my team we discuss mistakes to learn"),
        ("REA4", "Je me sens capable de le faire au poste", "I feel able to do it at the post"),
        ("TRA2", "J’ai eu l’occasion de le faire", "I had the opportunity"),
    ],
)
def test_items_say_what_the_reference_says(key: str, french: str, english: str) -> None:
    item = shipped()[key.rstrip("0123456789")].item(key)
    assert item.text.fr == french
    assert item.text.en.startswith(english)


def test_what_operators_are_asked_is_in_arabic_too_and_says_that_it_is_our_own() -> None:
    for code, content in shipped().items():
        for_operators = code in ("ADH", "DIG", "FAC", "REA", "REC", "SAV", "TRA")
        assert content.languages == (("fr", "en", "ar") if for_operators else ("fr", "en")), code
        assert ("Arabic translation is the house’s own; not validated" in content.source.en) == for_operators, code
    assert all(one.keys() == {"fr", "en", "ar"} for words in LABELS.values() for one in words)


def test_own_items_are_never_reversed_except_where_a_published_scoring_needs_it() -> None:
    for content in shipped().values():
        reverses = [item.reversed for item in content.items]
        assert any(reverses) == (content.scoring is Scoring.ALTERNATING), content.code


def test_scales_have_the_words_of_the_reference() -> None:
    assert [words["fr"] for words in LABELS[Scale.CAN_DO, 5]] == [
        "Je ne sais pas faire",
        "Avec quelqu’un à côté",
        "Seul, mais c’est long",
        "Seul, facilement",
        "Je peux l’expliquer à un collègue",
    ]
    assert all(len(words) == points for (_, points), words in LABELS.items())


@pytest.mark.parametrize(
    "change",
    [
        {"items": [{"key": "A1", "text": {"fr": "a", "en": "a"}}] * 2},
        {"items": [{"key": "A1", "facet": "none", "text": {"fr": "a", "en": "a"}}]},
        {"items": [{"key": "A1", "scale": "choice", "text": {"fr": "a", "en": "a"}}]},
        {"items": [{"key": "A1", "text": {"fr": "a" * 201, "en": "a"}}]},
        {"items": [{"key": "A1", "text": {"fr": "a"}}]},
        {"items": [{"key": "A1", "text": {"fr": "a", "ar": "a"}}]},
        {"scoring": "alternating"},
        {"scoring": "recommendation"},
        {"code": "small"},
    ],
)
def test_what_does_not_hang_together_is_no_instrument(change: dict) -> None:
    usual = {"code": "OWN", "title": {"fr": "a", "en": "a"}, "purpose": {"fr": "a", "en": "a"}, "items": []}
    InstrumentContent.model_validate(usual)
    with pytest.raises(ValidationError):
        InstrumentContent.model_validate({**usual, **change})
