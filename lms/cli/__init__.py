"""Commands for whoever runs the server: `flask --app wsgi …`.

Each opens a transaction, calls one action or query, prints, and commits at its end.
"""

from flask import Flask

from lms.cli import audit, content, evaluation, pilot, progress, records, report
from lms.kernel import migrations


def init_app(app: Flask) -> None:
    """Give the application its commands."""
    migrations.init_app(app)
    for command in (
        audit.audit,
        content.content,
        evaluation.evaluation,
        pilot.pilot,
        progress.progress,
        records.records,
        report.report,
    ):
        app.cli.add_command(command)
