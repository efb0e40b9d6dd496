"""The words of refusals about people, the plant and its kiosks."""

from flask_babel import lazy_gettext as _l

from lms.delivery.rules import TerminalCodeTaken, TerminalCodeWrong
from lms.people import rules
from lms.people.roster import applying, columns, reading
from lms.web.shared import refusals


def add_words() -> None:
    """Word the refusals of entering and changing people and kiosks."""
    for refusal, message in _WORDS.items():
        refusals.add(refusal, 422, message)


_WORDS = {
    rules.RegistrationTaken: _l("The registration number %(value)s belongs to somebody else."),
    rules.EmailTaken: _l("The e-mail address %(value)s belongs to somebody else."),
    rules.NameMissing: _l("Give at least a given name or a family name."),
    rules.WrongEmail: _l("%(email)s is not an e-mail address."),
    rules.EmailMissing: _l("Enter an e-mail address first: staff sign in with it."),
    rules.LeavesBeforeHiring: _l("The last day lies before the day of hiring. Correct one of them."),
    rules.MovesBeforeJoining: _l(
        "This person is in the present team since %(joined_on)s. Choose that day or a later one."
    ),
    rules.AlreadyInTeam: _l("This person is in this team already."),
    rules.AlreadyLeft: _l("This person's last day is %(left_on)s. Take them back first."),
    rules.RoleNeedsTeam: _l("Say which team a team leader leads. Other roles have no team."),
    rules.LastAdministrator: _l("Nobody else could give out roles. Make somebody else administrator first."),
    rules.BadgeTaken: _l("This badge was handed out before. Take another one."),
    TerminalCodeTaken: _l("Another kiosk is called %(code)s. Choose another code."),
    TerminalCodeWrong: _l("A code is 1 to 40 small letters, digits and hyphens, for example coating-1."),
    columns.HeaderMissing: _l(
        "The first line (%(columns)s) looks like a person, not like titles. Say which column is what."
    ),
    columns.ColumnsMissing: _l("Which columns hold the names, and the number or e-mail of each? Found: %(columns)s."),
    columns.ColumnUnknown: _l("The column %(column)s is not in the file, or cannot be used as %(field)s."),
    reading.RosterEmpty: _l("The file is empty."),
    reading.RosterTooLong: _l("The file has more than %(limit)s rows."),
    applying.PeopleChanged: _l("People were changed since this was shown. Look at it again before you apply it."),
    rules.CodeTaken: _l("The code %(code)s is in use already. Choose another."),
}
