"""How much there is to read, how easily, and how long it takes. Pure.

Reading ease follows Flesch (A new readability yardstick, Journal of Applied Psychology 32, 1948, 221-233) for
English and its fitting to French by Kandel and Moles (Application de l'indice de Flesch à la langue française,
Cahiers d'études de radio-télévision 19, 1958, 253-274):

    French   207     - 1.015 words per sentence - 73.6 syllables per word
    English  206.835 - 1.015 words per sentence - 84.6 syllables per word

Both measure lengths and nothing else: no rare word, no unclear thought. Syllables are counted by their written
vowels. In French a final mute e is left out and one inside a word is counted (`tellement` has three), the ending
-ent of verbs is counted like that of `moment`, `pays` comes out with one; a figure counts as one. In English a
final mute e and -ed are left out, and vowels that meet are one (`idea` has two). Points of abbreviations count as
ends of sentences.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WORDS_A_MINUTE = 183
"""Adults reading aloud (Brysbaert, How many words do we read per minute?, Journal of Memory and Language 109, 2019,
104047: 183, in silence 238). Cards are read aloud by the kiosk too, and by people who do not read every day."""
LEAST_WORDS = 25
"""Under so many words a mean over sentences says little."""
_END = re.compile(r"[.!?…؟]+(?=[\s»”\")]|$)")
_VOWELS = "aeiouyàâäáéèêëîïíôöóùûüúœæ"


@dataclass(frozen=True)
class Measured:
    """What there is to read in some texts."""

    words: int
    sentences: int
    longest: str
    """The sentence with most words."""
    ease: float | None
    """0 (hard) to 100 (easy), beyond at either end; None for too few words or a language without a formula."""


def measured(texts: Sequence[str], language: str) -> Measured:
    """Measure texts, each of which is a sentence at least."""
    said = [sentence for text in texts for sentence in sentences(text)]
    counts = [len(words(sentence)) for sentence in said]
    total = sum(counts)
    longest = max(said, key=lambda sentence: len(words(sentence)), default="")
    return Measured(total, len(said), longest, _ease(said, total, language))


def words(text: str) -> list[str]:
    """Return what stands between blanks and holds a letter or figure."""
    return [word for word in text.split() if any(letter.isalnum() for letter in word)]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text that hold a word."""
    return [found.strip() for found in _END.split(text) if words(found)]


def seconds(count: int) -> float:
    """Return how long so many words take to read, in seconds."""
    return count * 60 / WORDS_A_MINUTE


def ease_in_french(total: int, said: int, syllables: int) -> float:
    """Return the reading ease of so many words, sentences and syllables (Kandel and Moles)."""
    return 207 - 1.015 * total / said - 73.6 * syllables / total


def ease_in_english(total: int, said: int, syllables: int) -> float:
    """Return the reading ease of so many words, sentences and syllables (Flesch)."""
    return 206.835 - 1.015 * total / said - 84.6 * syllables / total


def _ease(said: Sequence[str], total: int, language: str) -> float | None:
    formula = _FORMULAS.get(language[:2])
    if formula is None or total < LEAST_WORDS:
        return None
    of, count = formula
    return round(of(total, len(said), sum(count(word) for sentence in said for word in words(sentence))), 1)


def syllables_in_french(word: str) -> int:
    """Count the syllables of a French word, as far as its letters tell."""
    return max(sum(_french(part) for part in re.split(r"[-'’]", word.lower())), 1)


def _french(part: str) -> int:
    letters = "".join(letter for letter in unicodedata.normalize("NFC", part) if letter.isalnum())
    if letters.isdigit():
        return len(letters)
    letters = re.sub(r"qu", "q", re.sub(r"gu(?=[eiéèêy])", "g", letters))
    letters = re.sub(f"(?<=[{_VOWELS}])y(?=[{_VOWELS}])", "j", letters)
    # What an accent keeps apart is said apart: thé-âtre, cré-er, ma-ïs.
    letters = re.sub(f"é(?!es?$)(?=[{_VOWELS}])|(?<=[{_VOWELS}])(?=[ïüë])", r"\g<0>-", letters)
    groups = re.findall(f"[{_VOWELS}]+", letters)
    mute = re.search(r"[^aeiouyàâéèêëîïôùûüœ-]es?$", letters)
    ends_alone = bool(mute) and groups[-1] == "e"
    return len(groups) - 1 if ends_alone and len(groups) > 1 else len(groups)


def syllables_in_english(word: str) -> int:
    """Count the syllables of an English word, as far as its letters tell."""
    return max(sum(_english(part) for part in re.split(r"[-'’]", word.lower())), 1)


def _english(part: str) -> int:
    letters = "".join(letter for letter in part if letter.isalnum())
    if letters.isdigit():
        return len(letters)
    groups = len(re.findall(r"[aeiouy]+", letters))
    mute = re.search(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouytd]ed$", letters)
    return groups - 1 if mute and groups > 1 else groups


_FORMULAS: dict[str, tuple[Callable[[int, int, int], float], Callable[[str], int]]] = {
    "fr": (ease_in_french, syllables_in_french),
    "en": (ease_in_english, syllables_in_english),
}
