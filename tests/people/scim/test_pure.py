"""Filters and changes of SCIM, without an application. Examples of RFC 7644 and of what Entra ID sends."""

import pytest

from lms.people.scim import filters
from lms.people.scim.patching import changed
from lms.people.scim.rules import ENTERPRISE, FilterNotUnderstood, PathNotUnderstood, ValueNotUnderstood

USER = {
    "userName": "a@example.org",
    "active": True,
    "name": {"givenName": "Amina", "familyName": "Benali"},
    "emails": [{"value": "a@example.org", "type": "work", "primary": True}],
    ENTERPRISE: {"employeeNumber": "1001"},
}
GROUP = {"displayName": "A", "members": [{"value": "1"}, {"value": "2"}]}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ('userName eq "bjensen"', (("username", "bjensen"),)),
        ('USERNAME Eq "b\\"j"', (("username", 'b"j'),)),
        ("active eq true", (("active", True),)),
        ('id eq "7" and members eq "9"', (("id", "7"), ("members", "9"))),
        ('members[value eq "9"]', (("members.value", "9"),)),
        (
            'emails[type eq "work"].value eq "a@example.org"',
            (("emails.type", "work"), ("emails.value", "a@example.org")),
        ),
        ('urn:ietf:params:scim:schemas:core:2.0:User:userName eq "b"', (("username", "b"),)),
        (f'{ENTERPRISE}:employeeNumber eq "1001"', (("employeenumber", "1001"),)),
    ],
)
def test_filters(text: str, asked: tuple) -> None:
    assert filters.parse(text) == asked


@pytest.mark.parametrize(
    "text",
    ["", "userName", "userName eq", 'userName sw "b"', 'a eq "b" or c eq "d"', 'a eq "b', "not (a eq 1)", "x" * 9],
)
def test_other_filters_are_refused_not_ignored(text: str) -> None:
    with pytest.raises(FilterNotUnderstood):
        filters.parse(text)


@pytest.mark.parametrize(
    ("operation", "becomes"),
    [
        ({"op": "Replace", "path": "active", "value": "False"}, {"active": "False"}),
        ({"op": "replace", "value": {"active": False}}, {"active": False}),
        ({"op": "replace", "path": "active", "value": True}, {}),
        (
            {"op": "replace", "path": "name.familyName", "value": "Petit"},
            {"name": {"givenName": "Amina", "familyName": "Petit"}},
        ),
        (
            {"op": "replace", "path": 'emails[type eq "work"].value', "value": "b@example.org"},
            {"emails": [{"value": "b@example.org", "type": "work", "primary": True}]},
        ),
        ({"op": "remove", "path": "emails"}, {"emails": []}),
        (
            {"op": "add", "path": f"{ENTERPRISE}:employeeNumber", "value": "9"},
            {ENTERPRISE: {"employeeNumber": "9"}},
        ),
        ({"op": "replace", "value": {f"{ENTERPRISE}": {"employeeNumber": "9"}}}, {ENTERPRISE: {"employeeNumber": "9"}}),
        (
            {"op": "replace", "value": {"name.givenName": "Mina"}},
            {"name": {"givenName": "Mina", "familyName": "Benali"}},
        ),
    ],
    ids=str,
)
def test_changes_of_a_person(operation: dict, becomes: dict) -> None:
    assert changed(USER, [operation]) == becomes


@pytest.mark.parametrize(
    ("operation", "left"),
    [
        ({"op": "add", "path": "members", "value": [{"value": "3"}, {"value": "1"}]}, ["1", "2", "3"]),
        ({"op": "remove", "path": 'members[value eq "2"]'}, ["1"]),
        ({"op": "Remove", "path": "members", "value": [{"value": "1"}]}, ["2"]),
        ({"op": "remove", "path": "members"}, []),
        ({"op": "replace", "path": "members", "value": [{"value": "4"}]}, ["4"]),
    ],
    ids=str,
)
def test_changes_of_a_team(operation: dict, left: list[str]) -> None:
    assert [one["value"] for one in changed(GROUP, [operation])["members"]] == left
    assert [one["value"] for one in GROUP["members"]] == ["1", "2"]


@pytest.mark.parametrize(
    ("operations", "refusal"),
    [
        (None, ValueNotUnderstood),
        ([], ValueNotUnderstood),
        (["x"], ValueNotUnderstood),
        ([{"op": "move", "path": "active"}], ValueNotUnderstood),
        ([{"op": "remove"}], PathNotUnderstood),
        ([{"op": "add", "path": "a b", "value": 1}], PathNotUnderstood),
        ([{"op": "replace", "path": "active.deep", "value": 1}], PathNotUnderstood),
        ([{"op": "remove", "path": "members[value sw 1]"}], FilterNotUnderstood),
    ],
    ids=str,
)
def test_changes_that_mean_nothing(operations: object, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        changed({**USER, **GROUP}, operations)
