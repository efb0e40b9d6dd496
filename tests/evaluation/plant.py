"""A small plant that follows the table of the evaluation reference, section 8, plus ugly cases.

Sixty learners in five teams of twelve. Module `m1` answers P1 and P2, `m2` answers P3:

    m1: 57 complete it (12, 11, 11, 12, 11 by team): C1 met at 80 %, Q1 open
    m2: everybody ends a first attempt, 40 pass it (8 in each team): L1 not met at 80 %

Beside them: a trainer, someone who joined 13 days before the cut-off, a leaver among the
three who did not complete, an answer voided later, one given after the cut-off.
"""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.audit.models import Audit, Finding, Polarity, Provenance, Recommendation, RecommendationStatus, Testable
from lms.catalogue.content import ModuleContent
from lms.catalogue.models import Edition, Module
from lms.evaluation import actions
from lms.evaluation.actions import HouseRules
from lms.evaluation.choices import Choice, Design
from lms.evaluation.models import Pilot
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.people.models import Person, RoleGrant, Shift, Team, TeamMembership
from lms.people.permissions import Role
from lms.plans import actions as plans
from lms.records import actions as records
from lms.records.models import Source, Verb
from lms.records.rules import NewRecord, block_activity

START, DUE, END = date(2026, 3, 2), date(2026, 4, 30), date(2026, 5, 29)
BEFORE = datetime(2026, 2, 20, 9, tzinfo=UTC)
AFTER = datetime(2026, 6, 2, 9, tzinfo=UTC)
HOUSE = HouseRules(smallest_group=5, timezone="Europe/Paris")
COMPLETED = {"a": 12, "b": 11, "c": 11, "d": 12, "e": 11}
SHIFTS = {"a": "morning", "b": "morning", "c": "evening", "d": "evening", "e": "night"}
THEN = datetime(2026, 3, 10, 9, tzinfo=UTC)


def words(text: str) -> dict[str, str]:
    return {"fr": f"{text} (fr)", "en": text}


def content(code: str) -> ModuleContent:
    text = {"en": "x"}
    question = {"question": "true_false", "key": "q1", "prompt": text, "answer": True}
    return ModuleContent.model_validate(
        {
            "format": "etabli-module/1",
            "code": code,
            "languages": ["en"],
            "title": text,
            "summary": text,
            "minutes": 3,
            "pass_mark": 0.75,
            "blocks": [
                {"card": "text", "key": "c1", "title": text, "body": text},
                {**question, "points": 1, "feedback": {"correct": text, "incorrect": text}},
            ],
        }
    )


def edition(code: str) -> Edition:
    module = Module(code=code, created_at=BEFORE)
    db.session.add(module)
    db.session.flush()
    document = content(code).model_dump(mode="json", exclude_defaults=True)
    found = Edition(module=module, number=1, content=document, player={}, media={}, digest="", published_at=BEFORE)
    db.session.add(found)
    db.session.flush()
    return found


def person(number: int, role: Role = Role.OPERATOR) -> Person:
    name = f"{number:04}"
    found = Person(registration=name, personal_code=name, given_name="P", family_name=name, created_at=BEFORE)
    found.grants = [RoleGrant(role=role)]
    return found


def record(who: Person, of: Edition, key: str, at: datetime, success: bool | None = None, attempt: int = 1):  # noqa: ANN201
    return NewRecord(
        id=new_id(),
        verb=Verb.EXPERIENCED if success is None else Verb.ANSWERED,
        source=Source.KIOSK,
        activity=block_activity(of.module.code, of.number, key, question=success is not None),
        occurred_at=at,
        person_id=who.id,
        edition_id=of.id,
        block_key=key,
        attempt=attempt,
        success=success,
    )


def store(*found: NewRecord) -> None:
    records.store(found, AFTER)


