"""A directory at work: people and teams over HTTP, as Entra ID and Okta ask."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from lms.kernel.clock import now, today
from lms.kernel.database import db, writing
from lms.people import queries
from lms.people.models import Act, Person, PersonEvent
from lms.people.permissions import Role
from lms.people.privacy import looks
from lms.people.scim.rules import ENTERPRISE, PATCH_OP
from lms.people.tokens.actions import create
from tests.people.making import a_colleague, a_person, a_team

BASE = "/scim/v2"


class Directory:
    """A client with a token."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.headers = client, {"Authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, body: object = None, status: int = 200, **headers: str) -> dict:
        answer = self.client.open(BASE + path, method=method, json=body, headers=self.headers | headers)
        assert answer.status_code == status, answer.get_data(as_text=True)
        if status != 304:
            assert answer.content_type == "application/scim+json"
        self.answer = answer
        return answer.get_json(force=True, silent=True) or {}

    def patch(self, path: str, *operations: dict, status: int = 200, **headers: str) -> dict:
        return self.ask("PATCH", path, {"schemas": [PATCH_OP], "Operations": operations}, status, **headers)


@pytest.fixture
def directory(app: Flask) -> Iterator[Directory]:
    with app.app_context(), writing():
        token = create("directory", Role.HR, by=None, now=now())
        db.session.commit()
    return Directory(app.test_client(), token)


def user(name: str = "amina.benali@example.org", number: str = "1001", **more: object) -> dict:
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": name,
        "externalId": number,
        "name": {"givenName": "Amina", "familyName": "Benali"},
        "preferredLanguage": "fr-FR",
        **more,
    }


def test_a_life(app: Flask, directory: Directory) -> None:
    made = directory.ask("POST", "/Users", user(), 201)
    assert directory.answer.headers["Location"].endswith(f"/Users/{made['id']}")
    assert (made["active"], made["preferredLanguage"], made[ENTERPRISE]) == (True, "fr", {"employeeNumber": "1001"})
    path = f"/Users/{made['id']}"
    assert directory.ask("GET", path) == made
    directory.ask("GET", path, status=304, **{"If-None-Match": made["meta"]["version"]})
    left = directory.patch(path, {"op": "Replace", "path": "active", "value": "False"})
    assert left["active"] is False
    directory.patch(
        path, {"op": "replace", "value": {"active": True}}, status=412, **{"If-Match": made["meta"]["version"]}
    )
    back = directory.patch(
        path,
        {"op": "replace", "value": {"active": True, "userName": "a.petit@example.org"}},
        {"op": "replace", "path": "name.familyName", "value": "Petit"},
        **{"If-Match": left["meta"]["version"]},
    )
    assert (back["active"], back["userName"], back["displayName"]) == (True, "a.petit@example.org", "Amina Petit")
    # What a PUT does not say stays, as with a roster.
    put = directory.ask("PUT", path, {"userName": "a.petit@example.org", "name": {"givenName": "Mina"}})
    assert (put["displayName"], put["preferredLanguage"], put["externalId"]) == ("Mina Petit", "fr", "1001")
    directory.ask("DELETE", path, status=501)
    with app.app_context():
        acts = list(db.session.scalars(select(PersonEvent.act).order_by(PersonEvent.id)))
        assert acts == [Act.CREATED, Act.LEFT, Act.CHANGED, Act.CAME_BACK, Act.CHANGED]
        assert queries.identity(int(made["id"]), today()).roles == {Role.OPERATOR}


def test_teams(app: Flask, directory: Directory) -> None:
    with app.app_context(), writing():
        team = a_team("A")
        people = [a_person(str(number), f"Zoé Zola{number}", team_id=team) for number in (1, 2, 3)]
        db.session.commit()
    assert [one["value"] for one in directory.ask("GET", f"/Groups/{team}")["members"]] == [str(n) for n in people]
    other = directory.ask("POST", "/Groups", {"displayName": "Night", "members": [{"value": str(people[0])}]}, 201)
    left = directory.ask("GET", f"/Groups/{team}")["members"]
    assert [one["value"] for one in left] == [str(number) for number in people[1:]]
    directory.patch(f"/Groups/{team}", {"op": "remove", "path": f'members[value eq "{people[1]}"]'})
    assert directory.ask("GET", f"/Users/{people[1]}")["groups"] == []
    # Whoever would empty a team is asked to look again, and nothing is changed.
    for body in ({"op": "remove", "path": "members"}, {"op": "replace", "path": "members", "value": []}):
        said = directory.patch(f"/Groups/{team}", body, status=422)
        assert "Team A" in said["detail"]
    directory.ask("PUT", f"/Groups/{team}", {"displayName": "A", "members": []}, 422)
    assert len(directory.ask("GET", f"/Groups/{team}")["members"]) == 1
    directory.ask("DELETE", f"/Groups/{other['id']}", status=501)
    asked = directory.ask("GET", f'/Groups?filter=members[value eq "{people[0]}"]&excludedAttributes=members')
    assert [(one["displayName"], "members" in one) for one in asked["Resources"]] == [("Night", False)]


