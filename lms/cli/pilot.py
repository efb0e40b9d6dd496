"""`flask pilot …`: protocols of pilots."""

import click
from flask.cli import AppGroup

from lms.cli import frame
from lms.evaluation import actions, queries
from lms.evaluation.choices import COMMAND_LINE, Signatory
from lms.evaluation.models import Pilot
from lms.kernel.clock import now
from lms.kernel.refusals import NotFound

pilot = AppGroup("pilot", help="Protocols of pilots.")


def find(code: str) -> Pilot:
    """Return the pilot of that code; raises NotFound."""
    found = queries.pilot(code)
    if found is None:
        raise NotFound()
    return found


def _signatories(_context: click.Context, _option: click.Parameter, texts: tuple[str, ...]) -> tuple[Signatory, ...]:
    return tuple(_signatory(text) for text in texts) or (COMMAND_LINE,)


def _signatory(text: str) -> Signatory:
    role, sign, name = text.partition(":")
    if not sign or not role.strip() or not name.strip():
        raise click.BadParameter('write it as "Role: Name"')
    return Signatory(name.strip(), role.strip())


@pilot.command("freeze")
@click.argument("code")
@click.option(
    "--signatory",
    "signatories",
    multiple=True,
    metavar="ROLE: NAME",
    callback=_signatories,
    help='Who stands for the protocol, as "Role: Name"; may be given several times. '
    "Without it the protocol is signed by the command line.",
)
@frame.changes
def freeze(code: str, signatories: tuple[Signatory, ...]) -> None:
    """Freeze the protocol of pilot CODE and print its SHA-256."""
    house = actions.HouseRules.configured()
    protocol = actions.freeze(find(code), house, by=None, now=now(), signatories=signatories)
    click.echo(protocol.sha256)
