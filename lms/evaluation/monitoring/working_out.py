"""The figures of a running pilot, made apart and kept for whoever reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from pydantic import TypeAdapter

from lms.evaluation.monitoring import use
from lms.evaluation.monitoring.access import Access
from lms.evaluation.monitoring.happening import access
from lms.evaluation.monitoring.models import Worked
from lms.evaluation.monitoring.provisional import READ_BESIDES, Reading, figures, reading
from lms.evaluation.monitoring.use import Outage, ShiftUse
from lms.evaluation.monitoring.weekly import Provisional, published
from lms.evaluation.protocol import FrozenIndicator, FrozenProtocol
from lms.kernel.database import db
from lms.kernel.jobs.kinds import Report, silent


@dataclass(frozen=True)
class Figures:
    """What is kept of a pilot: nothing of it names a person, not even by number."""

    cut_offs: tuple[date, ...]
    shown: Mapping[str, tuple[Provisional, ...]]
    """What may be shown of each indicator at each cut-off, by its code."""
    shifts: tuple[ShiftUse, ...]
    outages: tuple[Outage, ...]
    access: tuple[Access, ...]
    simulated: bool
    records_up_to: int


def work_out(frozen: FrozenProtocol, days: Sequence[date], report: Report = silent) -> Figures:
    """Return the figures at each cut-off; a step is a week."""
    weeks: list[Mapping[str, Provisional]] = []
    last: Reading | None = None
    for day in days:
        report(len(weeks), len(days))
        last = reading(frozen, day, READ_BESIDES if day == days[-1] else frozenset())
        weeks.append(figures(last))
    if last is None:
        raise ValueError("no cut-off")
    return _figures(days, weeks, last)


def _figures(days: Sequence[date], weeks: Sequence[Mapping[str, Provisional]], last: Reading) -> Figures:
    protocol, facts = last.protocol, last.facts
    shown = {
        entry.code: published([week[entry.code] for week in weeks], _least(entry, protocol))
        for entry in protocol.indicators
    }
    return Figures(
        cut_offs=tuple(days),
        shown={code: tuple(replace(one, counted=frozenset()) for one in trend) for code, trend in shown.items()},
        shifts=tuple(use.by_shift(facts, protocol.smallest_group)),
        outages=tuple(use.outages(facts.service, facts.starts_on, facts.as_of)),
        access=tuple(access(last)),
        simulated=any(row.simulated for row in last.people.assigned),
        records_up_to=last.at.up_to,
    )


def _least(entry: FrozenIndicator, protocol: FrozenProtocol) -> int:
    return protocol.smallest_opinions if entry.definition.opinion else protocol.smallest_group


def keep(pilot_id: int, seal: str, found: Figures, now: datetime) -> None:
    """Keep figures in the place of those before."""
    row = Worked(
        pilot_id=pilot_id,
        seal=seal,
        cut_off=found.cut_offs[-1],
        records_up_to=found.records_up_to,
        made_at=now,
        figures=_written().dump_python(found, mode="json"),
    )
    db.session.merge(row)
    db.session.flush()


def read_figures(row: Worked) -> Figures:
    """Return the figures that were kept."""
    return _written().validate_python(row.figures)


@cache
def _written() -> TypeAdapter[Figures]:
    return TypeAdapter(Figures)
