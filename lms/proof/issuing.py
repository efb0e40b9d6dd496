"""Documents: issued once, kept with what they stated, withdrawn by a further row.

`by` is the person number of who does it, None for the command line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, text

from lms.catalogue import queries as catalogue
from lms.classroom import queries as classroom
from lms.kernel.clock import local_day
from lms.kernel.database import db, is_sqlite
from lms.kernel.ids import keyed_digest, new_token
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.progress import hours
from lms.progress import queries as progress
from lms.progress.hours import Stretch, Worked
from lms.proof import papers
from lms.proof.models import Document, DocumentVoid, Holder
from lms.proof.names import Named, named
from lms.proof.papers import Content, Paper

_TURN = 6_313_003
"""PostgreSQL's lock under which documents are numbered one after the other; SQLite has one writer anyway."""


@dataclass(frozen=True)
class Action:
    """A training action as a certificat de réalisation names it: a module or a session, within some days."""

    module_id: int | None
    session: str
    """The code of a session; empty for a module."""
    first_day: date
    last_day: date
    assistance: int = 0
    """Exchanges with whoever helps, during these days (D6313-3-1 of the Code du travail)."""


def certify(person_id: int, module_id: int, language: str, by: int | None, now: datetime) -> Document:
    """Issue a certificate that somebody holds a module; the same again is the one there is.

    It states until when the completion is good, as its edition says. Raises NotFound or NothingToCertify.
    """
    held = progress.holdings_of(person_id, now).get(module_id)
    if held is None or not held.is_good or held.completed_at is None:
        raise papers.NothingToCertify()
    reached = next(
        one
        for one in progress.standings_of(person_id)
        if one.module_id == module_id and held.completed_at in (one.completed_at, one.renewed_at)
    )
    edition = catalogue.frozen(reached.edition_id)
    stated = {
        "title": edition.content.title,
        "code": edition.code,
        "edition": edition.number,
        "completed_on": local_day(held.completed_at).isoformat(),
        "valid_until": local_day(held.good_until).isoformat() if held.good_until else None,
        **_employed(person_id, now),
    }
    return _issue(Paper.CERTIFICATE, person_id, language, stated, by, now, module_id=module_id)


def certify_realisation(person_id: int, action: Action, language: str, by: int | None, now: datetime) -> Document:
    """Issue a certificat de réalisation (R6313-3 of the Code du travail) of a module or a session.

    Raises NotFound, or NothingAttended when nothing of it is recorded in these days.
    """
    parts = _digital(person_id, action) + _in_a_room(person_id, action)
    if not parts:
        raise papers.NothingAttended()
    modes = sorted({part["mode"] for part in parts})
    assessed = [part["passed"] for part in parts if part["passed"] is not None]
    session = classroom.session(action.session) if action.session else None
    edition = catalogue.newest_edition(action.module_id) if action.module_id else None
    stated = {
        "title": {"": session.title} if session else edition.content.title if edition else {},
        "objective": edition.content.summary if edition else {},
        "mandatory": bool(session and session.mandatory),
        "from": min(part["from"] for part in parts),
        "to": max(part["to"] for part in parts),
        "modes": modes,
        "designed_minutes": sum(part["designed"] for part in parts),
        "observed_minutes": sum(part["observed"] for part in parts),
        "passed": all(assessed) if assessed else None,
        "assistance": action.assistance,
        "parts": parts,
        **_employed(person_id, now),
    }
    return _issue(
        Paper.REALISATION,
        person_id,
        language,
        stated,
        by,
        now,
        module_id=action.module_id,
        session_id=session.id if session else None,
    )


def void(number: str, reason: str, by: int | None, now: datetime) -> None:
    """Withdraw a document from now on. Raises NotFound, VoidWithoutReason or VoidedAlready."""
    found = db.session.scalars(select(Document).where(Document.number == number)).one_or_none()
    if found is None:
        raise NotFound()
    if not reason.strip():
        raise papers.VoidWithoutReason()
    if db.session.get(DocumentVoid, found.sequence) is not None:
        raise papers.VoidedAlready()
    db.session.add(DocumentVoid(sequence=found.sequence, reason=reason.strip(), voided_at=now, voided_by=by))
    db.session.flush()


def forget_holder(person_id: int) -> int:
    """Take somebody's name from the documents that were issued to them; return from how many.

    The documents stay, under their number, and can still be verified: nothing in them names anybody.
    """
    issued = select(Document.sequence).where(Document.person_id == person_id)
    held = db.session.scalars(select(Holder).where(Holder.sequence.in_(issued))).all()
    for one in held:
        db.session.delete(one)
    db.session.flush()
    return len(held)


