"""Drafts looked at by colleagues: asked, remarked on, decided, and published only then where the site wants it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from lms.authoring import actions, arranging, queries
from lms.authoring.reviewing import queries as reviewing
from lms.authoring.reviewing.rules import ApprovalStale
from lms.kernel.clock import now, today
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.authoring.imports.test_module_file import whole_file
from tests.strict import StrictBrowser
from tests.web.studio.test_pages import filled

WHOLE = {"code": "whole"}
REVIEW = "studio.module_review"


@pytest.fixture
def author(app: Flask, signed_in_as: Callable[..., StrictBrowser]) -> StrictBrowser:
    """Whoever changed the draft last."""
    browser = signed_in_as(Role.TRAINER)
    with app.app_context(), writing():
        actions.store_file(whole_file(), by=browser.person_id, now=now())
        db.session.commit()
    return browser


@pytest.fixture
def colleague(signed_in_as: Callable[..., StrictBrowser]) -> StrictBrowser:
    return signed_in_as(Role.TRAINER)


def change(app: Flask, by: int | None) -> None:
    with app.app_context(), writing():
        actions.save_draft("whole", lambda one: {**one, "minutes": one["minutes"] + 1}, version=None, by=by, now=now())
        db.session.commit()


def ask(author: StrictBrowser, colleague: StrictBrowser) -> None:
    author.post("studio.ask_review", {"colleague": colleague.person_id, "note": "The numbers"}, follow=False, **WHOLE)


def decision(colleague: StrictBrowser, ending: str, words: str = "") -> dict[str, object]:
    """What the colleague's form sends of the draft as it is now."""
    with colleague.app.app_context():
        return {"state": reviewing.reviewed("whole").state, "ending": ending, "words": words}


def test_a_colleague_is_asked_remarks_and_wants_changes(author: StrictBrowser, colleague: StrictBrowser) -> None:
    ask(author, colleague)
    page = author.post("studio.ask_review", {"colleague": colleague.person_id}, **WHOLE)
    assert "is asked already" in page.get_text()
    author.post("studio.ask_review", {"colleague": author.person_id}, status=422, **WHOLE)
    assert "Asked by colleagues (1)" in colleague.get("studio.modules").get_text()
    assert "The numbers" in colleague.get("studio.reviews").words("tbody tr")[0]
    assert "The numbers" in author.get("studio.reviews").words("tbody tr")[1]
    page = colleague.post("studio.decide_review", decision(colleague, "changes"), status=422, review_id=1, **WHOLE)
    assert "Write what you mean first." in page.get_text()
    author.post("studio.decide_review", decision(colleague, "approved"), status=403, review_id=1, **WHOLE)
    page = colleague.post("studio.decide_review", decision(colleague, "changes", "Too long"), review_id=1, **WHOLE)
    assert "A colleague wants changes first. Once" in page.get_text()
    assert "Too long" in author.get(REVIEW, **WHOLE).get_text()
    assert "Nobody asks you for anything." in colleague.get("studio.reviews").get_text()
    late = {"state": "", "ending": "approved"}
    page = colleague.post("studio.decide_review", late, status=409, review_id=1, **WHOLE)
    assert "has ended already" in page.get_text()


