"""Every component and every screen, in each size, language and direction."""

from playwright.sync_api import Page

from lms.web.patterns.views import KIOSK, LEVELS
from tests.browser.checks import DESK_SIZES, KIOSK_SIZES, check_page, faults, faults_at, sized

STATES = [
    *KIOSK,
    *(f"question?answered={answered}" for answered in ("right", "again", "kept")),
    *(f"safety?level={level}" for level in LEVELS),
]


def choose_english(page: Page) -> None:
    page.goto("/patterns/kiosk/welcome")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Put your badge on the reader").wait_for()


def test_screens_of_the_kiosk(page: Page) -> None:
    found = {}
    for state in STATES:
        page.set_viewport_size(sized(KIOSK_SIZES[0]))
        page.goto(f"/patterns/kiosk/{state}")
        found[state] = faults(page, kiosk=True)
        for size in KIOSK_SIZES[1:]:
            found[state] += faults_at(page, size, kiosk=True)
    assert {state: said for state, said in found.items() if said} == {}


def test_screens_of_the_kiosk_in_english_and_from_right_to_left(page: Page) -> None:
    choose_english(page)
    found = {}
    for state in STATES:
        page.goto(f"/patterns/kiosk/{state}")
        found[state] = faults_at(page, KIOSK_SIZES[1], kiosk=True)
        page.evaluate("document.documentElement.dir = 'rtl'")
        found[state] += faults_at(page, KIOSK_SIZES[0], kiosk=True)
    assert {state: said for state, said in found.items() if said} == {}


def test_the_main_button_stays_in_its_place(page: Page) -> None:
    places = set()
    for state in ("card", "question", "question?answered=right", "done"):
        page.goto(f"/patterns/kiosk/{state}")
        box = page.locator(".actions .touch-primary").bounding_box()
        places.add((box["x"] + box["width"], box["y"]))
    assert len(places) == 1


def test_components_of_the_desk(page: Page) -> None:
    page.goto("/patterns/")
    check_page(page, sizes=DESK_SIZES)
    choose_english(page)
    page.goto("/patterns/")
    check_page(page, sizes=DESK_SIZES)


def test_the_bar_unfolds_on_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size(sized(DESK_SIZES[1]))
    page.goto("/patterns/")
    english = page.get_by_role("button", name="English")
    assert not english.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert english.is_visible()
    check_page(page)


def test_a_dialog_opens_and_closes(page: Page) -> None:
    page.goto("/patterns/")
    page.get_by_role("button", name="Supprimer").nth(1).click()
    page.get_by_role("heading", name="Supprimer ce brouillon").wait_for()
    check_page(page)
    page.get_by_role("button", name="Annuler").click()
    assert page.locator("dialog[open]").count() == 0


def test_the_secret_number_is_shown_only_as_its_length(page: Page) -> None:
    page.goto("/patterns/kiosk/pin")
    for digit in "1987":
        page.get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="Effacer").click()
    assert page.locator(".pin-dots .typed").count() == 3
    assert "198" not in page.locator("main").inner_text()
    assert page.locator("input[name=pin]").input_value() == "198"


def test_filters_narrow_the_list_without_leaving_the_page(page: Page) -> None:
    page.goto("/patterns/")
    page.evaluate("document.querySelector('h1').id = 'still-here'")
    page.get_by_label("Équipe").first.select_option("1")
    page.wait_for_url("**/patterns/?wanted_team=1&name=")
    assert page.locator("#still-here").count() == 1
    assert page.locator("#people table").count() == 1
    check_page(page)


def test_an_error_page(page: Page) -> None:
    page.goto("/patterns/kiosk/nowhere")
    page.get_by_role("heading", name="Cette page n’existe pas").wait_for()
    check_page(page)


def test_the_idle_dialog(page: Page) -> None:
    page.goto("/patterns/kiosk/question")
    page.evaluate("document.querySelector('dialog').showModal()")
    check_page(page, kiosk=True)
