"""Sessions in a room, habilitations and papers of the simulated plant, with days around today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from lms.catalogue.queries import newest_edition_of
from lms.classroom import actions as classroom
from lms.classroom import queries as rooms
from lms.classroom import sheets
from lms.classroom.actions import Mark, SessionEntry
from lms.classroom.models import Session
from lms.classroom.rules import Attended, HalfDay, Part
from lms.demonstration import papers, visitors
from lms.demonstration.building import Plant
from lms.people import queries as people
from lms.proof import actions, issuing, posts, queries
from lms.proof.actions import Gift, KindEntry
from lms.proof.names import named
from lms.proof.papers import NothingToCertify
from lms.proof.rules import Act, Basis

ISSUER = "Organisme illustratif"
SIGNED = "GESTES-1"
"""The session whose signed sheet is kept; of the other one that was held, it is still to be added."""
CERTIFIED = 6
"""How many certificates were issued."""


@dataclass(frozen=True)
class Licence:
    """A kind of habilitation, and the module that gives it, if one does."""

    code: str
    entry: KindEntry
    module: str = ""


LICENCES = (
    Licence(
        "caces-r489-3",
        KindEntry(
            {"fr": "CACES R489, chariot catégorie 3", "en": "Lift truck, R489 category 3"},
            60,
            180,
            reference="CNAM R489",
        ),
    ),
    Licence(
        "sst",
        KindEntry(
            {"fr": "Sauveteur secouriste du travail (SST)", "en": "First aider at work (SST)"},
            24,
            90,
            by_session=True,
            reference="INRS",
        ),
    ),
    Licence(
        "b0-h0v",
        KindEntry(
            {"fr": "Habilitation électrique B0-H0V", "en": "Electrical habilitation B0-H0V"},
            36,
            120,
            reference="NF C 18-510",
        ),
    ),
    Licence(
        "consignation",
        KindEntry(
            {"fr": "Consignation des lignes", "en": "Lock-out of the lines"},
            12,
            60,
            fixed_month=3,
            by_certificate=False,
            reference="Règle du site (illustrative)",
        ),
        module="lock-out",
    ),
)
OF_A_POST = Licence(
    "caces-r484-1",
    KindEntry({"fr": "CACES R484, pont roulant", "en": "Overhead crane, R484"}, 60, 180, reference="CNAM R484"),
)
POST = "controle"
"""Whoever holds this post needs it."""
LEFT = (-40, 12, 25, 70, 150, 400)
"""Days to the end of what each of some people holds, one after the other."""


def prove(made: Plant, trainer: int, now: datetime) -> None:
    """Enter kinds, sessions, attendance, habilitations and papers, as HR would have."""
    today = now.date()
    for licence in LICENCES:
        module = newest_edition_of(licence.module) if licence.module else None
        entry = licence.entry
        if module is not None:
            entry = KindEntry(**{**vars(entry), "module_id": module.module_id})
        actions.add_kind(licence.code, entry, now)
    operators = [one.person_id for one in made.operators if one.present_until is None]
    _sessions(operators, trainer, today, now)
    _habilitations(operators, today, now)
    _papers(operators, now)


def license_post(made: Plant, amina: int, now: datetime) -> None:
    """Let a post ask for a habilitation: of the visiting leader's people one's has expired, another's soon will."""
    today = now.date()
    actions.add_kind(OF_A_POST.code, OF_A_POST.entry, now)
    post = next(one.id for one in people.workstations() if one.code == POST)
    posts.ask(post, OF_A_POST.code)
    present = [one for one in made.operators if one.present_until is None]
    held = people.posts_of([one.person_id for one in present])
    left = iter((-9, 18))
    for operator in present:
        if held.get(operator.person_id) == post:
            visited = operator.team_id == made.teams[visitors.TEAM]
            _give(operator.person_id, OF_A_POST, today, next(left, 700) if visited else 700, now)
    _give(amina, LICENCES[2], today, 25, now)


def _give(person: int, licence: Licence, today: date, days: int, now: datetime) -> None:
    obtained = _obtained(today + timedelta(days=days), licence.entry.validity_months or 0)
    number = f"{licence.code.upper()}-{person:04}"
    actions.give(_from_outside(person, licence, obtained, number), None, now)


