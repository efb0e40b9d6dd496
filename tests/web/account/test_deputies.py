"""Deputies on pages: a leader names their own, human resources anybody's, both see it."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from lms.kernel.clock import today
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.people.making import a_team
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]


def test_a_leader_is_stood_in_for_and_both_see_it(app: Flask, signed_in_as: SignedIn) -> None:
    with app.app_context(), writing():
        team, day = a_team(), today()
        db.session.commit()
    leader, trainer, hr = (
        signed_in_as(Role.TEAM_LEADER, team_id=team),
        signed_in_as(Role.TRAINER),
        signed_in_as(Role.HR),
    )
    other = signed_in_as(Role.TEAM_LEADER, team_id=team)
    form = {"leader": leader.person_id, "deputy": trainer.person_id, "first": day, "last": day + timedelta(7)}
    assert trainer.client.get("/teams/sign-in/").status_code == 403
    trainer.post("account.deputies", form)  # Nobody names themselves.
    other.post("account.deputies", form, status=422)
    assert trainer.client.get("/teams/sign-in/").status_code == 403
    assert "Now" in leader.post("account.deputies", form).words("tbody .state")
    assert trainer.client.get("/teams/sign-in/").status_code == 200
    assert "You stand in for Claire Morel" in trainer.get("account.profile").get_text()
    assert "already" in hr.post("account.deputies", form, status=422).get_text()
    assert trainer.client.post("/account/deputies/1/end").status_code == 404
    hr.post("account.end", entry_id=1)
    assert trainer.client.get("/teams/sign-in/").headers["Location"].startswith("/account/sign-in")
