"""The words of refusals about personal data, and of the purge as a job."""

from functools import partial

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.privacy import jobs, rules, words
from lms.web.shared import jobs as pages
from lms.web.shared import refusals


def _purpose(purpose: Purpose) -> str:
    return words.purposes()[purpose]


PURPOSES = {purpose: LazyString(partial(_purpose, purpose)) for purpose in Purpose}
"""What people look at named data for, in the language of the reader."""


HELD = {
    rules.Because.RUNS: _l("it has not ended"),
    rules.Because.TO_EVALUATE: _l("no evaluation was made since its last day"),
    rules.Because.RECENT: _l("it ended less long ago than this is kept"),
}
"""Why a pilot holds back what was done in it."""


WROTE = {
    "afest_records": _l("Training at work (AFEST)"),
    "classroom_attendances": _l("A remark on attendance"),
    "contest_answers": _l("An answer to what was contested"),
    "contests": _l("What was contested"),
    "habilitation_acts": _l("Why a habilitation was suspended or withdrawn"),
    "help_answers": _l("An answer to a call for help"),
    "level_changes": _l("Why a level was set"),
    "levels_kept": _l("Why a level was kept"),
    "plan_exemptions": _l("Why somebody is exempt from a plan"),
    "privacy_answers": _l("An answer about personal data"),
    "privacy_requests": _l("What was asked about personal data"),
    "proof_document_voids": _l("Why a document was withdrawn"),
    "sign_off_signatures": _l("A remark under a sign-off"),
    "sign_offs": _l("What a trainer saw of practice"),
}
"""What the free words about somebody are."""


def add_words() -> None:
    """Word the refusals, and say what the job of a purge is called."""
    for refusal, message in _WORDS.items():
        refusals.add(refusal, 422, message)
    pages.add(
        jobs.PURGE.name,
        pages.Place(
            title=_l("What is over goes"),
            permission=Permission.MANAGE_PRIVACY,
            result=lambda job: url_for("privacy.retention"),
            back=lambda job: url_for("privacy.retention"),
        ),
    )


_WORDS = {
    rules.StillWorksHere: _l(
        "Whoever works here cannot be erased: their training must be proved as long as they do. Decline, and say so."
    ),
    rules.NotErased: _l("Words about somebody are emptied only once the person is erased."),
    rules.AlreadyAnswered: _l("This request was answered before. Nothing is changed."),
    rules.AskedAlready: _l("The same was asked before, and waits for its answer. Nothing is added."),
    rules.AnswerMissing: _l("Say why you decline: the person reads it."),
    rules.WordsMissing: _l("Say in a few words what it is about."),
    rules.TermOutOfRange: _l("Choose from %(least)s to %(most)s months."),
}
