"""Surveys of the demonstration: waves, and what simulated people say in them, through the same actions.

The figures are invented: the night shift is less favourable, some decline, one answers in
haste, and two groups are too small to be shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from lms.demonstration.behaviour import ShiftCode
from lms.demonstration.building import Operator, Plant
from lms.surveys import actions, box, collecting
from lms.surveys.content import Item
from lms.surveys.models import Wave
from lms.surveys.rules import Band, Cell, Channel, Moment
from lms.surveys.shipped import shipped

DAY = timedelta(days=1)
NOTICE = {
    "fr": "Enquête d’une démonstration : anonyme, et personne n’est obligé d’y répondre. Seuls des groupes de dix "
    "personnes ou plus sont montrés.",
    "en": "A survey of a demonstration: anonymous, and nobody has to answer it. Only groups of ten people or more are "
    "shown.",
    "ar": "استبيان تجريبي: بلا اسم، ولا أحد ملزم بالإجابة عنه. لا تُعرض إلا نتائج مجموعات من عشرة أشخاص أو أكثر.",
}
LEANINGS = {ShiftCode.MORNING: 0.35, ShiftCode.AFTERNOON: 0.2, ShiftCode.NIGHT: -0.75}
TAKES_PART = {ShiftCode.MORNING: 0.9, ShiftCode.AFTERNOON: 0.86, ShiftCode.NIGHT: 0.72}
DECLINES, LEAVES_OUT = 0.3, 0.03
"""Chance that whoever does not take part says so; chance that an item is left out."""
HASTY_WAVE = "ADH-2"


@dataclass(frozen=True)
class Asked:
    """A wave to be: of what, when, and the usual answer in it."""

    code: str
    instrument: str
    moment: Moment
    opens_at: datetime
    closes_at: datetime
    usual: float
    cells: tuple[Cell, ...] = ()
    """Staff who are asked by link; without any, operators are asked at the kiosk."""
    share: float = 1.0
    """How much of the usual part has been taken so far."""


def waves(opening: datetime, now: datetime) -> list[Asked]:
    """Return the waves of a pilot that opened then; two are open for a visitor to answer."""
    before = (opening - 17 * DAY, opening - 3 * DAY)
    staff = (Cell(Band.TEAM_LEADER, None, 6), Cell(Band.MANAGEMENT, None, 8))
    trainers = (Cell(Band.TRAINER, None, 6),)
    return [
        Asked("ADH-1", "ADH", Moment.BEFORE, *before, usual=3.2),
        Asked("DIG-1", "DIG", Moment.BEFORE, *before, usual=3.0),
        Asked("CLI-1", "CLI", Moment.BEFORE, *before, usual=3.4, cells=staff),
        Asked("FOR-1", "FOR", Moment.BEFORE, *before, usual=3.1, cells=trainers),
        Asked("REA-1", "REA", Moment.DURING, opening + 2 * DAY, now - 2 * DAY, usual=3.9),
        Asked("TRA-1", "TRA", Moment.AFTER, now - 16 * DAY, now - 2 * DAY, usual=3.4),
        Asked("ADH-2", "ADH", Moment.AFTER, now - 14 * DAY, now - DAY, usual=3.8),
        Asked("DIG-2", "DIG", Moment.PULSE, now - 3 * DAY, now + 11 * DAY, usual=3.5, share=0.3),
        Asked("REA-2", "REA", Moment.DURING, now - 2 * DAY, now + 11 * DAY, usual=3.9, share=0.0),
    ]


def survey(plant: Plant, opening: datetime, now: datetime, seed: int, keep: Callable[[], None]) -> None:
    """Let every wave happen; `keep` commits each."""
    for asked in waves(opening, now):
        random = Random(f"{seed} {asked.code}")  # noqa: S311  (repeatable, no secret)
        wave = _announced(asked)
        if asked.cells:
            _ask_by_link(wave, asked, now, random)
        else:
            _ask_at_kiosk(wave, asked, plant.operators, now, random)
        if asked.closes_at <= now:
            box.pour_out(now)
        keep()


def _announced(asked: Asked) -> Wave:
    at = asked.opens_at - DAY
    wish = actions.Wish(
        code=asked.code,
        instrument=shipped()[asked.instrument],
        moment=asked.moment,
        opens_at=asked.opens_at,
        closes_at=asked.closes_at,
        bands=sorted({cell.band for cell in asked.cells}) or [Band.OPERATOR],
        channels=[Channel.LINK] if asked.cells else [Channel.KIOSK, Channel.PAPER],
        notice=NOTICE,
        invited=asked.cells,
        illustrative=True,
    )
    wave = actions.make_wave(wish, now=at)
    actions.announce(wave, now=at)
    return wave


def _ask_by_link(wave: Wave, asked: Asked, now: datetime, random: Random) -> None:
    for cell in asked.cells:
        for _ in range(cell.invited - 1):
            given = _answers(wave.content.items, asked.usual + random.gauss(0, 0.5), random)
            collecting.answer_by_link(wave, cell.band, cell.shift, given, code=None, now=_moment(asked, now, random))


def _ask_at_kiosk(wave: Wave, asked: Asked, operators: Sequence[Operator], now: datetime, random: Random) -> None:
    hasty = operators[0] if asked.code == HASTY_WAVE else None
    for operator in operators:
        at = _moment(asked, now, random)
        leaning = asked.usual + LEANINGS[operator.shift] + random.gauss(0, 0.5)
        given, takes_part = _answers(wave.content.items, leaning, random), random.random()
        if operator.present_until is not None and operator.present_until < at.date():
            continue
        if operator is hasty:
            alike = dict.fromkeys((item.key for item in wave.content.items), 4)
            collecting.answer_at_kiosk(wave, operator.person_id, alike, 0.8, now=at)
        elif takes_part < TAKES_PART[operator.shift] * asked.share:
            collecting.answer_at_kiosk(wave, operator.person_id, given, random.uniform(3, 9), now=at)
        elif asked.share and random.random() < DECLINES:
            collecting.decline(wave, operator.person_id, now=at)


def _moment(asked: Asked, now: datetime, random: Random) -> datetime:
    ends = min(asked.closes_at, now)
    return asked.opens_at + (ends - asked.opens_at) * random.uniform(0.02, 0.98)


def _answers(items: Sequence[Item], leaning: float, random: Random) -> dict[str, int | None]:
    """Return what someone so inclined answers; items differ in how easily they are agreed to."""
    given: dict[str, int | None] = {}
    for item in items:
        ease = Random(item.key).uniform(-0.5, 0.5)  # noqa: S311
        possible = item.answers(5)
        wanted = leaning + ease + random.gauss(0, 0.7) if item.rated else random.choice(possible)
        given[item.key] = None if random.random() < LEAVES_OUT else min(max(round(wanted), possible[0]), possible[-1])
    return given