class Plant:
    """Teams, people, modules, an audit and plans; `learn` gives them a past."""

    def __init__(self) -> None:
        self.teams = self._teams()
        self.people = {code: [person(100 * place + n) for n in range(12)] for place, code in enumerate(COMPLETED, 1)}
        for code, members in self.people.items():
            self._join(members, code, date(2025, 1, 6))
        self.trainer, self.newcomer = person(900, Role.TRAINER), person(901)
        self._join([self.trainer], "a", date(2025, 1, 6))
        self._join([self.newcomer], "b", END - timedelta(days=12))
        self.leaver = self.people["c"][-1]
        self.leaver.memberships[0].left_on = date(2026, 3, 20)
        self.m1, self.m2 = edition("m1"), edition("m2")
        self.audit = self._audit()
        db.session.flush()
        self._plan("plan-1", "P1", self.m1)
        self._plan("plan-2", "P2", self.m1)
        self._plan("plan-3", "P3", self.m2)

    def pilot(self, code: str = "pilot", **design: object) -> Pilot:
        given = {"title": words("Pilot"), "starts_on": START, "ends_on": END, **design}
        teams = [team.id for team in self.teams.values()]
        pilot = actions.create_pilot(code, self.audit.id, Design(team_ids=teams, **given), now=BEFORE)
        for choice in (
            Choice("C1", self.recommendation("P1"), 0.8, 0.95),
            Choice("R1", self.recommendation("P1"), 0.9, critical=False),
            Choice("C2", self.recommendation("P1"), 0.7, critical=False, primary=False),
            Choice("Q1", self.recommendation("P2"), 0.1, n_min=10),
            Choice("L1", self.recommendation("P3"), 0.8),
        ):
            actions.add_indicator(pilot, choice)
        return pilot

    def frozen(self, **design: object) -> Pilot:
        pilot = self.pilot(**design)
        actions.freeze(pilot, HOUSE, by=None, now=BEFORE)
        actions.record_conditions(
            pilot, opinion_on=BEFORE.date(), notice_version="1", notice_on=BEFORE.date(), today=BEFORE.date()
        )
        return pilot

    def recommendation(self, code: str) -> int:
        return next(row.id for row in self.audit.recommendations if row.code == code)

    def learn(self) -> None:
        """Let the past happen, ugly cases included."""
        told = []
        for code, members in self.people.items():
            for place, who in enumerate(members):
                told += self._m1(who, place, COMPLETED[code]) + self._m2(who, passed=place < 8)
        wrong = record(self.people["a"][0], self.m2, "q1", THEN - timedelta(days=1), success=False)
        voiding = NewRecord(
            id=new_id(), verb=Verb.VOIDED, source=Source.KIOSK, occurred_at=THEN, person_id=wrong.person_id,
            voids_id=wrong.id,
        )  # fmt: skip
        # 22:30 UTC on the cut-off day is half past midnight of the next day at the plant.
        late = datetime.combine(END, time(22, 30), UTC)
        told += [wrong, voiding, record(self.people["b"][-1], self.m1, "q1", late, success=True, attempt=2)]
        told += [record(self.trainer, self.m1, "c1", THEN), record(self.trainer, self.m1, "q1", THEN, success=True)]
        store(*told)

    @classmethod
    def stored(cls) -> "Plant":
        """Return the plant of an earlier transaction, to go on with `learn`."""
        found = cls.__new__(cls)
        everyone = {who.registration: who for who in db.session.scalars(select(Person))}
        found.people = {
            code: [everyone[f"{100 * place + n:04}"] for n in range(12)] for place, code in enumerate(COMPLETED, 1)
        }
        found.trainer, found.leaver = everyone["0900"], found.people["c"][-1]
        found.m1, found.m2 = db.session.scalars(
            select(Edition).options(joinedload(Edition.module)).order_by(Edition.id)
        )
        return found

    def _m1(self, who: Person, place: int, completing: int) -> list[NewRecord]:
        if who is self.leaver:
            return []
        done = place < completing
        return [record(who, self.m1, "c1", THEN), record(who, self.m1, "q1", THEN + timedelta(minutes=1), success=done)]

    def _m2(self, who: Person, *, passed: bool) -> list[NewRecord]:
        later = THEN + timedelta(days=1)
        first = [record(who, self.m2, "c1", THEN), record(who, self.m2, "q1", THEN, success=passed)]
        return first + ([] if passed else [record(who, self.m2, "q1", later, success=True, attempt=2)])

    def _teams(self) -> dict[str, Team]:
        hours = {"morning": (5, 13), "evening": (13, 21), "night": (21, 5)}
        shifts = {
            code: Shift(code=code, name=code, starts_at=time(start), ends_at=time(end))
            for code, (start, end) in hours.items()
        }
        teams = {code: Team(code=code, name=code.upper(), shift=shifts[SHIFTS[code]]) for code in SHIFTS}
        db.session.add_all(teams.values())
        db.session.flush()
        return teams

    def _join(self, members: list[Person], team: str, on: date) -> None:
        for who in members:
            who.memberships = [TeamMembership(team=self.teams[team], joined_on=on)]
        db.session.add_all(members)

    def _audit(self) -> Audit:
        found = Audit(
            code="audit", title=words("Audit"), summary=words("Summary"), institution="", site="",
            provenance=Provenance.ILLUSTRATIVE, updated_at=BEFORE, inventory=[], panel=[], evidence=[], actions=[],
            vigilance_points=[],
        )  # fmt: skip
        finding = Finding(
            position=0, code="F1", provenance=Provenance.ILLUSTRATIVE, statement=words("Finding"),
            polarity=Polarity.OBSTACLE, evidence=[],
        )  # fmt: skip
        found.findings = [finding]
        found.recommendations = [
            Recommendation(
                position=place, code=f"P{place}", provenance=Provenance.ILLUSTRATIVE, findings=[finding],
                statement=words(f"Recommendation {place}"), rationale=words("Because"), critical=True,
                testable=Testable.NO if place == 4 else Testable.YES, status=RecommendationStatus.ACCEPTED,
            )
            for place in range(1, 5)
        ]  # fmt: skip
        db.session.add(found)
        return found

    def _plan(self, code: str, recommendation: str, of: Edition) -> None:
        plans.make_plan(
            code,
            recommendation_id=self.recommendation(recommendation),
            module_id=of.module_id,
            team_ids=[team.id for team in self.teams.values()],
            assigned_on=START,
            due_on=DUE,
            now=BEFORE,
        )
