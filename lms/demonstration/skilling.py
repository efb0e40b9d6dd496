"""Skills in the simulated plant: levels before the pilot, practice watched after the modules.

Among them: an evaluator who finds everybody good, a task that nobody can teach, a night
shift where few work alone and nobody has time to watch, signatures that are still awaited.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from lms.demonstration import plant, visitors
from lms.demonstration.behaviour import ShiftCode
from lms.demonstration.building import Operator, Plant
from lms.people import actions as people
from lms.people import queries as people_queries
from lms.people.permissions import Role
from lms.skills import actions, queries
from lms.skills.actions import Observation, TaskEntry
from lms.skills.queries import Moved
from lms.skills.rules import Kind, Level, Outcome
from lms.skills.waiting import waiting_for

MATRIX = "matrice-polyvalence.xlsx"
"""Whence the levels before the pilot are said to come."""


@dataclass(frozen=True)
class Outline:
    """A task to be, prepared by one module."""

    code: str
    post: str
    module: str
    french: str
    english: str
    arabic: str
    critical: bool = False

    @property
    def title(self) -> dict[str, str]:
        """What it is called, by language."""
        return {"fr": self.french, "en": self.english, "ar": self.arabic}

    @property
    def workshop(self) -> str:
        """The workshop of its post."""
        return next(workshop for workshop, posts in plant.POSTS.items() if self.post in posts)


TASKS = (
    Outline(
        "ligne-ordre", "ligne-1", "work-order", "Démarrer sur un ordre", "Start on an order", "التشغيل حسب أمر التصنيع"
    ),
    Outline(
        "ligne-consignation",
        "ligne-1",
        "lock-out",
        "Consigner la ligne",
        "Lock out the line",
        "تأمين الخط",
        critical=True,
    ),
    Outline(
        "encres-preparation", "encres", "clp-inks-solvents", "Préparer les encres", "Prepare the inks", "تحضير الأحبار"
    ),
    Outline(
        "encres-rangement",
        "encres",
        "five-s",
        "Ranger le poste encres",
        "Keep the ink post in order",
        "ترتيب مكان الأحبار",
    ),
    Outline(
        "coupe-ordre",
        "decoupeuse-3",
        "work-order",
        "Découper selon l’ordre",
        "Slit to the order",
        "التقطيع حسب أمر التصنيع",
    ),
    Outline(
        "coupe-consignation",
        "decoupeuse-3",
        "lock-out",
        "Consigner la découpeuse",
        "Lock out the slitter",
        "تأمين آلة التقطيع",
        critical=True,
    ),
    Outline(
        "coupe-mandrins",
        "decoupeuse-3",
        "manual-handling",
        "Charger les mandrins",
        "Load the mandrels",
        "تركيب الأنابيب",
    ),
    Outline(
        "controle-rangement",
        "controle",
        "five-s",
        "Ranger le poste de contrôle",
        "Keep the check post in order",
        "ترتيب مكان الفحص",
    ),
)
UNTAUGHT = "encres-preparation"
BEFORE = {
    ShiftCode.MORNING: (0.25, 0.25, 0.25, 0.15, 0.10),
    ShiftCode.AFTERNOON: (0.35, 0.25, 0.22, 0.12, 0.06),
    ShiftCode.NIGHT: (0.62, 0.22, 0.14, 0.02, 0.0),
}
"""Chances of each level before the pilot, none first, by shift."""
WATCHED = {ShiftCode.MORNING: 0.8, ShiftCode.AFTERNOON: 0.7, ShiftCode.NIGHT: 0.3}
"""Chance that somebody finds the time to watch, by shift."""
TUTORS = (("TUTEUR-1", "Maud", "Tutrice", 0.98), ("TUTEUR-2", "Éric", "Tuteur", 0.66))
"""Trainers of the line, each with the chance of finding a practice acquired at first sight; the first is lenient."""
WATCHED_AFTER_DAYS = (2, 26)
AGAIN_AFTER_DAYS = 8
SITUATIONS = ("Changement de série du matin", "Fabrication courante", "Démarrage d’équipe", "Arrêt programmé")


@dataclass(frozen=True)
class Tutor:
    """A trainer of the line."""

    person_id: int
    finds_acquired: float


@dataclass(frozen=True)
class Skilled:
    """The tasks and tutors that were made."""

    tasks: dict[str, int]
    tutors: tuple[Tutor, ...]


def prepare(made: Plant, trainer: int, modules: dict[str, int], seed: int, hired_on: date, now: datetime) -> Skilled:
    """Enter the tasks, the tutors, and what the plant's own matrix said before the pilot."""
    posts = {post.code: post.id for post in people_queries.workstations()}
    tasks = {
        one.code: actions.add_task(
            one.code,
            TaskEntry(one.title, posts[one.post], one.critical, 2, [modules[one.module]]),
            now,
        ).id
        for one in TASKS
    }
    tutors = tuple(_tutor(*outline, hired_on, now) for outline in TUTORS)
    stated_on = now.date() - timedelta(days=30)
    for code, task in tasks.items():
        level = Level.AUTONOMOUS if code == UNTAUGHT else Level.TEACHING
        for person in (trainer, *(tutor.person_id for tutor in tutors)):
            actions.state_level(person, task, level, stated_on, source=MATRIX, signed_by=None, now=now)
    for operator in made.operators:
        _state(operator, tasks, Random(f"{seed} level {operator.person_id}"), stated_on, now)  # noqa: S311
    return Skilled(tasks, tutors)


