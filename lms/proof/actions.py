"""What is done about habilitations and their kinds.

`by` is the person number of who does it, None for the command line.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from lms.catalogue import queries as catalogue
from lms.catalogue.models import Module
from lms.classroom import queries as classroom
from lms.kernel import enclosures
from lms.kernel.clock import end_of, local_day
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people.models import Person
from lms.progress import queries as progress
from lms.proof import queries, rules
from lms.proof.models import Habilitation, HabilitationAct, HabilitationKind
from lms.proof.rules import Act, Basis, Span


@dataclass(frozen=True)
class KindEntry:
    """What is said of a kind of habilitation; the same for one that is new and one that is changed."""

    title: dict[str, str]
    validity_months: int | None
    renewal_days: int = 90
    fixed_month: int | None = None
    module_id: int | None = None
    by_session: bool = False
    by_certificate: bool = True
    reference: str = ""


@dataclass(frozen=True)
class Gift:
    """A habilitation to be given."""

    person_id: int
    kind: str
    obtained_on: date
    basis: Basis
    until: date | None = None
    """Its last day, when it is sooner than the kind allows; None for as long as it allows."""
    session: str = ""
    """The code of the session it rests on."""
    number: str = ""
    issuer: str = ""
    paper: bytes | None = None


def add_kind(code: str, entry: KindEntry, now: datetime) -> HabilitationKind:
    """Enter a kind of habilitation.

    Raises KindCodeMalformed, KindCodeTaken, RenewalImpossible, NothingRenews or NotFound.
    """
    if not re.fullmatch(r"[A-Za-z0-9-]{1,40}", code):
        raise rules.KindCodeMalformed()
    if db.session.scalar(select(HabilitationKind.id).where(HabilitationKind.code == code)) is not None:
        raise rules.KindCodeTaken(code=code)
    made = HabilitationKind(code=code, created_at=now)
    _fill(made, entry)
    db.session.add(made)
    db.session.flush()
    return made


def change_kind(code: str, entry: KindEntry) -> None:
    """Correct what is said of a kind; what was given keeps its days. Raises what `add_kind` raises of an entry."""
    _fill(queries.kind(code), entry)
    db.session.flush()


def give(gift: Gift, by: int | None, now: datetime) -> Habilitation:
    """Give somebody a habilitation.

    Raises NotFound, BasisNotAccepted, ObtainedInFuture, ObtainedBeforeHiring, GivenAfterLeaving,
    ModuleNotCompleted, SessionNotAttended, PaperMissing, RenewedTooEarly, Overlapping,
    LongerThanAllowed, EndsBeforeItBegins, or what `enclosures.keep` raises.
    """
    kind = queries.kind(gift.kind)
    person = db.session.get(Person, gift.person_id)
    if person is None:
        raise NotFound()
    _check_days(gift, person, local_day(now))
    if gift.basis not in kind.bases:
        raise rules.BasisNotAccepted()
    made = Habilitation(
        person_id=person.id,
        kind_id=kind.id,
        obtained_on=gift.obtained_on,
        basis=gift.basis,
        number=gift.number.strip(),
        issuer=gift.issuer.strip(),
        given_by=by,
        given_at=now,
    )
    made.valid_from, made.valid_until = _days(gift, kind, person)
    _rest(made, gift, kind, now)
    db.session.add(made)
    db.session.flush()
    return made


def act(habilitation_id: int, done: Act, on: date, reason: str, by: int | None, now: datetime) -> None:
    """Suspend, resume or withdraw a habilitation from a day on.

    Raises NotFound, ActWithoutReason or ActImpossible.
    """
    found = queries.habilitation(habilitation_id)
    if not reason.strip():
        raise rules.ActWithoutReason()
    acts = queries.acts_of([habilitation_id])[habilitation_id]
    stands = rules.state(
        Span(found.valid_from, found.valid_until), [(one.on, one.act) for one in acts], found.kind.validity, on
    )
    rules.check_act(done, on, stands, acts[-1].on if acts else None, local_day(now))
    db.session.add(
        HabilitationAct(
            habilitation_id=habilitation_id, act=done, on=on, reason=reason.strip(), done_by=by, done_at=now
        )
    )
    db.session.flush()


def _fill(made: HabilitationKind, entry: KindEntry) -> None:
    rules.check_validity(rules.Validity(entry.validity_months, entry.renewal_days, entry.fixed_month))
    if entry.module_id is None and not (entry.by_session or entry.by_certificate):
        raise rules.NothingRenews()
    if entry.module_id is not None and db.session.get(Module, entry.module_id) is None:
        raise NotFound()
    made.title, made.reference = entry.title, entry.reference.strip()
    made.validity_months, made.renewal_days = entry.validity_months, entry.renewal_days
    made.fixed_month, made.module_id = entry.fixed_month, entry.module_id
    made.by_session, made.by_certificate = entry.by_session, entry.by_certificate


def _check_days(gift: Gift, person: Person, today: date) -> None:
    if gift.obtained_on > today:
        raise rules.ObtainedInFuture()
    before_hiring = person.hired_on is not None and gift.obtained_on < person.hired_on
    if before_hiring and gift.basis is not Basis.CERTIFICATE:
        raise rules.ObtainedBeforeHiring(hired_on=person.hired_on)
    if person.left_on is not None and gift.obtained_on > person.left_on:
        raise rules.GivenAfterLeaving(left_on=person.left_on)


def _days(gift: Gift, kind: HabilitationKind, person: Person) -> tuple[date, date | None]:
    others = queries.spans(person.id, kind.id)
    first_day, follows = rules.begins(gift.obtained_on, others, kind.validity)
    if person.hired_on is not None:
        # A certificate from before the hiring is good here from the hiring on.
        first_day = max(first_day, person.hired_on)
    latest = rules.ends(gift.obtained_on, first_day, follows, kind.validity)
    until = gift.until or latest
    rules.check_span(Span(first_day, until), latest, others)
    return first_day, until


def _rest(made: Habilitation, gift: Gift, kind: HabilitationKind, now: datetime) -> None:
    """Note what the habilitation rests on, once it is there."""
    if gift.basis is Basis.MODULE:
        made.edition_id = _edition_held(gift, kind)
    elif gift.basis is Basis.SESSION:
        made.session_id = _session_attended(gift)
    elif not gift.paper or not made.issuer:
        raise rules.PaperMissing()
    if gift.paper:
        made.paper = enclosures.keep(gift.paper, now).digest


def _edition_held(gift: Gift, kind: HabilitationKind) -> int:
    module_id = kind.module_id or 0
    held = progress.holdings_of(gift.person_id, end_of(gift.obtained_on)).get(module_id)
    if held is None or not held.is_good:
        raise rules.ModuleNotCompleted()
    return catalogue.edition_numbered(module_id, held.knows).id


def _session_attended(gift: Gift) -> int:
    found = classroom.session(gift.session)
    seen = classroom.attendance(found.id)
    for half_day in found.half_days:
        one = seen.get((half_day.id, gift.person_id))
        if one is None or not one.present or half_day.held_on > gift.obtained_on:
            raise rules.SessionNotAttended(code=gift.session)
    return found.id
