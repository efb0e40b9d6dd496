"""People on pages: the list, a person, secrets shown once, the plant."""

import io
from collections.abc import Callable
from datetime import date, time

import pypdf
import pytest
from flask import Flask
from sqlalchemy import select

from lms.kernel.clock import now, today
from lms.kernel.database import db, writing
from lms.people import badges, credentials, directory, plant, queries, sign_in
from lms.people.ages import AgeBand
from lms.people.models import Team
from lms.people.permissions import Role
from lms.web.shared.pictures import PICTURE_NAMES
from tests.people.making import a_person, a_team
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]


@pytest.fixture
def amina(app: Flask) -> int:
    with app.app_context(), writing():
        person_id = a_person("1001", "Amina Benali", team_id=a_team("A"))
        a_team("B")
        for number in range(60):
            a_person(f"2{number:03}", f"Zoé Zola{number:02}")
        db.session.commit()
        return person_id


def entry(app: Flask, person_id: int) -> directory.Entry:
    with app.app_context():
        return directory.entry(person_id)


def team(app: Flask, code: str) -> int:
    with app.app_context():
        return db.session.scalars(select(Team.id).where(Team.code == code)).one()


def test_an_age_band_is_kept_by_the_form_alone(app: Flask, signed_in_as: SignedIn, amina: int) -> None:
    hr = signed_in_as(Role.HR)
    form = {"registration": "1001", "given_name": "Amina", "family_name": "Benali"}
    page = hr.post("admin.change", form | {"age_band": "35_49"}, person_id=amina)
    assert "35 to 49" not in page.get_text()
    with app.app_context():
        assert queries.age_bands([amina, 999]) == {amina: AgeBand.FROM_35_TO_49}
    chosen = hr.get("admin.change", person_id=amina).select_one("#age_band option[selected]")
    assert chosen["value"] == "35_49"
    hr.post("admin.change", form | {"age_band": ""}, person_id=amina)
    with app.app_context():
        assert queries.age_bands([amina]) == {}


@pytest.mark.parametrize(
    ("asked", "first", "count"),
    [
        ({}, "Benali Amina", 50),
        ({"page": 2}, "Zola48 Zoé", 12),  # Claire, who asks, is one of 62
        ({"sort": "-name"}, "Zola59 Zoé", 50),
        ({"sort": "salary"}, "Benali Amina", 50),  # only what the list offers
        ({"text": "amina 1001"}, "Benali Amina", 1),
        ({"text": "%"}, "Nobody fits. Change the filters, or bring in a roster.", 1),
        ({"left": "yes"}, "Nobody fits. Change the filters, or bring in a roster.", 1),
        ({"role": "hr"}, "Morel Claire", 1),
        ({"team": "none such"}, "Benali Amina", 50),
    ],
)
def test_the_list(signed_in_as: SignedIn, amina: int, asked: dict[str, object], first: str, count: int) -> None:
    rows = signed_in_as(Role.HR).get("admin.people", **asked).words("tbody tr > :first-child")
    assert (rows[0], len(rows)) == (first, count)


def test_the_list_as_one_opens_it_finds_no_fault(signed_in_as: SignedIn, amina: int) -> None:
    assert signed_in_as(Role.HR).get("admin.people").select(".field-fault") == []


def test_a_team_is_given_its_shift_afterwards(app: Flask, signed_in_as: SignedIn, amina: int) -> None:
    with app.app_context(), writing():
        night = plant.add_shift("N", "Night", time(21), time(5))
        db.session.commit()
    hr, changed = signed_in_as(Role.HR), team(app, "A")
    page = hr.post("admin.change_team", {"name": "Coating, night", "shift": night}, team_id=changed)
    assert page.select("tbody tr")[0].get_text(" ", strip=True).startswith("Coating, night A – Night")
    assert "Give a name." in hr.post("admin.change_team", {"name": ""}, team_id=changed, status=422).get_text()
    hr.get("admin.change_team", team_id=999, status=404)


