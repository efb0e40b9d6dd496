"""What tables, reasons, grounds and terms are called, in the language of the reader."""

from lms.kernel.languages import gettext as _
from lms.kernel.languages import ngettext
from lms.kernel.personal import Ground, Term, Why
from lms.people.permissions import Role
from lms.people.privacy.models import Purpose
from lms.privacy.models import RequestKind


def tables() -> dict[str, str]:
    """Return in plain words what each table about people holds; another is called by its own name."""
    return {
        "people": _("Your name, number, code, e-mail, language, post, day of hiring, age band, last day"),
        "team_memberships": _("In which teams you were, from when to when"),
        "post_stays": _("At which posts you were, from when to when"),
        "role_grants": _("What you are here: operator, trainer, team leader…"),
        "passwords": _("Your password, unreadable, and when it was changed"),
        "pins": _("Your secret number or pictures, unreadable, and when they were changed"),
        "badges": _("Your badges, their numbers unreadable, and where one was last read"),
        "badge_alarms": _("That a badge was read at two kiosks at once"),
        "authenticator_apps": _("The app that proves at sign-in that it is you"),
        "passkeys": _("The key that proves at sign-in that it is you"),
        "recovery_codes": _("Your codes for an emergency at sign-in, unreadable"),
        "access_events": _("When your app, your key or your codes were set up, used or taken away"),
        "sessions": _("That you are signed in at this moment"),
        "sign_in_attempts": _("When you tried to sign in, where, and whether it worked"),
        "sign_in_openings": _("That somebody opened the way for you after wrong tries"),
        "person_events": _("What was changed in your entry, when and by whom"),
        "notice_acknowledgements": _("When you read the notice on your data"),
        "visits": _("When you came to a kiosk and left it"),
        "sittings": _("Which module you opened, when, in which language"),
        "learning_records": _("What you did in modules: cards, answers, right or wrong, scores, minutes"),
        "course_seals": _("What you came to in a module, kept when the steps of it went"),
        "standings": _("How far you are with each edition of a module, worked out from your records"),
        "kiosk_events": _("What a kiosk delivered late or could not place"),
        "assertions": _("What was done under your badge alone while the server was away"),
        "help_requests": _("When you called for help, and about what"),
        "level_changes": _("What you can do at each task, since when, and who signed it"),
        "sign_offs": _("What a trainer saw of your practice"),
        "completions": _("Which modules you completed, and until when that is good"),
        "active_days": _("How long you worked on a module, day by day"),
        "slots": _("Ten minutes that your team leader planned for you"),
        "habilitations": _("Your habilitations, from when to when"),
        "classroom_invitations": _("Sessions to which you were invited"),
        "classroom_attendances": _("Sessions that you attended"),
        "classroom_sheets": _("Scans of the attendance sheets that you and others signed"),
        "signed_sheets": _("Attendance sheets of sessions to which you were invited, signed on paper and kept"),
        "proof_documents": _("Certificates made for you"),
        "sign_off_sheets": _("What an observer wrote beside the machine, signed by both"),
        "afest_records": _("Your training at work (AFEST), as the law asks for it"),
        "digest_choices": _("How often you want to be written to"),
        "digests": _("When you were written to about what waits"),
        "contests": _("What you contested of what is recorded of your skills"),
        "levels_kept": _("That a level was looked at again and kept"),
        "plan_named": _("Plans that name you"),
        "plan_exemptions": _("Plans from which you are exempt, and why"),
        "draft_tabs": _("Which card of a module you have open for writing"),
        "looks": _("Whom you saw by name, when and what for"),
        "looked_at": _("Who saw you by name, when and what for"),
        "program_looks": _("Which program read your data, when and what for"),
        "privacy_requests": _("What you asked about your data"),
        "contest_answers": _("What you were answered when you contested"),
        "habilitation_acts": _("Why a habilitation of yours was suspended or withdrawn"),
        "help_answers": _("What you were answered when you called for help"),
        "privacy_answers": _("What you were answered about your data"),
        "proof_document_voids": _("Why a document of yours was withdrawn"),
        "sign_off_signatures": _("Who signed what was seen of your practice, and what they said"),
        "foreign_actors": _("The learner of records brought in from elsewhere"),
    }


def whys() -> dict[Why, str]:
    """Return what things are kept for."""
    return {
        Why.BELONGING: _("To know who works where: every figure counts from it"),
        Why.SIGNING_IN: _("So that nobody signs in as somebody else"),
        Why.TRAINING: _("To train, and to prove the training"),
        Why.SKILLS: _("To know who can hold which post safely"),
        Why.HELP: _("To help whoever calls"),
        Why.INFORMING: _("To prove that people were told beforehand"),
        Why.OPERATION: _("So that kiosks work and no answer is lost"),
        Why.ACCOUNT: _("To account for what was done in a function"),
        Why.RIGHTS: _("To answer for the use of personal data"),
    }


def grounds() -> dict[Ground, str]:
    """Return on what ground things are kept (GDPR, article 6.1)."""
    return {
        Ground.CONTRACT: _("Work contract (GDPR 6.1.b)"),
        Ground.LAW: _("Duty by law (GDPR 6.1.c)"),
        Ground.INTEREST: _("Legitimate interest (GDPR 6.1.f)"),
    }


def things() -> dict[Term, str]:
    """Return what goes after a time."""
    return {
        Term.ANSWERS: _("The words of answers; right or wrong stays"),
        Term.TRACES: _("Comings and goings at kiosks, tries at signing in; what an evaluation reads stays"),
        Term.LOOKS: _("Who looked at named data"),
        Term.WORK: _("What was done in modules, step by step; what it came to stays"),
        Term.EMPLOYMENT: _("Names of people, counted from their last day; the number stays"),
    }


def term(kept: Term, months: dict[Term, int]) -> str:
    """Return how long something is kept, in words."""
    if kept in months:
        length = ngettext("%(num)s month", "%(num)s months", months[kept])
        return _("Employment, then %(length)s", length=length) if kept is Term.EMPLOYMENT else length
    return _("As long as what was done") if kept is Term.WITH_THE_WORK else _("While in use")


def purposes() -> dict[Purpose, str]:
    """Return what people look at named data for."""
    return {
        Purpose.FOLLOW_UP: _("To see who is late or not ready"),
        Purpose.PLANNING: _("To plan who learns what"),
        Purpose.HELP: _("To answer a call for help"),
        Purpose.SIGNING_IN: _("To help somebody sign in"),
        Purpose.SKILLS: _("To see or sign who can do what"),
        Purpose.PROOF: _("To give proof of training"),
        Purpose.PEOPLE: _("To enter or correct people, badges and roles"),
        Purpose.RIGHTS: _("To answer a request about one’s own data"),
    }


def kinds() -> dict[RequestKind, str]:
    """Return what people may ask."""
    return {
        RequestKind.ACCESS: _("A copy of the data"),
        RequestKind.CORRECTION: _("Correct something"),
        RequestKind.ERASURE: _("Erase"),
        RequestKind.OBJECTION: _("Contest a use or an entry"),
    }


def roles() -> dict[Role, str]:
    """Return in what capacity people look at named data."""
    return {
        Role.OPERATOR: _("Operator"),
        Role.TRAINER: _("Trainer"),
        Role.TEAM_LEADER: _("Team leader"),
        Role.HR: _("Human resources"),
        Role.EVALUATOR: _("Evaluator"),
        Role.STAFF_REPRESENTATIVE: _("Staff representative"),
        Role.ADMINISTRATOR: _("Administrator"),
    }
