"""Playing the courses of simulated people through the kiosk's own actions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.catalogue.blocks import Question
from lms.catalogue.queries import FrozenEdition
from lms.delivery import actions as kiosk
from lms.demonstration.answering import response
from lms.demonstration.behaviour import Course, ShiftCode, Task, course
from lms.demonstration.building import Operator, Plant
from lms.demonstration.calendar import at_work_from, moments
from lms.plans.models import Plan
from lms.records.models import Source

ACKNOWLEDGED_AFTER = timedelta(milliseconds=80)
BETWEEN_TWO = timedelta(minutes=5)
"""Between one who has finished at a kiosk and the next who begins."""


@dataclass(frozen=True)
class Outage:
    """Days on which a kiosk could not reach the server: it kept what happened and sent it later."""

    terminal_id: int
    begins: datetime
    ends: datetime

    def delivered_at(self, terminal_id: int, occurred_at: datetime) -> datetime:
        """Return when the server got what happened then at that kiosk."""
        if terminal_id == self.terminal_id and self.begins <= occurred_at < self.ends:
            return self.ends + (occurred_at - self.begins) / 1000
        return occurred_at + ACKNOWLEDGED_AFTER


@dataclass(frozen=True)
class Stretch:
    """What one person does at one kiosk without leaving it: blocks of one attempt, in order."""

    operator: Operator
    edition: FrozenEdition
    terminal_id: int
    begins_at: datetime
    attempt: int
    first_block: int
    last_block: int
    """One past the last."""
    course: Course

    @property
    def ends_at(self) -> datetime:
        """When the last block is done."""
        return self.begins_at + timedelta(
            seconds=sum(self.course.seconds_per_block[self.first_block : self.last_block])
        )


def stretches(
    plant: Plant,
    plans: Sequence[Plan],
    editions: dict[int, FrozenEdition],
    until: datetime,
    zone: ZoneInfo,
    seed: int,
) -> list[Stretch]:
    """Return everything that happens at the kiosks before `until`, in the order in which it begins.

    Each person and plan has chances of its own, so that nothing depends on how many days
    others were at work.
    """
    found = [
        stretch
        for operator in plant.operators
        for plan in plans
        if operator.team_id in {team.id for team in plan.teams}
        for stretch in _of(
            operator, plan, editions[plan.module_id], plant, until, zone, f"{seed} {operator.person_id} {plan.code}"
        )
    ]
    return _in_turn(sorted(found, key=_order), until)


def _order(stretch: Stretch) -> tuple[datetime, int]:
    return stretch.begins_at, stretch.operator.person_id


def _in_turn(found: list[Stretch], until: datetime) -> list[Stretch]:
    """Let whoever finds a kiosk taken wait until it is free; nobody is at two kiosks at once."""
    free: dict[tuple[str, int], datetime] = {}
    waited = []
    for stretch in found:
        keys = (("kiosk", stretch.terminal_id), ("person", stretch.operator.person_id))
        moved = replace(stretch, begins_at=max(stretch.begins_at, *(free.get(key, stretch.begins_at) for key in keys)))
        if moved.begins_at < until:
            waited.append(moved)
            free.update(dict.fromkeys(keys, moved.ends_at + BETWEEN_TWO))
    return sorted(waited, key=_order)


def play(stretch: Stretch, outage: Outage, random: Random) -> None:
    """Let one stretch happen, as a kiosk would report it."""
    blocks = stretch.edition.content.blocks
    at = stretch.begins_at
    sitting_id = id_at(random, at)
    said = {"source": Source.SIMULATION}
    kiosk.open_sitting(
        stretch.operator.person_id,
        stretch.edition.id,
        sitting_id=sitting_id,
        record_id=id_at(random, at),
        terminal_id=stretch.terminal_id,
        language="fr",
        occurred_at=at,
        now=outage.delivered_at(stretch.terminal_id, at),
        **said,
    )
    right = iter(stretch.course.attempts[stretch.attempt].right)
    answers = {place: next(right) for place, block in enumerate(blocks) if isinstance(block, Question)}
    for place in range(stretch.first_block, stretch.last_block):
        seconds = stretch.course.seconds_per_block[place]
        at += timedelta(seconds=seconds)
        moment = {
            "record_id": id_at(random, at),
            "occurred_at": at,
            "duration_ms": int(seconds * 1000),
            "now": outage.delivered_at(stretch.terminal_id, at),
            **said,
        }
        _report(stretch, sitting_id, place, answers.get(place), moment, random)


def _report(stretch: Stretch, sitting_id: UUID, place: int, right: bool | None, moment: dict, random: Random) -> None:
    block = stretch.edition.content.blocks[place]
    # A kiosk that missed the acknowledgement says the same again.
    for _ in range(2 if place in stretch.course.repeats else 1):
        if right is None:
            kiosk.see_block(kiosk.known_sitting(sitting_id), block.key, **moment)
        else:
            repeatable = Random(moment["record_id"].int)  # noqa: S311
            given = response(block, stretch.edition.digest, right, repeatable)
            kiosk.take_answer(kiosk.known_sitting(sitting_id), block.key, given, **moment)


def _of(
    operator: Operator,
    plan: Plan,
    edition: FrozenEdition,
    plant: Plant,
    until: datetime,
    zone: ZoneInfo,
    chance: str,
) -> Iterator[Stretch]:
    task = _task(plan, edition, until, zone)
    last_day = min(operator.present_until or until.date(), until.date())
    at_work = moments(operator.shift, plan.assigned_on, last_day, zone, Random(f"{chance} days"))  # noqa: S311
    found = course(task, operator.shift, at_work, Random(chance))  # noqa: S311
    if found is None:
        return
    terminal_id = plant.terminals[_workshop(operator)]
    begins_at: datetime | None = found.starts_at
    for attempt in range(len(found.attempts)):
        for first, last in _parts(found, attempt, len(task.questions)):
            if begins_at is None or begins_at >= task.closes_at:
                return
            yield Stretch(operator, edition, terminal_id, begins_at, attempt, first, last, found)
            away = timedelta(seconds=sum(found.seconds_per_block[first:last])) + found.resumes_after
            begins_at = at_work_from(begins_at + away, operator.shift, at_work, zone)
        if found.stops_after is not None:
            return


def _parts(found: Course, attempt: int, blocks: int) -> list[tuple[int, int]]:
    """Return the stretches of blocks of one attempt; only the first may be interrupted or left."""
    end = found.stops_after if found.stops_after is not None and attempt == 0 else blocks
    if attempt == 0 and found.breaks_after is not None and found.breaks_after < end:
        return [(0, found.breaks_after), (found.breaks_after, end)]
    return [(0, end)]


def _task(plan: Plan, edition: FrozenEdition, until: datetime, zone: ZoneInfo) -> Task:
    return Task(
        code=edition.code,
        questions=tuple(isinstance(block, Question) for block in edition.content.blocks),
        pass_mark=edition.content.pass_mark,
        opens_at=datetime.combine(plan.assigned_on, time(), zone),
        due_at=datetime.combine(plan.due_on + timedelta(days=1), time(), zone),
        closes_at=until,
    )


def _workshop(operator: Operator) -> str:
    # The kiosk of the coating workshop is locked at night: whoever wants it walks to the other one.
    return "decoupe" if operator.shift is ShiftCode.NIGHT else operator.workshop


def id_at(random: Random, at: datetime) -> UUID:
    """Return a UUIDv7 of that moment, its random part from the seed."""
    milliseconds = int(at.timestamp() * 1000)
    value = (milliseconds << 80) | (0x7 << 76) | (random.getrandbits(12) << 64) | (0b10 << 62) | random.getrandbits(62)
    return UUID(int=value)
