"""Who is late: for a leader their own teams, for HR everyone; in files exactly what is shown."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import event, text

from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.people.making import PASSWORD, a_person
from tests.strict import Page, StrictBrowser
from tests.web.teams.plant import learning_plant, staff

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def teams(app: Flask) -> Iterator[dict[str, int]]:
    with hold(MONDAY):
        with app.app_context(), writing():
            made = learning_plant({"A": 6, "B": 7}, {"A": 3, "B": 5})
        yield made


def signed_in(browse: StrictBrowser, role: Role, team_id: int | None = None) -> StrictBrowser:
    with browse.app.app_context(), writing():
        staff(role, team_id)
        db.session.commit()
    browse.client.post("/account/sign-in", data={"email": "s1@example.org", "password": PASSWORD})
    return browse


def listed(page: Page) -> list[str]:
    return [cell.split()[0] for cell in page.words("#followed tbody th")]


def test_a_leader_sees_who_is_late_in_their_teams_and_nobody_else(browse: StrictBrowser, teams: dict[str, int]) -> None:
    page = signed_in(browse, Role.TEAM_LEADER, teams["A"]).get("teams.people")
    assert listed(page) == ["A003", "A004", "A005"]
    assert set(page.words("#followed .state")) == {"En retard"}
    other = browse.get("teams.people", team=teams["B"], state="all")
    assert all(name.startswith("A") for name in listed(other))
    exported = browse.client.get("/teams/people.csv?state=all").get_data(as_text=True)
    assert "B00" not in exported


def test_hr_narrows_sorts_and_turns_pages(browse: StrictBrowser, teams: dict[str, int]) -> None:
    signed_in(browse, Role.HR)
    assert len(listed(browse.get("teams.people", state="all"))) == 13
    assert listed(browse.get("teams.people", state="completed", team=teams["A"], sort="-name")) == [
        "A002",
        "A001",
        "A000",
    ]
    assert listed(browse.get("teams.people", due_until="2026-02-26")) == []
    then = browse.get("teams.people", as_of="2026-02-01", state="all")
    assert set(then.words("#followed .state")) == {"En cours", "Pas commencé"}
    nonsense = browse.get("teams.people", sort="score", team="x", state="x", as_of="x", page="-3")
    assert len(listed(nonsense)) == 5


def test_no_score_is_shown_or_exported(browse: StrictBrowser, teams: dict[str, int]) -> None:
    signed_in(browse, Role.HR)
    page = browse.get("teams.people", state="all").get_text()
    exported = browse.client.get("/teams/people.csv?state=all").get_data(as_text=True)
    assert not any(score in text for text in (page, exported) for score in ("0.875", "0,875", "87"))


def test_files_hold_exactly_what_is_shown(browse: StrictBrowser, teams: dict[str, int]) -> None:
    signed_in(browse, Role.HR)
    wanted = {"state": "late", "team": str(teams["B"]), "sort": "-name"}
    shown = [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in browse.get("teams.people", **wanted).select("#followed tbody tr")
    ]
    query = "&".join(f"{key}={value}" for key, value in wanted.items())
    said = browse.client.get(f"/teams/people.csv?{query}").get_data().decode("utf-8-sig")
    table = list(csv.reader(StringIO(said), delimiter=";"))[1:]
    assert [[f"{row[0]} {row[1]}", *row[2:5], row[6]] for row in table] == [[*row[:4], row[5]] for row in shown]
    book = load_workbook(BytesIO(browse.client.get(f"/teams/people.xlsx?{query}").get_data()))
    cells = list(book.active.iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in cells] == [row[1] for row in table]
    assert cells[0][5].date().isoformat() == table[0][5] == "2026-02-27"


def test_a_name_that_looks_like_a_formula_is_text_in_files(browse: StrictBrowser, teams: dict[str, int]) -> None:
    with browse.app.app_context(), writing():
        a_person("=1+1", "Eve =cmd|' /C calc'!A0", team_id=teams["A"])
        db.session.commit()
    signed_in(browse, Role.HR)
    said = browse.client.get("/teams/people.csv?sort=name").get_data().decode("utf-8-sig")
    assert "'=cmd" in said
    assert ";'=1+1;" in said


def test_a_leaver_stays_in_the_figures_but_not_on_the_leaders_list(
    browse: StrictBrowser, teams: dict[str, int]
) -> None:
    with browse.app.app_context(), writing():
        db.session.execute(text("UPDATE people SET left_on = '2026-02-20' WHERE registration = 'A005'"))
        db.session.commit()
    signed_in(browse, Role.TEAM_LEADER, teams["A"])
    assert listed(browse.get("teams.people")) == ["A003", "A004"]


def test_simulated_people_are_said_to_be_simulated(browse: StrictBrowser, teams: dict[str, int]) -> None:
    signed_in(browse, Role.HR)
    assert not browse.get("teams.people").select(".notice-illustrative")
    with browse.app.app_context(), writing():
        db.session.execute(text("UPDATE people SET simulated = true"))
        db.session.commit()
    assert browse.get("teams.people").select(".notice-illustrative")
    assert browse.get("teams.completion").select(".notice-illustrative")
    assert "Simulé" in browse.client.get("/teams/people.csv").get_data(as_text=True)


@pytest.mark.parametrize(
    ("role", "people", "completion"),
    [
        (Role.HR, 200, 200),
        (Role.STAFF_REPRESENTATIVE, 403, 200),
        (Role.EVALUATOR, 403, 200),
        (Role.TRAINER, 403, 403),
        (Role.ADMINISTRATOR, 403, 403),
    ],
)
def test_who_may_see_what(
    browse: StrictBrowser, teams: dict[str, int], role: Role, people: int, completion: int
) -> None:
    client = signed_in(browse, role).client
    for address, status in [
        ("/teams/people", people),
        ("/teams/people.csv", people),
        ("/teams/completion", completion),
    ]:
        assert client.get(address).status_code == status


def test_a_longer_list_asks_no_more_questions(browse: StrictBrowser, teams: dict[str, int]) -> None:
    signed_in(browse, Role.HR)

    def questions() -> int:
        asked: list[str] = []
        with browse.app.app_context():
            engine = db.engine
        listener = lambda *a: asked.append(a[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", listener)
        browse.get("teams.people", state="all")
        event.remove(engine, "before_cursor_execute", listener)
        return len(asked)

    questions()  # what is kept in memory is read once
    before = questions()
    with browse.app.app_context(), writing():
        for place in range(30):
            a_person(f"C{place:03}", f"Given C{place:03}", team_id=teams["A"])
        db.session.commit()
    questions()  # who is asked what has changed, and that others were seen: both once
    assert questions() == before <= 15
