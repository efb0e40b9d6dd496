"""Words for what audits, plans and pilots refuse."""

from flask_babel import lazy_gettext as _l

from lms.audit.rules import AuditChangedMeanwhile, AuditEntryInUse
from lms.plans.rules import (
    PlanCodeMalformed,
    PlanCodeTaken,
    PlanDueBeforeAssigned,
    PlanForUnknownTeam,
    PlanWithoutTeams,
)
from lms.web.shared import refusals


def add_words() -> None:
    """Word the refusals of these rooms."""
    refusals.add(
        AuditChangedMeanwhile,
        409,
        _l("Someone else changed this audit since you opened the page. Open it again and redo your change."),
    )
    refusals.add(
        AuditEntryInUse,
        409,
        _l("A plan or a pilot rests on this recommendation: it cannot be taken away. Reject or defer it instead."),
    )
    refusals.add(PlanDueBeforeAssigned, 422, _l("The due date is before the day of assignment. Choose a later one."))
    refusals.add(PlanWithoutTeams, 422, _l("Choose at least one team: a plan without a team concerns nobody."))
    refusals.add(PlanCodeTaken, 409, _l("The plan code %(code)s is taken. Choose another."))
    refusals.add(PlanCodeMalformed, 422, _l("A plan code is made of up to 40 letters, digits and hyphens."))
    refusals.add(PlanForUnknownTeam, 422, _l("One of the teams does not exist any more. Open the page again."))
