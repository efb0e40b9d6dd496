"""Coming to a kiosk and leaving it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from lms.delivery import actions, queries
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.people import badges, credentials
from lms.people.actions import choose_language, grant_role
from lms.people.models import BadgeEnd, PinKind
from lms.people.permissions import Role
from tests.people.making import NOW, PASSWORD, a_colleague, a_person
from tests.strict import StrictBrowser
from tests.web.kiosk.conftest import PIN, Operator, an_operator, sign_in

NEW_PIN = "719364"


def said(browse: StrictBrowser, **form: str) -> str:
    """Send a badge or code; return what the kiosk says."""
    return browse.post("kiosk.recognise", form).words(".feedback")[0]


def test_a_browser_becomes_a_kiosk_with_the_code(app: Flask, browse: StrictBrowser) -> None:
    with app.app_context(), writing():
        _, code = actions.announce_terminal("coating-1", "Line", None, now=datetime.now(UTC))
        db.session.commit()
    assert browse.get("kiosk.start", follow=True).words("h1") == ["Inscrire cette borne"]
    refused = browse.post("kiosk.enrol", {"code": "AAAABBBB"}, status=422)
    assert "Demandez-en un nouveau" in refused.words(".feedback")[0]
    page = browse.post("kiosk.enrol", {"code": f"{code[:4]} {code[4:].lower()}"})
    assert page.words("h1") == ["Posez votre badge sur le lecteur"]
    cookie = browse.client.get_cookie("terminal")
    assert (cookie.http_only, cookie.same_site) == (True, "Strict")
    assert cookie.max_age > timedelta(days=300).total_seconds()


def test_the_screen_is_measured_and_pages_say_so(at_kiosk: StrictBrowser) -> None:
    assert not at_kiosk.get("kiosk.start").select("html[data-pixels-per-mm]")
    page = at_kiosk.post("kiosk.screen", {"pixels_per_mm": "5.56"})
    assert page.html["data-pixels-per-mm"] == "5.56"
    refused = at_kiosk.post("kiosk.screen", {"pixels_per_mm": "a lot"}, status=422)
    assert "Aucun écran n’est ainsi" in refused.get_text()


def test_a_pulse_replaces_a_secret_that_is_a_week_old(app: Flask, browse: StrictBrowser) -> None:
    moment = datetime.now(UTC)
    with app.app_context(), writing():
        _, code = actions.announce_terminal("coating-1", "Line", None, now=moment)
        old = actions.enrol(code, now=moment).token
        db.session.commit()
    browse.client.set_cookie("terminal", old)
    for days, changed in ((6, False), (7, True), (8, False)):
        before = browse.client.get_cookie("terminal").value
        with hold(moment + timedelta(days=days)):
            assert browse.client.post("/kiosk/pulse", json={"slow": 0}).status_code == 204
        assert (browse.client.get_cookie("terminal").value != before) is changed
    cookie = browse.client.get_cookie("terminal")
    assert (cookie.http_only, cookie.same_site) == (True, "Strict")
    assert cookie.max_age > timedelta(days=300).total_seconds()
    browse.client.set_cookie("terminal", old)
    with hold(moment + timedelta(days=9)):
        browse.client.post("/kiosk/pulse", json={"slow": 0})
    with app.app_context():
        assert queries.terminal("coating-1").copied_at == moment + timedelta(days=9)


def test_a_kiosk_that_was_shut_out_asks_for_a_code(app: Flask, signed_in: StrictBrowser) -> None:
    with app.app_context(), writing():
        actions.revoke(queries.terminal("coating-1"), now=NOW)
        db.session.commit()
    assert signed_in.get("kiosk.home", follow=True).words("h1") == ["Inscrire cette borne"]


def test_badge_then_pin_then_home(at_kiosk: StrictBrowser, amina: Operator) -> None:
    page = at_kiosk.post("kiosk.recognise", {"badge": amina.badge})
    assert page.words("h1") == ["Amina, tapez votre numéro secret"]
    home = at_kiosk.post("kiosk.pin", {"pin": amina.pin})
    assert home.words("h1") == ["Mes modules"]
    assert "Bonjour Amina" in home.words(".bar-who")[0]


def test_the_personal_code_stands_in_for_the_badge(at_kiosk: StrictBrowser, amina: Operator) -> None:
    at_kiosk.get("kiosk.personal_code")
    page = at_kiosk.post("kiosk.recognise", {"code": amina.code})
    assert page.words("h1") == ["Amina, tapez votre numéro secret"]


def test_an_unknown_badge_says_whom_to_ask(at_kiosk: StrictBrowser) -> None:
    assert said(at_kiosk, badge="999999") == "Badge ou code inconnu. Demandez à votre chef d’équipe. Borne coating-1."


def test_a_wrong_pin_and_then_too_many(at_kiosk: StrictBrowser, amina: Operator) -> None:
    at_kiosk.post("kiosk.recognise", {"badge": amina.badge})
    for _ in range(5):
        page = at_kiosk.post("kiosk.pin", {"pin": "111111"})
        assert page.words(".feedback") == ["Ce n’est pas bon. Essayez encore."]
    page = at_kiosk.post("kiosk.pin", {"pin": amina.pin})
    assert page.words(".feedback")[0].startswith("Trop d’essais. Attendez")


def test_who_has_no_pin_is_told_so(app: Flask, at_kiosk: StrictBrowser) -> None:
    with app.app_context(), writing():
        badges.issue(a_person("2002", "Tomasz Nowak"), "00998877", by=None, now=NOW)
        db.session.commit()
    assert "Tomasz, vous n’avez pas encore de numéro secret" in said(at_kiosk, badge="00998877")


def test_a_pin_that_was_handed_out_is_replaced_first(app: Flask, at_kiosk: StrictBrowser, amina: Operator) -> None:
    with app.app_context(), writing():
        handed = credentials.issue_pins([amina.id], by=None, now=NOW)[amina.id]
        db.session.commit()
    at_kiosk.post("kiosk.recognise", {"badge": amina.badge})
    page = at_kiosk.post("kiosk.pin", {"pin": handed})
    assert page.words("h1") == ["Choisissez votre numéro secret"]
    assert at_kiosk.get("kiosk.home", follow=True).words("h1") == ["Choisissez votre numéro secret"]
    for first, second, says in [
        (NEW_PIN, PIN, "Les deux sont différents"),
        ("123456", "123456", "D’autres devineraient ce numéro"),
        (handed, handed, "C’est le code qu’on vous a donné"),
    ]:
        page = at_kiosk.post("kiosk.choose_pin", {"again": first, "pin": second})
        assert page.words(".feedback")[0].startswith(says)
    assert at_kiosk.post("kiosk.choose_pin", {"again": NEW_PIN, "pin": NEW_PIN}).words("h1") == ["Mes modules"]


def test_another_badge_is_another_person_at_once(app: Flask, signed_in: StrictBrowser) -> None:
    with app.app_context(), writing():
        tomasz = an_operator("Tomasz Nowak", "2002", "00998877")
    before = signed_in.client.get_cookie("sid").value
    page = signed_in.post("kiosk.recognise", {"badge": tomasz.badge})
    assert page.words("h1") == ["Tomasz, tapez votre numéro secret"]
    assert signed_in.get("kiosk.home", follow=True).words("h1") == ["Posez votre badge sur le lecteur"]
    assert signed_in.client.get_cookie("sid").value != before


def test_leaving_ends_the_session_on_the_server(app: Flask, signed_in: StrictBrowser) -> None:
    old = signed_in.client.get_cookie("sid").value
    signed_in.post("kiosk.leave")
    assert signed_in.client.get_cookie("sid").value != old
    signed_in.client.set_cookie("sid", old)
    assert signed_in.get("kiosk.home", follow=True).words("h1") == ["Posez votre badge sur le lecteur"]


def test_a_session_is_good_at_its_own_kiosk_only(app: Flask, signed_in: StrictBrowser) -> None:
    with app.app_context(), writing():
        _, code = actions.announce_terminal("slitting-1", "Slitter", None, now=NOW)
        signed_in.client.set_cookie("terminal", actions.enrol(code, now=NOW).token)
        db.session.commit()
    assert signed_in.get("kiosk.home", follow=True).words("h1") == ["Posez votre badge sur le lecteur"]


def test_a_kiosk_session_opens_no_staff_page(app: Flask, at_kiosk: StrictBrowser) -> None:
    with app.app_context(), writing():
        both = an_operator()
        grant_role(both.id, Role.ADMINISTRATOR, None, by=None, now=NOW)
        db.session.commit()
    sign_in(at_kiosk, both)
    assert at_kiosk.client.get("/kiosk/home").status_code == 200
    assert at_kiosk.client.get("/admin/kiosks/").status_code == 302


def test_a_staff_session_opens_no_kiosk_page(app: Flask, at_kiosk: StrictBrowser) -> None:
    with app.app_context(), writing():
        a_colleague(Role.OPERATOR, Role.HR)
    at_kiosk.client.post("/account/sign-in", data={"email": "s1@example.org", "password": PASSWORD})
    assert at_kiosk.get("kiosk.home", follow=True).words("h1") == ["Posez votre badge sur le lecteur"]


def test_without_a_touch_the_session_ends(signed_in: StrictBrowser) -> None:
    """90 s by default, and a minute more for someone who reads."""
    moment = datetime.now(UTC)
    with hold(moment + timedelta(seconds=140)):
        assert signed_in.client.post("/kiosk/here").status_code == 204
    with hold(moment + timedelta(seconds=140 + 149)):
        assert signed_in.client.get("/kiosk/home").status_code == 200
    with hold(moment + timedelta(seconds=140 + 149 + 151)):
        assert signed_in.client.post("/kiosk/here").status_code == 205


def test_the_language_is_kept_for_the_person_and_not_for_the_next(app: Flask, signed_in: StrictBrowser) -> None:
    page = signed_in.post("kiosk.language", {"language": "en", "next": "/kiosk/home"})
    assert page.words("h1") == ["My modules"]
    assert signed_in.post("kiosk.leave").words("h1") == ["Posez votre badge sur le lecteur"]
    with app.app_context(), writing():
        tomasz = an_operator("Tomasz Nowak", "2002", "00998877")
    sign_in(signed_in, tomasz)
    assert signed_in.get("kiosk.home").words("h1") == ["Mes modules"]
    sign_in(signed_in, Operator(0, "", "0004711234"))
    assert signed_in.get("kiosk.home").words("h1") == ["My modules"]


def test_a_language_chosen_before_the_badge_stays(at_kiosk: StrictBrowser, amina: Operator) -> None:
    assert at_kiosk.post("kiosk.language", {"language": "en"}).words("h1") == ["Put your badge on the reader"]
    sign_in(at_kiosk, amina)
    assert at_kiosk.get("kiosk.home").words("h1") == ["My modules"]
    assert at_kiosk.post("kiosk.leave").words("h1") == ["Posez votre badge sur le lecteur"]


def test_who_is_asked_for_a_secret_is_asked_in_their_language(
    app: Flask, at_kiosk: StrictBrowser, amina: Operator
) -> None:
    with app.app_context(), writing():
        choose_language(amina.id, "ar", None, datetime.now(UTC))
        db.session.commit()
    asked = at_kiosk.post("kiosk.recognise", {"badge": amina.badge})
    assert asked.html["lang"] == "ar"
    refused = at_kiosk.post("kiosk.pin", {"pin": "111112"})
    assert "\N{ARABIC LETTER ALEF}" in refused.words(".feedback")[0]
    assert at_kiosk.post("kiosk.leave").html["lang"] == "fr"
    at_kiosk.post("kiosk.language", {"language": "en"})
    assert at_kiosk.post("kiosk.recognise", {"badge": amina.badge}).html["lang"] == "en"


@pytest.mark.parametrize("path", ["/kiosk/", "/kiosk/home", "/kiosk/modules/", "/kiosk/code", "/kiosk/pin"])
def test_a_stranger_sees_nothing(browse: StrictBrowser, path: str) -> None:
    assert browse.get(path, follow=True).words("h1") == ["Inscrire cette borne"]


def test_a_kiosk_is_heard_of_once_a_minute(app: Flask, at_kiosk: StrictBrowser) -> None:
    def seen_at() -> datetime:
        with app.app_context():
            return queries.terminal("coating-1").seen_at

    noon = datetime(2027, 3, 9, 12, 0, tzinfo=UTC)
    for seconds, expected in [(0, 0), (50, 0), (61, 61)]:
        with hold(noon + timedelta(seconds=seconds)):
            at_kiosk.client.post("/kiosk/here")
        assert seen_at() == noon + timedelta(seconds=expected)


def with_pictures(app: Flask, person_id: int) -> str:
    """Hand someone a picture code."""
    with app.app_context(), writing():
        made = credentials.issue_pins([person_id], by=None, now=NOW, kind=PinKind.PICTURES)
        db.session.commit()
        return made[person_id]


def test_somebody_uneasy_with_digits_touches_pictures(app: Flask, at_kiosk: StrictBrowser, amina: Operator) -> None:
    handed = with_pictures(app, amina.id)
    page = at_kiosk.post("kiosk.recognise", {"badge": amina.badge})
    assert page.words("h1") == ["Amina, touchez vos cinq images dans l’ordre"]
    assert page.select_one("[data-touched=sun]")["aria-label"] == "Soleil"
    assert len(page.select("[data-touched]")) == 16
    assert at_kiosk.post("kiosk.pin", {"pin": amina.pin}).words(".feedback") == ["Ce n’est pas bon. Essayez encore."]
    page = at_kiosk.post("kiosk.pin", {"pin": handed})
    assert page.words("h1") == ["Choisissez vos cinq images"]
    for chosen, says in [
        ("sun sun sun sun moon", "D’autres devineraient ces images"),
        ("sun moon star flower tree", "D’autres devineraient ces images"),
        ("sun truck key bird cup", "D’autres devineraient ces images"),
        (amina.pin, "D’autres devineraient ces images"),
        (handed, "C’est le code qu’on vous a donné"),
    ]:
        page = at_kiosk.post("kiosk.choose_pin", {"again": chosen, "pin": chosen})
        assert page.words(".feedback")[0].startswith(says)
    own = "truck key truck cup sun"
    assert at_kiosk.post("kiosk.choose_pin", {"again": own, "pin": own}).words("h1") == ["Mes modules"]


def test_keys_lie_elsewhere_each_time_where_the_site_says_so(
    app: Flask, at_kiosk: StrictBrowser, amina: Operator
) -> None:
    at_kiosk.post("kiosk.recognise", {"badge": amina.badge})

    def laid() -> list[str]:
        return [key["data-touched"] for key in at_kiosk.get("kiosk.pin").select("[data-touched]")]

    assert laid() == list("1234567890")
    app.config["SHUFFLED_KEYS"] = True
    assert sorted(laid()) == sorted("1234567890")
    assert len({tuple(laid()) for _ in range(5)}) > 1


@pytest.mark.parametrize(("as_", "said_"), [(BadgeEnd.LOST, "perdu"), (BadgeEnd.WITHDRAWN, "ne sert plus")])
def test_a_badge_that_ended_has_its_own_words(
    app: Flask, at_kiosk: StrictBrowser, amina: Operator, as_: BadgeEnd, said_: str
) -> None:
    with app.app_context(), writing():
        badges.end(badges.of_person(amina.id)[0].id, as_, by=None, now=NOW)
        db.session.commit()
    words = said(at_kiosk, badge=amina.badge)
    assert said_ in words
    assert words.endswith("Borne coating-1.")


def test_how_long_a_kiosk_waits_is_a_setting_apart_from_the_desks(app: Flask, signed_in: StrictBrowser) -> None:
    assert signed_in.get("kiosk.home").select_one("body")["data-idle"] == "60"
    app.config["KIOSK_IDLE_SECONDS"] = 300
    assert signed_in.get("kiosk.home").select_one("body")["data-idle"] == "270"
    kinds = app.config["SESSION_LIMITS"]
    assert kinds["kiosk"].idle < kinds["staff"].idle


def test_the_camera_is_allowed_where_badges_are_read_alone(signed_in: StrictBrowser) -> None:
    assert "camera=()" in signed_in.client.get("/kiosk/home").headers["Permissions-Policy"]
    assert "camera=(self)" in signed_in.client.get("/kiosk/").headers["Permissions-Policy"]


def test_what_support_reads_of_a_refused_badge(at_kiosk: StrictBrowser, caplog: pytest.LogCaptureFixture) -> None:
    said(at_kiosk, badge="999999")
    assert caplog.messages == ["kiosk coating-1: NotRecognised"]
    assert "999999" not in caplog.text
