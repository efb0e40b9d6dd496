"""What a pilot shows at the end of its last whole week, and which of its points of vigilance warn.

Readers see what was last worked out and never wait; `working_out` makes it anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from lms.delivery import queries as delivery
from lms.evaluation import queries, rules
from lms.evaluation.models import Pilot
from lms.evaluation.monitoring import watching
from lms.evaluation.monitoring.access import Access
from lms.evaluation.monitoring.models import Worked
from lms.evaluation.monitoring.provisional import is_watched
from lms.evaluation.monitoring.use import Outage, ShiftUse
from lms.evaluation.monitoring.watching import Watchpoint
from lms.evaluation.monitoring.weekly import Provisional, cut_offs
from lms.evaluation.monitoring.working_out import Figures, read_figures
from lms.evaluation.protocol import FrozenIndicator, FrozenProtocol, canonical, read, sha256
from lms.kernel.database import db

AFTERWARDS = timedelta(weeks=2)
"""For so long after a pilot's end its figures are still made anew each day."""


@dataclass(frozen=True)
class Followed:
    """An indicator of the protocol and what is shown of it at each cut-off."""

    entry: FrozenIndicator
    trend: tuple[Provisional, ...]

    @property
    def last(self) -> Provisional:
        """What is shown at the last cut-off."""
        return self.trend[-1]


@dataclass(frozen=True)
class Monitoring:
    """A running pilot as of the end of its last whole week."""

    cut_offs: tuple[date, ...]
    indicators: tuple[Followed, ...]
    watchpoints: tuple[Watchpoint, ...]
    shifts: tuple[ShiftUse, ...]
    outages: tuple[Outage, ...]
    access: tuple[Access, ...]
    terminals: Mapping[int, str]
    """Names of kiosks."""
    protocol: FrozenProtocol
    simulated: bool
    made_at: datetime
    records_up_to: int
    """Sequence of the last learning record that was read."""
    outdated: bool
    """Whether a week has ended, or something else of what is asked has changed, since."""

    @property
    def as_of(self) -> date:
        """The last cut-off."""
        return self.cut_offs[-1]


def monitoring(pilot: Pilot, today: date) -> Monitoring | None:
    """Return what was last worked out for a pilot; None before its first whole week was.

    Raises a refusal while no protocol is frozen (the rule comes before the data) or the
    pilot could not run.
    """
    question = asked(pilot, today)
    row = _row(pilot)
    if row is None or not question.days:
        return None
    found, frozen = read_figures(row), question.protocol
    return Monitoring(
        cut_offs=found.cut_offs,
        indicators=tuple(
            _followed(entry, found)
            for entry in frozen.indicators
            if not is_watched(entry) and entry.code in found.shown
        ),
        watchpoints=_watchpoints(pilot, frozen, found),
        shifts=found.shifts,
        outages=found.outages,
        access=found.access,
        terminals={one.id: one.name for one in delivery.every_terminal()},
        protocol=frozen,
        simulated=found.simulated,
        made_at=row.made_at,
        records_up_to=row.records_up_to,
        outdated=row.seal != question.seal,
    )


def alerts(pilot: Pilot, today: date) -> tuple[Watchpoint, ...]:
    """Return the points of vigilance whose limit is crossed; none while the pilot shows nothing."""
    if not watching.watching(pilot.audit_id):
        return ()
    try:
        question = asked(pilot, today)
    except (rules.ProtocolNotFrozen, rules.PilotCannotRun):
        return ()
    row = _row(pilot)
    if row is None or not question.days:
        return ()
    return tuple(one for one in _watchpoints(pilot, question.protocol, read_figures(row)) if one.crossed)


@dataclass(frozen=True)
class Question:
    """What is asked of a pilot on a day."""

    days: tuple[date, ...]
    """The cut-offs; none before the first whole week is over."""
    protocol: FrozenProtocol
    """With what is watched besides."""
    seal: str
    """Where it is another than that of the figures kept, they are to be made anew."""


def asked(pilot: Pilot, today: date) -> Question:
    """Return what is asked of a pilot; raises what `monitoring` raises."""
    conditions = queries.conditions(pilot)
    if pilot.protocol is None:
        raise rules.ProtocolNotFrozen()
    days = cut_offs(conditions.starts_on, conditions.ends_on, today)
    if days:
        rules.check_cut_off(conditions, days[-1], today)
    document = queries.document(pilot.protocol)
    frozen = read(document)
    watched = watching.entries(frozen, watching.watching(pilot.audit_id))
    told = [document, [entry.code for entry in watched], [day.isoformat() for day in days]]
    protocol = replace(frozen, indicators=frozen.indicators + watched)
    return Question(tuple(days), protocol, sha256(canonical(told)))


def outdated(today: date, made_on: Callable[[datetime], date]) -> list[Pilot]:
    """Return the pilots whose figures are to be made anew on a day; `made_on` gives the day of a moment.

    Those of which something else is asked than was; and once a day, until two weeks after the
    end, those that run, since rosters and plans change.
    """
    found = []
    for pilot in queries.every_pilot():
        try:
            question = asked(pilot, today)
        except (rules.ProtocolNotFrozen, rules.PilotCannotRun):
            continue
        row = _row(pilot)
        if question.days and (row is None or row.seal != question.seal or _daily(question, row, today, made_on)):
            found.append(pilot)
    return found


def _daily(question: Question, row: Worked, today: date, made_on: Callable[[datetime], date]) -> bool:
    return made_on(row.made_at) < today <= question.protocol.ends_on + AFTERWARDS


def _row(pilot: Pilot) -> Worked | None:
    return db.session.get(Worked, pilot.id)


def _followed(entry: FrozenIndicator, found: Figures) -> Followed:
    return Followed(entry, found.shown[entry.code])


def _watchpoints(pilot: Pilot, frozen: FrozenProtocol, found: Figures) -> tuple[Watchpoint, ...]:
    """Return the points as they are today, beside the figures as they were worked out."""
    shown: Mapping[str, Sequence[Provisional]] = found.shown
    return tuple(
        watching.watchpoint(point, point.watch, frozen, shown, found.cut_offs)
        for point in watching.watching(pilot.audit_id)
        if point.watch
    )
