"""A file from elsewhere is shown before anything is made of it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from lms.authoring import previews
from lms.authoring.listing import listed
from lms.kernel.database import db
from lms.kernel.jobs import working
from lms.kernel.jobs.models import Job
from lms.people.permissions import Role
from tests.authoring.imports.test_module_file import YAML, files, zipped
from tests.strict import Page, StrictBrowser
from tests.web.studio.test_pages import document, trainer, whole

__all__ = ["trainer", "whole"]
BANK = b"::So::Is it so?{T}\n\n::Tell::Tell us{}\n\n::Which::Which?{=a ~%50%b ~c}\n"


def send(trainer: StrictBrowser, source: bytes, name: str, *, status: int = 200) -> Page:
    return trainer.post("studio.import_file", {"file": (BytesIO(source), name), "language": "en"}, status=status)


def accept(trainer: StrictBrowser, page: Page, **more: Any) -> Any:
    """What a browser does with the button that accepts."""
    form = page.select_one("main form[method=post]")
    return trainer.client.post(form["action"], data={**sent(page), **more}, follow_redirects=True)


def sent(page: Page) -> dict[str, Any]:
    """What its form would send as it stands."""
    form = page.select_one("main form[method=post]")
    data: dict[str, Any] = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}
    data["take"] = [box["value"] for box in form.select("[name=take][checked]")]
    for chosen in form.select("select option[selected]"):
        data[chosen.find_parent("select")["name"]] = chosen["value"]
    return data


def choose(trainer: StrictBrowser, page: Page, **more: Any) -> Page:
    """Ask what would be made of what is ticked now."""
    preview = page.select_one("main form[method=post]")["action"].split("/")[-1].split("?")[0]
    return trainer.post("studio.choose_import", {**sent(page), **more}, preview=preview)


def codes(app: Flask) -> list[str]:
    with app.app_context():
        return [work.code for work in listed()]


def module(minutes: int = 3) -> bytes:
    return zipped(files(YAML.replace(b"minutes: 3", b"minutes: %d" % minutes))).getvalue()


def test_a_bank_is_shown_then_taken(app: Flask, trainer: StrictBrowser) -> None:
    page = send(trainer, BANK, "bank.gift")
    assert "2 of 3 things in the file were understood" in page.select_one(".lead").get_text()
    rows = page.words("table tbody tr")
    assert "bank bank 0 2 New draft" in rows
    assert "Line 3 Tell Not imported: a free text has no answer that could be checked here." in rows
    assert page.words(".understood .block-faults li") == ["An answer earns part of the points there; here it is wrong."]
    assert codes(app) == [], "nothing is written before it is accepted"
    accept(trainer, page)
    assert [block["key"] for block in document(app, "bank")["blocks"]] == ["so", "which"]


def test_questions_go_into_a_module_that_is_chosen(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    before = len(document(app)["blocks"])
    page = choose(trainer, send(trainer, BANK, "bank.gift"), into="whole")
    assert "1 question replaces the one with its key" in page.get_text(), "one of them is called `so` too"
    accept(trainer, page)
    assert len(document(app)["blocks"]) == before + 1
    assert codes(app) == ["whole"]


def test_what_would_be_made_is_looked_at_again_when_it_changed(app: Flask, trainer: StrictBrowser) -> None:
    first, second = send(trainer, BANK, "bank.gift"), send(trainer, BANK, "bank.gift")
    accept(trainer, first)
    answer = accept(trainer, second)
    assert "Look again" in answer.text
    assert codes(app) == ["bank"]


def test_what_is_unticked_is_not_taken_and_not_counted(app: Flask, trainer: StrictBrowser) -> None:
    page = send(trainer, BANK, "bank.gift")
    assert choose(trainer, page, every="leave").select(".understood [checked]") == []
    page = choose(trainer, page, take=["1"])
    assert "bank bank 0 1 New draft" in page.words("table tbody tr")
    assert "Ticked below: 1 of 2." in page.get_text()
    assert "Tick what is to be taken" in accept(trainer, page, take=[]).text
    assert codes(app) == []
    accept(trainer, page)
    assert [block["key"] for block in document(app, "bank")["blocks"]] == ["which"]


def test_boxes_that_were_changed_since_the_plan_was_shown_count(app: Flask, trainer: StrictBrowser) -> None:
    accept(trainer, send(trainer, BANK, "bank.gift"), take=["0"])
    assert [block["key"] for block in document(app, "bank")["blocks"]] == ["so"]


def test_a_module_file_is_shown_then_taken(app: Flask, trainer: StrictBrowser) -> None:
    page = send(trainer, module(), "rolls.zip")
    assert "Block 1 · Text card" in page.words(".understood .block-kind")
    accept(trainer, page)
    assert document(app, "rolls")["minutes"] == 3


def test_unpublished_work_is_not_replaced_unasked(app: Flask, trainer: StrictBrowser) -> None:
    accept(trainer, send(trainer, module(), "rolls.zip"))
    page = send(trainer, module(4), "rolls.zip")
    assert accept(trainer, page).status_code == 422
    assert document(app, "rolls")["minutes"] == 3
    accept(trainer, page, replace="y")
    assert document(app, "rolls")["minutes"] == 4


def test_a_file_with_faults_is_refused_with_their_lines(app: Flask, trainer: StrictBrowser) -> None:
    bad = zipped(files(YAML.replace(b"card: text", b"card: poem"))).getvalue()
    page = send(trainer, bad, "rolls.zip", status=422)
    assert page.words(".problems tbody tr") == [
        "module.yaml 8 blocks.0 There is no kind of block called poem. "
        "Choose one of: text, picture, video, steps, safety, spots, flip, checklist, compare, document."
    ]
    assert codes(app) == []


@pytest.fixture
def long_bank(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A bank that counts as long although a test is quick with it."""
    monkeypatch.setattr(previews, "LONG_FILE", 1000)
    monkeypatch.setattr(previews, "LONG_TAKE", 100)
    return "".join(f"::Q{number}::Is it {number}?{{T#no#yes}}\n\n" for number in range(150)).encode()


