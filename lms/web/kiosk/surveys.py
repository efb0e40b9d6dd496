"""What a kiosk asks of somebody without their name: one question at a time, sent once at the end.

Nothing of it is kept in the session, and who leaves on the way leaves nothing behind.
"""

from contextlib import suppress

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lms.kernel.clock import now, today
from lms.kernel.languages import current_language
from lms.kernel.refusals import NotFound
from lms.surveys import asking, collecting, queries, reading_aloud
from lms.surveys.models import Wave
from lms.surveys.rules import AlreadyAnswered, WaveState, answers_from
from lms.surveys.scales import RATHER_NOT
from lms.web.kiosk.guards import at_kiosk
from lms.web.shared.identity import somebody

ANSWER = "answer-"
LONGEST_PACE = 3_600


def wave_to_ask(*, after_module: int | None = None) -> Wave | None:
    """Return the wave to offer to whoever is signed in here, be it after the module of that number, or None."""
    return asking.to_ask(somebody().id, now(), today(), after_module=after_module)


@at_kiosk
def survey(code: str) -> str | Response:
    """Ask the questions of a wave; who was asked already, or comes too late, goes back to their modules."""
    wave = _wave(code)
    if wave.state(now()) is not WaveState.OPEN or asking.was_asked(wave, somebody().id):
        return redirect(url_for("kiosk.home"))
    return render_template(
        "kiosk/opinion.html" if wave.content.is_quick else "kiosk/survey.html",
        wave=wave,
        content=wave.content,
        rather_not=RATHER_NOT,
        sounds=_sounds(wave),
    )


@at_kiosk
def answer_survey(code: str) -> Response:
    """Take all answers at once; the same sent twice changes nothing, and a quick opinion left blank is none."""
    wave = _wave(code)
    texts = {name.removeprefix(ANSWER): text for name, text in request.form.items() if name.startswith(ANSWER)}
    if wave.content.is_quick and not texts:
        return redirect(url_for("kiosk.home"))
    with suppress(AlreadyAnswered):
        collecting.answer_at_kiosk(wave, somebody().id, answers_from(texts), _pace(), now=now())
    return redirect(url_for("kiosk.survey_thanks"))


@at_kiosk
def decline_survey(code: str) -> Response:
    """Let somebody be asked no more in this wave."""
    with suppress(AlreadyAnswered):
        collecting.decline(_wave(code), somebody().id, now=now())
    return redirect(url_for("kiosk.home"))


@at_kiosk
def survey_thanks() -> str:
    """Say thank you."""
    return render_template("kiosk/survey_thanks.html")


def _sounds(wave: Wave) -> dict[str, str]:
    """Return the addresses of what may be listened to, by the item's key."""
    found = reading_aloud.recordings(wave, current_language())
    return {key: url_for("shared.media", digest=digest) for key, digest in found.items()}


def _wave(code: str) -> Wave:
    found = queries.wave(code)
    if found is None:
        raise NotFound()
    return found


def _pace() -> float | None:
    """Return the seconds that the kiosk says an item took at the median; unknown when it says nothing sensible."""
    pace = request.form.get("pace", type=float)
    return pace if pace is not None and 0 <= pace <= LONGEST_PACE else None
