"""People and rosters in a real browser, at a desk and on a telephone: signed in by hand, a roster brought in."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from lms.kernel.database import writing
from lms.people.permissions import Role
from tests.browser.checks import DESK_SIZES, check_page
from tests.people.making import PASSWORD, a_colleague

ROSTER = (
    "Matricule;Nom;Prénom;E-mail;Équipe;Rôle\n"
    "1;Lefèvre;Hélène;h@example.org;Nuit;\n2;Núñez;José;pas une adresse;;\n3;Petit;Jean;;Nuit;cariste\n"
)


def test_from_sign_in_to_a_roster_applied(
    live_app: Flask, live_server: str, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    with live_app.app_context(), writing():
        a_colleague(Role.HR, Role.ADMINISTRATOR)
    page = new_context().new_page()
    page.goto("/account/sign-in")
    check_page(page, sizes=DESK_SIZES)
    page.get_by_label("Adresse e-mail").fill("s1@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda address: "sign-in" not in address)
    _bring_in(page, tmp_path)
    page.get_by_role("link", name="Lefèvre Hélène").click()
    check_page(page, sizes=DESK_SIZES)
    page.get_by_role("button", name="Créer un nouveau code PIN").click()
    expect(page.get_by_role("heading", name="À remettre")).to_be_visible()
    check_page(page, sizes=DESK_SIZES)


def _bring_in(page: Page, folder: Path) -> None:
    roster = folder / "roster.csv"
    roster.write_bytes(ROSTER.encode("cp1252"))
    page.goto("/admin/people/import")
    check_page(page, sizes=DESK_SIZES)
    page.get_by_label("Fichier").set_input_files(roster)
    page.get_by_role("button", name="Voir ce que cela changerait").click()
    check_page(page, sizes=DESK_SIZES)
    page.get_by_text("Comment le fichier a été lu").click()
    page.get_by_label("Créer les lieux qui ne sont pas connus").check()
    check_page(page, sizes=DESK_SIZES)
    page.get_by_role("button", name="Lire ainsi").click()
    page.get_by_role("button", name="Appliquer (saisies : 1, modifiées : 0)").click()
    expect(page.get_by_text("1 personne a été saisie.")).to_be_visible()
    check_page(page, sizes=DESK_SIZES)
