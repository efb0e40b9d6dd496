"""`flask skills …`: the plant's own matrix brought in; what follows daily from completed modules."""

from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.cli import frame
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from lms.skills import actions, importing

skills = AppGroup("skills", help="Skills: levels and sign-offs.")


@skills.command("import")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "apply_it", is_flag=True, help="Carry it out; without this nothing changes.")
@frame.json_option
def import_(source: Path, apply_it: bool, as_json: bool) -> None:
    """Compare the plant's own matrix or sign-offs, FILE (CSV, XLSX), with what is known; carry it out with --apply.

    One line tells a level or what came of an observation. Nothing is ever lowered or taken away.
    """
    run = frame.changes if apply_it else frame.reads
    run(_import)(source, apply_it, as_json)


def _import(source: Path, apply_it: bool, as_json: bool) -> int | None:
    try:
        shown = importing.preview(source.read_bytes(), now())
        if apply_it:
            importing.apply(shown, source.name, by=None, now=now())
    except Refusal as refusal:
        fault = {"line": refusal.facts.get("line"), "column": None, "value": None, "reason": frame.worded(refusal)}
        if as_json:
            frame.answer({**_NOTHING, "errors": [fault]}, True, ())
        raise
    document = importing.described(shown) | {"applied": apply_it}
    faults = (_("Line %(line)s, %(column)s “%(value)s”: %(reason)s", **fault.as_document()) for fault in shown.faults)
    frame.answer(document, as_json, [_summary(shown, apply_it), *faults])
    return 1 if shown.rows and shown.refused == shown.rows else None


_NOTHING: dict[str, object] = {
    "rows": 0,
    "levels": 0,
    "sign_offs": 0,
    "unchanged": 0,
    "refused": 0,
    "errors": [],
    "applied": False,
}


def _summary(shown: importing.Preview, applied: bool) -> str:
    rows = ngettext("%(num)s row", "%(num)s rows", shown.rows)
    counts = _(
        "%(levels)s levels, %(sign_offs)s sign-offs, %(unchanged)s unchanged, %(refused)s refused",
        levels=len(shown.levels),
        sign_offs=len(shown.observations),
        unchanged=shown.unchanged,
        refused=shown.refused,
    )
    return f"{rows} – {counts}." if applied else f"{rows} – {counts}. " + _("Nothing is changed yet: add --apply.")


@skills.command("catch-up")
@frame.json_option
@frame.changes
def catch_up(as_json: bool) -> None:
    """Take to level I whoever completed the modules that prepare for a task; run it daily."""
    moves = actions.catch_up(now())
    sentence = ngettext(
        "%(num)s person and task taken to level I.", "%(num)s people and tasks taken to level I.", moves
    )
    frame.answer({"moves": moves}, as_json, [sentence])
