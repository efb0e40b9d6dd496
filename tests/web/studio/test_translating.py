"""A trainer translates a module on a page, and takes the file of a translator."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask

from lms.authoring import actions, queries
from lms.authoring.translating.units import unit_of, with_texts
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.catalogue.modules import whole
from tests.strict import Page, StrictBrowser


@pytest.fixture
def trainer(signed_in_as: Callable[..., StrictBrowser], app: Flask) -> StrictBrowser:
    with app.app_context(), writing():
        blocks = [one for one in whole()["blocks"] if one["key"] in ("read", "one", "gap")]
        actions.store_document(whole(blocks=blocks), {}, by=None, now=now())
        db.session.commit()
    return signed_in_as(Role.TRAINER)


WHERE = {"code": "whole", "language": "en"}


def save(app: Flask, language: str, name: str, text: str) -> None:
    with app.app_context(), writing():
        actions.save_draft(
            "whole", lambda document: with_texts(document, language, {name: text}), version=None, by=None, now=now()
        )
        db.session.commit()


def text(app: Flask, name: str, language: str = "en") -> str:
    with app.app_context():
        return unit_of(queries.work("whole").document, name).texts.get(language, "")


def write(trainer: StrictBrowser, name: str, status: int = 200, **data: str) -> tuple[str, Page]:
    page = trainer.get("studio.translate", code="whole", language="en")
    seen = data.pop("seen", page.select_one(f'[id="{name}"] [name=seen]')["value"])
    return seen, trainer.post(
        "studio.write", code="whole", language="en", unit=name, data={"seen": seen, **data}, status=status
    )


def test_side_by_side_with_states_and_filters(trainer: StrictBrowser, app: Flask) -> None:
    save(app, "fr", "one.prompt", "Laquelle ?")
    save(app, "en", "read.title", "")
    assert "1 missing" in "".join(trainer.get("studio.modules").words("td .state"))
    badges = "".join(trainer.get("studio.module", code="whole").words(".outline .state"))
    assert "English: 1 missing" in badges
    assert "English: 1 to look at again" in badges
    for show, expected in {
        "missing": ["read.title"],
        "outdated": ["one.prompt"],
        "todo": ["read.title", "one.prompt"],
    }.items():
        page = trainer.get("studio.translate", code="whole", language="en", show=show)
        assert [form["id"] for form in page.select("form.unit")] == expected
    write(trainer, "one.prompt", act="right")
    assert not trainer.get("studio.translate", code="whole", language="en", show="outdated").select("form.unit")
    save(app, "en", "read.title", "Read it")
    save(app, "fr", "one.prompt", "Quoi ?")
    assert "older than its original" in trainer.get("studio.publish", code="whole").get_text()


def test_two_who_write_at_once_both_keep_their_text(trainer: StrictBrowser, app: Flask) -> None:
    seen, _page = write(trainer, "one.prompt", text="Mine", act="save")
    _seen, page = write(trainer, "one.prompt", status=409, seen=seen, text="Theirs", act="save")
    assert page.select_one('[id="one.prompt"] textarea').get_text() == "Theirs"
    assert page.select_one('[id="one.prompt"] [data-theirs]').get_text() == "Mine"
    assert text(app, "one.prompt") == "Mine"


def test_another_language_from_right_to_left(trainer: StrictBrowser, app: Flask) -> None:
    page = trainer.post("studio.languages", code="whole", data={"language": "ar"})
    assert {field["dir"] for field in page.select("form.unit textarea")} == {"rtl"}
    assert page.select_one(".progress-line progress")["value"] == "0"
    trainer.get("studio.translate", code="whole", language="fr", status=404)
    for name, words in {"read.title": "اقرأ", "read.body": "**نص**"}.items():
        save(app, "ar", name, words)
    shown = trainer.get("studio.preview", code="whole", at="read", language="ar")
    assert shown.select_one(".block[dir=rtl] strong").get_text() == "نص"
    assert not trainer.get("studio.preview", code="whole", at="one", language="ar").select(".block")


@pytest.mark.parametrize("ending", ["xlf", "xlsx", "csv"])
def test_a_file_goes_out_and_is_taken_after_it_was_looked_at(trainer: StrictBrowser, app: Flask, ending: str) -> None:
    save(app, "en", "one.prompt", "Which of them?")
    path = trainer.address("studio.give_translation", code="whole", language="en", ending=ending)
    data = trainer.client.get(path).data
    save(app, "en", "one.prompt", "")
    page = trainer.post("studio.translation_file", **WHERE, data={"file": (BytesIO(data), f"back.{ending}")})
    assert "Which of them?" in page.get_text()
    assert not text(app, "one.prompt")
    form = page.select_one("form[action*='/file/']")
    trainer.post(form["action"], data={"seen": "x"})
    assert not text(app, "one.prompt")
    trainer.post(form["action"], data={"seen": form.select_one("[name=seen]")["value"]})
    assert text(app, "one.prompt") == "Which of them?"


def test_a_file_of_something_else_is_refused_in_words(trainer: StrictBrowser) -> None:
    page = trainer.post("studio.translation_file", **WHERE, data={"file": (BytesIO(b"<a/>"), "a.xlf")}, status=422)
    assert "not XLIFF" in page.get_text()
