"""The second step of signing in: set up, asked for, replayed, guessed, lost, required by a role."""

from collections.abc import Callable

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.settings import STAFF_ROLES
from lms.people.permissions import Role
from lms.people.second_factor import actions
from lms.people.second_factor.models import AccessAct, AccessEvent, AuthenticatorApp, RecoveryCode
from lms.web.account import ceremonies
from tests.people.making import PASSWORD, a_colleague
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]
STEP = "/account/sign-in/second"


@pytest.fixture
def claire(app: Flask) -> int:
    with app.app_context(), writing():
        return a_colleague(Role.HR)


def with_password(app: Flask, to: str = "") -> StrictBrowser:
    """A browser in which Claire gave her password."""
    browser = StrictBrowser(app)
    form = {"email": "s1@example.org", "password": PASSWORD, "next": to}
    browser.answer = browser.post("account.sign_in", form, follow=False)
    return browser


def set_up(browser: StrictBrowser) -> pyotp.TOTP:
    """Set up an app as its owner does; its next code is that of the step after."""
    browser.post("account.begin_app", follow=False)
    secret = browser.get("account.app").select_one(".app-secret").get_text().replace(" ", "")
    totp = pyotp.TOTP(secret)
    browser.post("account.app", {"code": totp.at(now(), counter_offset=-1)})
    return totp


def test_an_app_is_set_up_asked_for_and_no_code_works_twice(app: Flask, claire: int) -> None:
    first, other = with_password(app), with_password(app)
    totp = set_up(first)
    # Sessions begun without the new factor are over, this one goes on.
    assert other.client.get("/account/").headers["Location"].startswith("/account/sign-in")
    assert first.client.get("/account/").status_code == 200
    with app.app_context():
        kept = db.session.get(AuthenticatorApp, claire)
        assert totp.secret.encode() not in kept.secret
    browser = with_password(app, "/admin/people/")
    assert browser.answer.headers["Location"] == STEP
    assert browser.client.get("/admin/people/").headers["Location"].startswith("/account/sign-in")
    code = totp.at(now())
    assert browser.post("account.second_step", {"code": code}, follow=False).headers["Location"] == "/admin/people/"
    assert browser.client.get("/admin/people/").status_code == 200
    again = with_password(app)
    page = again.post("account.second_step", {"code": code}, status=422)
    assert "used already" in page.get_text() or "déjà servi" in page.get_text()


def test_a_recovery_code_works_once(app: Flask, claire: int) -> None:
    browser = with_password(app)
    set_up(browser)
    codes = browser.post("account.recovery_codes").words(".codes li")
    assert len(set(codes)) == 10
    with app.app_context():
        assert not {code.encode() for code in codes} & set(db.session.scalars(select(RecoveryCode.digest)))
    assert with_password(app).post("account.second_step", {"code": codes[0].lower()}, follow=False).status_code == 302
    with_password(app).post("account.second_step", {"code": codes[0]}, status=422)
    with app.app_context():
        acts = list(db.session.scalars(select(AccessEvent.act).order_by(AccessEvent.id)))
    assert acts == [AccessAct.APP_ADDED, AccessAct.RECOVERY_CODES_MADE, AccessAct.RECOVERY_CODE_USED]


def test_wrong_codes_are_slowed_and_a_right_password_forgives_none(app: Flask, claire: int) -> None:
    totp = set_up(with_password(app))
    for _ in range(5):
        with_password(app).post("account.second_step", {"code": "000000"}, status=422)
    page = with_password(app).post("account.second_step", {"code": totp.at(now())}, status=422)
    assert "Trop d’essais" in page.get_text() or "Too many tries" in page.get_text()


def test_a_role_asks_for_it_and_an_administrator_takes_a_lost_one_away(
    make_app: Callable[..., Flask], signed_in_as: SignedIn
) -> None:
    app = make_app(SECOND_FACTOR_ROLES=["hr"])
    with app.app_context(), writing():
        claire = a_colleague(Role.HR)
    browser = with_password(app)
    assert browser.client.get("/admin/people/").headers["Location"] == "/account/second-factor/"
    assert browser.client.get("/account/").headers["Location"] == "/account/second-factor/"
    set_up(browser)
    assert browser.client.get("/admin/people/").status_code == 200
    signed_in_as(Role.ADMINISTRATOR).post("admin.reset_second_factor", person_id=claire)
    assert browser.client.get("/admin/people/").headers["Location"].startswith("/account/sign-in")
    assert with_password(app).client.get("/admin/people/").headers["Location"] == "/account/second-factor/"
    with app.app_context():
        last = db.session.scalars(select(AccessEvent).order_by(AccessEvent.id.desc())).first()
        assert (last.act, last.person_id) == (AccessAct.SECOND_FACTOR_RESET, claire)
        assert last.by_id not in (None, claire)


def test_a_desk_left_open_gives_no_factor_away(app: Flask, signed_in_as: SignedIn) -> None:
    browser = signed_in_as(Role.HR)
    for path in ("app/new", "passkeys/new", "recovery-codes", "app/remove"):
        answer = browser.client.post(f"/account/second-factor/{path}")
        assert answer.headers["Location"] == "/account/again", path


def test_a_code_of_an_app_that_was_never_confirmed_opens_nothing(app: Flask, claire: int) -> None:
    with app.app_context(), writing():
        actions.begin_app(claire, now())
        db.session.commit()
    assert with_password(app).answer.headers["Location"] == "/"


def test_a_passkey_needs_an_address_that_browsers_allow(app: Flask) -> None:
    for address, allowed in (
        ("http://localhost:8000", True),
        ("https://etabli.example.org", True),
        ("http://etabli.example.org", False),  # browsers make passkeys on https alone
        ("https://10.0.0.5", False),  # and for a name, never for a number
        ("https://[::1]:8443", False),
    ):
        with app.test_request_context(base_url=address):
            assert ceremonies.possible() is allowed, address


def test_an_answer_to_no_question_is_refused(app: Flask, claire: int) -> None:
    browser = with_password(app)
    for answer in ({"credential": {}}, {"credential": {"id": "AAAA"}}, [], None):
        assert browser.client.post("/account/second-factor/passkeys", json=answer).status_code == 422


def test_the_setting_names_every_role_of_the_staff() -> None:
    assert set(STAFF_ROLES) == set(Role) - {Role.OPERATOR}
