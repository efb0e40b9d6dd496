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
    rules.AlreadyAnswered: _l("This request was answered before. Nothing is changed."),
    rules.AskedAlready: _l("The same was asked before, and waits for its answer. Nothing is added."),
    rules.AnswerMissing: _l("Say why you decline: the person reads it."),
    rules.WordsMissing: _l("Say in a few words what it is about."),
    rules.TermOutOfRange: _l("Choose from %(least)s to %(most)s months."),
}