def _from_outside(person_id: int, licence: Licence, obtained: date, number: str) -> Gift:
    title, who = licence.entry.title["fr"], named(obtained, [person_id])[person_id]
    paper = papers.outside_certificate(title, licence.entry.reference, who.full_name, number, obtained, ISSUER)
    return Gift(person_id, licence.code, obtained, Basis.CERTIFICATE, None, "", number, ISSUER, paper)


def _sessions(operators: list[int], trainer: int, today: date, now: datetime) -> None:
    site = people.sites()[0].id
    handling = newest_edition_of("manual-handling")
    sessions = (
        ("SST-MAC-1", "Recyclage SST", -20, 2, True, None),
        ("GESTES-1", "Gestes et postures, en salle", -6, 1, False, handling.module_id if handling else None),
        ("SST-MAC-2", "Recyclage SST", 12, 2, True, None),
        ("CACES-1", "CACES R489, chariot catégorie 3", 19, 4, True, None),
    )
    for place, (code, title, in_days, halves, mandatory, module_id) in enumerate(sessions):
        first = _weekday(today + timedelta(days=in_days))
        half_days = [
            HalfDay(
                first + timedelta(days=number // 2), (Part.MORNING, Part.AFTERNOON)[number % 2], 210 - number % 2 * 30
            )
            for number in range(halves)
        ]
        entry = SessionEntry(title, ISSUER, half_days, module_id, "Salle de formation", site, mandatory, 12)
        made = classroom.plan_session(code, entry, trainer, now - timedelta(days=40))
        listed = operators[place * 8 : place * 8 + 8]
        classroom.invite(code, listed, trainer, now - timedelta(days=30))
        for half_day in made.half_days:
            if half_day.held_on <= today:
                marks = [_mark(half_day.id, person, half_day.minutes, rank) for rank, person in enumerate(listed)]
                classroom.take_attendance(code, marks, "", trainer, now)
        if code == SIGNED:
            _sign(made, listed, trainer, now)


def _sign(session: Session, listed: list[int], trainer: int, now: datetime) -> None:
    """Keep the sheet of a session as people signed it on paper."""
    attended = rooms.attendance(session.id)
    signed = [[attended[half_day.id, person].signed for half_day in session.half_days] for person in listed]
    who = named(now.date(), listed)
    scan = papers.signed_sheet(session, people.sites()[0].name, [who[one] for one in listed], signed)
    sheets.keep(session.code, None, [scan], trainer, now)


def _mark(half_day_id: int, person_id: int, minutes: int, rank: int) -> Mark:
    if rank == 5:
        return Mark(half_day_id, person_id, Attended(False, 0, False, "Retenu sur la ligne (illustratif)"))
    return Mark(half_day_id, person_id, Attended(True, minutes - 30 * (rank == 3), True))


def _habilitations(operators: list[int], today: date, now: datetime) -> None:
    for place, licence in enumerate(LICENCES[:3]):
        months = licence.entry.validity_months or 0
        for rank, left in enumerate(LEFT):
            obtained = _obtained(today + timedelta(days=left), months)
            person = operators[(place * 5 + rank * 3) % len(operators)]
            number = f"{licence.code.upper()}-{Random(f'{place} {rank}').randrange(10_000):04}"  # noqa: S311
            made = actions.give(_from_outside(person, licence, obtained, number), None, now)
            if (place, rank) == (0, 4):
                actions.act(
                    made.id, Act.SUSPENDED, today - timedelta(days=2), "Presque-accident (illustratif)", None, now
                )
    for person in operators[:5:2]:
        gift = Gift(person, "sst", _weekday(today - timedelta(days=20)), Basis.SESSION, session="SST-MAC-1")
        if not any(one.kind_code == "sst" for one in queries.habilitations(today, [person])):
            actions.give(gift, None, now)


def _papers(operators: list[int], now: datetime) -> None:
    module = newest_edition_of("lock-out")
    issued = 0
    for person in operators if module else []:
        try:
            issuing.certify(person, module.module_id if module else 0, "fr", None, now)
        except NothingToCertify:
            continue
        issued += 1
        if issued == CERTIFIED:
            return


def _obtained(last_day: date, months: int) -> date:
    """Return a day on which something of so many months was obtained that ends on a day, or a little sooner."""
    year, month = divmod(last_day.year * 12 + last_day.month - 1 - months, 12)
    return date(year, month + 1, min(last_day.day, 28))


def _weekday(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - 4, 0))
