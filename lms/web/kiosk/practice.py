"""After sign-in, what was learnt is asked again: three questions and ninety seconds at most, left at any moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response as BaseResponse

from lms.delivery.queries import HeldPractice, HeldQuestion, held_practice
from lms.evaluation.reserved import reserved_modules
from lms.kernel.clock import end_of, now, today
from lms.kernel.languages import direction, in_language
from lms.kernel.settings import setting
from lms.practice import queries
from lms.practice.keys import key_of
from lms.practice.queries import Asked, Practice
from lms.web.kiosk.asserted import certifying
from lms.web.kiosk.guards import at_kiosk
from lms.web.kiosk.reading import reading_language
from lms.web.shared.identity import somebody
from lms.web.shared.media import sound_addresses


def due_practice() -> Practice:
    """Return what whoever is signed in here is to be asked again today."""
    return queries.today(somebody().id, now(), reserved_modules())


@at_kiosk
def practice() -> str | BaseResponse:
    """Ask again what was learnt; where nothing is due, go home."""
    found = due_practice()
    if not found.questions:
        return redirect(url_for("kiosk.home"))
    return practice_page(found.questions)


def practice_page(questions: Sequence[Asked] = ()) -> str:
    """Draw the page of practice; without questions the one that a kiosk fills with those that it holds."""
    return render_template(
        "kiosk/practice.html",
        questions=[_shown(asked, number) for number, asked in enumerate(questions, 1)],
        seconds=setting("PRACTICE_SECONDS"),
        decimal_sign=get_locale().number_symbols["latn"]["decimal"],
    )


def held_questions() -> dict[str, Any]:
    """Return what a kiosk keeps of the practice of whoever is signed in; moments in milliseconds since 1970."""
    found = _held()
    return {
        "room": found.room,
        "most": setting("PRACTICE_QUESTIONS"),
        "until": _milliseconds(end_of(today())),
        "questions": [_kept(one) for one in found.questions],
    }


def held_pages() -> list[str]:
    """Return the pages from which a kiosk takes these questions."""
    return list({_place(one.asked)["page"]: None for one in _held().questions})


def _held() -> HeldPractice:
    return held_practice(somebody().id, now(), reserved_modules(), certifying())


def _kept(one: HeldQuestion) -> dict[str, Any]:
    content, place = one.asked.edition.content, _place(one.asked)
    parts, salt = content.parts_shown, one.asked.edition.digest
    return {
        **place,
        "due": _milliseconds(end_of(one.due_on - timedelta(days=1))),
        "edition": one.asked.edition.id,
        "block": one.asked.key,
        "direction": direction(place["language"]),
        "module": in_language(content.title, place["language"]),
        "key": key_of(one.asked.question, salt, place["language"], parts=parts) if one.marked_here else None,
    }


def _place(asked: Asked) -> dict[str, str]:
    reading = reading_language(asked.edition.player["languages"])
    return {"page": url_for("kiosk.edition", edition_id=asked.edition.id, language=reading), "language": reading}


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _shown(asked: Asked, number: int) -> dict[str, Any]:
    """Return a question as the page shows it: under a key of its own, since two modules may use the same."""
    reading = reading_language(asked.edition.player["languages"])
    shown = {**asked.block, "key": f"{number}-{asked.key}"}
    return {
        "block": shown,
        "sounds": sound_addresses({"blocks": [shown]}, reading),
        "key": asked.key,
        "edition_id": asked.edition.id,
        "module": asked.edition.content.title,
        "reading": reading,
        "direction": direction(reading),
    }
