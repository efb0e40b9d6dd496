"""People of each role before the pages, and the audit of the case."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

import lms.demonstration
from lms.audit import actions, file
from lms.audit.document import AuditDocument
from lms.kernel import sessions
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.ids import new_token
from lms.people.models import Person, RoleGrant
from lms.people.permissions import Role
from lms.web.shared.sessions import STAFF
from tests.strict import StrictBrowser

NOW = datetime(2026, 9, 10, 8, tzinfo=UTC)


def signed_in(app: Flask, role: Role, language: str = "en") -> StrictBrowser:
    """A browser in which someone of the role has signed in."""
    with app.app_context(), writing():
        name = new_token()[:10]
        person = Person(registration=name, personal_code=name, given_name="A", family_name="B", created_at=NOW)
        person.grants = [RoleGrant(role=role)]
        db.session.add(person)
        db.session.flush()
        number = person.id
        token, carried = new_token(), {"_user_id": str(number), "_fresh": True, "language": language}
        sessions.begin(token, STAFF, number, carried, now())
        db.session.commit()
    browser = StrictBrowser(app)
    browser.client.set_cookie("sid", token)
    return browser


@pytest.fixture
def as_role(app: Flask) -> Callable[..., StrictBrowser]:
    return lambda role, language="en": signed_in(app, role, language)


@pytest.fixture
def evaluator(as_role: Callable[..., StrictBrowser]) -> StrictBrowser:
    return as_role(Role.EVALUATOR)


@pytest.fixture(scope="session")
def case_file() -> bytes:
    return (Path(lms.demonstration.__file__).parent / "audit.yaml").read_bytes()


@pytest.fixture(scope="session")
def case_document(case_file: bytes) -> AuditDocument:
    return file.read(case_file, "audit.yaml")


@pytest.fixture
def case(app: Flask, case_document: AuditDocument) -> AuditDocument:
    """The audit of the case, stored."""
    document = case_document.model_copy(deep=True)
    with app.app_context(), writing():
        actions.store(document, now=NOW)
        db.session.commit()
    return document
