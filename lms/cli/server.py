"""`flask serve`: the server, for one machine."""

import logging
import sys
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from waitress import create_server
from waitress.channel import HTTPChannel

from lms.cli.lanes import Dispatcher, InOnePiece
from lms.kernel.jobs.working import Keeper

SWITCH = 0.001
"""Seconds after which a thread that computes lets another go on. Python's own 5 ms is long for an answer, which comes
to wait for it after each of a dozen statements."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@with_appcontext
def serve(host: str, port: int) -> None:
    """Serve the site until stopped (waitress: one process, several threads)."""
    # A queue of a few requests is no news; waitress would say so for each.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    click.echo(f"http://{host}:{port}/", err=True)
    run(current_app._get_current_object(), host, port)  # type: ignore[attr-defined]


def run(app: Flask, host: str, port: int) -> None:
    """Serve the application, and have long work done beside it; slow connections cost it no thread."""
    keeper = Keeper(app)
    keeper.start()
    sys.setswitchinterval(SWITCH)
    HTTPChannel.task_class = InOnePiece
    try:
        create_server(
            app,
            _dispatcher=Dispatcher(),
            host=host,
            port=port,
            connection_limit=1000,
            ident=None,
            clear_untrusted_proxy_headers=True,
            **behind(app.config["TRUSTED_PROXY"]),
        ).run()
    finally:
        keeper.stop()


def behind(proxy: str) -> dict[str, Any]:
    """Return what makes waitress believe the proxy at this address, and nobody else; nothing without a proxy.

    Otherwise all desks would seem to be one, and failures at one would be felt at all.
    """
    if not proxy:
        return {}
    believed = {"x-forwarded-for", "x-forwarded-proto"}
    return {"trusted_proxy": proxy, "trusted_proxy_count": 1, "trusted_proxy_headers": believed}
