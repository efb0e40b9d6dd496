"""One person's training in one place: modules, sessions, habilitations, documents."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lms.catalogue import queries as catalogue
from lms.classroom import queries as classroom
from lms.classroom import sheets
from lms.classroom.sheets import Sheet
from lms.kernel.clock import local_day
from lms.progress import hours
from lms.progress import queries as progress
from lms.progress.holding import NOTHING, Hold
from lms.progress.hours import Learnt, Stretch
from lms.proof import queries, verifying
from lms.proof.names import Named, named


@dataclass(frozen=True)
class Studied:
    """A module that somebody began, over all its editions."""

    module_id: int
    code: str
    title: Mapping[str, str]
    started_on: date | None
    completed_on: date | None
    """Of the completion that is good, else of the last one."""
    good_until: date | None
    hold: Hold
    is_good: bool
    observed_minutes: int
    designed_minutes: int
    """Of the newest edition."""


@dataclass(frozen=True)
class PersonProof:
    """What is known of one person's training on a day."""

    who: Named
    as_of: date
    modules: Sequence[Studied]
    attended: Sequence[classroom.Presence]
    habilitations: Sequence[queries.Given]
    documents: Sequence[verifying.Issued]
    time: Learnt
    sheets: Sequence[Sheet]
    """Signed in the sessions to which they were invited: they name others, so that they are told of, not handed out."""

    def sheets_of(self, attended: classroom.Presence) -> list[Sheet]:
        """Return the sheets that prove a half-day."""
        own = [one for one in self.sheets if one.session.code == attended.session_code]
        return sheets.covering(attended.half_day_id, own)

    @property
    def room_minutes(self) -> int:
        """Minutes attended in rooms."""
        return round(self.time.rooms.actual_seconds / 60)

    @property
    def module_minutes(self) -> int:
        """Minutes active in modules."""
        return round(self.time.digital.actual_seconds / 60)


def proof_of(person_id: int, now: datetime) -> PersonProof | None:
    """Return what is known of somebody's training now, or None for a number of nobody."""
    as_of = local_day(now)
    who = named(as_of, [person_id]).get(person_id)
    if who is None:
        return None
    return PersonProof(
        who=who,
        as_of=as_of,
        modules=_modules(person_id, now),
        attended=classroom.attended(as_of, [person_id]),
        habilitations=queries.of_person(person_id, as_of),
        documents=verifying.documents_of(person_id),
        sheets=sheets.of_person(person_id),
        time=hours.learnt_by_each(Stretch(None, as_of), [person_id]).get(person_id, Learnt()),
    )


def _modules(person_id: int, now: datetime) -> list[Studied]:
    newest = {edition.module_id: edition for edition in catalogue.newest_editions()}
    held = progress.holdings_of(person_id, now)
    standings = [one for one in progress.standings_of(person_id) if one.started_at is not None]
    seconds: dict[int, int] = defaultdict(int)
    for one in hours.worked(Stretch(None, local_day(now)), [person_id]):
        seconds[one.module_id] += one.actual_seconds
    found = []
    for module_id in sorted({one.module_id for one in standings}, key=lambda number: newest[number].code):
        own = [one for one in standings if one.module_id == module_id]
        holding, edition = held.get(module_id, NOTHING), newest[module_id]
        found.append(
            Studied(
                module_id=module_id,
                code=edition.code,
                title=edition.content.title,
                started_on=local_day(min(one.started_at for one in own)),
                completed_on=local_day(holding.completed_at) if holding.completed_at else None,
                good_until=local_day(holding.good_until) if holding.good_until else None,
                hold=holding.hold,
                is_good=holding.is_good,
                observed_minutes=round(seconds[module_id] / 60),
                designed_minutes=edition.content.minutes,
            )
        )
    return found
