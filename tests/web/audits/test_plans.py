"""Plans: made, shown, cancelled."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from flask import Flask

from lms.audit.document import AuditDocument
from lms.catalogue.models import Edition, Module
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.people import plant as places
from lms.people.models import Person, Shift, Team, TeamMembership
from lms.people.permissions import Role
from lms.plans import queries
from lms.proof.actions import KindEntry, add_kind
from tests.strict import StrictBrowser
from tests.web.audits.conftest import NOW

CONTENT = {
    "format": "etabli-module/1",
    "code": "coating",
    "languages": ["en"],
    "title": {"en": "Coating defects"},
    "summary": {"en": "Six defects"},
    "minutes": 4,
    "blocks": [{"card": "text", "key": "one", "title": {"en": "Six"}, "body": {"en": "Six defects."}}],
}


@pytest.fixture
def plant(app: Flask, case: AuditDocument) -> dict[str, int]:
    """Two teams of two, one module; their numbers by name."""
    with app.app_context(), writing():
        day = Shift(code="d", name="Day", starts_at=time(5), ends_at=time(13))
        teams = [Team(code=name, name=f"Team {name}", shift=day) for name in ("A", "B")]
        people = [
            Person(registration=str(n), personal_code=str(n), given_name="P", family_name=str(n), created_at=NOW)
            for n in range(4)
        ]
        db.session.add_all(
            TeamMembership(person=person, team=teams[place % 2], joined_on=date(2025, 1, 1))
            for place, person in enumerate(people)
        )
        module = Module(code="coating", created_at=NOW)
        module.editions = [Edition(number=1, content=CONTENT, player={}, media={}, digest="0" * 64, published_at=NOW)]
        db.session.add(module)
        db.session.flush()
        numbers = {"A": teams[0].id, "B": teams[1].id, "module": module.id}
        db.session.commit()
        return numbers


def answers(plant: dict[str, int], **changes: object) -> dict[str, object]:
    usual = {"code": "PL1", "recommendation": "", "module": plant["module"], "teams": [plant["A"], plant["B"]]}
    usual |= {"reason": "", "rhythm": "once"}
    return usual | {"assigned_on": "2026-09-01", "due_on": "2026-10-01"} | changes


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_line_goes_on_from_a_recommendation_to_a_module(
    app: Flask, as_role: Callable[..., StrictBrowser], plant: dict[str, int], language: str
) -> None:
    browser = as_role(Role.EVALUATOR, language)
    button = browser.get("audits.recommendations", code="LACHEV").select_one("#recommendations-P2 .trail a.btn")
    form = browser.get(button["href"])
    chosen = form.select_one("[name=recommendation] option[selected]")
    assert chosen.get_text().startswith("P2 – ")
    assert form.select_one("[name=code]")["value"] == "PL1"
    browser.post("audits.new_plan", answers(plant, recommendation=chosen["value"]))

    plan = browser.get("audits.plan", code="PL1")
    assert plan.select("a[href='/audits/audit/LACHEV/recommendations#recommendations-P2']")
    assert plan.words(".definitions dd")[-1] == "4"  # people concerned: two teams of two
    assert "Coating defects" in plan.words(".definitions dd a")
    found = browser.get("audits.recommendations", code="LACHEV")
    assert found.select("#recommendations-P2 a[href='/audits/plans/plan/PL1']")
    trail = browser.get("audits.traceability", code="LACHEV")
    assert trail.select("a[href='/audits/plans/?module=coating']")
    assert browser.get("/audits/plans/?module=coating").select("tbody a[href='/audits/plans/plan/PL1']")
    assert not browser.get("/audits/plans/?module=other").select("tbody a[href='/audits/plans/plan/PL1']")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"due_on": "2026-08-31"}, "due_on", "before the day of assignment"),
        ({"due_on": ""}, "due_on", "Give a date"),
        ({"due_on": "tomorrow"}, "due_on", "date"),
        ({"teams": []}, "teams", "or name somebody"),
        ({"teams": ["999"]}, "teams", "does not exist any more"),
        ({"teams": ["x"]}, "teams", "Choose from the list"),
        ({"module": ""}, "module", "Choose a module"),
        ({"module": "999"}, "module", "Choose from the list"),
        ({"recommendation": "abc"}, "recommendation", "Choose from the list"),
        ({"code": "a/b"}, "code", "letters, digits and hyphens"),
        ({"code": ""}, "code", "Give a code"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_at_its_field(
    app: Flask, evaluator: StrictBrowser, plant: dict[str, int], changes: dict[str, object], field: str, words: str
) -> None:
    page = evaluator.post("audits.new_plan", answers(plant, **changes), status=422)
    assert words in page.select_one(f"#{field}-fault").get_text()
    with app.app_context():
        assert queries.every_plan() == []


def test_a_code_is_taken_once(evaluator: StrictBrowser, plant: dict[str, int]) -> None:
    evaluator.post("audits.new_plan", answers(plant))
    page = evaluator.post("audits.new_plan", answers(plant), status=422)
    assert "PL1 is taken" in page.select_one("#code-fault").get_text()
    assert evaluator.get("audits.new_plan").select_one("[name=code]")["value"] == "PL2"


def test_a_plan_is_cancelled_after_a_question(
    app: Flask, as_role: Callable[..., StrictBrowser], evaluator: StrictBrowser, plant: dict[str, int]
) -> None:
    evaluator.post("audits.new_plan", answers(plant))
    assert evaluator.get("audits.plan", code="PL1").select("dialog form[action='/audits/plans/plan/PL1/cancel']")
    reader = as_role(Role.STAFF_REPRESENTATIVE)
    assert not reader.get("audits.plan", code="PL1").select("main form")
    reader.post("audits.cancel_plan", status=403, code="PL1")
    page = evaluator.post("audits.cancel_plan", code="PL1")
    assert "Cancelled" in page.words(".state")
    assert not page.select("dialog")
    with app.app_context():
        assert queries.assignments(None, date(2026, 12, 1)) == []


@pytest.mark.parametrize(
    ("day", "state"), [((2026, 8, 31), "Not begun"), ((2026, 9, 15), "Running"), ((2026, 10, 2), "Due date passed")]
)
def test_a_list_says_where_plans_stand(
    app: Flask, as_role: Callable[..., StrictBrowser], plant: dict[str, int], day: tuple[int, int, int], state: str
) -> None:
    with hold(datetime(*day, 12, tzinfo=UTC)):
        browser = as_role(Role.HR)
        browser.post("audits.new_plan", answers(plant))
        row = browser.get("audits.plans").words("tbody td")
    assert row[-2:] == ["4", state]


def test_whom_it_concerns_is_shown_before_anything_is_kept(
    app: Flask, as_role: Callable[..., StrictBrowser], plant: dict[str, int]
) -> None:
    hr = as_role(Role.HR)
    page = hr.post("audits.new_plan", answers(plant, act="look"))
    assert page.words("#concerned h2") == ["It concerns 4 people"]
    assert page.words("#concerned tbody td") == ["4", "16"]  # a module of four minutes
    assert len(page.select("#concerned li")) == 4
    assert not as_role(Role.EVALUATOR).post("audits.new_plan", answers(plant, act="look")).select("#concerned li")
    with app.app_context():
        assert queries.every_plan() == []


def test_a_change_is_explained_and_told_in_the_history(
    as_role: Callable[..., StrictBrowser], plant: dict[str, int]
) -> None:
    hr = as_role(Role.HR)
    hr.post("audits.new_plan", answers(plant, people="0"))
    form = hr.get("audits.change_plan", code="PL1")
    assert form.select_one("[name=people]")["value"] == "0"
    narrowed = answers(plant, people="0", teams=[plant["A"]])
    page = hr.post("audits.change_plan", narrowed, status=422, code="PL1")
    assert "Say why" in page.select_one("#why-fault").get_text()
    page = hr.post(
        "audits.change_plan", answers(plant, people="0", teams=[plant["A"]], why="B has done it"), code="PL1"
    )
    assert page.words("#history .change-fields li") == ["Teams Team A, Team B Team A"]
    # Whoever sees no names changes the rest of the plan and keeps the people it names.
    evaluator = as_role(Role.EVALUATOR)
    assert not evaluator.get("audits.change_plan", code="PL1").select("[name=people]")
    evaluator.post(
        "audits.change_plan", answers(plant, teams=[plant["A"]], due_on="2026-10-02", why="Later"), code="PL1"
    )
    assert hr.get("audits.change_plan", code="PL1").select_one("[name=people]")["value"] == "0"
    page = hr.post("audits.change_plan", answers(plant, people="nobody", why="x"), status=422, code="PL1")
    assert "nobody" in page.select_one("#people-fault").get_text()


def test_an_exemption_has_its_reason_and_only_hr_reads_the_name(
    as_role: Callable[..., StrictBrowser], plant: dict[str, int]
) -> None:
    with hold(datetime(2026, 9, 15, 12, tzinfo=UTC)):
        hr = as_role(Role.HR)
        hr.post("audits.new_plan", answers(plant))
        page = hr.post("audits.exempt", {"person": "1", "reason": ""}, status=422, code="PL1")
        assert "Say why" in page.select_one("#reason-fault").get_text()
        page = hr.post("audits.exempt", {"person": "1", "reason": "Trains others"}, code="PL1")
        assert page.words("#exempt tbody tr")[0].startswith("1 P")
        assert page.words(".definitions dd")[-2:] == ["1", "3"]
        evaluator = as_role(Role.EVALUATOR)
        assert "Trains others" not in evaluator.get("audits.plan", code="PL1").get_text()
        evaluator.post("audits.exempt", {"person": "1", "reason": "x"}, status=403, code="PL1")
        assert "1 exempt" in hr.get("audits.plans").words("tbody td")[-2]
        hr.post("audits.exempt", {"person": "1", "reason": "Back", "act": "end"}, code="PL1")
        assert hr.get("audits.plans").words("tbody td")[-2] == "4"


def test_a_circle_of_posts_is_refused_and_named(app: Flask, as_role: Callable[..., StrictBrowser]) -> None:
    with app.app_context(), writing():
        hall = places.add_workshop(places.add_site("s", "Site"), "w", "Hall")
        coater, cutter = (places.add_workstation(hall, name.lower(), name) for name in ("Coater", "Cutter"))
        db.session.commit()
    hr = as_role(Role.HR)
    page = hr.post("audits.posts", {"post": coater, "required": cutter})
    assert page.words("tbody td")[0] == "Hall, Cutter"
    page = hr.post("audits.posts", {"post": cutter, "required": coater}, status=422)
    assert "Cutter → Coater → Cutter" in page.select_one("#required-fault").get_text()
    page = hr.post("audits.posts", {"post": coater, "required": cutter, "act": "remove"})
    assert page.words("tbody td")[0] == "No post requires another."


def test_a_post_asks_for_a_habilitation(app: Flask, as_role: Callable[..., StrictBrowser]) -> None:
    with app.app_context(), writing():
        hall = places.add_workshop(places.add_site("s", "Site"), "w", "Hall")
        coater = places.add_workstation(hall, "coater", "Coater")
        add_kind("caces", KindEntry({"en": "Lift truck", "fr": "CACES"}, 60), NOW)
        db.session.commit()
    hr = as_role(Role.HR)
    page = hr.post("audits.ask_for_habilitation", {"held_at": coater, "kind": "caces"})
    assert "Lift truck" in page.words("tbody td")
    hr.post("audits.ask_for_habilitation", {"held_at": coater, "kind": "unknown"}, status=422)
    page = hr.post("audits.ask_for_habilitation", {"held_at": coater, "kind": "caces", "act": "remove"})
    assert page.words("tbody td")[-1] == "No post asks for a habilitation."
