"""The text of a protocol, from a pilot as it is designed: what `freeze` freezes."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lms.audit.models import Audit, Recommendation
from lms.audit.rules import strength
from lms.evaluation.choices import Signatory
from lms.evaluation.designs import DESIGNS, Asked, Layout, Step
from lms.evaluation.indicators.definition import Scope
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Pilot, PilotIndicator, PilotStep
from lms.evaluation.protocol import FORMAT, Document, described, in_every_language
from lms.evaluation.rules import ModulesNotPlanned, NothingPlanned
from lms.evaluation.verdict import MISSING_LIMIT, RESPONSE_LIMIT
from lms.plans.models import Plan
from lms.plans.rules import LEAST_PRESENCE


def draft(
    pilot: Pilot,
    audit: Audit,
    plans: Collection[Plan],
    *,
    smallest_group: int,
    smallest_opinions: int,
    timezone: str,
    frozen_at: datetime,
    records_up_to: int,
    names: Document,
    signatories: Collection[Signatory] = (),
) -> Document:
    """Return the whole protocol of a pilot; raises a refusal for an indicator without a denominator."""
    own = _own_plans(pilot, plans)
    return {
        "format": FORMAT,
        "pilot": _pilot(pilot),
        "audit": {"code": audit.code, "title": audit.title, "provenance": audit.provenance},
        "recommendations": [_recommendation(row) for row in audit.recommendations if row.status != "rejected"],
        "plans": [_plan(plan) for plan in own],
        "names": names,
        "rules": {
            "timezone": timezone,
            "smallest_group": smallest_group,
            "smallest_opinions": smallest_opinions,
            "least_presence_days": LEAST_PRESENCE.days,
            "missing_limit": MISSING_LIMIT,
            "response_limit": RESPONSE_LIMIT,
            "sensitivity": [
                "icc0 x 2",
                "per protocol",
                "without each team",
                "threshold +/- 5 points (a tenth where points mean nothing)",
                "opinions on 3 points",
            ],
        },
        "indicators": [_indicator(row, own) for row in pilot.indicators],
        "conditions": _conditions(pilot),
        "signatories": [_signatory(who, frozen_at, timezone) for who in signatories],
        "frozen_at": frozen_at.isoformat(),
        "records_up_to": records_up_to,
    }


def layout(pilot: Pilot, plans: Collection[Plan]) -> Layout:
    """Return how a pilot compares, as its plans stand."""
    own = {team.id: team.code for team in pilot.teams}
    asked = [
        Asked(
            plan.code,
            own[team.id],
            plan.module.code,
            plan.assigned_on,
            plan.recommendation.code if plan.recommendation else "",
        )
        for plan in _own_plans(pilot, plans)
        for team in plan.teams
        if team.id in own
    ]
    return Layout(
        comparison=pilot.comparison,
        teams=tuple(own.values()),
        compared=tuple(team.code for team in pilot.compared),
        steps=tuple(Step(step.team.code, step.starts_on, tuple(step.modules)) for step in pilot.steps),
        points_before=pilot.points_before,
        asked=tuple(asked),
        names={team.code: team.name for team in pilot.teams},
    )


def plan_document(plan: Plan) -> Document:
    """Return what of a plan decides a denominator."""
    return _plan(plan)


def _own_plans(pilot: Pilot, plans: Collection[Plan]) -> list[Plan]:
    """Return the plans of a pilot: for its teams and recommendations, on days of its own.

    What was due before its first day, or is asked after its last, is another pilot's.
    """
    teams = {team.id for team in pilot.teams}
    wanted = {row.recommendation_id for row in pilot.indicators}
    found = [
        plan
        for plan in plans
        if plan.cancelled_at is None
        and plan.recommendation_id in wanted
        and teams & {team.id for team in plan.teams}
        and plan.due_on >= pilot.starts_on
        and plan.assigned_on <= pilot.ends_on
    ]
    return sorted(found, key=lambda plan: plan.code)


def _pilot(pilot: Pilot) -> Document:
    kind = DESIGNS[pilot.comparison]
    described = {name: in_every_language(getattr(kind, name)) for name in ("label", "strength", "weakness")}
    return {
        "code": pilot.code,
        "title": pilot.title,
        "starts_on": pilot.starts_on.isoformat(),
        "ends_on": pilot.ends_on.isoformat(),
        "population": pilot.population,
        "inclusion": pilot.inclusion,
        "exclusion": pilot.exclusion,
        "teams": sorted(team.code for team in pilot.teams),
        "comparison": {"kind": pilot.comparison.value, **described},
        "comparison_teams": sorted(team.code for team in pilot.compared),
        "steps": sorted((_step(step) for step in pilot.steps), key=lambda step: step["team"]),
        "points_before": pilot.points_before,
        "illustrative": pilot.illustrative,
    }


def _step(step: PilotStep) -> Document:
    return {"team": step.team.code, "starts_on": _day(step.starts_on), "modules": step.modules}


def _conditions(pilot: Pilot) -> Document:
    """Return what was done beforehand, as far as it was when the protocol was frozen."""
    return {
        "opinion_on": _day(pilot.works_council_opinion_on),
        "opinion_reference": pilot.opinion_reference,
        "notice_on": _day(pilot.notice_given_on),
        "notice_version": pilot.notice_version,
        "screened_on": _day(pilot.screened_on),
        "screening": pilot.screening.value if pilot.screening else None,
        "screening_note": pilot.screening_note,
        "data_officer_on": _day(pilot.data_officer_on),
    }


def _signatory(who: Signatory, frozen_at: datetime, timezone: str) -> Document:
    signed_on = who.on or frozen_at.astimezone(ZoneInfo(timezone)).date()
    return {"name": who.name, "role": who.role, "on": signed_on.isoformat()}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plan(plan: Plan) -> Document:
    return {
        "code": plan.code,
        "recommendation": plan.recommendation.code if plan.recommendation else "",
        "module": plan.module.code,
        "teams": sorted(team.code for team in plan.teams),
        "assigned_on": plan.assigned_on.isoformat(),
        "due_on": plan.due_on.isoformat(),
    }


def _recommendation(row: Recommendation) -> Document:
    findings = [
        {
            "code": finding.code,
            "statement": finding.statement,
            "strength": strength(finding.evidence),
            "evidence": [piece.code for piece in finding.evidence],
        }
        for finding in row.findings
    ]
    kept = {name: getattr(row, name) for name in ("code", "statement", "rationale", "testable", "critical")}
    return {**kept, "provenance": row.provenance, "findings": findings, "has_evidence": has_evidence(row)}


def has_evidence(row: Recommendation) -> bool:
    """Whether a recommendation rests on a finding that rests on evidence."""
    return any(finding.evidence for finding in row.findings)


def _indicator(row: PilotIndicator, plans: Collection[Plan]) -> Document:
    definition = INDICATORS[row.indicator]
    planned = {plan.module.code for plan in plans if plan.recommendation_id == row.recommendation_id}
    modules = sorted(row.modules)
    if definition.scope is Scope.PLANS:
        modules = sorted(planned & set(row.modules) if row.modules else planned)
        if not planned:
            raise NothingPlanned(recommendation=row.recommendation.code, indicator=row.code)
        if missing := sorted(set(row.modules) - planned):
            raise ModulesNotPlanned(indicator=row.code, modules=", ".join(missing))
    kept = ("code", "indicator", "threshold", "ambition", "critical", "primary", "n_min", "min_teams", "icc0", "level")
    return {
        **{name: getattr(row, name) for name in kept},
        "recommendation": row.recommendation.code,
        "modules": modules,
        "options": row.options,
        "baseline": row.baseline,
        "definition": described(definition),
    }
