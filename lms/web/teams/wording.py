"""Words for levels and outcomes, and for what is refused about skills, help and notices."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from lms.delivery.rules import HelpAnswered, HelpUnknown
from lms.delivery.slots import rules as slots
from lms.kernel.languages import current_language
from lms.kernel.mail import MailNotSent
from lms.kernel.settings import setting
from lms.people.notices import NoticeIncomplete, NoticeUnchanged
from lms.people.permissions import Permission
from lms.reports import proof_words, skills_jobs
from lms.reports.figures import saving
from lms.skills import authority, rules
from lms.skills.rules import Cause, Cover, Kind, Level, Outcome, PointKind
from lms.web.shared import jobs, refusals

POINT_KINDS = {PointKind.STEP: _l("step"), PointKind.SAFETY: _l("safety"), PointKind.QUALITY: _l("quality")}
OUTCOMES = {
    Outcome.ACQUIRED: _l("Acquired"),
    Outcome.NOT_YET: _l("Not yet acquired"),
    Outcome.NOT_DONE: _l("Not done: there was no observation"),
}
COVERS = {
    Cover.COVERED: _l("covered"),
    Cover.SHORT: _l("too few"),
    Cover.SINGLE: _l("one person only"),
    Cover.NONE: _l("nobody"),
}
KINDS = {
    Kind.AUTOMATIC: _l("module completed"),
    Kind.SIGNED: _l("signed off"),
    Kind.STATED: _l("taken over from the plant’s matrix"),
    Kind.LOWERED: _l("lowered by a decision"),
}


def causes() -> dict[Cause, str]:
    """Return why a level is proposed to be looked at again, in words."""
    months = setting("SKILL_IDLE_MONTHS")
    return {
        Cause.NO_PRACTICE: ngettext(
            "no practice seen for %(num)s month", "no practice seen for %(num)s months", months
        ),
        Cause.PROCEDURE: _("the procedure changed"),
        Cause.LAPSED: _("the training that prepares for it is to be taken again"),
    }


def levels() -> dict[Level, str]:
    """Return what the letters are called, in the reader's language: as the site says, else in our own words."""
    return proof_words.levels(current_language())


def add_words() -> None:
    """Word the refusals about skills, help and notices."""
    for refusal, message in _WORDS.items():
        refusals.add(refusal, 422, message)
    for refusal, message in _SLOTS.items():
        refusals.add(refusal, 409, message)
    refusals.add(MailNotSent, 502, _l("The mail server could not be reached, or did not take the letter."))
    refusals.add(HelpUnknown, 404, _l("Nobody in your teams asked for this help."))
    refusals.add(HelpAnswered, 409, _l("Somebody else has settled this request meanwhile."))
    jobs.add(
        skills_jobs.PRINT.name,
        jobs.Place(
            _l("The matrix is being drawn"),
            Permission.MANAGE_SKILLS,
            lambda job: url_for("teams.skills_print", job_id=job.id),
            lambda _job: url_for("teams.skills"),
        ),
    )
    refusals.add(NoticeUnchanged, 409, _l("This is what the notice says already."))


_SLOTS = {
    slots.SlotPast: _l("This time has passed. Choose another."),
    slots.SlotTooFar: _l("This is more than %(days)s days ahead. Choose an earlier time."),
    slots.SlotTwice: _l("This person has ten minutes on that day already."),
    slots.KioskTaken: _l("The kiosk was taken meanwhile. Open the page again and choose another time."),
    slots.SlotTakenBack: _l("These ten minutes were taken back or moved meanwhile. Open the page again."),
    slots.SlotKeyReused: _l("The page is an old one. Open it again."),
}
_WORDS = {
    NoticeIncomplete: _l("Say the same things in both languages, line by line."),
    authority.SelfSignOff: _l("Nobody signs off their own practice."),
    authority.ObserverLevelTooLow: _l("Whoever signs this off must be at %(least)s on the task; the observer is not."),
    authority.EvidenceMissing: _l("Write what was seen, or why: without it nothing is signed."),
    authority.SafetyNotRespected: _l("Nothing is acquired while a safety point is not respected."),
    rules.NothingLearntYet: _l("This person has not completed the modules that prepare for this task."),
    authority.ObservedInFuture: _l("This day is still to come."),
    authority.ContestNotOwn: _l("People contest what was recorded of themselves."),
    authority.ContestedAlready: _l("You have said so already; the answer is still to come."),
    authority.ContestAnswered: _l("Somebody answered this meanwhile."),
    authority.ContestAnsweredBySigner: _l("You signed this entry yourself: somebody else answers."),
    authority.WordsMissing: _l("Say it in words: they are kept, and answered."),
    rules.NothingProposed: _l("It is no longer proposed to lower this level. Reload the page."),
    authority.BeforeHiring: _l(
        "On that day this person did not work here: it is before they were hired or after they left."
    ),
    authority.ObserverWithdrawn: _l("Only a trainer or team leader who worked here that day and still does signs off."),
    authority.StoodInNoLonger: _l(
        "A deputy signs off what they saw while they stood in, as long as they do. Ask the leader or a trainer."
    ),
    authority.SignedInTheirName: _l(
        "You stand in for this leader: a trainer or another leader signs off their practice."
    ),
    authority.QualityNotReached: _l("Nobody works alone while a point of quality is not reached. Choose “not yet”."),
    authority.TeachingUnproven: _l(
        "To teach takes a day of training of trainers before this one, and something they have written or signed off."
    ),
    authority.ObservedAlready: _l("You have recorded this already for this person, task and day."),
    authority.SignatureReplayed: _l("A signature counts once. This sheet bears it already, or is closed."),
    authority.SignatureOfOtherContent: _l(
        "This is not what the sheet says. Reload the page, read it again, then sign."
    ),
    authority.SheetLapsed: _l("This sheet waited longer than two days for both signatures. Write another."),
    authority.SecretNotOwn: _l(
        "Somebody else made this secret. Choose your own at a kiosk or at your desk, then sign."
    ),
    rules.ChecklistIncomplete: _l(
        "Give at least one point. Say each in French, and in English for all of them or for none, line by line."
    ),
    authority.AfestIncomplete: _l("Without this it is no AFEST."),
    authority.AfestOutOfOrder: _l(
        "The trainer is designated before the work, the reflective phase comes that day or later, and is not to come."
    ),
    authority.AfestTaken: _l("This sign-off has its record already."),
    authority.SignatureNotAwaited: _l("This sign-off does not wait for your signature."),
    rules.NothingToLower: _l("There is no level that could be lowered: what was learnt stays learnt."),
    rules.TaskCodeTaken: _l("The code %(code)s is in use already. Choose another."),
    rules.TaskCodeMalformed: _l("A code of a task is made of up to 40 letters, digits and hyphens."),
    saving.ViewNameMissing: _l("A saved view needs a name of at most 80 characters."),
    saving.ViewNameTaken: _l("You have a view called %(name)s already. Choose another name."),
    saving.ViewNotShared: _l("A view is shared in a role of one’s own."),
}
