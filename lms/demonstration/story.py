"""The demonstration from its first day to today: plant, modules, audit, plans, pilot, people at kiosks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.authoring import actions as authoring
from lms.authoring.imports import module_file
from lms.catalogue.actions import add_edition
from lms.catalogue.content import ModuleContent
from lms.catalogue.queries import FrozenEdition, newest_editions
from lms.delivery.models import Terminal
from lms.demonstration import (
    attendance,
    deputising,
    informing,
    pilot,
    planning,
    plant,
    proving,
    readings,
    skilling,
    surveying,
    visitors,
    vouching,
)
from lms.demonstration.building import Plant, build
from lms.demonstration.simulating import Outage, Stretch, play, stretches
from lms.kernel.database import db
from lms.people.models import Person
from lms.people.permissions import Role
from lms.plans.queries import every_plan

MODULES = Path(__file__).parent / "modules"
TO_WALK_THROUGH = "round-the-slitter"
"""Holds every kind of card and question; published today, and no part of the pilot."""
CLOSES_IN = timedelta(days=11)
"""The pilot still runs when a visitor comes: what they do counts."""
PREPARATION = timedelta(days=21)
NOON = time(12)


@dataclass(frozen=True)
class Wish:
    """What the demonstration is to be made of."""

    operators: int
    weeks: int
    seed: int
    timezone: str
    smallest_group: int


def is_empty() -> bool:
    """Whether nobody is in the database yet."""
    return db.session.scalar(select(Person.id).limit(1)) is None


def tell(wish: Wish, now: datetime, keep: Callable[[], None]) -> Iterator[tuple[int, int]]:
    """Make the demonstration; yield (stretches played, stretches in all).

    `keep` commits what was done so far. Everything passes through the same actions as
    real use, with the times at which it would have happened.
    """
    zone = ZoneInfo(wish.timezone)
    random = Random(wish.seed)  # noqa: S311  (repeatable, no secret)
    starts_on = _monday(now.astimezone(zone) - timedelta(weeks=wish.weeks))
    opening = datetime.combine(starts_on, NOON, zone)
    made, visiting, skilled = _prepare(wish, starts_on, opening, random, now)
    keep()
    visitors.give_proofs(visiting, opening - PREPARATION, keep)
    surveying.survey(made, opening, now, wish.seed, keep)
    editions = {edition.module_id: edition for edition in newest_editions()}
    played = _happening(made, editions, now, zone, wish.seed)
    outage = _outage(made, opening)
    staff = attendance.Staff(*(visiting[one] for one in visitors.STAFF[:3]))
    host = attendance.Host(made, outage, staff, informing.publish(staff.hr, opening), now)
    host.inform(visiting[visitors.OPERATOR], outage.terminal_id, opening - timedelta(days=5))
    attendance.serve(made, outage, opening, now, zone, random)
    attendance.review(staff.trainer, opening + timedelta(weeks=3))
    keep()
    for number, stretch in enumerate(played, start=1):
        chances = Random(f"{wish.seed} {number}")  # noqa: S311
        with host.visit(stretch, Random(f"{wish.seed} visit {number}")):  # noqa: S311
            play(stretch, outage, chances)
        keep()
        yield number, len(played)
    attendance.fumble(played, random)
    skilling.watch(made, skilled, opening, now, zone, wish.seed, keep)
    vouching.vouch(made, visiting, skilled, now, keep)
    proving.prove(made, staff.trainer, now)
    proving.license_post(made, visiting[visitors.OPERATOR], now)
    planning.plan(made, visiting, {edition.code: edition.module_id for edition in newest_editions()}, now)
    deputising.name_deputy(visiting, now)
    readings.read(wish.operators, starts_on, now.astimezone(zone).date(), wish.seed, now)
    _publish_one(MODULES / TO_WALK_THROUGH, staff.trainer, now, random)
    keep()


def _prepare(
    wish: Wish, starts_on: date, opening: datetime, random: Random, now: datetime
) -> tuple[Plant, dict[visitors.Visitor, int], skilling.Skilled]:
    early = opening - PREPARATION
    made = build(wish.operators, wish.weeks, starts_on, random, early)
    hired_on = starts_on - timedelta(days=100)
    visiting = visitors.enter(made, hired_on, early)
    _publish(visiting[visitors.STAFF[0]], early + timedelta(days=7), random)
    modules = {edition.code: edition.module_id for edition in newest_editions()}
    trainer = next(number for visitor, number in visiting.items() if visitor.role is Role.TRAINER)
    skilled = skilling.prepare(made, trainer, modules, wish.seed, hired_on, early + timedelta(days=7))
    audit = pilot.store_audit(starts_on, early)
    planned_at = opening - timedelta(days=5)
    pilot.plan(audit, modules, made, starts_on, planned_at)
    frozen_at = opening - timedelta(days=3)
    ends_on = (now + CLOSES_IN).date()
    pilot.design(audit, made, starts_on, ends_on, wish.timezone, wish.smallest_group, frozen_at)
    pilot.plan_later(modules, made, now.date() - timedelta(days=3), now)
    return made, visiting, skilled


def _publish(trainer: int, at: datetime, random: Random) -> None:
    for folder in sorted(MODULES.iterdir()):
        if folder.name != TO_WALK_THROUGH:
            _publish_one(folder, trainer, at, random)


def _publish_one(folder: Path, trainer: int, at: datetime, random: Random) -> None:
    draft = authoring.store_file(module_file.read_folder(folder), by=trainer, now=at)
    # They came out before the plant wanted a colleague's approval, if it does.
    content = ModuleContent.model_validate(draft.content)
    add_edition(draft.module, content, draft.media, note="", by=trainer, now=at)
    attendance.declare_work(draft.module.code, trainer, at, random)


def _happening(
    plant: Plant, editions: dict[int, FrozenEdition], now: datetime, zone: ZoneInfo, seed: int
) -> list[Stretch]:
    plans = [plan for plan in every_plan() if plan.recommendation_id is not None]
    return stretches(plant, plans, editions, now - timedelta(hours=1), zone, seed + 1)


def _outage(plant: Plant, opening: datetime) -> Outage:
    begins = opening + timedelta(days=15)
    return Outage(plant.terminals["decoupe"], begins, begins + timedelta(days=2))


def _monday(day: datetime) -> date:
    return day.date() - timedelta(days=day.weekday())


def visited_kiosk() -> Terminal:
    """Return the kiosk that a visitor's browser may become."""
    return db.session.scalars(select(Terminal).where(Terminal.code == plant.VISITED)).one()


def visiting_operator() -> str:
    """Return the personal code of the operator whom a visitor may be."""
    registration = visitors.registration(visitors.OPERATOR)
    return db.session.scalars(select(Person.personal_code).where(Person.registration == registration)).one()
