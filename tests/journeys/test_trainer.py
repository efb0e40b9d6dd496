"""A trainer publishes a module from a file; operators get it."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

import lms.demonstration
from lms.catalogue.queries import newest_editions
from tests.browser.checks import check_page
from tests.journeys.conftest import visitor

pytestmark = pytest.mark.xdist_group("journeys")
SOURCE = Path(lms.demonstration.__file__).parent / "modules" / "five-s"


@pytest.fixture
def module_zip(tmp_path: Path) -> Path:
    """The module on 5S with another code, as a trainer would zip its folder."""
    packed = tmp_path / "rangement.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in SOURCE.rglob("*"):
            if file.is_file():
                name = file.relative_to(SOURCE.parent).as_posix()
                archive.writestr(name, file.read_bytes().replace(b"code: five-s", b"code: rangement"))
    return packed


def test_a_module_from_a_file(live_app: Flask, staff: Callable, module_zip: Path) -> None:
    trainer = staff(visitor("trainer"))
    trainer.goto("/studio/import")
    trainer.locator("input[type=file]").set_input_files(module_zip)
    trainer.locator("main form button[type=submit]").click()
    trainer.locator("main form[method=post] button.btn-primary").click()
    trainer.goto("/studio/module/rangement/publish")
    check_page(trainer)
    trainer.locator("main form button[type=submit]").click()
    with live_app.app_context():
        published = {edition.code: edition for edition in newest_editions()}
        assert published["rangement"].number == 1
        assert published["rangement"].content.blocks == published["five-s"].content.blocks


def test_a_faulty_file_names_its_line(staff: Callable, tmp_path: Path) -> None:
    faulty = tmp_path / "module.zip"
    with zipfile.ZipFile(faulty, "w") as archive:
        archive.writestr("module.yaml", (SOURCE / "module.yaml").read_text().replace("card: text", "card: txet", 1))
    trainer = staff(visitor("trainer"))
    trainer.goto("/studio/import")
    trainer.locator("input[type=file]").set_input_files(faulty)
    trainer.locator("main form button[type=submit]").click()
    expect(trainer.locator("table").first).to_contain_text("module.yaml")
