"""`flask audit …`: audit files in and out."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from lms.audit import actions, file, queries
from lms.audit.document import AuditDocument
from lms.cli import frame
from lms.kernel.clock import now, today
from lms.kernel.refusals import NotFound

audit = AppGroup("audit", help="Audit files in and out.")


@audit.command("import")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@frame.changes
def import_(source: Path) -> None:
    """Bring in an audit FILE (YAML); an audit of the same code becomes equal to it."""
    document = file.read(source.read_bytes(), source.name, today())
    stored = actions.store(document, today=today(), now=now())
    click.echo(stored.code)


@audit.command("export")
@click.argument("code")
@frame.reads
def export(code: str) -> None:
    """Print the audit CODE as a file."""
    found = queries.audit(code)
    if found is None:
        raise NotFound()
    click.echo(file.write(queries.document(found)).decode(), nl=False)


@audit.command("schema")
def schema() -> None:
    """Print the JSON Schema of audit files."""
    click.echo(json.dumps(AuditDocument.model_json_schema(), indent=1, sort_keys=True))
