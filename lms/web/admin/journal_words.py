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


PAGES = {
    "admin.badges": _l("Badges, to print"),
    "admin.change": _l("Form of a person"),
    "admin.journal": _l("Journal"),
    "admin.journal_file": _l("Journal, as a file"),
    "admin.people": _l("List of people"),
    "admin.person": _l("Entry of a person"),
    "admin.preview": _l("Preview of a staff list"),
    "admin.turnover": _l("Arrivals and departures"),
    "audits.change_plan": _l("Change of a plan"),
    "audits.new_plan": _l("New plan"),
    "audits.plan": _l("A plan and its people"),
    "privacy.person": _l("Data of a person"),
    "privacy.purged": _l("File of what was deleted"),
    "privacy.requests": _l("Requests about personal data"),
    "privacy.written": _l("What others wrote about a person"),
    "proof.attendance": _l("Attendance at a half-day"),
    "proof.document_pdf": _l("A certificate, as a file"),
    "proof.file": _l("File of a person’s training"),
    "proof.give": _l("Form of a habilitation"),
    "proof.habilitation": _l("A habilitation"),
    "proof.habilitations": _l("List of habilitations"),
    "proof.habilitations_file": _l("List of habilitations, as a file"),
    "proof.made": _l("Archive of papers"),
    "proof.paper": _l("Paper of a habilitation"),
    "proof.people": _l("List of people and their proof"),
    "proof.person": _l("Training of a person"),
    "proof.preview": _l("Preview of attendance brought in"),
    "proof.realisation": _l("Form of a certificat de réalisation"),
    "proof.session": _l("A session in a room"),
    "proof.sheet": _l("Attendance sheet"),
    "proof.signed_sheet": _l("Signed attendance sheet"),
    "proof.visit": _l("An auditor’s visit"),
    "proof.visit_file": _l("An auditor’s visit, as a file"),
    "proof.void": _l("Withdrawal of a certificate"),
    "teams.coverage": _l("Coverage of posts"),
    "teams.help_asked": _l("Calls for help"),
    "teams.not_ready": _l("Who is not ready for their post"),
    "teams.not_ready_file": _l("Who is not ready for their post, as a file"),
    "teams.people": _l("Follow-up, by name"),
    "teams.people_file": _l("Follow-up, by name, as a file"),
    "teams.person_skills": _l("Skills of a person"),
    "teams.photo": _l("Photo of a sign-off"),
    "teams.preview_skills": _l("Preview of a matrix brought in"),
    "teams.record_afest": _l("AFEST record"),
    "teams.sheet": _l("Sheet signed beside the machine"),
    "teams.sign_off": _l("Form of a sign-off"),
    "teams.signing_in": _l("Who cannot sign in"),
    "teams.skill": _l("A skill of a person"),
    "teams.skills": _l("Skills matrix"),
    "teams.skills_file": _l("Skills matrix, as a file"),
    "teams.skills_print": _l("Large print of the skills matrix"),
    "teams.to_validate": _l("What waits for validation"),
    "teams.today": _l("Page of the team leader"),
    "teams.week": _l("Week of a team"),
    "teams.propose_week": _l("Times proposed for a week"),
    "teams.board": _l("Week of a team, for the board"),
    "teams.choose_time": _l("Other times for ten minutes"),
}
"""The pages and files in which people are named, by their endpoints."""


def said_deed(deed: str) -> str:
    """Return what was done, in words; what a later room writes, by its own code."""
    return str(DEEDS.get(deed, deed))


def said_detail(entry: Entry) -> str:
    """Return an entry's detail: names of fields, roles and pages in words, other codes as they are."""
    if entry.part is Part.LOOKING:
        return str(PAGES.get(entry.detail, entry.detail))
    if not entry.deed.startswith("person:"):
        return entry.detail[:80]
    return ", ".join(str(_NAMED[word]) for word in entry.detail.split() if word in _NAMED)


_NAMED = {
    **{field.value: name for field, name in FIELD_NAMES.items()},
    **{role.value: name for role, name in ROLE_NAMES.items()},
}
"""Fields and roles, by the codes that entries about people hold."""
