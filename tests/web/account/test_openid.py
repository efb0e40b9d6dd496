"""Signing in by a provider: a real one over HTTP, one that lies, and who is let in for it."""

from collections.abc import Callable, Iterator

import pytest
import requests
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from lms.kernel.clock import today
from lms.kernel.database import db, writing
from lms.people import queries
from lms.people.permissions import Role
from lms.people.second_factor.models import AccessAct, AccessEvent
from tests.people.making import PASSWORD, a_colleague
from tests.people.openid.a_provider import CLIENT, SECRET, STRANGER, Provider, running, shared_secret
from tests.strict import StrictBrowser

BACK = "/account/openid/back"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def app(make_app: Callable[..., Flask], provider: Provider) -> Flask:
    app = make_app(
        OIDC_ISSUER=provider.address,
        OIDC_CLIENT_ID=CLIENT,
        OIDC_CLIENT_SECRET=SECRET,
        OIDC_NAME="the plant",
        OIDC_ROLES={"lms-hr": "hr"},
        LOCAL_SIGN_IN="administrators",
    )
    with app.app_context(), writing():
        a_colleague(Role.EVALUATOR)
    return app


def leave(browser: StrictBrowser, to: str = "/audits/") -> str:
    """Go to the provider and come back; return the path of our own address that it names."""
    address = browser.client.get("/account/openid", query_string={"next": to}).headers["Location"]
    answer = requests.get(address, allow_redirects=False, timeout=5)
    return answer.headers["Location"].removeprefix("http://localhost")


def come_back(browser: StrictBrowser, path: str | None = None) -> TestResponse:
    return browser.client.get(path or leave(browser))


def roles(app: Flask) -> set[Role]:
    with app.app_context():
        person = queries.identity(1, today())
        return set(person.roles) if person else set()


def test_whoever_the_provider_proves_comes_in_and_goes_where_they_wanted(app: Flask, provider: Provider) -> None:
    browser = StrictBrowser(app)
    page = browser.get(leave(browser))
    assert page.select_one("meta[http-equiv=refresh]")["content"] == "0; url=/audits/"
    assert browser.client.get("/audits/").status_code == 200
    with app.app_context():
        assert db.session.scalars(select(AccessEvent.act)).all() == [AccessAct.CAME_BY_OPENID]
    # What came back once is worth nothing again, here or in another browser.
    path = leave(browser)
    assert come_back(StrictBrowser(app), path).status_code == 422
    assert come_back(browser, path).status_code == 200
    assert come_back(browser, path).status_code == 422


def test_groups_mean_roles_where_the_setting_says_so_and_no_other(app: Flask, provider: Provider) -> None:
    assert roles(app) == {Role.OPERATOR, Role.EVALUATOR}
    provider.claims["groups"] = ["lms-hr", "lms-administrator", 7]
    come_back(StrictBrowser(app))
    assert roles(app) == {Role.OPERATOR, Role.EVALUATOR, Role.HR}
    provider.claims["groups"] = []
    come_back(StrictBrowser(app))
    assert roles(app) == {Role.OPERATOR, Role.EVALUATOR}


def test_only_who_is_known_here_comes_in(app: Flask, provider: Provider) -> None:
    for claims, status in (
        ({"email": "nobody@example.org"}, 403),  # nobody is entered by signing in
        ({"email": "s1@example.org", "email_verified": False}, 403),
        ({"email": ""}, 403),
        ({"email": "S1@Example.org"}, 200),
    ):
        provider.claims = {"sub": "42", "email_verified": True, **claims}
        assert come_back(StrictBrowser(app)).status_code == status, claims


def test_a_token_that_was_not_made_for_this_sign_in_is_refused(app: Flask, provider: Provider) -> None:
    for lies in (
        {"aud": "another"},
        {"aud": ["another"], "azp": CLIENT},
        {"iss": "https://elsewhere.example.org"},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"exp": 1_000_000_000},
        {"sub": None},
    ):
        provider.lies = lies
        assert come_back(StrictBrowser(app)).status_code == 422, lies


def test_a_token_that_somebody_else_signed_is_refused(app: Flask, provider: Provider) -> None:
    for key, algorithm in ((STRANGER, "RS256"), (shared_secret(), "HS256"), (None, "none")):
        provider.signed_by, provider.header = key, {"alg": algorithm, "kid": "one"}
        assert come_back(StrictBrowser(app)).status_code == 422, algorithm


def test_what_comes_back_to_another_browser_or_altered_is_refused(app: Flask) -> None:
    browser = StrictBrowser(app)
    path = leave(browser)
    assert come_back(browser, path.replace("state=", "state=x")).status_code == 422
    assert come_back(browser, f"{path}&iss=https%3A%2F%2Felsewhere.example.org").status_code == 422
    assert come_back(browser, f"{BACK}?error=access_denied").status_code == 422
    assert come_back(StrictBrowser(app), path).status_code == 422


def test_passwords_are_for_administrators_in_an_emergency(app: Flask) -> None:
    browser = StrictBrowser(app)
    form = {"email": "s1@example.org", "password": PASSWORD, "next": ""}
    assert "the plant" in browser.post("account.sign_in", form, status=422).get_text()
    with app.app_context(), writing():
        a_colleague(Role.ADMINISTRATOR, registration="S2")
    assert browser.post("account.sign_in", form | {"email": "s2@example.org"}, follow=False).status_code == 302


def test_a_provider_that_is_away_is_said(make_app: Callable[..., Flask]) -> None:
    app = make_app(OIDC_ISSUER="http://127.0.0.1:9")
    StrictBrowser(app).get("account.openid", status=502)
    assert StrictBrowser(make_app(OIDC_ISSUER="")).client.get("/account/openid").status_code == 404
