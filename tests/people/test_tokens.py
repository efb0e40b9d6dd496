"""Tokens: shown once, bound to a role, revocable."""

import pytest

from lms.kernel.database import db
from lms.people.permissions import Permission, Role
from lms.people.tokens import actions, queries
from lms.people.tokens.models import Token
from lms.people.tokens.rules import TokenNameMissing, TokenNameTaken, TokenRoleRefused, TokenUnknown
from tests.people.making import NOW


def test_what_a_token_opens_and_when_no_longer(session: object) -> None:
    secret = actions.create(" Paie  2026 ", Role.HR, by=None, now=NOW)
    found = queries.bearer(secret)
    assert found is not None
    assert (found.name, found.used_at) == ("Paie 2026", None)
    assert Permission.FOLLOW_EVERYONE in found.permissions
    assert Permission.MANAGE_ROLES not in found.permissions
    assert secret.encode() not in db.session.query(Token.digest).one()[0]
    actions.note_use(found.id, NOW)
    assert queries.bearer(secret).used_at == NOW
    actions.revoke("Paie 2026", by=None, now=NOW)
    assert queries.bearer(secret) is None
    assert actions.create("Paie 2026", Role.HR, by=None, now=NOW) != secret
    assert [one.revoked_at for one in queries.tokens()] == [None, NOW]


def test_what_is_refused_of_tokens(session: object) -> None:
    actions.create("Paie", Role.EVALUATOR, by=None, now=NOW)
    with pytest.raises(TokenNameTaken):
        actions.create("Paie", Role.HR, by=None, now=NOW)
    with pytest.raises(TokenNameMissing):
        actions.create(" ", Role.HR, by=None, now=NOW)
    with pytest.raises(TokenUnknown):
        actions.revoke("Paye", by=None, now=NOW)
    for role in (Role.OPERATOR, Role.TEAM_LEADER):
        with pytest.raises(TokenRoleRefused):
            actions.create(role, role, by=None, now=NOW)
