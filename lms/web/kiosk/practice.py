"""After sign-in, what was learnt is asked again: three questions and ninety seconds at most, left at any moment."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response as BaseResponse

from lms.catalogue.grading import Grade
from lms.delivery.actions import admit
from lms.delivery.rules import PASS_LASTS, Pass
from lms.evaluation.queries import reserved_modules
from lms.kernel.clock import now
from lms.kernel.group_commit import durably
from lms.kernel.ids import new_id
from lms.kernel.languages import direction
from lms.kernel.settings import setting
from lms.practice import actions, queries
from lms.practice.queries import Asked, Practice
from lms.web.kiosk.answers import Answer
from lms.web.kiosk.feedback import graded
from lms.web.kiosk.guards import at_kiosk, this_terminal, with_pass
from lms.web.kiosk.messages import read, reply
from lms.web.kiosk.reading import reading_language
from lms.web.shared.identity import somebody
from lms.web.shared.media import sound_addresses
from lms.web.shared.transactions import commits_itself


def due_practice() -> Practice:
    """Return what whoever is signed in here is to be asked again today."""
    return queries.today(somebody().id, now(), reserved_modules())


@at_kiosk
def practice() -> str | BaseResponse:
    """Ask again what was learnt; where nothing is due, go home."""
    found = due_practice()
    if not found.questions:
        return redirect(url_for("kiosk.home"))
    session_id = new_id()
    return render_template(
        "kiosk/practice.html",
        session_id=session_id,
        questions=[_shown(asked, session_id, number) for number, asked in enumerate(found.questions, 1)],
        seconds=setting("PRACTICE_SECONDS"),
        decimal_sign=get_locale().number_symbols["latn"]["decimal"],
    )


@commits_itself
@with_pass
def practice_answered(session_id: UUID, token: str) -> Response:
    """Grade an answer, keep it, and reply with what it came to."""
    message, at = read(Answer), now()

    def keep() -> Grade:
        its_pass = admit(token, session_id, message.pass_, now=at)
        return actions.answer(
            its_pass.person_id,
            its_pass.edition_id,
            message.block,
            message.response,
            record_id=message.id,
            session_id=session_id,
            terminal_id=its_pass.terminal_id,
            language=message.language,
            occurred_at=message.occurred_at,
            duration_ms=message.duration_ms,
            now=at,
        )

    return reply(graded(durably(keep), message.language))


@at_kiosk
def practice_skipped() -> BaseResponse:
    """Leave the questions for today."""
    actions.skip(somebody().id, record_id=new_id(), terminal_id=this_terminal().id, now=now())
    return redirect(url_for("kiosk.home"))


def _shown(asked: Asked, session_id: UUID, number: int) -> dict[str, Any]:
    """Return a question as the page shows it: under a key of its own, since two modules may use the same."""
    reading = reading_language(asked.edition.player["languages"])
    its_pass = Pass(session_id, this_terminal().id, somebody().id, asked.edition.id)
    shown = {**asked.block, "key": f"{number}-{asked.key}"}
    return {
        "block": shown,
        "sounds": sound_addresses({"blocks": [shown]}, reading),
        "key": asked.key,
        "edition_id": asked.edition.id,
        "module": asked.edition.content.title,
        "pass": its_pass.written(setting("SECRET_KEY"), now() + PASS_LASTS),
        "reading": reading,
        "direction": direction(reading),
    }
