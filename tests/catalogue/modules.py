"""Module documents to test with: one that holds every kind of block, and any that may exist."""

from collections.abc import Callable
from copy import deepcopy
from functools import partial
from typing import Any

from hypothesis import strategies as st

from lms.catalogue.blocks import CARDS, QUESTIONS
from lms.catalogue.signs import SIGNS

FEEDBACK = {"correct": {"fr": "Oui.", "en": "Yes."}, "incorrect": {"fr": "Non.", "en": "No."}}


def both(words: str) -> dict[str, str]:
    return {"fr": f"{words} (fr)", "en": f"{words} (en)"}


WHOLE: dict[str, Any] = {
    "format": "etabli-module/1",
    "code": "whole",
    "languages": ["fr", "en"],
    "title": both("Whole"),
    "summary": both("Every kind"),
    "minutes": 5,
    "blocks": [
        {"card": "text", "key": "read", "title": both("Read"), "body": both("A **bold** [link](https://example.org)")},
        {
            "card": "picture",
            "key": "look",
            "title": both("Look"),
            "picture": {"file": "media/a.svg", "alt": both("A drawing")},
        },
        {
            "card": "video",
            "key": "watch",
            "title": both("Watch"),
            "video": {"file": "media/v.mp4", "captions": {"fr": "media/fr.vtt", "en": "media/en.vtt"}},
        },
        {"card": "steps", "key": "do", "title": both("Do"), "steps": [{"text": both("First")}, {"text": both("Then")}]},
        {
            "card": "safety",
            "key": "mind",
            "title": both("Mind"),
            "level": "danger",
            "signs": ["W017"],
            "body": both("Hot"),
        },
        {
            "question": "single",
            "key": "one",
            "prompt": both("Which?"),
            "feedback": FEEDBACK,
            "options": [
                {"key": "a", "text": both("A"), "correct": True},
                {"key": "b", "text": both("B"), "feedback": both("B is not")},
            ],
        },
        {
            "question": "multiple",
            "key": "some",
            "prompt": both("Which ones?"),
            "feedback": FEEDBACK,
            "points": 2,
            "options": [
                {"key": "a", "text": both("A"), "correct": True, "feedback": both("A is")},
                {"key": "b", "text": both("B")},
                {"key": "c", "text": both("C"), "correct": True},
            ],
        },
        {"question": "true_false", "key": "so", "prompt": both("So?"), "feedback": FEEDBACK, "answer": False},
        {
            "question": "numeric",
            "key": "much",
            "prompt": both("How much?"),
            "feedback": FEEDBACK,
            "answer": 3.15,
            "tolerance": 0.05,
            "unit": both("mm"),
        },
        {
            "question": "ordering",
            "key": "order",
            "prompt": both("In order"),
            "feedback": FEEDBACK,
            "items": [{"key": key, "text": both(key)} for key in ("i1", "i2", "i3", "i4")],
        },
        {
            "question": "matching",
            "key": "match",
            "prompt": both("Together"),
            "feedback": FEEDBACK,
            "pairs": [
                {"key": "p1", "left": both("l1"), "right": both("same")},
                {"key": "p2", "left": both("l2"), "right": both("same")},
                {"key": "p3", "left": both("l3"), "right": both("other")},
            ],
        },
        {
            "card": "spots",
            "key": "touch",
            "title": both("Touch"),
            "picture": {"file": "media/b.svg", "alt": both("A drawing")},
            "spots": [
                {"key": "s1", "x": 20, "y": 30.5, "text": both("Brake"), "body": both("It holds")},
                {"key": "s2", "x": 60, "y": 30.5, "text": both("Blade"), "body": both("It cuts")},
            ],
        },
        {
            "card": "flip",
            "key": "turn",
            "title": both("Turn"),
            "front": {"body": both("A noise")},
            "back": {"body": both("Stop"), "picture": {"file": "media/b.svg", "alt": both("A drawing")}},
        },
        {
            "card": "checklist",
            "key": "tick",
            "title": both("Tick"),
            "checks": [{"text": both("x")}, {"text": both("y")}],
        },
        {
            "card": "compare",
            "key": "compare",
            "title": both("Compare"),
            "before": {"file": "media/b.svg", "alt": both("Untidy")},
            "after": {"file": "media/b.svg", "alt": both("Tidy")},
        },
        {
            "card": "document",
            "key": "page",
            "title": both("The page"),
            "body": both("Section 4"),
            "source": both("Control plan, page 3"),
            "sound": {"fr": "media/page.mp3"},
        },
        {
            "question": "hotspot",
            "key": "where",
            "prompt": both("Where?"),
            "picture": {"file": "media/b.svg", "alt": both("A drawing")},
            "feedback": FEEDBACK,
            "places": [
                {"key": "here", "x": 20, "y": 30, "text": both("Here"), "correct": True},
                {"key": "there", "x": 50, "y": 30, "text": both("There"), "feedback": both("Not there")},
                {"key": "too", "x": 80, "y": 30, "text": both("Here too"), "correct": True},
            ],
        },
        {
            "question": "gaps",
            "key": "gap",
            "prompt": both("Fill in"),
            "feedback": FEEDBACK,
            "text": {"fr": "[g1] la machine, puis [g2].", "en": "Then [g2], after you [g1] it."},
            "gaps": [{"key": "g1", "word": both("stop")}, {"key": "g2", "word": both("lock")}],
            "others": [both("oil")],
        },
        {
            "question": "picture_choice",
            "key": "pick",
            "prompt": both("Which one?"),
            "feedback": FEEDBACK,
            "options": [
                {"key": "a", "picture": {"file": "media/b.svg", "alt": both("Straight")}, "correct": True},
                {"key": "b", "picture": {"file": "media/b.svg", "alt": both("Cone")}, "text": both("B")},
            ],
        },
    ],
}
MEDIA = {
    "media/a.svg": "a" * 64,
    "media/v.mp4": "b" * 64,
    "media/fr.vtt": "c" * 64,
    "media/en.vtt": "d" * 64,
    "media/page.mp3": "f" * 64,
    "media/b.svg": "9" * 64,
}


