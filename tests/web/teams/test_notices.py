"""The notice to staff as HR, evaluators and staff representatives see it."""

from collections.abc import Callable

import pytest
from flask import Flask

from lms.kernel import speech
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people import notices
from lms.people.permissions import Role
from tests.people.making import a_person, a_team
from tests.strict import StrictBrowser

FORM = {
    "words_fr": "Voici.\r\n\r\n\r\nDeux  paragraphes.",
    "words_en": "Here it is.\r\n\r\nTwo paragraphs.",
    "fields_fr": "Vos réponses\r\n\r\nVos visites",
    "fields_en": "Your answers\r\nYour visits",
}


@pytest.fixture
def people(app: Flask) -> list[int]:
    with app.app_context(), writing():
        team = a_team()
        made = [a_person(f"{place}", f"Given{place} Family", team_id=team) for place in range(6)]
        db.session.commit()
    return made


@pytest.mark.parametrize("role", [Role.HR, Role.EVALUATOR])
def test_a_notice_is_published(app: Flask, signed_in_as: Callable[..., StrictBrowser], role: Role) -> None:
    browser = signed_in_as(role)
    assert "No notice is published yet." in browser.get("teams.notices").get_text()
    page = browser.post("teams.new_notice", FORM)
    assert page.words("main p")[-3:-1] == ["Here it is.", "Two paragraphs."] or "Two paragraphs." in page.words(
        "main p"
    )
    with app.app_context():
        made = notices.newest()
        assert made.words["fr"] == "Voici.\n\nDeux paragraphes."
        assert made.fields == [{"fr": "Vos réponses", "en": "Your answers"}, {"fr": "Vos visites", "en": "Your visits"}]
        assert made.published_by == browser.person_id
    assert browser.get("teams.new_notice").select_one("#fields_en").get_text().strip() == "Your answers\nYour visits"
    same = browser.post("teams.new_notice", FORM, status=422)
    assert "This is what the notice says already." in same.words(".field-fault")


def test_a_notice_is_read_aloud_before_anybody_reads_it(app: Flask, signed_in_as: Callable[..., StrictBrowser]) -> None:
    signed_in_as(Role.HR).post("teams.new_notice", FORM)
    with app.app_context():
        told = notices.spoken(notices.newest(), "en")
        assert told.text == "Here it is.\n\nTwo paragraphs.\n\nYour answers. Your visits."
        assert speech.recordings([told, notices.spoken(notices.newest(), "fr")]).keys() >= {told}


def test_a_thing_that_is_kept_is_said_in_both_languages(signed_in_as: Callable[..., StrictBrowser]) -> None:
    page = signed_in_as(Role.HR).post("teams.new_notice", {**FORM, "fields_en": "Your answers"}, status=422)
    assert page.words(".field-fault") == ["Say the same things in both languages, line by line."]


def test_a_staff_representative_sees_how_many_and_changes_nothing(
    app: Flask, signed_in_as: Callable[..., StrictBrowser], people: list[int]
) -> None:
    hr, representative = signed_in_as(Role.HR), signed_in_as(Role.STAFF_REPRESENTATIVE)
    hr.post("teams.new_notice", FORM)
    with app.app_context(), writing():
        notices.acknowledge(people[0], 1, place="terminal:1", now=now())
        db.session.commit()
    assert hr.get("teams.notices").words("tbody td") == ["6", "1", "6", "1"]
    assert representative.get("teams.notices").words("tbody td") == ["6", "0", "6", "0"], "as of last Sunday"
    representative.get("teams.new_notice", status=403)
    assert "Notice to staff" in representative.get("teams.completion").words("header a, .page-header a, main a")
