"""What a team leader has to know today: the same for the screen and for the e-mail."""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from lms.delivery import queries as delivery
from lms.kernel.clock import end_of, local_day
from lms.people import queries as people
from lms.people.models import Shift, Workstation
from lms.progress import queries as progress
from lms.progress.following import OPEN, Followed, following
from lms.progress.holding import NOTHING
from lms.progress.rules import State
from lms.proof import posts as licences
from lms.proof import queries as proof
from lms.proof.rules import IN_FORCE
from lms.skills import covering, rules
from lms.skills.covering import PostCover
from lms.skills.readiness import THIS_WEEK, Readiness, readiness
from lms.skills.signers import signatory
from lms.skills.waiting import Waiting, waiting

SOON = timedelta(days=30)
"""What runs out within so long is told."""


@dataclass(frozen=True)
class Expiring:
    """Something of somebody's that is good for a short time still."""

    person_id: int
    title: Mapping[str, str]
    until: date
    module_id: int | None = None
    """Where a module renews it."""
    for_post: bool = False
    """Whether it is a habilitation that the person's post asks for."""


@dataclass(frozen=True)
class ShortPost:
    """A post that fewer people of a shift hold than it needs."""

    post: Workstation
    shift: Shift
    cover: PostCover
    holders: list[int]
    """Who of the teams holds it."""


@dataclass(frozen=True)
class Leading:
    """What waits for whoever leads some teams."""

    day: date
    members: frozenset[int]
    not_ready: list[Readiness]
    due: list[Followed]
    """Late or due within the week, and not done; soonest first."""
    done: frozenset[tuple[int, int]]
    """Person and module of what asks for nothing more; ten minutes planned for it give nobody what they lack."""
    expiring: list[Expiring]
    short: list[ShortPost]
    to_sign: list[Waiting]
    """Sign-offs that this leader's signature takes further."""
    help: list[delivery.Asked]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.not_ready or self.due or self.expiring or self.short or self.to_sign or self.help)


def leading(leader_id: int, team_ids: Collection[int], now: datetime) -> Leading:
    """Return what waits for somebody who leads these teams."""
    day = local_day(now)
    members = frozenset(stay.person_id for stay in people.memberships(team_ids, day, day))
    rows = [row for row in following(day, team_ids) if row.person_id in members and not row.left]
    return Leading(
        day,
        members,
        [one for one in readiness(members, day, now) if not one.is_ready],
        sorted(
            (row for row in rows if row.state in OPEN and row.due_on <= day + THIS_WEEK),
            key=lambda row: (row.due_on, row.family_name, row.given_name),
        ),
        done(rows),
        sorted([*_modules(rows, day), *_habilitations(members, day)], key=lambda one: (one.until, one.person_id)),
        _short(team_ids, members, day, now),
        _to_sign(leader_id, members, day),
        delivery.asked_for_help(team_ids, day, settled=False),
    )


class Because(StrEnum):
    """Why somebody needs ten minutes."""

    PLAN = "plan"
    """It is late or falls due."""
    EXPIRES = "expires"
    """What it renews runs out."""
    POST = "post"
    """It prepares for what they lack for their post."""


@dataclass(frozen=True)
class Need:
    """A module that somebody should take soon."""

    person_id: int
    module_id: int
    because: Because
    by: date


def needs(rows: Collection[Followed], members: Collection[int], until: date, now: datetime) -> list[Need]:
    """Return what these people should take, soonest first: what is due by a day, runs out soon, or their post lacks.

    `rows` is what they are followed for. Each module once a person, for the first reason that there is.
    """
    day = local_day(now)
    found = [
        Need(row.person_id, row.module_id, Because.PLAN, row.due_on)
        for row in rows
        if row.state in OPEN and row.due_on <= until
    ]
    expiring = [*_modules(rows, day), *_habilitations(members, day)]
    found += [Need(one.person_id, one.module_id, Because.EXPIRES, one.until) for one in expiring if one.module_id]
    wanted = [(one.person_id, module_id) for one in readiness(members, day, now) for module_id in _preparing(one)]
    known = progress.holdings_among(
        {person for person, _module in wanted}, {module for _person, module in wanted}, end_of(day)
    )
    found += [
        Need(person, module, Because.POST, until)
        for person, module in wanted
        if not known.get(person, {}).get(module, NOTHING).is_good
    ]
    first: dict[tuple[int, int], Need] = {}
    for need in found:
        first.setdefault((need.person_id, need.module_id), need)
    return sorted(first.values(), key=lambda need: (need.by, need.person_id, need.module_id))


def _preparing(one: Readiness) -> list[int]:
    """Return the modules that renew a habilitation or prepare for a task that somebody lacks for their post."""
    renewing = [lacks.kind.module_id for lacks in one.habilitations if lacks.kind.module_id]
    return renewing + [module.id for task in one.tasks for module in task.modules]


def done(rows: Collection[Followed]) -> frozenset[tuple[int, int]]:
    """Return person and module where nothing is open."""
    asked = {(row.person_id, row.module_id) for row in rows}
    return frozenset(asked - {(row.person_id, row.module_id) for row in rows if row.state in OPEN})


def _modules(rows: Collection[Followed], day: date) -> Iterable[Expiring]:
    found = {
        (row.person_id, row.module_id): Expiring(row.person_id, row.title, row.good_until, row.module_id)
        for row in rows
        if row.state is State.COMPLETED and row.good_until is not None and row.good_until <= day + SOON
    }
    return found.values()


def _habilitations(members: Collection[int], day: date) -> Iterable[Expiring]:
    modules = {kind.code: kind.module_id for kind in proof.kinds()}
    asked = {post: {kind.code for kind in kinds} for post, kinds in licences.asked_by_posts().items()}
    posts = people.posts_of(members)
    return [
        Expiring(
            held.person_id,
            held.title,
            held.valid_until,
            modules[held.kind_code],
            held.kind_code in asked.get(posts.get(held.person_id, 0), ()),
        )
        for held in proof.habilitations(day, members)
        if held.state in IN_FORCE and held.valid_until is not None and held.valid_until <= day + SOON
    ]


def _short(team_ids: Collection[int], members: Set[int], day: date, now: datetime) -> list[ShortPost]:
    """Return the posts of the teams' workshops that their shifts hold with too few people."""
    own = [team for team in people.teams() if team.id in team_ids and team.shift is not None]
    shifts = {team.shift.code: team.shift for team in own if team.shift}
    posts = {post.id: post for post in people.workstations() if post.workshop_id in {team.workshop_id for team in own}}
    found = covering.staffing(day, now)
    tasks = {post: [task.id for task in found.tasks if task.workstation_id == post] for post in posts}
    short = [
        ShortPost(posts[post], shifts[shift], cover, sorted(rules.holders(found.masters, tasks[post], members)))
        for (post, shift), cover in covering.covering(found).posts.items()
        if post in posts and shift in shifts and cover.persons < cover.required
    ]
    return sorted(short, key=lambda one: (one.cover.persons, one.post.code, one.shift.code))


def _to_sign(leader_id: int, members: Collection[int], day: date) -> list[Waiting]:
    me = signatory(leader_id, day)
    return [one for one in waiting(members) if one.waits_for(me.of(one.sign_off.person_id))]