def test_a_large_bank_is_read_and_taken_as_jobs(app: Flask, trainer: StrictBrowser, long_bank: bytes) -> None:
    page = shown_by_a_job(app, trainer, long_bank)
    assert len(page.select(".understood > li")) == 50
    assert page.words("table tbody th") == ["large large", "large (2) large-2", "large (3) large-3"]
    accept(trainer, page, take=page.select_one("[name=take]")["value"])
    assert codes(app) == []
    with app.app_context():
        assert working.work_off() == 1
        assert [work.questions for work in listed()] == [60, 41], "of what stood on other pages all, of this one one"


def shown_by_a_job(app: Flask, trainer: StrictBrowser, source: bytes) -> Page:
    send(trainer, source, "large.gift")
    with app.app_context():
        assert working.work_off() == 1
        preview = job(app).result["preview"]
    return trainer.get("studio.preview_import", preview=preview)


def test_an_import_that_was_stopped_leaves_nothing(app: Flask, trainer: StrictBrowser, long_bank: bytes) -> None:
    accept(trainer, shown_by_a_job(app, trainer, long_bank))
    with app.app_context():
        waiting = job(app)
    page = trainer.post("shared.job_cancel", {}, job_id=waiting.id)
    assert "Nothing was kept" in page.get_text()
    with app.app_context():
        assert working.work_off() == 0
    assert codes(app) == []


def job(app: Flask) -> Any:
    return db.session.query(Job).order_by(Job.asked_at.desc(), Job.id.desc()).first()


@pytest.mark.parametrize("role", [Role.HR, Role.OPERATOR])
def test_others_see_nothing_of_it(
    app: Flask, trainer: StrictBrowser, signed_in_as: Callable[..., StrictBrowser], role: Role
) -> None:
    address = send(trainer, BANK, "bank.gift").select_one("main form[method=post]")["action"]
    assert signed_in_as(role).client.get(address).status_code == 403
