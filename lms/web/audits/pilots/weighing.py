"""What pages show of a pilot before there are data: chances of a verdict, doubts about the design."""

from lms.audit import maturity
from lms.audit import queries as audits
from lms.evaluation import queries
from lms.evaluation.designs import DESIGNS, flaws
from lms.evaluation.drafting import has_evidence, layout
from lms.evaluation.effects import queries as changes
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Pilot
from lms.kernel.clock import today
from lms.plans import queries as plans
from lms.reports.labels import CHANGE_REASONS
from lms.reports.words import amount
from lms.web.audits.pilots.labels import METHODS, TROUBLES


def weighing(pilot: Pilot) -> dict[str, object]:
    """Return what pages show of a pilot's chances and of the doubts about its design."""
    audit = queries.audit_of(pilot)
    chosen = {row.recommendation_id for row in pilot.indicators}
    return {
        "powers": {power.code: power for power in queries.powers(pilot, today())},
        "outlooks": changes.outlooks(pilot, today()),
        "flaws": flaws(layout(pilot, plans.every_plan())),
        "weak": [row for row in audit.recommendations if row.id in chosen and not has_evidence(row)],
        "unready": [name.value for name, _state in maturity.readiness((), audits.document(audit).gates).gates],
        "audit_code": audit.code,
        "design": DESIGNS[pilot.comparison],
        "indicators": INDICATORS,
        "METHODS": METHODS,
        "TROUBLES": TROUBLES,
        "amount": amount,
        "CHANGE_REASONS": CHANGE_REASONS,
    }
