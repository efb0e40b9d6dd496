"""The maturity grid and the gates: medians, and what stands in the way of a pilot (section 1.5)."""

from datetime import date

import pytest

from lms.audit.maturity import (
    Dimension,
    Gate,
    GateName,
    GateState,
    Process,
    ProcessRating,
    Shortfall,
    gate_state,
    heat_map,
    readiness,
)

DAY = date(2026, 1, 5)


def rated(process: Process, **ratings: int) -> ProcessRating:
    return ProcessRating.model_validate({"process": process, **ratings})


def gate(name: GateName, value: float | None = None, **more: object) -> Gate:
    return Gate.model_validate({"gate": name, "value": value, "recorded_on": DAY, "evidence": ["E1"], **more})


def test_an_area_is_the_median_of_what_was_rated_in_it() -> None:
    found = heat_map([rated(Process.L1, delivery=0), rated(Process.L2, delivery=3), rated(Process.L3, planning=2)])
    assert found["learning", Dimension.DELIVERY] == 1.5  # 0 and 3; the third was not assessed
    assert found["learning", Dimension.PLANNING] == 2
    assert found["learning", Dimension.OPTIMISATION] is None
    assert found["support", Dimension.DELIVERY] is None
    assert len(found) == 25


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (None, GateState.UNPROVEN),
        (gate(GateName.NETWORK, 1.9), GateState.PASSED),
        (gate(GateName.NETWORK, 2), GateState.FAILED),  # below 2, not at it
        (gate(GateName.NETWORK), GateState.UNPROVEN),
        (gate(GateName.NETWORK, 1, evidence=[]), GateState.UNPROVEN),
        (gate(GateName.TRAINERS, 1), GateState.PASSED),
        (gate(GateName.TRAINERS, 0), GateState.FAILED),
        (gate(GateName.TIME, 3), GateState.FAILED),  # above 3, not at it
        (gate(GateName.TIME, 3.1), GateState.PASSED),
        (gate(GateName.WORKS_COUNCIL), GateState.PASSED),
        (gate(GateName.WORKS_COUNCIL, recorded_on=None), GateState.UNPROVEN),
        (gate(GateName.DATA_PROTECTION, evidence=[]), GateState.UNPROVEN),
    ],
)
def test_a_gate_is_passed_with_a_value_a_day_and_evidence(record: Gate | None, state: GateState) -> None:
    assert gate_state(record) is state


GOOD = [rated(process, delivery=2 if process in (Process.S1, Process.O2) else 1) for process in Process]
PASSED = [
    gate(GateName.NETWORK, 0.4),
    gate(GateName.WORKS_COUNCIL),
    gate(GateName.DATA_PROTECTION),
    gate(GateName.TRAINERS, 2),
    gate(GateName.TIME, 3.4),
]


def test_a_pilot_may_begin_when_nothing_stands_in_its_way() -> None:
    assert readiness(GOOD, PASSED).ready


@pytest.mark.parametrize(
    ("process", "rating", "least"),
    [(Process.S1, 1, 2), (Process.O2, 1, 2), (Process.L1, 0, 1), (Process.E2, None, 1)],
)
def test_one_process_is_enough_to_stop_it(process: Process, rating: int | None, least: int) -> None:
    others = [row for row in GOOD if row.process is not process]
    weak = [] if rating is None else [rated(process, delivery=rating)]
    assert readiness([*others, *weak], PASSED).shortfalls == (Shortfall(process, rating, least),)


@pytest.mark.parametrize("left_out", GateName)
def test_one_gate_is_enough_to_stop_it(left_out: GateName) -> None:
    found = readiness(GOOD, [record for record in PASSED if record.gate is not left_out])
    assert not found.ready
    assert found.gates == ((left_out, GateState.UNPROVEN),)
