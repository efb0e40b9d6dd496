"""The question bank as a trainer uses it."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask

from lms.authoring import actions, queries
from lms.authoring.bank import queries as kept
from lms.authoring.bank.queries import Wanted
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.delivery.house import words
from tests.strict import StrictBrowser
from tests.web.studio.test_analysis import RIGHT, published, taken

BADGE = ".compared .state"
GIFT = "// a bank\n::one::Is it so?{T}\n\n::two::How many?{#3}\n"


@pytest.fixture
def trainer(signed_in_as: Callable[..., StrictBrowser]) -> StrictBrowser:
    return signed_in_as(Role.TRAINER)


@pytest.fixture
def small(app: Flask) -> None:
    """The small module, which twenty people took, twelve with B; and an empty one."""
    with app.app_context(), writing():
        edition = published()
        taken(edition, 0, 8, RIGHT)
        taken(edition, 8, 12, {**RIGHT, "one": "b"})
        actions.create_module("other", languages=["fr"], title={"fr": "Autre"}, by=None, now=now())
        db.session.commit()


def test_from_a_module_through_the_bank_to_another_and_its_next_version(
    app: Flask, trainer: StrictBrowser, small: None
) -> None:
    assert "What of one?" in trainer.get("studio.module_bank", code="small").words("h2 a")
    page = trainer.post("studio.put_in_bank", {"key": "one", "theme": "Winding"}, code="small")
    assert page.words(BADGE) == ["Version 1, the newest"]
    assert (
        "just so already"
        in trainer.post("studio.put_in_bank", {"key": "one", "theme": "Winding"}, code="small").get_text()
    )
    listed = trainer.get("studio.bank")
    assert listed.words("tbody tr")[0].split() == "What of one? Winding One right answer 1 1 40 % of 20".split()
    trainer.post("studio.take_question", {"code": "other"}, question_id=1)
    with app.app_context(), writing():
        work = queries.work("small")
        blocks = [*work.document["blocks"]]
        blocks[1] = {**blocks[1], "prompt": words("And of one?", "Et de un ?")}
        actions.save_draft("small", lambda document: {**document, "blocks": blocks}, version=None, by=None, now=now())
        db.session.commit()
    assert trainer.get("studio.module_bank", code="small").words(BADGE) == ["Changed here since version 1"]
    trainer.post("studio.put_in_bank", {"key": "one", "theme": "Winding"}, code="small")
    told = trainer.get("studio.module_bank", code="other")
    assert told.words(BADGE) == ["Version 1; the bank has version 2"]
    assert told.select_one("tbody td ins") is not None
    renewed = trainer.post("studio.renew_from_bank", {"key": "one"}, code="other")
    assert renewed.words(BADGE) == ["Version 2, the newest"]
    # Difficulty is that of what was asked: nobody was asked the second version yet.
    assert trainer.get("studio.bank").words("tbody td")[-1] == "–"
    asked = trainer.get("studio.bank_question", question_id=1)
    assert len(asked.select("h3")) == 2
    assert asked.words("table:first-of-type tbody tr")[0].split() == ["Autre", "2", "–"]


def test_filters_and_exports(trainer: StrictBrowser, small: None) -> None:
    for key in ("one", "two"):
        trainer.post("studio.put_in_bank", {"key": key, "theme": "Winding"}, code="small")
    listed = {
        band: trainer.get("studio.bank", found=band).words("tbody th") for band in ("hard", "middle", "easy", "unknown")
    }
    # All were right on the second, and there were enough of them to be shown.
    assert listed == {"hard": ["What of one?"], "middle": [], "easy": ["What of two?"], "unknown": []}
    assert trainer.get("studio.bank", words="two", kind="true_false").words("tbody th") == ["What of two?"]
    leaving = trainer.get("studio.bank_export", kind="true_false", format="gift", language="en")
    assert "1 question" in leaving.get_text()
    file = trainer.client.get("/studio/bank/export/file?kind=true_false&format=gift&language=en")
    assert file.text == "::two::[plain]What of two? {T#Think of two.#Because two.}\n"


def test_a_file_is_brought_into_the_bank(app: Flask, trainer: StrictBrowser) -> None:
    file = (BytesIO(GIFT.encode()), "defects.gift")
    page = trainer.post("studio.import_file", {"file": file, "language": "en"})
    preview = page.select_one("main form[method=post]")["action"].split("?")[0].rpartition("/")[2]
    page = trainer.get("studio.preview_import", preview=preview, into="+bank")
    assert "Question bank, theme “defects”" in page.get_text()
    taken = {field["name"]: field.get("value", "") for field in page.select("main form input[type=hidden]")}
    taken |= {"take": [box["value"] for box in page.select("[name=take][checked]")], "into": "+bank"}
    bank = trainer.post("studio.take_import", taken, preview=preview)
    assert [row.split()[-5:-3] for row in bank.words("tbody tr")] == [["or", "false"], ["A", "number"]]
    with app.app_context():
        assert [one.theme for one in kept.found(Wanted())] == ["defects", "defects"]
