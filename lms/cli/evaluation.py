"""`flask evaluation …`: run evaluations and check them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from lms.cli import frame
from lms.cli.pilot import find
from lms.evaluation import actions, queries, rules
from lms.evaluation.models import Evaluation, Pilot
from lms.kernel.clock import now, today
from lms.kernel.languages import in_language
from lms.reports import labels
from lms.reports.pilot import figures

evaluation = AppGroup("evaluation", help="Evaluations of pilots.")


@evaluation.command("list")
@frame.json_option
@frame.reads
def list_(as_json: bool) -> None:
    """List the pilots and where they stand."""
    rows = [
        {
            "code": pilot.code,
            "title": in_language(pilot.title),
            "state": rules.state(queries.conditions(pilot), today()).value,
        }
        for pilot in queries.every_pilot()
    ]
    frame.answer({"pilots": rows}, as_json, [f"{row['code']}\t{row['state']}\t{row['title']}" for row in rows])


@evaluation.command("run")
@click.argument("code")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Last day whose events count; at most the last day.")
@frame.json_option
@frame.changes
def run(code: str, as_of: datetime | None, as_json: bool) -> None:
    """Evaluate pilot CODE, keep the evaluation and print it."""
    pilot = find(code)
    day = as_of.date() if as_of else min(queries.conditions(pilot).ends_on, today())
    with frame.seldom_looking_for_garbage():
        document = told(pilot, actions.evaluate(pilot, day, by=None, now=now()))
    frame.answer(document, as_json, _sentences(document))


@evaluation.command("verify")
@click.argument("code")
@frame.json_option
@frame.reads
def verify(code: str, as_json: bool) -> int:
    """Recompute every evaluation of pilot CODE; exit with 1 when one is not as stored.

    Of one whose records have gone, `recomputed` is false: only what was kept is checked.
    """
    pilot = find(code)
    checked = [_checked(pilot, found) for found in queries.evaluations(pilot)]
    equal = all(row["equal"] for row in checked)
    sentences = [line for row in checked for line in _verified(row)] or [_("There is no evaluation yet.")]
    frame.answer({"code": pilot.code, "equal": equal, "evaluations": checked}, as_json, sentences)
    return 0 if equal else 1


def told(pilot: Pilot, found: Evaluation) -> dict[str, Any]:
    """Return an evaluation as programs read it."""
    return {
        "code": pilot.code,
        "evaluation": found.id,
        "as_of": found.as_of.isoformat(),
        "records_up_to": found.records_up_to,
        "protocol_sha256": found.protocol_sha256,
        "digest": found.digest,
        **found.results["figures"],
        **found.results["context"],
    }


def _sentences(document: dict[str, Any]) -> list[str]:
    indicators = [
        f"{row['code']}\t{figures.constat(row)}\t{figures.interval(row)}\t{figures.verdict(row).text}"
        for row in document["indicators"]
    ]
    return indicators + [f"{row['code']}\t{labels.VERDICTS[row['verdict']]}" for row in document["recommendations"]]


def _checked(pilot: Pilot, found: Evaluation) -> dict[str, Any]:
    differences = queries.verify(pilot, found)
    return {
        "evaluation": found.id,
        "as_of": found.as_of.isoformat(),
        "records_up_to": found.records_up_to,
        "digest": found.digest,
        "equal": not differences,
        "recomputed": queries.seal_of(found) is None,
        "differences": [asdict(difference) for difference in differences],
    }


def _verified(row: dict[str, Any]) -> list[str]:
    if row["equal"] and not row["recomputed"]:
        return [
            _(
                "Evaluation %(number)s of %(day)s cannot be recomputed: its records have gone. "
                "What was kept is as it was sealed.",
                number=row["evaluation"],
                day=row["as_of"],
            )
        ]
    if row["equal"]:
        return [_("Evaluation %(number)s of %(day)s stands.", number=row["evaluation"], day=row["as_of"])]
    return [
        _(
            "Evaluation %(number)s: %(path)s is %(stored)s, computed %(computed)s.",
            number=row["evaluation"],
            path=difference["path"],
            stored=difference["stored"],
            computed=difference["computed"],
        )
        for difference in row["differences"]
    ]
