"""What a whole audit may not say: decisions unsigned, dates that cannot be, points lifted for nothing."""

from datetime import date
from textwrap import dedent

import pytest

from lms.audit import file
from lms.audit.document import AuditDocument
from lms.audit.faults import faults, succession_faults
from lms.kernel.refusals import FileRefused

TODAY = date(2026, 6, 1)
MINIMAL = """
format: etabli-audit/1
code: A1
title: {en: Audit}
summary: {en: Why}
started_on: 2026-01-05
evidence:
  - {code: E1, source_type: measure, excerpt: {en: x}}
findings:
  - {code: C1, statement: {en: x}, polarity: asset, evidence: [E1]}
"""
FINDING = "  - {code: C2, statement: {en: x}, polarity: asset, evidence: [E1], "
ADVICE = "recommendations:\n  - {code: P1, statement: {en: x}, testable: 'yes', "
ACTION = "actions:\n  - {code: X1, title: {en: x}, "
POINT = "vigilance:\n  - {code: V1, statement: {en: x}, likelihood: 2, severity: 2, lifted_when: {en: x}, "
LIFTED = "status: lifted, lifted_by: Board, lifted_on: 2026-02-02, observed_on: 2026-02-01, evidence: E1}"


def read(added: str) -> AuditDocument:
    return file.read((dedent(MINIMAL) + added).encode(), "audit.yaml", TODAY)


@pytest.mark.parametrize(
    ("added", "code"),
    [
        (FINDING + "validated_by: A, validated_on: 2026-05-01, "
         "second_validated_by: a, second_validated_on: 2026-05-02}",
         "audit.same_validator"),
        (FINDING + "second_validated_by: B, second_validated_on: 2026-05-02}", "audit.second_validator_alone"),
        (FINDING + "validated_by: A}", "audit.validation_unsigned"),
        (FINDING + "validated_on: 2026-05-02}", "audit.validation_unsigned"),
        (ADVICE + "findings: []}", "audit.recommendation_without_finding"),
        ("  - {code: C2, statement: {en: x}, polarity: asset}\n" + ADVICE + "findings: [C2]}",
         "audit.recommendation_without_evidence"),
        (ADVICE + "findings: [C1], status: deferred, decided_by: Board, decided_on: 2026-05-01}",
         "audit.decision_unsigned"),  # why?
        (ADVICE + "findings: [C1], status: accepted, decided_by: Board, decided_on: 2025-12-31, decision_reason: x}",
         "audit.too_early"),
        (ADVICE + "findings: [C1], status: accepted, decided_by: Board, decided_on: 2026-06-02, decision_reason: x}",
         "audit.in_the_future"),
        (ACTION + "due_on: 2025-12-31}", "audit.too_early"),
        (ACTION + "status: done, done_on: 2026-02-01}", "audit.done_needs_proof"),
        (ACTION + "status: cancelled}", "audit.cancelled_needs_reason"),
        (ACTION + "cancelled_reason: x}", "audit.cancelled_needs_reason"),
        (ACTION + "status: done, proof: {en: x}, done_on: 2026-07-01}", "audit.in_the_future"),
        (ACTION + "due_on: 2026-03-01, milestones: [{title: {en: x}, due_on: 2026-03-02}]}",
         "audit.milestone_after_action"),
        (ACTION + "milestones: [{title: {en: x}, done_on: 2026-06-02}]}", "audit.in_the_future"),
        (POINT + LIFTED.replace("evidence: E1", "owner: x"), "audit.lifted_needs_evidence"),
        (POINT + LIFTED.replace("lifted_by: Board, ", ""), "audit.lifted_needs_evidence"),
        (POINT + LIFTED.replace("observed_on: 2026-02-01, ", ""), "audit.observed_needs_date"),
        (POINT + LIFTED.replace("observed_on: 2026-02-01", "observed_on: 2026-02-03"), "audit.too_early"),
        (POINT + "status: observed}", "audit.observed_needs_date"),
        (POINT + "status: mitigating}", "audit.mitigating_needs_words"),
        (POINT + "reopened_on: 2026-03-01}", "audit.reopened_needs_reason"),
        (POINT + "watch: {indicator: C6, direction: le}}", "missing"),
        (POINT + "watch: {indicator: C6, direction: lt, limit: 1}}", "literal_error"),
        (POINT + "watch: {indicator: C6, direction: le, limit: .nan}}", "finite_number"),
        ("maturity:\n  - {process: MAT-S1, delivery: 2}", "audit.rating_needs_evidence"),
        ("maturity:\n  - {process: MAT-S1, delivery: 4, delivery_evidence: [E1]}", "less_than_equal"),
        ("maturity:\n  - {process: MAT-S1}\n  - {process: MAT-S1}", "audit.line_twice"),
        ("gates:\n  - {gate: time, evidence: [E7]}", "audit.unknown_code"),
        ("moments:\n  - {moment: kick-off, planned_on: 2026-05-02}\n  - {moment: end, planned_on: 2026-05-01}",
         "audit.too_early"),
        ("moments:\n  - {moment: kick-off, planned_on: 2026-05-02, held_on: 2026-06-02}", "audit.in_the_future"),
        ("delivered_on: 2026-01-04", "audit.too_early"),
        ("inventory:\n  arrangements:\n    - {code: A, title: {en: x}, mode: afest, outcome: modules, "
         "outcome_reason: {en: x}}", "audit.outcome_needs_modules"),
        ("inventory:\n  arrangements:\n    - {code: A, title: {en: x}, mode: afest, outcome: dropped, "
         "outcome_reason: {en: x}, modules: [m]}", "audit.outcome_without_modules"),
        ("inventory:\n  arrangements:\n    - {code: A, title: {en: x}, mode: afest, outcome: hands-on}",
         "audit.outcome_needs_reason"),
        ("inventory:\n  trainers:\n    - {code: T, title: {en: x}, role: tutor, trained_on: 2027-01-01}",
         "audit.in_the_future"),
    ],
)  # fmt: skip
def test_what_an_audit_may_not_say(added: str, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(added)
    assert {problem.code for problem in refused.value.problems} == {code}
    assert all(problem.line is not None for problem in refused.value.problems)


def test_coders_are_two_people() -> None:
    said = {"code": "E2", "source_type": "measure", "excerpt": {"en": "x"}, "coder": "A", "second_coder": "a"}
    document = read("")
    data = document.model_dump() | {"evidence": [said]} | {"findings": []}
    assert [fault.code for fault in faults(AuditDocument.model_validate(data))] == ["audit.same_coder"]


def test_a_sound_audit_has_no_fault() -> None:
    read(POINT + LIFTED)
    read(POINT + "status: open, reopened_on: 2026-03-01, reopened_reason: x}")


def test_a_lifted_point_opens_again_with_a_reason_only() -> None:
    lifted, opened = read(POINT + LIFTED), read(POINT + "status: open}")
    early = read(POINT + "status: open, reopened_on: 2026-02-01, reopened_reason: x}")
    reopened = read(POINT + "status: open, reopened_on: 2026-03-01, reopened_reason: x}")
    assert [fault.code for fault in succession_faults(lifted, opened)] == ["audit.reopened_needs_reason"]
    assert [fault.code for fault in succession_faults(lifted, early)] == ["audit.reopened_needs_reason"]
    assert not list(succession_faults(lifted, reopened))
    assert not list(succession_faults(opened, opened))
    assert not list(succession_faults(reopened, lifted))
