"""Which questions an attempt asks, where a module draws some from a pool or has two forms. Pure.

What is drawn follows from the attempt alone, so that anybody can work it out again, a kiosk without the server too
(`static/kiosk/draw.js`, the twin of `drawn`). What counts follows from the answers: of each pool as many as are
drawn, those answered first; of the two forms the one that was begun. So an attempt that a kiosk drew by itself
counts like any other, and whoever answers more of a pool than was asked gains nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from lms.catalogue.content import FORMS, ModuleContent

Answer = TypeVar("Answer")
_MASK = 0xFFFFFFFF


def seed(digest: str, person_id: int, attempt: int) -> str:
    """Return what decides an attempt's draw: its edition's digest, its person and its number."""
    return f"{digest[:16]}/{person_id}/{attempt}"


def form_of(person_id: int, attempt: int) -> str:
    """Return the form that somebody's attempt asks: one of them first, the other next, and so on.

    Of each two people whose numbers follow each other a coin gives form A to one first and B to the other, so that
    both forms are begun by as many.
    """
    coin = hashlib.sha256(f"form/{person_id // 2}".encode()).digest()[0] & 1
    return FORMS[(person_id + coin + attempt - 1) % 2]


def drawn(content: ModuleContent, seed: str, form: str) -> list[str]:
    """Return the keys of the questions that an attempt asks, in their order."""
    chosen = {
        key
        for pool in content.pools
        for key in sorted(
            (one.key for one in content.questions if one.pool == pool.key), key=lambda key: rank(key, seed)
        )[: pool.draw]
    }
    return [one.key for one in content.questions if (one.key in chosen if one.pool else one.form in (None, form))]


def rank(key: str, seed: str) -> int:
    """Return a question's place in the draw: FNV-1a (32 bits) of key and seed, stirred as MurmurHash3 ends."""
    found = 2166136261
    for byte in f"{key}/{seed}".encode():
        found = ((found ^ byte) * 16777619) & _MASK
    found = ((found ^ (found >> 16)) * 0x85EBCA6B) & _MASK
    found = ((found ^ (found >> 13)) * 0xC2B2AE35) & _MASK
    return found ^ (found >> 16)


def counted(content: ModuleContent, answers: Mapping[str, Answer]) -> dict[str, Answer] | None:
    """Return the answers that an attempt counts, or None while one is lacking; `answers` in the order of time."""
    if not content.draws:
        return dict(answers) if len(answers) == len(content.questions) else None
    wanted = _wanted(content, answers)
    if len(wanted) < content.asked:
        return None
    return {key: answers[key] for key in answers if key in wanted}


def under_way(content: ModuleContent, answers: Mapping[str, Any]) -> int:
    """Return how many of the questions that an attempt asks were answered in it."""
    return len(_wanted(content, answers)) if content.draws else len(answers)


def _wanted(content: ModuleContent, answers: Iterable[str]) -> set[str]:
    questions = {one.key: one for one in content.questions}
    left = {pool.key: pool.draw for pool in content.pools}
    begun: str | None = None
    wanted = set()
    for key in answers:
        question = questions[key]
        if question.pool:
            if not left[question.pool]:
                continue
            left[question.pool] -= 1
        elif question.form:
            begun = begun or question.form
            if question.form != begun:
                continue
        wanted.add(key)
    return wanted


def points(content: ModuleContent, keys: Sequence[str] | Mapping[str, Any]) -> dict[str, int]:
    """Return the points of these questions, in the module's order."""
    return {one.key: one.points for one in content.questions if one.key in keys}
