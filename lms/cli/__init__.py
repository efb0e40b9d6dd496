"""Commands for whoever runs the server: `flask --app wsgi …`.

Each opens a transaction, calls one action or query, prints, and commits at its end.
"""

from flask import Flask

from lms.cli import (
    audit,
    content,
    doctor,
    evaluation,
    jobs,
    people,
    pilot,
    progress,
    records,
    report,
    server,
    setup,
    skills,
    speech,
    tls,
)

COMMANDS = (
    setup.setup,
    setup.simulate,
    server.serve,
    people.people,
    content.content,
    audit.audit,
    pilot.pilot,
    evaluation.evaluation,
    jobs.jobs,
    report.report,
    records.records,
    progress.progress,
    skills.skills,
    speech.speech,
    doctor.doctor,
    tls.tls,
)


def init_app(app: Flask) -> None:
    """Give the application its commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
