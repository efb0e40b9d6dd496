"""A leader's first page: numbers with the names behind them, ten minutes planned by two taps, the week."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from lms.delivery.actions import announce_terminal, enrol
from lms.delivery.slots import queries as slots
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.people.models import Person
from lms.people.permissions import Role
from tests.people.making import PASSWORD
from tests.strict import Page, StrictBrowser
from tests.web.teams.plant import learning_plant, staff

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""Ten o’clock in the plant, an hour after the shift began."""


@pytest.fixture
def leader(app: Flask, browse: StrictBrowser) -> Iterator[StrictBrowser]:
    with hold(MONDAY):
        with app.app_context(), writing():
            teams = learning_plant({"A": 3, "B": 2}, {"A": 1, "B": 0})
            announced, code = announce_terminal("k1", "Kiosk at the line", None, now=MONDAY)
            enrol(code, now=MONDAY)
            staff(Role.TEAM_LEADER, teams["A"])
            db.session.commit()
        browse.client.post("/account/sign-in", data={"email": "s1@example.org", "password": PASSWORD})
        yield browse


def number(page: Page, label: str) -> str:
    card = next(card for card in page.select(".big-number") if label in card.get_text())
    assert page.select_one(card["href"])
    return card.select_one(".big-number-value").get_text()


def first_tap(page: Page, name: str) -> dict[str, str]:
    form = next(form for form in page.select("#due form") if name in form.find_parent("li").get_text())
    said = {field["name"]: field["value"] for field in form.select("input")}
    return {**said, "offer": form.select_one("button")["value"], "to": form["action"]}


def test_each_number_opens_the_names_of_the_own_teams(leader: StrictBrowser) -> None:
    page = leader.get("teams.today")
    assert number(page, "En retard ou à faire") == "2"
    assert [words.split()[0] for words in page.words("#due strong")] == ["A001", "A002"]
    assert "B000" not in page.get_text()


def test_ten_minutes_are_planned_once_however_often_it_is_tapped(app: Flask, leader: StrictBrowser) -> None:
    tap = first_tap(leader.get("teams.today"), "A001")
    to = tap.pop("to")
    assert tap["offer"].startswith("2026-03-02T11:00:00+01:00|")  # the shift has settled, a kiosk is free
    asking = {"Accept": "application/json"}
    for _ in range(2):
        answer = leader.client.post(to, data=tap, headers=asking)
        assert answer.get_json() == {"said": "Prévu : lundi 2 mars, 11:00, Kiosk at the line."}
    # Another key for the same person and day; and a key that meant something else.
    again = leader.client.post(to, data={**tap, "key": "019d0000-0000-7000-8000-000000000000"}, headers=asking)
    assert (again.status_code, "déjà dix minutes" in again.get_json()["detail"]) == (409, True)
    other = leader.client.post(to, data={**tap, "offer": "2026-03-03T11:00:00+01:00|"}, headers=asking)
    assert (other.status_code, "Rouvrez-la" in other.get_json()["detail"]) == (409, True)
    past = {**tap, "key": "019d0000-0000-7000-8000-000000000001", "offer": "2026-03-01T11:00:00+01:00|"}
    assert "heure est passée" in leader.client.post(to, data=past, headers=asking).get_json()["detail"]
    # The kiosk is taken: the next person is offered the ten minutes after.
    assert first_tap(leader.get("teams.today"), "A002")["offer"].startswith("2026-03-02T11:10:00+01:00|")
    with app.app_context():
        person = db.session.query(Person).filter_by(registration="A001").one()
        mine = slots.next_of(person.id, MONDAY)
        assert (mine.kiosk, mine.is_today) == ("Kiosk at the line", True)


def test_a_leader_plans_a_week_and_takes_back(leader: StrictBrowser) -> None:
    tap = first_tap(leader.get("teams.today"), "A001")
    leader.post(tap.pop("to"), {**tap, "from": "2026-03-02"})
    page = leader.get("teams.week")
    assert page.words(".planned strong") == ["11:00"]
    assert page.words("#waiting strong") == ["A002 Given"] or len(page.select("#waiting li")) == 1
    leader.post(page.select_one(".planned form")["action"])
    assert not leader.get("teams.week").select(".planned")
    assert len(leader.get("teams.week", **{"from": "2026-03-09"}).select(".week section")) == 5


def plan_of(page: Page) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for field in page.select("#plan input"):
        said.setdefault(field["name"], []).append(field["value"])
    return said


