"""A kiosk asks the questions that anybody can work out again from the attempt."""

from flask import Flask
from playwright.sync_api import Page

from lms.catalogue import drawing
from lms.catalogue.queries import frozen
from lms.kernel.database import writing
from tests.browser.kiosk.conftest import Operator, answered, come, press, step
from tests.delivery.house import BLOCKS, content, publish, said

POOL = [{"question": "true_false", **said(f"p{number}"), "answer": True, "pool": "causes"} for number in range(4)]
RANKS = """async ([twin, seed]) => {
  const { rank } = await import(twin);
  return ["p0", "p1", "p2", "p3"].map(key => rank(key, seed));
}"""
FORMS = [{"question": "true_false", **said(f"{form}1"), "answer": True, "form": form.upper()} for form in "ab"]


def test_the_questions_of_an_attempt(live_app: Flask, kiosk: Page, amina: Operator) -> None:
    with live_app.app_context(), writing():
        blocks = [BLOCKS[0], *POOL, *FORMS]
        edition = frozen(publish(content("drawn", blocks=blocks, pools=[{"key": "causes", "draw": 2}])))
        seed, form = drawing.seed(edition.digest, amina.id, 1), drawing.form_of(amina.id, 1)
        drawn = drawing.drawn(edition.content, seed, form)
    come(kiosk, amina)
    kiosk.goto(f"/kiosk/editions/{edition.id}/fr")
    step(kiosk, "read")
    assert kiosk.locator("[data-step]").inner_text() == "Étape 1 sur 4"
    press(kiosk, "Continuer")
    for number, key in enumerate(drawn):
        step(kiosk, key)
        if number == 1:
            kiosk.reload()
            step(kiosk, key)
        kiosk.locator(f"[data-block={key}]").get_by_role("radio", name="Vrai").check()
        assert answered(kiosk).startswith("C’est juste.")
        press(kiosk, "Continuer")
    bundle = kiosk.locator("script[src*='/bundle.js']").first.get_attribute("src")
    ranks = kiosk.evaluate(RANKS, [bundle.replace("/bundle.js", "/draw.js"), seed])
    assert ranks == [drawing.rank(question["key"], seed) for question in POOL]
    kiosk.get_by_text("3 réponses justes sur 3").wait_for()
