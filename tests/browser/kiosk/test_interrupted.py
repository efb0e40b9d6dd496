"""The line is cut, the server stops, the person walks off: nothing is lost, nothing counts twice."""

import re
from collections.abc import Callable

from flask import Flask
from playwright.sync_api import BrowserContext, Page, Route, expect

from lms.kernel.database import writing
from tests.browser.kiosk.conftest import (
    BURST,
    Operator,
    Server,
    answered,
    come,
    press,
    read_badge,
    step,
    stored,
    until_there,
)
from tests.delivery.house import content, publish, said


def begin(page: Page, operator: Operator) -> None:
    """Sign in and come to the first question."""
    come(page, operator)
    page.locator(".module").click()
    step(page, "read")
    press(page, "Continuer")
    step(page, "one")
    page.get_by_role("radio", name="Right (fr)").check()


KEPT = """async () => {
  const open = indexedDB.open('etabli');
  const database = await new Promise(done => { open.onsuccess = () => done(open.result); });
  const request = database.transaction('kept').objectStore('kept').getAllKeys();
  return new Promise(done => { request.onsuccess = () => done(request.result); });
}"""

AT_ONCE = """async () => {
  const act = name => document.querySelector(`[data-act=${name}]`);
  const question = () => document.querySelector("[data-question]:not([hidden])");
  while (question()) {
    const block = question();
    block.querySelector("input").click();
    act("confirm").click();
    while (act("continue").hidden) await new Promise(resolve => setTimeout(resolve));
    act("continue").click();
    while (question() === block) await new Promise(resolve => setTimeout(resolve));
  }
}"""


def test_what_is_done_in_the_moment_of_the_last_reply_does_not_stay_behind(
    live_app: Flask, kiosk: Page, amina: Operator
) -> None:
    with live_app.app_context(), writing():
        publish(
            content("quick", [{"question": "true_false", **said(f"q{place}"), "answer": True} for place in range(8)])
        )
    come(kiosk, amina)
    kiosk.goto("/kiosk/modules/quick")
    step(kiosk, "q0")
    kiosk.evaluate(AT_ONCE)
    expect(kiosk.locator(".sending")).to_have_text("Tout est envoyé", timeout=20_000)
    assert len(answers(live_app)) == 8


def answers(app: Flask) -> list[str | None]:
    return [key for verb, key in stored(app) if verb == "answered"]


def test_one_goes_on_where_one_stopped_at_another_kiosk(
    live_app: Flask, kiosk: Page, amina: Operator, new_context: Callable[..., BrowserContext], enrolled, live_server
) -> None:
    begin(kiosk, amina)
    answered(kiosk)
    kiosk.locator(".bar").get_by_role("button", name="Ce n’est pas moi").click()
    kiosk.get_by_role("heading", name="Posez votre badge").wait_for()

    elsewhere = enrolled(new_context(), live_server, "slitting-1").new_page()
    elsewhere.goto("/kiosk/")
    come(elsewhere, amina)
    expect(elsewhere.locator(".module")).to_contain_text("2 étapes sur 5")
    elsewhere.locator(".module").click()
    step(elsewhere, "mind")
    expect(elsewhere.locator("[data-step]")).to_have_text("Étape 3 sur 5")
    elsewhere.wait_for_load_state("networkidle")
    assert ("resumed", None) in stored(live_app)


def test_a_server_that_stops_in_the_middle_of_an_answer(
    live_app: Flask, frail_kiosk: Page, server: Server, amina: Operator
) -> None:
    begin(frail_kiosk, amina)
    server.stop()
    press(frail_kiosk, "Valider")
    expect(frail_kiosk.locator(".feedback")).to_contain_text(re.compile(r"Gardé sur la borne \(\d\)"))
    assert frail_kiosk.locator("[data-act=continue]").is_visible(), "nobody waits for the server"
    assert answers(live_app) == []
    server.start()
    expect(frail_kiosk.locator(".feedback")).to_contain_text("C’est juste.", timeout=15_000)
    assert answers(live_app) == ["one"]


def test_an_answer_whose_acknowledgement_was_lost_is_stored_once(live_app: Flask, kiosk: Page, amina: Operator) -> None:
    begin(kiosk, amina)
    sent: list[list[str]] = []

    def keep_the_reply(route: Route) -> None:
        sent.append([event["id"] for event in route.request.post_data_json["events"]])
        if len(sent) < 3:
            route.fetch()  # The server has stored it; the kiosk never hears of it.
            route.abort()
        else:
            route.continue_()

    kiosk.locator(".sending[data-outbox=sent]").wait_for()
    kiosk.route("**/outbox", keep_the_reply)
    press(kiosk, "Valider")
    expect(kiosk.locator(".feedback")).to_contain_text("C’est juste.", timeout=15_000)
    assert sent == [sent[0]] * 3, "the same thing under the same id"
    assert answers(live_app) == ["one"]