def whole(**changes: Any) -> dict[str, Any]:
    """Return the module with every kind of block, changed."""
    return deepcopy(WHOLE) | changes


def block(key: str) -> dict[str, Any]:
    """Return a copy of one of its blocks."""
    return deepcopy(next(found for found in WHOLE["blocks"] if found["key"] == key))


_letters = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"))
_keys = st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True)
_lines = st.text(_letters, min_size=1, max_size=60).filter(str.strip)
_plain = st.text(st.sampled_from("abc éà'\"#:-»\u202f\n.*_[]"), min_size=1, max_size=60).filter(str.strip)
_files = st.from_regex(r"media/[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Any valid module document."""
    languages = draw(st.lists(st.sampled_from(["fr", "en", "no", "ar", "pt-BR"]), min_size=1, max_size=3, unique=True))
    keys = draw(st.lists(_keys, min_size=1, max_size=5, unique=True))
    whole = {
        "format": "etabli-module/1",
        "code": draw(_keys),
        "languages": languages,
        "title": _words(draw, languages),
        "summary": _words(draw, languages),
        "minutes": draw(st.integers(1, 30)),
        "blocks": [_block(draw, languages, key) for key in keys],
    }
    for name, strategy in {
        "pass_mark": st.floats(0.01, 1),
        "max_attempts": st.integers(1, 20),
        "validity_months": st.integers(1, 120),
        "review_months": st.integers(1, 60),
        "owner": _lines,
        "sources": st.lists(_lines, max_size=3),
        "parts_shown": st.just(True),
        "confidence": st.just(True),
        "local_rule": st.builds(lambda: _words(draw, languages)),
    }.items():
        if draw(st.booleans()):
            whole[name] = draw(strategy)
    return whole


def _words(draw: st.DrawFn, languages: list[str]) -> dict[str, str]:
    return {language: draw(_lines) for language in languages}


def _prose(draw: st.DrawFn, languages: list[str]) -> dict[str, str]:
    # Letters first on each line: what else may begin a line is Markdown's own business.
    return {language: "x" + draw(_plain).replace("\n", "\n\nx").strip() for language in languages}


def _file(draw: st.DrawFn, languages: list[str]) -> object:
    return draw(_files) if draw(st.booleans()) else {language: draw(_files) for language in languages}


def _picture(draw: st.DrawFn, languages: list[str]) -> dict[str, Any]:
    return {"file": _file(draw, languages), "alt": _words(draw, languages)}


def _block(draw: st.DrawFn, languages: list[str], key: str) -> dict[str, Any]:
    make = draw(st.sampled_from([_card, _question]))
    return {"key": key} | make(draw, languages)


def _card(draw: st.DrawFn, languages: list[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(CARDS)))
    words, prose, picture = (partial(make, draw, languages) for make in (_words, _prose, _picture))
    more: dict[str, Callable[[], dict[str, Any]]] = {
        "text": lambda: {"body": prose()},
        "picture": lambda: {"picture": picture()},
        "video": lambda: {
            "video": {"file": _file(draw, languages), "captions": {language: draw(_files) for language in languages}}
        },
        "steps": lambda: {"steps": [{"text": words()} for _ in range(draw(st.integers(2, 8)))]},
        "safety": lambda: {
            "body": prose(),
            "level": draw(st.sampled_from(["danger", "warning", "mandatory", "prohibited", "information"])),
            "signs": draw(st.lists(st.sampled_from(sorted(SIGNS)), min_size=1, max_size=4)),
        },
        "spots": lambda: {
            "picture": picture(),
            "spots": [place | {"body": words()} for place in _places(draw, languages)],
        },
        "flip": lambda: {"front": {"body": prose(), "picture": picture()}, "back": {"body": prose()}},
        "checklist": lambda: {"checks": [{"text": words()} for _ in range(draw(st.integers(2, 8)))]},
        "compare": lambda: {"before": picture(), "after": picture()},
        "document": lambda: {"body": prose(), "source": words()},
    }
    card = {"card": kind, "title": words(), **more[kind]()}
    if draw(st.booleans()):
        card["sound"] = {languages[0]: draw(_files)}
    return card


def _places(draw: st.DrawFn, languages: list[str]) -> list[dict[str, Any]]:
    keys = draw(st.lists(_keys, min_size=2, max_size=5, unique=True))
    return [
        {"key": key, "x": 10 + 20 * place, "y": draw(st.floats(3, 97)), "text": _words(draw, languages)}
        | ({"size": draw(st.integers(5, 60))} if draw(st.booleans()) else {})
        for place, key in enumerate(keys)
    ]


def _question(draw: st.DrawFn, languages: list[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(QUESTIONS)))
    words, picture = (partial(make, draw, languages) for make in (_words, _picture))
    asked: dict[str, Any] = {
        "question": kind,
        "prompt": words(),
        "feedback": {"correct": words(), "incorrect": words()},
    }
    if kind == "hotspot" or draw(st.booleans()):
        asked["picture"] = picture()
    return asked | _answer(draw, kind, languages)


def _answer(draw: st.DrawFn, kind: str, languages: list[str]) -> dict[str, Any]:
    words, picture = (partial(make, draw, languages) for make in (_words, _picture))
    keys = draw(st.lists(_keys, min_size=3, max_size=6, unique=True))
    right = draw(st.integers(0, 1))
    gaps = keys[:2]
    ways: dict[str, Callable[[], dict[str, Any]]] = {
        "single": lambda: {"options": [{"key": key, "text": words(), "correct": key == keys[right]} for key in keys]},
        "true_false": lambda: {"answer": draw(st.booleans())},
        "numeric": lambda: {"answer": draw(st.floats(-1e6, 1e6)), "tolerance": draw(st.floats(0, 10))},
        "ordering": lambda: {"items": [{"key": key, "text": words()} for key in keys]},
        "matching": lambda: {"pairs": [{"key": key, "left": words(), "right": words()} for key in keys]},
        "hotspot": lambda: {
            "places": [one | {"correct": place == right} for place, one in enumerate(_places(draw, languages))]
        },
        "gaps": lambda: {
            "text": dict.fromkeys(languages, f"x [{gaps[0]}] y [{gaps[1]}]"),
            "gaps": [{"key": key, "word": words()} for key in gaps],
            "others": [words()],
        },
        "picture_choice": lambda: {
            "options": [{"key": key, "picture": picture(), "correct": key == keys[right]} for key in keys]
        },
    }
    return ways["single" if kind == "multiple" else kind]()
