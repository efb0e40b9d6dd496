"""What a pilot shows at the end of its last whole week, and which of its points of vigilance warn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lms.delivery import queries as delivery
from lms.evaluation import queries, rules
from lms.evaluation.models import Pilot
from lms.evaluation.monitoring import use, watching
from lms.evaluation.monitoring.access import Access
from lms.evaluation.monitoring.happening import access
from lms.evaluation.monitoring.provisional import READ_BESIDES, Reading, figures, is_watched, reading
from lms.evaluation.monitoring.use import Outage, ShiftUse
from lms.evaluation.monitoring.watching import Watchpoint
from lms.evaluation.monitoring.weekly import Provisional, cut_offs, published
from lms.evaluation.protocol import FrozenIndicator, FrozenProtocol, read


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

    @property
    def as_of(self) -> date:
        """The last cut-off."""
        return self.cut_offs[-1]


def monitoring(pilot: Pilot, today: date) -> Monitoring | None:
    """Return what a pilot shows; None before its first whole week is over.

    Raises a refusal while no protocol is frozen (the rule comes before the data) or the
    pilot could not run.
    """
    found = _weeks(pilot, today)
    if not found:
        return None
    last = found[-1]
    shown = _shown(found)
    told = last.kept("use", lambda: _use(last))
    return Monitoring(
        cut_offs=tuple(one.at.as_of for one in found),
        indicators=tuple(_followed(entry, shown) for entry in last.protocol.indicators if not is_watched(entry)),
        watchpoints=_watchpoints(pilot, found, shown),
        shifts=told[0],
        outages=told[1],
        access=tuple(access(last)),
        terminals={one.id: one.name for one in delivery.every_terminal()},
        protocol=last.protocol,
        simulated=any(row.simulated for row in last.people.assigned),
    )


def alerts(pilot: Pilot, today: date) -> tuple[Watchpoint, ...]:
    """Return the points of vigilance whose limit is crossed; none while the pilot shows nothing."""
    if not watching.watching(pilot.audit_id):
        return ()
    try:
        found = _weeks(pilot, today)
    except (rules.ProtocolNotFrozen, rules.PilotCannotRun):
        return ()
    if not found:
        return ()
    return tuple(one for one in _watchpoints(pilot, found, _shown(found)) if one.crossed)


def _weeks(pilot: Pilot, today: date) -> list[Reading]:
    """Return what is read at each cut-off of a pilot that could run by the first."""
    conditions = queries.conditions(pilot)
    if pilot.protocol is None:
        raise rules.ProtocolNotFrozen()
    days = cut_offs(conditions.starts_on, conditions.ends_on, today)
    if days:
        rules.check_cut_off(conditions, days[-1], today)
    amendments = queries.amendments(pilot.protocol)
    frozen = read(queries.document(pilot.protocol))
    frozen = replace(frozen, indicators=frozen.indicators + watching.entries(frozen, watching.watching(pilot.audit_id)))
    seal = f"{pilot.protocol.sha256} {len(amendments)}"
    return [reading(frozen, seal, day, READ_BESIDES if day == days[-1] else frozenset()) for day in days]


def _shown(found: Sequence[Reading]) -> dict[str, list[Provisional]]:
    """Return what may be shown of each indicator at each cut-off."""
    computed = [figures(one) for one in found]
    protocol = found[-1].protocol
    return {
        entry.code: published([one[entry.code] for one in computed], _least(entry, protocol))
        for entry in protocol.indicators
    }


def _least(entry: FrozenIndicator, protocol: FrozenProtocol) -> int:
    return protocol.smallest_opinions if entry.definition.opinion else protocol.smallest_group


def _followed(entry: FrozenIndicator, shown: Mapping[str, Sequence[Provisional]]) -> Followed:
    return Followed(entry, tuple(shown[entry.code]))


def _watchpoints(
    pilot: Pilot, found: Sequence[Reading], shown: Mapping[str, Sequence[Provisional]]
) -> tuple[Watchpoint, ...]:
    protocol, days = found[-1].protocol, [one.at.as_of for one in found]
    return tuple(
        watching.watchpoint(point, point.watch, protocol, shown, days)
        for point in watching.watching(pilot.audit_id)
        if point.watch
    )


def _use(found: Reading) -> tuple[tuple[ShiftUse, ...], tuple[Outage, ...]]:
    facts = found.facts
    shifts = use.by_shift(facts, found.protocol.smallest_group)
    return tuple(shifts), tuple(use.outages(facts.service, facts.starts_on, facts.as_of))
