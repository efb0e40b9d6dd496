"""One's own data, on one's own page."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from lms.kernel.database import db, writing
from lms.people.permissions import Role
from lms.people.privacy.models import Look
from tests.people.making import TODAY, a_person, a_team
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]


def test_whoever_was_seen_reads_by_whom_and_what_for(app: Flask, signed_in_as: SignedIn) -> None:
    with app.app_context(), writing():
        team = a_team()
        operator = a_person(team_id=team, joined_on=TODAY)
        db.session.commit()
    seen = signed_in_as(Role.TRAINER)
    hr = signed_in_as(Role.HR)
    assert seen.get("privacy.mine").words("tbody td") == ["Nobody has looked yet."]
    for _ in range(2):
        hr.get("admin.person", person_id=seen.person_id)
    hr.client.post(f"/admin/people/{operator}/pin")  # a page that answers a form names somebody too
    hr.get("teams.completion")  # names nobody
    found = seen.get("privacy.mine")
    assert found.words("tbody td:nth-child(2)") == ["Claire Morel"]
    assert found.words("tbody td:nth-child(3)") == ["Human resources"]
    assert found.words("tbody td:nth-child(5)") == ["nobody else"]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Look)) == 2, "one of the two was made twice in a row"
