"""What people of a shift say of the project beside what people of that shift do in it. Pure.

Opinions are anonymous: groups alone stand side by side, never persons, and neither half
explains the other (evaluation reference, annex B: adhesion is reported next to R1 and A2).
Opinions are those of a whole shift of operators, use is that of those concerned in the pilot
teams of the shift.
"""

from collections.abc import Sequence
from typing import Any

from lms.evaluation.comparing import Arms
from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators import reach, surveying, weekly_active
from lms.evaluation.masking import held_shifts
from lms.evaluation.measures.case import Case, grouped, persons
from lms.evaluation.protocol import FrozenProtocol
from lms.evaluation.rounding import rounded
from lms.surveys import results, scoring
from lms.surveys.queries import WaveFacts
from lms.surveys.results import GroupFigures
from lms.surveys.rules import Band

Document = dict[str, Any]

NEEDS = frozenset({Need.WORK, Need.SURVEYS})
ADHESION = surveying.instrument("ADH", surveying.OPERATORS)


def said_and_did(protocol: FrozenProtocol, facts: Facts) -> Document | None:
    """Return the newest wave on adhesion since the pilot began beside reach and weekly activity, by shift.

    The first row is of all shifts. None where no such wave has closed or nobody was to learn anything.
    """
    waves = ADHESION.waves(facts)
    trying = Arms(protocol.compared).trying(facts)
    if not waves or not trying.assigned:
        return None
    wave = waves[-1]
    said, did = _said(wave, facts, protocol.smallest_opinions), _did(trying, protocol.smallest_group)
    shifts = sorted({shift for shift in said.keys() | did.keys() if shift is not None})
    return {
        "wave": wave.code,
        "closed_on": facts.day(wave.closes_at).isoformat(),
        "illustrative": wave.illustrative,
        "rows": [_row(shift, said.get(shift), did.get(shift)) for shift in (None, *shifts)],
    }


def _said(wave: WaveFacts, facts: Facts, least: int) -> dict[str | None, GroupFigures]:
    """Return the operators' figures by shift, masked as the results of the wave mask them."""
    sheets = [sheet for sheet in facts.sheets if sheet.wave_code == wave.code]
    found = results.figures(wave.instrument, wave.cells, sheets, wave.scale_points, least)
    own = [group for group in found.groups if group.band is Band.OPERATOR]
    # Sheets that do not say their shift are a part of the whole alone.
    by_shift = {group.shift: group for group in own if not group.alone or group.shift is not None}
    shifts = {cell.shift for cell in wave.cells if cell.band is Band.OPERATOR}
    # A single shift has no line of its own beside the whole.
    return by_shift | dict.fromkeys(shifts, by_shift[None]) if len(shifts) == 1 and by_shift else by_shift


def _did(facts: Facts, least: int) -> dict[str | None, tuple[int, float, float | None]]:
    """Return people, reach and weekly activity by shift; what would tell of few people is left out."""
    reached, active = reach.cases(facts), weekly_active.cases(facts)
    shown = _shown(reached, active, least)
    groups: dict[str | None, list[Case]] = {None: reached}
    groups.update(grouped(reached, lambda case: case.shift))
    return {
        shift: (len(own), _share(own), _weekly([case for case in active if shift in (None, case.shift)], least))
        for shift, own in groups.items()
        if shift in shown
    }


def _shown(reached: Sequence[Case], active: Sequence[Case], least: int) -> set[str | None]:
    if len(reached) < least:
        return set()
    held = held_shifts(reach.REACH, reached, least) | held_shifts(weekly_active.WEEKLY_ACTIVE, active, least)
    return {None, *(case.shift for case in reached if case.shift not in held)}


def _share(cases: Sequence[Case]) -> float:
    return sum(bool(case.success) for case in cases) / len(cases)


def _weekly(cases: Sequence[Case], least: int) -> float | None:
    """Return the mean over weeks of the share of those present who were active (A2); None of too few people."""
    weeks = grouped(cases, lambda case: case.group)
    if not weeks or persons(cases) < least:
        return None
    return sum(_share(week) for week in weeks.values()) / len(weeks)


def _row(shift: str | None, said: GroupFigures | None, did: tuple[int, float, float | None] | None) -> Document:
    scores = None if said is None or said.scores.hidden else said.scores
    people, reached, active = did or (None, None, None)
    return {
        "shift": shift,
        "answers": scores.n if scores else None,
        "mean": scoring.whole(scores.mean) if scores and scores.mean is not None else None,
        "favourable": rounded(scores.favourable / scores.n) if scores else None,
        "people": people,
        "reached": rounded(reached) if reached is not None else None,
        "active": rounded(active) if active is not None else None,
    }
