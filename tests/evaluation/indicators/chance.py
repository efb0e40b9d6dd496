"""Facts drawn by chance, from every source, for what must hold whatever happened."""

from datetime import time, timedelta
from random import Random
from uuid import UUID

from lms.authoring.models import Origin
from lms.authoring.queries import Deed, ModuleWork, Review
from lms.delivery.models import EndedBy, HelpCategory
from lms.delivery.queries import Help
from lms.delivery.rules import Visit
from lms.delivery.service import TerminalDay
from lms.evaluation.facts import Facts, Figure, Item, OpenMinutes, Outcome, Sitting
from lms.evaluation.kept import Actions, Covered, Kept, ShiftHours, Vigilance
from lms.evaluation.readings.series import SERIES
from lms.people.models import SignInOutcome
from lms.people.queries import KioskAttempt
from lms.skills.queries import Moved, Observed
from lms.skills.rules import Kind, Level
from lms.skills.rules import Outcome as Seen
from lms.surveys.queries import Response, WaveFacts
from lms.surveys.rules import Band, Cell, Moment
from lms.surveys.shipped import shipped
from tests.evaluation.indicators.small import AS_OF, START, ZONE, at, member, on, row

OPTIONS = {"tests": ["t1", "t2"], "tasks": ["t1"], "enough": ["any"]}
SHIFTS = ("morning", "evening", "night", None)
HOURS = (
    ShiftHours("morning", time(5), time(13)),
    ShiftHours("evening", time(13), time(21)),
    ShiftHours("night", time(21), time(5)),
)
BANDS = ("under_35", "35_49", "50_plus", None)


def facts(seed: int, people: int, teams: int, zeal: float) -> Facts:
    """Return facts of so many people; of their deeds as many as zeal says."""
    draw = Random(seed)
    members = []
    for person in range(people):
        team = draw.randrange(teams)
        left = on(draw.randrange(20, 80)) if draw.random() < 0.1 else None
        joined = on(draw.choice([0, 0, 0, 30]))
        members.append(
            member(person, f"t{team}", SHIFTS[team % 4], joined_on=joined, left_on=left, age_band=draw.choice(BANDS))
        )
    rows = [
        row(one.person, one.team, one.shift, module, throughout=one.left_on is None, assigned_on=one.joined_on)
        for one in members
        for module in ("m1", "m2")
    ]
    outcomes = {
        (one.person, module): _outcome(draw, zeal)
        for one in members
        for module in ("m1", "m2", "t1", "t2")
        if draw.random() < zeal
    }
    waves = tuple(_wave(code, draw) for code in ("REA", "TRA", "TRA-OBS", "DIG", "ERG", "REC"))
    return Facts(
        AS_OF,
        tuple(rows),
        outcomes,
        starts_on=START,
        zone=ZONE,
        members=tuple(members),
        sittings=tuple(_sitting(draw, person, module) for person, module in outcomes),
        designed={"m1": 5, "m2": 4},
        items=tuple(_item(draw, place) for place in range(draw.randrange(5))),
        sign_offs=tuple(_seen(draw, one.person) for one in members if draw.random() < zeal),
        moves=tuple(move for one in members if draw.random() < zeal for move in _moves(draw, one.person)),
        waves=waves,
        sheets=tuple(_sheet(wave, draw) for wave in waves for _ in range(wave.respondents)),
        figures=tuple(figure for series in SERIES for figure in _figures(draw, series, zeal)),
        visits=tuple(_visit(draw, number, people) for number in range(draw.randrange(200))),
        help_requests=tuple(_help(draw, number, people) for number in range(draw.randrange(20))),
        service=tuple(
            TerminalDay(1 + day % 2, 1, on(day), draw.choice([0, 600]), draw.randrange(600), draw.randrange(3))
            for day in range(draw.randrange(40))
        ),
        open_minutes=tuple(
            OpenMinutes(on(day), draw.choice(SHIFTS), draw.randrange(900)) for day in range(draw.randrange(40))
        ),
        tries=tuple(KioskAttempt(1, at(3), draw.choice(list(SignInOutcome))) for _ in range(draw.randrange(20))),
        works=tuple(_work(draw, number) for number in range(draw.randrange(12))),
        notices={one.person: at(draw.randrange(0, 20)) for one in members if draw.random() < zeal},
        kept=Kept(
            shifts=HOURS,
            trainers=tuple(range(500, 500 + draw.randrange(14))),
            zones=((1, 1), (2, 1)),
            coverage=tuple(Covered("t1", shift, draw.randrange(4), 2) for shift in SHIFTS[:3] if draw.random() < zeal),
            actions=Actions(draw.randrange(9), 0) if draw.random() < zeal else None,
            vigilance=Vigilance(draw.randrange(9), 0, 0) if draw.random() < zeal else None,
        ),
    )


