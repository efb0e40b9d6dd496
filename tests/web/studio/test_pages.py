"""What a trainer does in the studio."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask

from lms.authoring import actions, queries
from lms.authoring.exports import module_file
from lms.catalogue.blocks import CARDS, QUESTIONS
from lms.catalogue.content import ModuleContent
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.authoring.imports.test_module_file import DRAWING, whole_file
from tests.strict import StrictBrowser

KINDS = len(CARDS) + len(QUESTIONS)
"""Of the module `whole`, each once."""


@pytest.fixture
def trainer(signed_in_as: Callable[..., StrictBrowser]) -> StrictBrowser:
    return signed_in_as(Role.TRAINER)


@pytest.fixture
def whole(app: Flask) -> None:
    with app.app_context(), writing():
        actions.store_file(whole_file(), by=None, now=now())
        db.session.commit()


def document(app: Flask, code: str = "whole") -> dict:
    with app.app_context():
        return queries.work(code).document


def filled(page) -> dict[str, object]:
    """What a browser would send of the page's main form."""
    form = page.select_one("main form[data-block]") or page.select_one("main form[action]")
    data: dict[str, object] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        kind = field.get("type")
        if kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(field["name"], []).append(field.get("value", "y"))
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            data[field["name"]] = chosen["value"]
        elif kind != "file":
            data[field["name"]] = field.get("value", "") if field.name == "input" else field.get_text().lstrip("\n")
    return data


