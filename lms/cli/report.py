"""`flask report …`: the report of a pilot's newest evaluation as a file."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from lms.cli import frame
from lms.cli.pilot import find
from lms.evaluation import queries
from lms.kernel.languages import INTERFACE_LANGUAGES
from lms.reports import formats, kept
from lms.reports.media_types import MEDIA_TYPES


@click.command("report")
@click.argument("code")
@click.option("--format", "kind", type=click.Choice(list(MEDIA_TYPES)), required=True)
@click.option("--lang", "language", type=click.Choice(list(INTERFACE_LANGUAGES)), help="By default the server's.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=True)
@with_appcontext
@frame.reads
def report(code: str, kind: str, language: str | None, output: Path) -> None:
    """Write the report of the newest evaluation of pilot CODE."""
    pilot = find(code)
    evaluations = queries.evaluations(pilot)
    if not evaluations:
        raise frame.Refused(_("Pilot %(code)s has no evaluation yet: run one first.", code=code))
    output.write_bytes(formats.written(pilot, evaluations[0], kind, kept.folder(), language))
    frame.say(_("%(file)s written.", file=output))
