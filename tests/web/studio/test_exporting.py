"""A module leaves in the format that is chosen, and what that cannot hold is said before."""

import pytest
from flask import Flask

from lms.authoring.imports import every
from tests.strict import StrictBrowser
from tests.web.studio.test_pages import trainer, whole

__all__ = ["trainer", "whole"]


def test_the_page_says_what_a_format_cannot_hold(trainer: StrictBrowser, whole: None) -> None:
    assert "This format holds everything" in trainer.get("studio.export", code="whole").get_text()
    page = trainer.get("studio.export", code="whole", format="gift", language="en")
    rows = page.words("table tbody tr")
    assert "How much? (en) The unit is left out. Write it in the question." in rows
    assert "The module as a whole One language is given; export the others one by one." in rows
    assert "language=en" in page.select_one("main .form-end a")["href"]


@pytest.mark.parametrize(("name", "kind"), [("module", "module"), ("moodlexml", "moodlexml"), ("gift", "gift")])
def test_files_are_what_they_say(app: Flask, trainer: StrictBrowser, whole: None, name: str, kind: str) -> None:
    response = trainer.client.get(trainer.address("studio.export_file", code="whole", name=name, language="fr"))
    file = response.headers["Content-Disposition"].partition('"')[2].rstrip('"')
    with app.app_context():
        read = every.read(response.data, file, "fr")
    assert (read.kind.value, read.faults) == (kind, ())
    assert read.found


@pytest.mark.parametrize("asked", [{"name": "word"}, {"name": "gift", "language": "de"}])
def test_what_there_is_not_is_not_found(trainer: StrictBrowser, whole: None, asked: dict[str, str]) -> None:
    assert trainer.client.get(trainer.address("studio.export_file", code="whole", **asked)).status_code == 404


def test_the_templates_of_sheets_are_given(trainer: StrictBrowser) -> None:
    for ending in ("csv", "xlsx"):
        response = trainer.client.get(trainer.address("studio.question_sheet", ending=ending))
        assert response.headers["Content-Disposition"].endswith(f'.{ending}"')
    assert trainer.client.get(trainer.address("studio.question_sheet", ending="ods")).status_code == 404