def _visit(draw: Random, number: int, people: int) -> Visit:
    opened = at(draw.randrange(0, 80), draw.randrange(24))
    ended = opened + timedelta(minutes=draw.randrange(0, 20)) if draw.random() < 0.9 else None
    by = draw.choice(list(EndedBy)) if ended else None
    return Visit(number, draw.randrange(people), draw.choice([1, 2, 3]), opened, ended, by)


def _help(draw: Random, number: int, people: int) -> Help:
    asked = at(draw.randrange(0, 80))
    resolved = asked + timedelta(minutes=draw.randrange(0, 90)) if draw.random() < 0.7 else None
    kind = draw.choice(list(HelpCategory))
    return Help(UUID(int=number), draw.randrange(people), 1, 1, 1, None, kind, asked, resolved, None)


def _work(draw: Random, number: int) -> ModuleWork:
    deed = Deed(draw.randrange(500, 503), at(-draw.randrange(0, 900)))
    review = Review(500, at(-draw.randrange(0, 900)), 1, "")
    minutes = draw.choice([None, 0, 300])
    return ModuleWork(number, f"m{number}", (deed,), (review,), minutes, 5, draw.choice([None, *Origin]))


def _seen(draw: Random, person: int) -> Observed:
    return Observed(person, "t1", on(draw.randrange(0, 89)), draw.choice(list(Seen)), draw.randrange(500, 503), 1)


def _moves(draw: Random, person: int) -> list[Moved]:
    begun = draw.randrange(-200, 60)
    first = Moved(person, "t1", Level.NONE, Level.TRAINED, on(begun), Kind.AUTOMATIC)
    later = on(begun + draw.randrange(0, 60))
    return [first, Moved(person, "t1", Level.TRAINED, draw.choice([Level.NONE, Level.AUTONOMOUS]), later, Kind.SIGNED)]


def _wave(code: str, draw: Random) -> WaveFacts:
    band = {"TRA-OBS": Band.TEAM_LEADER, "ERG": Band.TRAINER}.get(code, Band.OPERATOR)
    invited = draw.randrange(0, 40)
    cells = (Cell(band, "morning", invited),)
    content = shipped()[code]
    return WaveFacts(code, content, Moment.AFTER, at(20), at(40), 5, cells, draw.randrange(0, invited + 1), True)


def _sheet(wave: WaveFacts, draw: Random) -> Response:
    answers = {
        item.key: draw.choice([None, *item.answers(wave.scale_points)]) for item in wave.instrument.items
    }  # fmt: skip
    band = wave.cells[0].band
    shift = draw.choice(SHIFTS)
    return Response(wave.code, wave.instrument.code, wave.moment, band, shift, "2026-W12", answers, False, 5)


def _figures(draw: Random, series: str, zeal: float) -> list[Figure]:
    if draw.random() >= zeal:
        return []
    value = float(draw.randrange(1, 100))
    return [Figure(series, on(place), on(place), None, value, value / 2, value * 2) for place in (-9, 1, 5)]


def _item(draw: Random, place: int) -> Item:
    attempts = draw.randrange(60)
    return Item("m1", f"q{place}", attempts, None if attempts < 30 else draw.random() < 0.5, None, 1.0)


def _outcome(draw: Random, zeal: float) -> Outcome:
    started = draw.randrange(0, 60)
    completed = started + draw.randrange(0, 30) if draw.random() < zeal else None
    tried = draw.random() < zeal
    score = draw.choice([0.0, 0.25, 0.5, 0.8, 1.0])
    steps = draw.randrange(1, 6)
    return Outcome(
        started_on=on(started),
        completed_on=None if completed is None else on(completed),
        first_passed=score >= 0.8 if tried else None,
        first_score=score if tried else None,
        best_score=score if tried else None,
        attempts=int(tried),
        active_seconds=draw.randrange(0, 900),
        last_on=on(completed or started),
        reached=draw.randrange(0, steps + 1),
        steps=steps,
        revisited_on=on(85) if completed is not None and draw.random() < 0.3 else None,
        completing_seconds=draw.randrange(0, 900),
        started_at=at(started),
        completed_at=None if completed is None else at(completed, 10),
        first_ended_at=at(draw.randrange(0, 80)) if tried else None,
    )


def _sitting(draw: Random, person: int, module: str) -> Sitting:
    first = at(draw.randrange(0, 80), draw.randrange(24))
    seconds = draw.randrange(0, 900)
    last = first + timedelta(seconds=seconds)
    return Sitting(
        UUID(int=person), person, module, draw.choice([1, 2, None]), first, last, seconds, draw.randrange(0, 120)
    )
