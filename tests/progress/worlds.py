"""Plants with a random past: leavers, people who moved, training anew, what runs out, voids, doubled records."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import select

from lms.catalogue import queries as catalogue
from lms.catalogue.actions import add_edition
from lms.catalogue.models import Edition, Impact, Module
from lms.classroom.actions import Mark, SessionEntry, plan_session, take_attendance
from lms.classroom.rules import Attended, HalfDay, Part
from lms.kernel.clock import end_of, local_day
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.people import plant
from lms.people.models import TeamMembership
from lms.plans import queries as plans
from lms.plans.actions import make_plan
from lms.progress import actions, queries
from lms.progress.holding import NOTHING, Reached, due_again_on, holding
from lms.progress.rules import State
from lms.records.actions import store
from lms.records.models import Source, Verb
from lms.records.rules import NewRecord, edition_activity
from tests.people.making import a_person
from tests.progress.modules import content

FIRST, LAST = date(2026, 1, 5), date(2026, 6, 28)
LATER = datetime(2026, 7, 10, 9, tzinfo=UTC)


def a_world(seed: int, people: int = 24) -> None:
    """Make a plant of three teams on two shifts, three modules and four plans, and give it a past."""
    chance = Random(seed)
    shifts = [plant.add_shift(code, code, time(5), time(13)) for code in ("day", "night")]
    teams = [plant.add_team(f"t{n}", f"Team {n}", None, shifts[n % 2]) for n in range(3)]
    editions = _editions(chance)
    members = [_member(chance, number, teams) for number in range(people)]
    for number, (module_id, own) in enumerate([(0, teams), (1, teams[:2]), (2, teams[1:]), (0, teams[:1])]):
        assigned = FIRST + timedelta(days=chance.randrange(0, 60))
        make_plan(
            f"P{number}", recommendation_id=None, module_id=editions[module_id][0].module_id, team_ids=own,
            assigned_on=assigned, due_on=assigned + timedelta(days=chance.randrange(10, 60)), now=LATER,
        )  # fmt: skip
    told = [one for person_id in members for of_module in editions for one in _past(chance, person_id, of_module)]
    chance.shuffle(told)
    for record in (*told, *chance.sample(told, 20)):  # some arrive twice
        for person_id, edition_id in store([record], LATER).touched:
            actions.refresh(person_id, edition_id)
    for wrong in chance.sample(told, 15):
        voiding = NewRecord(
            id=new_id(),
            verb=Verb.VOIDED,
            source=Source.KIOSK,
            occurred_at=LATER,
            person_id=wrong.person_id,
            voids_id=wrong.id,
        )
        for person_id, edition_id in store([voiding], LATER).touched:
            actions.refresh(person_id, edition_id)
    _in_rooms(Random(seed), members, [editions[0][0].module_id, None])
    db.session.commit()


def _in_rooms(chance: Random, members: list[int], modules: list[int | None]) -> None:
    """Hold a session for each of the modules, one for none; some attendances are corrected."""
    for place, module_id in enumerate(modules):
        half_days = [HalfDay(FIRST + timedelta(days=30 + place), part, 180) for part in (Part.MORNING, Part.AFTERNOON)]
        made = plan_session(f"S{place}", SessionEntry("Seen", "Paul", half_days, module_id), None, LATER)
        days = [(one.id, person) for one in made.half_days for person in chance.sample(members, 14)]
        for reason in ("", "as the sheet says"):
            marks = [Mark(*one, _seen(chance)) for one in (days if not reason else chance.sample(days, 9))]
            take_attendance(f"S{place}", marks, reason, None, LATER)


def _seen(chance: Random) -> Attended:
    minutes = chance.choice((0, 90, 180, 180))
    return Attended(minutes > 0, minutes, minutes > 0, "" if minutes else "away")


def _editions(chance: Random) -> list[list[Edition]]:
    found = []
    for number, more in enumerate(({}, {}, {"validity_months": 2})):
        module = Module(code=f"m{number}", created_at=LATER)
        db.session.add(module)
        db.session.flush()
        out = datetime(2025, 12, 1, 9, tzinfo=UTC)
        own = [add_edition(module, content(questions=1, code=module.code, **more), {}, note="", by=None, now=out)]
        if number == 1:
            impacts = (Impact.RETRAINING, Impact.CORRECTION) if chance.random() < 0.7 else (Impact.ACKNOWLEDGEMENT,)
            for place, impact in enumerate(impacts):
                then = datetime.combine(FIRST + timedelta(days=60 + 40 * place), time(12), UTC)
                changed = content(questions=2 + place, code=module.code)
                own.append(add_edition(module, changed, {}, note="x", by=None, now=then, impact=impact))
        found.append(own)
    return found


def _member(chance: Random, number: int, teams: list[int]) -> int:
    team = teams[number % 3]
    joined = FIRST - timedelta(days=60) if chance.random() < 0.7 else FIRST + timedelta(days=chance.randrange(90))
    person_id = a_person(f"{number:04}", f"Given F{number:02}", team_id=team, joined_on=joined)
    [stay] = db.session.scalars(select(TeamMembership).where(TeamMembership.person_id == person_id))
    if chance.random() < 0.3:
        stay.left_on = joined + timedelta(days=chance.randrange(5, 120))
        if chance.random() < 0.6:
            other = chance.choice([one for one in teams if one != team])
            again = TeamMembership(person_id=person_id, team_id=other, joined_on=stay.left_on + timedelta(days=1))
            db.session.add(again)
    db.session.flush()
    return person_id


def _past(chance: Random, person_id: int, editions: list[Edition]) -> list[NewRecord]:
    told: list[NewRecord] = []
    for edition in editions:
        for attempt in range(1, chance.choice((1, 1, 2, 4))):
            day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
            at = datetime.combine(day, time(chance.choice((4, 12, 22, 23)), chance.randrange(60)), UTC)
            keys = [block.key for block in catalogue.frozen(edition.id).content.blocks]
            sitting = new_id()
            for place, key in enumerate(keys[: chance.choice((1, len(keys), len(keys), len(keys)))]):
                told.append(
                    NewRecord(
                        id=new_id(),
                        verb=Verb.ANSWERED if key.startswith("q") else Verb.EXPERIENCED,
                        source=Source.KIOSK,
                        activity=edition_activity(edition.module.code, edition.number),
                        person_id=person_id,
                        edition_id=edition.id,
                        block_key=key,
                        sitting_id=sitting,
                        attempt=attempt,
                        success=chance.random() < 0.8 if key.startswith("q") else None,
                        occurred_at=at + timedelta(seconds=90 * place),
                    )
                )
    return told


def told_by_records(as_of: date) -> dict[tuple[str, int], tuple[State, date, bool]]:
    """Return each assignment's state, due day and whether it was in time, by plan and person.

    As the records and the rules of one person say; nothing that is kept is read.
    """
    until = end_of(as_of)
    steps = catalogue.steps()
    reached: dict[tuple[int, int], list[tuple[Reached, datetime | None, list[datetime]]]] = {}
    for found, course in queries.courses(until=until):
        edition = catalogue.frozen(found.edition_id)
        one = Reached(
            edition.number, course.completions, found.facts.acknowledged_at, edition.content.validity_months
        )  # fmt: skip
        moments = [event.occurred_at for event in course.told]
        reached.setdefault((found.person_id, edition.module_id), []).append((one, found.facts.started_at, moments))
    answer = {}
    for given in plans.assignments(None, as_of):
        met = reached.get((given.person_id, given.module_id), [])
        held = holding([one for one, *_ in met], steps[given.module_id], until) if met else NOTHING
        due_on = due_again_on(held, given.assigned_on, given.due_on, local_day)
        done = [at for one, *_ in met for at in one.completed_at]
        if held.since is None:
            began = any(started for _, started, _ in met)
        else:
            began = any(local_day(at) >= local_day(held.since) for *_, moments in met for at in moments)
        state = State.COMPLETED if held.is_good else State.LATE if due_on < as_of else _open(began)
        in_time = held.is_good and local_day(min(done)) <= given.due_on
        answer[given.plan_code, given.person_id] = (state, due_on, in_time)
    return answer


def _open(began: bool) -> State:
    return State.UNDER_WAY if began else State.NOT_STARTED
