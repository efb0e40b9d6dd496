"""What is inside a block's form: places on a picture, rows put in order, photos in a heap, captions beside a film."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from lms.authoring import actions, arranging, queries
from lms.catalogue import captions
from lms.catalogue.captions import Cue
from lms.kernel import storage
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.jobs import working
from lms.people.permissions import Role
from tests.browser.checks import check_page
from tests.catalogue.test_films import H264, PICTURE, record
from tests.people.making import PASSWORD, a_colleague

PHOTO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="500"><path fill="{colour}" d="M0 0h800v500H0z"/></svg>'
)
# At 450 × 225 px fifteen per cent of the width are 67.5 px: less than the 76 px of a finger.
CROWDED = """async () => {
  const script = document.querySelector("script[src$='/studio/fields.js']").src;
  const { crowded, share, sized, small } = await import(script.replace("fields.js", "fields_zones.js"));
  const picture = { width: 1200, height: 600 }, rooms = [[600, 300], [450, 270]];
  const places = [[20, 20], [30, 20], [60, 50], [75, 50], [90, 10]].map(([x, y]) => ({ x, y }));
  const wide = [[20, 20, 30], [42, 20, 14]].map(([x, y, size]) => ({ x, y, size }));
  const [room] = rooms, little = small(wide, picture, rooms).map(({ size }) => size);
  return [
    share(picture, room), crowded(places, picture, rooms), share(picture, room, 30), little,
    sized(75, picture, room), sized(10, picture, room), crowded(wide, picture, rooms).over,
  ];
}"""
TABLET = {"width": 820, "height": 1180}


def photo(name: str, colour: str = "#9fb4c4") -> dict[str, object]:
    return {"name": name, "mimeType": "image/svg+xml", "buffer": PHOTO.format(colour=colour).encode()}


@pytest.fixture
def trainer(live_app: Flask, page: Page) -> Page:
    with live_app.app_context(), writing():
        a_colleague(Role.TRAINER)
        actions.create_module("rolls", languages=["fr"], title={"fr": "Rouleaux"}, by=None, now=now())
        db.session.commit()
    page.set_viewport_size(TABLET)
    page.goto("/account/sign-in")
    page.get_by_label("Adresse").fill("s1@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/studio/")
    return page


def new_block(live_app: Flask, page: Page, kind: str) -> None:
    with live_app.app_context(), writing():
        arranging.add_block("rolls", kind, None, by=None, now=now())
        db.session.commit()
    page.goto(f"/studio/module/rolls/block/{'choice' if kind == 'single' else kind}")


def saved(live_app: Flask, page: Page) -> dict:
    """Save the form, and return the newest block of the draft."""
    page.keyboard.press("Control+s")
    expect(page.locator(".desk-state")).to_have_attribute("data-state", "saved")
    with live_app.app_context():
        block: dict = queries.work("rolls").document["blocks"][-1]
        return block


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def test_places_are_drawn_on_the_picture(live_app: Flask, trainer: Page) -> None:
    new_block(live_app, trainer, "hotspot")
    expect(trainer.get_by_text("Choisissez d’abord l’image")).to_be_visible()
    trainer.locator("[data-media] input[type=file]").first.set_input_files(photo("cone.svg"))
    expect(trainer.get_by_text("C’est arrivé.")).to_be_visible()
    frame = trainer.locator("[data-frame]")
    box = frame.bounding_box()
    assert box
    frame.click(position={"x": box["width"] * 0.3, "y": box["height"] * 0.5})
    row(trainer, "Endroit 1").get_by_label("Français").first.fill("Le bord")
    row(trainer, "Endroit 1").get_by_label("Ceci est juste").check()
    frame.click(position={"x": box["width"] * 0.4, "y": box["height"] * 0.5})
    row(trainer, "Endroit 2").get_by_label("Français").first.fill("Le mandrin")
    expect(trainer.get_by_text("Les endroits 1 et 2 sont trop proches")).to_be_visible()
    second = trainer.get_by_role("button", name="Endroit 2")
    second.hover()
    box = frame.bounding_box()
    assert box
    trainer.mouse.down()
    trainer.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.5, steps=3)
    trainer.mouse.up()
    expect(trainer.get_by_text("Les endroits 1 et 2 se chevauchent à la borne")).to_be_hidden()
    second.press("Shift+ArrowRight")
    second.press("ArrowDown")
    expect(trainer.locator("[data-faults] p")).to_have_count(0)
    handle = second.locator(".zone-handle")
    handle.hover()
    trainer.mouse.down()
    trainer.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.51, steps=3)
    trainer.mouse.up()
    second.press("+")
    expect(second).to_have_accessible_name(re.compile("31 de large"))
    check_page(trainer)
    assert trainer.evaluate(CROWDED) == [
        76 / 600,
        {"near": [[0, 1]], "over": [[2, 3]]},
        pytest.approx(0.3),
        [14],
        60,
        None,
        [[0, 1]],
    ]
    block = saved(live_app, trainer)
    first, other = block["places"]
    assert block["picture"] == {"file": "media/cone.svg", "alt": {}}
    assert (first["text"], first["correct"], "correct" in other) == ({"fr": "Le bord"}, True, False)
    assert [first["x"], first["y"], other["x"], other["y"]] == pytest.approx([30, 50, 60, 51], abs=1)
    assert ("size" in first, other["size"]) == (False, 31)


def test_rows_are_put_in_order_and_photos_make_steps(live_app: Flask, trainer: Page) -> None:
    new_block(live_app, trainer, "single")
    expect(trainer.locator("[data-row]:visible")).to_have_count(2)
    row(trainer, "Réponse 1").get_by_label("Français").first.fill("Un")
    trainer.keyboard.press("Enter")
    trainer.keyboard.type("Deux")
    trainer.keyboard.press("Enter")
    trainer.keyboard.type("Trois")
    row(trainer, "Réponse 3").get_by_role("radio").check()
    trainer.keyboard.press("Alt+ArrowUp")
    row(trainer, "Réponse 1").get_by_role("button", name="Supprimer").click()
    trainer.locator("[data-grip]:visible").first.hover()
    trainer.mouse.down()
    below = row(trainer, "Réponse 2").bounding_box()
    assert below
    trainer.mouse.move(below["x"] + 40, below["y"] + below["height"] - 5, steps=4)
    trainer.mouse.up()
    block = saved(live_app, trainer)
    assert [(one["text"]["fr"], one.get("correct", False)) for one in block["options"]] == [
        ("Deux", False),
        ("Trois", True),
    ]

    new_block(live_app, trainer, "steps")
    with trainer.expect_file_chooser() as chooser:
        trainer.get_by_role("button", name="Choisir plusieurs photos").click()
    names = ["IMG_10.svg", "IMG_9.svg", "IMG_11.svg"]
    chooser.value.set_files([photo(name, f"#00{at}000") for at, name in enumerate(names)])
    expect(trainer.get_by_text("Photos arrivées : 3.")).to_be_visible()
    small = [
        named
        for named, side in trainer.locator("main button:visible").evaluate_all(
            "all => all.map(one => [one.textContent.trim(), Math.min(one.offsetWidth, one.offsetHeight)])"
        )
        if side < 44
    ]
    assert not small
    check_page(trainer)
    block = saved(live_app, trainer)
    assert [step["picture"]["file"] for step in block["steps"]] == [
        "media/IMG-9.svg",
        "media/IMG-10.svg",
        "media/IMG-11.svg",
    ]


def test_captions_are_written_beside_their_film(live_app: Flask, trainer: Page, tmp_path: Path) -> None:
    new_block(live_app, trainer, "video")
    film = record(tmp_path / "film.mp4", *PICTURE, *H264)
    trainer.locator("[data-media=video] [data-file] input").set_input_files(film)
    expect(trainer.get_by_text("Préparation pour les bornes")).to_be_visible()
    with live_app.app_context():
        working.work_off()
    expect(trainer.get_by_text("C’est arrivé.")).to_be_visible()
    at = "(film, at) => new Promise(done => { film.onseeked = done; film.currentTime = at; })"
    trainer.locator("video").evaluate(at, 0.3)
    trainer.get_by_role("button", name="Ajouter un sous-titre ici").click()
    trainer.keyboard.type("Coupez & <cadenassez>.")
    trainer.locator("video").evaluate(at, 0.7)
    trainer.get_by_role("button", name="Fin ici").click()
    check_page(trainer)
    trainer.get_by_label("À", exact=True).fill("0:00.1")
    expect(trainer.get_by_text("Un sous-titre doit finir après son début.")).to_be_visible()
    block = saved(live_app, trainer)
    name = block["video"]["captions"]["fr"]
    assert block["video"]["poster"] == "media/film-poster.jpg"
    with live_app.app_context():
        kept = storage.read(queries.work("rolls").media[name])
    assert captions.read(kept) == [Cue(300, 700, "Coupez & <cadenassez>.")]
    trainer.goto("/studio/module/rolls/block/video")
    expect(trainer.get_by_label("Ce qui est dit")).to_have_value("Coupez & <cadenassez>.")
    assert saved(live_app, trainer)["video"]["captions"] == {"fr": name}


def test_a_phone_brings_photos_by_a_square_code(live_app: Flask, trainer: Page, new_context: Callable) -> None:
    new_block(live_app, trainer, "steps")
    trainer.set_viewport_size({"width": 1366, "height": 768})
    with trainer.expect_response("**/phone") as shown:
        trainer.locator("[data-heap]").get_by_role("button", name="Depuis un téléphone").click()
    check_page(trainer)
    phone = new_context(viewport={"width": 390, "height": 844}).new_page()
    phone.goto(shown.value.json()["address"])
    check_page(phone)
    phone.get_by_label("Prenez des photos").set_input_files([photo("a.svg"), photo("b.svg", "#aa5500")])
    expect(phone.get_by_role("listitem")).to_have_text(["a.svg : envoyée", "b.svg : envoyée"])
    expect(trainer.get_by_role("status").filter(has_text="2 photos sont arrivées")).to_be_visible()
    for place, name in enumerate(("media/a.svg", "media/b.svg")):
        expect(trainer.locator(f"[name=steps-{place}-picture-kept]")).to_have_value(f'"{name}"')
    with trainer.expect_response("**/phone/*/end"):
        trainer.get_by_role("button", name="Fermer").click()
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ce lien n'est plus valable")
