"""The site's dress on the pages of desks and kiosks, and its settings with their explanation."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from PIL import Image

from lms.kernel.jobs import working
from lms.kernel.settings import SETTINGS
from lms.people.permissions import Role
from lms.web.kiosk.offline import worker
from tests.strict import Page, StrictBrowser

SignedIn = Callable[..., StrictBrowser]
HARMFUL = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script><path d="M0 0h9v9z"/></svg>'
)


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 64), "#123456").save(made, "png")
    return made.getvalue()


def dress(browser: StrictBrowser, status: int = 200, **form: object) -> Page:
    return browser.post("admin.branding", {"name": "Rubans SA", "desk": "", "kiosk": "", **form}, status=status)


def test_name_colours_and_logo_on_every_page(app: Flask, signed_in_as: SignedIn) -> None:
    browser = signed_in_as(Role.ADMINISTRATOR)
    before = browser.get("account.profile")
    assert (before.words(".product"), before.select("link[href*=branding]")) == (["Établi"], [])
    with app.test_request_context():
        old_worker = worker().get_data()
    dress(browser, desk="#8a0055", kiosk="#660040", logo=(io.BytesIO(png()), "logo.png"))
    for page in (browser.get("account.profile"), StrictBrowser(app).get("account.sign_in")):
        assert page.words(".product") == ["Rubans SA"]
        assert page.title.get_text().endswith(" – Rubans SA")
        style = browser.client.get(page.select_one("link[href*=branding]")["href"])
        logo = browser.client.get(page.select_one(".product img")["src"])
    assert (style.mimetype, logo.mimetype) == ("text/css", "image/png")
    assert "--blue:#8a0055" in style.text.split(":has(body.kiosk)")[0]
    assert "--blue:#660040" in style.text.split(":has(body.kiosk)")[1]
    assert "immutable" in style.headers["Cache-Control"]
    # A kiosk that holds pages of the old dress fetches them anew.
    with app.test_request_context():
        assert worker().get_data() != old_worker
    dress(browser, name="Rubans", without_logo="on")
    page = browser.get("account.profile")
    assert (page.words(".product"), page.select(".product img, link[href*=branding]")) == (["Rubans"], [])
    # What pages of before name is still there.
    assert browser.client.get(logo.request.path).data == logo.data
    assert "Name, logo or colours changed" in browser.get("admin.journal", part="site").words("tbody th")


def test_what_is_refused(signed_in_as: SignedIn) -> None:
    browser = signed_in_as(Role.ADMINISTRATOR)
    for form, said in (
        ({"desk": "#e69f00"}, "its contrast is 1.8"),
        ({"kiosk": "#0072b2"}, "7.0:1 is needed"),  # enough at a desk, too little at a kiosk
        ({"desk": "red"}, "no colour"),
        ({"logo": (io.BytesIO(b"no picture"), "logo.png")}, ""),
        ({"logo": (io.BytesIO(png() + b"\0" * 70_000), "logo.png")}, "60 KB"),
    ):
        assert said in dress(browser, 422, **form).select_one("[role=alert]").get_text(), form
    assert browser.get("account.profile").words(".product") == ["Établi"]


def test_a_drawing_that_acts_is_cleaned_or_refused(signed_in_as: SignedIn) -> None:
    browser = signed_in_as(Role.ADMINISTRATOR)
    browser.client.post(
        "/admin/site/", data={"name": "X", "desk": "", "kiosk": "", "logo": (io.BytesIO(HARMFUL), "logo.svg")}
    )
    answer = browser.client.get("/static/branding/1.logo")
    assert b"script" not in answer.data
    assert answer.status_code == 404 or "sandbox" in answer.headers["Content-Security-Policy"]


def test_figures_are_worked_out_anew_as_a_job_whose_page_tells_how_far_it_is(
    signed_in_as: SignedIn, app: Flask
) -> None:
    browser = signed_in_as(Role.ADMINISTRATOR)
    assert browser.get("admin.figures").words(".notice-title") == []
    followed = browser.post("admin.rebuild_figures")
    assert followed.words("h1") == ["Figures are worked out anew"]
    with app.app_context():
        assert working.work_off() == 1
    done = browser.get("admin.figures")
    assert "0 standings, of which 0 were corrected." in done.select_one(".notice").get_text()


def test_settings_are_explained_and_secrets_hidden(signed_in_as: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMS_OPINION_ONE_IN", "1")
    page = signed_in_as(Role.ADMINISTRATOR).get("admin.site_settings")
    rows = {
        row.code.get_text(): [" ".join(cell.get_text().split()) for cell in row.select("td")]
        for row in page.select("tbody tr")
    }
    assert set(rows) == {f"LMS_{setting.name}" for setting in SETTINGS}
    assert all(sentence for sentence, *_ in rows.values())
    assert rows["LMS_SECRET_KEY"][1] == "(hidden)"
    assert rows["LMS_OPINION_ONE_IN"][2] == "Environment"
    assert rows["LMS_TIMEZONE"][1:] == ["Europe/Paris", "Default"]
    signed_in_as(Role.HR).get("admin.site_settings", status=403)
