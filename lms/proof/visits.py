"""What an auditor asks to see: for a module or a habilitation and some days, each proof that there is.

With the sheets that people signed in the sessions it speaks of, and the half-days of which none is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from lms.catalogue import queries as catalogue
from lms.catalogue.models import Edition
from lms.classroom import queries as classroom
from lms.classroom import sheets
from lms.classroom.models import HalfDay, Session
from lms.classroom.sheets import Sheet
from lms.kernel.clock import end_of, local_day
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.progress import hours
from lms.progress.hours import Stretch
from lms.progress.models import Standing
from lms.proof import queries, verifying
from lms.proof.models import Document, Habilitation
from lms.proof.names import Named, named
from lms.proof.rules import State


class Sort(StrEnum):
    """What proves it."""

    COMPLETION = "completion"
    ATTENDANCE = "attendance"
    HABILITATION = "habilitation"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Proof:
    """One proof: of whom, what, from when, until when."""

    sort: Sort
    who: Named
    on: date
    until: date | None
    told: Mapping[str, Any]
    """What else there is to say of it, by the names of the file."""
    paper: str | None = None
    """Digest of a scanned paper."""
    number: str = ""
    """Of a document that was issued."""
    habilitation_id: int | None = None


@dataclass(frozen=True)
class Held:
    """A half-day that was held, and the sheets signed in it."""

    session: Session
    half_day: HalfDay
    sheets: Sequence[Sheet]
    """Those that count; none is what an auditor will ask about."""
    listed: Sequence[int]
    """Who is on the list of the session: their names stand on its sheets."""


@dataclass(frozen=True)
class Visit:
    """What there is to show."""

    proofs: Sequence[Proof]
    held: Sequence[Held]
    """By day."""

    @property
    def papers(self) -> dict[str, Sheet]:
        """The signed sheets, each once, by the name of its file."""
        return {sheet.name: sheet for one in self.held for sheet in one.sheets}

    @property
    def unsigned(self) -> list[Held]:
        """The half-days of which no signed sheet is kept."""
        return [one for one in self.held if not one.sheets]

    @property
    def people(self) -> set[int]:
        """Whoever is named in it, on a signed sheet too."""
        return {one.who.id for one in self.proofs} | {who for one in self.held if one.sheets for who in one.listed}


def asked(subject: str, first_day: date, last_day: date, now: datetime) -> Visit:
    """Return the proofs of a subject, `module CODE` or `kind CODE`, within the days. Raises NotFound."""
    sort, _space, code = subject.partition(" ")
    if sort == "kind":
        proofs = of_kind(code, first_day, last_day, now)
        codes = {one.told["session"] for one in proofs if one.told["session"]}
        return Visit(proofs, _held([one for one in classroom.sessions() if one.code in codes] if codes else []))
    module_id = next((one.module_id for one in catalogue.newest_editions() if one.code == code), None)
    if module_id is None:
        raise NotFound()
    until = min(last_day, local_day(now))
    sessions = [one for one in classroom.sessions(first_day, until) if one.module_id == module_id]
    held = [one for one in _held(sessions) if first_day <= one.half_day.held_on <= until]
    return Visit(of_module(module_id, first_day, last_day), held)


def _held(sessions: Sequence[Session]) -> list[Held]:
    ids = {one.id for one in sessions}
    kept, lists = sheets.of_sessions(ids), classroom.lists(ids)
    held = [
        Held(one, half_day, sheets.covering(half_day.id, kept.get(one.id, [])), lists.get(one.id, []))
        for one in sessions
        for half_day in one.half_days
        if one.cancelled_at is None
    ]
    return sorted(held, key=lambda one: (one.half_day.held_on, one.half_day.rank, one.session.code))


def of_module(module_id: int, first_day: date, last_day: date) -> list[Proof]:
    """Return the completions of a module, the half-days that belong to it and its documents, within the days."""
    found: list[tuple[Any, ...]] = []
    worked = {
        (one.person_id, one.edition_id): one.actual_seconds
        for one in hours.worked(Stretch(first_day, last_day))
        if one.module_id == module_id
    }
    for row in _completions(module_id):
        for moment in (row.completed_at, row.renewed_at):
            if moment is not None and first_day <= local_day(moment) <= last_day:
                told = {"edition": row.number, "minutes": round(worked.get((row.person_id, row.edition_id), 0) / 60)}
                found.append((Sort.COMPLETION, row.person_id, local_day(moment), None, told))
    for one in classroom.attended(last_day):
        if one.module_id == module_id and one.held_on >= first_day:
            told = {"session": one.session_code, "minutes": one.minutes, "signed": one.signed}
            found.append((Sort.ATTENDANCE, one.person_id, one.held_on, None, told))
    issued = verifying.documents(
        [
            Document.module_id == module_id,
            Document.issued_at <= end_of(last_day),
        ]
    )
    for document in issued:
        on = local_day(document.row.issued_at)
        if on >= first_day:
            told = {"paper": document.row.paper.value, "withdrawn": document.void is not None}
            found.append((Sort.DOCUMENT, document.row.person_id, on, None, told, None, document.row.number))
    return _named(found, last_day)


def of_kind(code: str, first_day: date, last_day: date, now: datetime) -> list[Proof]:
    """Return the habilitations of a kind that were valid on any of the days. Raises NotFound."""
    kind = queries.kind(code)
    rows = db.session.scalars(
        select(Habilitation)
        .options(joinedload(Habilitation.kind))
        .where(
            Habilitation.kind_id == kind.id,
            Habilitation.valid_from <= last_day,
            or_(Habilitation.valid_until.is_(None), Habilitation.valid_until >= first_day),
        )
    ).all()
    acts = queries.acts_of([row.id for row in rows]) if len(rows) <= classroom.FEW else queries.every_act()
    codes = _codes({row.session_id for row in rows if row.session_id})
    found = [_of(queries.given(row, acts.get(row.id, []), min(last_day, local_day(now))), codes) for row in rows]
    return _named(found, last_day)


def _codes(session_ids: set[int]) -> dict[int, str]:
    return {one.id: one.code for one in classroom.sessions() if one.id in session_ids} if session_ids else {}


def _of(given: queries.Given, codes: Mapping[int, str]) -> tuple[Any, ...]:
    row = given.row
    told = {
        "basis": row.basis.value,
        "obtained_on": row.obtained_on,
        "session": codes.get(row.session_id or 0, ""),
        "issuer": row.issuer,
        "number_on_paper": row.number,
        "state": given.state.value,
        "withdrawn": given.state is State.WITHDRAWN,
    }
    return (
        Sort.HABILITATION, row.person_id, row.valid_from, row.valid_until, told, row.paper, "", row.id,
    )  # fmt: skip


def _completions(module_id: int) -> Sequence[Any]:
    query = (
        select(
            Standing.person_id,
            Standing.completed_at,
            Standing.renewed_at,
            Standing.edition_id,
            Edition.number,
        )
        .join(Edition, Edition.id == Standing.edition_id)
        .where(Edition.module_id == module_id, Standing.completed_at.is_not(None))
    )
    return db.session.execute(query).all()


def _named(found: Sequence[tuple[Any, ...]], on: date) -> list[Proof]:
    who = named(on)
    proofs = [Proof(sort, who[person_id], *rest) for sort, person_id, *rest in found]
    return sorted(proofs, key=lambda one: (one.who.full_name.casefold(), one.who.id, one.on, one.sort))
