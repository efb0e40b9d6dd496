"""Without the server: what this kiosk holds can be learnt to the end, and each answer arrives once."""

import io
import json
import re
import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Error, Page, expect
from sqlalchemy import text

from lms.catalogue.queries import offered_editions
from lms.kernel import epoch, storage
from lms.kernel.database import db, writing
from lms.kernel.speech import Recording
from lms.web.kiosk import offline
from tests.browser.kiosk.conftest import HURRIED, Operator, Server, come, press, read_badge, step, stored

HELD = """async () => {
  const pages = (await caches.keys()).find(name => name.startsWith('pages-'));
  const held = pages ? await (await caches.open(pages)).keys() : [];
  return held.length > 1 && !!navigator.serviceWorker.controller;
}"""
HEARD = "async () => (await (await caches.open('media')).keys()).length > 0"
LEFT = """async () => {
  const open = indexedDB.open('etabli');
  const database = await new Promise(done => { open.onsuccess = () => done(open.result); });
  const all = name => new Promise(done => {
    const request = database.transaction(name).objectStore(name).getAll();
    request.onsuccess = () => done(request.result);
  });
  const pages = [];
  for (const name of await caches.keys()) {
    for (const held of await (await caches.open(name)).matchAll()) {
      if (!/woff2|image|video/.test(held.headers.get('Content-Type'))) pages.push(await held.text());
    }
  }
  return JSON.stringify({
    local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie,
    outbox: await all('outbox'), kept: await all('kept'), pages,
  });
}"""


def held(page: Page, what: str = HELD) -> None:
    """Wait until the kiosk holds the modules of its place."""
    for _ in range(150):  # `wait_for_function` takes a promise for a yes.
        if page.evaluate(what):
            return
        page.wait_for_timeout(200)
    raise AssertionError("nothing is held")


def a_voice_is_made(app: Flask) -> None:
    """Have one text of a module read aloud, when the kiosk holds its page already."""
    with app.app_context(), writing():
        edition = offered_editions()[-1]
        digest, size = storage.keep(io.BytesIO(b"a voice"))
        db.session.add(Recording(key=edition.every_speech()[0].key, digest=digest, size=size))
        db.session.commit()


def settled(page: Page) -> None:
    """Wait until the server is back, and knows who has left; the start page then loads itself once more."""
    page.get_by_role("heading", name="Posez votre badge").wait_for(timeout=45_000)
    page.wait_for_function("() => localStorage.getItem('left') === null")
    with suppress(Error):
        page.goto("/kiosk/")
    page.goto("/kiosk/")


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name).check()
    press(page, "Valider")
    page.locator("[data-act=continue]:visible").wait_for()


def done(app: Flask) -> list[tuple[str, str | None]]:
    return sorted(record for record in stored(app) if record[1])


ALL = [
    ("answered", "one"),
    ("answered", "three"),
    ("answered", "two"),
    ("experienced", "mind"),
    ("experienced", "read"),
]


def test_a_module_is_finished_and_reloaded_without_the_server(
    live_app: Flask, frail_kiosk: Page, server: Server, amina: Operator
) -> None:
    page = frail_kiosk
    come(page, amina)
    held(page)
    a_voice_is_made(live_app)
    page.reload()
    held(page, HEARD)
    page.locator(".module").click()
    step(page, "read")
    press(page, "Continuer")
    step(page, "one")
    server.stop()
    choose(page, "Right (fr)")
    expect(page.locator(".feedback")).to_contain_text("Gardé sur la borne (")
    press(page, "Continuer")
    step(page, "mind")
    page.reload()
    expect(page.locator(".bar-who")).to_contain_text("Bonjour Amina")
    expect(page.locator(".sending")).to_contain_text("Gardé ici (")
    step(page, "mind")
    press(page, "Continuer")
    step(page, "two")
    choose(page, "Vrai")
    press(page, "Continuer")
    page.locator("#number-three").fill("2,5")
    press(page, "Valider")
    page.locator("[data-act=continue]:visible").wait_for()
    press(page, "Continuer")
    page.get_by_role("heading", name="Vous avez tout fait.").wait_for()
    assert "one" not in dict(done(live_app)).values()
    page.get_by_role("link", name="Revenir à mes modules").click()
    page.get_by_role("heading", name="La borne n’est plus reliée").first.wait_for()
    expect(page.locator(".modules .module")).to_have_text("Un petit module")
    server.start()
    page.get_by_role("heading", name="Mes modules").wait_for(timeout=45_000)
    expect(page.get_by_role("link", name="Un petit module")).to_contain_text("Terminé")
    assert done(live_app) == ALL


def test_who_leaves_without_the_server_leaves_nothing_that_can_be_read(
    live_app: Flask, frail_kiosk: Page, server: Server, amina: Operator, tomasz: Operator
) -> None:
    page = frail_kiosk
    come(page, amina)
    held(page)
    page.locator(".module").click()
    step(page, "read")
    server.stop()
    press(page, "Continuer")
    step(page, "one")
    choose(page, "Right (fr)")
    page.locator(".bar-leave").get_by_role("button").click()
    page.get_by_role("heading", name="La borne n’est plus reliée").wait_for()
    left = page.evaluate(LEFT)
    assert "Amina" not in left
    assert "Right" not in "".join(one["content"] for one in json.loads(left)["outbox"])
    assert len(json.loads(left)["outbox"]) >= 2, "what she did waits, sealed"
    assert json.loads(left)["session"] == {}
    page.reload()
    page.wait_for_url("**/kiosk/")
    page.locator("p[data-nobody]:visible").first.wait_for()
    assert "Amina" not in page.locator("body").inner_text()
    server.start()
    settled(page)
    page.goto("/kiosk/home")
    page.get_by_role("heading", name="Posez votre badge").wait_for()
    read_badge(page, tomasz)
    page.get_by_role("heading", name="Tomasz").wait_for()
    assert [key for verb, key in stored(live_app) if verb == "answered"] == ["one"]
    assert json.loads(page.evaluate(LEFT))["outbox"] == []