def test_a_whole_week_is_planned_at_one_go_once_however_often_it_is_tapped(app: Flask, leader: StrictBrowser) -> None:
    week = {"from": "2026-03-09"}
    assert "360 min libres" in leader.get("teams.week", **week).select_one("#load").get_text()
    page = leader.get("teams.propose_week", **week)
    first, second = [one["value"].split("|") for one in page.select("#plan input[name=slot]")]
    assert (first[3], second[3]) == ("2026-03-09T11:00:00+01:00", "2026-03-10T11:00:00+01:00")
    # Away on Monday and Tuesday: another day is proposed, and nothing is kept of it.
    away = [f"{first[1]}.2026-03-09", f"{first[1]}.2026-03-10"]
    told = plan_of(leader.get("teams.propose_week", **week, away=away))
    assert [one.split("|")[3][:10] for one in told["slot"]] == ["2026-03-11", "2026-03-09"]
    asking = {"Accept": "application/json"}
    for _ in range(2):
        answer = leader.client.post("/teams/week/plan", data=told, headers=asking)
        assert answer.get_json()["said"] == "2 fois dix minutes prévues."
    page = leader.get("teams.week", **week)
    assert len(page.select(".planned")) == 2
    assert not page.select("#waiting li")
    assert "10 min prévues" in page.select_one("#load").get_text()
    # A page that was made before: refused with the reason and the names.
    told["slot"] = [one.replace(one[:8], "019d0000", 1) for one in told["slot"]]
    assert "a déjà dix minutes" in leader.post("teams.plan_week", told).get_text()
    told["slot"][0] = told["slot"][0].replace("|", "|9999", 1)
    leader.post("teams.plan_week", told, status=404)


def test_ten_minutes_move_or_stay_where_they_were(leader: StrictBrowser) -> None:
    week = {"from": "2026-03-09"}
    leader.post("teams.plan_week", plan_of(leader.get("teams.propose_week", **week)))
    first, second = leader.get("teams.week", **week).select(".planned")
    form = leader.get(first.a["href"]).select_one("form.leader")
    said = {"key": form.select_one("input[name=key]")["value"]}
    assert second.select_one("strong").get_text() == "11:00"
    # The other one's kiosk at that time.
    leader.post(form["action"], {**said, "offer": "2026-03-10T11:00:00+01:00|1"})
    assert len(leader.get("teams.week", **week).select(".planned")) == 2
    for _ in range(2):
        leader.post(form["action"], {**said, "offer": "2026-03-12T11:30:00+01:00|1"})
    page = leader.get("teams.week", **week)
    assert sorted(page.words(".planned strong")) == ["11:00", "11:30"]
    leader.post(page.select(".planned form")[-1]["action"])
    again = {**said, "offer": "2026-03-12T11:30:00+01:00|1"}
    assert "retirées ou déplacées" in leader.post(form["action"], again).get_text()
    assert len(leader.get("teams.week", **week).select(".planned")) == 1


def test_the_board_says_who_is_where_when_and_nothing_else(leader: StrictBrowser) -> None:
    week = {"from": "2026-03-09"}
    leader.post("teams.plan_week", plan_of(leader.get("teams.propose_week", **week)))
    board = leader.get("teams.board", **week).select_one(".board").get_text(" ", strip=True)
    assert "11:00 A001" in board
    assert "Kiosk at the line" in board
    title = leader.get("teams.week", **week).select_one(".planned .registration").get_text().split(" · ")[0].strip()
    assert title not in board


def test_ten_minutes_for_what_is_behind_somebody_say_so_and_are_taken_back(app: Flask, leader: StrictBrowser) -> None:
    with app.app_context():
        number = db.session.query(Person).filter_by(registration="A000").one().id
    tap = first_tap(leader.get("teams.today"), "A001")
    tap.pop("to")
    leader.post("teams.plan_slot", {**tap, "from": "2026-03-02"}, person_id=number)
    planned = leader.get("teams.week").select_one(".planned")
    assert "Terminé" in planned.get_text()
    leader.post(planned.form["action"])
    assert not leader.get("teams.week").select(".planned")


def test_nobody_of_another_team_and_nothing_that_no_page_says(leader: StrictBrowser, app: Flask) -> None:
    with app.app_context():
        stranger = db.session.query(Person).filter_by(registration="B000").one().id
    tap = first_tap(leader.get("teams.today"), "A001")
    to = tap.pop("to")
    leader.post("teams.plan_slot", tap, status=404, person_id=stranger)
    offers = ("tomorrow|", "2026-03-02T12:00:00|", "2026-03-02T11:00:00+01:00|99")
    for wrong in ({"key": "x"}, {"module": "999"}, *({"offer": offer} for offer in offers)):
        leader.post(to, {**tap, **wrong}, status=404)


def test_whoever_leads_nobody_is_led_to_the_follow_up(app: Flask, browse: StrictBrowser) -> None:
    with app.app_context(), writing():
        staff(Role.HR)
    browse.client.post("/account/sign-in", data={"email": "s1@example.org", "password": PASSWORD})
    assert browse.client.get("/teams/").location == "/teams/people"


def test_a_leader_chooses_how_often_the_numbers_come(app: Flask, leader: StrictBrowser) -> None:
    assert not leader.get("teams.today").select("#e-mail")
    app.config["MAIL_SERVER"] = "mail.example"
    page = leader.post("teams.choose_digest", {"every": "day"})
    assert [key["value"] for key in page.select("#e-mail button[aria-pressed=true]")] == ["day"]
    leader.post("teams.choose_digest", {"every": "hour"}, status=404)
