"""What somebody who completed a module sees once another edition is out."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.catalogue.actions import add_edition
from lms.catalogue.content import ModuleContent
from lms.catalogue.models import Edition, Impact, Module
from lms.kernel.clock import local_day, months_after, now, today
from lms.kernel.database import db, writing
from lms.people import actions as people
from lms.plans.actions import make_plan
from lms.progress.completion import Question, completion
from lms.progress.following import following
from lms.progress.holding import Hold
from lms.progress.models import Standing
from lms.progress.rules import State
from lms.progress.sheet import sheet
from lms.records.models import LearningRecord, Verb
from tests.delivery.house import BLOCKS, RIGHT, Sitter, content, words
from tests.people.making import a_team
from tests.strict import StrictBrowser
from tests.web.kiosk.conftest import Operator
from tests.web.kiosk.delivering import Player
from tests.web.kiosk.test_modules import myself

AGO = timedelta(days=20)


@pytest.fixture
def completed(app: Flask, amina: Operator) -> int:
    """A module that was asked of Amina within 14 days, and that she completed; its edition."""
    return complete(app, amina, content())


def complete(app: Flask, amina: Operator, module_content: ModuleContent) -> int:
    app.config["PRACTICE_QUESTIONS"] = 0
    with app.app_context(), writing():
        then = now() - AGO
        team = a_team()
        people.move(amina.id, team, today() - timedelta(days=60), by=None, now=then)
        module = Module(code="small", created_at=then)
        db.session.add(module)
        db.session.flush()
        first = add_edition(module, module_content, {}, note="", by=None, now=then)
        make_plan(
            "P1",
            recommendation_id=None,
            module_id=module.id,
            team_ids=[team],
            assigned_on=today() - AGO,
            due_on=today() - AGO + timedelta(days=14),
            now=then,
        )
        Sitter(amina.id, first.id, then).go_through(RIGHT)
        db.session.commit()
        return first.id


def publish_again(app: Flask, impact: Impact) -> int:
    """The card `read` says something else and `two` is answered otherwise."""
    blocks: list[dict[str, Any]] = deepcopy(BLOCKS)
    blocks[0]["body"] = words("Other **words**.")
    blocks[3]["answer"] = False
    with app.app_context(), writing():
        module = db.session.scalars(select(Module)).one()
        edition = add_edition(module, content(blocks=blocks), {}, note="", by=None, now=now(), impact=impact)
        db.session.commit()
        return edition.id


def followed(app: Flask) -> tuple[State, Hold, object]:
    with app.app_context():
        [row] = following(today())
        figures = completion(sheet(today()), Question(), 1)
        assert figures.total.in_time == (row.state is State.COMPLETED), "the plan was met in time"
        return row.state, row.hold, (row.due_on - today()).days


def test_a_correction_asks_nothing(app: Flask, signed_in: StrictBrowser, completed: int) -> None:
    publish_again(app, Impact.CORRECTION)
    page = signed_in.get("kiosk.home")
    assert (page.words(".module"), page.words(".can-do a")) == ([], ["Un petit module Terminé. Le revoir"])
    assert followed(app) == (State.COMPLETED, Hold.HELD, -6)


def test_what_has_changed_is_looked_at_and_acknowledged(app: Flask, signed_in: StrictBrowser, completed: int) -> None:
    edition = publish_again(app, Impact.ACKNOWLEDGEMENT)
    page = signed_in.get("kiosk.home")
    assert page.words(".module-facts")[0].startswith("2 étapes ont changé · avant le ")
    assert page.words(".next-act") == ["Voir ce qui a changé"]
    assert page.words(".can-do a") == [], "said once"
    assert followed(app) == (State.COMPLETED, Hold.TO_ACKNOWLEDGE, 14)
    player = Player(signed_in, edition)
    assert player.me["modules"][str(edition)]["changed"] == ["read", "two"]
    told = player.event("acknowledged")
    assert player.deliver(player.event("seen", block="read"), player.answered("two", True), told)["fates"][
        told["id"]
    ] == ("stored")
    assert player.deliver(told)["fates"] == {told["id"]: "duplicate"}
    assert myself(signed_in, edition)["modules"][str(edition)]["changed"] is None
    page = signed_in.get("kiosk.home")
    assert (page.words(".module"), page.words(".can-do a")) == ([], ["Un petit module Terminé. Le revoir"])
    assert followed(app) == (State.COMPLETED, Hold.HELD, -6)
    with app.app_context():
        assert [one.completed_at is None for one in db.session.scalars(select(Standing).order_by("edition_id"))] == [
            False,
            True,
        ], "nothing was deleted, nothing made up"


def test_training_anew_is_due_again_with_as_many_days(app: Flask, signed_in: StrictBrowser, completed: int) -> None:
    edition = publish_again(app, Impact.RETRAINING)
    page = signed_in.get("kiosk.home")
    assert page.words(".module-facts")[0].startswith("3 minutes · avant le ")
    assert page.words(".next-act") == ["Le refaire"]
    assert page.words(".can-do a") == []
    assert followed(app) == (State.NOT_STARTED, Hold.OVERTAKEN, 14)
    player = Player(signed_in, edition)
    assert player.me["modules"][str(edition)]["changed"] is None
    player.deliver(player.event("seen", block="read"))
    assert signed_in.get("kiosk.home").words(".next-act") == ["Continuer"]
    assert followed(app)[0] is State.UNDER_WAY
    answers = [player.answered(key, RIGHT[key] if key != "two" else False) for key in RIGHT]
    player.deliver(player.event("seen", block="mind"), *answers)
    assert signed_in.get("kiosk.home").words(".can-do a") == ["Un petit module Terminé. Le revoir"]
    assert followed(app) == (State.COMPLETED, Hold.HELD, -6)


def test_an_acknowledgement_without_the_module_is_another_matter(
    app: Flask, signed_in: StrictBrowser, amina: Operator, completed: int
) -> None:
    """Whoever never completed it takes the newest edition as a whole."""
    edition = publish_again(app, Impact.ACKNOWLEDGEMENT)
    with app.app_context(), writing():
        db.session.execute(Standing.__table__.delete())
        db.session.commit()
    assert myself(signed_in, edition)["modules"][str(edition)]["changed"] is None
    assert signed_in.get("kiosk.home").words(".next-act") == ["Commencer"]


def test_the_database_knows_which_edition_means_what(app: Flask, completed: int) -> None:
    publish_again(app, Impact.RETRAINING)
    with app.app_context():
        assert db.session.scalars(select(Edition.impact).order_by(Edition.id)).all() == [
            Impact.CORRECTION,
            Impact.RETRAINING,
        ]


def test_what_is_good_for_some_months_says_until_when_and_is_due_again(
    app: Flask, signed_in: StrictBrowser, amina: Operator
) -> None:
    """Good for a month, completed twenty days ago: the second half of that month has begun."""
    edition = complete(app, amina, content(validity_months=1, max_attempts=1))
    with app.app_context():
        [standing] = db.session.scalars(select(Standing))
        last_day = months_after(local_day(standing.completed_at), 1)
        left, new_day = (last_day - today()).days, months_after(today(), 1)
    page = signed_in.get("kiosk.home")
    assert page.words(".next-act") == ["Le refaire"]
    assert page.words(".module-facts") == [f"3 minutes · avant le {last_day.day} {MONTHS[last_day.month]}"]
    assert followed(app) == (State.COMPLETED, Hold.TO_RENEW, left)
    player = Player(signed_in, edition)
    where = player.me["modules"][str(edition)]
    assert (where["attempt"], where["again"], where["seen"], where["spent"]) == (2, False, [], False)
    cards = [player.event("seen", block=key) for key in ("read", "mind")]
    answers = [player.answered(key, response) for key, response in RIGHT.items()]
    told = player.deliver(*cards, *answers)
    assert set(told["fates"].values()) == {"stored"}, "as many tries as at first"
    assert told["results"][answers[-1]["id"]]["good_until"] == f"{new_day.day} {MONTHS[new_day.month]} {new_day.year}"
    page = signed_in.get("kiosk.home")
    said = f"Un petit module Terminé. Le revoir · valable jusqu’au {new_day.day} {MONTHS[new_day.month]} {new_day.year}"
    assert (page.words(".module"), page.words(".can-do a")) == ([], [said])
    with app.app_context():
        completions = db.session.scalars(
            select(LearningRecord.occurred_at).where(LearningRecord.verb == Verb.COMPLETED)
        ).all()
        [standing] = db.session.scalars(select(Standing))
        assert sorted(completions) == [standing.completed_at, standing.renewed_at]


def test_what_has_run_out_is_late(app: Flask, signed_in: StrictBrowser, amina: Operator) -> None:
    complete(app, amina, content(validity_months=1))
    with app.app_context():
        for days, state, hold in ((3, State.COMPLETED, Hold.HELD), (60, State.LATE, Hold.LAPSED)):
            [row] = following(today() - AGO + timedelta(days=days))
            assert (row.state, row.hold) == (state, hold)


MONTHS = dict(
    enumerate(("janvier février mars avril mai juin juillet août septembre octobre novembre décembre").split(), 1)
)
