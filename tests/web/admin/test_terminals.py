"""The administrator announces kiosks, gives them their code, shuts them out."""

import pytest
import segno
from flask import Flask

from lms.delivery import actions, queries
from lms.delivery.models import SetAside
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.people.models import Site, Workshop
from lms.people.permissions import Role
from lms.people.queries import workshops
from lms.web.admin.enrolling import picture_of
from tests.delivery.house import kiosk
from tests.people.making import NOW, PASSWORD, a_colleague
from tests.strict import StrictBrowser

KIOSK = {"code": "coating-1", "name": "Beside the coating line", "workshop": ""}


def as_(app: Flask, browse: StrictBrowser, role: Role) -> StrictBrowser:
    with app.app_context(), writing():
        a_colleague(role)
    browse.client.post("/account/sign-in", data={"email": "s1@example.org", "password": PASSWORD})
    return browse


@pytest.fixture
def admin(app: Flask, browse: StrictBrowser) -> StrictBrowser:
    return as_(app, browse, Role.ADMINISTRATOR)


def shown_code(page) -> str:
    return page.words(".font-monospace")[0].replace(" ", "")


def become_kiosk(app: Flask, admin: StrictBrowser, code: str) -> StrictBrowser:
    """Type the code in a new browser, confirm the number it shows, and let it go on."""
    kiosk = StrictBrowser(app)
    number = kiosk.post("kiosk.enrol", {"code": code}).words(".shown-number")[0]
    assert kiosk.post("kiosk.finish", follow=False).status_code == 204
    admin.post("admin.confirm_number", {"number": number}, code="coating-1")
    assert kiosk.post("kiosk.finish").words("h1") == ["Posez un badge sur le dessin"]
    assert kiosk.post("kiosk.finish").words("h1") == ["Posez votre badge sur le lecteur"], "asked once more"
    return kiosk


def test_a_number_is_confirmed_by_typing_it(app: Flask, admin: StrictBrowser) -> None:
    code = shown_code(admin.post("admin.announce", KIOSK))
    page = admin.post("admin.confirm_number", {"number": "123"}, code="coating-1")
    assert "Aucune borne n’attend" in page.get_text()
    StrictBrowser(app).post("kiosk.enrol", {"code": code})
    page = admin.post("admin.confirm_number", {"number": "000"}, code="coating-1")
    assert "La borne montre un autre nombre" in page.get_text()


def test_a_kiosk_is_enrolled_anew_without_leaving_the_page(app: Flask, admin: StrictBrowser) -> None:
    become_kiosk(app, admin, shown_code(admin.post("admin.announce", KIOSK)))
    page = admin.post("admin.offer_code", code="coating-1")
    assert page.select("#number"), "the number is asked for at once, though the kiosk is still the one before"
    become_kiosk(app, admin, shown_code(page))


def test_the_page_of_a_kiosk_remembers_where_its_codes_were_typed(app: Flask, admin: StrictBrowser) -> None:
    become_kiosk(app, admin, shown_code(admin.post("admin.announce", KIOSK)))
    page = admin.get("admin.terminal", code="coating-1")
    assert not page.select("#number"), "nothing waits any more"
    assert any("Inscrite" in row and "127.0.0.1" in row for row in page.words("tbody tr"))


def test_the_picture_opens_the_address_with_the_code(admin: StrictBrowser) -> None:
    with admin.app.test_request_context(base_url="https://etabli.usine"):
        drawn = picture_of("ABCDEFGH")
    assert drawn == segno.make("https://etabli.usine/kiosk/enrol#ABCDEFGH", error="m").svg_inline(
        scale=5, border=4, svgclass=None, lineclass=None, light="#fff"
    )


def test_a_kiosk_is_announced_and_its_code_shown_once(app: Flask, admin: StrictBrowser) -> None:
    assert "Aucune borne" in admin.get("admin.terminals").get_text()
    page = admin.post("admin.announce", KIOSK)
    assert page.words("h1") == ["Beside the coating line"]
    code = shown_code(page)
    assert not admin.get("admin.terminal", code="coating-1").select(".font-monospace")
    become_kiosk(app, admin, code)
    row = admin.get("admin.terminals").words("tbody tr")[0]
    assert row.startswith("coating-1 Beside the coating line Écran non mesuré Dernier contact il y a")


FAULTY = [
    ({"code": "Coating 1"}, "minuscules"),
    ({"code": ""}, "Donnez un code."),
    ({"name": ""}, "Donnez un nom."),
]


@pytest.mark.parametrize(("given", "says"), FAULTY)
def test_what_is_wrong_is_said_beside_the_field(admin: StrictBrowser, given: dict, says: str) -> None:
    page = admin.post("admin.announce", {**KIOSK, **given}, status=422)
    assert says in " ".join(page.words(".field-fault"))
    assert "Aucune borne" in admin.get("admin.terminals").get_text()


def test_a_code_that_is_taken_is_refused(admin: StrictBrowser) -> None:
    admin.post("admin.announce", KIOSK)
    page = admin.post("admin.announce", {**KIOSK, "name": "Elsewhere"}, status=422)
    assert "coating-1" in " ".join(page.words(".field-fault"))


