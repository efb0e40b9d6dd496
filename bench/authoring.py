"""A trainer's way from nothing, and from a deck of slides, to a published module: clicks, fields, keys, seconds.

Whoever writes knows what to write: the seconds are those of the screens, the server and a typist who never
thinks. Clicks are presses of a button, a link or a field; a field is something written or chosen; keys are
letters typed. Photos are as a phone takes them (12 million points).
"""

import random
import time
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect
from pptx import Presentation
from pptx.util import Inches

PHOTO = (4032, 3024)
SLIDES = 20
PATIENCE = 60_000
"""In milliseconds: photos of twelve million points are made small."""


@dataclass
class Hand:
    """Somebody at a page, whose every act is counted."""

    page: Page
    clicks: int = 0
    fields: int = 0
    keys: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Since the first screen."""
        return time.monotonic() - self.began

    def __str__(self) -> str:
        return f"{self.clicks:3} clicks  {self.fields:3} fields  {self.keys:5} keys  {self.seconds:4.0f} s"

    def click(self, what: str | Locator) -> None:
        """Press something."""
        self.clicks += 1
        (self.page.locator(what).first if isinstance(what, str) else what).click()

    def write(self, name: str, text: str) -> None:
        """Write into a field, which is pressed first unless the page has gone there by itself."""
        target = self.page.locator(f"main form [name='{name}']:visible")
        expect(target).to_be_visible()
        if not target.evaluate("field => field === document.activeElement"):
            self.click(target)
        self.fields += 1
        self.keys += len(text)
        self.page.keyboard.type(text)

    def photos(self, key: str, *files: Path) -> None:
        """Choose photos by the key that asks for them."""
        self.fields += 1
        with self.page.expect_file_chooser() as chooser:
            self.click(key)
        chooser.value.set_files([*files])

    def add(self, kind: str) -> None:
        """Add a card or a question behind the one that is open."""
        self.click("[data-palette] > summary")
        self.click(f"button.kind[value={kind}]")
        expect(self.page.locator(f".desk-form [name=kind][value={kind}]")).to_be_attached()

    def open(self, key: str) -> None:
        """Go to a card or question, or to what is said of the module for ""."""
        self.click(f".desk-outline [data-open='{key}']")
        expect(self.page.locator(f".desk-form form[data-block='{key}']")).to_be_attached()

    def saved(self) -> None:
        """Wait until all that was typed is saved."""
        expect(self.page.locator("[data-state]")).to_have_attribute("data-state", "saved", timeout=PATIENCE)

    def publish(self) -> None:
        """Publish what is open."""
        self.click(".page-actions a.btn-primary[href$='/publish']")
        self.page.wait_for_url("**/publish")
        with self.page.expect_navigation(timeout=PATIENCE):
            self.click("main form button[type=submit]")
        expect(self.page.locator(".notice-success, .flash-success").first).to_be_visible()


def photos(folder: Path, count: int = 4) -> list[Path]:
    """Make photos such as a phone takes."""
    chance, made = random.Random(1), []
    for number in range(count):
        picture = Image.effect_noise(PHOTO, 24).convert("RGB")
        draw = ImageDraw.Draw(picture)
        for _ in range(12):
            x, y = chance.randrange(PHOTO[0]), chance.randrange(PHOTO[1])
            draw.ellipse((x, y, x + 700, y + 500), fill=(chance.randrange(256), chance.randrange(256), 90))
        made.append(folder / f"photo-{number}.jpg")
        picture.save(made[-1], quality=85)
    return made


def deck(folder: Path) -> Path:
    """Make a deck of twenty slides: words on each, a photo on four of them."""
    made, slides = folder / "deck.pptx", Presentation()
    for number in range(SLIDES):
        slide = slides.slides.add_slide(slides.slide_layouts[1])
        slide.shapes.title.text = f"Point {number + 1} : régler la tension"
        slide.placeholders[1].text = "Arrêter la machine.\nRégler la tension.\nNoter la valeur sur la fiche."
        if number % 5 == 0:
            small = BytesIO()
            Image.effect_noise((1200, 900), 24).convert("RGB").save(small, "JPEG")
            slide.shapes.add_picture(small, Inches(6), Inches(4), width=Inches(3))
    slides.save(str(made))
    return made


def from_nothing(page: Page, shots: list[Path]) -> Hand:
    """Make six cards and five questions with four photos, and publish them."""
    page.goto("/studio/")
    hand = Hand(page)
    hand.click("a[href='/studio/new']")
    hand.write("title", "Embobiner sans plis")
    hand.click("main form button[type=submit]")
    hand.write("summary-fr", "Reconnaître un pli, en trouver la cause et régler la tension.")
    hand.write("minutes", "6")
    _cards(hand, shots)
    _questions(hand, shots[3])
    hand.saved()
    hand.publish()
    return hand


def _cards(hand: Hand, shots: list[Path]) -> None:
    hand.add("text")
    hand.write("title-fr", "Un pli coûte cher")
    hand.write("body-fr", "Le mois dernier, douze bobines sont revenues. Le pli naît à la mise en route.")
    hand.add("picture")
    hand.write("title-fr", "La bobine telle qu’elle doit être")
    hand.photos(".desk-form [data-media=picture] [data-choose]", shots[0])
    hand.write("picture-alt-fr", "Une bobine lisse sur la bobineuse")
    hand.add("steps")
    hand.write("title-fr", "Régler la tension")
    hand.photos("[data-heap] [data-choose]", shots[1], shots[2])
    for place, (words, shown) in enumerate([("Fermer le carter", "Un carter fermé"), ("Régler 120 N", "Le pupitre")]):
        hand.write(f"steps-{place}-text-fr", words)
        hand.write(f"steps-{place}-picture-alt-fr", shown)
    hand.add("safety")
    hand.write("title-fr", "Jamais la main sous la bobine")
    hand.write("body-fr", "Les doigts sont pris en une seconde. Attendez l’arrêt complet.")
    hand.add("flip")
    hand.write("title-fr", "D’où vient un pli ?")
    hand.write("front-body-fr", "Cherchez : la vitesse, la tension ou la colle ?")
    hand.write("back-body-fr", "D’une tension trop faible à la mise en route.")
    hand.add("checklist")
    hand.write("title-fr", "Avant de lancer")
    hand.write("checks-0-text-fr", "Carter fermé")
    hand.write("checks-1-text-fr", "Tension à 120 newtons")


def _questions(hand: Hand, shot: Path) -> None:
    hand.add("single")
    hand.write("prompt-fr", "Pourquoi un pli se forme-t-il à la mise en route ?")
    for place, words in enumerate(["La tension est trop faible", "La bobine est trop grande"]):
        hand.write(f"options-{place}-text-fr", words)
    hand.click(".desk-form [name=right][value='0']")
    _explain(hand, "Oui : sans tension, la bande flotte.", "La bande se replie quand rien ne la tend.")
    hand.add("multiple")
    hand.write("prompt-fr", "Que faut-il contrôler avant de lancer ?")
    for place, words in enumerate(["Le carter", "La tension"]):
        hand.write(f"options-{place}-text-fr", words)
        hand.click(f".desk-form [name=options-{place}-correct]")
    hand.click(".desk-form [data-rows=options] [data-add-row]")
    hand.write("options-2-text-fr", "La couleur du sol")
    _explain(hand, "Oui, les deux évitent un arrêt.", "Le carter protège vos mains, la tension évite le pli.")
    hand.add("true_false")
    hand.write("prompt-fr", "On redresse la bande à la main pendant que la bobine tourne.")
    hand.click(".desk-form [name=answer][value=false]")
    _explain(hand, "Oui, c’est faux : arrêtez d’abord.", "Jamais : les doigts sont pris en une seconde.")
    hand.add("ordering")
    hand.write("prompt-fr", "Dans quel ordre lance-t-on la bobineuse ?")
    for place, words in enumerate(["Fermer le carter", "Régler la tension", "Lancer lentement"]):
        hand.write(f"items-{place}-text-fr", words)
    _explain(hand, "Oui : la sécurité d’abord.", "Le carter d’abord, puis la tension, puis la vitesse.")
    hand.add("hotspot")
    hand.write("prompt-fr", "Touchez le pli.")
    hand.photos(".desk-form [data-media=picture] [data-choose]", shot)
    hand.write("picture-alt-fr", "Un bord de bobine avec une ligne brisée")
    for place, (x, y, words) in enumerate([(0.3, 0.3, "Le pli"), (0.7, 0.7, "Le bord net")]):
        _touch(hand, x, y)
        hand.write(f"places-{place}-text-fr", words)
    hand.click(".desk-form [name=places-0-correct]")
    _explain(hand, "Oui, la ligne brisée est le pli.", "Cherchez la ligne brisée, en haut.")


def _explain(hand: Hand, right: str, wrong: str) -> None:
    hand.write("feedback-correct-fr", right)
    hand.write("feedback-incorrect-fr", wrong)


def _touch(hand: Hand, x: float, y: float) -> None:
    frame = hand.page.locator(".desk-form [data-stage] [data-frame]")
    box = frame.bounding_box()
    assert box is not None
    hand.clicks += 1
    frame.click(position={"x": box["width"] * x, "y": box["height"] * y})


def from_a_deck(page: Page, file: Path, shot: Path) -> Hand:
    """Bring in a deck of twenty slides, say what is still wanted, add five questions, and publish."""
    page.goto("/studio/")
    hand = Hand(page)
    hand.click("a[href='/studio/import']")
    hand.photos("main input[type=file]", file)
    hand.click("main form button[type=submit]")
    expect(page.locator("main .understood")).to_be_visible(timeout=PATIENCE)
    hand.click("main form[method=post] button.btn-primary")
    expect(page.locator(".desk[data-live]")).to_be_visible(timeout=PATIENCE)
    hand.open("")
    hand.write("summary-fr", "Reconnaître un pli, en trouver la cause et régler la tension.")
    hand.write("minutes", "12")
    hand.saved()
    lacking = page.locator(".outline li:has([data-faults]:not([hidden]))")
    for key in [row.get_attribute("data-key") for row in lacking.all()]:
        hand.open(key or "")
        hand.write("picture-alt-fr", "La bobine sur la bobineuse")
        hand.saved()
    hand.open(page.locator(".outline li").last.get_attribute("data-key") or "")
    _questions(hand, shot)
    hand.saved()
    hand.publish()
    return hand
