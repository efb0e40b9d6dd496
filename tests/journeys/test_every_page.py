"""Every page for staff is whole, in a real browser: listed by the application itself, so that none is missed."""

from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from lms.demonstration.visitors import STAFF
from lms.kernel import sessions
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people.models import Person
from lms.people.permissions import Role, permissions_of
from lms.web.shared.sessions import STAFF as AT_A_DESK
from tests.browser.checks import AXE, faults, faults_at
from tests.journeys.addresses import addresses, furnish

pytestmark = pytest.mark.xdist_group("journeys")
WIDE = {"width": 1280, "height": 720}
NARROW = ((820, 512), (390, 844))
"""A tablet on the line, and a telephone."""
AS_AT_A_KIOSK = "/preview"
"""It shows what a kiosk shows, and no telephone is one."""
ALIKE = 2
"""Pages of one endpoint that are looked at closely; all of them must open."""
READERS = (Role.EVALUATOR, Role.HR, Role.ADMINISTRATOR, Role.TRAINER, Role.TEAM_LEADER)
"""Between them they may see everything."""


@pytest.fixture
def places(live_app: Flask) -> list[tuple[str, str, Role | None]]:
    """The endpoint and the address of each page, and who looks at it; None for a page that asks for no sign-in."""
    with live_app.app_context(), writing():
        furnish()
        db.session.commit()
    with live_app.test_request_context(), writing():
        return [(rule.endpoint, address, _reader(live_app, rule.endpoint)) for rule, address in addresses(live_app)]


def _reader(app: Flask, endpoint: str) -> Role | None:
    guard = app.view_functions[endpoint].guard
    if guard == "public":
        return None
    return next(role for role in READERS if guard == "signed_in" or permissions_of({role}) & set(guard))


@pytest.fixture
def pages(live_app: Flask, live_server: str, new_context: Callable) -> dict[Role | None, Page]:
    """A browser for each reader, signed in."""
    found = {role: new_context(viewport=WIDE) for role in (*READERS, None)}
    for role in READERS:
        visitor = next(one for one in STAFF if one.role is role)
        with live_app.app_context(), writing():
            person_id = db.session.scalars(select(Person.id).where(Person.email == visitor.email)).one()
            sessions.begin(role, AT_A_DESK, person_id, {"_user_id": str(person_id), "_fresh": True}, now())
            db.session.commit()
        found[role].add_init_script(AXE)  # Sent once, not for each page.
        found[role].add_cookies([{"name": "sid", "value": role, "url": live_server}])
    return {role: context.new_page() for role, context in found.items()}


def test_every_page(places: list[tuple[str, str, Role | None]], pages: dict[Role | None, Page]) -> None:
    found, seen = {}, Counter()
    for endpoint, address, role in places:
        page = pages[role]
        answer = page.goto(address)
        found[address] = [] if answer.status == 200 else [f"status {answer.status}"]
        found[address] += page.locator(".field-fault").all_inner_texts()  # nobody sent anything yet
        seen[endpoint] += 1
        if seen[endpoint] > ALIKE:
            continue
        found[address] += faults(page)
        for size in NARROW[:1] if address.endswith(AS_AT_A_KIOSK) else NARROW:
            found[address] += faults_at(page, size)
        page.set_viewport_size(WIDE)
    assert {address: said for address, said in found.items() if said} == {}
