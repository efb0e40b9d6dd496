"""Who did what, when: one view over the journals of every room, which nobody can edit.

Nothing is copied: each source is the append-only table in which its room writes, asked for the
newest entries that fit, and merged. So the view says what the tables say, and a constant number of
statements brings any page.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, literal, or_, select
from sqlalchemy.orm import aliased

from lms.audit.keeping import AuditChange
from lms.catalogue.models import Edition, Module, Withdrawal
from lms.evaluation.decisions.models import RecordedDecision
from lms.evaluation.models import Amendment, Evaluation, Protocol
from lms.kernel.branding.models import Branding
from lms.kernel.database import db
from lms.kernel.jobs.models import Job
from lms.kernel.refusals import Refusal
from lms.people.deputies.models import Deputy, DeputyEnd
from lms.people.models import Notice, Person, PersonEvent, SignInAttempt, SignInOpening
from lms.people.privacy.models import Look
from lms.people.roster.models import RosterImport
from lms.people.second_factor.models import AccessEvent
from lms.people.tokens.models import Token, TokenRevocation
from lms.plans.models import Exemption, PlanVersion

MOST_ROWS = 100_000
"""Rows of one file: a workbook holds ten times as many, a reader does not."""


class JournalTooLong(Refusal):
    """More entries are asked for than one file holds."""


class Part(StrEnum):
    """What a part of the journal is about."""

    PEOPLE = "people"
    ROSTERS = "rosters"
    SIGNING_IN = "signing_in"
    ACCESS = "access"
    PUBLISHING = "publishing"
    PLANS = "plans"
    AUDIT = "audit"
    EVALUATION = "evaluation"
    SITE = "site"
    EXPORTS = "exports"
    LOOKING = "looking"


OF_PEOPLE = frozenset({Part.PEOPLE, Part.ROSTERS, Part.LOOKING})
"""What human resources may read; the rest is for administrators."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for; None asks for any."""

    parts: Collection[Part]
    since: datetime
    until: datetime
    by_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did."""

    at: datetime
    part: Part
    deed: str
    """A code: what is done, for example `person:created`."""
    by_id: int | None
    by: str | None
    """None: the command line, a program, or the server by itself."""
    person_id: int | None
    person: str | None
    """Whom it concerns, where it concerns one."""
    detail: str
    """A code of the house: no value that could name someone."""


@dataclass(frozen=True)
class _Source:
    part: Part
    at: Any
    deed: Any
    by: Any
    person: Any = None
    detail: Any = ""
    joined: Callable[[Any], Any] = lambda query: query
    only: ColumnElement[bool] | None = None


def _coded(kind: str, column: Any) -> ColumnElement[str]:
    """Return an enumeration's value with what it is of before it."""
    return literal(f"{kind}:") + cast(column, String)


_WRITTEN_BY_STAFF = or_(SignInAttempt.origin.startswith("staff:"), SignInAttempt.origin.startswith("code:"))
_EDITION = Module.code + " " + cast(Edition.number, String)

