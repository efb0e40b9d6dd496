"""What gives an answer away to somebody who does not know it. Pure.

The patterns are those of Haladyna, Downing and Rodriguez (A review of multiple-choice item-writing guidelines for
classroom assessment, Applied Measurement in Education 15, 2002, 309-334): length of choices, "all of the above",
specific determiners, grammar, place of the right answer. How much longer is too long, and how often the same
place is too often, is our own choice. Grammar is looked at where letters tell: articles before vowels;
genders and numbers would need a dictionary.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LONGER, LONGER_BY = 1.5, 15
"""Times, and characters, by which the right answer is longer than any other."""
SAME_PLACE, LEAST_QUESTIONS = 0.75, 4
"""The share of questions, of so many at least, whose right answer stands at one place."""

_ALL = {
    "fr": r"(toutes? (les|ces) (réponses|propositions)|tout ce qui précède|tous? les deux|"
    r"aucune? (de ces|des) (réponses|propositions)|rien de tout (ça|cela))",
    "en": r"((all|none|both|neither|any) of (the above|these|them|the answers))",
}
_ABSOLUTE = {
    "fr": r"toujours|jamais|aucune?|uniquement|absolument|forcément|obligatoirement|totalement|n[’']importe",
    "en": r"always|never|none|only|absolutely|completely|entirely|whatever|every time",
}
_VOWEL = re.compile(r"[aeiouyhàâéèêëîïôùûœ]", re.IGNORECASE)
_BEFORE_VOWEL = {"fr": ("l’", "l'", "d’", "d'", "qu’", "qu'", "n’", "n'", "s’", "s'"), "en": (" an",)}
_BEFORE_CONSONANT = {"fr": (" le", " la", " de", " que", " ne", " se"), "en": (" a",)}


@dataclass(frozen=True)
class Choice:
    """One of the answers to choose from."""

    text: str
    correct: bool


def found(prompt: str, choices: Sequence[Choice], language: str) -> dict[str, Mapping[str, object]]:
    """Return the patterns that a question shows, each with the words it shows them by."""
    rights = [one.text for one in choices if one.correct]
    wrongs = [one.text for one in choices if not one.correct]
    if not rights or not wrongs:
        return {}
    spoken = language[:2]
    shown: dict[str, Mapping[str, object]] = {}
    if len(rights) == 1 and _much_longer(rights[0], wrongs):
        shown["longest_right"] = {"text": rights[0]}
    of_all = _first(_ALL.get(spoken), [*rights, *wrongs])
    if of_all:
        shown["all_of_above"] = {"text": of_all}
    absolute = _first(_ABSOLUTE.get(spoken), wrongs)
    if absolute and not _first(_ABSOLUTE.get(spoken), rights):
        shown["absolute_words"] = {"text": absolute}
    if _by_grammar(prompt, rights, wrongs, spoken):
        shown["grammar"] = {"text": prompt.split()[-1]}
    return shown


def same_place(places: Sequence[int]) -> int | None:
    """Return the place, from 0, where the right answer stands too often, None when nowhere.

    `places` are those of the right answers of a module's choices of one.
    """
    if len(places) < LEAST_QUESTIONS:
        return None
    place = max(set(places), key=places.count)
    return place if places.count(place) >= SAME_PLACE * len(places) else None


def _much_longer(right: str, wrongs: Sequence[str]) -> bool:
    longest = max(map(len, wrongs))
    return len(right) >= LONGER * longest and len(right) - longest >= LONGER_BY


def _first(pattern: str | None, texts: Sequence[str]) -> str | None:
    if pattern is None:
        return None
    known = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
    return next((found[0] for text in texts if (found := known.search(text))), None)


def _by_grammar(prompt: str, rights: Sequence[str], wrongs: Sequence[str], language: str) -> bool:
    """Whether the last word of a prompt fits the right answers alone."""
    end = f" {prompt.rstrip(' .…:_')}".lower()
    if end.endswith(_BEFORE_VOWEL.get(language, ("\0",))):
        wants_vowel = True
    elif end.endswith(_BEFORE_CONSONANT.get(language, ("\0",))):
        wants_vowel = False
    else:
        return False
    fits = [bool(_VOWEL.match(text)) is wants_vowel for text in (*rights, *wrongs)]
    return all(fits[: len(rights)]) and not any(fits[len(rights) :])
