"""`flask serve`: the server, for one machine."""

import ctypes
import logging
import sys
from contextlib import suppress
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

M_ARENA_MAX, ARENAS = -8, 2
"""What glibc's `mallopt` calls it, and how many there are to be: each of many threads would have memory of its own, and
keep what its largest page took. For a list of two hundred modules that was 12 MB a thread."""
M_MMAP_THRESHOLD, LARGE = -3, 256 * 1024
"""Bytes from which on a piece of memory is given back as soon as it is free. By itself glibc raises the bound to 32 MB
when such a piece is freed, and columns of figures would stay among small things for good."""


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
    share_memory()
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


def share_memory() -> bool:
    """Let threads take their memory from a few places and give large pieces back; return whether glibc can do so."""
    with suppress(AttributeError, OSError):
        allocator = ctypes.CDLL(None)
        return all(allocator.mallopt(*one) for one in ((M_ARENA_MAX, ARENAS), (M_MMAP_THRESHOLD, LARGE)))
    return False


def behind(proxy: str) -> dict[str, Any]:
    """Return what makes waitress believe the proxy at this address, and nobody else; nothing without a proxy.

    Otherwise all desks would seem to be one, and failures at one would be felt at all.
    """
    if not proxy:
        return {}
    believed = {"x-forwarded-for", "x-forwarded-proto"}
    return {"trusted_proxy": proxy, "trusted_proxy_count": 1, "trusted_proxy_headers": believed}