def test_someone_with_a_post_is_corrected(app: Flask, signed_in_as: SignedIn, amina: int) -> None:
    with app.app_context(), writing():
        workshop = plant.add_workshop(plant.add_site("S", "Site"), "W", "Coating")
        post = plant.add_workstation(workshop, "P", "Line 1")
        db.session.commit()
    hr = signed_in_as(Role.HR)
    form = {"registration": "1001", "given_name": "Amina", "family_name": "Benali", "workstation": post}
    hr.post("admin.change", form, person_id=amina)
    page = hr.get("admin.change", person_id=amina)
    assert page.select_one("#workstation option[selected]").get_text() == "Coating, Line 1"
    hr.post("admin.change", form | {"given_name": "Aminata", "workstation": ""}, person_id=amina)
    assert (entry(app, amina).person.full_name, entry(app, amina).workstation_name) == ("Aminata Benali", None)


def test_a_person_from_entry_to_the_last_day(app: Flask, signed_in_as: SignedIn, amina: int) -> None:
    hr = signed_in_as(Role.HR)
    form = {"registration": "3001", "given_name": "Luc", "family_name": "Roux", "team": team(app, "A")}
    page = hr.post("admin.new", form)
    assert page.words("h1") == ["Luc Roux"]
    person_id = int(page.select_one("a[href$='/change']")["href"].split("/")[-2])
    hr.post("admin.change", form | {"family_name": "Leroux"}, person_id=person_id)
    with app.app_context():
        first_day = today()
    hr.post("admin.move", {"team": team(app, "B"), "on": first_day}, person_id=person_id)
    page = hr.post("admin.leave", {"left_on": "2099-12-31"}, person_id=person_id)
    assert "Done." in page.get_text()
    found = entry(app, person_id)
    assert found.person.full_name == "Luc Leroux"
    assert [stay.team_name for stay in found.stays] == ["Team B"]
    assert found.stays[0].left_on == date(2099, 12, 31)
    assert page.words("tbody th + td") == ["Last day noted", "Moved to another team", "Changed", "Entered"]


@pytest.mark.parametrize(
    ("endpoint", "form", "said"),
    [
        ("admin.move", {"team": "", "on": "2026-03-02"}, "Choose a team."),
        ("admin.move", {"team": "A", "on": "2026-03-02"}, "in this team already"),
        ("admin.leave", {"left_on": "tomorrow"}, "Not a valid date"),
        ("admin.issue_badge", {"number": ""}, "Hold the badge"),
        ("admin.change", {"registration": "2000", "given_name": "A"}, "belongs to somebody else"),
    ],
)
def test_what_cannot_be_is_said(
    app: Flask, signed_in_as: SignedIn, amina: int, endpoint: str, form: dict[str, str], said: str
) -> None:
    if form.get("team"):
        form = form | {"team": str(team(app, "A"))}
    status = 422 if endpoint == "admin.change" else 200
    page = signed_in_as(Role.HR).post(endpoint, form, person_id=amina, status=status)
    assert said in page.get_text()


def test_a_pin_is_shown_once_and_works(app: Flask, signed_in_as: SignedIn, amina: int) -> None:
    hr = signed_in_as(Role.HR)
    page = hr.post("admin.issue_pin", person_id=amina)
    code, pin = page.words(".slips dd")
    with app.app_context(), writing():
        assert sign_in.recognise(code, "terminal:1", now()).person_id == amina
        assert sign_in.check_pin(amina, pin, "terminal:1", now()).must_change
    assert pin not in hr.get("admin.person", person_id=amina).get_text()


def test_pins_for_all_of_a_team_that_have_none(app: Flask, signed_in_as: SignedIn, amina: int) -> None:
    hr = signed_in_as(Role.HR)
    assert "has no PIN yet" in hr.get("admin.people", team=team(app, "A")).get_text()
    assert hr.post("admin.pins", {"team": team(app, "A")}).words(".slips strong") == ["Amina Benali"]
    assert "Everybody in this team has a PIN" in hr.post("admin.pins", {"team": team(app, "A")}).get_text()


def test_a_badge_is_handed_out_looked_up_and_ended(app: Flask, signed_in_as: SignedIn, amina: int) -> None:
    hr = signed_in_as(Role.HR)
    hr.post("admin.issue_badge", {"number": "04A21B7F"}, person_id=amina)
    page = hr.post("admin.badges", {"number": "04:a2:1b:7f"})
    assert page.words(".plain-list a") == ["Amina Benali"]
    assert "Nobody here ever had this badge" in hr.post("admin.badges", {"number": "99999"}).get_text()
    with app.app_context():
        badge = badges.of_person(amina)[0]
    hr.post("admin.revoke_badge", {"ended_as": "lost"}, person_id=amina, badge_id=badge.id)
    said = hr.get("admin.person", person_id=amina).words(".badges li")[0]
    assert said.startswith("Badge for the reader, handed out on")
    assert said.endswith("(Claire Morel), Lost")


