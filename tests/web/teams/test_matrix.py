"""The matrix on its page and as files, coverage by post, and what would be if somebody were absent."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import event

from lms.kernel.database import db, writing
from lms.kernel.jobs import working
from lms.kernel.jobs.models import Job
from lms.people.models import Person
from lms.people.permissions import Role
from lms.reports import drawing, skills_jobs
from lms.skills.rules import Level
from lms.web.teams import skills
from tests.skills.shop import DAY, Shop
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]


@pytest.fixture
def shop(app: Flask) -> Shop:
    with app.app_context(), writing():
        found = Shop()
        for person, task, level in (
            (found.amina, found.ink, Level.AUTONOMOUS),
            (found.amina, found.lock, Level.TEACHING),
            (found.amina, found.pack, Level.AUTONOMOUS),
            (found.bruno, found.ink, Level.AUTONOMOUS),
            (found.chloe, found.ink, Level.ACCOMPANIED),
        ):
            found.state(person, task, level)
        db.session.get_one(Person, found.bruno).family_name = '=HYPERLINK("http://example.org")'
        db.session.commit()
        return found


def statements(app: Flask, browser: StrictBrowser, path: str) -> int:
    seen: list[str] = []
    with app.app_context():
        engine = db.engine
    listener = lambda *told: seen.append(told[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listener)
    browser.get(path)
    event.remove(engine, "before_cursor_execute", listener)
    return len(seen)


def test_posts_tasks_levels_and_filters(signed_in_as: SignedIn, shop: Shop) -> None:
    hr = signed_in_as(Role.HR)
    page = hr.get("teams.skills")
    assert page.words("thead tr:first-child th") == ["Name", "Line", "Masters"]
    assert page.words("tbody tr:nth-child(2) td") == ["U", "O", "U", "3/3"]
    assert page.words(".levels-legend li")[4:] == ["O can teach others"]
    assert len(hr.get("teams.skills", shift="night").select("tbody tr")) == 1
    assert len(hr.get("teams.skills", level="U").select("tbody tr")) == 2
    assert len(hr.get("teams.skills", level="O").select("tbody tr")) == 1
    assert len(hr.get("teams.skills", level="Z", post="x", shift="?").select("tbody tr")) == 3


def test_later_rows_say_in_short_what_their_cells_would(
    signed_in_as: SignedIn, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    hr = signed_in_as(Role.HR)
    whole = hr.get("teams.skills").select("tbody tr")
    monkeypatch.setattr(skills, "ROWS_DRAWN", 1)
    first, *later = hr.get("teams.skills").select("tbody tr")
    assert str(first) == str(whole[0])
    assert [row["data-cells"] for row in later] == [
        ",".join(f"{cell.text}{cell['data-e']}" if cell.has_attr("data-e") else "" for cell in row.select("td[data-e]"))
        if len(row.select("td[data-e]")) == 3
        else "L0,,"
        for row in whole[1:]
    ]


def test_the_matrix_as_it_was(app: Flask, signed_in_as: SignedIn, shop: Shop) -> None:
    with app.app_context(), writing():
        shop.state(shop.chloe, shop.pack, Level.AUTONOMOUS, on=DAY)
        db.session.commit()
    hr = signed_in_as(Role.HR)
    of_chloe = [
        hr.get("teams.skills", as_of=on, shift="night").words("tbody td")[2] for on in (DAY - timedelta(days=1), DAY)
    ]
    assert of_chloe == ["–", "U"]


def test_the_number_of_statements_is_that_of_the_questions(app: Flask, signed_in_as: SignedIn, shop: Shop) -> None:
    hr = signed_in_as(Role.HR)
    paths = ("teams.skills", "teams.coverage", "teams.person_skills")
    addresses = [hr.address(path, **({"person_id": shop.amina} if "person" in path else {})) for path in paths]
    for address in addresses:
        hr.get(address)  # once: that the session is alive and who was looked at is written then
    few = [statements(app, hr, path) for path in addresses]
    with app.app_context(), writing():
        for place in range(12):
            task = shop.task(f"more{place}")
            for person in (shop.amina, shop.bruno, shop.chloe):
                shop.state(person, task, Level.AUTONOMOUS)
        db.session.commit()
    assert [statements(app, hr, path) for path in addresses] == few


def test_files_hold_what_the_page_shows_and_no_formula(signed_in_as: SignedIn, shop: Shop) -> None:
    hr = signed_in_as(Role.HR)
    made = hr.client.get(hr.address("teams.skills_file", kind="xlsx", shift="day"))
    people, coverage, definitions = openpyxl.load_workbook(io.BytesIO(made.data)).worksheets
    rows = [[cell.value for cell in row] for row in people.rows]
    assert rows[0][4:] == ["Line – Ink", "Line – Lock", "Line – Pack", "Masters", "Out of"]
    assert [row[4:] for row in rows[1:]] == [["U", "–", "–", 1, 3], ["U", "O", "U", 3, 3]]
    assert {cell.data_type for row in people.rows for cell in row} == {"s", "n"}, "nothing that a spreadsheet computes"
    assert rows[1][0].startswith("=HYPERLINK")
    assert ["Line", "every task", "Day", 1, 2, "one person only"] in [[c.value for c in row] for row in coverage.rows]
    assert "can teach others" in [row[1].value for row in definitions.rows]
    csv = hr.client.get(hr.address("teams.skills_file", kind="csv")).get_data(as_text=True)
    assert "\"'=HYPERLINK(" in csv
    assert hr.client.get(hr.address("teams.skills_file", kind="pdf")).data.startswith(b"%PDF-")
    signed_in_as(Role.STAFF_REPRESENTATIVE).get("/teams/skills/matrix.xlsx", status=403)


def test_a_large_print_is_a_job_for_whoever_asked_and_still_sees_its_teams(
    app: Flask, signed_in_as: SignedIn, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[dict[str, Any]] = []
    monkeypatch.setattr(skills_jobs, "AT_ONCE", 1)
    monkeypatch.setattr(drawing, "draw", lambda _what, sheet: drawn.append(sheet) or b"%PDF-")
    leader = signed_in_as(Role.TEAM_LEADER, team_id=shop.teams["day"])
    address = leader.address("teams.skills_file", kind="pdf", as_of=DAY, level="U")
    job = leader.client.get(address).headers["Location"]
    assert leader.client.get(address).headers["Location"] == job, "the same asked again is the same work"
    with app.app_context():
        assert working.work_off() == 1
    made = leader.client.get(job).headers["Location"]
    assert leader.client.get(made).data == b"%PDF-"
    (sheet,) = drawn
    assert sheet["title"] == "Who can do what, as of 2 March 2026"
    assert [person["name"] for person in sheet["people"]][1:] == ["Benali Amina"], "Chloé is of another team"
    assert sheet["groups"][0]["levels"][1] == ["U", "O", "U"]
    assert signed_in_as(Role.HR).client.get(made).status_code == 404
    with app.app_context(), writing():
        kept = db.session.query(Job).one()
        kept.arguments = kept.arguments | {"teams": [shop.teams["night"]]}
        db.session.commit()
    assert leader.client.get(made).status_code == 404, "a team that they lead no longer"


def test_what_if_is_the_same_function_with_somebody_absent(signed_in_as: SignedIn, shop: Shop) -> None:
    hr = signed_in_as(Role.HR)
    now = hr.get("teams.coverage")
    assert now.words(".coverage-post td:nth-child(2)") == ["1/2 one person only"]
    absent = hr.get("teams.coverage", absent=shop.amina)
    assert absent.words(".coverage-post td:nth-child(2)") == ["1/2 0/2 nobody"]
    assert absent.words(".big-number-value") == ["0 / 6"]
    line = hr.get("teams.coverage", line=shop.post)
    assert line.words(".coverage-post td:nth-child(2)") == ["1/2 1/4 one person only"]
    row = line.words("caption:-soup-contains('What the new line takes') ~ tbody tr:first-child > *")
    assert row[:5] == ["Line", "Day", "4", "1", "3"]
    assert "to go" in row[5]
    few = hr.get("teams.coverage", line=shop.post, people=1, on="night", absent=shop.amina)
    assert [few.words(f".coverage-post td:nth-child({place})") for place in (2, 3)] == [
        ["1/2 0/2 nobody"],
        ["0/2 0/3 nobody"],
    ]
    faulty = hr.get("teams.coverage", absent=9999)
    assert faulty.words(".coverage-post td:nth-child(2)") == ["1/2 one person only"], (
        "nobody whom the reader may not see"
    )
