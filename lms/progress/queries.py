"""Questions about where people stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from lms.catalogue import queries as catalogue
from lms.catalogue.models import Edition
from lms.kernel.database import among, db
from lms.kernel.jobs.kinds import Report, silent
from lms.kernel.prepared import Prepared, each
from lms.people.models import Person
from lms.progress.holding import Holding, Reached, holding
from lms.progress.items import Attempt, as_attempt
from lms.progress.leaving import FOR_GOOD
from lms.progress.models import Standing
from lms.progress.rules import Before, Course, StandingFacts, course, first_attempt
from lms.progress.seals import queries as sealed
from lms.progress.seals.rules import read
from lms.records import queries as records
from lms.records.models import Activity, LearningRecord, Verb
from lms.records.queries import in_a_module, not_void


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A standing worked out from the records."""

    person_id: int
    edition_id: int
    facts: StandingFacts
    read_up_to: int
    """Sequence of the last record that was read."""
    records: int
    """How many records tell of it still."""
    told_at: datetime | None
    """When the last thing happened of which one tells."""


def recompute(
    edition_ids: Collection[int] | None = None, *, until: datetime | None = None, up_to: int | None = None
) -> Iterator[Recomputed]:
    """Yield the standing of every person in every edition (or in those), by person and edition.

    `until` leaves out what happened later; `up_to` what had not arrived when a record of
    that sequence was the last: so anyone can recompute what an evaluation saw.
    """
    for found in courses(edition_ids, until=until, up_to=up_to):
        yield found.recomputed


Pair = tuple[int, int]
"""A person and an edition."""


class Gone(NamedTuple):
    """Somebody's way through an edition, worked out from the records."""

    recomputed: Recomputed
    course: Course


def courses(
    edition_ids: Collection[int] | None = None, *, until: datetime | None = None, up_to: int | None = None
) -> Iterator[Gone]:
    """Yield the same with the whole way; of a course whose records went what was sealed, whole or not at all."""
    seals = {
        pair: read(one.course, one.up_to)
        for pair, one in sealed.newest(edition_ids).items()
        if (until is None or one.last_at <= until) and (up_to is None or one.up_to <= up_to)
    }
    return _courses(records.events(edition_ids, until=until, up_to=up_to), seals)


def courses_of_some(after: int, last: int) -> Iterator[Gone]:
    """Yield the same of the people whose numbers lie after one and up to another."""
    seals = {pair: read(one.course, one.up_to) for pair, one in sealed.newest_of_some(after, last).items()}
    return _courses(records.events_of_some(after, last), seals)


def _courses(rows: Iterator[Any], seals: Mapping[Pair, Before]) -> Iterator[Gone]:
    told = groupby(rows, key=attrgetter("person_id", "edition_id"))
    for pair, events in merged(told, ((pair, ()) for pair in sorted(seals))):
        found = gone_through(*pair, list(events), seals.get(pair))
        if found is not None:
            yield found


def merged(
    told: Iterable[tuple[Pair, Iterable[Any]]], besides: Iterable[tuple[Pair, Iterable[Any]]]
) -> Iterator[tuple[Pair, Iterable[Any]]]:
    """Yield what is told of each person and edition, and `besides` of those of whom nothing is; both are in order."""
    last = None
    for pair, events in merge(told, besides, key=itemgetter(0)):
        if pair != last:
            yield pair, events
        last = pair


def gone_through(person_id: int, edition_id: int, events: Sequence[Any], before: Before | None) -> Gone | None:
    """Return somebody's way through an edition by what happened, and what it came to before its records went."""
    found = course(events, catalogue.frozen(edition_id).content, before)
    if found is None:
        return None
    told = found.told
    told_at = told[-1].occurred_at if told else None
    number = read_up_to(events, before)
    return Gone(Recomputed(person_id, edition_id, found.standing, number, len(told), told_at), found)


def read_up_to(events: Iterable[Any], before: Before | None) -> int:
    """Return the sequence of the last record that was read, gone or there."""
    return max((event.sequence for event in events), default=before.up_to if before else 0)


