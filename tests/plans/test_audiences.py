"""Plans for shifts, posts, roles and people; what they said before; who is exempt."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from lms.catalogue.models import Module
from lms.kernel.database import db
from lms.people import actions as people
from lms.people import plant as places
from lms.people import stays
from lms.people.models import Person
from lms.people.permissions import Role
from lms.plans import actions, previews, queries
from lms.plans.models import Plan
from lms.plans.rules import (
    ExemptionNotNeeded,
    ExemptionUnexplained,
    NotExempt,
    PlanCancelled,
    PlanChangeUnexplained,
    PlanDueBeforeHiring,
    PlanUnchanged,
)
from tests.people.making import a_person

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY, DUE = date(2026, 3, 2), date(2026, 3, 31)
LATER = NOW + timedelta(days=30)


class Plant:
    """Two shifts with a team each, two posts, and a module."""

    def __init__(self) -> None:
        self.day = places.add_shift("day", "Day", time(5), time(13))
        self.night = places.add_shift("night", "Night", time(21), time(5))
        hall = places.add_workshop(places.add_site("s", "Site"), "w", "Hall")
        self.a, self.b = (places.add_team(code, code, hall, on) for code, on in (("A", self.day), ("B", self.night)))
        self.coater, self.cutter = (places.add_workstation(hall, code, code) for code in ("coater", "cutter"))
        self.ann = a_person("ANN", team_id=self.a, workstation_id=self.coater)
        self.bob = a_person("BOB", team_id=self.b, workstation_id=self.coater)
        self.cleo = a_person("CLEO", team_id=self.b, workstation_id=self.cutter)
        module = Module(code="m", created_at=NOW)
        db.session.add(module)
        db.session.flush()
        self.module = module.id

    def terms(self, **audience: object) -> dict[str, object]:
        return {
            "recommendation_id": None, "module_id": self.module, "assigned_on": TODAY, "due_on": DUE, **audience,
        }  # fmt: skip

    def plan(self, code: str, **audience: object) -> Plan:
        return actions.make_plan(code, **self.terms(**audience), now=NOW)


@pytest.fixture
def plant(session: object) -> Plant:
    return Plant()


def concerned(plan: Plan, on: date = TODAY) -> set[int]:
    found = queries.assignments([plan.id], on)
    assert len({given.person_id for given in found}) == len(found)
    for given in found:
        mine = [due for due in queries.due_for(given.person_id, on) if due.plan_id == plan.id]
        assert mine in ([given], [])
    return {given.person_id for given in found}


def test_kinds_narrow_each_other_and_people_are_added(plant: Plant) -> None:
    everybody = {plant.ann, plant.bob, plant.cleo}
    leader = a_person("LEA", team_id=plant.a)
    people.grant_role(leader, Role.TEAM_LEADER, plant.a, None, NOW)
    assert concerned(plant.plan("P1", shift_ids=[plant.night])) == {plant.bob, plant.cleo}
    assert concerned(plant.plan("P2", workstation_ids=[plant.coater])) == {plant.ann, plant.bob}
    assert concerned(plant.plan("P3", shift_ids=[plant.night], workstation_ids=[plant.coater])) == {plant.bob}
    assert concerned(plant.plan("P4", team_ids=[plant.a], person_ids=[plant.cleo])) == {plant.ann, leader, plant.cleo}
    assert concerned(plant.plan("P5", roles=[Role.OPERATOR])) == everybody | {leader}
    assert concerned(plant.plan("P6", roles=[Role.TEAM_LEADER])) == {leader}
    assert {due.plan_code for due in queries.due_for(plant.bob, TODAY)} == {"P1", "P2", "P3", "P5"}
    assert {due.plan_code for due in queries.due_for(leader, TODAY)} == {"P4", "P5", "P6"}


def test_the_past_keeps_posts_and_roles_as_they_were(plant: Plant) -> None:
    plan = plant.plan("P1", workstation_ids=[plant.coater])
    leads = plant.plan("P2", roles=[Role.TRAINER])
    people.grant_role(plant.cleo, Role.TRAINER, None, None, NOW)
    db.session.flush()
    bob = db.session.get(Person, plant.bob)
    entry = people.Entry(bob.registration, bob.given_name, bob.family_name, workstation_id=plant.cutter)
    people.change_person(plant.bob, entry, by=None, now=LATER)
    people.revoke_role(plant.cleo, Role.TRAINER, None, None, LATER, LATER.date())
    after = LATER.date() + timedelta(days=40)
    assert concerned(plan, after) == {plant.ann, plant.bob}  # a leaver of the post stays counted
    assert queries.due_for(plant.bob, after) == []  # and is asked no longer
    assert concerned(leads, after) == {plant.cleo}
    assert [(one.since, one.until) for one in stays.posts([plant.cutter]) if one.person_id == plant.bob] == [
        (LATER.date(), None)
    ]


def test_a_change_keeps_what_the_plan_said(plant: Plant) -> None:
    plan = plant.plan("P1", team_ids=[plant.a])
    wider = plant.terms(team_ids=[plant.a, plant.b])
    with pytest.raises(PlanChangeUnexplained):
        actions.change_plan(plan, **wider, why=" ", by=None, now=LATER)
    actions.change_plan(plan, **wider, why="The night asks for it", by=plant.ann, now=LATER)
    with pytest.raises(PlanUnchanged):
        actions.change_plan(plan, **wider, why="Again", by=None, now=LATER)
    told = queries.versions(plan.id)
    assert [(one.number, one.why, one.by_id) for one in told] == [
        (2, "The night asks for it", plant.ann),
        (1, "", None),
    ]
    assert concerned(plan, LATER.date()) == {plant.ann, plant.bob, plant.cleo}
    assert {given.person_id for given in queries.assignments([plan.id], TODAY)} == {plant.ann}  # as it stood


def test_who_is_exempt_is_left_out_from_that_day_and_told_of(plant: Plant) -> None:
    plan = plant.plan("P1", shift_ids=[plant.night])
    with pytest.raises(ExemptionUnexplained):
        actions.exempt(plan, plant.bob, " ", by=None, now=LATER)
    with pytest.raises(ExemptionNotNeeded):
        actions.exempt(plan, plant.ann, "Elsewhere", by=None, now=LATER)
    actions.exempt(plan, plant.bob, "Trains others in it", by=plant.ann, now=LATER)
    with pytest.raises(ExemptionNotNeeded):
        actions.exempt(plan, plant.bob, "Twice", by=None, now=LATER)
    assert concerned(plan) == {plant.bob, plant.cleo}
    assert concerned(plan, LATER.date()) == {plant.cleo}
    assert queries.headcounts([plan], LATER.date()) == {plan.id: 1}
    assert queries.due_for(plant.bob, LATER.date()) == []
    assert [(one.person_id, one.reason) for one in queries.exemptions(LATER.date())] == [
        (plant.bob, "Trains others in it")
    ]
    actions.end_exemption(plan, plant.bob, "Back at the line", by=None, now=LATER)
    assert concerned(plan, LATER.date()) == {plant.bob, plant.cleo}
    with pytest.raises(NotExempt):
        actions.end_exemption(plan, plant.bob, "Twice", by=None, now=LATER)
    actions.cancel_plan(plan, now=LATER)
    with pytest.raises(PlanCancelled):
        actions.exempt(plan, plant.bob, "Too late", by=None, now=LATER)


def test_a_named_person_hired_after_the_due_date_is_refused(plant: Plant) -> None:
    late = a_person("LATE", team_id=plant.a, joined_on=DUE + timedelta(days=1), hired_on=DUE + timedelta(days=1))
    with pytest.raises(PlanDueBeforeHiring):
        plant.plan("P1", person_ids=[late])


def test_a_preview_tells_whom_it_concerns_and_what_it_costs(plant: Plant) -> None:
    plant.plan("P1", team_ids=[plant.b])
    nowhere = a_person("NOW")
    terms = actions.terms_of(**plant.terms(workstation_ids=[plant.coater], person_ids=[nowhere]))
    shown = previews.preview(terms, TODAY)
    assert [(one.shift.code, one.people) for one in shown.shifts] == [("day", 1), ("night", 1)]
    assert (shown.without_team, shown.asked_already) == ([nowhere], {"P1": 1})


def test_more_plans_and_people_take_no_more_statements(app: Flask, plant: Plant) -> None:
    def statements() -> int:
        db.session.flush()
        db.session.expire_all()
        asked: list[str] = []
        count = lambda *told: asked.append(told[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", count)
        queries.assignments(None, TODAY)
        event.remove(db.engine, "before_cursor_execute", count)
        return len(asked)

    def more(number: int) -> None:
        plant.plan(f"A{number}", team_ids=[plant.a])
        plant.plan(f"B{number}", shift_ids=[plant.night], workstation_ids=[plant.coater], roles=[Role.OPERATOR])
        a_person(f"X{number}", team_id=plant.a, workstation_id=plant.coater)

    more(0)
    few = statements()
    for number in range(1, 4):
        more(number)
    assert statements() == few