def watch(
    made: Plant, skilled: Skilled, opening: datetime, now: datetime, zone: ZoneInfo, seed: int, keep: Callable[[], None]
) -> None:
    """Let practice be watched after the modules, week by week as it would have happened."""
    begins = opening
    while begins < now:
        ends = min(begins + timedelta(weeks=1), now)
        actions.catch_up(ends)
        keep()
        begins = ends
    trained = [move for move in queries.level_changes(now.date(), now) if move.kind is Kind.AUTOMATIC]
    for seen, at in sorted(_watched(made, skilled, trained, now, zone, seed), key=lambda one: one[1]):
        sign_off = actions.sign_off(seen, by=seen.observer_id, now=at)
        waiting = waiting_for(sign_off)
        # The other tutor signs most of what is safety-critical; the rest is left to whoever visits.
        other = next(tutor.person_id for tutor in skilled.tutors if tutor.person_id != seen.observer_id)
        if waiting and sign_off.id % 4:
            actions.countersign(sign_off.id, other, confirmed=True, note="", now=at + timedelta(hours=20))
        keep()
    _ready_to_work_alone(made, skilled, now)
    keep()


def _ready_to_work_alone(made: Plant, skilled: Skilled, now: datetime) -> None:
    """Let some of the visiting leader's team be seen often enough: they wait for the leader's signature."""
    levels = queries.levels(now.date(), now)
    task, tutor = skilled.tasks["coupe-ordre"], skilled.tutors[1].person_id
    for operator in made.operators:
        team = operator.team_id == made.teams[visitors.TEAM]
        if team and levels.get((operator.person_id, task)) is Level.ACCOMPANIED:
            for days in (4, 3):
                on = now.date() - timedelta(days=days)
                seen = Observation(operator.person_id, task, tutor, on, Outcome.ACQUIRED, SITUATIONS[0], cycles=3)
                actions.sign_off(seen, by=tutor, now=now - timedelta(days=days - 1))


def _tutor(registration: str, given: str, family: str, finds_acquired: float, hired_on: date, now: datetime) -> Tutor:
    entry = people.Entry(registration, given, family, language="fr", hired_on=hired_on)
    number = people.create_person(entry, None, hired_on, by=None, now=now, simulated=True)
    people.revoke_role(number, Role.OPERATOR, None, by=None, now=now, today=now.date())
    people.grant_role(number, Role.TRAINER, None, by=None, now=now)
    return Tutor(number, finds_acquired)


def _own(operator: Operator) -> Sequence[Outline]:
    return [task for task in TASKS if task.workshop == operator.workshop]


def _state(operator: Operator, tasks: dict[str, int], random: Random, on: date, now: datetime) -> None:
    for task in _own(operator):
        level = random.choices(list(Level), BEFORE[operator.shift])[0]
        if level is Level.TEACHING and task.code == UNTAUGHT:
            level = Level.AUTONOMOUS
        if level is not Level.NONE:
            actions.state_level(operator.person_id, tasks[task.code], level, on, source=MATRIX, signed_by=None, now=now)


def _watched(
    made: Plant, skilled: Skilled, trained: Sequence[Moved], now: datetime, zone: ZoneInfo, seed: int
) -> list[tuple[Observation, datetime]]:
    """Return what is seen and when, for those whom a module took to I on a task of their own workshop."""
    operators = {operator.person_id: operator for operator in made.operators}
    found = []
    for move in trained:
        operator = operators.get(move.person_id)
        # Nobody can observe where nobody teaches.
        if operator and move.task != UNTAUGHT and move.task in {task.code for task in _own(operator)}:
            random = Random(f"{seed} watch {move.person_id} {move.task}")  # noqa: S311
            found += _observations(operator, skilled, move, zone, random)
    return [
        (seen, at)
        for seen, at in found
        if at < now and seen.observed_on <= (operators[seen.person_id].present_until or at.date())
    ]


def _observations(
    operator: Operator, skilled: Skilled, move: Moved, zone: ZoneInfo, random: Random
) -> list[tuple[Observation, datetime]]:
    if random.random() > WATCHED[operator.shift]:
        return []
    tutor = random.choice(skilled.tutors)
    on = move.on + timedelta(days=random.randint(*WATCHED_AFTER_DAYS))
    if random.random() < 0.08:
        return [_seen(operator, skilled, move.task, tutor, on, Outcome.NOT_DONE, zone, random)]
    if random.random() < tutor.finds_acquired:
        return [_seen(operator, skilled, move.task, tutor, on, Outcome.ACQUIRED, zone, random)]
    again = on + timedelta(days=AGAIN_AFTER_DAYS)
    return [
        _seen(operator, skilled, move.task, tutor, on, Outcome.NOT_YET, zone, random),
        _seen(operator, skilled, move.task, tutor, again, Outcome.ACQUIRED, zone, random),
    ]


def _seen(
    operator: Operator,
    skilled: Skilled,
    task: str,
    tutor: Tutor,
    on: date,
    outcome: Outcome,
    zone: ZoneInfo,
    random: Random,
) -> tuple[Observation, datetime]:
    observation = Observation(
        operator.person_id,
        skilled.tasks[task],
        tutor.person_id,
        on,
        outcome,
        situation=random.choice(SITUATIONS),
        safety_respected=outcome is not Outcome.NOT_YET,
    )
    starts_at = plant.SHIFTS[operator.shift][1]
    return observation, datetime.combine(on, time(starts_at.hour, 30), zone) + timedelta(hours=6)
