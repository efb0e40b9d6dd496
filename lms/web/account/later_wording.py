"""The words of refusals that only pages loaded later give: second factors, the provider, deputies."""

from flask_babel import lazy_gettext as _l

from lms.people.deputies import rules as deputies
from lms.people.openid import rules as openid
from lms.people.second_factor import rules
from lms.web.shared import refusals


def add_words() -> None:
    """Word the refusals of second factors, of the provider and of deputies."""
    for refusal, (status, message) in _WORDS.items():
        refusals.add(refusal, status, message)


_WORDS = {
    rules.CodeWrong: (
        422,
        _l("This code is wrong or was used already. Wait for the next one in your app and type that."),
    ),
    rules.PasskeyWrong: (422, _l("This passkey was not accepted. Try again, or type a code instead.")),
    rules.TooManyPasskeys: (422, _l("You have %(most)s passkeys already. Take one away first.")),
    rules.NothingToConfirm: (409, _l("No authenticator app waits to be set up. Begin again.")),
    deputies.DeputyIsLeader: (422, _l("Nobody stands in for themselves. Choose somebody else.")),
    deputies.LeadsNoTeam: (422, _l("This person leads no team, and needs no deputy.")),
    deputies.DeputyDaysWrong: (
        422,
        _l("The last day is today or later, not before the first, and at most %(most)s days after it."),
    ),
    deputies.DeputyOverlaps: (
        422,
        _l("Somebody stands in from %(first_day)s to %(last_day)s already. End that first, or choose other days."),
    ),
    deputies.DeputyNotHere: (422, _l("This person's last day is %(left_on)s. Choose somebody who is here then.")),
    openid.ProviderUnreachable: (
        502,
        _l("The directory of the plant does not answer. Try again in a moment; if it lasts, tell the administrator."),
    ),
    openid.SignInNotConfirmed: (422, _l("The sign-in was not confirmed, or took too long. Try again from this page.")),
    openid.NotKnownHere: (
        403,
        _l("The directory knows you, Établi does not: nobody here has your %(claim)s. Ask human resources."),
    ),
    openid.LocalSignInShut: (403, _l("Passwords of this page are for administrators. Sign in with %(provider)s.")),
}
