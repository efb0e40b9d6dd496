"""Reading an audit: every section, both languages, what is shown to whom."""

from collections.abc import Callable

import pytest

from lms.audit.document import AuditDocument
from lms.people.permissions import Role
from tests.strict import StrictBrowser

SECTIONS = ("summary inventory panel evidence findings recommendations action_plan vigilance traceability").split()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.STAFF_REPRESENTATIVE])
def test_every_section_is_a_sound_page(
    as_role: Callable[..., StrictBrowser], case: AuditDocument, section: str, language: str, role: Role
) -> None:
    as_role(role, language).get(f"audits.{section}", code=case.code)
