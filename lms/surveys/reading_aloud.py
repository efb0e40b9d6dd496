"""What a wave reads aloud at a kiosk: each question with its answers, and the notice before them."""

from datetime import datetime

from lms.kernel import speech
from lms.kernel.speech import Speech
from lms.surveys import queries
from lms.surveys.content import Item
from lms.surveys.models import Wave
from lms.surveys.rules import Channel, WaveState
from lms.surveys.scales import LANGUAGES, RATHER_NOT, Scale, Words

ANSWERS: Words = {"fr": "Réponses possibles :", "en": "Possible answers:", "ar": "الأجوبة الممكنة:"}
FROM_NO_TO_YES: Words = {"fr": "de 0 à 10", "en": "from 0 to 10", "ar": "من 0 إلى 10"}
NOTICE = ""
"""What stands for the notice among the keys of items."""


def of_item(item: Item, points: int, language: str) -> Speech:
    """Return what is read of a question: its words, then each answer, and that one need not answer."""
    labels = [FROM_NO_TO_YES] if item.scale is Scale.RECOMMENDATION else item.labels(points)
    answers = "; ".join(words[language] for words in (*labels, RATHER_NOT))
    return Speech(f"{_sentence(item.text.words[language])} {ANSWERS[language]} {answers}.", language)


def of_notice(wave: Wave, language: str) -> Speech:
    """Return what is read before the first question."""
    title = _sentence(wave.content.title.words[language])
    return Speech(f"{title} {wave.notice[language]}", language)


def speeches(wave: Wave, language: str) -> dict[str, Speech]:
    """Return what a wave reads aloud in a language, by the item's key; nothing when it asks at no kiosk."""
    if Channel.KIOSK.value not in wave.channels:
        return {}
    items = {item.key: of_item(item, wave.scale_points, language) for item in wave.content.items}
    return {NOTICE: of_notice(wave, language), **items}


def prepare(wave: Wave) -> str | None:
    """Have read aloud beforehand what a wave will; return why that cannot be, or None."""
    return speech.prepared(one for language in _languages(wave) for one in speeches(wave, language).values())


def at_work(now: datetime) -> list[Speech]:
    """Return what the waves that are announced and not closed read aloud."""
    asked = [wave for wave, _ in queries.every_wave() if wave.state(now) in (WaveState.ANNOUNCED, WaveState.OPEN)]
    return [one for wave in asked for language in _languages(wave) for one in speeches(wave, language).values()]


def recordings(wave: Wave, language: str) -> dict[str, str]:
    """Return the digests of the files of what was read, by the item's key, in French for other languages."""
    wanted = speeches(wave, language if language in _languages(wave) else LANGUAGES[0])
    found = speech.recordings(wanted.values())
    return {key: found[one] for key, one in wanted.items() if one in found}


def _languages(wave: Wave) -> list[str]:
    return [language for language in wave.content.languages if language in wave.notice]


def _sentence(words: str) -> str:
    return words if words[-1] in ".!?…" else f"{words}."