def test_remarks_stay_with_their_block_answered_settled_and_opened_again(
    app: Flask, author: StrictBrowser, colleague: StrictBrowser
) -> None:
    page = colleague.get("studio.edit_block", key="read", **WHOLE)
    assert not page.select_one("#remarks").has_attr("open")
    said = {"remark-read-words": "Which press?"}
    page = colleague.post("studio.remark", said, key="read", beside="read", **WHOLE)
    assert page.select_one("#remarks").has_attr("open")
    assert page.words(".remarks-open .state") == ["1 remark"]
    assert page.words(".remark .state") == ["Open"]
    assert "Claire Morel" in page.words(".remark-who")[0]
    colleague.post("studio.remark", {"remark--words": "Well made"}, follow=False, **WHOLE)
    page = colleague.post("studio.remark", {"remark--words": " "}, **WHOLE)
    assert "Write what you mean first." in page.get_text()
    assert page.words(".remark-words") == ["Well made", "Which press?"]
    said = {"act": "answered", "reply-1-words": "The new one"}
    for reply in (said, {"act": "resolved"}, {"act": "resolved"}):
        author.post("studio.reply", reply, follow=False, remark_id=1, **WHOLE)
    author.post("studio.reply", {"act": "said"}, remark_id=1, status=404, **WHOLE)
    page = author.get(REVIEW, **WHOLE)
    assert page.words("#remark-1 .state") == ["Settled"]
    assert len(page.select("#remark-1 .remark-who")) == 3, "settled once"
    colleague.post("studio.reply", {"act": "reopened"}, follow=False, remark_id=1, **WHOLE)
    with app.app_context(), writing():
        arranging.move_block("whole", "read", 1, by=author.person_id, now=now())
        db.session.commit()
    assert author.get(REVIEW, **WHOLE).words("#remark-1 .state") == ["Open"], "moved it is the same"
    with app.app_context(), writing():
        arranging.delete_block("whole", "read", None, by=author.person_id, now=now())
        db.session.commit()
    page = author.get(REVIEW, **WHOLE)
    assert page.words("#remark-1 .state") == ["Open", "No longer there"]
    assert "What it said then" in page.words("#remark-1 details")[0]


def test_where_the_site_wants_it_nothing_comes_out_without_a_fresh_approval(
    app: Flask, author: StrictBrowser, colleague: StrictBrowser
) -> None:
    app.config["PUBLISH_NEEDS_APPROVAL"] = True
    with app.app_context():
        said = {"version": queries.work("whole").version, "note": "", "minutes": "", "origin": ""}
        planned = said | {"publish_on": (today() + timedelta(days=1)).isoformat()}
    author.post("studio.publish", said, follow=False, **WHOLE)
    page = author.post("studio.publish", planned, **WHOLE)
    assert page.get_text().count("needs the approval of a colleague first") == 2, "now, and on a day"
    ask(author, colleague)
    seen = decision(colleague, "approved")
    change(app, author.person_id)
    page = colleague.post("studio.decide_review", seen, status=422, review_id=1, **WHOLE)
    assert "Someone saved another version" in page.get_text()
    page = colleague.post("studio.decide_review", decision(colleague, "approved"), review_id=1, **WHOLE)
    assert "A colleague approved this draft, just as it is." in page.get_text()
    change(app, author.person_id)
    page = author.get("studio.publish", **WHOLE)
    assert "but it was changed since" in page.get_text()
    assert not page.select("[name=version]"), "there is no form to publish it"
    with app.app_context(), writing(), pytest.raises(ApprovalStale):
        actions.publish(actions.save_draft("whole", dict, version=None, by=None, now=now()), by=None, now=now())
    ask(author, colleague)
    colleague.post("studio.decide_review", decision(colleague, "approved"), follow=False, review_id=2, **WHOLE)
    author.post("studio.publish", filled(author.get("studio.publish", **WHOLE)), **WHOLE)
    assert author.get("studio.editions", **WHOLE).words("tbody th") == ["1"]


def test_nobody_approves_what_they_changed_last(app: Flask, author: StrictBrowser, colleague: StrictBrowser) -> None:
    ask(author, colleague)
    change(app, colleague.person_id)
    page = colleague.post("studio.decide_review", decision(colleague, "approved"), status=422, review_id=1, **WHOLE)
    assert "You changed this draft last." in page.get_text()
    page = author.post("studio.cancel_review", review_id=1, **WHOLE)
    assert "The request is taken back." in page.get_text()
    assert not author.get(REVIEW, **WHOLE).select(".remark-answer")
