"""What a kiosk reads aloud of a card or question: the author's recording, else a voice made beforehand.

What is read is what is seen: it comes from the player's document, so that a list is read in the order in which it
is shown, and no answer is given away.
"""

import re
from functools import partial
from typing import Any

from lms.catalogue.rendering import Document
from lms.kernel import speech
from lms.kernel.rich_text import LONGEST, to_text
from lms.kernel.speech import Speech

Words = dict[str, str]
_ENDS_OPEN = re.compile(r"(?<=[^\s.!?…:;,؟،>])\s*(?=</(?:p|li)>)")
"""Where a paragraph or an item ends without a sign that makes a voice pause."""


def speeches(player: Document, language: str) -> dict[str, Speech]:
    """Return what has to be read of an edition in a language, by block; what its author recorded is left out."""
    voice = language.lower()
    return {
        block["key"]: Speech(words(block, language), voice)
        for block in player["blocks"]
        if language not in block.get("sound", {})
    }


def sounds(player: Document, language: str) -> dict[str, str]:
    """Return the digest of what there is to listen to, by block."""
    return made_of(player, language, speeches(player, language))


def made_of(player: Document, language: str, wanted: dict[str, Speech]) -> dict[str, str]:
    """Return the same for whoever knows the speeches already."""
    made = speech.recordings(wanted.values())
    found = {block["key"]: block["sound"][language] for block in player["blocks"] if language in block.get("sound", {})}
    return found | {key: made[one] for key, one in wanted.items() if one in made}


def words(block: Document, language: str) -> str:
    """Return what is read of a block, each thing as a sentence of its own."""
    said = partial(_said, language=language)
    kind = block["kind"]
    told = [said(block.get("title") or block.get("prompt"))]
    if kind == "flip":
        told += [_body(block[side], language) for side in ("front", "back")]
    elif kind == "gaps":
        told += ["".join("…" if isinstance(piece, dict) else piece for piece in block["pieces"][language])]
    else:
        told += [said(sign["text"]) for sign in block.get("signs", [])]
        told += [_body(block, language)]
    told += _listed(block, language)
    told += [said(block.get("source"))]
    return " ".join(_sentence(one) for one in told if one)


def _listed(block: Document, language: str) -> list[str]:
    """Return the things a block lists, numbered where they are shown with a number."""
    said = partial(_said, language=language)
    for name in ("steps", "spots", "places"):
        if name in block:
            return [
                f"{number}. {_sentence(said(one['text']))} {said(one.get('body'))}"
                for number, one in enumerate(block[name], start=1)
            ]
    found: list[str] = []
    for name in ("checks", "options", "items", "lefts", "rights"):
        found += [said(one["text"]) or said(one["picture"]["alt"]) for one in block.get(name, [])]
    return found


def _said(text: Words | None, language: str) -> str:
    return (text or {}).get(language, "")


def _body(shown: Any, language: str) -> str:
    html = (shown.get("body") or {}).get(language, "")
    return to_text(_ENDS_OPEN.sub(".", html)[:LONGEST])


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?…:؟" else f"{text}."
