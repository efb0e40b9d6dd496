"""What the decision rule proposes (evaluation reference, section 8). Pure; the steering group decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lms.evaluation.indicators.definition import Family
from lms.evaluation.verdict import RecommendationVerdict, Verdict

Row = Mapping[str, Any]
HARMS = frozenset({"Q4", "B2"})
"""Work outside working hours, incidents; gaps between groups (the family of equity) count as harm too."""
STOPPING = 2
"""So many critical indicators not met stop a pilot, unless a correction is credible."""


class Decision(StrEnum):
    """What may be decided at the end of a pilot."""

    GENERALISE = "generalise"
    ADJUST = "adjust"
    STOP = "stop"


class Ground(StrEnum):
    """Why the rule proposes what it proposes."""

    HARM = "harm"
    CRITICAL_NOT_MET = "critical_not_met"
    OPEN = "open"
    ALL_MET = "all_met"
    BLOCKING_VIGILANCE = "blocking_vigilance"
    COST_NOT_ACCEPTED = "cost_not_accepted"
    NOTHING_JUDGED = "nothing_judged"


@dataclass(frozen=True)
class Because:
    """A ground, with the codes of the indicators, recommendations or points it rests on."""

    ground: Ground
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """The decision proposed, its grounds, and what would have to change or be settled."""

    decision: Decision
    because: tuple[Because, ...]
    change: tuple[str, ...]
    """Indicators that are not met: what they measure has to change."""
    settle: tuple[tuple[str, int | None], ...]
    """Inconclusive indicators, and about how many people would settle each, if that can be said."""
    cost_measured: bool
    """Whether any indicator of cost got a verdict; if none did, accepting the cost is left to those who decide."""


def propose(figures: Row, vigilance: Sequence[Row], families: Mapping[str, str]) -> Proposal:
    """Return what the rule proposes from an evaluation's figures and points of vigilance.

    `families` names the family of each indicator by its code. Stop for a harm that is not
    within bounds or for two critical indicators not met; generalise when all critical ones
    are met, no blocking point of vigilance is open and the cost is accepted; adjust and
    extend otherwise. Whether a harm can be corrected is for people to say.
    """
    judged = [row for row in figures["indicators"] if row["verdict"] is not None]
    failed = [row for row in judged if row["verdict"] == Verdict.NOT_MET]
    harms = _codes(row for row in failed if row["indicator"] in HARMS or families[row["code"]] == Family.EQUITY)
    critical = _codes(row for row in failed if row["critical"])
    against = _against(figures, judged, vigilance, families)
    change = _codes(failed)
    settle = tuple((row["code"], row["n_to_settle"]) for row in judged if row["verdict"] == Verdict.INCONCLUSIVE)
    measured = any(families[row["code"]] == Family.COSTS for row in judged)
    if harms or len(critical) >= STOPPING:
        grounds = (Because(Ground.HARM, harms), Because(Ground.CRITICAL_NOT_MET, critical))
        stopping = tuple(one for one in grounds if one.codes)
        return Proposal(Decision.STOP, stopping, change, settle, measured)
    if against:
        return Proposal(Decision.ADJUST, against, change, settle, measured)
    return Proposal(Decision.GENERALISE, (Because(Ground.ALL_MET),), change, settle, measured)


def _against(
    figures: Row, judged: Sequence[Row], vigilance: Sequence[Row], families: Mapping[str, str]
) -> tuple[Because, ...]:
    """Return everything that speaks against generalising."""
    tested = [row for row in figures["recommendations"] if row["verdict"] != RecommendationVerdict.OUTSIDE_PILOT]
    costs = [row for row in judged if families[row["code"]] == Family.COSTS]
    found = {
        Ground.CRITICAL_NOT_MET: _codes(row for row in judged if row["critical"] and row["verdict"] == Verdict.NOT_MET),
        Ground.OPEN: _codes(row for row in tested if row["verdict"] == RecommendationVerdict.INCONCLUSIVE),
        Ground.BLOCKING_VIGILANCE: _codes(row for row in vigilance if row["blocking"] and row["status"] != "lifted"),
        Ground.COST_NOT_ACCEPTED: _codes(row for row in costs if row["verdict"] != Verdict.MET),
    }
    if not tested:
        return (Because(Ground.NOTHING_JUDGED),)
    return tuple(Because(ground, codes) for ground, codes in found.items() if codes)


def _codes(rows: Any) -> tuple[str, ...]:
    return tuple(row["code"] for row in rows)
