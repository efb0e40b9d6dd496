"""The advice on a block, and on a module as a whole. Pure.

Each piece of advice is a `Problem` whose code begins with `advice.`; it is worded where faults are. Texts are those of
the draft, complete or not. What a learner reads after an answer, and what stands behind a card or a
place that is touched, is a screen of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lms.authoring.drafts import Document
from lms.authoring.guidance import drawings, giveaways, reading
from lms.authoring.guidance.files import Files, Known
from lms.authoring.guidance.giveaways import Choice
from lms.authoring.translating import codes
from lms.authoring.translating.codes import Code, Piece, Segment
from lms.authoring.translating.units import HEAD, Unit, units
from lms.kernel.refusals import Problem

MOST_WORDS = 60
"""On one screen; our own measure, that of the audit's inventories too."""
LONGEST_SENTENCE = 20
"""In words; easy-to-read rules ask for short sentences without a number, this one is ours."""
LEAST_EASE = 60.0
"""Flesch's own scale calls 60 to 70 standard."""
QUESTION_SECONDS = 20
"""What deciding and answering take besides reading: our own guess, to be held against what kiosks record."""
BARE_FEEDBACK = 4
"""Words under which an explanation explains nothing."""
MINUTES_OFF = 1.5
"""Times by which what is declared and what is reckoned differ before it is said."""


@dataclass(frozen=True)
class Screen:
    """What is read at once, and how easily."""

    words: int
    ease: float | None


@dataclass(frozen=True)
class Advised:
    """What is counted of a block, and what is advised."""

    key: str
    screens: dict[str, Screen] = field(default_factory=dict)
    """The fullest screen of the block, by language."""
    seconds: float = 0.0
    """What it takes in the original language."""
    advice: tuple[Problem, ...] = ()
    unjudged: bool = False
    """Whether there may be letters in its pictures of which nothing can be told: in photographs, or over shapes."""


@dataclass(frozen=True)
class AdvisedModule:
    """The same for a module."""

    blocks: tuple[Advised, ...]
    minutes: float
    """What it takes in the original language, reckoned."""
    advice: tuple[Problem, ...]
    """What concerns no block alone."""

    @property
    def whole_minutes(self) -> int:
        """What it takes, as people are told it."""
        return _whole(self.minutes)

    def block(self, key: str) -> Advised:
        """Return what is said of a block; nothing for one that is not there."""
        return next((one for one in self.blocks if one.key == key), Advised(key))

    @property
    def pieces(self) -> int:
        """How many pieces of advice there are."""
        return len(self.advice) + sum(len(one.advice) for one in self.blocks)


def advise(document: Document, files: Files) -> AdvisedModule:
    """Advise on a module; `files` are those it names, as far as they are known."""
    texts: dict[str, list[Unit]] = {}
    for unit in units(document):
        texts.setdefault(unit.block, []).append(unit)
    blocks = tuple(
        _block(block, texts.get(block.get("key", ""), []), document["languages"], files) for block in document["blocks"]
    )
    head = sum(_words_of(unit, document["languages"][0]) for unit in texts.get(HEAD, []) if unit.path == "title")
    minutes = (reading.seconds(head) + sum(one.seconds for one in blocks)) / 60
    return AdvisedModule(blocks, round(minutes, 1), tuple(_of_module(document, minutes)))


def _block(block: Document, texts: Sequence[Unit], languages: Sequence[str], files: Files) -> Advised:
    screens: dict[str, Screen] = {}
    advice: list[Problem] = []
    for language in languages:
        said = [reading.measured(one, language) for one in _screens(texts, language)]
        fullest = max(said, key=lambda one: one.words, default=None)
        if fullest is not None:
            screens[language] = Screen(fullest.words, fullest.ease)
            advice += _of_reading(fullest, language)
        advice += _of_question(block, language)
    advice += _of_pictures(block, languages[0], files)
    seconds = _seconds(block, texts, languages[0], files)
    return Advised(block.get("key", ""), screens, seconds, tuple(advice), _is_unjudged(block, files))


def _screens(texts: Sequence[Unit], language: str) -> Iterator[list[str]]:
    """Yield the texts that are seen at once."""
    first: list[str] = []
    behind: dict[str, list[str]] = {}
    for unit in texts:
        names = unit.path.split(".")
        said = _plain_texts(unit, language)
        if not said or names[-1] == "alt":
            continue
        if "feedback" in names or names[0] in ("front", "back") or names[-1] == "body" and names[0] == "spots":
            behind.setdefault(unit.path.rpartition(".body")[0] or unit.path, []).extend(said)
        else:
            first += said
    yield first
    for said in behind.values():
        yield said


def _plain_texts(unit: Unit, language: str) -> list[str]:
    text = unit.texts.get(language, "")
    parts = codes.split(text, unit.shape) if text else []
    return [_plain(part.pieces) for part in parts if isinstance(part, Segment)]


def _plain(pieces: Sequence[Piece]) -> str:
    return "".join(piece if isinstance(piece, str) else _inside(piece) for piece in pieces)


def _inside(code: Code) -> str:
    return "…" if code.kind == "gap" else _plain(code.inside)


def _words_of(unit: Unit, language: str) -> int:
    return sum(len(reading.words(text)) for text in _plain_texts(unit, language))


