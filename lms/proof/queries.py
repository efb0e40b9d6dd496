"""Questions about habilitations: who holds what, until when, what is to be renewed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.proof import rules
from lms.proof.models import Habilitation, HabilitationAct, HabilitationKind
from lms.proof.rules import IN_FORCE, Act, Span, State, Validity


@dataclass(frozen=True, slots=True)
class Held:
    """How somebody stands with one kind of habilitation on a day."""

    person_id: int
    kind_code: str
    title: Mapping[str, str]
    valid_from: date
    valid_until: date | None
    """Renewals that follow without a gap counted in; None for good."""
    renew_from: date | None
    """From which day it may be renewed."""
    state: State
    habilitation_id: int
    """The one that counts that day."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What thousands of rows ask of their kind, read once."""

    code: str
    title: Mapping[str, str]
    validity: Validity


@dataclass(frozen=True)
class Given:
    """One habilitation of somebody, with what became of it."""

    row: Habilitation
    acts: Sequence[HabilitationAct]
    state: State
    renew_from: date | None


def kinds() -> Sequence[HabilitationKind]:
    """Return every kind of habilitation, by code."""
    return db.session.scalars(select(HabilitationKind).order_by(HabilitationKind.code)).all()


def kind(code: str) -> HabilitationKind:
    """Return the kind of that code; raises NotFound."""
    found = db.session.scalars(select(HabilitationKind).where(HabilitationKind.code == code)).one_or_none()
    if found is None:
        raise NotFound()
    return found


def habilitation(habilitation_id: int) -> Habilitation:
    """Return a habilitation with its kind; raises NotFound."""
    query = select(Habilitation).options(joinedload(Habilitation.kind)).where(Habilitation.id == habilitation_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound()
    return found


def habilitations(as_of: date, person_ids: Collection[int] | None = None) -> list[Held]:
    """Return how everybody (or these people) stands with each kind they ever held, by person and kind.

    Three statements whatever the number of people. Who is withdrawn from and who expired are in it.
    """
    known = {one.id: _Kind(one.code, one.title, one.validity) for one in kinds()}
    acts = _acts(person_ids)
    found = []
    for (_person, kind_id), rows in groupby(_rows(person_ids), key=lambda row: (row.person_id, row.kind_id)):
        found.append(_held(list(rows), known[kind_id], acts, as_of))
    return found


def of_person(person_id: int, as_of: date) -> list[Given]:
    """Return every habilitation somebody was ever given, the newest first."""
    query = (
        select(Habilitation)
        .options(joinedload(Habilitation.kind))
        .where(Habilitation.person_id == person_id)
        .order_by(Habilitation.valid_from.desc(), Habilitation.id.desc())
    )
    rows = db.session.scalars(query).all()
    acts = acts_of([row.id for row in rows])
    return [given(row, acts[row.id], as_of) for row in rows]


def given(row: Habilitation, acts: Sequence[HabilitationAct], as_of: date) -> Given:
    """Return one habilitation with what became of it by a day."""
    told = [(one.on, one.act) for one in acts]
    stands = rules.state(Span(row.valid_from, row.valid_until), told, row.kind.validity, as_of)
    return Given(row, acts, stands, rules.renewal_opens(row.valid_until, row.kind.validity))


def acts_of(habilitation_ids: Collection[int]) -> Mapping[int, list[HabilitationAct]]:
    """Return what was done to these habilitations after they were given, in order."""
    return _by_habilitation(select(HabilitationAct).where(HabilitationAct.habilitation_id.in_(habilitation_ids)))


def every_act() -> Mapping[int, list[HabilitationAct]]:
    """Return the same of every habilitation."""
    return _by_habilitation(select(HabilitationAct))


def _by_habilitation(query: Select[HabilitationAct]) -> Mapping[int, list[HabilitationAct]]:
    found: dict[int, list[HabilitationAct]] = defaultdict(list)
    for one in db.session.scalars(query.order_by(HabilitationAct.id)):
        found[one.habilitation_id].append(one)
    return found


def spans(person_id: int, kind_id: int) -> list[Span]:
    """Return the days of every habilitation of one kind that somebody was given."""
    query = (
        select(Habilitation.id, Habilitation.valid_from, Habilitation.valid_until)
        .where(Habilitation.person_id == person_id, Habilitation.kind_id == kind_id)
        .order_by(Habilitation.valid_from)
    )
    rows = db.session.execute(query).all()
    acts = acts_of([row.id for row in rows])
    return [Span(row.valid_from, row.valid_until, _withdrawn_on(acts[row.id])) for row in rows]


def _withdrawn_on(acts: Iterable[HabilitationAct]) -> date | None:
    return next((one.on for one in acts if one.act is Act.WITHDRAWN), None)


def _rows(person_ids: Collection[int] | None) -> Iterable[Any]:
    columns = ("id", "person_id", "kind_id", "valid_from", "valid_until")
    query = select(*(getattr(Habilitation, name) for name in columns))
    if person_ids is not None:
        query = query.where(Habilitation.person_id.in_(person_ids))
    return db.session.execute(
        query.order_by(Habilitation.person_id, Habilitation.kind_id, Habilitation.valid_from, Habilitation.id)
    )


def _acts(person_ids: Collection[int] | None) -> Mapping[int, list[tuple[date, Act]]]:
    query = select(HabilitationAct.habilitation_id, HabilitationAct.on, HabilitationAct.act)
    if person_ids is not None:
        query = query.join(Habilitation, Habilitation.id == HabilitationAct.habilitation_id).where(
            Habilitation.person_id.in_(person_ids)
        )
    found: dict[int, list[tuple[date, Act]]] = defaultdict(list)
    for habilitation_id, on, done in db.session.execute(query.order_by(HabilitationAct.id)):
        found[habilitation_id].append((on, done))
    return found


def _held(rows: Sequence[Any], of_kind: _Kind, acts: Mapping[int, list[tuple[date, Act]]], as_of: date) -> Held:
    validity = of_kind.validity
    stand = [(row, rules.state(Span(row.valid_from, row.valid_until), acts[row.id], validity, as_of)) for row in rows]
    row, stands = _counting(stand)
    until = row.valid_until
    if stands in IN_FORCE:
        until = _end_of_run(row, [one for one, state in stand if state is State.TO_COME])
        stands = _state_of_run(until, validity, as_of)
    return Held(
        person_id=row.person_id,
        kind_code=of_kind.code,
        title=of_kind.title,
        valid_from=row.valid_from,
        valid_until=until,
        renew_from=rules.renewal_opens(until, validity),
        state=stands,
        habilitation_id=row.id,
    )


def _counting(stand: Sequence[tuple[Any, State]]) -> tuple[Any, State]:
    """Return the one that counts: begun and not withdrawn if there is one, else to come, else withdrawn."""
    begun = [one for one in stand if one[1] not in (State.WITHDRAWN, State.TO_COME)]
    to_come = [one for one in stand if one[1] is State.TO_COME]
    if begun and not (begun[-1][1] is State.EXPIRED and to_come):
        return begun[-1]
    return to_come[0] if to_come else stand[-1]


def _end_of_run(row: Any, to_come: Sequence[Any]) -> date | None:
    until: date | None = row.valid_until
    for follower in to_come:
        if until is not None and follower.valid_from == until + rules.DAY:
            until = follower.valid_until
    return until


def _state_of_run(until: date | None, validity: Validity, as_of: date) -> State:
    opens_on = rules.renewal_opens(until, validity)
    return State.TO_RENEW if opens_on is not None and as_of >= opens_on else State.VALID
