"""The words of refusals about proving who one is, and of roles."""

from flask_babel import lazy_gettext as _l

from lms.people import rules
from lms.people.permissions import Role
from lms.web.shared import refusals

ROLE_NAMES = {
    Role.OPERATOR: _l("Operator"),
    Role.TRAINER: _l("Trainer"),
    Role.TEAM_LEADER: _l("Team leader"),
    Role.HR: _l("Human resources"),
    Role.EVALUATOR: _l("Evaluator"),
    Role.STAFF_REPRESENTATIVE: _l("Staff representative"),
    Role.ADMINISTRATOR: _l("Administrator"),
}


def add_words() -> None:
    """Word the refusals of signing in and of secrets."""
    for refusal, (status, message) in _WORDS.items():
        refusals.add(refusal, status, message)


_WORDS = {
    rules.NotRecognised: (404, _l("This badge or code is not known here. Ask your team leader.")),
    rules.WrongSecret: (422, _l("The e-mail or the password is wrong. Check both and try again.")),
    rules.SignInThrottled: (429, _l("Too many tries. Try again in %(seconds)s s.")),
    rules.SignInShut: (429, _l("Too many tries today. A team leader can open the way.")),
    rules.SignInBusy: (503, _l("Many people are signing in at this moment. Try again in a few seconds.")),
    rules.PinTooEasy: (422, _l("Choose six digits that nobody would try first: no date, no run, no repetition.")),
    rules.BadgeEnded: (403, _l("This badge is good no longer.")),
    rules.PicturesTooEasy: (422, _l("Choose five pictures, at least three of them different, no neighbours in a row.")),
    rules.PinUnchanged: (422, _l("This is your present PIN. Choose another.")),
    rules.PasswordTooShort: (422, _l("Choose a password of at least %(least)s characters.")),
    rules.PasswordTooLong: (422, _l("Choose a password of at most %(most)s characters.")),
    rules.PasswordTooCommon: (
        422,
        _l("This password is among the first that others would try. Several words in a row make a good one."),
    ),
    rules.PasswordUnchanged: (422, _l("This is your present password. Choose another.")),
}
