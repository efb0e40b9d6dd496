"""`flask progress …`: figures that follow from the records."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from operator import itemgetter
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from lms.cli import frame
from lms.kernel.clock import now, today
from lms.kernel.database import db, writing
from lms.kernel.jobs.working import see_through
from lms.progress import actions, queries
from lms.progress.completion import Cell, Question, completion
from lms.progress.jobs import ask_to_rebuild
from lms.progress.naming import codes_of_modules, titles
from lms.progress.sheet import sheet

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
    figures = completion(sheet(day), Question(), current_app.config["SMALLEST_GROUP"])
    codes = codes_of_modules()
    told = sorted((_told(codes[one], one, cell) for one, cell in figures.rows.items()), key=itemgetter("module"))
    frame.answer({"as_of": day.isoformat(), "modules": told}, as_json, _module_lines(told))


def _told(code: str, module_id: int, cell: Cell) -> dict[str, Any]:
    numbers = {name: None if cell.hidden else getattr(cell, name) for name in _NUMBERS}
    return {"module": code, "title": titles()[module_id], **numbers}


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
@frame.reads
def rebuild(check: bool, as_json: bool) -> int | None:
    """Work out every standing anew from the records.

    It is done person by person while others work, and may be stopped at any moment: the next time goes on from there,
    as the server does by itself after half a minute.

    With --check the exit status is 1 when a standing is not as the records say.
    """
    if check:
        return _check(as_json)
    _rebuild(as_json)
    return None


def _check(as_json: bool) -> int | None:
    found = actions.check(_Telling())
    differing = [{"person": person, "edition": edition} for person, edition in found.differing]
    sentence = _(
        "%(standings)s standings, %(differing)s not as the records say.",
        standings=found.standings,
        differing=len(differing),
    )
    frame.answer({"standings": found.standings, "differing": differing}, as_json, [sentence])
    return 1 if differing else None


def _rebuild(as_json: bool) -> None:
    with writing():
        job = ask_to_rebuild(by=None, now=now()).id
        db.session.commit()
    ended = see_through(job, _Telling())
    if ended.result is None:
        raise frame.Refused(ended.message or "")
    sentence = _("%(standings)s standings, %(mended)s of them were not as the records say and are now.", **ended.result)
    frame.answer(ended.result, as_json, [sentence])


class _Telling:
    """Says how far it is, at each twentieth."""

    def __init__(self) -> None:
        self._said = -1

    def __call__(self, done: int, whole: int) -> None:
        share = done * STEPS // whole if whole else 0
        if share > self._said:
            self._said = share
            frame.say(_("%(done)s of %(whole)s people…", done=done, whole=whole))


STEPS = 20
