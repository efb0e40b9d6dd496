"""`flask backup` and `flask restore`: one file that everything can be brought back from."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from lms.cli import frame
from lms.kernel import backup as backups
from lms.kernel import epoch
from lms.kernel.backup import Contents
from lms.kernel.clock import now

file_argument = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command("backup")
@file_argument
@frame.json_option
@with_appcontext
@frame.reads
def backup(file: Path, as_json: bool) -> None:
    """Write everything into FILE while the server works: database, media, keys; nothing is overwritten.

    The file holds personal data and keys: keep it where nobody else reads it.
    """
    made = backups.make(file, now())
    lines = [_("%(file)s: %(megabytes)s MB, %(files)s files beside the database.", **_facts(file, made))]
    if not made.has_secret:
        lines.append(_("The secret key is not in it: keep LMS_SECRET_KEY apart, or nothing can be signed in to again."))
    frame.answer(_document(file, made), as_json, lines)


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--elsewise", is_flag=True, help="The database was brought back by other means: begin a new epoch only.")
@frame.json_option
@with_appcontext
@frame.changes
def restore(file: Path | None, elsewise: bool, as_json: bool) -> None:
    """Bring FILE back into an instance without a database, while no server runs.

    Kiosks notice it and send again what they delivered in the last seven days; each event counts once.
    """
    if (file is None) != elsewise:
        raise click.UsageError("Give a file, or --elsewise.")
    if file is None:
        epoch.begin(now())
        frame.answer({"restored": None}, as_json, [_("A new epoch has begun. Start the server again.")])
        return
    made = backups.restore(file, now())
    moment = f"{made.made_at:%Y-%m-%d %H:%M} UTC"
    lines = [
        _("Restored as of %(moment)s, with %(files)s files.", moment=moment, files=made.files),
        _("Start the server: kiosks send again what they delivered in the last seven days."),
    ]
    frame.answer(_document(file, made), as_json, lines)


def _facts(file: Path, made: Contents) -> dict[str, object]:
    return {"file": file, "megabytes": round(made.size / 1e6, 1), "files": made.files}


def _document(file: Path, made: Contents) -> dict[str, object]:
    return {
        "file": str(file),
        "made_at": made.made_at.isoformat(),
        "version": made.version,
        "migration": made.migration,
        "files": made.files,
        "bytes": made.size,
        "secret_key_inside": made.has_secret,
    }
