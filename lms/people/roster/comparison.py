"""What would become of each row of a roster (pure): created, changed field by field, unchanged, refused."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from lms.kernel.tables import Row
from lms.people.ages import AgeBand
from lms.people.permissions import Role
from lms.people.roster.columns import Columns, Field
from lms.people.roster.faults import Fault
from lms.people.roster.losses import Losses, losses
from lms.people.roster.places import KnownPlaces, Missing, Place, PlaceFinder
from lms.people.roster.rows import PLACES, RowReader, Wanted

Grant = tuple[Role, Place | None]


@dataclass(frozen=True)
class KnownPerson:
    """What is known of someone before the import."""

    id: int
    registration: str
    given_name: str
    family_name: str
    email: str | None
    language: str | None
    workstation_id: int | None
    hired_on: date | None
    left_on: date | None
    age_band: AgeBand | None
    team_id: int | None
    """The team of today, or the first one to come."""
    joined_on: date | None
    """When the last stay in a team began, or will begin."""
    roles: frozenset[tuple[Role, int | None]] = frozenset()


@dataclass(frozen=True)
class Known:
    """What is known before the import."""

    people: tuple[KnownPerson, ...]
    badges: dict[bytes, tuple[int, bool]]
    """By digest: whose it is, and whether it is still good."""
    places: KnownPlaces
    names: dict[tuple[Field, int], str]
    """The names of places, to show."""


@dataclass(frozen=True)
class Terms:
    """On what terms the comparison is made."""

    today: date
    make_places: bool = False
    """Whether places that nobody knows are made."""
    grantable: frozenset[Role] = frozenset(Role)
    """Roles that whoever imports may give."""
    badge_digest: Callable[[str], bytes] = lambda number: number.encode()


@dataclass(frozen=True)
class Change:
    """One field of one person: what it was and what it would be."""

    field: Field
    before: str
    after: str


@dataclass
class Plan:
    """What is to be done for one row; `person_id` is None for someone new."""

    line: int
    person_id: int | None
    registration: str
    name: str
    values: dict[str, object] = field(default_factory=dict)
    """Columns of the person to be set."""
    workstation: Place | None = None
    team: Place | None = None
    left_on: date | None = None
    back_on: date | None = None
    """The day on which someone who left begins again."""
    roles: tuple[Grant, ...] = ()
    badge: bytes | None = None
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """What an import would do."""

    columns: Columns
    rows: int
    created: tuple[Plan, ...]
    changed: tuple[Plan, ...]
    unchanged: int
    faults: tuple[Fault, ...]
    missing: tuple[Missing, ...]
    """Places that nobody knows."""
    makes_places: bool
    """Whether those that can be made are to be made."""
    losses: Losses

    @property
    def refused(self) -> int:
        """How many rows are refused."""
        return len({fault.line for fault in self.faults})

    @property
    def fingerprint(self) -> str:
        """The same for the same work: it changes when people changed meanwhile."""
        told = repr((self.created, self.changed, self.unchanged, self.faults, self.missing, self.makes_places))
        return hashlib.sha256(told.encode()).hexdigest()


def compare(rows: Iterable[Row], columns: Columns, known: Known, terms: Terms) -> Preview:
    """Return what an import of the rows (without the header) would do to what is known."""
    comparison = _Comparison(columns, known, terms)
    for row in rows:
        comparison.add(row)
    return comparison.preview()


class _Comparison:
    def __init__(self, columns: Columns, known: Known, terms: Terms) -> None:
        self._columns, self._known, self._terms = columns, known, terms
        self._reader = RowReader(columns, terms.today)
        self._places = PlaceFinder(known.places, terms.make_places)
        self._by_registration = {person.registration: person for person in known.people}
        self._by_email = {person.email: person for person in known.people if person.email}
        self._seen: dict[tuple[Field, object], int] = {}
        self._rows = self._unchanged = 0
        self._created: list[Plan] = []
        self._changed: list[Plan] = []
        self._faults: list[Fault] = []

    def preview(self) -> Preview:
        return Preview(
            self._columns,
            self._rows,
            tuple(self._created),
            tuple(self._changed),
            self._unchanged,
            tuple(self._faults),
            self._places.missing,
            self._terms.make_places,
            self._losses(),
        )

    def _losses(self) -> Losses:
        names = {number: name for (kind, number), name in self._known.names.items() if kind is Field.TEAM}
        return losses(self._changed, self._created, self._known.people, names, self._terms.today)

    def add(self, row: Row) -> None:
        self._rows += 1
        wanted = self._reader.read(row)
        person = self._person(wanted) if wanted.texts else None
        if wanted.faults:
            self._faults += wanted.faults
            return
        plan = self._plan(wanted, person)
        if wanted.faults:
            self._faults += wanted.faults
            return
        self._places.count(wanted)
        if person is None:
            self._created.append(plan)
        elif plan.changes:
            self._changed.append(plan)
        else:
            self._unchanged += 1

    def _person(self, wanted: Wanted) -> KnownPerson | None:
        """Return whom the row is about, noting the faults of what must be one person's alone."""
        key = self._columns.key
        value = wanted.registration if key is Field.REGISTRATION else wanted.email
        if value is None:
            if not wanted.texts.get(key):
                self._reader.fault(wanted, key, "key_missing")
            return None
        self._once(wanted, key, value, "twice")
        known = self._by_registration if key is Field.REGISTRATION else self._by_email
        person = known.get(value)
        if key is Field.REGISTRATION and wanted.email:
            self._check_email(wanted, wanted.email, person)
        return person

    def _once(self, wanted: Wanted, kind: Field, value: object, code: str) -> None:
        first = self._seen.setdefault((kind, value), wanted.line)
        if first != wanted.line:
            self._reader.fault(wanted, kind, code, first=first)

    def _check_email(self, wanted: Wanted, email: str, person: KnownPerson | None) -> None:
        self._once(wanted, Field.EMAIL, email, "email_twice")
        owner = self._by_email.get(email)
        if owner is not None and owner is not person:
            self._reader.fault(wanted, Field.EMAIL, "email_taken", registration=owner.registration)

    def _plan(self, wanted: Wanted, person: KnownPerson | None) -> Plan:
        plan = Plan(
            line=wanted.line,
            person_id=person.id if person else None,
            registration=person.registration if person else wanted.registration or wanted.email or "",
            name=wanted.full_name or (f"{person.given_name} {person.family_name}".strip() if person else ""),
        )
        if not plan.name:
            self._reader.fault(wanted, self._name_column(), "name_missing")
        self._plan_values(plan, wanted, person)
        self._plan_presence(plan, wanted, person)
        self._plan_places(plan, wanted, person)
        self._plan_roles(plan, wanted, person)
        self._plan_badge(plan, wanted, person)
        return plan

    def _name_column(self) -> Field:
        return next(kind for kind in (Field.FAMILY_NAME, Field.NAME, Field.GIVEN_NAME) if self._columns.of(kind))

    def _plan_values(self, plan: Plan, wanted: Wanted, person: KnownPerson | None) -> None:
        for kind in (Field.GIVEN_NAME, Field.FAMILY_NAME, Field.EMAIL, Field.LANGUAGE, Field.HIRED_ON):
            value = getattr(wanted, kind.value)
            before = getattr(person, kind.value) if person else None
            if value not in (None, "") and value != before:
                plan.values[kind.value] = value
                self._note(plan, kind, before, value)
        if wanted.age_band and wanted.age_band != (person.age_band if person else None):
            plan.values[Field.AGE_BAND.value] = wanted.age_band
            # A list of people says of nobody how old they are.
            self._note(plan, Field.AGE_BAND, None, "•" * 4)

    def _plan_presence(self, plan: Plan, wanted: Wanted, person: KnownPerson | None) -> None:
        before = person.left_on if person else None
        hired = wanted.hired_on or (person.hired_on if person else None)
        if before and wanted.hired_on and wanted.hired_on > before:
            plan.back_on = wanted.hired_on
        if wanted.left_on and wanted.left_on != before:
            plan.left_on = wanted.left_on
        if plan.left_on or plan.back_on:
            self._note(plan, Field.LEFT_ON, before, plan.left_on)
        left = wanted.left_on or (None if plan.back_on else before)
        if hired and left and left < hired and not any(f.code == "leaves_before_hiring" for f in wanted.faults):
            self._reader.fault(wanted, Field.LEFT_ON, "leaves_before_hiring")

    def _plan_places(self, plan: Plan, wanted: Wanted, person: KnownPerson | None) -> None:
        found = {kind: self._places.find(wanted, kind) for kind in PLACES}
        post, team = found[Field.WORKSTATION], found[Field.TEAM]
        if post is not None and post != (person.workstation_id if person else None):
            plan.workstation = post
            self._note_place(plan, wanted, Field.WORKSTATION, person.workstation_id if person else None)
        if team is None or self._is_gone(plan, person) or (person and team == person.team_id):
            return
        if person and person.joined_on and person.joined_on > self._terms.today and not plan.back_on:
            self._reader.fault(wanted, Field.TEAM, "moves_later", on=person.joined_on)
        plan.team = team
        self._note_place(plan, wanted, Field.TEAM, person.team_id if person else None)

    def _is_gone(self, plan: Plan, person: KnownPerson | None) -> bool:
        """Whether someone known is no longer here: a team in a stale file does not bring them back."""
        if person is None:
            return False
        left = plan.left_on or (None if plan.back_on else person.left_on)
        return left is not None and left < self._terms.today

    def _plan_roles(self, plan: Plan, wanted: Wanted, person: KnownPerson | None) -> None:
        if self._is_gone(plan, person):
            return
        team = plan.team if plan.team is not None else (person.team_id if person else None)
        held = person.roles if person else frozenset()
        for role in wanted.roles:
            grant: Grant = (role, team if role is Role.TEAM_LEADER else None)
            if grant in held or grant in plan.roles:
                continue
            if role is Role.TEAM_LEADER and team is None:
                self._reader.fault(wanted, Field.ROLE, "leader_without_team")
            elif role not in self._terms.grantable:
                self._reader.fault(wanted, Field.ROLE, "role_not_yours")
            plan.roles = (*plan.roles, grant)
            self._note(plan, Field.ROLE, None, role.value)

    def _plan_badge(self, plan: Plan, wanted: Wanted, person: KnownPerson | None) -> None:
        if wanted.badge is None or self._is_gone(plan, person):
            return
        self._once(wanted, Field.BADGE, wanted.badge, "badge_twice")
        digest = self._terms.badge_digest(wanted.badge)
        holder, given_back = self._known.badges.get(digest, (None, False))
        own = person is not None and holder == person.id
        if holder is None or (given_back and not own):
            plan.badge = digest
            self._note(plan, Field.BADGE, None, "•" * 4)
        elif not own:
            self._reader.fault(wanted, Field.BADGE, "badge_taken")
        # The person's own badge: good, there is nothing to do; revoked here, a list does not revive it.

    def _note_place(self, plan: Plan, wanted: Wanted, kind: Field, before: int | None) -> None:
        self._note(plan, kind, self._known.names.get((kind, before)) if before else None, wanted.texts[kind])

    def _note(self, plan: Plan, kind: Field, before: object, after: object) -> None:
        plan.changes.append(Change(kind, str(before or ""), str(after or "")))
