"""One entry changed, added, taken away; who refers to whom."""

import pytest

from lms.audit import editing, file
from lms.audit.document import SECTIONS, AuditDocument, entries
from lms.audit.faults import faults
from lms.audit.texts import key_of


@pytest.fixture
def case(case_audit: bytes) -> AuditDocument:
    return file.read(case_audit, "case.yaml")


@pytest.mark.parametrize("section", SECTIONS)
def test_an_entry_is_put_in_its_place_and_nothing_else_moves(case: AuditDocument, section: str) -> None:
    first, *others = entries(case, section)
    changed = first.model_copy(update={"provenance": "known" if first.provenance != "known" else "illustrative"})
    after = editing.with_entry(case, section, changed)
    assert entries(after, section) == [changed, *others]
    assert editing.with_entry(after, section, first) == case


@pytest.mark.parametrize("section", SECTIONS)
def test_what_is_added_can_be_found_and_taken_away(case: AuditDocument, section: str) -> None:
    last = entries(case, section)[-1]
    key = key_of(last)
    smaller = editing.without(case, section, key)
    assert editing.find(smaller, section, key) is None
    assert editing.with_new(smaller, section, last) == case


def test_codes_are_counted_on(case: AuditDocument) -> None:
    assert editing.proposed_code(case, "findings") == "C6"
    assert editing.proposed_code(case.model_copy(update={"findings": []}), "findings") == "C1"
    holed = editing.without(case, "findings", "C2")
    assert editing.proposed_code(holed, "findings") == "C2"
    assert editing.proposed_code(case, "maturity") == ""  # told apart by what they are


def test_a_new_entry_with_a_code_in_use_is_the_faulty_one(case: AuditDocument) -> None:
    doubled = editing.with_new(case, "findings", case.findings[0])
    found = [(fault.code, fault.path) for fault in faults(doubled)]
    assert ("audit.code_twice", (*editing.path_of(doubled, "findings", "C1"), "code")) in found
    assert editing.path_of(doubled, "findings", "C1") == ("findings", 5)


def test_who_refers_to_an_entry(case: AuditDocument) -> None:
    referring = editing.referring(case)
    assert referring["evidence", "E13"] == [("maturity", "MAT-S1"), ("maturity", "MAT-S3")]
    assert referring["trainers", "TR3"] == [("arrangements", "AR3")]
    assert referring["findings", "C3"] == [("recommendations", "P2"), ("recommendations", "P5")]
    assert referring["recommendations", "P4"] == [("actions", "ACT4")]
    assert ("evidence", "E99") not in referring


def test_languages_are_those_of_the_texts(case: AuditDocument) -> None:
    point = case.vigilance[0].model_copy(update={"warning_sign": {"ar": "علامة"}})
    assert editing.languages(editing.with_entry(case, "vigilance", point), ["fr", "de"]) == ["fr", "de", "ar", "en"]
