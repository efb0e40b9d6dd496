"""Module documents to test with: one that holds every kind of block, and any that may exist."""

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

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
        {"card": "safety", "key": "mind", "title": both("Mind"), "level": "danger", "body": both("Hot")},
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
    ],
}
MEDIA = {
    "media/a.svg": "a" * 64,
    "media/v.mp4": "b" * 64,
    "media/fr.vtt": "c" * 64,
    "media/en.vtt": "d" * 64,
}


def whole(**changes: Any) -> dict[str, Any]:
    """Return the module with every kind of block, changed."""
    return deepcopy(WHOLE) | changes


def block(key: str) -> dict[str, Any]:
    """Return a copy of one of its blocks."""
    return deepcopy(next(found for found in WHOLE["blocks"] if found["key"] == key))


_letters = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"))
_keys = st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True)
_lines = st.text(_letters, min_size=1, max_size=60).filter(lambda text: text.strip(" ") != "")
_plain = st.text(st.sampled_from("abc éà'\"#:-»\u202f\n.*_[]"), min_size=1, max_size=60).filter(str.strip)
_files = st.from_regex(r"media/[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)


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
        "sources": st.lists(_lines, max_size=3),
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
    kind = draw(st.sampled_from(["text", "picture", "video", "steps", "safety"]))
    card = {"card": kind, "title": _words(draw, languages)}
    if kind in ("text", "safety"):
        card["body"] = _prose(draw, languages)
    if kind == "picture":
        card["picture"] = _picture(draw, languages)
    if kind == "safety":
        card["level"] = draw(st.sampled_from(["danger", "warning", "mandatory", "prohibited", "information"]))
    if kind == "steps":
        card["steps"] = [{"text": _words(draw, languages)} for _ in range(draw(st.integers(2, 8)))]
    if kind == "video":
        card["video"] = {
            "file": _file(draw, languages),
            "captions": {language: draw(_files) for language in languages},
        }
    return card


def _question(draw: st.DrawFn, languages: list[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(["single", "multiple", "true_false", "numeric", "ordering", "matching"]))
    feedback = {"correct": _words(draw, languages), "incorrect": _words(draw, languages)}
    asked = {"question": kind, "prompt": _words(draw, languages), "feedback": feedback}
    if draw(st.booleans()):
        asked["picture"] = _picture(draw, languages)
    keys = draw(st.lists(_keys, min_size=3, max_size=6, unique=True))
    if kind in ("single", "multiple"):
        right = draw(st.integers(0, len(keys) - 1))
        asked["options"] = [
            {"key": key, "text": _words(draw, languages), "correct": place == right} for place, key in enumerate(keys)
        ]
    if kind == "true_false":
        asked["answer"] = draw(st.booleans())
    if kind == "numeric":
        asked |= {"answer": draw(st.floats(-1e6, 1e6)), "tolerance": draw(st.floats(0, 10))}
    if kind == "ordering":
        asked["items"] = [{"key": key, "text": _words(draw, languages)} for key in keys]
    if kind == "matching":
        asked["pairs"] = [
            {"key": key, "left": _words(draw, languages), "right": _words(draw, languages)} for key in keys
        ]
    return asked