def _of_reading(fullest: reading.Measured, language: str) -> Iterator[Problem]:
    spoken = {"language": language}
    if fullest.words > MOST_WORDS:
        yield Problem("advice.too_many_words", facts={"words": fullest.words, "limit": MOST_WORDS, **spoken})
    if fullest.ease is not None and fullest.ease < LEAST_EASE:
        yield Problem("advice.hard_to_read", facts={"ease": round(fullest.ease), "limit": round(LEAST_EASE), **spoken})
    length = len(reading.words(fullest.longest))
    if length > LONGEST_SENTENCE:
        start = " ".join(fullest.longest.split()[:5])
        yield Problem("advice.long_sentence", facts={"words": length, "start": start, **spoken})


def _of_question(block: Document, language: str) -> Iterator[Problem]:
    if "question" not in block:
        return
    spoken = {"language": language}
    told = block.get("feedback") or {}
    for side in ("correct", "incorrect"):
        text = (told.get(side) or {}).get(language, "")
        if len(reading.words(text)) < BARE_FEEDBACK:
            code = "advice.bare_feedback" if text else "advice.no_feedback"
            yield Problem(code, path=f"feedback.{side}", facts={"text": text, **spoken})
    if block["question"] in ("single", "multiple"):
        choices = [
            Choice((one.get("text") or {}).get(language, ""), bool(one.get("correct")))
            for one in block.get("options", [])
        ]
        prompt = (block.get("prompt") or {}).get(language, "")
        if prompt and all(one.text for one in choices):
            for name, facts in giveaways.found(prompt, choices, language).items():
                yield Problem(f"advice.{name}", path="options", facts={**facts, **spoken})


def _of_pictures(block: Document, original: str, files: Files) -> Iterator[Problem]:
    for path, part in _parts(block, ()):
        if path[-1:] == ("video",):
            captions = part.get("captions") or {}
            if original not in captions:
                yield Problem("advice.no_captions", path=".".join(path))
        elif "file" in part:
            alt = (part.get("alt") or {}).get(original, "")
            if len(reading.words(alt)) < 2:
                code = "advice.bare_alt" if alt else "advice.no_alt"
                yield Problem(code, path=".".join((*path, "alt")), facts={"text": alt})
            for name in dict.fromkeys(_named(part["file"])):
                yield from _of_file(files.get(name, Known()), ".".join(path))


def _is_unjudged(block: Document, files: Files) -> bool:
    shown = (name for _path, part in _parts(block, ()) if "file" in part for name in _named(part["file"]))
    return any(files.get(name, Known()).hides_letters for name in shown)


def _of_file(known: Known, path: str) -> Iterator[Problem]:
    if known.pixels is not None and known.pixels < drawings.LEAST_PIXELS:
        yield _measured("small_picture", path, pixels=known.pixels, limit=drawings.LEAST_PIXELS)
    small = [one for one in known.letterings if one.height is not None and one.height < drawings.LEAST_LETTERS]
    if small:
        yield _measured("small_letters", path, text=small[0].text, height=small[0].height, limit=drawings.LEAST_LETTERS)
    pale = [one for one in known.letterings if one.contrast is not None and one.contrast < drawings.LEAST_CONTRAST]
    if pale:
        yield _measured(
            "pale_letters", path, text=pale[0].text, contrast=pale[0].contrast, limit=drawings.LEAST_CONTRAST
        )


def _measured(code: str, path: str, **facts: object) -> Problem:
    return Problem(f"advice.{code}", path=path, facts=facts)


def _parts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Document]]:
    """Yield every part of a block, with the way to it."""
    if isinstance(value, dict):
        yield path, value
        for name, inner in value.items():
            yield from _parts(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _parts(inner, (*path, str(place)))


def _named(file: Any) -> list[str]:
    return [file] if isinstance(file, str) else list(file.values()) if isinstance(file, dict) else []


def _seconds(block: Document, texts: Sequence[Unit], language: str, files: Files) -> float:
    read = sum(_words_of(unit, language) for unit in texts if not unit.path.endswith("alt"))
    film = (block.get("video") or {}).get("file") if isinstance(block.get("video"), dict) else None
    shown = _length(film, language, files)
    spoken = _length(block.get("sound"), language, files)
    asked = QUESTION_SECONDS if "question" in block else 0
    return max(reading.seconds(read), spoken) + shown + asked


def _length(file: Any, language: str, files: Files) -> float:
    """Return how long a film or recording lasts that a learner of the language gets."""
    name = file.get(language) if isinstance(file, dict) else file
    return files.get(name, Known()).seconds or 0.0 if isinstance(name, str) else 0.0


def _is_off(declared: float, reckoned: float) -> bool:
    return not declared / MINUTES_OFF <= reckoned <= declared * MINUTES_OFF


def _whole(minutes: float) -> int:
    """Return minutes as people are told them: whole ones, a half upwards, one at least."""
    return max(int(minutes + 0.5), 1)


def _of_module(document: Document, minutes: float) -> Iterator[Problem]:
    declared = document.get("minutes")
    if isinstance(declared, int) and document["blocks"] and _is_off(declared, max(minutes, 0.5)):
        facts: dict[str, object] = {"declared": declared, "reckoned": _whole(round(minutes, 1))}
        yield Problem("advice.minutes", path="minutes", facts=facts)
    places = [
        [one for one, option in enumerate(block.get("options", [])) if option.get("correct")]
        for block in document["blocks"]
        if block.get("question") == "single"
    ]
    place = giveaways.same_place([found[0] for found in places if len(found) == 1])
    if place is not None:
        yield Problem("advice.same_place", facts={"place": place + 1})
