"""What is done with plans."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from lms.catalogue import queries as catalogue
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.people import stays
from lms.people.models import Person, Shift, Team, Workstation
from lms.people.permissions import Role
from lms.plans import queries
from lms.plans.models import Act, Exemption, Named, Plan, PlanVersion, PostRequirement
from lms.plans.rules import (
    AGAIN,
    Audience,
    ExemptionNotNeeded,
    ExemptionUnexplained,
    NotExempt,
    PlanCancelled,
    PlanChangeUnexplained,
    PlanCodeTaken,
    PlanDueBeforeHiring,
    PlanForUnknown,
    PlanUnchanged,
    PostRequiresItself,
    Reason,
    Rhythm,
    Terms,
    Timing,
    changed,
    check,
    circle,
    refuse_malformed,
)


def terms_of(
    *,
    recommendation_id: int | None,
    module_id: int,
    assigned_on: date,
    due_on: date,
    team_ids: Collection[int] = (),
    shift_ids: Collection[int] = (),
    workstation_ids: Collection[int] = (),
    roles: Collection[Role] = (),
    person_ids: Collection[int] = (),
    reason: Reason | None = None,
    basis: str = "",
    rhythm: Rhythm = Rhythm.ONCE,
    months: int = 0,
) -> Terms:
    """Return the terms of a plan; without a reason it is the recommendation, where there is one."""
    implied = Reason.OTHER if recommendation_id is None else Reason.RECOMMENDATION
    audience = Audience(
        frozenset(team_ids), frozenset(shift_ids), frozenset(workstation_ids), frozenset(roles), frozenset(person_ids)
    )
    return Terms(
        module_id,
        Timing(assigned_on, due_on, rhythm, months if rhythm in AGAIN else 0),
        audience,
        reason or implied,
        basis.strip(),
        recommendation_id,
    )


def make_plan(code: str, *, now: datetime, by: int | None = None, **terms: Any) -> Plan:
    """Plan a module for people by a date, by `terms` as `terms_of` takes them.

    Raises a refusal when the plan makes no sense.
    """
    refuse_malformed(code)
    made = check_terms(terms_of(**terms))
    if db.session.scalar(select(Plan.id).where(Plan.code == code)) is not None:
        raise PlanCodeTaken(code=code)
    plan = Plan(code=code, created_at=now, **_columns(made), teams=_teams(made), named=_named(made))
    db.session.add(plan)
    db.session.flush()
    if made.audience.posts:
        stays.follow_posts(local_day(now))
    _keep_version(plan, Act.MADE, "", by, now)
    return plan


def change_plan(plan: Plan, *, why: str, by: int | None, now: datetime, **terms: Any) -> None:
    """Let a plan say something else from now on; what it said before is kept.

    Raises PlanCancelled, PlanUnchanged, PlanChangeUnexplained, or a refusal when it makes no sense.
    """
    _refuse_cancelled(plan)
    wanted = check_terms(terms_of(**terms))
    if not changed(plan.terms.document(), wanted.document()):
        raise PlanUnchanged()
    if not why.strip():
        raise PlanChangeUnexplained()
    for name, value in _columns(wanted).items():
        setattr(plan, name, value)
    plan.teams, plan.named = _teams(wanted), _named(wanted)
    db.session.flush()
    _keep_version(plan, Act.CHANGED, why, by, now)


def check_terms(terms: Terms) -> Terms:
    """Return the terms; raises a refusal when they make no sense, or name what does not exist."""
    edition = catalogue.newest_edition(terms.module_id)
    check(terms, edition.content.validity_months if edition else None)
    who = terms.audience
    for model, ids in ((Team, who.teams), (Shift, who.shifts), (Workstation, who.posts), (Person, who.people)):
        found = db.session.scalar(select(func.count()).select_from(model).where(model.id.in_(ids))) if ids else 0
        if found != len(ids):
            raise PlanForUnknown()
    if terms.timing.rhythm is Rhythm.ONCE and who.people:
        _refuse_hired_later(who.people, terms.timing.due_on)
    return terms


def cancel_plan(plan: Plan, *, now: datetime, by: int | None = None, why: str = "") -> None:
    """Cancel a plan: it concerns nobody from now on; what was done stays."""
    if plan.cancelled_at is None:
        plan.cancelled_at = now
        _keep_version(plan, Act.CANCELLED, why, by, now)


def exempt(plan: Plan, person_id: int, reason: str, *, by: int | None, now: datetime) -> None:
    """Exempt somebody from a plan from today on. Raises PlanCancelled, ExemptionUnexplained or ExemptionNotNeeded."""
    _refuse_cancelled(plan)
    today = local_day(now)
    asked = queries.assignments([plan.id], today, [person_id]) or [
        due for due in queries.due_for(person_id, today) if due.plan_id == plan.id
    ]
    if not asked:
        raise ExemptionNotNeeded()
    _keep_exemption(plan, person_id, True, reason, by, now)


def end_exemption(plan: Plan, person_id: int, reason: str, *, by: int | None, now: datetime) -> None:
    """End somebody's exemption from today on. Raises ExemptionUnexplained or NotExempt."""
    if not any(one.person_id == person_id for one in queries.exemptions(local_day(now), [plan.id])):
        raise NotExempt()
    _keep_exemption(plan, person_id, False, reason, by, now)


