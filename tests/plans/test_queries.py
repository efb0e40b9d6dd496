"""Assignments as the database gives them, on both engines."""

from datetime import UTC, date, datetime, time

import pytest
from flask import Flask

from lms.catalogue.models import Module
from lms.kernel.database import db, writing
from lms.people.models import Person, Shift, Team, TeamMembership
from lms.plans import actions, queries
from lms.plans.rules import (
    PlanCodeMalformed,
    PlanCodeTaken,
    PlanDueBeforeAssigned,
    PlanForNobody,
    PlanForUnknown,
)

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
ASSIGNED, DUE = date(2026, 3, 2), date(2026, 3, 31)


def person(name: str) -> Person:
    return Person(registration=name, personal_code=name[:6], given_name=name, family_name="T", created_at=NOW)


def stay(who: Person, team: Team, joined: date, left: date | None = None) -> TeamMembership:
    return TeamMembership(person=who, team=team, joined_on=joined, left_on=left)


def plant() -> tuple[dict[str, Person], Team, Team]:
    day = Shift(code="day", name="Jour", starts_at=time(5), ends_at=time(13))
    planned, other = Team(code="a", name="A", shift=day), Team(code="b", name="B", shift=day)
    people = {name: person(name) for name in ("stayer", "leaver", "mover", "newcomer", "stranger")}
    db.session.add_all(
        [
            stay(people["stayer"], planned, date(2025, 1, 1)),
            stay(people["leaver"], planned, date(2025, 1, 1), date(2026, 3, 10)),
            stay(people["mover"], other, date(2025, 1, 1), date(2026, 4, 1)),
            stay(people["mover"], planned, date(2026, 4, 2)),
            stay(people["newcomer"], planned, date(2026, 5, 25)),
            stay(people["stranger"], other, date(2025, 1, 1)),
        ]
    )
    db.session.flush()
    return people, planned, other


def test_assignments_keep_leavers_and_wait_for_newcomers(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        people, planned, _ = plant()
        module = Module(code="m", created_at=NOW)
        db.session.add(module)
        db.session.flush()
        plan = actions.make_plan(
            "p1",
            recommendation_id=None,
            module_id=module.id,
            team_ids=[planned.id],
            assigned_on=ASSIGNED,
            due_on=DUE,
            now=NOW,
        )
        found = {given.person_id: given for given in queries.assignments([plan.id], date(2026, 5, 31))}
        names = {name for name, who in people.items() if who.id in found}
        assert names == {"stayer", "leaver", "mover"}
        assert found[people["stayer"].id].due_on == DUE
        assert found[people["mover"].id].due_on == date(2026, 5, 1)
        assert [due.plan_code for due in queries.due_for(people["newcomer"].id, date(2026, 5, 26))] == ["p1"]
        assert queries.due_for(people["leaver"].id, date(2026, 5, 26)) == []
        assert queries.headcounts([plan], date(2026, 5, 31)) == {plan.id: 3}
        assert queries.headcounts([plan], date(2026, 1, 1)) == {plan.id: 2}  # on its first day: stayer, leaver


def test_a_cancelled_plan_concerns_nobody(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        _, planned, _ = plant()
        module = Module(code="m", created_at=NOW)
        db.session.add(module)
        db.session.flush()
        plan = actions.make_plan(
            "p1",
            recommendation_id=None,
            module_id=module.id,
            team_ids=[planned.id],
            assigned_on=ASSIGNED,
            due_on=DUE,
            now=NOW,
        )
        actions.cancel_plan(plan, now=NOW)
        assert queries.assignments(None, date(2026, 5, 31)) == []
        assert queries.headcounts([plan], date(2026, 5, 31)) == {plan.id: 0}


def test_a_plan_that_makes_no_sense_is_refused(app: Flask) -> None:
    with app.app_context(), writing():
        _, planned, _ = plant()
        module = Module(code="m", created_at=NOW)
        db.session.add(module)
        db.session.flush()
        given = {"recommendation_id": None, "module_id": module.id, "assigned_on": ASSIGNED, "due_on": DUE, "now": NOW}
        actions.make_plan("p1", team_ids=[planned.id], **given)
        for refusal, code, wrong in (
            (PlanCodeTaken, "p1", {"team_ids": [planned.id]}),
            (PlanCodeMalformed, "p/2", {"team_ids": [planned.id]}),
            (PlanForNobody, "p2", {"team_ids": []}),
            (PlanForUnknown, "p2", {"team_ids": [planned.id, 999]}),
            (PlanDueBeforeAssigned, "p2", {"team_ids": [planned.id], "due_on": date(2026, 3, 1)}),
        ):
            with pytest.raises(refusal):
                actions.make_plan(code, **{**given, **wrong})
        assert queries.codes() == {"p1"}