def first_attempts(edition_id: int, *, until: datetime | None = None, up_to: int | None = None) -> list[Attempt]:
    """Return each person's first attempt that came to an end in an edition; nobody is named.

    Left out is whose first attempt may have gone with its records. `until` and `up_to` as for `recompute`.
    """
    rows = records.answers([edition_id], until=until, up_to=up_to)
    content, gone = catalogue.frozen(edition_id).content, sealed.newest([edition_id])
    ended = (
        first_attempt(list(told), content)
        for person_id, told in groupby(rows, key=attrgetter("person_id"))
        if (person_id, edition_id) not in gone
    )
    said: dict[str, Any] = {}
    return [as_attempt(answers, said) for answers in ended if answers is not None]


def people_after(number: int, most: int) -> Sequence[int]:
    """Return the numbers of the people that follow a number, in order."""
    return db.session.scalars(select(Person.id).where(Person.id > number).order_by(Person.id).limit(most)).all()


def people_in_all() -> int:
    """Return how many people there are, whoever left included."""
    return db.session.scalar(select(func.count(Person.id))) or 0


def people_in(module_id: int) -> int:
    """Return how many people there are in the editions of a module; somebody in two of them counts twice."""
    query = select(func.count()).select_from(Standing).join(Edition, Edition.id == Standing.edition_id)
    return db.session.scalar(query.where(Edition.module_id == module_id)) or 0


def first_attempts_of(module_id: int, until: datetime, report: Report = silent) -> list[list[tuple[int, Attempt]]]:
    """Return, person by person, their first attempt that came to an end in each edition of a module.

    Each with the edition's number, in the order in which they ended; nobody is named. `until` as for `recompute`.
    """
    numbers = {step.edition_id: step.number for step in catalogue.steps()[module_id]}
    found: dict[int, list[tuple[datetime, int, Attempt]]] = defaultdict(list)
    people, said, gone = people_in(module_id), dict[str, Any](), sealed.newest(numbers.keys())
    rows = records.answers(numbers.keys(), until=until)
    for place, ((person_id, edition_id), told) in enumerate(groupby(rows, key=attrgetter("person_id", "edition_id"))):
        report(min(place, people), people)
        answers = first_attempt(list(told), catalogue.frozen(edition_id).content)
        if answers is not None and (person_id, edition_id) not in gone:
            ended_at = max(answer.occurred_at for answer in answers.values())
            found[person_id].append((ended_at, numbers[edition_id], as_attempt(answers, said)))
    return [[(number, attempt) for _, number, attempt in sorted(own, key=itemgetter(0, 1))] for own in found.values()]


def leavers(edition_id: int, until: datetime) -> dict[int, tuple[int, int]]:
    """Return how many people did which step of an edition last, and how many of them left for good.

    Left: they completed no edition of the module, went on in no later one, and have done nothing for a week.
    """
    edition = catalogue.frozen(edition_id)
    places = {block.key: place for place, block in enumerate(edition.content.blocks, start=1)}
    own = records.furthest(edition_id, places, until=until).subquery()
    elsewhere = (
        exists()
        .where(Standing.person_id == own.c.person_id, Edition.id == Standing.edition_id)
        .where(Edition.module_id == edition.module_id)
        .where(or_(Standing.completed_at <= until, and_(Edition.number > edition.number, Standing.started_at <= until)))
    )
    left = case((and_(own.c.last_at <= until - FOR_GOOD, ~elsewhere), 1), else_=0)
    query = select(own.c.place, func.count(), func.sum(left)).where(own.c.place > 0).group_by(own.c.place)
    return {place: (people, gone) for place, people, gone in db.session.execute(query)}


def has_simulated(module_id: int) -> bool:
    """Whether anybody met a module who is made up by a simulation."""
    query = select(Standing.person_id).join(Edition, Edition.id == Standing.edition_id)
    query = query.join(Person, Person.id == Standing.person_id)
    return db.session.scalar(query.where(Edition.module_id == module_id, Person.simulated).limit(1)) is not None


@dataclass(frozen=True, slots=True)
class ActivityFigures:
    """What the records say of one activity; fields are those of `flask progress activities`."""

    activity: str
    name: str
    parent: str | None
    learners: int
    """Distinct people."""
    records: int
    scored: int
    passed: int
    failed: int
    completed: int
    """Records that say completed, by their verb or their result."""
    mean_scaled: float | None
    """To six places; None without a score."""


