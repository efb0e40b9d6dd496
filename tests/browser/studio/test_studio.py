"""A trainer at a desk: from a file to an edition, and every page fit to be read and used."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.authoring import actions
from lms.catalogue.queries import newest_editions
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.authoring.imports.test_module_file import YAML, files, whole_file, zipped
from tests.browser.checks import DESK_SIZES, check_page, faults, faults_at
from tests.people.making import PASSWORD, a_colleague


@pytest.fixture
def trainer(live_app: Flask, page: Page) -> Page:
    with live_app.app_context(), writing():
        a_colleague(Role.TRAINER)
    page.goto("/account/sign-in")
    page.get_by_label("Adresse").fill("s1@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/studio/")
    return page


def bring(page: Page, name: str, data: bytes) -> None:
    page.goto("/studio/import")
    page.get_by_label("Fichier").set_input_files({"name": name, "mimeType": "application/zip", "buffer": data})
    page.get_by_role("button", name="Regarder").click()


def accept(page: Page) -> None:
    page.get_by_role("button", name="Accepter et faire").click()


def test_a_trainer_publishes_a_module_from_a_file(live_app: Flask, trainer: Page) -> None:
    bring(trainer, "rolls.zip", zipped(files(YAML.replace(b"card: text", b"card: poem"))).getvalue())
    expect(trainer.get_by_role("row", name="module.yaml 8")).to_contain_text("poem")
    bring(trainer, "rolls.zip", zipped(files()).getvalue())
    expect(trainer.get_by_role("row", name="Rouleaux rolls")).to_contain_text("Nouveau brouillon")
    check_page(trainer)
    accept(trainer)
    expect(trainer.get_by_role("heading", level=1)).to_have_text("Rouleaux")
    trainer.get_by_role("group", name="Titre").get_by_label("Français").fill("Regarder un rouleau")
    expect(trainer.locator(".desk-state")).to_contain_text("Enregistré à")
    kiosk = trainer.frame_locator(".desk-screen iframe:not(.is-coming)")
    expect(kiosk.get_by_role("heading", name="Regarder un rouleau")).to_be_visible()
    drawn = "element => element.complete && element.naturalWidth > 0"
    assert kiosk.locator("figure img").first.evaluate(drawn), "the picture is shown"
    trainer.get_by_role("link", name="Publier…").click()
    trainer.get_by_role("button", name="Publier l’édition 1").click()
    expect(trainer.locator(".flashes")).to_contain_text("L’édition 1 est publiée")
    with live_app.app_context():
        (edition,) = newest_editions()
        assert edition.content.block("look").title["fr"] == "Regarder un rouleau"


def test_every_kind_of_block_can_be_read_and_used(live_app: Flask, trainer: Page) -> None:
    with live_app.app_context(), writing():
        actions.store_file(whole_file(), by=None, now=now())
        db.session.commit()
    found = {}
    trainer.goto("/studio/module/whole/")
    for block in whole_file().content.plain["blocks"]:
        trainer.set_viewport_size({"width": DESK_SIZES[0][0], "height": DESK_SIZES[0][1]})
        trainer.locator(f".outline [data-open='{block['key']}']").click()
        trainer.locator(f"form[data-block='{block['key']}']").wait_for()
        found[block["key"]] = faults(trainer) + faults_at(trainer, DESK_SIZES[1])
    assert {key: said for key, said in found.items() if said} == {}
