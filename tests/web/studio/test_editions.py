"""What was published of a module, as the studio shows it, and taking an edition back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from lms.authoring import actions, queries
from lms.catalogue.actions import NothingToAcknowledge
from lms.catalogue.models import Impact
from lms.kernel.clock import months_after, now, today
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.authoring.imports.test_module_file import whole_file
from tests.catalogue.modules import both
from tests.strict import StrictBrowser
from tests.web.studio.test_pages import filled


@pytest.fixture
def trainer(signed_in_as: Callable[..., StrictBrowser]) -> StrictBrowser:
    return signed_in_as(Role.TRAINER)


@pytest.fixture
def two_editions(app: Flask, trainer: StrictBrowser) -> None:
    """The second says one thing more, and `so` is answered otherwise."""

    def change(document: dict) -> dict:
        document["blocks"][0]["body"] = both("A **bolder** [link](https://example.org)")
        document["blocks"][7]["answer"] = True
        return document

    with app.app_context(), writing():
        actions.publish(actions.store_file(whole_file(), by=None, now=now()), by=None, now=now())
        draft = actions.save_draft("whole", change, version=None, by=None, now=now())
        actions.publish(draft, note="Bolder", by=trainer.person_id, now=now())
        db.session.commit()


def test_what_an_edition_changes_is_shown_word_by_word(trainer: StrictBrowser, two_editions: None) -> None:
    page = trainer.get("studio.editions", code="whole")
    assert page.words("tbody th") == ["2", "1"]
    assert page.words(".state") == ["Offered at the kiosks", "Edition replaced"]
    assert "Bolder" in page.words("tbody tr")[0]
    page = trainer.get("studio.compare", code="whole", **{"from": 1, "to": 2})
    assert page.words(".compared h2") == ["Read (en)", "So? (en)"]
    assert page.words(".compared .state") == ["Words", "Right answer or points"]
    assert page.words("del") == ["left out: bold"] * 2
    assert page.words("ins") == ["new: bolder"] * 2
    assert page.words(".compared")[1].endswith("Right answer no yes")
    assert "Both are the same." in trainer.get("studio.compare", code="whole").get_text()


def test_an_edition_is_taken_back_with_a_reason(app: Flask, trainer: StrictBrowser, two_editions: None) -> None:
    page = trainer.post("studio.withdraw", {"reason": ""}, code="whole", number=2, status=422)
    assert "Say why" in page.get_text()
    page = trainer.post("studio.withdraw", {"reason": "The blade is drawn wrong."}, code="whole", number=2)
    assert page.words(".state") == ["Edition withdrawn", "Edition replaced"]
    assert "The blade is drawn wrong." in page.words("tbody tr")[0]
    assert "Claire Morel" in page.words("tbody tr")[0]
    assert "2 – withdrawn" in trainer.get("studio.about", code="whole").get_text()
    trainer.get("studio.modules")
    trainer.post("studio.withdraw", {"reason": "Again"}, code="whole", number=2, status=409)
    with app.app_context():
        assert queries.work("whole").withdrawn


def test_who_may_not_publish_withdraws_nothing(signed_in_as: Callable[..., StrictBrowser], two_editions: None) -> None:
    signed_in_as(Role.HR).post("studio.withdraw", {"reason": "x"}, code="whole", number=1, status=403)


def test_an_author_says_what_an_edition_means(app: Flask, trainer: StrictBrowser, two_editions: None) -> None:
    with app.app_context(), writing():
        actions.save_draft("whole", lambda one: {**one, "pass_mark": 0.5}, version=None, by=None, now=now())
        db.session.commit()
    page = trainer.get("studio.publish", code="whole")
    assert [one["value"] for one in page.select("[name=impact]")] == ["correction", "retraining"], "nothing to look at"
    said = filled(page)
    page = trainer.post("studio.publish", said, code="whole", status=422)
    assert "Say what this edition means" in page.get_text()
    trainer.post("studio.publish", said | {"impact": "retraining"}, code="whole")
    assert "Re-training" in trainer.get("studio.editions", code="whole").words("tbody tr")[0]


def test_nothing_to_look_at_is_nothing_to_acknowledge(app: Flask, two_editions: None) -> None:
    with app.app_context(), writing():
        draft = actions.save_draft("whole", lambda one: {**one, "pass_mark": 0.5}, version=None, by=None, now=now())
        with pytest.raises(NothingToAcknowledge):
            actions.publish(draft, impact=Impact.ACKNOWLEDGEMENT, by=None, now=now())


def test_modules_are_listed_by_the_day_of_their_next_review(
    app: Flask, trainer: StrictBrowser, two_editions: None
) -> None:
    head = filled(trainer.get("studio.edit_head", code="whole"))
    said = {"validity_months": "24", "review_months": "6", "owner": "Service qualité"}
    trainer.post("studio.edit_head", head | said, code="whole")
    with app.app_context():
        document = queries.work("whole").document
        assert {name: document[name] for name in said} == {
            "validity_months": 24,
            "review_months": 6,
            "owner": said["owner"],
        }
    page = trainer.get("studio.to_review")
    assert page.words("tbody .state") == ["Up to date"]
    assert "Service qualité" in page.words("tbody tr")[0]
    with app.app_context():
        [module] = queries.to_review(now())
        assert (module.reviewed_on, module.due_on) == (None, months_after(today(), 12)), "as the edition says"
    with app.app_context(), writing():
        actions.publish(queries.draft("whole"), by=None, now=now() - timedelta(days=300))
        db.session.commit()
    assert trainer.get("studio.to_review").words("tbody .state") == ["Overdue"]
    trainer.post("studio.review", {"note": ""}, code="whole")
    assert trainer.get("studio.to_review").words("tbody .state") == ["Up to date"]
    trainer.post("studio.withdraw", {"reason": "x"}, code="whole", number=3)
    assert trainer.get("studio.to_review").words("tbody .state") == []


def test_an_edition_is_planned_for_a_day_and_cancelled(app: Flask, trainer: StrictBrowser, two_editions: None) -> None:
    with app.app_context(), writing():
        actions.save_draft("whole", lambda one: {**one, "pass_mark": 0.5}, version=None, by=None, now=now())
        db.session.commit()
        today_, tomorrow = today().isoformat(), (today() + timedelta(days=1)).isoformat()
    said = filled(trainer.get("studio.publish", code="whole")) | {"impact": "correction"}
    page = trainer.post("studio.publish", said | {"publish_on": today_}, code="whole", status=422)
    assert "Choose a day after today" in page.get_text()
    page = trainer.post("studio.publish", said | {"publish_on": tomorrow}, code="whole")
    assert "is planned for" in page.get_text()
    assert "is planned for" in trainer.get("studio.publish", code="whole").get_text()
    page = trainer.get("studio.editions", code="whole")
    assert page.words("tbody th") == ["2", "1"]
    assert "Claire Morel" in page.words(".notice")[0]
    page = trainer.post("studio.cancel_planned", code="whole")
    assert not page.select(".notice-info")
    trainer.post("studio.cancel_planned", code="whole", status=404)
