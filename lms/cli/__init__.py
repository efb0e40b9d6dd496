"""Commands for whoever runs the server: `flask --app wsgi …`.

Each opens a transaction, calls one action or query, prints, and commits at its end.
"""

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

FILES = {
    "setup": "setup",
    "simulate": "setup",
    "serve": "server",
    "people": "people",
    "content": "content",
    "audit": "audit",
    "pilot": "pilot",
    "evaluation": "evaluation",
    "jobs": "jobs",
    "report": "report",
    "records": "records",
    "progress": "progress",
    "proof": "proof",
    "skills": "skills",
    "speech": "speech",
    "backup": "backup",
    "restore": "backup",
    "doctor": "doctor",
    "tls": "tls",
    "token": "token",
}
"""In which file of this package each command stands."""


class Commands(AppGroup):
    """The commands by name; the file of one is loaded when it is asked for: a server need not load the simulator."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *FILES})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, or None."""
        if cmd_name not in FILES:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(f"lms.cli.{FILES[cmd_name]}"), cmd_name)
        return command


def init_app(app: Flask) -> None:
    """Give the application its commands."""
    app.cli = Commands(app.name)
