"""Answers by link: no account, nothing but the wave's own secret address and, where it wants one, a code."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lms.kernel.clock import now
from lms.kernel.refusals import NotFound, Refusal
from lms.surveys import collecting, queries
from lms.surveys.models import Wave
from lms.surveys.rules import AnswersUnfit, Band, Channel, NotInvited, SurveyCodeRefused, WaveState, answers_from
from lms.surveys.scales import RATHER_NOT
from lms.web.shared.guards import public
from lms.web.shared.refusals import worded
from lms.web.surveys import labels

ANSWER = "answer-"
GROUP = "group"
MENDABLE = (AnswersUnfit, NotInvited, SurveyCodeRefused)
"""What whoever answers can put right on the page; they keep what they answered."""


@public
def answer(token: str) -> Response | tuple[str, int]:
    """Show the questions of a wave and take the answers to all of them at once."""
    wave = _wave(token)
    if request.method == "GET":
        return _page(wave, None), 200
    given = {name.removeprefix(ANSWER): text for name, text in request.form.items() if name.startswith(ANSWER)}
    try:
        band, shift = _group(wave)
        code = request.form.get("code", "")[:40]
        collecting.answer_by_link(wave, band, shift, answers_from(given), code=code, now=now())
    except MENDABLE as refusal:
        return _page(wave, refusal), 422
    return redirect(url_for("surveys.thanks", token=token))


@public
def thanks(token: str) -> str:
    """Say thank you."""
    _wave(token)
    return render_template("surveys/thanks.html")


def groups(wave: Wave) -> dict[tuple[Band, str | None], str]:
    """Return the groups a sheet may come from, each with what it is called."""
    names = labels.shift_names()
    return {(cell.band, cell.shift): _called(cell.band, cell.shift, names) for cell in wave.cells}


def group_key(band: Band, shift: str | None) -> str:
    """Return what stands for a group in a form."""
    return f"{band.value} {shift or ''}"


def chosen_group(wave: Wave, text: str) -> tuple[Band, str | None]:
    """Return the group that a form names; raises NotInvited for one that the wave does not ask."""
    found = next((group for group in groups(wave) if group_key(*group) == text), None)
    if found is None:
        raise NotInvited()
    return found


def _group(wave: Wave) -> tuple[Band, str | None]:
    known = list(groups(wave))
    return known[0] if len(known) == 1 else chosen_group(wave, request.form.get(GROUP, ""))


def _wave(token: str) -> Wave:
    found = queries.wave_of_link(token)
    if found is None or Channel.LINK.value not in found.channels or found.announced_at is None:
        raise NotFound()
    return found


def _page(wave: Wave, refusal: Refusal | None) -> str:
    return render_template(
        "surveys/answer.html",
        wave=wave,
        content=wave.content,
        open=wave.state(now()) is WaveState.OPEN,
        state=wave.state(now()),
        WaveState=WaveState,
        groups={group_key(*group): called for group, called in groups(wave).items()},
        rather_not=RATHER_NOT,
        refused=worded(refusal) if refusal else None,
        given=request.form,
    )


def _called(band: Band, shift: str | None, names: dict[str, str]) -> str:
    return f"{labels.BANDS[band]} – {names.get(shift, shift)}" if shift else str(labels.BANDS[band])
