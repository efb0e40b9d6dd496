"""What was said comes back."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lms.records.models import Source, Verb
from lms.records.rules import NewRecord, block_activity, digest
from lms.records.xapi.reading import read
from lms.records.xapi.statement import statement
from lms.records.xapi.writing import write
from tests.records.xapi.strategies import statements


def with_its_own_id(returned: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Leave out an id that was given to it; spell the one it had as it was."""
    kept = {key: value for key, value in returned.items() if key != "id"}
    return {**kept, "id": said["id"]} if said.get("id", "").lower() == returned["id"] else kept


@given(statements)
def test_a_statement_comes_back(said: dict[str, Any]) -> None:
    before = deepcopy(said)
    returned = write(read(said))
    statement(returned)
    assert said == before
    assert with_its_own_id(returned, said) == said


@given(statements)
def test_what_comes_back_tells_of_the_same_event(said: dict[str, Any]) -> None:
    once = read(said)
    again = read(write(once))
    assert (again.id, digest(again)) == (once.id, digest(once))


@given(statements, st.randoms())
def test_the_order_of_keys_tells_nothing(said: dict[str, Any], random: Any) -> None:
    keys = list(said)
    random.shuffle(keys)
    assert digest(read({key: said[key] for key in keys})) == digest(read(said))


def test_a_record_of_ours_as_a_statement() -> None:
    record = NewRecord(
        id=UUID(int=7),
        verb=Verb.ANSWERED,
        source=Source.KIOSK,
        activity=block_activity("lockout", 2, "q1", question=True),
        person_id=42,
        edition_id=1,
        block_key="q1",
        sitting_id=UUID(int=8),
        attempt=1,
        occurred_at=datetime(2026, 3, 2, 8, 0, 0, 250_000, tzinfo=UTC),
        success=True,
        response=["a", "b"],
        duration_ms=4200,
        language="fr",
    )
    said = write(record)
    statement(said)
    assert said == {
        "id": "00000000-0000-0000-0000-000000000007",
        "actor": {"objectType": "Agent", "account": {"homePage": "urn:etabli:people", "name": "42"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
        "object": {"objectType": "Activity", "id": "urn:etabli:module:lockout:edition:2:block:q1"},
        "result": {"success": True, "response": '["a", "b"]', "duration": "PT4.200S"},
        "context": {
            "registration": "00000000-0000-0000-0000-000000000008",
            "language": "fr",
            "contextActivities": {"parent": [{"objectType": "Activity", "id": "urn:etabli:module:lockout:edition:2"}]},
        },
        "timestamp": "2026-03-02T08:00:00.250Z",
    }
