"""What is done with waves: made, announced, closed, copied."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.ids import keyed_digest, new_code, new_token
from lms.kernel.settings import setting
from lms.surveys import asking, box, queries
from lms.surveys.content import InstrumentContent
from lms.surveys.models import SurveyCode, Wave
from lms.surveys.rules import (
    LONGEST_NOTICE,
    MOST_CODES,
    Band,
    Cell,
    Channel,
    InstrumentEmpty,
    Moment,
    NobodyInvited,
    NoticeUnfit,
    NoWayIn,
    PointsNotOffered,
    TooManyCodes,
    WaveClosed,
    WaveClosesBeforeOpening,
    WaveCodeTaken,
    WaveForNobody,
    WaveInUse,
    WaveNotOpen,
    WaveState,
    counted,
    refuse_malformed,
)


@dataclass(frozen=True)
class Wish:
    """A wave as it is to be."""

    code: str
    instrument: InstrumentContent
    moment: Moment
    opens_at: datetime
    closes_at: datetime
    bands: Sequence[Band]
    channels: Sequence[Channel]
    notice: dict[str, str]
    shifts: Sequence[str] = ()
    """None means every shift."""
    scale_points: int = 5
    with_codes: bool = False
    invited: Sequence[Cell] = ()
    """Empty: counted from the roster when the wave is announced."""
    illustrative: bool = False


def make_wave(wish: Wish, *, now: datetime) -> Wave:
    """Make a wave that nobody is asked yet. Raises a refusal when it makes no sense."""
    _refuse_senseless(wish)
    if db.session.scalar(select(Wave.id).where(Wave.code == wish.code)) is not None:
        raise WaveCodeTaken(code=wish.code)
    wave = Wave(link_token=new_token(), salt=secrets.token_bytes(32), created_at=now)
    _write(wave, wish)
    db.session.add(wave)
    db.session.flush()
    return wave


def change_wave(wave: Wave, wish: Wish, *, now: datetime) -> None:
    """Change a wave that nobody answered yet; it must be announced again.

    The code stays. Raises WaveInUse or WaveClosed: then it is to be copied.
    """
    _refuse_frozen(wave, now)
    wish = replace(wish, code=wave.code)
    _refuse_senseless(wish)
    _write(wave, wish)
    wave.announced_at = None
    db.session.flush()


def announce(wave: Wave, *, now: datetime) -> None:
    """Settle how many people are invited; from its opening on the wave takes answers.

    Raises NobodyInvited, InstrumentEmpty, WaveClosesBeforeOpening.
    """
    _refuse_frozen(wave, now)
    if now >= wave.closes_at:
        raise WaveClosesBeforeOpening()
    if not wave.content.items:
        raise InstrumentEmpty(code=wave.instrument_code)
    cells = wave.cells or counted(asking.roster(local_day(now)), wave.bands, wave.shifts)
    if not sum(cell.invited for cell in cells):
        raise NobodyInvited()
    wave.invited = _plain(cells)
    wave.announced_at = now
    box.pour_out(now)


def close_wave(wave: Wave, *, now: datetime) -> None:
    """Close an open wave now rather than later. Raises WaveNotOpen."""
    lock(wave)
    if wave.state(now) is not WaveState.OPEN or now <= wave.opens_at:
        raise WaveNotOpen()
    wave.closes_at = now
    db.session.flush()
    box.pour_out(now)


def copy_wave(wave: Wave, code: str, *, now: datetime) -> Wave:
    """Make a draft like a wave, open for as long, from now on; invited people are counted anew."""
    return make_wave(
        Wish(
            code=code,
            instrument=wave.content,
            moment=wave.moment,
            opens_at=now,
            closes_at=now + max(wave.closes_at - wave.opens_at, timedelta(days=1)),
            bands=[Band(band) for band in wave.bands],
            shifts=wave.shifts,
            channels=[Channel(channel) for channel in wave.channels],
            scale_points=wave.scale_points,
            notice=wave.notice,
            with_codes=wave.with_codes,
        ),
        now=now,
    )


def issue_codes(wave: Wave, number: int, *, now: datetime) -> list[str]:
    """Return so many new one-time codes for the wave's link; they are kept nowhere in clear.

    Raises TooManyCodes, WaveClosed.
    """
    if wave.state(now) is WaveState.CLOSED:
        raise WaveClosed()
    if not 0 < number <= MOST_CODES:
        raise TooManyCodes(limit=MOST_CODES)
    codes = [new_code() for _ in range(number)]
    db.session.add_all(SurveyCode(wave_id=wave.id, digest=code_digest(wave, code)) for code in codes)
    db.session.flush()
    return codes


def code_digest(wave: Wave, code: str) -> bytes:
    """Return what is kept of a one-time code, however it was typed."""
    typed = "".join(code.split()).replace("-", "").upper()
    return keyed_digest(setting("SECRET_KEY"), f"survey code {wave.salt.hex()}", typed)


def lock(wave: Wave) -> None:
    """Let no answer come in while the wave changes, nor the other way round (PostgreSQL; SQLite has one writer)."""
    db.session.refresh(wave, with_for_update=True)


def _refuse_frozen(wave: Wave, now: datetime) -> None:
    lock(wave)
    if queries.has_answers(wave.id):
        raise WaveInUse(code=wave.code)
    if wave.state(now) is WaveState.CLOSED:
        raise WaveClosed()


def _refuse_senseless(wish: Wish) -> None:
    refuse_malformed(wish.code)
    if wish.closes_at <= wish.opens_at:
        raise WaveClosesBeforeOpening()
    if not wish.bands:
        raise WaveForNobody()
    if not wish.channels:
        raise NoWayIn()
    if wish.scale_points not in wish.instrument.point_choices:
        raise PointsNotOffered(code=wish.instrument.code)
    notices = {"fr": "", "en": ""} | wish.notice
    if not all(0 < len(text.strip()) <= LONGEST_NOTICE for text in notices.values()):
        raise NoticeUnfit(limit=LONGEST_NOTICE)


def _write(wave: Wave, wish: Wish) -> None:
    wave.code, wave.moment = wish.code, wish.moment
    wave.instrument_code, wave.instrument = wish.instrument.code, wish.instrument.model_dump(mode="json")
    wave.opens_at, wave.closes_at = wish.opens_at, wish.closes_at
    wave.bands, wave.shifts = [band.value for band in wish.bands], sorted(wish.shifts)
    wave.channels = [channel.value for channel in wish.channels]
    wave.scale_points, wave.with_codes = wish.scale_points, wish.with_codes
    wave.notice = {language: text.strip() for language, text in wish.notice.items()}
    wave.invited, wave.illustrative = _plain(wish.invited), wish.illustrative


def _plain(cells: Sequence[Cell]) -> list[dict[str, object]]:
    return [
        {"band": cell.band.value, "shift": cell.shift, "invited": cell.invited} for cell in cells if cell.invited > 0
    ]
