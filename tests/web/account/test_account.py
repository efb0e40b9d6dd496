"""Staff sign-in, sessions that end, one's own account."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.kernel.clock import now, today
from lms.kernel.database import db, writing
from lms.people import actions, credentials
from lms.people.permissions import Role
from tests.people.making import NOW, PASSWORD, TODAY, a_colleague
from tests.strict import StrictBrowser

ANOTHER = "cinq autres mots encore plus longs"


@pytest.fixture
def claire(app: Flask) -> int:
    with app.app_context(), writing():
        return a_colleague(Role.HR)


def sign_in(browse: StrictBrowser, password: str = PASSWORD, **more: object) -> object:
    form = {"email": "s1@example.org", "password": password, **more}
    return browse.client.post("/account/sign-in", data=form)


def opens_account(client: FlaskClient) -> bool:
    return client.get("/account/").status_code == 200


def cookie(client: FlaskClient) -> str:
    return client.get_cookie("sid").value


def test_staff_sign_in_and_out(browse: StrictBrowser, claire: int) -> None:
    assert browse.get("account.sign_in").words("h1") == ["Se connecter"]
    assert sign_in(browse).status_code == 302
    assert "Claire Morel" in browse.get("account.profile").get_text()
    before = cookie(browse.client)
    browse.post("account.sign_out")
    assert not opens_account(browse.client)
    assert cookie(browse.client) != before  # or Back would show the page once more


def test_a_refused_sign_in_says_one_thing_and_signs_nobody_in(browse: StrictBrowser, claire: int) -> None:
    said = {
        browse.post("account.sign_in", {"email": email, "password": password}, status=422).words("[role=alert]")[0]
        for email, password in [("s1@example.org", "wrong"), ("nobody@example.org", PASSWORD)]
    }
    assert said == {"L’adresse e-mail ou le mot de passe n’est pas le bon. Vérifiez les deux et recommencez."}
    assert not opens_account(browse.client)


def test_failed_tries_count_over_requests(browse: StrictBrowser, claire: int) -> None:
    for _ in range(5):
        sign_in(browse, "wrong")
    page = browse.post("account.sign_in", {"email": "s1@example.org", "password": PASSWORD}, status=422)
    assert "Recommencez dans" in page.words("[role=alert]")[0]


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/account/password", "/account/password"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
    ],
)
def test_sign_in_leads_nowhere_else(browse: StrictBrowser, claire: int, wanted: str, given: str) -> None:
    assert sign_in(browse, next=wanted).headers["Location"] == given


def test_a_cookie_copied_before_sign_out_is_worth_nothing_after(app: Flask, browse: StrictBrowser, claire: int) -> None:
    sign_in(browse)
    thief = app.test_client()
    thief.set_cookie("sid", cookie(browse.client))
    assert opens_account(thief)
    browse.post("account.sign_out")
    assert not opens_account(thief)


def test_a_session_planted_before_sign_in_is_not_the_one_after(browse: StrictBrowser, claire: int) -> None:
    browse.client.set_cookie("sid", "planted")
    sign_in(browse)
    assert cookie(browse.client) != "planted"
    browse.client.post("/language", data={"language": "en"})
    before = cookie(browse.client)
    sign_in(browse)
    assert cookie(browse.client) != before


@pytest.mark.parametrize(
    "act",
    [
        lambda who: actions.revoke_role(who, Role.HR, None, by=None, now=NOW, today=TODAY),
        lambda who: actions.leave(who, actions.date(2020, 1, 1), by=None, now=NOW, today=TODAY),
        lambda who: credentials.issue_password(who, by=None, now=NOW),
    ],
)
def test_an_open_session_ends_when_rights_change(app: Flask, browse: StrictBrowser, claire: int, act: object) -> None:
    sign_in(browse)
    with app.app_context(), writing():
        act(claire)
        db.session.commit()
    assert not opens_account(browse.client)


def test_whoever_lost_a_role_reads_why_what_it_allowed_is_closed(app: Flask, browse: StrictBrowser) -> None:
    with app.app_context(), writing():
        trainer = a_colleague(Role.TRAINER)
        db.session.commit()
    sign_in(browse)
    with app.app_context(), writing():
        actions.revoke_role(trainer, Role.TRAINER, None, by=None, now=now(), today=today())
        db.session.commit()
    # Their next tap leads to signing in, and that to the page they wanted.
    assert "/account/sign-in?next=" in browse.client.get("/teams/skills/").location
    sign_in(browse, next="/teams/skills/")
    closed = browse.get("teams.skills", status=403).get_text()
    assert "Votre rôle « Formateur » a pris fin le" in closed
    with app.app_context(), writing():
        actions.grant_role(trainer, Role.TRAINER, None, by=None, now=now())
        db.session.commit()
    sign_in(browse)
    assert "a pris fin" not in browse.get("teams.skills").get_text()


def test_a_password_made_by_somebody_else_is_changed_first(app: Flask, browse: StrictBrowser, claire: int) -> None:
    with app.app_context(), writing():
        issued = credentials.issue_password(claire, by=None, now=NOW)
        db.session.commit()
    sign_in(browse, issued)
    page = browse.get("account.profile", follow=True)
    assert page.words("h1") == ["Changer mon mot de passe"]
    browse.post("account.password", {"present": issued, "new": ANOTHER, "again": ANOTHER}, follow=False)
    assert opens_account(browse.client)


@pytest.mark.parametrize(
    ("present", "new", "again", "said"),
    [
        ("wrong", ANOTHER, ANOTHER, "n’est pas le bon"),
        (PASSWORD, "court", "court", "au moins 12"),
        (PASSWORD, "password1234", "password1234", "parmi les premiers"),
        (PASSWORD, PASSWORD, PASSWORD, "mot de passe actuel"),
        (PASSWORD, ANOTHER, ANOTHER + "!", "pas identiques"),
    ],
)
def test_a_password_is_changed_with_care(
    browse: StrictBrowser, claire: int, present: str, new: str, again: str, said: str
) -> None:
    sign_in(browse)
    page = browse.post("account.password", {"present": present, "new": new, "again": again}, status=422)
    assert said in page.get_text()


def test_a_changed_password_signs_other_places_out(app: Flask, browse: StrictBrowser, claire: int) -> None:
    elsewhere = StrictBrowser(app)
    sign_in(elsewhere)
    sign_in(browse)
    browse.client.post("/account/password", data={"present": PASSWORD, "new": ANOTHER, "again": ANOTHER})
    assert opens_account(browse.client)
    assert not opens_account(elsewhere.client)


def test_one_reads_in_the_language_one_chose(signed_in_as: Callable[..., StrictBrowser]) -> None:
    browser = signed_in_as(Role.HR)
    assert browser.get("account.profile").words("h1") == ["My account"]
    browser.post("account.language", {"language": "fr"})
    assert browser.get("account.profile").words("h1") == ["Mon compte"]
