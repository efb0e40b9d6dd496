"""An operator with a badge and a PIN, a module, and a browser that is an enrolled kiosk."""

from dataclasses import dataclass

import pytest
from flask import Flask

from lms.kernel.database import db, writing
from lms.people import badges, credentials
from lms.people.models import Person
from tests.delivery.house import content, kiosk, publish
from tests.people.making import NOW, a_person
from tests.strict import StrictBrowser

BADGE = "0004711234"
PIN = "840275"


@dataclass(frozen=True)
class Operator:
    """Someone who may sign in at a kiosk."""

    id: int
    code: str
    badge: str
    pin: str = PIN


def an_operator(name: str = "Amina Diallo", registration: str = "1001", badge: str = BADGE) -> Operator:
    number = a_person(registration, name)
    badges.issue(number, badge, by=None, now=NOW)
    db.session.commit()
    credentials.choose_pin(number, PIN, NOW)
    db.session.commit()
    return Operator(number, db.session.get(Person, number).personal_code, badge)


@pytest.fixture
def amina(app: Flask) -> Operator:
    with app.app_context(), writing():
        return an_operator()


@pytest.fixture
def module(app: Flask) -> int:
    with app.app_context(), writing():
        return publish(content())


@pytest.fixture
def at_kiosk(app: Flask, browse: StrictBrowser) -> StrictBrowser:
    """A browser that is an enrolled kiosk, nobody signed in."""
    with app.app_context(), writing():
        browse.client.set_cookie("terminal", kiosk().token)
    return browse


def sign_in(browse: StrictBrowser, operator: Operator) -> None:
    browse.post("kiosk.recognise", {"badge": operator.badge})
    browse.post("kiosk.pin", {"pin": operator.pin})


@pytest.fixture
def signed_in(at_kiosk: StrictBrowser, amina: Operator) -> StrictBrowser:
    sign_in(at_kiosk, amina)
    return at_kiosk
