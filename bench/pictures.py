"""Take the pictures of the README from the demonstration: `make pictures`."""

import logging
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from waitress import create_server

from lms.application import create_app
from lms.delivery import actions as kiosks
from lms.demonstration import pilot, story, visitors
from lms.kernel import migrations
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.jobs import working
from lms.people.permissions import Role

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WISH = story.Wish(operators=72, weeks=10, seed=7, timezone="Europe/Paris", smallest_group=5)
SIZE = {"width": 1280, "height": 720}


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("No Chromium found: install it to take pictures (Debian: apt-get install chromium).", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        app = demonstration(Path(folder))
        logging.getLogger("waitress").setLevel(logging.ERROR)
        with served(app) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            kiosk(app, page_at(browser, address))
            follow_up(page_at(browser, address))
            report(app, page_at(browser, address))
            browser.close()
    return 0


def demonstration(folder: Path) -> Flask:
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": "pictures", "DATABASE_URL": ""})
    with app.app_context(), writing():
        migrations.bring_up()
        for done, whole in story.tell(WISH, now(), db.session.commit):
            if done == whole:
                print(f"{done} stays at a kiosk simulated")
    return app


@contextmanager
def served(app: Flask) -> Iterator[str]:
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.trigger.pull_trigger(lambda: [channel.close() for channel in list(server._map.values())])


def page_at(browser: Browser, address: str) -> Page:
    return browser.new_context(viewport=SIZE, locale="fr-FR", base_url=address, has_touch=True).new_page()


def kiosk(app: Flask, page: Page) -> None:
    """A question of the module on coating defects, answered."""
    with app.app_context(), writing():
        code = kiosks.offer_enrolment(story.visited_kiosk(), now=now())
        personal_code = story.visiting_operator()
        db.session.commit()
    page.goto("/kiosk/")
    touch(page, code, "Inscrire")
    page.get_by_role("link", name="Taper mon code").click()
    touch(page, personal_code, "Valider")
    page.locator(".pin-pad").wait_for()
    touch(page, visitors.PIN, "Valider")
    page.locator(".module", has_text="Consigner").click()
    while not page.locator("form.answering:visible input[type=radio]").count():
        page.locator(".actions").get_by_role("button", name="Continuer").click()
        page.wait_for_timeout(400)
    page.locator("form.answering:visible input[type=radio]").first.check(force=True)
    page.locator(".actions").get_by_role("button", name="Valider").click()
    page.locator(".feedback:visible").wait_for()
    take(page, "kiosk")


def touch(page: Page, keys: str, then: str) -> None:
    for key in keys:
        page.get_by_role("button", name=key, exact=True).click()
    page.get_by_role("button", name=then).click()


def follow_up(page: Page) -> None:
    """Completion by module and team, as HR sees it."""
    sign_in(page, Role.HR)
    page.goto("/teams/completion")
    take(page, "follow-up")


def report(app: Flask, page: Page) -> None:
    """The evaluation's forest plot."""
    sign_in(page, Role.EVALUATOR)
    page.goto(f"/audits/pilots/pilot/{pilot.CODE}/evaluate")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/jobs/**")
    with app.app_context():
        working.work_off()
    page.wait_for_url("**/evaluations/**")
    page.locator("figure svg, .report-figure svg").first.scroll_into_view_if_needed()
    take(page, "report")


def sign_in(page: Page, role: Role) -> None:
    visitor = next(found for found in visitors.STAFF if found.role is role)
    page.goto("/account/sign-in")
    page.locator("input[name=email]").fill(visitor.email or "")
    page.locator("input[name=password]").fill(visitors.PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state("networkidle")


def take(page: Page, name: str) -> None:
    page.wait_for_timeout(400)
    page.screenshot(path=FOLDER / f"{name}.png")
    print(FOLDER / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
