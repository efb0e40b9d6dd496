"""What the journal's entries are called."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.people.models import SignInOutcome
from lms.people.roster.models import Fate
from lms.people.second_factor.models import AccessAct
from lms.reports.journal import Entry, Part
from lms.web.account.wording import ROLE_NAMES
from lms.web.admin.wording import ACTS, FIELD_NAMES
from lms.web.privacy.wording import PURPOSES

PARTS = {
    Part.PEOPLE: _l("People"),
    Part.ROSTERS: _l("Rosters"),
    Part.SIGNING_IN: _l("Signing in at a desk"),
    Part.ACCESS: _l("Means of access"),
    Part.PUBLISHING: _l("Publishing"),
    Part.PLANS: _l("Plans"),
    Part.AUDIT: _l("Audits"),
    Part.EVALUATION: _l("Evaluation"),
    Part.SITE: _l("Name, logo, colours"),
    Part.EXPORTS: _l("Reports as files"),
    Part.LOOKING: _l("Looks at named data"),
}

_ACCESS = {
    AccessAct.APP_ADDED: _l("Authenticator app set up"),
    AccessAct.APP_REMOVED: _l("Authenticator app taken away"),
    AccessAct.PASSKEY_ADDED: _l("Passkey set up"),
    AccessAct.PASSKEY_REMOVED: _l("Passkey taken away"),
    AccessAct.RECOVERY_CODES_MADE: _l("Recovery codes made"),
    AccessAct.RECOVERY_CODE_USED: _l("Recovery code used"),
    AccessAct.SECOND_FACTOR_RESET: _l("Second factor taken away by an administrator"),
    AccessAct.CAME_BY_OPENID: _l("Signed in by the plant's directory"),
}
_SIGN_IN = {
    SignInOutcome.ACCEPTED: _l("Signed in"),
    SignInOutcome.UNKNOWN: _l("Unknown name tried"),
    SignInOutcome.WRONG_SECRET: _l("Wrong password or code"),
    SignInOutcome.THROTTLED: _l("Made to wait"),
    SignInOutcome.NOT_ALLOWED: _l("Let in no longer"),
}
_ROSTERS = {
    Fate.APPLIED: _l("Roster applied"),
    Fate.HELD: _l("Roster held"),
    Fate.REFUSED: _l("Roster refused"),
}

DEEDS: dict[str, LazyString] = {
    **{f"person:{act.value}": name for act, name in ACTS.items()},
    **{f"access:{act.value}": name for act, name in _ACCESS.items()},
    **{f"sign_in:{outcome.value}": name for outcome, name in _SIGN_IN.items()},
    **{f"roster:{fate.value}": name for fate, name in _ROSTERS.items()},
    **{f"looked:{purpose.value}": name for purpose, name in PURPOSES.items()},
    "plan:made": _l("Plan made"),
    "plan:changed": _l("Plan changed"),
    "plan:cancelled": _l("Plan cancelled"),
    "audit:added": _l("Entry of an audit added"),
    "audit:changed": _l("Entry of an audit changed"),
    "audit:removed": _l("Entry of an audit removed"),
    "way_opened": _l("Way to sign in opened again"),
    "deputy_named": _l("Deputy named"),
    "deputy_ended": _l("Deputy's time ended"),
    "notice_published": _l("Notice published"),
    "token_made": _l("Token for a program made"),
    "token_revoked": _l("Token revoked"),
    "edition_published": _l("Edition published"),
    "edition_withdrawn": _l("Edition withdrawn"),
    "exempted": _l("Exempted from a plan, or no longer"),
    "protocol_frozen": _l("Protocol was frozen"),
    "protocol_amended": _l("Protocol amended"),
    "evaluated": _l("Evaluation made"),
    "decided": _l("Decision entered"),
    "site_dressed": _l("Name, logo or colours changed"),
    "report_asked": _l("Report made"),
}


def said_deed(deed: str) -> str:
    """Return what was done, in words; what a later room writes, by its own code."""
    return str(DEEDS.get(deed, deed))


def said_detail(entry: Entry) -> str:
    """Return an entry's detail: names of fields and roles in words, other codes as they are."""
    if not entry.deed.startswith("person:"):
        return entry.detail[:80]
    return ", ".join(str(_NAMED[word]) for word in entry.detail.split() if word in _NAMED)


_NAMED = {
    **{field.value: name for field, name in FIELD_NAMES.items()},
    **{role.value: name for role, name in ROLE_NAMES.items()},
}
"""Fields and roles, by the codes that entries about people hold."""
