"""Advice in words: what was counted, why it matters, how to mend it."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.web.shared import problems

_ADVICE: dict[str, LazyString] = {
    "advice.too_many_words": _l(
        "%(language)s: %(words)s words at once, over %(limit)s. People read standing: split it, or take out "
        "what they need not do."
    ),
    "advice.hard_to_read": _l(
        "%(language)s: hard to read (%(ease)s; plain texts reach %(limit)s). In noise one reads less well: "
        "shorten sentences, choose short words."
    ),
    "advice.long_sentence": _l(
        "%(language)s: a sentence of %(words)s words (“%(start)s…”). Its beginning is forgotten at its end: "
        "make two of it."
    ),
    "advice.no_captions": _l(
        "The video has no captions. In noise nobody hears it: write what is said, or bring a file of captions."
    ),
    "advice.no_alt": _l(
        "The picture has no words. Who cannot see it, or listens, misses it: say in a sentence what it shows."
    ),
    "advice.bare_alt": _l("“%(text)s” hardly says what the picture shows. Say in a sentence what one is to see in it."),
    "advice.no_feedback": _l("%(language)s: nothing explains the answer. It is here that people learn: say why."),
    "advice.bare_feedback": _l(
        "%(language)s: “%(text)s” says whether, not why. It is here that people learn: give the reason in a sentence."
    ),
    "advice.longest_right": _l(
        "%(language)s: the right answer is much longer than the others, which gives it away. Shorten it, or "
        "say as much in the others."
    ),
    "advice.all_of_above": _l(
        "%(language)s: “%(text)s” is mostly right where it stands, and people know it. Ask for several right "
        "answers, or write another one."
    ),
    "advice.absolute_words": _l(
        "%(language)s: “%(text)s” stands in wrong answers only, and few things are so absolute. Take it out, "
        "or make the answer a likely mistake."
    ),
    "advice.grammar": _l(
        "%(language)s: after “%(text)s” only the right answer fits. Put the word into the answers, or end the "
        "question before it."
    ),
    "advice.same_place": _l(
        "The right answer is mostly number %(place)s. Who notices need not read: let it change places from "
        "question to question."
    ),
    "advice.small_picture": _l(
        "The picture has %(pixels)s points on its longer side, and is blurred on a kiosk. Take one of "
        "%(limit)s at least."
    ),
    "advice.small_letters": _l(
        "“%(text)s” in the drawing is %(height)s points high on a card, too small for who stands (%(limit)s "
        "at least). Draw it larger, or write it under the picture."
    ),
    "advice.pale_letters": _l(
        "“%(text)s” in the drawing is too pale (contrast %(contrast)s; %(limit)s at least). Make it darker, "
        "or what lies behind it lighter."
    ),
    "advice.minutes": _l(
        "It says %(declared)s min, and takes about %(reckoned)s. People plan by it: correct the minutes, or "
        "shorten the module."
    ),
}


def add_words() -> None:
    """Word the advice."""
    for code, message in _ADVICE.items():
        problems.add(code, message)
