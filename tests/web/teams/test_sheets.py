"""A sign-off beside the machine: a checklist and a photo, read and signed by both, each with their own secret."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from PIL import Image

from lms.authoring.media import tidying
from lms.kernel import storage
from lms.kernel.clock import hold, now
from lms.kernel.database import db, writing
from lms.kernel.ids import new_token
from lms.kernel.sessions import begin
from lms.people import credentials
from lms.people.models import SignInAttempt
from lms.people.permissions import Role
from lms.skills import afest, authority, queries, rules, signing
from lms.skills.models import Sheet, SheetSignature, SignOff
from lms.skills.rules import Level, PointKind
from tests.people.making import PASSWORD
from tests.skills.shop import DAY, NOW, Shop
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]
PIN = "840275"


@pytest.fixture
def shop(app: Flask) -> Shop:
    with app.app_context(), writing():
        found = Shop()
        found.completes(found.amina)
        db.session.commit()
        credentials.choose_pin(found.amina, PIN, now=NOW)
        db.session.commit()
        return found


@pytest.fixture
def trainer(app: Flask, signed_in_as: SignedIn, shop: Shop) -> StrictBrowser:
    browser = signed_in_as(Role.TRAINER)
    with app.app_context(), writing():
        shop.state(browser.person_id, shop.ink, Level.TEACHING)
        db.session.commit()
        credentials.choose_password(browser.person_id, PASSWORD, by=None, now=NOW)
        db.session.commit()
    return signed_again(app, browser)


def signed_again(app: Flask, browser: StrictBrowser) -> StrictBrowser:
    """Begin another session: a new password ended the one before."""
    token = new_token()
    with app.app_context(), writing():
        begin(token, "staff", browser.person_id, {"_user_id": str(browser.person_id), "_fresh": True}, now())
        db.session.commit()
    browser.client.set_cookie("sid", token)
    return browser


def a_photo() -> io.BytesIO:
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = "Owner of the phone"
    Image.new("RGB", (2400, 1200), "grey").save(made, "JPEG", exif=exif)
    made.seek(0)
    return made


def written(trainer: StrictBrowser, shop: Shop, **said: object) -> str:
    """Write a sheet; return its address."""
    given = {"person": shop.amina, "task": shop.ink, "observed_on": DAY.isoformat(), "outcome": "acquired"}
    given |= {"situation": "Morning batch", "met": ["0", "1"], **said}
    return trainer.post("teams.sign_off", given, status=302, follow=False).location


def signature(page: StrictBrowser, secret: str, **said: str) -> dict[str, str]:
    given = {field["name"]: field["value"] for field in page.select("form[autocomplete] input[name][value]")}
    return {**given, "secret": secret, **said}


def level(app: Flask, shop: Shop) -> Level:
    with app.app_context():
        return rules.level_of(queries.changes_of(shop.amina, shop.ink))


def test_both_sign_and_the_level_rises(app: Flask, trainer: StrictBrowser, shop: Shop) -> None:
    address = written(trainer, shop, photo=(a_photo(), "photo.jpg"))
    page = trainer.get(address)
    assert page.words(".points li") == [
        "Every safety point was respected safety",
        "The quality asked for was reached quality",
    ]
    assert page.words("h2")[1] == "Morel Claire, type your password"
    first = signature(page, PASSWORD)
    page = trainer.post(f"{address}/sign", first)
    assert level(app, shop) is not Level.ACCOMPANIED, "one signature is none"
    assert "A signature counts once" in trainer.post(f"{address}/sign", first).get_text()
    page = trainer.get(address)
    wrong = trainer.post(f"{address}/sign", signature(page, "111111"))
    assert wrong.select(".notice-danger, .alert-danger")
    last = signature(page, PIN)
    page = trainer.post(f"{address}/sign", last)
    assert "Signed by both. The sign-off is kept." in page.get_text()
    assert level(app, shop) is Level.ACCOMPANIED
    assert "A signature counts once" in trainer.post(f"{address}/sign", last).get_text(), "replayed"
    with app.app_context():
        assert db.session.query(SignOff).count() == 1
        assert {one.digest for one in db.session.query(SheetSignature)} == {db.session.query(Sheet).one().digest}
        origins = [origin for (origin,) in db.session.query(SignInAttempt.origin).order_by(SignInAttempt.id)]
        assert [origin.partition(":")[0] for origin in origins] == ["tablet"] * 3
    _check_photo(app, trainer, page)


def _check_photo(app: Flask, trainer: StrictBrowser, page: StrictBrowser) -> None:
    sent = trainer.client.get(page.select_one('a[href$="photo.jpg"]')["href"])
    shown = Image.open(io.BytesIO(sent.data))
    assert max(shown.size) == 1920
    assert not shown.getexif()
    stranger = StrictBrowser(app)
    assert stranger.client.get(page.select_one('a[href$="photo.jpg"]')["href"]).status_code == 302
    with app.app_context(), writing():
        (named,) = storage.named_elsewhere()
        kept = storage.path(named)
        tidying._sweep(None, lambda *_: None)
        assert kept.exists(), "no table of authoring names it, and it stays"


def test_a_signature_is_good_for_what_was_read_alone(app: Flask, trainer: StrictBrowser, shop: Shop) -> None:
    one, other = written(trainer, shop), written(trainer, shop, situation="Another batch")
    of_one = signature(trainer.get(one), PASSWORD)
    page = trainer.post(f"{other}/sign", of_one)
    assert "This is not what the sheet says" in page.get_text()
    trainer.post(f"{one}/sign", of_one)
    trainer.post(f"{one}/sign", signature(trainer.get(one), PIN))
    trainer.post(f"{other}/sign", signature(trainer.get(other), PASSWORD))
    page = trainer.post(f"{other}/sign", signature(trainer.get(other), PIN))
    assert "You have recorded this already" in page.get_text()
    trainer.post(f"{other}/sign", signature(trainer.get(other), PIN, signed_as="nobody"), status=404)
    with hold(now() + timedelta(days=3)), app.app_context(), writing():
        sheet = db.session.query(Sheet).filter(Sheet.content["situation"].as_string() == "Another batch").one()
        with pytest.raises(authority.SheetLapsed):
            signing.sign(sheet.id, authority.SignedAs.PERSON, sheet.digest, PIN, "tablet:x", now())


def test_who_does_not_sign_says_why(app: Flask, trainer: StrictBrowser, signed_in_as: SignedIn, shop: Shop) -> None:
    address = written(trainer, shop, outcome="not_yet")
    assert not signed_in_as(Role.TRAINER).get(address).select("form[autocomplete]"), "who may see it does not sign it"
    assert "Write what was seen" in trainer.post(f"{address}/unsigned", {"words": " "}).get_text()
    trainer.post(f"{address}/unsigned", {"words": "They want another observer"})
    assert trainer.get(address).words("h2")[1] == "Left unsigned"
    assert "A signature counts once" in trainer.post(f"{address}/unsigned", {"words": "Again"}).get_text()
    assert level(app, shop) is not Level.ACCOMPANIED


def test_checklists_have_versions_and_letters_have_own_words(
    app: Flask, trainer: StrictBrowser, signed_in_as: SignedIn, shop: Shop
) -> None:
    hr = signed_in_as(Role.HR)
    faulty = hr.post("teams.checklist", {"safety_fr": "Gants", "safety_en": "Gloves\nGoggles"}, code="ink", status=422)
    assert "line by line" in faulty.get_text()
    hr.post("teams.checklist", {"safety_fr": "Gants\nLunettes", "step_fr": "Mélanger"}, code="ink")
    with app.app_context():
        points = signing.checklist(shop.ink)
        assert (points.version, [point.kind for point in points.points]) == (
            1,
            [PointKind.SAFETY] * 2 + [PointKind.STEP],
        )
    page = trainer.post("teams.sign_off", {"person": shop.amina, "task": shop.ink, "met": ["0", "2"]}, status=422)
    assert page.words("#met label") == ["Gants safety", "Lunettes safety", "Mélanger"]
    hr.post("teams.level_words", {"L_en": "with a mentor"})
    assert "L with a mentor" in hr.get("teams.skills").words(".levels-legend li")


def test_nothing_is_called_afest_without_its_reflective_phase(app: Flask, trainer: StrictBrowser, shop: Shop) -> None:
    with app.app_context(), writing():
        number = shop.sees(shop.amina, shop.ink).id
        db.session.commit()
    where = {"sign_off_id": number}
    given = {
        "activity": "Reading the order", "led_by": trainer.person_id, "designated_on": DAY.isoformat(),
        "reflected_on": (DAY - timedelta(days=1)).isoformat(), "reflected_at": "Meeting room",
        "reflection": "What was hard", "evaluation": "Reads it alone",
    }  # fmt: skip
    skill = {"person_id": shop.amina, "task": "ink"}
    assert "AFEST" not in [one.get_text() for one in trainer.get("teams.skill", **skill).select("summary")]
    assert "comes that day or later" in trainer.post("teams.record_afest", given, status=422, **where).get_text()
    assert "no AFEST" in trainer.post("teams.record_afest", given | {"reflection": " "}, status=422, **where).get_text()
    given["reflected_on"] = (DAY + timedelta(days=1)).isoformat()
    page = trainer.post("teams.record_afest", given, **where)
    assert "AFEST" in [one.get_text() for one in page.select("summary")]
    with app.app_context():
        assert afest.of_sign_offs([number])[number].reflection == "What was hard"
    assert "has its record already" in trainer.post("teams.record_afest", given, status=422, **where).get_text()
