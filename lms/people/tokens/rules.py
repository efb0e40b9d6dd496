"""Which roles a program may have, and what a token is called."""

from datetime import datetime, timedelta

from lms.kernel.refusals import Refusal
from lms.people.permissions import Role

NOTED_EVERY = timedelta(minutes=15)
"""How exactly it is kept when a token was last used: a program may ask many times a second."""
ROLES = frozenset(Role) - {Role.OPERATOR, Role.TEAM_LEADER}
"""An operator's data are their own, and a leader's rights are those of a team: neither means anything to a program."""
LONGEST_NAME = 80


class TokenNameTaken(Refusal):
    """Another token that is good has this name already."""


class TokenNameMissing(Refusal):
    """A token's name is empty, or longer than 80 characters."""


class TokenRoleRefused(Refusal):
    """This role is one of a person, not of a program."""


class TokenNotGood(Refusal):
    """No token came with the request, or one that nobody knows or that was revoked."""


class TokenUnknown(Refusal):
    """No token that is good has this name."""


def checked_name(name: str) -> str:
    """Return the name without blanks around it; raises TokenNameMissing."""
    tidy = " ".join(name.split())
    if not 0 < len(tidy) <= LONGEST_NAME:
        raise TokenNameMissing()
    return tidy


def check_role(role: Role) -> None:
    """Raise TokenRoleRefused for a role that no program has."""
    if role not in ROLES:
        raise TokenRoleRefused(role=role.value)


def to_be_noted(last: datetime | None, now: datetime) -> bool:
    """Whether a use is to be written down."""
    return last is None or now - last >= NOTED_EVERY
