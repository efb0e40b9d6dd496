"""`flask pilot …`: protocols of pilots."""

import click
from flask.cli import AppGroup

from lms.cli import frame
from lms.evaluation import actions, queries
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


@pilot.command("freeze")
@click.argument("code")
@frame.changes
def freeze(code: str) -> None:
    """Freeze the protocol of pilot CODE and print its SHA-256."""
    protocol = actions.freeze(find(code), actions.HouseRules.configured(), by=None, now=now())
    click.echo(protocol.sha256)
