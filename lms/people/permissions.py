"""Who may do what: one table, used by every view."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What someone is at the plant; one person may be several."""

    OPERATOR = "operator"
    TRAINER = "trainer"
    TEAM_LEADER = "team_leader"
    HR = "hr"
    EVALUATOR = "evaluator"
    STAFF_REPRESENTATIVE = "staff_representative"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """Something a person may do."""

    TAKE_MODULES = "take_modules"
    WRITE_MODULES = "write_modules"
    PUBLISH_MODULES = "publish_modules"
    FOLLOW_OWN_TEAMS = "follow_own_teams"
    FOLLOW_EVERYONE = "follow_everyone"
    FOLLOW_AGGREGATES = "follow_aggregates"
    ANSWER_HELP = "answer_help"
    """Of everyone; a team leader answers their own teams without it."""
    OPEN_SIGN_IN = "open_sign_in"
    """Let someone try again who failed too often; a team leader those of their own teams."""
    HAND_OUT_PINS = "hand_out_pins"
    """A new PIN or picture code for someone who forgot theirs; a team leader those of their own teams."""
    MANAGE_NOTICES = "manage_notices"
    MANAGE_PRIVACY = "manage_privacy"
    """Answer what people ask about their data, hand it to them, set how long things are kept, let them go."""
    IMPORT_PEOPLE = "import_people"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_ROLES = "manage_roles"
    MANAGE_TERMINALS = "manage_terminals"
    MANAGE_SITE = "manage_site"
    """Name, logo and colours of the site; its settings, to look at."""
    READ_JOURNAL = "read_journal"
    """Who did what, in every room; what concerns people is read with `manage_people` too."""
    READ_AUDIT = "read_audit"
    EDIT_AUDIT = "edit_audit"
    EDIT_PLANS = "edit_plans"
    DESIGN_PILOT = "design_pilot"
    FREEZE_PROTOCOL = "freeze_protocol"
    EVALUATE = "evaluate"
    READ_EVALUATION = "read_evaluation"
    READ_SKILLS = "read_skills"
    SIGN_OFF = "sign_off"
    MANAGE_SKILLS = "manage_skills"
    ANSWER_CONTESTS = "answer_contests"
    """Answer people who contest what was recorded of their skills; a team leader those of their own teams."""
    ENTER_READINGS = "enter_readings"
    MANAGE_SURVEYS = "manage_surveys"
    READ_SURVEY_RESULTS = "read_survey_results"
    READ_HABILITATIONS = "read_habilitations"
    """Who holds what until when: readiness for a post; a team leader of their own teams, HR of everyone."""
    KEEP_PROOF = "keep_proof"
    """Give habilitations, issue certificates, hand out somebody's file, prepare an auditor's visit."""
    HOLD_SESSIONS = "hold_sessions"
    """Plan training in a room, invite, take attendance."""


_P = Permission

NAMING = frozenset(
    {
        _P.FOLLOW_OWN_TEAMS,
        _P.FOLLOW_EVERYONE,
        _P.ANSWER_HELP,
        _P.OPEN_SIGN_IN,
        _P.HAND_OUT_PINS,
        _P.IMPORT_PEOPLE,
        _P.MANAGE_PEOPLE,
        _P.MANAGE_ROLES,
        _P.READ_JOURNAL,
        _P.READ_SKILLS,
        _P.SIGN_OFF,
        _P.MANAGE_SKILLS,
        _P.ANSWER_CONTESTS,
        _P.READ_HABILITATIONS,
        _P.KEEP_PROOF,
        _P.HOLD_SESSIONS,
        _P.MANAGE_PRIVACY,
    }
)
"""With these one sees others by name: a view that asks for one of them says whom it shows (`web.shared.looking`)."""

TABLE: dict[Role, frozenset[Permission]] = {
    Role.OPERATOR: frozenset({_P.TAKE_MODULES}),
    Role.TRAINER: frozenset(
        {
            _P.WRITE_MODULES,
            _P.PUBLISH_MODULES,
            _P.ANSWER_HELP,
            _P.READ_SKILLS,
            _P.SIGN_OFF,
            _P.MANAGE_SKILLS,
            _P.HOLD_SESSIONS,
        }
    ),
    Role.TEAM_LEADER: frozenset(
        {
            _P.FOLLOW_OWN_TEAMS,
            _P.READ_SKILLS,
            _P.SIGN_OFF,
            _P.ANSWER_CONTESTS,
            _P.OPEN_SIGN_IN,
            _P.HAND_OUT_PINS,
            _P.READ_HABILITATIONS,
        }
    ),
    Role.HR: frozenset(
        {
            _P.FOLLOW_EVERYONE,
            _P.FOLLOW_AGGREGATES,
            _P.ANSWER_HELP,
            _P.MANAGE_NOTICES,
            _P.MANAGE_PRIVACY,
            _P.IMPORT_PEOPLE,
            _P.MANAGE_PEOPLE,
            _P.OPEN_SIGN_IN,
            _P.HAND_OUT_PINS,
            _P.READ_AUDIT,
            _P.EDIT_PLANS,
            _P.READ_EVALUATION,
            _P.READ_SKILLS,
            _P.MANAGE_SKILLS,
            _P.ANSWER_CONTESTS,
            _P.ENTER_READINGS,
            _P.MANAGE_SURVEYS,
            _P.READ_SURVEY_RESULTS,
            _P.READ_HABILITATIONS,
            _P.KEEP_PROOF,
            _P.HOLD_SESSIONS,
        }
    ),
    Role.EVALUATOR: frozenset(
        {
            _P.FOLLOW_AGGREGATES,
            _P.MANAGE_NOTICES,
            _P.READ_AUDIT,
            _P.EDIT_AUDIT,
            _P.EDIT_PLANS,
            _P.DESIGN_PILOT,
            _P.FREEZE_PROTOCOL,
            _P.EVALUATE,
            _P.READ_EVALUATION,
            _P.ENTER_READINGS,
            _P.MANAGE_SURVEYS,
            _P.READ_SURVEY_RESULTS,
        }
    ),
    Role.STAFF_REPRESENTATIVE: frozenset(
        {_P.FOLLOW_AGGREGATES, _P.READ_AUDIT, _P.READ_EVALUATION, _P.READ_SURVEY_RESULTS}
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            _P.IMPORT_PEOPLE,
            _P.MANAGE_PEOPLE,
            _P.OPEN_SIGN_IN,
            _P.HAND_OUT_PINS,
            _P.MANAGE_ROLES,
            _P.MANAGE_TERMINALS,
            _P.MANAGE_SITE,
            _P.READ_JOURNAL,
            _P.WRITE_MODULES,
        }
    ),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return everything that any of the roles may do."""
    return frozenset().union(*(TABLE[role] for role in roles))
