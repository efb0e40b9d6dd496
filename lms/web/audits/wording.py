"""Words for what audits, plans and pilots refuse."""

from flask_babel import lazy_gettext as _l

from lms.audit.rules import AuditChangedMeanwhile, AuditCodeTaken, AuditEntryInUse
from lms.plans.rules import (
    PlanCodeMalformed,
    PlanCodeTaken,
    PlanDueBeforeAssigned,
    PlanForUnknownTeam,
    PlanWithoutTeams,
)
from lms.web.shared import problems, refusals

PROBLEMS = {
    "audit.code_twice": _l("The code %(code)s is used twice in this list. Each entry needs its own."),
    "audit.role_twice": _l("This role is there already. Change its line instead."),
    "audit.unknown_code": _l("There is no %(code)s in this audit to refer to."),
    "audit.decision_unsigned": _l("A decision needs who decided and when."),
    "audit.done_needs_date": _l("An action has the day on which it was done when it is done, and only then."),
    "audit.lifted_needs_evidence": _l("A point is lifted only with a date and the evidence for it."),
    "audit.not_lifted": _l("A point that is not lifted has no date of lifting."),
    "audit.not_printable": _l("The text holds a character that cannot be printed. Take it out."),
}


def add_words() -> None:
    """Word the refusals and the problems of these rooms."""
    for code, message in PROBLEMS.items():
        problems.add(code, message)
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
    refusals.add(AuditCodeTaken, 409, _l("There is an audit of code %(code)s already."))
    refusals.add(PlanDueBeforeAssigned, 422, _l("The due date is before the day of assignment. Choose a later one."))
    refusals.add(PlanWithoutTeams, 422, _l("Choose at least one team: a plan without a team concerns nobody."))
    refusals.add(PlanCodeTaken, 409, _l("The plan code %(code)s is taken. Choose another."))
    refusals.add(PlanCodeMalformed, 422, _l("A plan code is made of up to 40 letters, digits and hyphens."))
    refusals.add(PlanForUnknownTeam, 422, _l("One of the teams does not exist any more. Open the page again."))
