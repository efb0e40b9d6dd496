"""The audit's points of vigilance as live watch-points. It changes nothing: a warning is for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lms.audit import queries as audits
from lms.audit.document import Watch
from lms.audit.models import VigilanceStatus
from lms.audit.queries import WatchedPoint
from lms.evaluation.indicators.definition import Definition
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.monitoring.limits import crossed, crossed_since
from lms.evaluation.monitoring.provisional import WATCHED
from lms.evaluation.monitoring.weekly import Provisional
from lms.evaluation.protocol import FrozenIndicator, FrozenProtocol
from lms.evaluation.verdict import Direction, Rule


@dataclass(frozen=True)
class Watchpoint:
    """A point of vigilance with its limit, and where its indicator stands at the last cut-off."""

    point: WatchedPoint
    watch: Watch
    definition: Definition | None
    """None where the audit names an indicator that there is not."""
    last: Provisional | None
    crossed: bool | None
    """None where there is no value to compare."""
    since: date | None
    """The cut-off from which it has been crossed without a break."""


def watching(audit_id: int) -> list[WatchedPoint]:
    """Return the points of an audit that watch an indicator and are not lifted."""
    points = audits.vigilance_points(audit_id)
    return [point for point in points if point.watch and point.status is not VigilanceStatus.LIFTED]


def entries(protocol: FrozenProtocol, points: Sequence[WatchedPoint]) -> tuple[FrozenIndicator, ...]:
    """Return what must be computed for the points and is not in the protocol, with its definition's defaults.

    An indicator that must be told something (which modules are tests, which tasks) is watched
    only where the protocol says it.
    """
    codes = dict.fromkeys(point.watch.indicator for point in points if point.watch)
    wanted = [INDICATORS[code] for code in codes if code in INDICATORS and _entry(protocol, code) is None]
    return tuple(_by_default(definition) for definition in wanted if not any(o.required for o in definition.options))


def _by_default(definition: Definition) -> FrozenIndicator:
    rule = Rule(
        threshold=0.0,
        direction=definition.direction,
        n_min=definition.n_min,
        min_teams=definition.min_teams,
        icc0=definition.icc0,
        people_min=definition.people_min,
        unit=definition.unit,
    )
    return FrozenIndicator(definition.code, definition, WATCHED, (), {}, rule, None, critical=False, primary=False)


def _entry(protocol: FrozenProtocol, code: str) -> FrozenIndicator | None:
    """Return the protocol's indicator of that code, or its first use of that definition."""
    own = [entry for entry in protocol.indicators if code in (entry.code, entry.definition.code)]
    return min(own, key=lambda entry: entry.code != code, default=None)


def watchpoint(
    point: WatchedPoint,
    watch: Watch,
    protocol: FrozenProtocol,
    shown: Mapping[str, Sequence[Provisional]],
    cut_offs: Sequence[date],
) -> Watchpoint:
    """Return where a point stands; `shown` has what was shown at each cut-off, by indicator."""
    entry = _entry(protocol, watch.indicator)
    trend = shown.get(entry.code, ()) if entry else ()
    direction = Direction(watch.direction)
    beyond = [crossed(one.figures["value"], direction, watch.limit) for one in trend]
    return Watchpoint(
        point=point,
        watch=watch,
        definition=entry.definition if entry else INDICATORS.get(watch.indicator),
        last=trend[-1] if trend else None,
        crossed=beyond[-1] if beyond else None,
        since=crossed_since(list(zip(cut_offs, beyond, strict=False))),
    )