def test_without_the_means_to_seal_nothing_is_put_on_the_disk_and_nobody_goes_before_it_is_sent(
    live_app: Flask, frail_kiosk: Page, server: Server, amina: Operator
) -> None:
    page = frail_kiosk
    page.add_init_script(
        "Object.defineProperty(crypto, 'subtle', { value: undefined });"
        "Object.defineProperty(navigator, 'serviceWorker', { value: undefined });"
    )
    page.reload()
    come(page, amina)
    page.locator(".module").click()
    step(page, "read")
    press(page, "Continuer")
    step(page, "one")
    server.stop()
    choose(page, "Right (fr)")
    expect(page.locator(".feedback")).to_contain_text("Gardé sur la borne (")
    on_disk = json.loads(page.evaluate(LEFT))
    assert (on_disk["outbox"], on_disk["kept"], on_disk["session"]) == ([], [], {})
    page.locator(".bar-leave").get_by_role("button").click()
    page.get_by_role("heading", name="La borne n’est plus reliée").wait_for()
    assert "Amina" not in page.content()
    server.start()
    page.get_by_role("heading", name="Posez votre badge").wait_for(timeout=45_000)
    assert [key for verb, key in stored(live_app) if verb == "answered"] == ["one"]


@pytest.fixture
def hurried_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service worker that waits an eighth of the time."""
    script = Path("static", offline.WORKER).read_text()
    (tmp_path / "worker.js").write_text(HURRIED.replace("window", "self") + script)
    monkeypatch.setattr(offline, "WORKER", tmp_path / "worker.js")


def test_a_line_that_is_cut_without_a_word_is_told(
    hurried_worker: None, frail_kiosk: Page, server: Server, amina: Operator
) -> None:
    page = frail_kiosk
    come(page, amina)
    held(page)
    server.stop()
    with socket.socket() as silent:
        silent.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        silent.bind(("127.0.0.1", int(server.port)))
        silent.listen()
        page.get_by_role("link", name="Tous les modules").click(no_wait_after=True)
        page.get_by_role("heading", name="La borne n’est plus reliée").wait_for()
    server.start()


def an_epoch_later(app: Flask) -> None:
    """Forget what kiosks brought, as a restored database has."""
    with app.app_context(), writing():
        for table in ("kiosk_events", "learning_records"):
            db.session.execute(text(f"DROP TRIGGER {table}_no_delete"))
            db.session.execute(text(f"DELETE FROM {table}"))
        for table in ("standings", "sittings"):
            db.session.execute(text(f"DELETE FROM {table}"))
        epoch.begin(datetime.now(UTC))
        db.session.commit()


def test_what_a_restored_server_has_forgotten_is_sent_again(
    live_app: Flask, frail_kiosk: Page, server: Server, amina: Operator, tomasz: Operator
) -> None:
    page = frail_kiosk
    come(page, amina)
    page.locator(".module").click()
    step(page, "read")
    press(page, "Continuer")
    step(page, "one")
    choose(page, "Right (fr)")
    page.locator(".bar-leave").get_by_role("button").click()
    page.get_by_role("heading", name="Posez votre badge").wait_for()
    assert json.loads(page.evaluate(LEFT))["outbox"] == []
    before = stored(live_app)
    assert ("answered", "one") in before
    known = page.evaluate("localStorage.epoch")
    an_epoch_later(live_app)
    assert stored(live_app) == []
    come(page, tomasz)
    page.goto("/kiosk/modules/small")
    step(page, "read")
    page.wait_for_function("known => localStorage.epoch !== known", arg=known)
    expect(page.locator(".sending")).to_have_text("Tout est envoyé")
    page.locator(".bar-leave").get_by_role("button").click()
    page.get_by_role("heading", name="Posez votre badge").wait_for()
    assert sorted(map(str, stored(live_app))) == sorted(map(str, [*before, before[0]])), "hers again, once; his opening"


def test_a_kiosk_whose_disk_is_full_lets_nobody_go_before_it_is_sent(
    live_app: Flask, frail_kiosk: Page, server: Server, amina: Operator
) -> None:
    page = frail_kiosk
    devtools = page.context.new_cdp_session(page)
    origin = f"http://127.0.0.1:{server.port}"
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    come(page, amina)
    page.locator(".module").click()
    step(page, "read")
    server.stop()
    press(page, "Continuer")
    step(page, "one")
    choose(page, "Right (fr)")
    expect(page.locator(".sending")).to_have_text(re.compile(r"La borne est pleine\. Restez jusqu’à l’envoi \(\d\)\."))
    page.locator(".bar-leave").get_by_role("button").click()
    page.get_by_role("heading", name="La borne n’est plus reliée").first.wait_for()
    assert "Amina" not in page.locator("body").inner_text()
    server.start()
    page.get_by_role("heading", name="Posez votre badge").wait_for(timeout=45_000)
    assert [key for verb, key in stored(live_app) if verb == "answered"] == ["one"]