def test_a_kiosk_is_shut_out_and_let_in_again(app: Flask, admin: StrictBrowser) -> None:
    with app.app_context(), writing():
        token = kiosk().token
    assert "Exclue" in admin.post("admin.revoke", code="coating-1").get_text()
    with app.app_context():
        assert queries.terminal_of(token) is None
    assert len(shown_code(admin.post("admin.offer_code", code="coating-1"))) == 8


def test_others_may_not(app: Flask, browse: StrictBrowser) -> None:
    as_(app, browse, Role.HR)
    for path in ("/admin/kiosks/", "/admin/kiosks/announce", "/admin/kiosks/coating-1/"):
        assert browse.client.get(path).status_code == 403
    assert browse.client.post("/admin/kiosks/coating-1/revoke").status_code == 403


def test_hours_of_service_are_entered(app: Flask, signed_in_as) -> None:
    browser = signed_in_as(Role.ADMINISTRATOR)
    with app.app_context(), writing():
        actions.announce_terminal("coating-1", "Line", None, now=NOW)
        db.session.commit()
    form = {"starts_on": "2026-03-02", "opens_at": "21:00", "closes_at": "05:00"}
    refused = browser.post("admin.set_hours", form, code="coating-1", status=422)
    assert refused.words(".field-fault") == ["Choose at least one day."]
    page = browser.post("admin.set_hours", {**form, "weekdays": ["0", "4"]}, code="coating-1")
    assert page.words("tbody td")[:2] == ["21:00 – 05:00", "Monday, Friday"]
    assert [box["value"] for box in page.select("input[name=weekdays][checked]")] == ["0", "4"]
    with app.app_context():
        [entered] = queries.hours_of(queries.terminal("coating-1").id)
        assert (entered.weekdays, entered.by_id) == (0b10001, browser.person_id)


def test_a_place_is_told_and_the_page_of_each_kiosk_remembers(app: Flask, admin: StrictBrowser) -> None:
    with app.app_context(), writing():
        site = Site(code="plant", name="Plant")
        db.session.add(Workshop(code="slitting", name="Slitting", site=site))
        db.session.flush()
        [workshop] = [place.id for place in workshops()]
        for code in ("coating-1", "slitting-1"):
            kiosk(code)
        queries.terminal("slitting-1").workshop_id = workshop
        db.session.commit()
    form = {"kind": "out_of_order", "words": "Use the one at the door"}
    page = admin.post("admin.tell_place", {**form, "place": f"workshop-{workshop}"})
    assert "1 borne recevra le message" in page.get_text()
    assert "Hors service" in admin.get("admin.terminal", code="slitting-1").get_text()
    assert "Use the one at the door" in admin.get("admin.terminal", code="slitting-1").get_text()
    assert "Use the one at the door" not in admin.get("admin.terminal", code="coating-1").get_text()
    page = admin.post("admin.tell_place", {"kind": "reload", "place": "all"})
    assert "2 bornes recevront le message" in page.get_text()
    page = admin.post("admin.tell_one", {"kind": "reload"}, code="coating-1")
    assert len([row for row in page.words("tbody tr") if "Recharger la page" in row]) == 2


def test_nobody_is_told_where_no_kiosk_stands(admin: StrictBrowser) -> None:
    page = admin.post("admin.tell_place", {"kind": "reload", "place": "all"})
    assert "aucune n’a reçu le message" in page.get_text()


def test_the_fleet_begins_with_what_is_urgent(app: Flask, admin: StrictBrowser) -> None:
    with app.app_context(), writing():
        for code in ("coating-1", "slitting-1"):
            kiosk(code)
        troubled = queries.terminal("slitting-1")
        troubled.outbox_id, troubled.recorded_there, troubled.queue_length = new_id(), 12, 2
        troubled.clock_skew_ms, troubled.page_version = -3_600_000, "0af3"
        db.session.commit()
    first, second = admin.get("admin.terminals").words("tbody tr")
    assert first.startswith("slitting-1 Beside the coating line Des réponses manquent")
    assert "pages 0af3" in first
    assert "12 / 0 10 manquent retard de 60 minutes" in first
    assert second.startswith("coating-1")


def test_name_and_place_are_corrected(app: Flask, admin: StrictBrowser) -> None:
    with app.app_context(), writing():
        kiosk()
        db.session.add(Workshop(code="slitting", name="Slitting", site=Site(code="plant", name="Plant")))
        db.session.commit()
        [workshop] = [place.id for place in workshops()]
    assert admin.get("admin.place", code="coating-1").select("#name")[0]["value"] == "Beside the coating line"
    admin.post("admin.place", {"name": "", "workshop": ""}, code="coating-1", status=422)
    page = admin.post("admin.place", {"name": "Beside the slitter", "workshop": str(workshop)}, code="coating-1")
    assert page.words("h1") == ["Beside the slitter"]
    assert "Plant, Slitting" in page.words("dd")


def test_what_was_put_aside_is_listed_with_the_reason(app: Flask, admin: StrictBrowser) -> None:
    assert "Rien n’a été mis de côté." in admin.get("admin.put_aside").get_text()
    with app.app_context(), writing():
        delivery = actions.Delivery(new_id(), kiosk().terminal_id, NOW, ())
        actions.put_aside(actions.Envelope(new_id(), "garbage", sealed=True), delivery, SetAside.UNREADABLE, NOW)
        db.session.commit()
    [row] = admin.get("admin.put_aside").words("tbody tr")
    assert "coating-1 inconnue Altéré en chemin" in row
