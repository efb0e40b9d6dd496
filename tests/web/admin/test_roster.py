"""A roster on pages: sent, shown, applied; refused rows to be had; nothing applied unseen."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.kernel.database import db, writing
from lms.people.models import Person, RoleGrant, Team
from lms.people.permissions import Role
from tests.people.making import a_person
from tests.strict import Page, StrictBrowser

SignedIn = Callable[..., StrictBrowser]
ROSTER = "Matricule;Nom;Prénom;E-mail;Équipe\n1;Lefèvre;Hélène;h@example.org;Nuit\n2;Petit;Jean;nobody;\n"


@pytest.fixture
def hr(signed_in_as: SignedIn) -> StrictBrowser:
    return signed_in_as(Role.HR)


def send(browser: StrictBrowser, content: bytes, name: str = "roster.csv") -> str:
    """Send a file; return the address of its preview."""
    answer = browser.client.post("/admin/people/import", data={"file": (io.BytesIO(content), name)})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return answer.headers["Location"]


def apply(browser: StrictBrowser, page: Page) -> Page:
    form = page.select_one("form:has([name=fingerprint])")
    return browser.post(form["action"], {"fingerprint": form.select_one("[name=fingerprint]")["value"]})


def people(app: Flask) -> int:
    """Count them all but whoever is signed in."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Person)) - 1


def test_shown_first_then_applied_then_nothing_more(app: Flask, hr: StrictBrowser) -> None:
    address = send(hr, ROSTER.encode("cp1252"))
    page = hr.get(address)
    assert page.words(".big-number-value") == ["1", "0", "0", "1"]
    assert "cp1252" in page.words(".reading summary")[0]
    assert "3 E-mail nobody This is not one e-mail address." in page.words("tr")
    assert people(app) == 0
    done = apply(hr, page)
    assert "1 person was entered. 0 people were changed." in done.get_text()
    assert people(app) == 1
    hr.get(address, status=404)  # the file is gone
    page = hr.get(send(hr, ROSTER.encode()))
    assert page.words(".big-number-value") == ["0", "0", "1", "1"]
    assert not page.select("[name=fingerprint]")


def test_refused_rows_come_back_as_a_file(hr: StrictBrowser) -> None:
    address = urlsplit(send(hr, ROSTER.encode("cp1252")))
    answer = hr.client.get(f"{address.path}/refused.csv?{address.query}")
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows == [
        ["Matricule", "Nom", "Prénom", "E-mail", "Équipe", "Line", "Why it was refused"],
        ["2", "Petit", "Jean", "nobody", "", "3", "E-mail: This is not one e-mail address."],
    ]


def test_places_are_made_when_said(app: Flask, hr: StrictBrowser) -> None:
    address = send(hr, ROSTER.encode())
    assert "Team “Nuit”, 1 row: left out" in " ".join(hr.get(address).words("li"))
    apply(hr, hr.get(address + "&make=on"))
    with app.app_context():
        assert db.session.scalars(select(Team.name)).all() == ["Nuit"]


def test_people_changed_meanwhile(app: Flask, hr: StrictBrowser) -> None:
    page = hr.get(send(hr, ROSTER.encode()))
    with app.app_context(), writing():
        a_person("1", "Somebody Else")
        db.session.commit()
    assert "People were changed since this was shown." in apply(hr, page).get_text()
    assert people(app) == 1


def test_an_encoding_can_be_chosen(hr: StrictBrowser) -> None:
    address = send(hr, ROSTER.encode("cp850"))
    assert "Lefèvre" in hr.get(address + "&encoding=cp850").get_text()
    page = hr.get(address + "&encoding=utf-8", status=422)
    assert "is not written in utf-8" in page.words("[role=alert]")[0]
    assert page.select("select[name=encoding]")


def test_columns_can_be_said(hr: StrictBrowser, shared: Path) -> None:
    address = send(hr, (shared / "fixtures/roster/made_no_header.csv").read_bytes())
    page = hr.get(address, status=422)
    assert "looks like a person" in page.words("[role=alert]")[0]
    assert "Robert · Lanh" in page.get_text()
    page = hr.get(address + "&column-1=given_name&column-2=family_name&column-3=email")
    assert page.words(".big-number-value") == ["10", "0", "0", "0"]
    page = hr.get(address + "&column-1=given_name&column-2=given_name", status=422)
    assert page.select("[role=alert]")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "neither a CSV file nor an Excel workbook"),
        (b"", "The file is empty."),
        (b"a;b\n1;\0\n", None),  # further down: told by the preview
    ],
)
def test_files_that_are_no_rosters(hr: StrictBrowser, content: bytes, said: str | None) -> None:
    if said is None:
        assert "holds characters that no text has" in hr.get(send(hr, content), status=422).get_text()
        return
    page = hr.post("admin.upload", {"file": (io.BytesIO(content), "roster.csv")}, status=422)
    assert said in page.words("[role=alert]")[0]


def test_every_roster_file_gives_a_page(hr: StrictBrowser, shared: Path) -> None:
    for file in sorted((shared / "fixtures/roster").iterdir()):
        answer = hr.client.get(send(hr, file.read_bytes(), file.name))
        assert answer.status_code in (200, 422), file.name


def test_hr_gives_no_role_by_a_file(app: Flask, hr: StrictBrowser, signed_in_as: SignedIn) -> None:
    rows = b"Matricule;Nom;Prenom;Role\n1;A;A;administrateur\n"
    page = hr.get(send(hr, rows))
    assert "Only an administrator gives this role." in page.get_text()
    administrator = signed_in_as(Role.ADMINISTRATOR)
    apply(administrator, administrator.get(send(administrator, rows)))
    with app.app_context():
        given = select(func.count()).select_from(RoleGrant).where(RoleGrant.role == Role.ADMINISTRATOR)
        assert db.session.scalar(given) == 2


@pytest.mark.parametrize("file", ["..", "0" * 64, "a" * 63, "%2e%2e%2fsecret_key"])
def test_no_other_file_can_be_had(hr: StrictBrowser, file: str) -> None:
    assert hr.client.get(f"/admin/people/import/{file}").status_code == 404
