"""As what, and for whom, somebody signs: the one place that says so.

Roles are those that somebody holds. A deputy signs as the team leader for whom they stand in, on the days named
and for the people of that leader's teams; what was signed so says for whom (`SignedFor`) and counts ever after.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from lms.kernel.database import among, db
from lms.people import queries as people
from lms.people.deputies import queries as deputies
from lms.people.models import RoleGrant
from lms.people.permissions import Role
from lms.skills import authority
from lms.skills.authority import Signer
from lms.skills.models import LevelChange, SignedFor, SignOff


@dataclass(frozen=True)
class Signatory:
    """Somebody about to sign: what they hold, whom they lead, and whom in somebody's name."""

    person_id: int
    roles: frozenset[Role]
    led: frozenset[int]
    """The people of their own teams."""
    by_day: Sequence[Mapping[int, int]]
    """For each day that counts, the people whom they lead as a deputy, each with the leader."""

    def of(self, person_id: int) -> Signer:
        """Return as what they sign what concerns a person."""
        return Signer(self.person_id, self.roles, authority.stands_for(person_id, self.led, self.by_day))


@dataclass(frozen=True)
class InTheNameOf:
    """For whom deputies signed."""

    leaders: Mapping[tuple[int | None, int | None, int], int]
    """By sign-off, lowered level and signer."""

    def of(self, entry: SignOff | LevelChange) -> dict[int, int]:
        """Return the leaders for whom a sign-off, or a change of level, was signed, by signer."""
        if isinstance(entry, SignOff):
            about: tuple[int | None, int | None] = (entry.id, None)
        else:
            about = (entry.sign_off_id, None) if entry.sign_off_id else (None, entry.id)
        return {signer: leader for (*told, signer), leader in self.leaders.items() if tuple(told) == about}


def signatory(person_id: int, *days: date) -> Signatory:
    """Return somebody about to sign; a deputy is one who stands in on each of the days."""
    held = _roles([person_id])[person_id]
    stood_in = [deputies.stood_in(person_id, day) for day in days]
    if not any(stood_in):
        return Signatory(person_id, held, frozenset(), stood_in)
    own = db.session.scalars(
        select(RoleGrant.team_id).where(
            RoleGrant.person_id == person_id, RoleGrant.role == Role.TEAM_LEADER, RoleGrant.team_id.is_not(None)
        )
    )
    led = frozenset(stay.person_id for stay in people.memberships([team for team in own if team], days[-1], days[-1]))
    return Signatory(person_id, held, led, [_led(teams, day) for teams, day in zip(stood_in, days, strict=True)])


def check(person_id: int, signer_id: int, seen_on: date, today: date) -> Signer:
    """Return as what somebody signs off what they saw of a person.

    Raises SignedInTheirName or StoodInNoLonger.
    """
    found = signatory(signer_id, seen_on, today)
    signer = found.of(person_id)
    authority.check_deputy(signer, person_id, [set(led_for.values()) for led_for in found.by_day])
    return signer


def signers(signed: Mapping[int, Sequence[int]]) -> dict[int, list[Signer]]:
    """Return for each sign-off whoever signed it, in the order given, as what they count now."""
    roles = _roles({number for numbers in signed.values() for number in numbers})
    query = select(SignedFor.sign_off_id, SignedFor.signer_id, SignedFor.leader_id)
    rows = db.session.execute(among(query, SignedFor.sign_off_id, signed))
    named = {(sign_off, signer): leader for sign_off, signer, leader in rows}
    return {
        sign_off: [Signer(number, roles[number], named.get((sign_off, number))) for number in numbers]
        for sign_off, numbers in signed.items()
    }


def keep(signer: Signer, entry: SignOff | LevelChange) -> None:
    """Keep for whom somebody signed or lowered, where they stood in for somebody."""
    if signer.stands_for is not None:
        about = {"sign_off_id": entry.id} if isinstance(entry, SignOff) else {"level_change_id": entry.id}
        db.session.add(SignedFor(signer_id=signer.person_id, leader_id=signer.stands_for, **about))
        db.session.flush()


def in_the_name_of(person_id: int) -> InTheNameOf:
    """Return for whom deputies signed what is recorded of somebody's skills."""
    rows = db.session.execute(
        select(SignedFor.sign_off_id, SignedFor.level_change_id, SignedFor.signer_id, SignedFor.leader_id)
        .outerjoin(SignOff, SignOff.id == SignedFor.sign_off_id)
        .outerjoin(LevelChange, LevelChange.id == SignedFor.level_change_id)
        .where(or_(SignOff.person_id == person_id, LevelChange.person_id == person_id))
    )
    return InTheNameOf({(row.sign_off_id, row.level_change_id, row.signer_id): row.leader_id for row in rows})


def _led(teams: Mapping[int, int], day: date) -> dict[int, int]:
    return {stay.person_id: teams[stay.team_id] for stay in people.memberships(list(teams), day, day)}


def _roles(numbers: Collection[int]) -> dict[int, frozenset[Role]]:
    found = defaultdict(set)
    for person_id, role in db.session.execute(
        select(RoleGrant.person_id, RoleGrant.role).where(RoleGrant.person_id.in_(numbers))
    ):
        found[person_id].add(role)
    return {number: frozenset(found[number]) for number in numbers}
