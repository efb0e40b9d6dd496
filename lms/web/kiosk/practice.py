"""After sign-in, what was learnt is asked again: three questions and ninety seconds at most, left at any moment."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response as BaseResponse

from lms.evaluation.reserved import reserved_modules
from lms.kernel.clock import now
from lms.kernel.ids import new_id
from lms.kernel.languages import direction
from lms.kernel.settings import setting
from lms.practice import actions, queries
from lms.practice.queries import Asked, Practice
from lms.web.kiosk.guards import at_kiosk, this_terminal
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
    return render_template(
        "kiosk/practice.html",
        session_id=new_id(),
        questions=[_shown(asked, number) for number, asked in enumerate(found.questions, 1)],
        seconds=setting("PRACTICE_SECONDS"),
        decimal_sign=get_locale().number_symbols["latn"]["decimal"],
    )


@at_kiosk
def practice_skipped() -> BaseResponse:
    """Leave the questions for today."""
    actions.skip(somebody().id, record_id=new_id(), terminal_id=this_terminal().id, now=now())
    return redirect(url_for("kiosk.home"))


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
