"""Words for what audits, plans and pilots refuse."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.audit import attachments
from lms.audit.rules import AuditChangedMeanwhile, AuditCodeTaken, AuditEntryInUse
from lms.kernel.refusals import Refusal
from lms.plans import rules as plans
from lms.web.audits.pilots import waiting
from lms.web.audits.pilots import wording as pilots
from lms.web.audits.readings import wording as readings
from lms.web.shared import problems, refusals

PROBLEMS = {
    "audit.code_twice": _l("The code %(code)s is used twice in this list. Each entry needs its own."),
    "audit.line_twice": _l("This line is there already. Change it instead of adding another."),
    "audit.unknown_code": _l("There is no %(code)s in this audit to refer to."),
    "audit.decision_unsigned": _l("A decision needs who decided, when and why."),
    "audit.recommendation_without_finding": _l("A recommendation rests on a finding. Choose the findings it answers."),
    "audit.recommendation_without_evidence": _l(
        "The finding %(finding)s rests on no evidence yet. Add evidence to it before recommending anything."
    ),
    "audit.same_validator": _l("The second to validate must be someone else than the first."),
    "audit.second_validator_alone": _l("Say first who validated the finding, then who did a second time."),
    "audit.validation_unsigned": _l("Who validated and on which day go together: fill in both or neither."),
    "audit.same_coder": _l("The second coder must be someone else than the first."),
    "audit.themes_need_coder": _l("Say who chose these themes."),
    "audit.outcome_needs_modules": _l("It becomes modules: choose which, or say that it stays as it is."),
    "audit.outcome_without_modules": _l(
        "It becomes no module, yet modules are chosen. Take them out or change what becomes of it."
    ),
    "audit.outcome_needs_reason": _l("Say why this becomes of it."),
    "audit.done_needs_date": _l("An action has the day on which it was done when it is done, and only then."),
    "audit.done_needs_proof": _l("Say what shows that the action is done."),
    "audit.cancelled_needs_reason": _l("An action that is given up says why, and only such an action does."),
    "audit.lifted_needs_evidence": _l("A point is lifted only with who lifted it, a date and the evidence for it."),
    "audit.not_lifted": _l("A point that is not lifted has no date of lifting."),
    "audit.observed_needs_date": _l("A criterion that was observed, and only such a one, has the day on which it was."),
    "audit.mitigating_needs_words": _l("A point that is being dealt with says what is done about it."),
    "audit.reopened_needs_reason": _l("A point that is reopened says when, after it was lifted, and why."),
    "audit.rating_needs_evidence": _l("A rating needs the evidence on which it rests."),
    "audit.too_early": _l("This is before %(day)s, which cannot be. Correct one of the two dates."),
    "audit.milestone_after_action": _l("This step would come after the action itself, due on %(day)s."),
    "audit.in_the_future": _l("%(day)s is still to come. Give the day on which it happened, or leave it empty."),
    "audit.not_printable": _l("The text holds a character that cannot be printed. Take it out."),
}


_ATTACHMENTS: tuple[tuple[type[Refusal], int, LazyString], ...] = (
    (
        attachments.AttachmentOfAnotherKind,
        422,
        _l(
            "The file is not what its name says, or not of an accepted kind: PDF, Word, Excel, PowerPoint, "
            "OpenDocument, PNG, JPEG, TXT or CSV, without macros."
        ),
    ),
    (attachments.AttachmentEmpty, 422, _l("The file is empty. Choose another.")),
    (attachments.AttachmentTooLarge, 422, _l("The file is too large: at most %(limit)s MB.")),
    (attachments.AttachedAlready, 409, _l("This very file is attached already, as “%(title)s”.")),
)
_PLANS: tuple[tuple[type[Refusal], int, LazyString], ...] = (
    (plans.PlanDueBeforeAssigned, 422, _l("The due date is before the day of assignment. Choose a later one.")),
    (
        plans.PlanForNobody,
        422,
        _l("Choose a team, a shift, a post or a role, or name somebody."),
    ),
    (plans.PlanCodeTaken, 409, _l("The plan code %(code)s is taken. Choose another.")),
    (plans.PlanCodeMalformed, 422, _l("A plan code is made of up to 40 letters, digits and hyphens.")),
    (plans.PlanForUnknown, 422, _l("Something chosen here does not exist any more. Open the page again.")),
    (plans.PlanWithoutBasis, 422, _l("Say which text requires it: the article or the order.")),
    (plans.PlanWithoutRecommendation, 422, _l("Choose the recommendation that it answers.")),
    (plans.PlanWithoutPeriod, 422, _l("Say after how many months it is asked again, 1 to %(most)s.")),
    (
        plans.PlanTurnsOverlap,
        422,
        _l("A turn would last longer than %(months)s months and overlap the next one. Bring the due date forward."),
    ),
    (
        plans.PlanAsksForGood,
        422,
        _l("Whoever completed this module has done so for good. To ask it again, give it a validity in the studio."),
    ),
    (
        plans.PlanDueBeforeHiring,
        422,
        _l("%(registration)s is hired on %(hired_on)s, after the due date. Choose a later one."),
    ),
    (plans.PlanCancelled, 409, _l("The plan %(code)s is cancelled: nothing of it changes any more.")),
    (plans.PlanUnchanged, 409, _l("Nothing is different from what the plan says.")),
    (plans.PlanChangeUnexplained, 422, _l("Say why the plan changes.")),
    (plans.ExemptionUnexplained, 422, _l("Say why: an exemption is kept with its reason.")),
    (
        plans.ExemptionNotNeeded,
        409,
        _l("The plan does not concern anybody of this number: they are exempt already, or not in its audience."),
    ),
    (
        plans.PostRequiresItself,
        409,
        _l("A post would require itself: %(circle)s. Take one of these requirements away first."),
    ),
    (plans.NotExempt, 409, _l("This person is not exempt from the plan.")),
)


def add_words() -> None:
    """Word the refusals, the problems and the long work of these rooms."""
    pilots.add_words()
    readings.add_words()
    waiting.add_places()
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
    for refusal, status, message in _ATTACHMENTS:
        refusals.add(refusal, status, message)
    refusals.add(AuditCodeTaken, 409, _l("There is an audit of code %(code)s already."))
    for refusal, status, message in _PLANS:
        refusals.add(refusal, status, message)
