"""Each route, asked for by each role: who is let in is what the guard says, on every blueprint there is.

Nothing here knows the routes: they come from the application. A kiosk's own routes are
guarded by its terminal, not by a role, and have their own tests.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.sessions import begin
from lms.people.permissions import Permission, Role, permissions_of
from tests.people.making import a_team
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]
NOTHING_THERE = {"int": "999999", "uuid": "00000000-0000-7000-8000-000000000000", "float": "9.5", None: "none"}


def routes(app: Flask) -> Iterator[tuple[str, str, tuple[Permission, ...]]]:
    """Yield (method, address, permissions) of everything that asks for staff; none means any of them."""
    for rule in app.url_map.iter_rules():
        guard = app.view_functions[rule.endpoint].guard
        if guard != "signed_in" and not isinstance(guard, tuple):
            continue
        for method in sorted(rule.methods & {"GET", "POST", "PUT", "DELETE"}):
            yield method, address(rule.rule), guard if isinstance(guard, tuple) else ()


def address(rule: str) -> str:
    """Return an address of the rule that names nothing there is."""

    def filled(found: re.Match[str]) -> str:
        return found[2].split(",")[0].strip(" \"'") if found[1] == "any" else NOTHING_THERE.get(found[1], "none")

    return re.sub(r"<(?:(\w+)(?:\(([^)]*)\))?:)?\w+>", filled, rule)


@pytest.mark.parametrize("role", Role)
def test_each_role_is_let_in_where_the_guard_says(app: Flask, signed_in_as: SignedIn, role: Role) -> None:
    with app.app_context(), writing():
        team = a_team()
        db.session.commit()
    client = signed_in_as(role, team_id=team).client
    allowed = permissions_of({role, Role.OPERATOR})  # whoever is entered is an operator too
    refused = 0
    for method, path, permissions in routes(app):
        if path == "/account/sign-out":
            continue
        answer = client.open(path, method=method)
        said = f"{role}: {method} {path} gave {answer.status_code}"
        assert "/account/sign-in" not in answer.headers.get("Location", ""), said
        if permissions and not allowed & set(permissions):
            refused += 1
            assert answer.status_code == 403, said
        else:
            assert answer.status_code < 500, said
            assert answer.status_code != 403, said
    assert refused > 10


def test_whoever_is_not_signed_in_is_sent_to_sign_in(app: Flask) -> None:
    for method, path, _ in routes(app):
        answer = app.test_client().open(path, method=method)
        assert answer.headers.get("Location", "").startswith("/account/sign-in"), f"{method} {path}"


def test_a_kiosk_session_opens_no_page_of_the_staff(app: Flask, signed_in_as: SignedIn) -> None:
    """Whoever the person is: an administrator too signs in at a kiosk with six digits."""
    browser = signed_in_as(*[role for role in Role if role is not Role.TEAM_LEADER])
    with app.app_context():
        begin("kiosk", "kiosk", browser.person_id, {"_user_id": str(browser.person_id), "_fresh": True}, now())
    browser.client.set_cookie("sid", "kiosk")
    for method, path, _ in routes(app):
        answer = browser.client.open(path, method=method)
        assert answer.headers.get("Location", "").startswith("/account/sign-in"), f"{method} {path}"


def test_the_table_says_who_may_do_what() -> None:
    """What must never come about by a change of the table."""
    for role in (Role.OPERATOR, Role.TRAINER, Role.TEAM_LEADER, Role.STAFF_REPRESENTATIVE, Role.EVALUATOR):
        assert not permissions_of({role}) & {
            Permission.MANAGE_PEOPLE,
            Permission.IMPORT_PEOPLE,
            Permission.MANAGE_ROLES,
        }
    assert Permission.MANAGE_ROLES not in permissions_of(set(Role) - {Role.ADMINISTRATOR})
    assert Permission.FOLLOW_EVERYONE not in permissions_of({Role.STAFF_REPRESENTATIVE, Role.EVALUATOR})
    assert permissions_of({Role.OPERATOR}) == {Permission.TAKE_MODULES}
