"""What somebody signed in at a kiosk sees: their modules, all modules, the player.

A module's page is the same for everybody and may stay on the kiosk; who takes it and where
they are is asked for beside it, and stays nowhere.
"""

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response as BaseResponse

from lms.catalogue import queries as catalogue
from lms.delivery import queries
from lms.delivery.queries import Whereabouts
from lms.delivery.rules import PASS_LASTS, Pass
from lms.kernel.clock import now, today
from lms.kernel.ids import new_id
from lms.kernel.languages import INTERFACE_LANGUAGES, current_language, direction, own_name, speaking
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.people import notices
from lms.skills import queries as skills
from lms.web.kiosk.ending import leads_to
from lms.web.kiosk.feedback import graded
from lms.web.kiosk.guards import at_kiosk, at_terminal, this_terminal
from lms.web.kiosk.messages import reply
from lms.web.kiosk.practice import due_practice
from lms.web.kiosk.reading import reading_language
from lms.web.kiosk.surveys import wave_to_ask
from lms.web.shared.identity import somebody
from lms.web.shared.media import sound_addresses


@at_kiosk
def home() -> str | BaseResponse:
    """Show what is asked of the person, and nothing else; before that, once a day, what was learnt is asked again."""
    practice = due_practice()
    if practice.questions and not practice.begun:
        return redirect(url_for("kiosk.practice"))
    return render_template(
        "kiosk/home.html",
        work=queries.work_of(somebody().id, today()),
        skills=skills.held_by(somebody().id, today()),
        practice=practice,
        opinion=wave_to_ask(),
        answers=queries.answers_to(somebody().id, now()),
        notice=notices.newest(),
        languages=INTERFACE_LANGUAGES,
        reading=current_language(),
    )


@at_kiosk
def every_module() -> str:
    """Show everything there is to learn."""
    return render_template("kiosk/modules.html", tiles=queries.every_tile(somebody().id, today()))


@at_kiosk
def player(code: str) -> BaseResponse:
    """Lead to the newest edition of a module, in the language in which the person reads it."""
    newest = catalogue.newest_edition(catalogue.module(code).id)
    if newest is None:
        raise NotFound()
    language = reading_language(newest.player["languages"])
    return redirect(url_for("kiosk.edition", edition_id=newest.id, language=language))


@at_terminal
def edition(edition_id: int, language: str) -> str:
    """Show an edition in one of its languages, to whoever stands there: nothing in it is anybody's."""
    document = catalogue.frozen(edition_id).player
    if language not in document["languages"]:
        raise NotFound()
    with speaking(language if language in INTERFACE_LANGUAGES else setting("DEFAULT_LANGUAGE")):
        return render_template(
            "kiosk/player.html",
            document=document,
            edition_id=edition_id,
            title=document["title"].get(language),
            reading=language,
            reading_direction=direction(language),
            languages={one: own_name(one) for one in document["languages"]},
            after=url_for("kiosk.player", code=document["code"]),
            sounds=sound_addresses(document, language),
            decimal_sign=get_locale().number_symbols["latn"]["decimal"],
        )


@at_kiosk
def myself() -> Response:
    """Say who is signed in and where they are in an edition, for its page to show."""
    edition_id = request.args.get("edition", 0, type=int)
    sitting_id = new_id()
    its_pass = Pass(sitting_id, this_terminal().id, somebody().id, edition_id)
    language = request.args.get("language", current_language())
    wave = wave_to_ask(after_module=catalogue.frozen(edition_id).module_id)
    return reply(
        {
            "name": somebody().given_name,
            "opinion": wave and url_for("kiosk.survey", code=wave.code),
            "then": leads_to(edition_id, somebody().id, language),
            "where": _where(queries.whereabouts(edition_id, somebody().id), language),
            "base": f"/kiosk/sittings/{sitting_id}/",
            "pass": its_pass.written(setting("SECRET_KEY"), now() + PASS_LASTS),
        }
    )


def _where(found: Whereabouts, language: str) -> dict[str, Any]:
    return {
        "attempt": found.position.attempt,
        "spent": found.position.spent,
        "begun": found.position.begun,
        "seen": sorted(found.position.seen),
        "answered": {key: graded(grade, language) for key, grade in found.grades.items()},
    }
