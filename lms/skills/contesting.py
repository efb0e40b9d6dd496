"""What people read of themselves, and contest: every level, every sign-off, in words that are answered in words.

A contest goes to the person's team leader and to HR. Neither it nor its answer takes anything away: what
follows is a further entry (practice seen anew, a level lowered or raised).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import bindparam, func, select

from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.prepared import Prepared
from lms.kernel.refusals import NotFound
from lms.skills import authority, signers
from lms.skills.models import Contest, ContestAnswer, LevelChange, LevelKept, LoweringTold, SignOff, Task
from lms.skills.rules import Kind


@dataclass(frozen=True)
class Entry:
    """Something recorded of a person: a change of level, a sign-off or a level kept, and what was said against it."""

    on: date
    title: dict[str, str]
    change: LevelChange | None
    sign_off: SignOff | None
    contests: list[tuple[Contest, ContestAnswer | None]]
    stood_for: Mapping[int, int] = field(default_factory=dict)
    """The leader in whose name a deputy signed, by signer."""
    kept: LevelKept | None = None

    @property
    def signers(self) -> set[int]:
        """Who stands for it."""
        if self.kept is not None:
            return {self.kept.by_id}
        if self.sign_off is not None:
            return {self.sign_off.observer_id}
        told = self.change
        return {one for one in (told.signed_by_id, told.countersigned_by_id) if one} if told else set()

    @property
    def named(self) -> set[int]:
        """Whose names are told with it."""
        answers = {number for _contest, one in self.contests if one for number in (one.by_id, one.for_id) if number}
        return {*self.signers, *self.stood_for.values(), *answers}

    @property
    def waits(self) -> bool:
        """Whether a contest of it has no answer yet."""
        return any(answer is None for _contest, answer in self.contests)


@dataclass(frozen=True)
class Open:
    """A contest that waits for an answer, with the entry."""

    contest: Contest
    entry: Entry


def entries(person_id: int) -> list[Entry]:
    """Return everything recorded of someone's skills, the newest first."""
    said = _contests(Contest.person_id == person_id)
    titles = dict(db.session.execute(select(Task.id, Task.title)).all())
    changes = db.session.scalars(select(LevelChange).where(LevelChange.person_id == person_id))
    seen = db.session.scalars(select(SignOff).where(SignOff.person_id == person_id))
    named = signers.in_the_name_of(person_id)
    found = [
        Entry(one.on, titles[one.task_id], one, None, said.get((None, one.id), []), named.of(one)) for one in changes
    ]
    found += [
        Entry(one.observed_on, titles[one.task_id], None, one, said.get((one.id, None), []), named.of(one))
        for one in seen
    ]
    for one in db.session.scalars(select(LevelKept).where(LevelKept.person_id == person_id)):
        stood_for = {one.by_id: one.for_id} if one.for_id else {}
        found.append(Entry(one.on, titles[one.task_id], None, None, [], stood_for, kept=one))
    return sorted(found, key=lambda one: one.on, reverse=True)


def contest(
    person_id: int, words: str, now: datetime, *, sign_off_id: int | None = None, level_change_id: int | None = None
) -> Contest:
    """Contest what was recorded of oneself. Raises WordsMissing, NotFound, ContestNotOwn or ContestedAlready."""
    if not words.strip():
        raise authority.WordsMissing()
    entry: SignOff | LevelChange | None = (
        db.session.get(SignOff, sign_off_id) if sign_off_id else db.session.get(LevelChange, level_change_id or 0)
    )
    if entry is None:
        raise NotFound()
    if entry.person_id != person_id:
        raise authority.ContestNotOwn()
    known = _contests(Contest.sign_off_id == sign_off_id, Contest.level_change_id == level_change_id)
    if any(answer is None for those in known.values() for _contest, answer in those):
        raise authority.ContestedAlready()
    made = Contest(
        person_id=person_id, sign_off_id=sign_off_id, level_change_id=level_change_id, words=words.strip(), at=now
    )
    db.session.add(made)
    db.session.flush()
    return made


def answer(contest_id: int, words: str, by: int, now: datetime) -> None:
    """Answer a contest in words.

    Raises NotFound, WordsMissing, ContestAnswered, SelfSignOff (of one's own) or ContestAnsweredBySigner.
    """
    found = next((one for one in waiting(None) if one.contest.id == contest_id), None)
    if found is None:
        if db.session.get(Contest, contest_id) is None:
            raise NotFound()
        raise authority.ContestAnswered()
    if not words.strip():
        raise authority.WordsMissing()
    if by == found.contest.person_id:
        raise authority.SelfSignOff()
    entry = found.entry.sign_off or found.entry.change
    stood_for = signers.in_the_name_of(found.contest.person_id).of(entry) if entry else {}
    if by in found.entry.signers.union(stood_for.values()):
        raise authority.ContestAnsweredBySigner()
    leader = signers.signatory(by, local_day(now)).of(found.contest.person_id).stands_for
    db.session.add(ContestAnswer(contest_id=contest_id, by_id=by, for_id=leader, words=words.strip(), at=now))
    db.session.flush()


def waiting(person_ids: Collection[int] | None) -> list[Open]:
    """Return the contests of some people, of all when None, that wait for an answer, the oldest first."""
    rows = db.session.execute(
        select(Contest, SignOff, LevelChange, Task.title)
        .outerjoin(ContestAnswer, ContestAnswer.contest_id == Contest.id)
        .outerjoin(SignOff, SignOff.id == Contest.sign_off_id)
        .outerjoin(LevelChange, LevelChange.id == Contest.level_change_id)
        .join(Task, Task.id == func.coalesce(SignOff.task_id, LevelChange.task_id))
        .where(ContestAnswer.contest_id.is_(None))
        .order_by(Contest.at)
    )
    return [
        Open(one, Entry(seen.observed_on if seen else change.on, title, change, seen, [(one, None)]))
        for one, seen, change, title in rows
        if person_ids is None or one.person_id in person_ids
    ]


def is_to_be_told(person_id: int) -> bool:
    """Whether a level of somebody was lowered and they have not seen it yet."""
    return bool(_untold.rows({"person": person_id}))


def note_told(person_id: int, now: datetime) -> None:
    """Keep that somebody has seen what was lowered."""
    for row in _untold.rows({"person": person_id}):
        db.session.add(LoweringTold(level_change_id=row.id, at=now))
    db.session.flush()


_untold = Prepared(
    select(LevelChange.id)
    .outerjoin(LoweringTold, LoweringTold.level_change_id == LevelChange.id)
    .where(LevelChange.person_id == bindparam("person"), LevelChange.kind == Kind.LOWERED)
    .where(LoweringTold.level_change_id.is_(None))
)


def _contests(*conditions: object) -> dict[tuple[int | None, int | None], list[tuple[Contest, ContestAnswer | None]]]:
    found: dict[tuple[int | None, int | None], list[tuple[Contest, ContestAnswer | None]]] = {}
    rows: Sequence[tuple[Contest, ContestAnswer | None]] = db.session.execute(  # type: ignore[assignment]
        select(Contest, ContestAnswer)
        .outerjoin(ContestAnswer, ContestAnswer.contest_id == Contest.id)
        .where(*conditions)  # type: ignore[arg-type]
        .order_by(Contest.at)
    ).all()
    for one, said in rows:
        found.setdefault((one.sign_off_id, one.level_change_id), []).append((one, said))
    return found