def test_every_page_of_a_whole_module(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    assert "Whole (en)" in trainer.get("studio.modules").words("th a")
    assert len(trainer.get("studio.module", code="whole").select(".outline > li")) == KINDS
    trainer.get("studio.edit_head", code="whole")
    trainer.get("studio.import_file")
    trainer.get("studio.new_module")
    trainer.get("studio.publish", code="whole")
    for key in keys(app):
        trainer.get("studio.edit_block", code="whole", key=key)
        trainer.get("studio.preview", code="whole", at=key)


def test_saving_a_form_as_it_is_changes_nothing(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    before = document(app)
    for key in keys(app):
        page = trainer.get("studio.edit_block", code="whole", key=key)
        trainer.post("studio.edit_block", filled(page), code="whole", key=key)
    trainer.post("studio.edit_head", filled(trainer.get("studio.edit_head", code="whole")), code="whole")
    assert document(app) == before


@pytest.mark.parametrize("kind", [*CARDS, *QUESTIONS])
def test_a_block_of_each_kind_is_begun_empty_and_says_what_is_missing(
    app: Flask, trainer: StrictBrowser, whole: None, kind: str
) -> None:
    page = trainer.post("studio.add_block", {"kind": kind}, code="whole")
    key = keys(app)[-1]
    trainer.post("studio.edit_block", filled(page), code="whole", key=key)
    assert len(document(app)["blocks"]) == KINDS + 1
    with app.app_context():
        assert queries.work("whole").problems_of(KINDS)
    assert page.select(".desk-lacks li")
    assert int(page.select_one(".outline > li:last-child [data-count]").get_text())
    trainer.get("studio.preview", code="whole", at=key)


def test_a_code_is_made_of_the_title_and_one_language_is_enough(app: Flask, trainer: StrictBrowser) -> None:
    page = trainer.get("studio.new_module")
    assert [one["value"] for one in page.select("[name=languages][checked]")] == ["en"]
    for _ in range(2):
        trainer.post("studio.new_module", filled(page) | {"title": "Régler la lame"})
    assert document(app, "regler-la-lame-2")["languages"] == ["en"]


def test_an_answer_in_the_preview_is_told_what_the_trainer_wrote(trainer: StrictBrowser, whole: None) -> None:
    asked = trainer.get("studio.preview", code="whole", at="one").select_one("[data-answer]")
    assert asked
    told = [trainer.client.get(f"{asked['data-answer']}&response=%22{key}%22").json for key in "ab"]
    assert sorted(one["right"] for one in told) == [False, True]
    assert all(one["text"] for one in told)
    assert trainer.client.get(f"{asked['data-answer']}&response=7").status_code == 404
    assert not trainer.get("studio.preview", code="whole", at="read").select("[data-confirm]")


def test_from_nothing_to_an_edition(app: Flask, trainer: StrictBrowser) -> None:
    trainer.post("studio.new_module", {"title": "Rolls", "code": "rolls", "languages": ["en"]})
    head = filled(trainer.get("studio.edit_head", code="rolls"))
    trainer.post("studio.edit_head", head | {"summary-en": "About rolls", "minutes": "3"}, code="rolls")
    card = filled(trainer.post("studio.add_block", {"kind": "text"}, code="rolls"))
    picture = (BytesIO(DRAWING.replace(b"<path", b"<script>x</script><path")), "My roll.svg")
    trainer.post(
        "studio.edit_block",
        card
        | {"title-en": "A roll", "body-en": "It is **round**.", "picture-upload": picture, "picture-alt-en": "A roll"},
        code="rolls",
        key="text",
    )
    asked = filled(trainer.post("studio.add_block", {"kind": "numeric"}, code="rolls"))
    answers = {"prompt-en": "How wide?", "answer": "3,5", "tolerance": "0,1", "unit-en": "mm"}
    told = {"feedback-correct-en": "Yes.", "feedback-incorrect-en": "Measure again."}
    trainer.post("studio.edit_block", asked | answers | told, code="rolls", key="numeric")
    page = trainer.post("studio.publish", filled(trainer.get("studio.publish", code="rolls")), code="rolls")
    assert "Edition 1 is published" in page.get_text()
    with app.app_context():
        edition = queries.work("rolls").edition
        assert edition.content.block("numeric").answer == 3.5
        assert edition.content.block("text").picture.file == "media/My-roll.svg"
        assert set(edition.media) == {"media/My-roll.svg"}
    assert "the same as edition 1" in trainer.get("studio.publish", code="rolls").get_text()


def test_two_at_once_both_are_shown(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    mine = filled(trainer.get("studio.edit_block", code="whole", key="read"))
    theirs = mine | {"title-en": "Theirs"}
    trainer.post("studio.edit_block", theirs, code="whole", key="read")
    page = trainer.post("studio.edit_block", mine | {"title-en": "Mine"}, status=422, code="whole", key="read")
    assert "Theirs" in page.get_text()
    again = filled(page)
    assert again["title-en"] == "Mine"
    assert document(app)["blocks"][0]["title"]["en"] == "Theirs"
    trainer.post("studio.edit_block", again, code="whole", key="read")
    assert document(app)["blocks"][0]["title"]["en"] == "Mine"


def keys(app: Flask) -> list[str]:
    return [block["key"] for block in document(app)["blocks"]]


def test_moving_copying_deleting_and_taking_back(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    def act(endpoint: str, key: str | None = None, then: str = "", **data: object) -> None:
        trainer.post(f"studio.{endpoint}", data, code="whole", **({"key": key} if key else {}))
        assert keys(app)[:4] == then.split()

    act("move_block", "look", "look read watch do", way="up")
    act("move_block", "look", "look read watch do", way="up")
    act("move_block", "watch", "watch look read do", after="")
    act("duplicate_block", "look", "watch look look-2 read")
    act("delete_block", "look", "watch look-2 read do")
    act("delete_block", "read", "watch look-2 read do", token="seen-before-it-changed")
    act("undo", None, "watch look look-2 read")
    act("undo", None, "watch look read do")
    act("redo", None, "watch look look-2 read")
    act("undo", None, "watch look read do")
    act("undo", None, "look read watch do")
    gone = trainer.client.post(trainer.address("studio.delete_block", code="whole", key="never"))
    assert gone.status_code == 404


def test_a_block_goes_to_another_module_with_its_files(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    trainer.post("studio.new_module", {"title": "Rolls", "code": "rolls", "languages": ["en"]})
    for way in ("copy", "move"):
        trainer.post("studio.send_block", {"to": "rolls", "way": way}, code="whole", key="look")
    sent = document(app, "rolls")["blocks"]
    assert [block["key"] for block in sent] == ["look", "look-2"]
    assert set(sent[0]["title"]) == {"en"}
    assert "look" not in keys(app)
    with app.app_context():
        assert queries.work("rolls").problems_of(0) == []


SCRIPT = {"Accept": "application/json"}


def test_a_script_saves_at_every_pause(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    form = filled(trainer.get("studio.edit_block", code="whole", key="read"))

    def save(title: str, key: str = "read", **more: str):
        data = {**form, "title-en": title, **more}
        return trainer.client.post(
            trainer.address("studio.save_block", code="whole", key=key), data=data, headers=SCRIPT
        )

    saved = save("First", tab="one").json
    assert saved["problems"] == []
    assert save("Second", token=saved["token"], tab="one").status_code == 200
    assert save("From another tab", tab="two").status_code == 409
    again = save("Its answer was lost", token=saved["token"], tab="one")
    assert again.status_code == 200, "nobody else saved since, so that it is the same tab going on"
    assert save("Late", token=saved["token"], tab="two").status_code == 409
    assert list(save("x" * 301, token=again.json["token"]).json["faults"]) == ["title-en"]
    assert "title" in save("", token=again.json["token"]).json["problems"][0]["place"].lower()
    trainer.post("studio.delete_block", {}, code="whole", key="read")
    assert save("To a block that is gone", kind="text").status_code == 409
    assert save("It comes back", kind="text", token="").status_code == 200
    assert keys(app)[:2] == ["read", "look"]


def test_a_module_leaves_as_a_file(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    response = trainer.client.get(trainer.address("studio.export_file", code="whole", name="module"))
    with app.app_context():
        work = queries.work("whole")
        assert response.data == module_file.archive(ModuleContent.model_validate(work.document), work.media)


def test_a_hostile_picture_is_refused_and_the_words_stay(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    form = filled(trainer.get("studio.edit_block", code="whole", key="read"))
    data = form | {"title-en": "Kept", "picture-upload": (BytesIO(b"<html>"), "a.svg")}
    page = trainer.post("studio.edit_block", data, status=422, code="whole", key="read")
    assert "This kind of file cannot be used" in page.get_text()
    assert filled(page)["title-en"] == "Kept"
    assert document(app)["blocks"][0]["title"]["en"] == "Read (en)"


def test_a_language_taken_off_takes_its_texts(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    form = filled(trainer.get("studio.edit_languages", code="whole"))
    trainer.post("studio.edit_languages", form | {"languages": ["fr"]}, code="whole")
    assert '"en"' not in str(document(app)).replace("'", '"')
    with app.app_context():
        assert queries.work("whole").problems == []


@pytest.mark.parametrize("role", [Role.HR, Role.STAFF_REPRESENTATIVE, Role.OPERATOR, Role.EVALUATOR])
def test_others_do_not_enter(signed_in_as: Callable[..., StrictBrowser], whole: None, role: Role) -> None:
    browser = signed_in_as(role)
    browser.get("studio.modules", status=403)
    assert browser.client.post(browser.address("studio.publish", code="whole")).status_code == 403


def test_an_administrator_writes_but_does_not_publish(signed_in_as: Callable[..., StrictBrowser], whole: None) -> None:
    browser = signed_in_as(Role.ADMINISTRATOR)
    browser.get("studio.module", code="whole")
    browser.get("studio.publish", status=403, code="whole")


def test_captions_that_cannot_be_read_are_refused_at_their_field_and_nothing_is_lost(
    app: Flask, trainer: StrictBrowser, whole: None
) -> None:
    before = document(app)
    form = filled(trainer.get("studio.edit_block", code="whole", key="watch"))
    backwards = "WEBVTT\n\n00:04.000 --> 00:01.000\nLate"
    data = form | {"title-en": "Kept", "video-cues-en": backwards}
    data["video-captions-fr"] = (BytesIO(b"1\n0:01 -> 0:02\nA"), "v.srt")
    page = trainer.post("studio.edit_block", data, status=422, code="whole", key="watch")
    said = page.words(".field-fault span")
    assert "Line 1:" in said[0]
    assert said[1] == "Line 3: The caption ends before it begins. Correct one of its times."
    assert page.words(".notice-danger a") == [
        "Video · Captions as a file (WebVTT or SRT) · Français",
        "Video · Captions as text (WebVTT or SRT); empty: those there are stay · English",
    ]
    assert (filled(page)["title-en"], filled(page)["video-cues-en"]) == ("Kept", backwards)
    assert document(app) == before


def test_a_file_of_captions_is_read_while_a_card_is_written(trainer: StrictBrowser, whole: None) -> None:
    def read(data: bytes) -> tuple[int, dict]:
        answer = trainer.client.post(
            trainer.address("studio.read_captions", code="whole"), data={"file": (BytesIO(data), "v.srt")}
        )
        return answer.status_code, answer.get_json()

    assert read(b"1\n00:00:01,500 --> 00:00:02,000\nStop") == (200, {"cues": [[1500, 2000, "Stop"]]})
    status, said = read(b"1\n00:00:01,500 --> 00:00:0x,000\nStop")
    assert (status, said["message"][:7]) == (422, "Line 2:")
