"""The audit file: what it refuses, where; what it keeps."""

from textwrap import dedent

import pytest

from lms.audit import file
from lms.kernel.refusals import FileRefused

MINIMAL = """
format: etabli-audit/1
code: A1
title: {fr: Audit, en: Audit}
summary: {fr: Résumé}
"""


def read(text: str):
    return file.read(dedent(text).encode(), "audit.yaml")


@pytest.mark.parametrize(
    ("added", "code", "line"),
    [
        ("titel: {fr: x}", "extra_forbidden", 6),  # a field that does not exist
        ("code: A2", "document.duplicate_key", 6),  # the same key twice
        ("findings:\n  - {code: F1, statement: {fr: x}, polarity: maybe}", "enum", 7),  # a word that is not a choice
        (
            "findings:\n  - code: F1\n    statement: {fr: x}\n    polarity: asset\n    evidence: [E9]",
            "audit.unknown_code", 10,
        ),
        (
            "evidence:\n  - {code: E1, source_type: interview, excerpt: {fr: x}}\n"
            "  - {code: E1, source_type: measure, excerpt: {fr: y}}",
            "audit.code_twice", 7,
        ),
        (
            "recommendations:\n  - code: P1\n    statement: {fr: x}\n    testable: 'yes'\n    status: accepted",
            "audit.decision_unsigned", 10,  # accepted, by nobody
        ),
        (
            "vigilance:\n  - code: V1\n    statement: {fr: x}\n    likelihood: 2\n    severity: 5\n"
            "    lifted_when: {fr: x}",
            "less_than_equal", 10,  # severity goes to 4
        ),
        (
            "vigilance:\n  - code: V1\n    statement: {fr: x}\n    likelihood: 2\n    severity: 2\n"
            "    lifted_when: {fr: x}\n    status: lifted\n    lifted_on: 2026-01-01",
            "audit.lifted_needs_evidence", 12,
        ),
        ("institution: \"a\\0b\"", "audit.not_printable", 6),  # no database keeps it
        (
            "evidence:\n  - {code: E1, source_type: interview, excerpt: {fr: x}, role: hr,\n"
            f"     shift_band: {'x' * 41}}}", "string_too_long", 8,
        ),
        (
            "evidence:\n  - code: E1\n    source_type: interview\n"
            f"    excerpt: {{fr: {'x' * 301}}}", "string_too_long", 9,
        ),  # a quotation has at most 300 characters
        ("actions:\n  - {code: X1, title: {fr: x}, status: done}", "audit.done_needs_date", 7),
    ],
)  # fmt: skip
def test_faults_are_named_with_their_line(added: str, code: str, line: int) -> None:
    with pytest.raises(FileRefused) as refused:
        read(MINIMAL + added)
    assert (code, line) in [(problem.code, problem.line) for problem in refused.value.problems]


def test_writing_and_reading_keeps_everything(case_audit: bytes) -> None:
    document = file.read(case_audit, "case.yaml")
    assert file.read(file.write(document), "again.yaml") == document


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(FileRefused) as refused:
        read(MINIMAL + "panel:\n  - {role: hr, met: -1}\n  - {role: cook, met: 1}")
    assert [problem.line for problem in refused.value.problems] == [7, 8]
