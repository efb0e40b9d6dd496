"""The skills matrix as files: A3 for the wall, and a workbook with a sheet that says what its words mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from lms.kernel.languages import gettext as _
from lms.kernel.languages import in_language, speaking
from lms.kernel.tables import Leaf, write_csv, write_workbook
from lms.reports import drawing, typography
from lms.reports.words import day
from lms.skills.matrix import Matrix
from lms.skills.models import Task
from lms.skills.rules import Cover, Level

ACROSS = 32
"""Tasks beside each other on A3: a column is then a centimetre wide."""


@dataclass(frozen=True)
class Words:
    """What the letters and the states of coverage are called at the plant."""

    levels: Mapping[Level, str]
    covers: Mapping[Cover, str]


def pdf(found: Matrix, on: date, words: Words, language: str) -> bytes:
    """Return the matrix on A3, tagged."""
    return drawing.draw("skills", sheet(found, on, words, language))


def csv(found: Matrix) -> bytes:
    """Return people and levels as a CSV file."""
    return write_csv(*_table(found))


def xlsx(found: Matrix, on: date, words: Words) -> bytes:
    """Return a workbook of people and levels, of coverage, and of definitions."""
    return write_workbook(
        [
            Leaf(_("Skills"), *_table(found)),
            Leaf(_("Coverage"), *_coverage(found, words)),
            Leaf(_("Definitions"), (_("Word"), _("Meaning")), _definitions(on, words)),
        ]
    )


def _table(found: Matrix) -> tuple[list[str], list[list[object]]]:
    header = [_("Name"), _("Number"), _("Team"), _("Shift")]
    header += [f"{task.workstation.name} – {in_language(task.title)}" for task in found.tasks]
    header += [_("Masters"), _("Out of")]
    rows: list[list[object]] = [
        [
            row.name,
            row.registration,
            row.team.name,
            row.team.shift.name if row.team.shift else "",
            *(_letter(row.level(task.id)) for task in found.tasks),
            row.masters,
            len(found.tasks),
        ]
        for row in found.rows
    ]
    return header, rows


def _coverage(found: Matrix, words: Words) -> tuple[list[str], list[list[object]]]:
    header = [_("Post"), _("Task"), _("Shift"), _("People at U or O"), _("Needed"), _("Covered")]
    rows: list[list[object]] = []
    for post in found.posts:
        for shift, name in found.shifts:
            whole = found.covering.posts.get((post.workstation.id, shift))
            if whole:
                state = words.covers[whole.state]
                rows.append([post.workstation.name, _("every task"), name, whole.persons, whole.required, state])
            for task in post.tasks:
                one = found.covering.tasks.get((task.code, shift))
                if one:
                    title, state = in_language(task.title), words.covers[one.state]
                    rows.append([post.workstation.name, title, name, one.persons, one.required, state])
    return header, rows


def _definitions(on: date, words: Words) -> list[list[object]]:
    return [
        [_("As of"), on],
        *([_letter(level), meaning] for level, meaning in words.levels.items()),
        [_("Masters"), _("How many of the tasks of this file the person holds at U or O.")],
        [_("Needed"), _("How many people at U or O each shift needs, as entered with the task; of a post, the most.")],
        [_("every task"), _("The post itself: whoever is at U or O on every task of it.")],
        *([words.covers[state], meaning] for state, meaning in _states()),
        [
            _("People"),
            _("Whoever is in a team on that day. Coverage counts the whole shift, not only the people listed."),
        ],
        [
            _("Use"),
            _("A list with names is personal data: for the team and whoever trains it, not for ranking anybody."),
        ],
    ]


def _states() -> list[tuple[Cover, str]]:
    return [
        (Cover.COVERED, _("As many people as are needed, or more.")),
        (Cover.SHORT, _("Several people, fewer than are needed.")),
        (Cover.SINGLE, _("One person, where more are needed: a single point of failure.")),
        (Cover.NONE, _("Nobody at U or O.")),
    ]


def _letter(level: Level) -> str:
    return "–" if level is Level.NONE else level.value


def sheet(found: Matrix, on: date, words: Words, language: str) -> dict[str, object]:
    """Return what is drawn on A3, in a language."""
    with speaking(language):
        return typography.for_print(_told(found, on, words, language))


def _told(found: Matrix, on: date, words: Words, language: str) -> dict[str, object]:
    return {
        "language": language,
        "title": _("Who can do what, as of %(day)s", day=day(on)),
        "legend": [{"letter": _letter(level), "meaning": meaning} for level, meaning in words.levels.items()],
        "note": _("Illustrative data, made by the simulator.") if found.simulated else None,
        "footer": [_("For the team and whoever trains it"), _("Coverage: people at U or O over the number needed")],
        "name_word": _("Name"),
        "masters_word": _("Masters"),
        "people": [
            {"name": row.name, "team": row.team.name, "masters": f"{row.masters}/{len(found.tasks)}"}
            for row in found.rows
        ],
        "groups": [_group(found, tasks) for tasks in _across(found)],
    }


def _across(found: Matrix) -> list[list[Task]]:
    """Return the tasks in groups that fit across a page; a post is parted only where it is wider than a page."""
    groups: list[list[Task]] = [[]]
    for post in found.posts:
        for start in range(0, len(post.tasks), ACROSS):
            part = post.tasks[start : start + ACROSS]
            if groups[-1] and len(groups[-1]) + len(part) > ACROSS:
                groups.append([])
            groups[-1] += part
    return groups


def _group(found: Matrix, tasks: Sequence[Task]) -> dict[str, object]:
    posts = [(name, len(list(those))) for name, those in groupby(tasks, key=lambda task: task.workstation.name)]
    return {
        "posts": [{"name": name, "width": width} for name, width in posts],
        "tasks": [in_language(task.title) for task in tasks],
        "levels": [[_letter(row.level(task.id)) for task in tasks] for row in found.rows],
        "coverage": [
            {
                "name": _("Coverage, %(shift)s", shift=name),
                "cells": [
                    f"{one.persons}/{one.required}" if (one := found.covering.tasks.get((task.code, shift))) else "–"
                    for task in tasks
                ],
            }
            for shift, name in found.shifts
        ],
    }