def require_post(post_id: int, wanted_id: int) -> None:
    """Let a post require that another one is mastered. Raises PostRequiresItself, with the circle named."""
    found = circle(queries.required_directly(), post_id, wanted_id)
    if found is not None:
        names = dict(
            db.session.execute(select(Workstation.id, Workstation.name).where(Workstation.id.in_(found))).all()
        )
        raise PostRequiresItself(circle=" → ".join(names[post] for post in found))
    if db.session.get(PostRequirement, (post_id, wanted_id)) is None:
        db.session.add(PostRequirement(workstation_id=post_id, required_id=wanted_id))
        db.session.flush()


def require_no_longer(post_id: int, wanted_id: int) -> None:
    """Let a post require another one no longer."""
    found = db.session.get(PostRequirement, (post_id, wanted_id))
    if found is not None:
        db.session.delete(found)


def _keep_exemption(plan: Plan, person_id: int, exempted: bool, reason: str, by: int | None, now: datetime) -> None:
    if not reason.strip():
        raise ExemptionUnexplained()
    db.session.add(
        Exemption(
            plan_id=plan.id,
            person_id=person_id,
            exempt=exempted,
            starts_on=local_day(now),
            reason=reason.strip(),
            by_id=by,
            at=now,
        )
    )
    db.session.flush()


def _refuse_cancelled(plan: Plan) -> None:
    if plan.cancelled_at is not None:
        raise PlanCancelled(code=plan.code)


def _refuse_hired_later(person_ids: Collection[int], due_on: date) -> None:
    query = select(Person).where(Person.id.in_(person_ids), Person.hired_on > due_on).order_by(Person.id).limit(1)
    later = db.session.scalars(query).one_or_none()
    if later is not None:
        raise PlanDueBeforeHiring(registration=later.registration, hired_on=later.hired_on)


def _columns(terms: Terms) -> dict[str, Any]:
    return {
        "recommendation_id": terms.recommendation_id,
        "module_id": terms.module_id,
        "reason": terms.reason,
        "basis": terms.basis,
        "assigned_on": terms.timing.assigned_on,
        "due_on": terms.timing.due_on,
        "rhythm": terms.timing.rhythm,
        "months": terms.timing.months,
    }


def _teams(terms: Terms) -> list[Team]:
    return list(db.session.scalars(select(Team).where(Team.id.in_(terms.audience.teams)).order_by(Team.code)))


def _named(terms: Terms) -> list[Named]:
    who = terms.audience
    return [
        *(Named(shift_id=shift) for shift in sorted(who.shifts)),
        *(Named(workstation_id=post) for post in sorted(who.posts)),
        *(Named(role=role) for role in sorted(who.roles)),
        *(Named(person_id=person) for person in sorted(who.people)),
    ]


def _keep_version(plan: Plan, act: Act, why: str, by: int | None, now: datetime) -> None:
    number = db.session.scalar(select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == plan.id)) or 0
    db.session.add(
        PlanVersion(
            plan_id=plan.id,
            number=number + 1,
            act=act,
            terms=plan.terms.document(),
            why=why.strip(),
            by_id=by,
            at=now,
        )
    )
    db.session.flush()
