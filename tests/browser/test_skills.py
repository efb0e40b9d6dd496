"""Skills and figures from outside in a real browser, at a desk and on a telephone."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import BrowserContext, expect

from lms.evaluation.readings import actions as readings
from lms.evaluation.readings.rules import NewReading
from lms.kernel.database import db, writing
from lms.people import credentials
from lms.people.permissions import Role
from lms.skills import actions as skills
from lms.skills.rules import Level
from tests.browser.checks import DESK_SIZES, check_page
from tests.people.making import PASSWORD, a_colleague
from tests.skills.shop import DAY, NOW, Shop

PIN = "840275"


def test_from_the_matrix_to_a_signature(
    live_app: Flask, live_server: str, new_context: Callable[..., BrowserContext]
) -> None:
    with live_app.app_context(), writing():
        shop = Shop()
        shop.completes(shop.bruno)
        shop.completes(shop.amina)
        shop.sees(shop.amina, shop.lock)
        skills.catch_up(NOW)
        me = a_colleague(Role.HR, Role.TRAINER, registration="S1")
        shop.state(me, shop.ink, Level.TEACHING)
        readings.enter(NewReading("defects", "count", DAY, DAY, 42, "MES"), by=None, now=NOW)
        db.session.commit()
        credentials.choose_pin(shop.bruno, PIN, now=NOW)
        db.session.commit()
    page = new_context().new_page()
    page.goto("/account/sign-in")
    page.get_by_label("Adresse e-mail").fill("s1@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda address: "sign-in" not in address)
    page.goto("/teams/skills/to-validate")
    check_page(page, sizes=DESK_SIZES)
    page.get_by_role("button", name="Signer").click()
    expect(page.get_by_text("Votre signature est enregistrée.")).to_be_visible()
    page.get_by_role("link", name="Valider Roy Bruno, ink (fr)").click()
    check_page(page, sizes=DESK_SIZES)
    page.get_by_label("Acquis", exact=True).check()
    page.get_by_label("Tous les points de sécurité").check()
    page.get_by_label("La qualité demandée").check()
    page.get_by_label("La situation de travail").fill("Encre de la série 12")
    page.reload()
    expect(page.get_by_label("La situation de travail")).to_have_value("Encre de la série 12")
    expect(page.get_by_label("Tous les points de sécurité")).to_be_checked()
    page.context.set_offline(True)
    page.get_by_role("button", name="Passer aux signatures").click()
    expect(page.get_by_text("Le réseau est coupé.")).to_be_visible()
    page.context.set_offline(False)  # and it goes on by itself
    page.get_by_role("textbox", name="Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Signer").click()
    for digit in PIN:
        page.locator(f'[data-touched="{digit}"]').click()
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_text("Signé par les deux.")).to_be_visible()
