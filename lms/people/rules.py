"""What is refused about people, and the small rules of teams and roles."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from lms.kernel.refusals import Refusal
from lms.people.permissions import Permission, Role, permissions_of


class RegistrationTaken(Refusal):
    """Another person has this registration number."""


class EmailTaken(Refusal):
    """Another person has this e-mail address."""


class NameMissing(Refusal):
    """A person needs a given name or a family name."""


class WrongEmail(Refusal):
    """This is not an e-mail address."""


class EmailMissing(Refusal):
    """A member of staff needs an e-mail address to sign in with."""


class LeavesBeforeHiring(Refusal):
    """Someone cannot leave before they were hired."""


class JoinsBeforeHiring(Refusal):
    """Nobody is in a team before the day on which they were hired."""


class MovesBeforeJoining(Refusal):
    """Someone cannot go to another team before the day they joined the last."""


class AlreadyInTeam(Refusal):
    """The person is in this team already."""


class AlreadyLeft(Refusal):
    """Someone who left goes to no other team: they come back first."""


class TeamWouldBeEmpty(Refusal):
    """A list from elsewhere would leave nobody in a team: more likely the list is wrong than the team gone."""


class RoleNeedsTeam(Refusal):
    """A team leader leads a team; other roles have none."""


class LastAdministrator(Refusal):
    """Without this person nobody could give out roles."""


class BadgeTaken(Refusal):
    """This badge was handed to someone already."""


class CodeTaken(Refusal):
    """This code names another place already."""


class NotRecognised(Refusal):
    """No person present has this badge or personal code."""


class BadgeEnded(Refusal):
    """The badge was lost, given back, withdrawn, replaced or copied (`ended_as`): it opens nothing any more."""


class WrongSecret(Refusal):
    """The name or the secret is wrong; which one is not said."""


class SignInThrottled(Refusal):
    """Too many tries in a short time; `seconds` says how long to wait."""


class SignInShut(Refusal):
    """Too many wrong PINs of one person in a day: a team leader opens the way again."""


class SignInBusy(Refusal):
    """More people sign in at this moment than the machine can check."""


class PinTooEasy(Refusal):
    """The PIN is not six digits, or is one that others would try first."""


class PicturesTooEasy(Refusal):
    """The picture code is not five pictures, or is one that others would try first."""


class PinUnchanged(Refusal):
    """The new PIN is the old one."""


class PasswordTooShort(Refusal):
    """A staff password has at least 12 characters."""


class PasswordTooLong(Refusal):
    """A staff password has at most 200 characters."""


class PasswordTooCommon(Refusal):
    """The password is a common one, or made of the person's own names."""


class PasswordUnchanged(Refusal):
    """The new password is the old one."""


def last_day_before(move: date, joined_on: date) -> date:
    """Return the last day in the old team of someone who is in another from `move` on.

    It lies before `joined_on` when the move corrects the very day of joining: then the old
    stay never took place, since nobody is in two teams on one day. Raises MovesBeforeJoining.
    """
    if move < joined_on:
        raise MovesBeforeJoining(joined_on=joined_on)
    return move - timedelta(days=1)


def is_present(left_on: date | None, today: date) -> bool:
    """Whether someone still works here that day; the last day counts."""
    return left_on is None or left_on >= today


def cannot_have_walked(before: str, before_at: datetime, there: str, at: datetime, walking_seconds: int) -> bool:
    """Whether nobody can have carried a badge from one kiosk to the other between two moments.

    `walking_seconds` is what the shortest way between two kiosks of the site takes.
    """
    return before != there and abs(at - before_at) < timedelta(seconds=walking_seconds)


def check_role(role: Role, team_id: int | None) -> None:
    """Raise RoleNeedsTeam unless exactly a team leader has a team."""
    if (role is Role.TEAM_LEADER) != (team_id is not None):
        raise RoleNeedsTeam(role=role)


def may_grant(roles: Iterable[Role], role: Role) -> bool:
    """Whether someone with these roles may give out that one; anyone who enters people gives `operator`."""
    return role is Role.OPERATOR or Permission.MANAGE_ROLES in permissions_of(roles)