def test_lists_are_filtered_and_paged_in_a_constant_number_of_statements(app: Flask, directory: Directory) -> None:
    with app.app_context(), writing():
        for number in range(12):
            a_person(f"{number}", f"Zoé Zola{number}", email=f"z{number}@example.org")
        db.session.commit()
        engine = db.engine
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda c, x, statement, *_: statements.append(statement))
    directory.ask("GET", "/Users/1")  # Keeps that the token was used.
    counts = []
    for count in (2, 12):
        statements.clear()
        page = directory.ask("GET", f"/Users?startIndex=3&count={count}")
        counts.append(len(statements))
        assert (page["totalResults"], page["itemsPerPage"]) == (12, min(count, 10))
        assert page["Resources"][0]["externalId"] == "2"
    assert counts[0] == counts[1]
    assert directory.ask("GET", "/Users?count=0")["Resources"] == []
    for asked, found in (
        ('userName eq "Z3@example.org"', ["3"]),
        ('externalId eq "4" and active eq true', ["4"]),
        ('emails[type eq "work"].value eq "z5@example.org"', ["5"]),
        ('userName eq "nobody"', []),
        ('id eq "x"', []),
    ):
        page = directory.ask("GET", f"/Users?filter={asked}")
        assert [one["externalId"] for one in page["Resources"]] == found, asked


REFUSED = (
    ("POST", "/Users", user(number="1"), 409, "uniqueness"),
    ("POST", "/Users", user("s1@example.org", "77"), 409, "uniqueness"),
    ("POST", "/Users", user("not an address@", "77"), 400, "invalidValue"),
    ("POST", "/Users", user(name={"givenName": 7}), 400, "invalidValue"),
    ("POST", "/Users", {"name": {"givenName": "X"}}, 400, "invalidValue"),
    ("POST", "/Users", ["x"], 400, "invalidValue"),
    ("POST", "/Groups", {"displayName": "B", "members": [{"value": "x"}]}, 400, "invalidValue"),
    ("POST", "/Groups", {"displayName": "B", "members": [{"value": "999"}]}, 404, None),
    ("GET", '/Users?filter=userName sw "a"', None, 400, "invalidFilter"),
    ("GET", '/Users?filter=salary eq "1"', None, 400, "invalidFilter"),
    ("GET", "/Users?startIndex=x", None, 400, "invalidValue"),
    ("GET", "/Users/999", None, 404, None),
    ("GET", "/Nothing", None, 404, None),
)


def test_what_is_refused(app: Flask, directory: Directory) -> None:
    with app.app_context(), writing():
        a_person("1")
        a_colleague(Role.HR)
    for method, path, body, status, kind in REFUSED:
        said = directory.ask(method, path, body, status)
        assert (said["status"], said.get("scimType")) == (str(status), kind), path
        assert said["detail"]
    with app.app_context():
        assert len(db.session.scalars(select(Person.id)).all()) == 2


def test_rules_are_those_of_the_pages(app: Flask, directory: Directory) -> None:
    with app.app_context(), writing():
        only = a_colleague(Role.ADMINISTRATOR)
        new = a_person("9", "Luc Petit", hired_on=today())
        db.session.commit()
    assert (
        "administrat"
        in directory.patch(f"/Users/{only}", {"op": "replace", "value": {"active": False}}, status=422)["detail"]
    )
    # Nobody leaves before the day of hiring: whoever was hired today leaves at its end.
    directory.patch(f"/Users/{new}", {"op": "replace", "value": {"active": False}})
    with app.app_context():
        assert db.session.get(Person, new).left_on == today()
        assert queries.identity(new, today() + timedelta(days=1)) is None


def test_only_a_token_that_manages_people_is_let_in(app: Flask, directory: Directory) -> None:
    with app.app_context(), writing():
        weak = create("figures", Role.EVALUATOR, by=None, now=now())
        db.session.commit()
    paths = ("/Users", "/Groups", "/ServiceProviderConfig", "/Schemas", "/ResourceTypes", "/Users/1")
    for path in paths:
        Directory(app.test_client(), "wrong").ask("GET", path, status=401)
        Directory(app.test_client(), weak).ask("GET", path, status=403)
    assert directory.ask("GET", "/ServiceProviderConfig")["etag"] == {"supported": True}
    for listed in ("/Schemas", "/ResourceTypes"):
        for one in directory.ask("GET", listed)["Resources"]:
            assert directory.ask("GET", f"{listed}/{one['id']}") == one


def test_whoever_is_named_to_a_directory_reads_it_once_a_day(app: Flask, directory: Directory) -> None:
    with app.app_context(), writing():
        seen, other = a_person("1001", team_id=a_team()), a_person("1002")
        db.session.commit()
    found = directory.ask("GET", f"/Users/{seen}")
    directory.ask("GET", f"/Users/{seen}", status=304, **{"If-None-Match": found["meta"]["version"]})
    directory.ask("GET", f"/Users/{seen}")
    for unnamed in ("/Groups?excludedAttributes=members", "/Users?count=0", "/ResourceTypes"):
        directory.ask("GET", unnamed)
    with app.app_context():
        assert [look.by for look in looks.of_person(seen)] == ["directory"]
        assert not looks.of_person(other)
    directory.ask("GET", "/Groups")
    directory.ask("GET", "/Users?filter=active eq true&attributes=id")
    directory.patch(f"/Users/{other}", {"op": "replace", "path": "preferredLanguage", "value": "en"})
    with app.app_context():
        assert [look.page for look in looks.of_person(seen)] == ["scim.users", "scim.groups", "scim.user"]
        assert [look.page for look in looks.of_person(other)] == ["scim.patch_user", "scim.users"]
