"""Users and groups: read, entered, changed; never deleted. Whoever is named in an answer reads that a program did."""

from flask import Response

from lms.kernel.clock import now, today
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.people.scim import actions, queries
from lms.people.scim.patching import changed
from lms.people.scim.rules import NeverDeleted
from lms.web.scim import answers
from lms.web.shared.bearer import bears
from lms.web.shared.looking import looks


@bears(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def users() -> Response:
    """List people, as a filter asks."""
    conditions, first, count = answers.asked()
    return answers.many(queries.users(conditions, first, count, today()), first)


@bears(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def user(number: int) -> Response:
    """Show one person."""
    return answers.one(queries.user(number, today()))


@bears(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def create_user() -> Response:
    """Enter someone."""
    number = actions.create_user(answers.body(), now(), today())
    return answers.one(queries.user(number, today()), 201)


@bears(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def replace_user(number: int) -> Response:
    """Correct what is said of someone."""
    answers.check_version(queries.user(number, today()))
    actions.change_user(number, answers.body(), now(), today())
    return answers.one(queries.user(number, today()))


@bears(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def patch_user(number: int) -> Response:
    """Change parts of what is known of someone."""
    known = queries.user(number, today())
    answers.check_version(known)
    actions.change_user(number, changed(known, answers.body().get("Operations")), now(), today())
    return answers.one(queries.user(number, today()))


@bears(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def groups() -> Response:
    """List teams, as a filter asks."""
    conditions, first, count = answers.asked()
    return answers.many(queries.groups(conditions, first, count, today()), first)


@bears(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def group(number: int) -> Response:
    """Show one team."""
    return answers.one(queries.group(number, today()))


@bears(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def create_group() -> Response:
    """Enter a team."""
    number = actions.create_group(answers.body(), now(), today())
    return answers.one(queries.group(number, today()), 201)


@bears(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def replace_group(number: int) -> Response:
    """Correct a team and who is in it."""
    answers.check_version(queries.group(number, today()))
    actions.change_group(number, answers.body(), now(), today())
    return answers.one(queries.group(number, today()))


@bears(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def patch_group(number: int) -> Response:
    """Change who is in a team, or its name."""
    known = queries.group(number, today())
    answers.check_version(known)
    actions.change_group(number, changed(known, answers.body().get("Operations")), now(), today())
    return answers.one(queries.group(number, today()))


@bears(Permission.MANAGE_PEOPLE)
def delete(number: int) -> Response:
    """Refuse: nobody is deleted, and no team."""
    raise NeverDeleted()
