"""Who may hold their post: one function, whoever asks.

Ready is whoever masters every task of the post (U or O; evaluation reference, section 7), masters
the posts that it requires, holds the habilitations that it asks for, in force that day, and has done what
plans ask for it: what a post or the law requires, as soon as it is due within the week.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lms.kernel.clock import end_of
from lms.people import queries as people
from lms.plans import queries as plans
from lms.plans.queries import Assignment
from lms.plans.rules import Reason
from lms.progress import queries as progress
from lms.progress.holding import NOTHING
from lms.proof import posts as licences
from lms.proof import queries as proof
from lms.proof.models import HabilitationKind
from lms.proof.queries import Held
from lms.proof.rules import IN_FORCE
from lms.skills import queries
from lms.skills.models import Task

THIS_WEEK = timedelta(days=7)
BINDING = frozenset({Reason.POST, Reason.LEGAL})
"""What a post or the law requires keeps somebody from it; what was only recommended does not."""


@dataclass(frozen=True)
class Unlicensed:
    """A habilitation that a post asks for and somebody does not hold."""

    kind: HabilitationKind
    held: Held | None
    """How they stand with it; None for who never held it."""


@dataclass(frozen=True)
class Readiness:
    """What somebody lacks for a post."""

    person_id: int
    workstation_id: int
    tasks: list[Task]
    """Not mastered, of the post itself."""
    posts: list[int]
    """That it requires and that are not mastered, by their numbers."""
    modules: list[Assignment]
    """Required, due within the week or before, and not behind them."""
    habilitations: list[Unlicensed]
    """Asked for by the post, and not in force."""

    @property
    def is_ready(self) -> bool:
        """Whether nothing lacks."""
        return not (self.tasks or self.posts or self.modules or self.habilitations)


def readiness(person_ids: Collection[int], on: date, known_at: datetime) -> list[Readiness]:
    """Return how ready these people are for the post they hold, by person; who holds none is left out."""
    post_of = people.posts_of(person_ids)
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in queries.tasks():
        tasks[task.workstation_id].append(task)
    levels, required = queries.levels(on, known_at, post_of), plans.posts_required()
    lacking, unlicensed = _lacking(post_of.keys(), on), _unlicensed(post_of, on)

    def to_master(person_id: int, post: int) -> list[Task]:
        return [task for task in tasks[post] if not _covers(levels, person_id, task)]

    return [
        Readiness(
            person_id,
            post,
            to_master(person_id, post),
            [other for other in required.get(post, []) if to_master(person_id, other)],
            lacking.get(person_id, []),
            unlicensed[person_id],
        )
        for person_id, post in post_of.items()
    ]


def _unlicensed(post_of: Mapping[int, int], on: date) -> dict[int, list[Unlicensed]]:
    asked = licences.asked_by_posts()
    holders = [person_id for person_id, post in post_of.items() if post in asked]
    standing = {(held.person_id, held.kind_code): held for held in proof.habilitations(on, holders)} if holders else {}
    return {
        person_id: [
            Unlicensed(kind, held)
            for kind in asked.get(post, ())
            if (held := standing.get((person_id, kind.code))) is None or held.state not in IN_FORCE
        ]
        for person_id, post in post_of.items()
    }


def _covers(levels: Mapping[tuple[int, int], queries.Level], person_id: int, task: Task) -> bool:
    level = levels.get((person_id, task.id))
    return level is not None and level.covers


def _lacking(person_ids: Collection[int], on: date) -> dict[int, list[Assignment]]:
    asked = [
        given
        for given in plans.assignments(None, on, person_ids)
        if given.reason in BINDING and given.due_on <= on + THIS_WEEK
    ]
    if not asked:
        return {}
    modules, found = {given.module_id for given in asked}, defaultdict(list)
    holdings = progress.holdings_among(person_ids, modules, end_of(on))
    for given in asked:
        if not holdings.get(given.person_id, {}).get(given.module_id, NOTHING).is_good:
            found[given.person_id].append(given)
    return found
