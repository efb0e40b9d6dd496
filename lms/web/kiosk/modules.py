"""What somebody signed in at a kiosk sees: their modules, all modules, the player.

A module's page is the same for everybody and may stay on the kiosk; who takes it and where
they are is asked for beside it (`static/kiosk/myself.js`).
"""

from typing import Any

from flask import Response, redirect, render_template, request, session, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response as BaseResponse

from lms.catalogue import drawing
from lms.catalogue.rendering import Document
from lms.delivery import queries
from lms.delivery.events import SignIn
from lms.delivery.queries import Whereabouts
from lms.delivery.sealing import public_key
from lms.delivery.slots import queries as slots
from lms.kernel.clock import now, today
from lms.kernel.languages import (
    KIOSK_LANGUAGES,
    current_language,
    direction,
    in_language,
    own_name,
    speaking,
)
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.privacy import queries as rights
from lms.skills import contesting
from lms.skills import queries as skills
from lms.web.kiosk.ending import in_words, leads_to
from lms.web.kiosk.guards import at_kiosk, at_terminal, this_terminal, with_first_pin
from lms.web.kiosk.messages import reply
from lms.web.kiosk.opening import BY_BADGE
from lms.web.kiosk.practice import due_practice, held_questions
from lms.web.kiosk.reading import reading_language
from lms.web.kiosk.surveys import wave_to_ask
from lms.web.shared.compression import kept
from lms.web.shared.feedback import graded
from lms.web.shared.identity import somebody
from lms.web.shared.media import addresses_of


@at_kiosk
def home() -> str | BaseResponse:
    """Show what is asked of the person, and nothing else; before that, once a day, what was learnt is asked again."""
    practice = due_practice()
    if practice.questions and not practice.begun:
        return redirect(url_for("kiosk.practice"))
    held = skills.held_by(somebody().id, today())
    return render_template(
        "kiosk/home.html",
        work=queries.work_of(somebody().id, now()),
        skills=held,
        practice=practice,
        opinion=wave_to_ask(),
        answers=queries.answers_to(somebody().id, now()),
        told=rights.told_lately(somebody().id, now()),
        lowered=any(one.lowered for one in held) and contesting.is_to_be_told(somebody().id),
        slot=slots.next_of(somebody().id, now()),
    )


@at_kiosk
def every_module() -> str:
    """Show everything there is to learn."""
    return render_template("kiosk/modules.html", tiles=queries.every_tile(somebody().id, now()))


@at_kiosk
def player(code: str) -> BaseResponse:
    """Lead to the newest edition of a module, in the language in which the person reads it."""
    newest = queries.edition_of(code)
    language = reading_language(newest.player["languages"])
    return redirect(url_for("kiosk.edition", edition_id=newest.id, language=language))


@at_terminal
def edition(edition_id: int, language: str) -> Response:
    """Show an edition in one of its languages, to whoever stands there: nothing in it is anybody's."""
    found = queries.edition_to_show(edition_id)
    if language not in found.player["languages"]:
        raise NotFound()
    sounds = addresses_of(found.sounds(language))
    # What is published never changes; a voice may be made later, and each kiosk has its own screen.
    shown = (edition_id, language, tuple(sounds.items()), this_terminal().pixels_per_mm)
    return kept(shown, lambda: _player(edition_id, found.player, language, sounds))


def _player(edition_id: int, document: Document, language: str, sounds: dict[str, str]) -> str:
    with speaking(language if language in KIOSK_LANGUAGES else setting("DEFAULT_LANGUAGE")):
        return render_template(
            "kiosk/player.html",
            document=document,
            edition_id=edition_id,
            title=document["title"].get(language),
            reading=language,
            reading_direction=direction(language),
            languages={one: own_name(one) for one in document["languages"]},
            after=url_for("kiosk.player", code=document["code"]),
            sounds=sounds,
            decimal_sign=get_locale().number_symbols["latn"]["decimal"],
        )


@with_first_pin
def myself() -> Response:
    """Say who is signed in and where they are: in an edition, or in all that is asked of them, practice too."""
    sign_in = SignIn(somebody().id, this_terminal().id, now())
    asked = request.args.get("edition", type=int)
    edition_ids = [asked] if asked else queries.due_editions(somebody().id, today())
    return reply(
        ({} if asked else {"practice": held_questions()})
        | {
            "name": somebody().given_name,
            "language": current_language(),
            "by_badge": session.get(BY_BADGE, False),
            "sign_in": sign_in.said,
            "key": sign_in.key(setting("SECRET_KEY")),
            "server_key": public_key(setting("SECRET_KEY")),
            "modules": {
                str(found.edition.id): _where(found, request.args.get("language"))
                for found in queries.whereabouts(edition_ids, somebody().id, now())
            },
        }
    )


def _draw(found: Whereabouts, person_id: int) -> dict[str, str]:
    """Return what decides which questions the attempt asks, where it may leave some out."""
    if not found.edition.content.draws:
        return {}
    attempt = found.position.attempt
    seed = drawing.seed(found.edition.digest, person_id, attempt)
    return {"seed": seed, "form": drawing.form_of(person_id, attempt)}


def _where(found: Whereabouts, language: str | None) -> dict[str, Any]:
    document = found.edition.player
    wave = wave_to_ask(after_module=found.edition.module_id)
    reading = language if language and language in document["languages"] else reading_language(document["languages"])
    return {
        "title": in_language(document["title"], reading),
        "page": url_for("kiosk.edition", edition_id=found.edition.id, language=reading),
        "opinion": wave and url_for("kiosk.survey", code=wave.code),
        "then": leads_to(found.edition.id, somebody().id, reading),
        "withdrawn": found.withdrawn,
        "changed": found.changed,
        "good_until": found.good_until and in_words(found.good_until, reading),
        "attempt": found.position.attempt,
        **_draw(found, somebody().id),
        "again": found.position.again,
        "spent": found.position.spent,
        "begun": found.position.begun,
        "seen": sorted(found.position.seen),
        "answered": {
            key: {"response": found.responses[key], **graded(grade, reading)} for key, grade in found.grades.items()
        },
    }
