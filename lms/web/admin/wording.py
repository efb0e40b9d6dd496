"""The words of refusals about people, the plant and its kiosks."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from lms.delivery.fleet import Concern
from lms.delivery.models import MessageKind
from lms.delivery.rules import NobodyToTell, NobodyWaits, NoWeekday, NumberDiffers, TerminalCodeTaken, TerminalCodeWrong
from lms.kernel import backup
from lms.kernel.branding import actions as branding
from lms.kernel.branding import colours
from lms.people import rules
from lms.people.models import Act, BadgeEnd, BadgeKind
from lms.people.permissions import Permission
from lms.people.roster import applying, columns, folder, reading
from lms.people.roster.columns import Field
from lms.people.roster.models import Fate, Way
from lms.people.turnover import MoveKind
from lms.progress.jobs import REBUILD
from lms.reports import journal
from lms.web.shared import jobs as pages
from lms.web.shared import refusals


def add_words() -> None:
    """Word the refusals of entering and changing people and kiosks, and say what the job of a rebuild is called."""
    for refusal, message in _WORDS.items():
        refusals.add(refusal, 422, message)
    pages.add(
        REBUILD.name,
        pages.Place(
            title=_l("Figures are worked out anew"),
            permission=Permission.MANAGE_SITE,
            result=lambda job: url_for("admin.figures"),
            back=lambda job: url_for("admin.figures"),
        ),
    )


_WORDS = {
    backup.BackupThere: _l("%(file)s exists already: nothing is overwritten."),
    backup.BackupDamaged: _l("This is no whole backup: %(name)s is not as it was when it was made."),
    backup.BackupOfAnother: _l(
        "The backup is of another kind of database (%(database)s) or of a newer version (%(version)s)."
    ),
    backup.DatabaseThere: _l("There is a database here already: restore into an empty instance."),
    backup.KeyDiffers: _l(
        "The secret key here is not that of the backup: set LMS_SECRET_KEY as it was when the backup was made."
    ),
    backup.ToolFailed: _l("%(program)s could not do it: %(reason)s"),
    backup.ToolNotInstalled: _l("%(program)s is not installed here: install the programs of PostgreSQL."),
    rules.RegistrationTaken: _l("The registration number %(value)s belongs to somebody else."),
    rules.EmailTaken: _l("The e-mail address %(value)s belongs to somebody else."),
    rules.NameMissing: _l("Give at least a given name or a family name."),
    rules.WrongEmail: _l("%(email)s is not an e-mail address."),
    rules.EmailMissing: _l("Enter an e-mail address first: staff sign in with it."),
    rules.LeavesBeforeHiring: _l("The last day lies before the day of hiring. Correct one of them."),
    rules.JoinsBeforeHiring: _l("This person was hired on %(hired_on)s. Choose that day or a later one."),
    rules.MovesBeforeJoining: _l(
        "This person is in the present team since %(joined_on)s. Choose that day or a later one."
    ),
    rules.AlreadyInTeam: _l("This person is in this team already."),
    rules.AlreadyLeft: _l("This person's last day is %(left_on)s. Take them back first."),
    rules.TeamWouldBeEmpty: _l(
        "This would leave nobody in %(team)s. If that is meant, move its people one by one; else correct the list."
    ),
    rules.RoleNeedsTeam: _l("Say which team a team leader leads. Other roles have no team."),
    rules.LastAdministrator: _l("Nobody else could give out roles. Make somebody else administrator first."),
    rules.BadgeTaken: _l("Somebody has this badge, or it was lost, withdrawn or copied. Take another one."),
    TerminalCodeTaken: _l("Another kiosk is called %(code)s. Choose another code."),
    TerminalCodeWrong: _l("A code is 1 to 40 small letters, digits and hyphens, for example coating-1."),
    NobodyToTell: _l("No kiosk is enrolled at this place: nobody was told."),
    NobodyWaits: _l("No kiosk waits for a number: type the code there first, or make a new one."),
    NumberDiffers: _l("The kiosk shows another number. Read it again."),
    NoWeekday: _l("Choose at least one day."),
    columns.HeaderMissing: _l(
        "The first line (%(columns)s) looks like a person, not like titles. Say which column is what."
    ),
    columns.ColumnsMissing: _l("Which columns hold the names, and the number or e-mail of each? Found: %(columns)s."),
    columns.ColumnUnknown: _l("The column %(column)s is not in the file, or cannot be used as %(field)s."),
    reading.RosterEmpty: _l("The file is empty."),
    reading.RosterTooLong: _l("The file has more than %(limit)s rows."),
    folder.FileChanged: _l(
        "The file in the folder is no longer the one that was held. What lies there now is read anew."
    ),
    applying.PeopleChanged: _l("People were changed since this was shown. Look at it again before you apply it."),
    journal.JournalTooLong: _l("These are more than %(most)s entries. Choose fewer days, or one part."),
    branding.NameTooLong: _l("Give the site a name of at most %(most)s characters."),
    branding.LogoTooLarge: _l("The logo weighs more than %(most)s KB. Make it smaller."),
    colours.ColourUnknown: _l("%(colour)s is no colour. Write # and six hexadecimal digits, for example #00558a."),
    colours.ContrastTooLow: _l(
        "%(colour)s cannot be read well: its contrast is %(measured)s:1, and %(needed)s:1 is needed. "
        "The nearest colour that passes is %(nearest)s."
    ),
    rules.CodeTaken: _l("The code %(code)s is in use already. Choose another."),
}

FIELD_NAMES = {
    Field.REGISTRATION: _l("Registration number"),
    Field.GIVEN_NAME: _l("Given name"),
    Field.FAMILY_NAME: _l("Family name"),
    Field.NAME: _l("Whole name"),
    Field.EMAIL: _l("E-mail"),
    Field.TEAM: _l("Team"),
    Field.SHIFT: _l("Shift"),
    Field.WORKSTATION: _l("Post"),
    Field.WORKSHOP: _l("Workshop"),
    Field.SITE: _l("Site"),
    Field.ROLE: _l("Role"),
    Field.LANGUAGE: _l("Language"),
    Field.HIRED_ON: _l("Hired on"),
    Field.LEFT_ON: _l("Last day"),
    Field.AGE_BAND: _l("Age band"),
    Field.BADGE: _l("Badge"),
}

BADGE_KINDS = {BadgeKind.READER: _l("Badge for the reader"), BadgeKind.PRINTED: _l("Printed badge")}
BADGE_ENDS = {
    BadgeEnd.LOST: _l("Lost"),
    BadgeEnd.RETURNED: _l("Given back (may be handed to somebody else)"),
    BadgeEnd.WITHDRAWN: _l("Withdrawn"),
    BadgeEnd.REPLACED: _l("Replaced"),
    BadgeEnd.COPIED: _l("Copied by somebody"),
}

ACTS = {
    Act.CREATED: _l("Entered"),
    Act.CHANGED: _l("Changed"),
    Act.MOVED: _l("Moved to another team"),
    Act.LEFT: _l("Last day noted"),
    Act.CAME_BACK: _l("Came back"),
    Act.ROLE_GRANTED: _l("Role given"),
    Act.ROLE_REVOKED: _l("Role taken back"),
    Act.BADGE_ISSUED: _l("Badge handed out"),
    Act.BADGE_REVOKED: _l("Badge ended"),
    Act.PIN_ISSUED: _l("New PIN or picture code made"),
    Act.PIN_CHOSEN: _l("PIN or picture code chosen by its owner"),
    Act.PASSWORD_ISSUED: _l("New password made"),
    Act.PASSWORD_CHOSEN: _l("Password chosen by its owner"),
}

WAYS = {Way.PAGE: _l("A page"), Way.COMMAND: _l("The command line"), Way.FOLDER: _l("The folder")}
FATES = {
    Fate.APPLIED: (_l("Applied"), "success"),
    Fate.HELD: (_l("Held for somebody to look"), "warning"),
    Fate.REFUSED: (_l("Refused"), "danger"),
}
MOVES = {
    MoveKind.JOINED: (_l("Joined"), "success"),
    MoveKind.MOVED: (_l("Changed team"), "info"),
    MoveKind.LEFT: (_l("Left"), "neutral"),
}

MESSAGE_NAMES = {
    MessageKind.SIGN_OUT: _l("Sign everyone out"),
    MessageKind.RELOAD: _l("Load the page again"),
    MessageKind.OUT_OF_ORDER: _l("Put out of order"),
    MessageKind.BACK_IN_SERVICE: _l("Back in service"),
    MessageKind.MEASURE: _l("Measure the screen"),
}

CONCERNS = {
    Concern.LOST: _l("Answers are missing"),
    Concern.SILENT: _l("Not heard of"),
    Concern.COPIED: _l("Its secret is in two browsers"),
    Concern.WAITS_LONG: _l("Answers wait there"),
    Concern.FAILED_CODES: _l("Many failed codes"),
    Concern.CLOCK_WRONG: _l("Clock is wrong"),
    Concern.OUT_OF_ORDER: _l("Out of order"),
    Concern.UNHEARD: _l("Message not heard"),
    Concern.OLD_PAGE: _l("Runs an older page"),
    Concern.NOT_ENROLLED: _l("Not enrolled"),
    Concern.NOT_MEASURED: _l("Screen not measured"),
}
