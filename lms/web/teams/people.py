"""Who is late or not yet ready; for HR, everyone who was to learn something."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from flask import Response, render_template, request
from flask_babel import gettext as _

from lms.kernel.languages import current_language, in_language
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.privacy import queries as rights
from lms.progress.following import Followed, Listing, Wanted, chosen, counts, has_simulated, offered, still_here
from lms.progress.rules import State
from lms.progress.sheet import Sheet, sheet
from lms.skills import contesting
from lms.web.shared.files import Lines, table_file
from lms.web.shared.guards import requires
from lms.web.shared.identity import can, current_person
from lms.web.shared.looking import looked_at, looks
from lms.web.teams.forms import HOLDS, STATES, Narrowing
from lms.web.teams.today import pages

PER_PAGE = 50
MAY_FOLLOW = (Permission.FOLLOW_OWN_TEAMS, Permission.FOLLOW_EVERYONE)


@dataclass(frozen=True)
class _Listed:
    form: Narrowing
    everyone: Sheet
    rows: Listing
    wanted: Wanted
    several_teams: bool
    """Whether teams and shifts tell anything here."""
    simulated: bool

    @property
    def as_of(self) -> date:
        return self.everyone.as_of


@requires(*MAY_FOLLOW)
@looks(Purpose.FOLLOW_UP)
def people() -> str:
    """List who has what to learn, by which day, and how far they are."""
    listed = _listed()
    page = min(max(request.args.get("page", 1, int), 1), max(-(-len(listed.rows) // PER_PAGE), 1))
    rows = listed.rows.rows((page - 1) * PER_PAGE, PER_PAGE)
    looked_at(row.person_id for row in rows)
    return render_template(
        "teams/people.html",
        listed=listed,
        page=page,
        per_page=PER_PAGE,
        rows=rows,
        columns=[{"label": label, "sort": key} for key, label in _columns(listed).items()],
        counts=counts(listed.everyone),
        states=STATES,
        holds=HOLDS,
        State=State,
        everybody=can(Permission.FOLLOW_EVERYONE),
        requests=rights.waiting() if can(Permission.MANAGE_PRIVACY) else 0,
        contests=len(contesting.waiting(None)) if can(Permission.FOLLOW_EVERYONE) else 0,
        **pages(),
    )


@requires(*MAY_FOLLOW)
@looks(Purpose.FOLLOW_UP)
def people_file(kind: str) -> Response:
    """Give the rows that the list shows with the same filters, all pages of them."""
    listed = _listed()
    looked_at(listed.rows.people())
    return table_file(kind, _("Follow-up"), listed.as_of, *_table(listed))


def _listed() -> _Listed:
    form = Narrowing(request.args)
    if not can(Permission.FOLLOW_EVERYONE):
        del form.as_of
    everyone = sheet(form.day, _teams())
    if not can(Permission.FOLLOW_EVERYONE):
        # A leader cannot do anything for someone who is gone; in HR's figures they stay.
        everyone = still_here(everyone)
    choices = offered(everyone)
    form.offer(choices)
    wanted = form.wanted
    return _Listed(
        form=form,
        everyone=everyone,
        rows=chosen(everyone, wanted),
        wanted=wanted,
        several_teams=len(choices["team"]) > 1,
        simulated=has_simulated(everyone.asked),
    )


def _teams() -> frozenset[int] | None:
    person = current_person()
    return None if person is None or can(Permission.FOLLOW_EVERYONE) else person.led_teams


def _columns(listed: _Listed) -> dict[str, str]:
    """Return the columns of the list, by the key that sorts by them."""
    named = {
        "name": _("Name"),
        "team": _("Team"),
        "shift": _("Shift"),
        "module": _("Module"),
        "due": _("Due"),
        "state": _("State"),
        "completed": _("Completed on"),
    }
    hidden = () if listed.several_teams else ("team", "shift")
    return {key: label for key, label in named.items() if key not in hidden}


def _table(listed: _Listed) -> tuple[list[str], Lines]:
    """Return the head and rows of a file: the columns of the list, the number beside the name."""
    name, *others = _columns(listed).items()
    header = [name[1], _("Number"), *(label for _key, label in others)]
    if listed.simulated:
        header.append(_("Simulated"))
    rows, words = listed.rows.each(), _Words()
    told = (
        [
            f"{row.family_name} {row.given_name}",
            row.registration,
            *words.cells(row, others),
            *([words.yes(row.simulated)] if listed.simulated else ()),
        ]
        for row in rows
    )
    return header, Lines(len(listed.rows), told)


class _Words:
    """What the cells of a file say, in the language of whoever asks: they are written when nobody asks any longer."""

    def __init__(self) -> None:
        self._states = {state: str(words) for state, words in STATES.items()}
        self._holds = {hold: str(words) for hold, words in HOLDS.items()}
        self._answers = {True: _("yes"), False: _("no")}
        self._language = current_language()

    def cells(self, row: Followed, columns: Iterable[tuple[str, str]]) -> Iterator[object]:
        told = {
            "team": row.team,
            "shift": row.shift,
            "module": in_language(row.title, self._language),
            "due": row.due_on,
            "state": " – ".join(words for words in (self._states[row.state], self._holds.get(row.hold)) if words),
            "completed": row.completed_on,
        }
        return (told[key] for key, _label in columns)

    def yes(self, fact: bool) -> str:
        return self._answers[fact]
