"""The text of a protocol, from a pilot as it is designed: what `freeze` freezes."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from lms.audit.models import Audit
from lms.audit.rules import strength
from lms.evaluation.indicators.definition import Scope
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Pilot, PilotIndicator
from lms.evaluation.protocol import FORMAT, Document, described
from lms.evaluation.rules import NothingPlanned
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
) -> Document:
    """Return the whole protocol of a pilot; raises NothingPlanned for an indicator without a denominator."""
    own = _own_plans(pilot, plans)
    return {
        "format": FORMAT,
        "pilot": _pilot(pilot),
        "audit": {"code": audit.code, "title": audit.title, "provenance": audit.provenance},
        "recommendations": [_recommendation(row) for row in audit.recommendations if row.status != "rejected"],
        "plans": [_plan(plan) for plan in own],
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
        "frozen_at": frozen_at.isoformat(),
        "records_up_to": records_up_to,
    }


def plan_document(plan: Plan) -> Document:
    """Return what of a plan decides a denominator."""
    return _plan(plan)


def planned_modules(pilot: Pilot, plans: Collection[Plan], row: PilotIndicator) -> list[str]:
    """Return the modules an indicator is computed on, as the plans of the pilot's teams stand."""
    planned = {plan.module.code for plan in _own_plans(pilot, plans) if plan.recommendation_id == row.recommendation_id}
    return sorted(planned & set(row.modules) if row.modules else planned)


def _own_plans(pilot: Pilot, plans: Collection[Plan]) -> list[Plan]:
    teams = {team.id for team in pilot.teams}
    wanted = {row.recommendation_id for row in pilot.indicators}
    found = [
        plan
        for plan in plans
        if plan.cancelled_at is None and plan.recommendation_id in wanted and teams & {team.id for team in plan.teams}
    ]
    return sorted(found, key=lambda plan: plan.code)


def _pilot(pilot: Pilot) -> Document:
    return {
        "code": pilot.code,
        "title": pilot.title,
        "starts_on": pilot.starts_on.isoformat(),
        "ends_on": pilot.ends_on.isoformat(),
        "teams": sorted(team.code for team in pilot.teams),
        "illustrative": pilot.illustrative,
    }


def _plan(plan: Plan) -> Document:
    return {
        "code": plan.code,
        "recommendation": plan.recommendation.code if plan.recommendation else "",
        "module": plan.module.code,
        "teams": sorted(team.code for team in plan.teams),
        "assigned_on": plan.assigned_on.isoformat(),
        "due_on": plan.due_on.isoformat(),
    }


def _recommendation(row: Any) -> Document:
    findings = [
        {
            "code": finding.code,
            "statement": finding.statement,
            "strength": strength([piece.source_type for piece in finding.evidence]),
        }
        for finding in row.findings
    ]
    kept = {name: getattr(row, name) for name in ("code", "statement", "rationale", "testable", "critical")}
    return {**kept, "provenance": row.provenance, "findings": findings}


def _indicator(row: PilotIndicator, plans: Collection[Plan]) -> Document:
    definition = INDICATORS[row.indicator]
    planned = {plan.module.code for plan in plans if plan.recommendation_id == row.recommendation_id}
    modules = sorted(planned & set(row.modules) if row.modules else planned)
    if not modules and definition.scope is Scope.PLANS:
        raise NothingPlanned(recommendation=row.recommendation.code, indicator=row.code)
    kept = ("code", "indicator", "threshold", "ambition", "critical", "primary", "n_min", "min_teams", "icc0", "level")
    return {
        **{name: getattr(row, name) for name in kept},
        "recommendation": row.recommendation.code,
        "modules": modules,
        "options": row.options,
        "definition": described(definition),
    }
