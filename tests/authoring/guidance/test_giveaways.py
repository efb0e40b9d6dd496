"""What gives an answer away."""

import pytest

from lms.authoring.guidance.giveaways import Choice, found, same_place


def choices(right: str, *wrongs: str) -> list[Choice]:
    return [Choice(right, correct=True), *(Choice(text, correct=False) for text in wrongs)]


@pytest.mark.parametrize(
    ("prompt", "asked", "language", "expected"),
    [
        ("Que faites-vous ?", choices("J’arrête et j’appelle le chef", "Je pars", "Je ris"), "fr", "longest_right"),
        ("Que faites-vous ?", choices("Toutes ces réponses", "Je pars loin", "Je ris"), "fr", "all_of_above"),
        ("What do you do?", choices("All of the above", "I leave it now", "I laugh"), "en", "all_of_above"),
        ("Le ruban ?", choices("Souvent droit", "Toujours droit", "Parfois"), "fr", "absolute_words"),
        ("The ribbon?", choices("Mostly straight", "Never straight", "Oblique"), "en", "absolute_words"),
        ("On tourne d’abord l’", choices("axe", "bobine", "lame"), "fr", "grammar"),
        ("You take an", choices("axle", "blade", "roll"), "en", "grammar"),
        ("You take a", choices("blade", "axle", "oil can"), "en", "grammar"),
    ],
)  # fmt: skip
def test_patterns(prompt: str, asked: list[Choice], language: str, expected: str) -> None:
    assert list(found(prompt, asked, language)) == [expected]


def test_good_questions_show_none() -> None:
    assert not found("Que faites-vous ?", choices("Je coupe l’alimentation", "Je nettoie la lame", "Je note"), "fr")
    assert not found("The ribbon?", choices("Never straight", "Always straight"), "en")  # Absolute on both sides.
    assert not found("On tourne l’", choices("axe", "embout"), "fr")
    long = "Je coupe l’alimentation de la découpeuse, puis j’attends"
    longer = f"{long} l’arrêt complet"
    assert not found("Que faites-vous ?", choices(longer, long), "fr")
    assert not found("Which?", [Choice("A", correct=False)], "en")
    assert not found("Aucunement ?", choices("Oui", "Tousser"), "fr")


def test_the_right_answer_at_one_place() -> None:
    assert same_place([1, 1, 1, 0]) == 1
    assert same_place([1, 1, 0, 0]) is None
    assert same_place([1, 1, 1]) is None  # Too few to say so.
