"""`flask progress …`: figures that follow from the records."""

from collections.abc import Iterator
from dataclasses import asdict

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from lms.cli import frame
from lms.progress import actions, queries

progress = AppGroup("progress", help="Figures that follow from the records.")


@progress.command("activities")
@click.option("--under", metavar="IRI", help="Only this activity and its parts.")
@frame.json_option
@frame.reads
def activities(under: str | None, as_json: bool) -> None:
    """Say for each activity how many learners and records it has, and what came of them."""
    figures = queries.activities(under)
    frame.answer({"activities": [asdict(one) for one in figures]}, as_json, _activity_lines(figures))


def _activity_lines(figures: list[queries.ActivityFigures]) -> Iterator[str]:
    for one in figures:
        yield _(
            "%(activity)s: %(learners)s learners, %(records)s records, %(passed)s passed, %(failed)s failed, "
            "%(completed)s completed",
            **asdict(one),
        )


@progress.command("rebuild")
@click.option("--check", is_flag=True, help="Say what is wrong and change nothing.")
@frame.json_option
@frame.changes
def rebuild(check: bool, as_json: bool) -> int | None:
    """Work out every standing anew from the records.

    With --check the exit status is 1 when a standing is not as the records say.
    """
    found = actions.rebuild(check=check)
    differing = [{"person": person, "edition": edition} for person, edition in found.differing]
    sentence = _(
        "%(standings)s standings, %(differing)s not as the records say.",
        standings=found.standings,
        differing=len(differing),
    )
    frame.answer({"standings": found.standings, "differing": differing}, as_json, [sentence])
    return 1 if check and differing else None
