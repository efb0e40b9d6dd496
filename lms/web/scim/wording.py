"""The words of refusals about what a directory sends."""

from flask_babel import lazy_gettext as _l

from lms.people.scim import rules
from lms.web.shared import refusals


def add_words() -> None:
    """Word the refusals of SCIM."""
    for refusal, (status, message) in _WORDS.items():
        refusals.add(refusal, status, message)


_WORDS = {
    rules.FilterNotUnderstood: (
        400,
        _l('This filter is not understood: %(filter)s. Write attribute eq "value", joined by and.'),
    ),
    rules.PathNotUnderstood: (400, _l("This path names nothing that can be changed: %(path)s.")),
    rules.ValueNotUnderstood: (400, _l("The value of %(attribute)s is missing or not of its type.")),
    rules.NeverDeleted: (
        501,
        _l("Nobody is deleted, and no team: figures of the past rest on them. Send active: false for a leaver."),
    ),
    rules.ChangedMeanwhile: (412, _l("It was changed since it was read. Read it again.")),
}
