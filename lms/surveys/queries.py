"""Questions about surveys: for pages, and for whoever evaluates."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Select, Table, func, select, union_all

from lms.kernel.clock import now
from lms.kernel.database import db
from lms.surveys.content import InstrumentContent
from lms.surveys.models import AnswerSheet, HeldSheet, Instrument, Wave
from lms.surveys.rules import SETTLING, Band, Cell, Moment
from lms.surveys.shipped import shipped

_sheets = union_all(*(select(cast(Table, mapped.__table__)) for mapped in (AnswerSheet, HeldSheet))).subquery("sheets")
"""Those kept for good, and those still in a box."""


@dataclass(frozen=True)
class Response:
    """One answer sheet, as figures are made of it."""

    wave_code: str
    instrument: str
    moment: Moment
    role: Band
    shift: str | None
    """None too where fewer than ten such people were invited."""
    week: str
    answers: dict[str, int | None]
    straight_lined: bool
    scale_points: int


@dataclass(frozen=True)
class WaveFacts:
    """A wave and how many took part."""

    code: str
    instrument: InstrumentContent
    moment: Moment
    opens_at: datetime
    closes_at: datetime
    scale_points: int
    cells: tuple[Cell, ...]
    """Invited people by role and shift."""
    respondents: int
    illustrative: bool

    @property
    def invited(self) -> int:
        """All who were invited."""
        return sum(cell.invited for cell in self.cells)


@dataclass(frozen=True)
class KnownInstrument:
    """An instrument, whether it is the plant's own, and in how many waves it is asked."""

    content: InstrumentContent
    own: bool
    waves: int


def closed_waves(as_of: datetime, known_at: datetime | None = None) -> list[WaveFacts]:
    """Return the waves that had closed by `as_of`, as they were known at a moment (now when None), by closing.

    A closed wave never gets another sheet nor opens again, so that the answer stays the same
    whenever it is asked. A wave is known five minutes after closing, when what was under way
    at that moment is stored.
    """
    waves = db.session.scalars(_closed(as_of, known_at)).all()
    counts = _counts([wave.id for wave in waves])
    return [
        WaveFacts(
            code=wave.code,
            instrument=wave.content,
            moment=wave.moment,
            opens_at=wave.opens_at,
            closes_at=wave.closes_at,
            scale_points=wave.scale_points,
            cells=tuple(wave.cells),
            respondents=counts[wave.id],
            illustrative=wave.illustrative,
        )
        for wave in waves
    ]


def waves(
    instrument_codes: Collection[str] | None, until: datetime | None = None, known_at: datetime | None = None
) -> list[WaveFacts]:
    """Return the waves of these instruments (all when None) that had closed by both moments.

    `until` is the cut-off of an evaluation, `known_at` the moment at which it was run; each is
    now when it is None. Only whole waves count, since a sheet does not say when it came.
    """
    closed = closed_waves(until or now(), known_at)
    return [wave for wave in closed if instrument_codes is None or wave.instrument.code in instrument_codes]


def responses(
    instrument_codes: Collection[str], until: datetime | None = None, known_at: datetime | None = None
) -> list[Response]:
    """Return the sheets of the same waves as `waves`, in the order of their random numbers."""
    closed = _closed(until or now(), known_at).where(Wave.instrument_code.in_(instrument_codes)).subquery()
    rows = db.session.execute(
        select(_sheets, Wave)
        .join(Wave, Wave.id == _sheets.c.wave_id)
        .where(Wave.id.in_(select(closed.c.id)))
        .order_by(_sheets.c.id)
    )
    return [_response(row, row.Wave) for row in rows]


def responses_of(wave: Wave) -> list[Response]:
    """Return the sheets of one wave, closed or not."""
    rows = db.session.execute(select(_sheets).where(_sheets.c.wave_id == wave.id).order_by(_sheets.c.id))
    return [_response(row, wave) for row in rows]


def _response(sheet: Row[Any], wave: Wave) -> Response:
    return Response(
        wave_code=wave.code,
        instrument=wave.instrument_code,
        moment=wave.moment,
        role=sheet.band,
        shift=sheet.shift,
        week=sheet.week,
        answers=sheet.answers,
        straight_lined=sheet.straight_lined,
        scale_points=wave.scale_points,
    )


def _closed(as_of: datetime, known_at: datetime | None) -> Select[Wave]:
    return (
        select(Wave)
        .where(Wave.announced_at.is_not(None), Wave.closes_at <= as_of)
        .where(Wave.closes_at <= (known_at or now()) - SETTLING)
        .order_by(Wave.closes_at, Wave.code)
    )


def _counts(wave_ids: Collection[int]) -> Counter[int]:
    rows = db.session.execute(
        select(_sheets.c.wave_id, func.count().label("number"))
        .where(_sheets.c.wave_id.in_(wave_ids))
        .group_by(_sheets.c.wave_id)
    )
    return Counter({row.wave_id: row.number for row in rows})


def every_wave() -> list[tuple[Wave, int]]:
    """Return all waves, the latest to open first, each with how many took part."""
    found = db.session.scalars(select(Wave).order_by(Wave.opens_at.desc(), Wave.code)).all()
    counts = _counts([wave.id for wave in found])
    return [(wave, counts[wave.id]) for wave in found]


def wave(code: str) -> Wave | None:
    """Return the wave of that code, or None."""
    return db.session.scalars(select(Wave).where(Wave.code == code)).one_or_none()


def wave_of_link(token: str) -> Wave | None:
    """Return the wave to which that secret of an address leads, or None."""
    return db.session.scalars(select(Wave).where(Wave.link_token == token)).one_or_none()


def comparable(with_wave: Wave) -> Sequence[Wave]:
    """Return the other waves that ask the same items with as many points; others are never pooled nor compared."""
    same = select(Wave).where(
        Wave.instrument_code == with_wave.instrument_code,
        Wave.scale_points == with_wave.scale_points,
        Wave.id != with_wave.id,
    )
    found = db.session.scalars(same.order_by(Wave.opens_at, Wave.code)).all()
    return [wave for wave in found if wave.instrument["items"] == with_wave.instrument["items"]]


def has_answers(wave_id: int) -> bool:
    """Whether a sheet of the wave is stored."""
    return db.session.scalar(select(_sheets.c.id).where(_sheets.c.wave_id == wave_id).limit(1)) is not None


def respondents(wave_id: int) -> int:
    """Return how many sheets of the wave are stored."""
    return _counts([wave_id])[wave_id]


def instruments() -> list[KnownInstrument]:
    """Return all instruments: the plant's own first, then the shipped ones, by code."""
    used = Counter(db.session.scalars(select(Wave.instrument_code)))
    own = [row.content for row in db.session.scalars(select(Instrument).order_by(Instrument.code))]
    return [
        KnownInstrument(content, is_own, used[content.code])
        for contents, is_own in ((own, True), (list(shipped().values()), False))
        for content in contents
    ]


def instrument(code: str) -> KnownInstrument | None:
    """Return the instrument of that code, or None."""
    return next((known for known in instruments() if known.content.code == code), None)
