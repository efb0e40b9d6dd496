"""What is a statement and what is not."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given

from lms.records.xapi.shapes import Fault
from lms.records.xapi.statement import statement
from tests.records.xapi.strategies import statements

PLAIN = {
    "actor": {"mbox": "mailto:a@example.org"},
    "verb": {"id": "http://example.org/did"},
    "object": {"id": "http://example.org/thing"},
}


def verdict(document: object) -> int:
    try:
        statement(document)
    except Fault:
        return 400
    return 200


def test_every_case_of_the_conformance_tests(shared: Path) -> None:
    """The statement cases of the ADL LRS conformance tests for 1.0.3."""
    cases = [json.loads(line) for line in (shared / "fixtures/xapi/adl_1.0.3_statement_cases.jsonl").open()]
    wrong = [case["name"] for case in cases if verdict(case["statement"]) != case["expect"]]
    assert (len(cases), wrong) == (373, [])


def test_the_examples_of_the_specification(shared: Path) -> None:
    """The fourth is a SubStatement: a statement only as the object of another."""
    examples = json.loads((shared / "fixtures/xapi/xapi_spec_examples.json").read_text())
    assert [verdict(example) for example in examples] == [200, 200, 200, 400, 200]
    assert verdict({**PLAIN, "object": examples[3]}) == 200


@given(statements)
def test_valid_statements_are_accepted(document: dict[str, object]) -> None:
    statement(document)


CASES = [
    ({"result": {"duration": "P1M2W"}}, "result.duration", "not_duration"),
    ({"result": {"duration": "PT"}}, "result.duration", "not_duration"),
    ({"timestamp": "2026-03-02"}, "timestamp", "not_moment"),
    ({"timestamp": "2026-02-30T08:00:00Z"}, "timestamp", "not_moment"),
    ({"timestamp": "2026-03-02T08:00:00-00:00"}, "timestamp", "not_moment"),
    ({"timestamp": "0001-01-01T00:00:00+05:00"}, "timestamp", "not_moment"),
    ({"version": "2.0.0"}, "version", "not_version"),
    ({"result": {"score": {"scaled": True}}}, "result.score.scaled", "not_number"),
    ({"result": {"score": {"raw": 10**400}}}, "result.score.raw", "number_too_large"),
    ({"result": {"score": {"min": 5, "max": 5}}}, "result.score.min", "min_above_max"),
    ({"result": {"extensions": {"no scheme": 1}}}, "result.extensions.no scheme", "not_iri"),
    ({"result": {"response": None}}, "result.response", "null"),
    ({"object": {"id": "http://example.org/" + "x" * 2000}}, "object.id", "not_iri"),
    ({"object": {"id": 'https://example.org/"><img src=x>'}}, "object.id", "not_iri"),
    ({"object": {"objectType": "Thing", "id": "a:b"}}, "object.objectType", "not_one_of"),
    ({"verb": {"id": "http://adlnet.gov/expapi/verbs/voided"}}, "object", "void_without_reference"),
    ({"context": {"contextActivities": {"parents": []}}}, "context.contextActivities.parents", "unknown_key"),
    (
        {"object": {"id": "a:b", "definition": {"interactionType": "choice", "steps": []}}},
        "object.definition.steps",
        "unfit_components",
    ),
    (
        {"object": {"id": "a:b", "definition": {"interactionType": "choice", "choices": [{"id": "x"}, {"id": "x"}]}}},
        "object.definition.choices",
        "component_twice",
    ),
    ({"actor": {"objectType": "Group", "member": []}}, "actor", "group_without_members"),
]


@pytest.mark.parametrize(("changes", "path", "code"), CASES, ids=[f"{case[1]} {case[2]}" for case in CASES])
def test_a_fault_says_what_and_where(changes: dict[str, object], path: str, code: str) -> None:
    with pytest.raises(Fault) as caught:
        statement({**deepcopy(PLAIN), **changes})
    assert (caught.value.path, caught.value.code) == (path, code)
