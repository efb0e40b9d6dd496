"""What somebody signed in at a kiosk sees: their modules, all modules, the player."""

from flask import redirect, render_template, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response

from lms.delivery import queries
from lms.delivery.rules import PASS_LASTS, Pass
from lms.kernel.clock import now, today
from lms.kernel.ids import new_id
from lms.kernel.languages import INTERFACE_LANGUAGES, current_language, direction, own_name
from lms.kernel.settings import setting
from lms.people import notices
from lms.web.kiosk.guards import at_kiosk, this_terminal
from lms.web.kiosk.practice import due_practice
from lms.web.kiosk.reading import reading_language
from lms.web.kiosk.surveys import wave_to_ask
from lms.web.shared.identity import somebody


@at_kiosk
def home() -> str | Response:
    """Show what is asked of the person, and nothing else; before that, once a day, what was learnt is asked again."""
    practice = due_practice()
    if practice.questions and not practice.begun:
        return redirect(url_for("kiosk.practice"))
    return render_template(
        "kiosk/home.html",
        tiles=queries.due_tiles(somebody().id, today()),
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
def player(code: str) -> str:
    """Show the newest edition of a module, from where the person stopped."""
    edition, position = queries.newest_and_position(code, somebody().id)
    sitting_id = new_id()
    its_pass = Pass(sitting_id, this_terminal().id, somebody().id, edition.id)
    reading = reading_language(edition.player["languages"])
    return render_template(
        "kiosk/player.html",
        document=edition.player,
        edition_id=edition.id,
        title=edition.player["title"].get(reading),
        position=position,
        opinion=wave_to_ask(after_module=True),
        sitting_id=sitting_id,
        sitting_pass=its_pass.written(setting("SECRET_KEY"), now() + PASS_LASTS),
        reading=reading,
        reading_direction=direction(reading),
        languages={language: own_name(language) for language in edition.player["languages"]},
        decimal_sign=get_locale().number_symbols["latn"]["decimal"],
    )
