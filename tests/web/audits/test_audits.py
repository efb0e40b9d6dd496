"""Reading an audit: every section, both languages, what is shown to whom."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from lms.audit import actions, editing, queries
from lms.audit.document import AuditDocument
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.strict import StrictBrowser
from tests.web.audits.conftest import NOW

SECTIONS = ("summary inventory panel evidence findings recommendations action_plan vigilance traceability").split()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.STAFF_REPRESENTATIVE])
def test_every_section_is_a_sound_page(
    as_role: Callable[..., StrictBrowser], case: AuditDocument, section: str, language: str, role: Role
) -> None:
    as_role(role, language).get(f"audits.{section}", code=case.code)