def keyed(purpose: str, value: str) -> bytes:
    """Return what the key of the site makes of a text for a purpose."""
    return keyed_digest(setting("SECRET_KEY"), purpose, value)


def content_of(row: Document) -> Content:
    """Return what the seal of a document covers."""
    return Content(row.sequence, row.paper, row.person_id, row.language, row.stated, row.holder_digest, row.issued_at)


def _digital(person_id: int, action: Action) -> list[dict[str, Any]]:
    if action.module_id is None:
        return []
    days = Stretch(action.first_day, action.last_day)
    worked = {one.edition_id: one for one in hours.worked(days, [person_id]) if one.module_id == action.module_id}
    known = {one.edition_id: one for one in progress.standings_of(person_id)}
    return [_studied(worked[edition_id], known[edition_id], action) for edition_id in sorted(worked)]


def _studied(worked: Worked, standing: Any, action: Action) -> dict[str, Any]:
    edition = catalogue.frozen(worked.edition_id)
    return {
        "mode": "distance",
        "title": edition.content.title,
        "from": max(local_day(standing.started_at), action.first_day).isoformat(),
        "to": min(local_day(standing.last_at), action.last_day).isoformat(),
        "designed": worked.theoretical_minutes or edition.content.minutes,
        "observed": round(worked.actual_seconds / 60),
        "passed": worked.completions > 0,
    }


def _in_a_room(person_id: int, action: Action) -> list[dict[str, Any]]:
    wanted = classroom.session(action.session) if action.session else None
    found = []
    for one in classroom.attended(action.last_day, [person_id]):
        belongs = one.session_code == wanted.code if wanted else one.module_id == action.module_id
        if belongs and one.held_on >= action.first_day:
            day = one.held_on.isoformat()
            found.append(
                {
                    "mode": "room",
                    "title": {"": one.title},
                    "from": day,
                    "to": day,
                    "designed": one.planned,
                    "observed": one.minutes,
                    "passed": None,
                }
            )
    return found


def _employed(person_id: int, now: datetime) -> dict[str, Any]:
    who = _who(person_id, now)
    facts = {name: setting(f"EMPLOYER_{name.upper()}") for name in ("address", "siret", "declaration")}
    known = {f"employer_{name}": said for name, said in facts.items() if said}
    return {"employer": who.employer, **known, "simulated": who.simulated}


def _who(person_id: int, now: datetime) -> Named:
    found = named(local_day(now), [person_id]).get(person_id)
    if found is None:
        raise NotFound()
    return found


def _issue(
    paper: Paper,
    person_id: int,
    language: str,
    stated: Mapping[str, Any],
    by: int | None,
    now: datetime,
    module_id: int | None = None,
    session_id: int | None = None,
) -> Document:
    who = _who(person_id, now)
    twin = _twin(paper, person_id, language, stated, who)
    if twin is not None:
        return twin
    if not is_sqlite():
        db.session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
    last = db.session.scalars(select(Document).order_by(Document.sequence.desc()).limit(1)).first()
    salt = new_token()
    content = Content(
        sequence=(last.sequence if last else 0) + 1,
        paper=paper,
        person_id=person_id,
        language=language,
        stated=dict(stated),
        holder_digest=papers.holder_digest(who.given_name, who.family_name, who.registration, salt),
        issued_at=now,
    )
    made = Document(
        sequence=content.sequence,
        number=papers.number(content, keyed),
        paper=paper,
        person_id=person_id,
        language=language,
        stated=content.stated,
        holder_digest=content.holder_digest,
        module_id=module_id,
        session_id=session_id,
        issued_at=now,
        issued_by=by,
        seal=papers.seal(content, last.seal if last else papers.FIRST_SEAL, keyed),
    )
    db.session.add(made)
    db.session.flush()
    db.session.add(
        Holder(
            sequence=made.sequence,
            given_name=who.given_name,
            family_name=who.family_name,
            registration=who.registration,
            salt=salt,
        )
    )
    db.session.flush()
    return made


def _twin(paper: Paper, person_id: int, language: str, stated: Mapping[str, Any], who: Named) -> Document | None:
    """Return a document in force that says just the same under the same name, if there is one."""
    query = (
        select(Document)
        .join(Holder, Holder.sequence == Document.sequence)
        .outerjoin(DocumentVoid, DocumentVoid.sequence == Document.sequence)
        .where(
            Document.person_id == person_id,
            Document.paper == paper,
            Document.language == language,
            DocumentVoid.sequence.is_(None),
            Holder.family_name == who.family_name,
            Holder.given_name == who.given_name,
        )
    )
    return next((one for one in db.session.scalars(query) if one.stated == stated), None)
