"""What the studio calls kinds, states and changes."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.authoring.beginnings.documents import Beginning
from lms.authoring.models import Origin
from lms.authoring.queries import DraftState
from lms.authoring.translating.states import State
from lms.catalogue.comparing import Aspect
from lms.catalogue.models import Impact
from lms.kernel.languages import own_name

KINDS: dict[str, LazyString] = {
    "text": _l("Text card"),
    "picture": _l("Picture card"),
    "video": _l("Video card"),
    "steps": _l("Steps in order"),
    "safety": _l("Safety notice"),
    "spots": _l("Picture with places to touch"),
    "flip": _l("Card with two sides"),
    "checklist": _l("Checklist"),
    "compare": _l("Before and after"),
    "document": _l("Page of a document"),
    "single": _l("One right answer"),
    "multiple": _l("Several right answers"),
    "true_false": _l("True or false"),
    "numeric": _l("A number"),
    "ordering": _l("Put in order"),
    "matching": _l("Bring together"),
    "hotspot": _l("Touch the right place"),
    "gaps": _l("Fill in the missing words"),
    "picture_choice": _l("Choose the right picture"),
}
ICONS = {
    "text": "file-text",
    "picture": "image",
    "video": "play",
    "steps": "list-ordered",
    "safety": "triangle-alert",
    "spots": "map-pin",
    "flip": "repeat-2",
    "checklist": "square-check-big",
    "compare": "columns-2",
    "document": "file-text",
    "hotspot": "map-pin",
    "gaps": "text-cursor-input",
    "picture_choice": "images",
}
LEVELS: dict[str, LazyString] = {
    "danger": _l("Danger"),
    "warning": _l("Be careful"),
    "mandatory": _l("You must"),
    "prohibited": _l("You must not"),
    "information": _l("Good to know"),
}
STATES: dict[DraftState, tuple[LazyString, str]] = {
    DraftState.INCOMPLETE: (_l("To be completed"), "warning"),
    DraftState.READY: (_l("Ready to publish"), "info"),
    DraftState.PUBLISHED: (_l("Published"), "success"),
    DraftState.WITHDRAWN: (_l("Edition withdrawn"), "danger"),
}
BEGINNINGS: dict[Beginning, LazyString] = {
    Beginning.PROCEDURE: _l("A procedure: in which order, with what, what to check"),
    Beginning.DEFECT: _l("A defect: what it looks like, where it comes from, what to do"),
    Beginning.SAFETY: _l("A safety rule: what can happen, what to do each time"),
    Beginning.REFERENCE: _l("A new reference: what changes, how to set it up and recognise it"),
}
UNIT_STATES: dict[State, tuple[LazyString, str]] = {
    State.MISSING: (_l("To translate"), "warning"),
    State.OUTDATED: (_l("The original changed"), "warning"),
    State.DONE: (_l("Done"), "success"),
}
EASE: tuple[tuple[float, LazyString], ...] = (
    (80, _l("easy to read")),
    (60, _l("plain to read")),
    (30, _l("hard to read")),
    (float("-inf"), _l("very hard to read")),
)
"""From which reading ease on a text is called so, after Flesch's scale."""
ASPECTS: dict[Aspect, tuple[LazyString, str]] = {
    Aspect.ADDED: (_l("Added"), "success"),
    Aspect.REMOVED: (_l("Removed"), "warning"),
    Aspect.KEY: (_l("Right answer or points"), "danger"),
    Aspect.WORDS: (_l("Words"), "info"),
    Aspect.FILES: (_l("Picture, film or sound"), "info"),
    Aspect.PASS_MARK: (_l("Pass mark"), "danger"),
    Aspect.SETTINGS: (_l("Settings"), "neutral"),
    Aspect.LANGUAGES: (_l("Languages"), "neutral"),
    Aspect.MOVED: (_l("Moved"), "neutral"),
    Aspect.OTHER: (_l("Kind, signs or places"), "info"),
}
"""In the order in which they are said."""
IMPACTS: dict[Impact, LazyString] = {
    Impact.CORRECTION: _l("Correction"),
    Impact.ACKNOWLEDGEMENT: _l("To be acknowledged"),
    Impact.RETRAINING: _l("Re-training"),
}
MEANINGS: dict[Impact, LazyString] = {
    Impact.CORRECTION: _l("Correction: whoever completed the module has nothing to do"),
    Impact.ACKNOWLEDGEMENT: _l(
        "To be acknowledged: they see the new and changed cards and questions only, and say that they have; "
        "the module stays done"
    ),
    Impact.RETRAINING: _l("Re-training: they take the whole module again, and until then it is not done"),
}
ORIGINS = {Origin.INTERNAL.value: _l("Here"), Origin.EXTERNAL.value: _l("Elsewhere")}

LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "pl", "pt", "ro", "tr", "uk", "ar")
"""Languages that a module can be begun in; a module file may have any other."""

FIELDS: dict[str, LazyString] = {
    "title": _l("Title"),
    "summary": _l("What one learns, in a sentence"),
    "minutes": _l("Minutes it takes"),
    "pass_mark": _l("Per cent of the points that pass"),
    "max_attempts": _l("How often the questions may be taken"),
    "validity_months": _l("Months for which it counts that somebody completed it"),
    "review_months": _l("Months after which somebody looks whether it is still right"),
    "owner": _l("Who answers for it"),
    "local_rule": _l("What the plant's own rule decides"),
    "sources": _l("Sources"),
    "languages": _l("Languages"),
    "blocks": _l("Cards and questions"),
    "body": _l("Text"),
    "text": _l("Text"),
    "picture": _l("Picture"),
    "alt": _l("What the picture shows, in words"),
    "file": _l("File"),
    "video": _l("Video"),
    "captions": _l("Captions (WebVTT)"),
    "steps": _l("Steps"),
    "level": _l("What kind of notice"),
    "prompt": _l("Question"),
    "options": _l("Answers"),
    "items": _l("In the right order"),
    "pairs": _l("Pairs"),
    "left": _l("On the left"),
    "right": _l("Goes with"),
    "answer": _l("Right answer"),
    "tolerance": _l("Accepted difference, above or below"),
    "unit": _l("Unit"),
    "feedback": _l("Explanation"),
    "correct": _l("After a right answer"),
    "incorrect": _l("After a wrong answer"),
    "points": _l("Points"),
    "pools": _l("Pools"),
    "pool": _l("Drawn from the pool"),
    "draw": _l("Draws"),
    "form": _l("Equal form"),
    "reserved": _l("Keep it for tests: never ask it in practice"),
    "parts_shown": _l("Say after an answer which parts of it were right"),
    "confidence": _l("Ask how sure one is of each answer"),
    "sound": _l("Your own voice (without it, a voice made by the server reads)"),
    "signs": _l("Signs of ISO 7010, four at most, each in its true meaning only"),
    "spots": _l("Places on the picture"),
    "places": _l("Places on the picture"),
    "x": _l("From the left, in per cent of the width"),
    "y": _l("From the top, in per cent of the height"),
    "size": _l("How wide, in per cent of the picture (empty: as large as a finger needs)"),
    "front": _l("In front"),
    "back": _l("Behind"),
    "checks": _l("Things to tick"),
    "before": _l("Before"),
    "after": _l("After, in the same format"),
    "source": _l("Name, version and page of the document"),
    "gaps": _l("Missing words: the first stands for [a], the second for [b]"),
    "word": _l("The word that is missing"),
    "others": _l("Words that fit nowhere"),
    "card": _l("Kind"),
    "question": _l("Kind"),
    "poster": _l("Picture"),
}


def place_words(path: str) -> str:
    """Return where in a block or module a fault lies, in words: `Explanation · After a wrong answer · English`."""
    steps = path.split(".")
    if steps[0] == "blocks" and len(steps) > 2:
        steps = steps[2:]
    return " · ".join(_step_words(step) for step in steps if step)


def _step_words(step: str) -> str:
    if step in FIELDS:
        return str(FIELDS[step])
    if step.isdigit():
        return str(int(step) + 1)
    return own_name(step) if step in LANGUAGES else step
