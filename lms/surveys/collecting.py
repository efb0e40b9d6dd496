"""How answers come in: at a kiosk, by link, from paper. Each sheet is stored whole, once, without its writer."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.surveys import asking, box, queries
from lms.surveys.actions import code_digest, lock
from lms.surveys.models import SurveyCode, Wave
from lms.surveys.rules import (
    AlreadyAnswered,
    Band,
    Channel,
    ChannelClosed,
    NotInvited,
    SurveyCodeRefused,
    WaveClosed,
    WaveFull,
    WaveNotOpen,
    WaveState,
    checked,
    is_asked,
    stored_shift,
    week_of,
)
from lms.surveys.scoring import straight_lined

Answers = Mapping[str, int | None]


def answer_at_kiosk(
    wave: Wave, person_id: int, answers: Answers, median_seconds: float | None, *, now: datetime
) -> None:
    """Take what somebody answered at a kiosk; they are not asked again.

    `median_seconds` for an item only tells haste, and is not kept. Raises WaveNotOpen,
    WaveClosed, ChannelClosed, NotInvited, AlreadyAnswered, AnswersUnfit.
    """
    band, shift = _of(wave, person_id, now)
    given = checked(wave.content, answers, wave.scale_points)
    box.pour_out(now)
    _note_asked(wave, person_id)
    _store(wave, band, shift, given, straight_lined(list(given.values()), median_seconds), now)


def decline(wave: Wave, person_id: int, *, now: datetime) -> None:
    """Note that somebody would rather not be asked again in this wave; raises as `answer_at_kiosk` does."""
    _of(wave, person_id, now)
    _note_asked(wave, person_id)


def answer_by_link(
    wave: Wave, band: Band, shift: str | None, answers: Answers, *, code: str | None, now: datetime
) -> None:
    """Take what somebody answered by the wave's link; a one-time code, where the wave asks for one, is used up.

    Raises what `answer_at_kiosk` raises, SurveyCodeRefused and WaveFull.
    """
    _refuse_unless_open(wave, Channel.LINK, now)
    given = checked(wave.content, answers, wave.scale_points)
    _refuse_uninvited(wave, band, shift)
    if wave.with_codes:
        _use_up(wave, code or "")
    _refuse_if_full(wave)
    _store(wave, band, shift, given, False, now)


def answer_on_paper(wave: Wave, band: Band, shift: str | None, answers: Answers, *, now: datetime) -> None:
    """Take a sheet that staff typed in; raises what `answer_by_link` raises."""
    _refuse_unless_open(wave, Channel.PAPER, now)
    given = checked(wave.content, answers, wave.scale_points)
    _refuse_uninvited(wave, band, shift)
    _refuse_if_full(wave)
    _store(wave, band, shift, given, False, now)


def _of(wave: Wave, person_id: int, now: datetime) -> tuple[Band, str | None]:
    _refuse_unless_open(wave, Channel.KIOSK, now)
    person = asking.invitee(person_id, local_day(now))
    if person is None or not asking.asks(wave, person):
        raise NotInvited()
    return person.band, person.shift


def _refuse_unless_open(wave: Wave, channel: Channel, now: datetime) -> None:
    # Whoever closes or changes the wave waits for this sheet, or this sheet sees it closed.
    lock(wave)
    state = wave.state(now)
    if state is WaveState.CLOSED:
        raise WaveClosed()
    if state is not WaveState.OPEN:
        raise WaveNotOpen()
    if channel.value not in wave.channels:
        raise ChannelClosed()


def _refuse_uninvited(wave: Wave, band: Band, shift: str | None) -> None:
    if not is_asked(wave.bands, wave.shifts, band, shift):
        raise NotInvited()


def _refuse_if_full(wave: Wave) -> None:
    if queries.respondents(wave.id) >= sum(cell.invited for cell in wave.cells):
        raise WaveFull()


def _note_asked(wave: Wave, person_id: int) -> None:
    if asking.was_asked(wave, person_id):
        raise AlreadyAnswered()
    box.put_mark(wave, asking.asked_digest(wave, person_id))


def _use_up(wave: Wave, code: str) -> None:
    mine = (SurveyCode.wave_id == wave.id, SurveyCode.digest == code_digest(wave, code))
    if not db.session.execute(delete(SurveyCode).where(*mine)).rowcount:  # type: ignore[attr-defined]
        raise SurveyCodeRefused()


def _store(
    wave: Wave, band: Band, shift: str | None, answers: dict[str, int | None], hasty: bool, now: datetime
) -> None:
    sheet = {
        "band": band,
        "shift": stored_shift(wave.cells, band, shift),
        "week": week_of(local_day(now)),
        "answers": answers,
        "straight_lined": hasty,
    }
    box.put_sheet(wave, sheet)