def squares(pdf: bytes) -> int:
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    return page.extract_text().count("Personal code")


def test_badges_are_printed_for_who_has_none(app: Flask, signed_in_as: SignedIn, amina: int) -> None:
    hr = signed_in_as(Role.HR)
    sheet = hr.client.post("/admin/badges/print", data={"team": team(app, "A")})
    assert sheet.mimetype == "application/pdf"
    assert sheet.headers["Cache-Control"] == "no-store"
    assert squares(sheet.data) == 1
    again = hr.post("admin.print_team", {"team": team(app, "A")})
    assert "Everybody in this team has a printed badge already." in again.get_text()
    assert hr.client.post(f"/admin/people/{amina}/badges/print").mimetype == "application/pdf"
    with app.app_context():
        assert [held.ended_as for held in badges.of_person(amina)] == [None, badges.BadgeEnd.REPLACED]


def test_a_picture_code_is_shown_once_with_its_names(app: Flask, signed_in_as: SignedIn, amina: int) -> None:
    page = signed_in_as(Role.HR).post("admin.issue_pin", {"kind": "pictures"}, person_id=amina)
    named = {str(name): drawing for drawing, name in PICTURE_NAMES.items()}
    chosen = " ".join(named[name] for name in page.words(".slip-pictures li"))
    with app.app_context(), writing():
        assert sign_in.check_pin(amina, chosen, "terminal:1", now()).must_change


def test_roles_and_passwords_are_the_administrators(app: Flask, signed_in_as: SignedIn, amina: int) -> None:
    administrator = signed_in_as(Role.ADMINISTRATOR)
    page = administrator.post("admin.grant_role", {"role": "team_leader", "team": team(app, "B")}, person_id=amina)
    assert "Team leader, Team B" in page.get_text()
    page = administrator.post("admin.grant_role", {"role": "team_leader", "team": ""}, person_id=amina)
    assert "Say which team" in page.get_text()
    administrator.post("admin.revoke_role", {"role": "team_leader", "team": team(app, "B")}, person_id=amina)
    assert [grant.role for grant in entry(app, amina).grants] == [Role.OPERATOR]
    assert "Enter an e-mail" in administrator.post("admin.issue_password", person_id=amina).get_text()
    for endpoint in ("admin.grant_role", "admin.revoke_role", "admin.issue_password"):
        signed_in_as(Role.HR).post(endpoint, {"role": "administrator"}, person_id=amina, status=403)


def test_the_last_administrator_is_kept(app: Flask, signed_in_as: SignedIn) -> None:
    administrator = signed_in_as(Role.ADMINISTRATOR)
    with app.app_context(), writing():
        credentials.choose_password(administrator.person_id, "quatre mots assez longs", None, now())
        db.session.commit()
    # Choosing a password ended the session.
    page = administrator.client.post(
        "/account/sign-in",
        data={"email": entry(app, administrator.person_id).person.email, "password": "quatre mots assez longs"},
    )
    assert page.status_code == 302
    page = administrator.post("admin.revoke_role", {"role": "administrator"}, person_id=administrator.person_id)
    assert "Nobody else could give out roles." in page.get_text()


@pytest.mark.parametrize("kind", ["site", "workshop", "shift", "team", "post"])
def test_the_plant_is_laid_out(app: Flask, signed_in_as: SignedIn, kind: str) -> None:
    hr = signed_in_as(Role.HR)
    for made in ("site", "workshop", "shift", "team", "post"):
        form = {"code": made, "name": f"The {made}", "starts_at": "21:00", "ends_at": "05:00"}
        form |= {"site": 1, "workshop": 1, "shift": 1, "in_workshop": 1}
        page = hr.post("admin.add", form, kind=made)
        if made == kind:
            assert f"The {kind}" in page.get_text()
            hr.post("admin.add", form, kind=made, status=422)  # the code is taken
            return


def test_a_kind_of_place_that_is_none(signed_in_as: SignedIn) -> None:
    signed_in_as(Role.HR).get("admin.add", kind="galaxy", status=404)