def test_a_badge_waits_until_what_was_answered_is_kept(
    live_app: Flask, frail_kiosk: Page, server: Server, amina: Operator, tomasz: Operator
) -> None:
    begin(frail_kiosk, amina)
    server.stop()
    press(frail_kiosk, "Valider")
    expect(frail_kiosk.locator(".feedback")).to_contain_text(re.compile(r"Gardé sur la borne \(\d\)"))
    read_badge(frail_kiosk, tomasz)
    frail_kiosk.get_by_role("heading", name="La borne n’est plus reliée").wait_for()
    assert "Amina" not in frail_kiosk.locator("body").inner_text(), "the next one sees nothing of the one before"
    server.start()
    frail_kiosk.get_by_role("heading", name="Tomasz, tapez votre numéro secret").wait_for(timeout=60_000)
    for _ in range(100):  # Sealed on the disk, it holds nobody up and is tried again in a while.
        if answers(live_app):
            break
        frail_kiosk.wait_for_timeout(100)
    assert answers(live_app) == ["one"]


def test_what_comes_of_an_answer_after_somebody_left_brings_nothing_of_them_back(
    kiosk: Page, amina: Operator, tomasz: Operator
) -> None:
    begin(kiosk, amina)
    kiosk.locator(".sending[data-outbox=sent]").wait_for()
    deliveries, healths = [], []
    kiosk.route("**/kiosk/outbox", lambda route: deliveries.append(route))
    press(kiosk, "Valider")
    expect(kiosk.locator(".feedback")).to_contain_text("Gardé sur la borne")
    kiosk.route("**/healthz", lambda route: healths.append(route))
    kiosk.evaluate(BURST, tomasz.badge)
    until_there(kiosk, healths)
    deliveries[0].continue_()
    kiosk.locator(".sending[data-outbox=sent]").wait_for()
    kiosk.wait_for_timeout(100)
    assert "person" not in kiosk.evaluate(KEPT)
    kiosk.unroute("**/kiosk/outbox")
    healths[0].continue_()
    kiosk.get_by_role("heading", name="Tomasz, tapez votre numéro secret").wait_for()


def test_a_kiosk_that_is_cut_off_never_shows_a_page_of_the_browser(
    frail_kiosk: Page, server: Server, amina: Operator
) -> None:
    server.stop()
    read_badge(frail_kiosk, amina)
    frail_kiosk.get_by_role("heading", name="La borne n’est plus reliée").wait_for()
    server.start()
    frail_kiosk.get_by_role("heading", name="Amina, tapez votre numéro secret").wait_for(timeout=15_000)


def test_an_idle_kiosk_warns_counts_down_and_signs_out(live_app: Flask, kiosk: Page, amina: Operator) -> None:
    kiosk.clock.install()
    kiosk.reload()
    come(kiosk, amina)
    kiosk.clock.run_for(61_000)
    kiosk.get_by_role("heading", name="Vous êtes encore là ?").wait_for()
    kiosk.get_by_role("button", name="Oui, je continue").click()
    assert kiosk.get_by_role("heading", name="Mes modules").is_visible()
    kiosk.clock.run_for(61_000)
    kiosk.get_by_role("heading", name="Vous êtes encore là ?").wait_for()
    kiosk.clock.run_for(20_000)
    kiosk.get_by_role("heading", name="Posez votre badge").wait_for()


def test_the_touch_that_closes_the_warning_falls_on_nothing(kiosk: Page, amina: Operator) -> None:
    kiosk.clock.install()
    kiosk.reload()
    come(kiosk, amina)
    kiosk.locator(".module").click()
    step(kiosk, "read")
    press(kiosk, "Continuer")
    step(kiosk, "one")
    kiosk.clock.run_for(61_000)
    kiosk.get_by_role("heading", name="Vous êtes encore là ?").wait_for()
    box = kiosk.get_by_role("button", name="Oui, je continue").bounding_box()
    kiosk.mouse.click(box["x"] + 5, box["y"] + 5)
    assert kiosk.locator("[data-block=one] input:checked").count() == 0


def test_reading_has_a_minute_more(kiosk: Page, amina: Operator) -> None:
    kiosk.clock.install()
    kiosk.reload()
    come(kiosk, amina)
    kiosk.locator(".module").click()
    step(kiosk, "read")
    kiosk.clock.run_for(100_000)
    assert kiosk.locator("dialog[open]").count() == 0
    kiosk.clock.run_for(21_000)
    kiosk.get_by_role("heading", name="Vous êtes encore là ?").wait_for()


def test_a_server_that_is_slow_to_say_who_it_is_sends_nobody_away(kiosk: Page, amina: Operator) -> None:
    kiosk.route("**/kiosk/myself?*", lambda route: route.fulfill(status=503), times=2)
    with kiosk.expect_response("**/kiosk/myself?*"):
        come(kiosk, amina)  # Home asks once, and goes on without.
    kiosk.goto("/kiosk/modules/small")
    step(kiosk, "read")
