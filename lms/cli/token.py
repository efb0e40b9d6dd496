"""`flask token …`: what lets programs of the plant in."""

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from lms.cli import frame
from lms.kernel.clock import now
from lms.people.permissions import Role
from lms.people.tokens import actions, queries
from lms.people.tokens.rules import ROLES

token = AppGroup("token", help="Tokens: what lets programs in at /api/v1.")


@token.command("create")
@click.option(
    "--role", type=click.Choice(sorted(role.value for role in ROLES)), required=True, help="What the program may do."
)
@click.option("--name", required=True, help="What the program is called.")
@frame.changes
def create(role: str, name: str) -> None:
    """Make a token and print it alone on standard output; it is shown this once."""
    click.echo(actions.create(name, Role(role), by=None, now=now()))
    frame.say(_("Keep it now: it cannot be shown again."))


@token.command("list")
@frame.json_option
@frame.reads
def list_(as_json: bool) -> None:
    """Say which tokens there are and were, and when each was last used."""
    found = queries.tokens()
    told = [{**vars(one), "role": one.role.value} for one in found]
    frame.answer({"tokens": told}, as_json, map(_line, found))


def _line(one: queries.Known) -> str:
    told = {"name": one.name, "role": one.role.value, "made": f"{one.made_at:%Y-%m-%d}"}
    if one.revoked_at is not None:
        return _("%(name)s: %(role)s, made on %(made)s, revoked on %(day)s", day=f"{one.revoked_at:%Y-%m-%d}", **told)
    if one.used_at is None:
        return _("%(name)s: %(role)s, made on %(made)s, never used", **told)
    return _("%(name)s: %(role)s, made on %(made)s, last used on %(day)s", day=f"{one.used_at:%Y-%m-%d}", **told)


@token.command("revoke")
@click.argument("name")
@frame.changes
def revoke(name: str) -> None:
    """End the token NAME from now on."""
    actions.revoke(name, by=None, now=now())
    frame.say(_("%(name)s is revoked.", name=name))