_SOURCES = (
    _Source(
        Part.PEOPLE, PersonEvent.at, _coded("person", PersonEvent.act), PersonEvent.by_id, PersonEvent.person_id,
        PersonEvent.detail,
    ),
    _Source(Part.PEOPLE, SignInOpening.at, "way_opened", SignInOpening.by_id, SignInOpening.person_id),
    _Source(Part.PEOPLE, Deputy.at, "deputy_named", Deputy.by_id, Deputy.deputy_id),
    _Source(
        Part.PEOPLE, DeputyEnd.at, "deputy_ended", DeputyEnd.by_id, Deputy.deputy_id,
        joined=lambda query: query.join(Deputy, Deputy.id == DeputyEnd.entry_id),
    ),
    _Source(Part.PEOPLE, Notice.published_at, "notice_published", Notice.published_by, None, Notice.version),
    _Source(
        Part.ROSTERS, RosterImport.at, _coded("roster", RosterImport.fate), RosterImport.by_id, None,
        RosterImport.name,
    ),
    _Source(
        Part.SIGNING_IN, SignInAttempt.at, _coded("sign_in", SignInAttempt.outcome), SignInAttempt.person_id,
        SignInAttempt.person_id, only=_WRITTEN_BY_STAFF,
    ),
    _Source(Part.ACCESS, AccessEvent.at, _coded("access", AccessEvent.act), AccessEvent.by_id, AccessEvent.person_id),
    _Source(Part.ACCESS, Token.made_at, "token_made", Token.made_by, None, Token.name + " " + cast(Token.role, String)),
    _Source(
        Part.ACCESS, TokenRevocation.at, "token_revoked", TokenRevocation.by_id, None, Token.name,
        joined=lambda query: query.join(Token, Token.id == TokenRevocation.token_id),
    ),
    _Source(
        Part.PUBLISHING, Edition.published_at, "edition_published", Edition.published_by, None, _EDITION,
        joined=lambda query: query.join(Module, Module.id == Edition.module_id),
    ),
    _Source(
        Part.PUBLISHING, Withdrawal.at, "edition_withdrawn", Withdrawal.by_id, None, _EDITION,
        joined=lambda query: query.join(Edition, Edition.id == Withdrawal.edition_id).join(
            Module, Module.id == Edition.module_id
        ),
    ),
    _Source(Part.PLANS, PlanVersion.at, _coded("plan", PlanVersion.act), PlanVersion.by_id),
    _Source(Part.PLANS, Exemption.at, "exempted", Exemption.by_id, Exemption.person_id),
    _Source(
        Part.AUDIT, AuditChange.at, _coded("audit", AuditChange.kind), AuditChange.by_id, None,
        AuditChange.section + " " + AuditChange.key,
    ),
    _Source(Part.EVALUATION, Protocol.frozen_at, "protocol_frozen", Protocol.frozen_by, None, Protocol.sha256),
    _Source(Part.EVALUATION, Amendment.at, "protocol_amended", Amendment.by),
    _Source(Part.EVALUATION, Evaluation.run_at, "evaluated", Evaluation.run_by, None, Evaluation.digest),
    _Source(Part.EVALUATION, RecordedDecision.at, "decided", RecordedDecision.by),
    _Source(Part.SITE, Branding.at, "site_dressed", Branding.by_id, None, Branding.name),
    _Source(
        Part.EXPORTS, Job.asked_at, "report_asked", Job.asked_by, None, Job.subject,
        only=and_(Job.kind == "report", Job.asked_by.is_not(None)),
    ),
    _Source(Part.LOOKING, Look.at, _coded("looked", Look.purpose), Look.by_id, None, Look.page),
)  # fmt: skip


def page(wanted: Wanted, number: int, per_page: int) -> tuple[Sequence[Entry], bool]:
    """Return the entries of page `number` (from 1), the newest first, and whether there are more."""
    found = _entries(wanted, number * per_page + 1)
    shown = list(islice(found, (number - 1) * per_page, number * per_page))
    return shown, next(found, None) is not None


def everything(wanted: Wanted) -> Sequence[Entry]:
    """Return all entries, for a file. Raises JournalTooLong."""
    found = list(islice(_entries(wanted, MOST_ROWS + 1), MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise JournalTooLong(most=MOST_ROWS)
    return found


def _entries(wanted: Wanted, most: int) -> Any:
    lists = [_rows(source, wanted, most) for source in _SOURCES if source.part in wanted.parts]
    return merge(*lists, key=lambda entry: entry.at, reverse=True)


def _rows(source: _Source, wanted: Wanted, most: int) -> list[Entry]:
    doer, concerned = aliased(Person), aliased(Person)
    person = literal(None) if source.person is None else source.person
    said = (_said(source.deed), source.by, person, _said(source.detail))
    names = (doer.given_name, doer.family_name, concerned.given_name, concerned.family_name)
    query = source.joined(select(source.at, *said, *names).select_from(source.at.class_))
    query = query.outerjoin(doer, doer.id == source.by).outerjoin(concerned, concerned.id == person)
    query = query.where(source.at >= wanted.since, source.at < wanted.until)
    if source.only is not None:
        query = query.where(source.only)
    if wanted.by_id is not None:
        query = query.where(source.by == wanted.by_id)
    if wanted.person_id is not None:
        query = query.where(person == wanted.person_id)
    rows = db.session.execute(query.order_by(source.at.desc()).limit(most))
    return [
        Entry(at, source.part, deed, by, _name(given, family), about, _name(theirs, family_of), detail)
        for at, deed, by, about, detail, given, family, theirs, family_of in rows
    ]


def _said(words: Any) -> Any:
    return literal(words) if isinstance(words, str) else cast(words, String)


def _name(given: str | None, family: str | None) -> str | None:
    return f"{given or ''} {family or ''}".strip() or None
