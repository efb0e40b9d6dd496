"""The words of the codes that a copy of one's own data holds."""

from collections.abc import Mapping
from typing import Any

from lms.delivery.models import EndedBy, HelpCategory
from lms.kernel.languages import current_language
from lms.kernel.languages import gettext as _
from lms.people import ages
from lms.people.models import Act, BadgeEnd, BadgeKind, PinKind, SignInOutcome
from lms.people.second_factor.models import AccessAct
from lms.privacy import models, words
from lms.records.models import Source, Verb
from lms.reports import proof_words
from lms.reports.digests.rules import Every
from lms.skills.rules import Cause, Kind, Outcome

Codes = Mapping[str, str]


def codes() -> dict[str, Codes]:
    """Return the words of codes by the column in which they stand, with its table where namesakes differ."""
    levels = proof_words.levels(current_language())
    found: dict[str, Mapping[Any, str]] = {
        "role": words.roles(),
        "roles": words.roles(),
        "before": levels,
        "after": levels,
        "aim": levels,
        "verb": _verbs(),
        "signed_sheets.part": proof_words.parts(),
        "learning_records.source": {
            Source.KIOSK: _("at a kiosk"),
            Source.IMPORT: _("brought in from elsewhere"),
            Source.SIMULATION: _("made up for a demonstration"),
        },
        "age_band": {band: str(name) for band, name in ages.NAMES.items()},
        "basis": proof_words.bases(),
        "paper": proof_words.papers(),
        "for": words.purposes(),
        "purpose": words.purposes(),
        "privacy_requests.kind": words.kinds(),
        "privacy_answers.outcome": {models.Outcome.DONE: _("done"), models.Outcome.DECLINED: _("declined")},
        "outcome": {
            Outcome.ACQUIRED: _("acquired"),
            Outcome.NOT_YET: _("not yet acquired"),
            Outcome.NOT_DONE: _("not done: there was no observation"),
        },
        "level_changes.kind": {
            Kind.AUTOMATIC: _("module completed"),
            Kind.SIGNED: _("signed off"),
            Kind.STATED: _("taken over from the plant’s matrix"),
            Kind.LOWERED: _("lowered by a decision"),
        },
        "cause": {
            Cause.NO_PRACTICE: _("no practice seen for long"),
            Cause.PROCEDURE: _("the procedure changed"),
            Cause.LAPSED: _("the training that prepares for it is to be taken again"),
        },
        "category": {
            HelpCategory.KIOSK: _("the kiosk is stuck"),
            HelpCategory.UNCLEAR: _("not understood"),
            HelpCategory.CONTENT: _("something is wrong in the module"),
            HelpCategory.OTHER: _("something else"),
        },
        "every": {Every.DAY: _("every day"), Every.WEEK: _("every week"), Every.NEVER: _("never")},
        **_at_the_door(),
    }
    return {column: {str(code): said for code, said in told.items()} for column, told in found.items()}


def _at_the_door() -> dict[str, Mapping[Any, str]]:
    """Return the words about signing in, badges and the entry of a person."""
    return {
        "sign_in_attempts.outcome": {
            SignInOutcome.ACCEPTED: _("it worked"),
            SignInOutcome.UNKNOWN: _("unknown code or badge"),
            SignInOutcome.WRONG_SECRET: _("wrong secret"),
            SignInOutcome.THROTTLED: _("too many tries"),
            SignInOutcome.NOT_ALLOWED: _("not allowed"),
        },
        "pins.kind": {PinKind.DIGITS: _("figures"), PinKind.PICTURES: _("pictures")},
        "badges.kind": {BadgeKind.READER: _("for a reader"), BadgeKind.PRINTED: _("printed")},
        "ended_as": {
            BadgeEnd.LOST: _("lost"),
            BadgeEnd.RETURNED: _("given back"),
            BadgeEnd.WITHDRAWN: _("taken away"),
            BadgeEnd.REPLACED: _("replaced"),
            BadgeEnd.COPIED: _("copied by somebody"),
        },
        "ended_by": {
            EndedBy.BUTTON: _("by the button"),
            EndedBy.CALLED_AWAY: _("called away"),
            EndedBy.IDLE: _("nobody touched the kiosk any more"),
            EndedBy.ANOTHER_BADGE: _("another badge was read"),
            EndedBy.EXPIRED: _("the time was over"),
            EndedBy.TERMINAL_RESET: _("the kiosk was set up anew"),
        },
        "sessions.kind": {"staff": _("at a desk"), "kiosk": _("at a kiosk")},
        "person_events.act": {
            Act.CREATED: _("entry made"),
            Act.CHANGED: _("corrected"),
            Act.MOVED: _("moved to another team"),
            Act.LEFT: _("last day entered"),
            Act.CAME_BACK: _("came back"),
            Act.ROLE_GRANTED: _("role given"),
            Act.ROLE_REVOKED: _("role taken away"),
            Act.BADGE_ISSUED: _("badge given out"),
            Act.BADGE_REVOKED: _("badge taken back"),
            Act.PIN_ISSUED: _("new PIN made"),
            Act.PIN_CHOSEN: _("PIN chosen"),
            Act.PASSWORD_ISSUED: _("new password made"),
            Act.PASSWORD_CHOSEN: _("password chosen"),
        },
        "access_events.act": {
            AccessAct.APP_ADDED: _("app set up"),
            AccessAct.APP_REMOVED: _("app taken away"),
            AccessAct.PASSKEY_ADDED: _("passkey added"),
            AccessAct.PASSKEY_REMOVED: _("passkey taken away"),
            AccessAct.RECOVERY_CODES_MADE: _("recovery codes made"),
            AccessAct.RECOVERY_CODE_USED: _("recovery code used"),
            AccessAct.SECOND_FACTOR_RESET: _("second factor taken away"),
            AccessAct.CAME_BY_OPENID: _("came by the plant’s directory"),
        },
    }


def _verbs() -> Codes:
    return {
        Verb.INITIALIZED: _("opened"),
        Verb.EXPERIENCED: _("read"),
        Verb.ANSWERED: _("answered"),
        Verb.COMPLETED: _("completed"),
        Verb.PASSED: _("passed"),
        Verb.FAILED: _("not passed"),
        Verb.SUSPENDED: _("interrupted"),
        Verb.RESUMED: _("taken up again"),
        Verb.VOIDED: _("voided"),
        Verb.SKIPPED: _("skipped"),
        Verb.ACKNOWLEDGED: _("looked at what changed"),
    }
