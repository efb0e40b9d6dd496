"""`flask people …`: the roster of an HR system, and a way in for an administrator."""

from collections.abc import Iterable
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.cli import frame
from lms.kernel import encodings, tables
from lms.kernel.clock import now, today
from lms.kernel.refusals import Refusal
from lms.people.permissions import Role
from lms.people.roster import applying, keeping
from lms.people.roster.columns import Field
from lms.people.roster.comparison import Preview
from lms.people.roster.models import Fate, Way
from lms.people.roster.reading import Reading, open_roster, open_table

people = AppGroup("people", help="People: the roster of an HR system.")


def _mapping(context: click.Context, parameter: click.Parameter, pairs: Iterable[str]) -> dict[str, str]:
    found = dict(pair.rpartition("=")[::2] for pair in pairs)
    wrong = [column for column, field in found.items() if not column or field not in {"-", *Field}]
    if wrong:
        raise click.BadParameter(f"write COLUMN=FIELD, with FIELD one of {', '.join(Field)}, or - to leave it out")
    return found


@people.command("import")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "apply_it", is_flag=True, help="Carry it out; without this nothing changes.")
@click.option("--encoding", type=click.Choice(encodings.CHOICES), help="Encoding of a CSV file, if not found out.")
@click.option("--delimiter", type=click.Choice(tables.DELIMITERS), help="What separates the cells of a CSV file.")
@click.option(
    "--map",
    "mapping",
    metavar="COLUMN=FIELD",
    multiple=True,
    callback=_mapping,
    help="What a column is, by its title or its number from 1; may be given several times.",
)
@click.option("--no-header", is_flag=True, help="The first line is a person already.")
@click.option("--may-empty", is_flag=True, help="Apply it even if it leaves a team with nobody.")
@click.option("--create-teams", is_flag=True, help="Make teams (workshops, sites, posts) that nobody knows.")
@frame.json_option
def import_(
    source: Path,
    apply_it: bool,
    encoding: str | None,
    delimiter: str | None,
    mapping: dict[str, str],
    no_header: bool,
    create_teams: bool,
    may_empty: bool,
    as_json: bool,
) -> None:
    """Compare a roster FILE (CSV, XLSX, OneRoster) with who is known; carry it out with --apply.

    Nobody is ever deleted for not being in the file, and no value for not being given.
    """
    reading = Reading(encoding, delimiter, mapping, False if no_header else None)
    # Only whoever changes something may hold up others who write.
    run = frame.changes if apply_it else frame.reads
    run(_import)(source, reading, create_teams, apply_it, may_empty, as_json)


def _import(
    source: Path, reading: Reading, create_teams: bool, apply_it: bool, may_empty: bool, as_json: bool
) -> int | None:
    document = {**_NOTHING}
    try:
        content = source.read_bytes()
        table = open_table(content, reading)
        document |= {"encoding": table.encoding, "delimiter": table.delimiter}
        shown = applying.preview(open_roster(table, reading), today(), create_teams, frozenset(Role))
        if apply_it:
            applying.apply(shown, by=None, now=now(), may_empty=may_empty)
            keeping.note(Way.COMMAND, source.name, content, Fate.APPLIED, keeping.report(shown), by=None, now=now())
    except Refusal as refusal:
        reason = frame.worded(refusal)
        fault = {"line": refusal.facts.get("line"), "column": None, "value": None, "reason": reason}
        if as_json:
            frame.answer(document | {"errors": [fault]}, True, ())
        raise
    document |= _told(shown) | {"applied": apply_it}
    faults = (_in_words(fault.as_document()) for fault in shown.faults)
    frame.answer(document, as_json, [_summary(shown, apply_it), *faults])
    for remark in _remarks(shown, apply_it):
        frame.say(remark)
    return 1 if shown.rows and shown.refused == shown.rows else None


_NOTHING: dict[str, object] = {
    "rows": 0,
    "created": 0,
    "updated": 0,
    "unchanged": 0,
    "refused": 0,
    "errors": [],
    "encoding": None,
    "delimiter": None,
    "applied": False,
}


def _told(shown: Preview) -> dict[str, object]:
    return {
        "rows": shown.rows,
        "created": len(shown.created),
        "updated": len(shown.changed),
        "unchanged": shown.unchanged,
        "refused": shown.refused,
        "errors": [fault.as_document() for fault in shown.faults],
    }


def _summary(shown: Preview, applied: bool) -> str:
    counts = _(
        "%(created)s created, %(updated)s changed, %(unchanged)s unchanged, %(refused)s refused",
        created=len(shown.created),
        updated=len(shown.changed),
        unchanged=shown.unchanged,
        refused=shown.refused,
    )
    rows = ngettext("%(num)s row", "%(num)s rows", shown.rows)
    return f"{rows} – {counts}." if applied else f"{rows} – {counts}. " + _("Nothing is changed yet: add --apply.")


def _in_words(fault: dict[str, object]) -> str:
    return _("Line %(line)s, %(column)s “%(value)s”: %(reason)s", **fault)


def _remarks(shown: Preview, applied: bool) -> Iterable[str]:
    for emptied in shown.losses.emptied:
        yield _("%(team)s is left with nobody.", team=emptied.team)
    if not shown.rows:
        yield _("0 rows: the file has a header and nobody under it.")
    for place in shown.missing:
        made = shown.makes_places and place.can_be_made
        words = _("%(name)s (%(field)s) is made.") if made else _("%(name)s (%(field)s) is not known: left out.")
        yield words % {"name": place.text, "field": place.field.value}
    if shown.missing and not shown.makes_places:
        yield _("Add --create-teams to have them made.")
