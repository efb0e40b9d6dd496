"""Commands for whoever runs the server: `flask --app wsgi …`.

Each opens a transaction, calls one action or query, prints, and commits at its end.
"""

from flask import Flask

from lms.cli import audit, evaluation, pilot, progress, records, report
from lms.kernel import migrations


def init_app(app: Flask) -> None:
    """Give the application its commands."""
    migrations.init_app(app)
    for group in (audit.audit, progress.progress, records.records):
        app.cli.add_command(group)
    app.cli.add_command(audit.audit)
    app.cli.add_command(pilot.pilot)
    app.cli.add_command(evaluation.evaluation)
    app.cli.add_command(report.report)
