"""`flask content …`: modules and questions in and out."""

from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from lms.authoring import actions, bringing, queries
from lms.authoring.actions import EditionPlanned
from lms.authoring.bringing import Brought, Target
from lms.authoring.drafts import DraftIncomplete
from lms.authoring.exports import every
from lms.authoring.models import Draft
from lms.authoring.reviewing.rules import NOT_APPROVED
from lms.catalogue.actions import NothingChanged, NothingToAcknowledge
from lms.catalogue.models import Impact
from lms.catalogue.schema import module_schema
from lms.cli import frame
from lms.kernel import storage
from lms.kernel.clock import now
from lms.kernel.database import db
from lms.kernel.refusals import Problem
from lms.reports import module_sheet

content = AppGroup("content", help="Modules and questions in and out.")


@content.command("import")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--publish", is_flag=True, help="Publish what came in whole.")
@click.option(
    "--impact",
    type=click.Choice([impact.value for impact in Impact]),
    default=Impact.CORRECTION.value,
    show_default=True,
    help="What published editions mean for whoever completed one before.",
)
@click.option("--into", metavar="CODE", help="The module that is to get the questions of a bank.")
@click.option("--language", default="fr", show_default=True, help="Language of a bank's questions.")
@frame.json_option
@frame.changes
def import_(
    files: tuple[Path, ...], publish: bool, impact: str, into: str | None, language: str, as_json: bool
) -> int | None:
    """Bring in modules, questions (GIFT, Moodle XML, QTI, sheets), slides and procedures as drafts.

    Each FILE is taken whole or not at all.
    """
    meant = Impact(impact) if publish else None
    found = [_bring_in(file, meant, Target(into, language)) for file in files]
    frame.answer({"files": [_row(brought) for brought in found]}, as_json, _sentences(found))
    return 0 if all(brought.accepted for brought in found) else 1


@content.command("export")
@click.argument("code")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.option(
    "--format", "name", type=click.Choice([*every.FORMATS, "pdf"]), default="module", show_default=True, help="Format."
)
@click.option("--language", help="Of a format that holds one; the module's first if none is given.")
@frame.reads
def export(code: str, output: Path, name: str, language: str | None) -> None:
    """Write the module CODE as a file: its newest edition, else its draft if that is whole."""
    work = queries.work(code)
    whole, media = work.exportable()
    language = language or whole.languages[0]
    if language not in whole.languages:
        raise click.UsageError(_("The module is not in this language."))
    if name == "pdf":
        edition = work.edition.number if work.edition else None
        output.write_bytes(module_sheet.pdf(whole, edition, language, lambda file: storage.read(media[file])))
        return
    written = every.write(whole, media, name, language)
    output.write_bytes(written.data)
    for problem in written.left:
        click.echo(f"{problem.path or code}: {current_app.extensions['worded_problem'](problem)}", err=True)


@content.command("schema")
def schema() -> None:
    """Print the JSON Schema of module.yaml (kept as docs/module.schema.json)."""
    click.echo(module_schema(), nl=False)


def _bring_in(file: Path, meant: Impact | None, target: Target) -> Brought:
    # What a file that is refused half way has stored goes with it; the others stay.
    with db.session.begin_nested():
        brought = bringing.bring_in_path(file, target, by=None, now=now())
        if meant:
            for draft in brought.drafts:
                _publish(draft, brought, meant)
    return brought


def _publish(draft: Draft, brought: Brought, impact: Impact) -> None:
    try:
        actions.publish(draft, impact=impact, by=None, now=now())
    except NothingChanged:
        brought.warnings.append(Problem("import.unchanged", brought.reading.file))
    except EditionPlanned:
        brought.warnings.append(Problem("import.planned", brought.reading.file))
    except NOT_APPROVED:
        brought.warnings.append(Problem("import.not_approved", brought.reading.file))
    except NothingToAcknowledge:
        brought.warnings.append(Problem("import.nothing_to_acknowledge", brought.reading.file))
    except DraftIncomplete as refused:
        brought.warnings.extend(refused.problems)


def _row(brought: Brought) -> dict[str, Any]:
    reading = brought.reading
    return {
        "file": reading.file,
        "kind": reading.kind.value,
        "accepted": brought.accepted,
        "title": reading.title if brought.accepted else "",
        "items": reading.stated,
        "warnings": [_told(problem) for problem in brought.warnings],
        "errors": [_told(problem) for problem in reading.faults],
    }


def _told(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "file": problem.file,
        "line": problem.line,
        "path": problem.path,
        "message": current_app.extensions["worded_problem"](problem),
    }


def _sentences(found: list[Brought]) -> list[str]:
    sentences = []
    for brought in found:
        row, state = _row(brought), _("accepted") if brought.accepted else _("refused")
        sentences.append(f"{row['file']}: {state} ({row['kind']}, {row['items']}) {row['title']}".rstrip())
        for told in (*row["errors"], *row["warnings"]):
            place = ":".join(str(part) for part in (told["file"], told["line"], told["path"]) if part)
            sentences.append(f"  {place}: {told['message']}" if place else f"  {told['message']}")
    return sentences
