"""A kiosk asks the questions that anybody can work out again from the attempt."""

from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Page

from lms.catalogue import drawing
from lms.catalogue.queries import frozen
from lms.kernel.database import writing
from tests.browser.kiosk.conftest import Operator, Server, answered, come, press, step
from tests.browser.kiosk.test_offline import held
from tests.delivery.house import BLOCKS, content, publish, said

POOL = [{"question": "true_false", **said(f"p{number}"), "answer": True, "pool": "causes"} for number in range(4)]
RANKS = """async ([twin, seed]) => {
  const { rank } = await import(twin);
  return ["p0", "p1", "p2", "p3"].map(key => rank(key, seed));
}"""
FORMS = [{"question": "true_false", **said(f"{form}1"), "answer": True, "form": form.upper()} for form in "ab"]


@dataclass(frozen=True)
class Drawn:
    """A module with a pool and two forms, and what the first attempt of somebody asks of it."""

    address: str
    seed: int
    questions: tuple[str, ...]


def a_drawn_module(app: Flask, operator: Operator) -> Drawn:
    with app.app_context(), writing():
        blocks = [BLOCKS[0], *POOL, *FORMS]
        edition = frozen(publish(content("drawn", blocks=blocks, pools=[{"key": "causes", "draw": 2}])))
        seed, form = drawing.seed(edition.digest, operator.id, 1), drawing.form_of(operator.id, 1)
        return Drawn(f"/kiosk/editions/{edition.id}/fr", seed, tuple(drawing.drawn(edition.content, seed, form)))


def test_the_questions_of_an_attempt(live_app: Flask, kiosk: Page, amina: Operator) -> None:
    module = a_drawn_module(live_app, amina)
    come(kiosk, amina)
    kiosk.goto(module.address)
    step(kiosk, "read")
    assert kiosk.locator("[data-step]").inner_text() == "Étape 1 sur 4"
    press(kiosk, "Continuer")
    for number, key in enumerate(module.questions):
        step(kiosk, key)
        if number == 1:
            kiosk.reload()
            step(kiosk, key)
        kiosk.locator(f"[data-block={key}]").get_by_role("radio", name="Vrai").check()
        assert answered(kiosk).startswith("C’est juste.")
        press(kiosk, "Continuer")
    bundle = kiosk.locator("script[src*='/bundle.js']").first.get_attribute("src")
    ranks = kiosk.evaluate(RANKS, [bundle.replace("/bundle.js", "/draw.js"), module.seed])
    assert ranks == [drawing.rank(question["key"], module.seed) for question in POOL]
    kiosk.get_by_text("3 réponses justes sur 3").wait_for()


def test_a_kiosk_that_is_cut_off_draws_the_same_questions(
    live_app: Flask, frail_kiosk: Page, server: Server, amina: Operator
) -> None:
    page, module = frail_kiosk, a_drawn_module(live_app, amina)
    come(page, amina)
    held(page)
    page.goto(module.address)
    step(page, "read")
    holds(page, module.address)
    server.stop()
    page.reload()
    step(page, "read")
    press(page, "Continuer")
    for key in module.questions:
        step(page, key)
        page.locator(f"[data-block={key}]").get_by_role("radio", name="Vrai").check()
        assert answered(page).startswith("Gardé sur la borne")
        press(page, "Continuer")
    page.get_by_role("heading", name="Vous avez tout fait.").wait_for()
    server.start()
    page.get_by_text("3 réponses justes sur 3").wait_for(timeout=45_000)


def holds(page: Page, address: str) -> None:
    """Wait until the kiosk holds a page that was opened."""
    for _ in range(150):  # `wait_for_function` takes a promise for a yes.
        if page.evaluate("async address => !!await caches.match(address, { ignoreVary: true })", address):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the page is not held")
