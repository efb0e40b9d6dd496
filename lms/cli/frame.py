"""What every command does alike.

One transaction, committed at its end; a refusal in one line on standard error and exit
status 1; results on standard output, as sentences or as one JSON document.

    @group.command("import")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @frame.json_option
    @frame.changes
    def import_(file: Path, as_json: bool) -> int | None:
        outcome = actions.take(file.read_bytes(), by=None, now=now())
        frame.answer({"taken": outcome.taken}, as_json, [_("%(n)s taken.", n=outcome.taken)])
        return 1 if outcome.refused else None
"""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import IO, Any

import click
from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError, ProgrammingError

from lms.kernel.database import db, writing
from lms.kernel.refusals import Refusal

Command = Callable[..., int | None]

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


class Refused(click.ClickException):
    """Ends the command with one line on standard error and exit status 1; nothing is kept."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the reason alone."""
        say(self.message)


def changes(command: Command) -> Command:
    """Run the command in one transaction that is committed at its end.

    A refusal keeps nothing and exits with 1. What the command returns is its exit status,
    after the commit: return 1 when some of the work was refused and the rest is to stay.
    """

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        with writing():
            status = _guarded(command, *args, **kwargs)
            db.session.commit()
        _leave(status)

    return run


def reads(command: Command) -> Command:
    """Run the command without the right to change anything; otherwise like `changes`."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        status = _guarded(command, *args, **kwargs)
        db.session.rollback()
        _leave(status)

    return run


def answer(document: Mapping[str, Any], as_json: bool, sentences: Iterable[str]) -> None:
    """Print the result on standard output: the document as JSON, or the sentences."""
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))
        return
    for sentence in sentences:
        click.echo(sentence)


def worded(refusal: Refusal) -> str:
    """Return a refusal in words; they stand in `web`, a stranger to `cli`, so the application carries them."""
    return str(current_app.extensions["worded"](refusal))


def say(message: str) -> None:
    """Print a message on standard error, where programs that read the result do not look."""
    click.echo(message, err=True)


def _guarded(command: Command, *args: Any, **kwargs: Any) -> int | None:
    try:
        return command(*args, **kwargs)
    except Refusal as refusal:
        db.session.rollback()
        raise Refused(worded(refusal)) from refusal
    except (OperationalError, ProgrammingError) as error:
        db.session.rollback()
        reason = str(error.orig).splitlines()[0]
        raise Refused(_("The database cannot be used: %(reason)s. Is it set up?", reason=reason)) from error
    except BaseException:
        db.session.rollback()
        raise


def _leave(status: int | None) -> None:
    if status:
        click.get_current_context().exit(status)


@contextmanager
def seldom_looking_for_garbage() -> Iterator[None]:
    """Spare the collector the program itself: it costs an eighth of the time to look at it again and again."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, *before[1:])
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
