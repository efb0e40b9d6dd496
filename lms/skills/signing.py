"""What is written beside the machine and signed there by both: observer and person, each with their own secret.

A sheet is everything that is signed; it never changes, and its digest stands under each
signature. Once both have signed, and all rules still hold at that moment, it becomes a sign-off.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.kernel import storage
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.kernel.json import to_json
from lms.kernel.languages import gettext as _
from lms.kernel.languages import speaking
from lms.kernel.refusals import NotFound, Refusal
from lms.people import queries as people
from lms.people import sign_in
from lms.people.models import Person, PinKind
from lms.skills import actions, authority, queries, rules
from lms.skills.actions import Observation
from lms.skills.authority import SignedAs
from lms.skills.models import Checklist, Sheet, SheetResult, SheetSignature, SignOff
from lms.skills.rules import Outcome, PointKind

ORDER = (SignedAs.OBSERVER, SignedAs.PERSON)


class Proof(StrEnum):
    """What somebody signs with."""

    PIN = "pin"
    PICTURES = "pictures"
    PASSWORD = "password"


@dataclass(frozen=True)
class Point:
    """Something that an observer looks at."""

    kind: PointKind
    text: Mapping[str, str]
    """By language."""


@dataclass(frozen=True)
class Points:
    """A checklist: its version, 0 for the one that every task has at first."""

    version: int
    points: Sequence[Point]


@dataclass(frozen=True)
class Signed:
    """A sheet as it stands: who has signed, and whose turn it is."""

    sheet: Sheet
    signatures: Mapping[SignedAs, SheetSignature]
    turn: SignedAs | None
    """None once something came of it."""
    result: SheetResult | None

    def signer(self, signed_as: SignedAs) -> int:
        """Return who signs as that."""
        return self.sheet.observer_id if signed_as is SignedAs.OBSERVER else self.sheet.person_id


def checklist(task_id: int) -> Points:
    """Return what an observer looks at on a task now."""
    newest = db.session.scalars(
        select(Checklist).where(Checklist.task_id == task_id).order_by(Checklist.version.desc()).limit(1)
    ).one_or_none()
    if newest is None:
        return Points(0, _first_points())
    return Points(newest.version, [Point(PointKind(one["kind"]), one["text"]) for one in newest.points])


def set_checklist(task_id: int, points: Sequence[Point], by: int | None, now: datetime) -> None:
    """Give a task a further version of its checklist, unless it is the same. Raises ChecklistIncomplete."""
    languages = {frozenset(language for language, text in point.text.items() if text.strip()) for point in points}
    if len(languages) != 1 or "fr" not in next(iter(languages)):
        raise rules.ChecklistIncomplete()
    if checklist(task_id).points == points:
        return
    last = db.session.scalar(select(func.max(Checklist.version)).where(Checklist.task_id == task_id)) or 0
    told = [{"kind": point.kind.value, "text": dict(point.text)} for point in points]
    db.session.add(Checklist(task_id=task_id, version=last + 1, points=told, made_by_id=by, made_at=now))
    db.session.flush()


def refused(person_id: int, task_id: int, observer_id: int, on: date) -> Refusal | None:
    """Return why somebody may sign off nothing of this person on this task, told before they have written a word."""
    changes, prepared = queries.changes_of(person_id, task_id), bool(queries.task_of(task_id).modules)
    level = authority.observer_level(queries.changes_of(observer_id, task_id), on)
    try:
        authority.check_observer(
            person_id, observer_id, level, rules.aim(changes, on, prepared=prepared, coaching=False)
        )
    except (authority.ObserverLevelTooLow, rules.NothingLearntYet) as refusal:
        return refusal
    return None


def write(seen: Observation, met: Collection[int], photo: str | None, now: datetime) -> Sheet:
    """Write down what an observer saw, to be signed by both; `met` are the places of the points that were respected.

    Raises what `actions.check` raises, and ObservedAlready.
    """
    found = checklist(seen.task_id)
    whole = _with_points(seen, found, met)
    actions.catch_up(now, person_id=seen.person_id)
    if actions.same(whole) is not None:
        raise authority.ObservedAlready()
    actions.check(whole, now)
    number, content = new_id(), written(whole, found, met, photo)
    made = Sheet(
        id=number,
        person_id=seen.person_id,
        task_id=seen.task_id,
        observer_id=seen.observer_id,
        content=content,
        digest=digest(number, content),
        photo=photo,
        made_at=now,
    )
    db.session.add(made)
    db.session.flush()
    return made


def written(seen: Observation, found: Points, met: Collection[int], photo: str | None) -> dict[str, Any]:
    """Return everything that is signed, as JSON."""
    return {
        "person": seen.person_id,
        "task": seen.task_id,
        "observer": seen.observer_id,
        "observed_on": seen.observed_on.isoformat(),
        "outcome": seen.outcome.value,
        "situation": seen.situation.strip(),
        "cycles": seen.cycles,
        "coaching": seen.coaching,
        "trained_to_teach_on": seen.trained_to_teach_on.isoformat() if seen.trained_to_teach_on else None,
        "teaching_practice": seen.teaching_practice.strip(),
        "checklist": found.version,
        "points": [
            {"kind": point.kind.value, "text": dict(point.text), "met": place in met}
            for place, point in enumerate(found.points)
        ],
        "photo": photo,
    }


def digest(number: UUID, content: Mapping[str, Any]) -> str:
    """Return what a signature is bound to: no two sheets have the same."""
    return hashlib.sha256(to_json({"sheet": str(number), **content}, sort_keys=True)).hexdigest()


def standing(sheet_id: UUID) -> Signed:
    """Return a sheet as it stands. Raises NotFound."""
    sheet = db.session.scalars(select(Sheet).options(joinedload(Sheet.task)).where(Sheet.id == sheet_id)).one_or_none()
    if sheet is None:
        raise NotFound()
    signed = db.session.scalars(select(SheetSignature).where(SheetSignature.sheet_id == sheet_id)).all()
    given = {one.signed_as: one for one in signed}
    result = db.session.get(SheetResult, sheet_id)
    turn = None if result else next((one for one in ORDER if one not in given), None)
    return Signed(sheet, given, turn, result)


def proof(found: Signed, signed_as: SignedAs) -> Proof | None:
    """Return what somebody signs with: their PIN or pictures; an observer without one with their password.

    None for a person who has no secret yet.
    """
    kind = people.pin_kind(found.signer(signed_as))
    if kind is not None:
        return Proof.PICTURES if kind is PinKind.PICTURES else Proof.PIN
    return Proof.PASSWORD if signed_as is SignedAs.OBSERVER else None


def sign(sheet_id: UUID, signed_as: SignedAs, signed: str, secret: str, place: str, now: datetime) -> SignOff | None:
    """Sign a sheet with one's own PIN or picture code; return the sign-off once both have.

    `signed` is the digest of what was read. Ends the transaction it is called in (`sign_in.check_pin`): call it
    first in a request. Raises SignatureReplayed, SignatureOfOtherContent, SheetLapsed, SecretNotOwn, whatever
    `sign_in.check_pin` raises of a wrong secret, and what `actions.check` raises where rules hold no longer.
    """
    before = _check_turn(sheet_id, signed_as, signed, now)
    signer = before.signer(signed_as)
    if _prove(signer, proof(before, signed_as), secret, place, now).must_change:
        raise authority.SecretNotOwn()
    found = _check_turn(sheet_id, signed_as, signed, now)
    # Before the signature: where a rule holds no longer, nothing is signed.
    made = _become_sign_off(found.sheet, now) if signed_as is ORDER[-1] else None
    db.session.add(
        SheetSignature(
            sheet_id=sheet_id, signed_as=signed_as, signer_id=signer, digest=signed, place=place, signed_at=now
        )
    )
    db.session.flush()
    return made


def leave_unsigned(sheet_id: UUID, words: str, now: datetime) -> None:
    """Say why somebody does not sign: their level stays. Raises EvidenceMissing or SignatureReplayed."""
    if not words.strip():
        raise authority.EvidenceMissing()
    if standing(sheet_id).turn is None:
        raise authority.SignatureReplayed()
    db.session.add(SheetResult(sheet_id=sheet_id, sign_off_id=None, unsigned_because=words.strip(), at=now))
    db.session.flush()


def unfinished(observer_id: int, now: datetime) -> Sequence[Sheet]:
    """Return the sheets of an observer that still wait for a signature, the oldest first."""
    return db.session.scalars(
        select(Sheet)
        .options(joinedload(Sheet.task))
        .where(Sheet.observer_id == observer_id, Sheet.made_at > now - timedelta(days=authority.SHEET_DAYS))
        .where(Sheet.id.not_in(select(SheetResult.sheet_id)))
        .order_by(Sheet.made_at)
    ).all()


def of_sign_offs(numbers: Collection[int]) -> dict[int, Sheet]:
    """Return the sheet of each sign-off that has one."""
    rows = db.session.execute(
        select(SheetResult.sign_off_id, Sheet)
        .join(Sheet, Sheet.id == SheetResult.sheet_id)
        .where(SheetResult.sign_off_id.in_(numbers))
    )
    return {number: sheet for number, sheet in rows if number is not None}


def _first_points() -> list[Point]:
    """Return what there is to look at on a task that has no checklist of its own."""
    languages = ("fr", "en")
    safety, quality = {}, {}
    for language in languages:
        with speaking(language):
            safety[language] = _("Every safety point was respected")
            quality[language] = _("The quality asked for was reached")
    return [Point(PointKind.SAFETY, safety), Point(PointKind.QUALITY, quality)]


def _with_points(seen: Observation, found: Points, met: Collection[int]) -> Observation:
    def all_met(kind: PointKind) -> bool:
        return all(place in met for place, point in enumerate(found.points) if point.kind is kind)

    told = {**vars(seen), "safety_respected": all_met(PointKind.SAFETY), "quality_reached": all_met(PointKind.QUALITY)}
    return Observation(**told)


def _check_turn(sheet_id: UUID, signed_as: SignedAs, signed: str, now: datetime) -> Signed:
    found = standing(sheet_id)
    if found.turn is not signed_as:
        raise authority.SignatureReplayed()
    if signed != found.sheet.digest or signed != digest(found.sheet.id, found.sheet.content):
        raise authority.SignatureOfOtherContent()
    if now - found.sheet.made_at > timedelta(days=authority.SHEET_DAYS):
        raise authority.SheetLapsed()
    return found


def _prove(signer: int, by: Proof | None, secret: str, place: str, now: datetime) -> sign_in.SignedIn:
    if by is Proof.PASSWORD:
        email = db.session.scalar(select(Person.email).where(Person.id == signer))
        return sign_in.sign_in_staff(email or "", secret, place, now)
    return sign_in.check_pin(signer, secret, place, now)


def _become_sign_off(sheet: Sheet, now: datetime) -> SignOff:
    told = sheet.content
    trained_on = told["trained_to_teach_on"]
    seen = Observation(
        person_id=sheet.person_id,
        task_id=sheet.task_id,
        observer_id=sheet.observer_id,
        observed_on=date.fromisoformat(told["observed_on"]),
        outcome=Outcome(told["outcome"]),
        situation=told["situation"],
        cycles=told["cycles"],
        coaching=told["coaching"],
        trained_to_teach_on=date.fromisoformat(trained_on) if trained_on else None,
        teaching_practice=told["teaching_practice"],
    )
    points = [Point(PointKind(one["kind"]), one["text"]) for one in told["points"]]
    met = {place for place, one in enumerate(told["points"]) if one["met"]}
    whole = _with_points(seen, Points(told["checklist"], points), met)
    if actions.same(whole) is not None:
        raise authority.ObservedAlready()
    made = actions.sign_off(whole, by=sheet.observer_id, now=now)
    db.session.add(SheetResult(sheet_id=sheet.id, sign_off_id=made.id, unsigned_because="", at=now))
    db.session.flush()
    return made


storage.named_by(lambda: db.session.scalars(select(Sheet.photo).where(Sheet.photo.is_not(None))))
