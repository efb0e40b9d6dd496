"""`flask progress …`: figures that follow from the records."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from operator import attrgetter
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from lms.cli import frame
from lms.kernel.clock import today
from lms.kernel.languages import in_language
from lms.progress import actions, queries
from lms.progress.completion import ModuleCompletion, completion
from lms.progress.following import following

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


@progress.command("modules")
@click.option("--as-of", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="As of this day, today without it.")
@frame.json_option
@frame.reads
def modules(as_of: datetime | None, as_json: bool) -> None:
    """Say for each planned module how many people completed it, are under way, have not started, are late.

    Where fewer people are concerned than a figure may rest on, its numbers are left out (null).
    """
    day = as_of.date() if as_of else today()
    figures = completion(following(day), current_app.config["SMALLEST_GROUP"])
    told = [_told(one) for one in sorted(figures, key=attrgetter("module"))]
    frame.answer({"as_of": day.isoformat(), "modules": told}, as_json, _module_lines(told))


def _told(one: ModuleCompletion) -> dict[str, Any]:
    numbers = {name: None if one.total.hidden else getattr(one.total, name) for name in _NUMBERS}
    return {"module": one.module, "title": in_language(one.title), **numbers}


_NUMBERS = ("people", "completed", "in_time", "under_way", "not_started", "late")


def _module_lines(told: list[dict[str, Any]]) -> Iterator[str]:
    for one in told:
        if one["people"] is None:
            yield _("%(module)s: too few people", module=one["module"])
        else:
            yield _(
                "%(module)s: %(people)s people, %(completed)s completed (%(in_time)s in time), "
                "%(under_way)s under way, %(not_started)s not started, %(late)s late",
                **one,
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