def activities(under: str | None = None) -> list[ActivityFigures]:
    """Return the figures of each activity with records, by IRI; with `under`, of it and its parts."""
    record, parent = LearningRecord, aliased(Activity)
    learners = func.count(record.person_id.distinct()) + func.count(record.foreign_actor_id.distinct())
    completed = or_(record.verb == Verb.COMPLETED, record.completion.is_(True))
    query = (
        select(
            Activity.iri,
            Activity.name,
            parent.iri,
            learners,
            func.count(),
            func.count(record.score_scaled),
            func.count(case((record.verb == Verb.PASSED, 1))),
            func.count(case((record.verb == Verb.FAILED, 1))),
            func.count(case((completed, 1))),
            func.avg(record.score_scaled),
        )
        .join(Activity, Activity.id == record.activity_id)
        .outerjoin(parent, parent.id == Activity.parent_id)
        .where(not_void(), in_a_module())
        .group_by(Activity.id, parent.iri)
        .order_by(Activity.iri)
    )
    if under is not None:
        query = query.where(or_(Activity.iri == under, parent.iri == under))
    return [_rounded(ActivityFigures(*row)) for row in db.session.execute(query)]


def _rounded(figures: ActivityFigures) -> ActivityFigures:
    mean = figures.mean_scaled
    return figures if mean is None else replace(figures, mean_scaled=round(mean, 6))


_standings = Prepared(
    select(*Standing.__table__.columns, Edition.module_id)
    .join(Edition, Edition.id == Standing.edition_id)
    .where(Standing.person_id == bindparam("person"))
)


def holdings_of(person_id: int, at: datetime) -> dict[int, Holding]:
    """Return what somebody's completions are worth at a moment, by module; modules never completed are left out."""
    return holdings(standings_of(person_id), at).get(person_id, {})


def trained_in(module_id: int, at: datetime) -> int:
    """Return how many people count as trained in a module."""
    found = holdings(each(_completions().where(Edition.module_id == module_id)), at)
    return sum(held.is_good for own in found.values() for held in own.values())


def holdings_among(
    person_ids: Collection[int], module_ids: Collection[int], at: datetime
) -> dict[int, dict[int, Holding]]:
    """Return the same of these people and modules, by person; of many people, of everybody."""
    query = _completions().where(Edition.module_id.in_(module_ids))
    return holdings(each(among(query, Standing.person_id, person_ids)), at)


def holdings_in(pairs: Select[Any], at: datetime) -> dict[int, dict[int, Holding]]:
    """Return the same of whom and what a query names, each once, by `person_id` and `module_id`."""
    named = pairs.subquery()
    own = and_(named.c.person_id == Standing.person_id, named.c.module_id == Edition.module_id)
    return holdings(each(_completions().join(named, own)), at)


def _reached(number: int, standing: Any) -> Reached:
    completed_at = [at for at in (standing.completed_at, standing.renewed_at) if at is not None]
    months = catalogue.frozen(standing.edition_id).content.validity_months if completed_at else None
    return Reached(number, completed_at, standing.acknowledged_at, months)


def _completions() -> Any:
    columns = ("person_id", "edition_id", "completed_at", "renewed_at", "acknowledged_at")
    query = select(*(getattr(Standing, name) for name in columns), Edition.module_id)
    return query.join(Edition, Edition.id == Standing.edition_id)


def holdings(standings: Iterable[Any], at: datetime) -> dict[int, dict[int, Holding]]:
    """Return the same of people whose standings, all of them, were read already."""
    met: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for one in standings:
        met[one.person_id, one.module_id].append(one)
    steps = catalogue.steps()
    numbers = {step.edition_id: step.number for of_module in steps.values() for step in of_module}
    found: dict[int, dict[int, Holding]] = defaultdict(dict)
    for (person_id, module_id), own in met.items():
        if any(one.completed_at for one in own):
            reached = [_reached(numbers[one.edition_id], one) for one in own]
            found[person_id][module_id] = holding(reached, steps[module_id], at)
    return found


def standings_of(person_id: int) -> Sequence[Any]:
    """Return where someone stands in every edition they met: the columns of `Standing`, and `module_id`."""
    return _standings.rows({"person": person_id})


def best_scores(person_id: int) -> dict[int, float]:
    """Return someone's best score (0 to 1) in each module that gave one, whatever the edition."""
    found: dict[int, float] = {}
    for one in standings_of(person_id):
        if one.best_score is not None:
            found[one.module_id] = max(found.get(one.module_id, 0.0), one.best_score)
    return found
