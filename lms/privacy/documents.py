"""The register, one's own file and the report to the works council, as documents to read and to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lms.delivery.informing import Informed
from lms.kernel.branding import actions as branding
from lms.kernel.languages import current_language, in_language
from lms.kernel.languages import gettext as _
from lms.kernel.personal import ACTED, Term, Why
from lms.people.models import Notice
from lms.people.permissions import NAMING, TABLE, Role
from lms.people.privacy import looks
from lms.privacy import fields, queries, words
from lms.privacy.files import Rows
from lms.privacy.register import Held, register
from lms.privacy.values import Values
from lms.progress.completion import Figures
from lms.progress.naming import titles
from lms.reports.document import Block, Cell, Column, Heading, Items, Pairs, Paragraph, Report, Section, Table
from lms.reports.words import day, number

MOST = 400
"""Rows of one table in the copy to be read; the file beside it for programs has all."""


def register_report(on: date) -> Report:
    """Return the register of what is kept of people, by what it is kept for; then who did what in a function."""
    months, found = queries.terms(), register()
    about = [held for held in found if held.about and held.said != ACTED]
    acted = [held for held in found if held.said == ACTED]
    sections = (
        *(Section(why.value, said, _held_for(why, about, months)) for why, said in words.whys().items()),
        Section(
            "acted",
            _("Who did something in a function"),
            (
                Paragraph(_("Only who made, signed or changed something, so that it can be accounted for.")),
                Pairs((
                    (_("On what ground"), words.grounds()[ACTED.ground]),
                    (_("How long"), words.term(ACTED.term, months)),
                )),
                _acted_table(acted),
            ),
        ),
        Section("opinions", _("What is kept of nobody"), (Paragraph(_(
            "Opinions are kept without person, kiosk, address or time; no link leads back to who gave them."
        )),)),
    )  # fmt: skip
    subtitle = _("Read from the tables of this server on %(day)s. “You” is the person of whom it is kept.", day=day(on))
    return _report(_("What is kept of people, and why?"), subtitle, sections)


def register_rows() -> tuple[list[str], list[list[object]]]:
    """Return the register as a table: a row for each column."""
    months = queries.terms()
    header = [_("Table"), _("Column"), _("What it is"), _("What is noted"), _("What for"), _("On what ground"),
              _("How long")]  # fmt: skip
    rows: list[list[object]] = [
        [
            held.table,
            column,
            _called(held),
            fields.said_of_field(held.table, column),
            words.whys()[held.said.why],
            words.grounds()[held.said.ground],
            words.term(held.said.term, months),
        ]
        for held in register()
        for column in held.columns
    ]
    return header, rows


def own_report(name: str, found: dict[str, Rows], values: Values, on: date) -> Report:
    """Return all that is kept of one person, to be read."""
    names, known = words.tables(), {held.table: held for held in reversed(register()) if held.about}
    months = queries.terms()
    sections = tuple(
        Section(table, names[table], tuple(_own_blocks(table, rows, values, _why(known.get(table), months))))
        for table, rows in sorted(found.items(), key=lambda one: (one[0] != "people", len(one[1])))
        if rows
    )
    return _report(_("All that is kept of %(name)s", name=name), day(on), sections)


@dataclass(frozen=True)
class Told:
    """What the works council is told, as it stood."""

    on: date
    least: int
    notice: Notice | None
    informed: Sequence[Informed]
    completion: Figures
    since: datetime


def council_report(told: Told) -> Report:
    """Return the report to the works council: what is recorded, who sees what and looked how often, what went."""
    sections = (
        Section("recorded", _("What is recorded"), tuple(_recorded())),
        Section("seen", _("Who sees what"), (_seen(),)),
        Section("looks", _("How often named data was looked at"), tuple(_looks(told))),
        Section("informed", _("The notice, and who has read it"), tuple(_informed(told))),
        Section("completion", _("The same figures as human resources see"), tuple(_completion(told))),
        Section("asked", _("What people asked about their data"), tuple(_asked())),
        Section("kept", _("How long things are kept, and what went"), tuple(_kept())),
    )
    subtitle = _(
        "As of %(day)s. Groups under %(least)s people are not shown, nor any from which they could be worked out.",
        day=day(told.on),
        least=told.least,
    )
    return _report(_("Report to the works council on personal data"), subtitle, sections)


def _report(title: str, subtitle: str, sections: tuple[Section, ...]) -> Report:
    return Report(current_language(), title, subtitle, "", (branding.current().name,), sections)


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> Table:
    columns = tuple(Column(label, place in numbers) for place, label in enumerate(head))
    return Table(caption, columns, tuple(tuple(Cell(text) for text in row) for row in rows))


def _held_for(why: Why, about: Sequence[Held], months: dict[Term, int]) -> tuple[Block, ...]:
    """Return who reads what is kept for a reason, and what it is: in the order in which `words.tables` tells of it."""
    order = {table: place for place, table in enumerate(words.tables())}
    found = sorted((held for held in about if held.said.why is why), key=lambda held: order[held.table])
    head = [_("What it is"), _("What is noted"), _("On what ground"), _("How long")]
    rows = [
        [_called(held), _noted(held), words.grounds()[held.said.ground], words.term(held.said.term, months)]
        for held in found
    ]
    return _read_by(why), _table(words.whys()[why], head, rows)


def _read_by(why: Why) -> Paragraph:
    return Paragraph(_("Who reads it besides you: %(who)s.", who=fields.readers()[why]))


def _acted_table(found: Sequence[Held]) -> Table:
    rows = sorted([_called(held), _noted(held)] for held in found)
    return _table(_("Who did something in a function"), [_("What it is"), _("What is noted")], rows)


def _called(held: Held) -> str:
    return words.tables()[held.table] if held.about else str(fields.deeds()[held.table])


def _noted(held: Held) -> str:
    said = dict.fromkeys(fields.said_of_field(held.table, column) for column in held.columns)
    return " · ".join(said)


def _why(held: Held | None, months: dict[Term, int]) -> list[Block]:
    if held is None:
        return []
    return [Paragraph(f"{words.whys()[held.said.why]}. {words.term(held.said.term, months)}.")]


def _own_blocks(table: str, rows: Rows, values: Values, blocks: list[Block]) -> list[Block]:
    if len(rows) == 1:
        said = (
            (fields.said_of_field(table, name), values.said(table, name, value))
            for name, value in rows[0].items()
            if value is not None
        )
        return [*blocks, Pairs(tuple(said))]
    head = [name for name in rows[0] if any(row[name] is not None for row in rows)]
    shown = [[values.said(table, name, row[name]) for name in head] for row in rows[:MOST]]
    head = [fields.said_of_field(table, name) for name in head]
    if len(rows) > MOST:
        blocks.append(Paragraph(_("The first %(count)s of %(all)s; the others are in the file for programs.",
                                  count=MOST, all=len(rows))))  # fmt: skip
    return [*blocks, _table(words.tables()[table], head, shown)]


def _recorded() -> list[Block]:
    about = {held.table: held.said.why for held in reversed(register()) if held.about and held.said != ACTED}
    blocks: list[Block] = [Paragraph(_(
        "“You” is the person of whom it is kept: each reads the same words at the kiosk, on the page of their own data."
    ))]  # fmt: skip
    for why, said in words.whys().items():
        kept = [told for table, told in words.tables().items() if about.get(table) is why]
        blocks += [Heading(said, f"for-{why.value}"), _read_by(why), Items(tuple(dict.fromkeys(kept)))]
    return [
        *blocks,
        Paragraph(_("No ranking of people, no camera, no keystrokes, no time without touching is recorded.")),
    ]


def _seen() -> Table:
    sees = {
        Role.OPERATOR: _("Their own data"),
        Role.TRAINER: _("Questions without names; who can do what at a post; who called for help"),
        Role.TEAM_LEADER: _("Their own teams: who is ready, late, signed; never scores or answers"),
        Role.HR: _("Who completed what and when; entries of people; never answers or scores"),
        Role.EVALUATOR: _("Figures of groups"),
        Role.STAFF_REPRESENTATIVE: _("The same figures as human resources, and this report"),
        Role.ADMINISTRATOR: _("Entries of people, roles and kiosks"),
    }
    named = {role: _("yes") if TABLE[role] & NAMING else _("no") for role in Role}
    return _table(
        _("Who sees what"),
        [_("Function"), _("What they see"), _("Names of others")],
        [[words.roles()[role], sees[role], named[role]] for role in Role],
    )


def _looks(told: Told) -> list[Block]:
    rows = [
        [
            ", ".join(words.roles()[Role(role)] for role in roles.split()) or "–",
            words.purposes()[purpose],
            number(count, 0),
        ]
        for roles, purpose, count, _readers in looks.usage(told.since)
    ]
    since = Paragraph(
        _("Since %(day)s. Each person reads on their own page who looked at their data.", day=day(told.since.date()))
    )
    if not rows:
        return [since, Paragraph(_("Nobody has looked yet."))]
    return [since, _table(_("Looks at named data"), [_("In what capacity"), _("What for"), _("Looks")], rows, [2])]


def _informed(told: Told) -> list[Block]:
    if told.notice is None:
        return [Paragraph(_("No notice is published yet."))]
    said = _("Notice %(version)s, of %(day)s", version=told.notice.version, day=day(told.notice.published_at.date()))
    hidden = _("not shown")
    rows = [
        [
            group.team or _("All"),
            *([hidden, hidden] if group.hidden else [number(group.people, 0), number(group.read, 0)]),
        ]
        for group in told.informed
    ]
    head = [_("Team"), _("People"), _("Have read it")]
    return [
        Paragraph(said, strong=True),
        *(Paragraph(words) for words in in_language(told.notice.words).split("\n\n")),
        Items(tuple(in_language(field) for field in told.notice.fields)),
        _table(_("Who has read it?"), head, rows, [1, 2]),
    ]


def _completion(told: Told) -> list[Block]:
    names = titles()
    rows = [
        [
            names.get(module, ""),
            *(
                _("not shown") if cell.hidden else number(count, 0)
                for count in (cell.people, cell.completed, cell.in_time, cell.late)
            ),
        ]
        for module, cell in told.completion.rows.items()
    ]
    if not rows:
        return [Paragraph(_("Nothing is planned yet."))]
    head = [_("Module"), _("People"), _("Completed"), _("Completed in time"), _("Late")]
    until = _(
        "These figures stop at Sunday %(day)s, whoever reads: two reports then differ by whole weeks, never by one "
        "person. Human resources find the same on the page of completion as of that day; its later days may show more.",
        day=day(told.on),
    )
    return [Paragraph(until), _table(_("Completion"), head, sorted(rows), [1, 2, 3, 4])]


def _asked() -> list[Block]:
    rows = [
        [words.kinds()[kind], number(count, 0), number(answered, 0)]
        for kind, count, answered in queries.request_counts()
    ]
    if not rows:
        return [Paragraph(_("Nobody has asked anything yet."))]
    return [_table(_("Requests"), [_("Request"), _("Asked"), _("Answered")], rows, [1, 2])]


def _kept() -> list[Block]:
    months = queries.terms()
    terms = [[words.things()[term], words.term(term, months)] for term in months]
    gone = [[day(made.at.date()), number(sum(made.counts.values()), 0)] for made in queries.purges()]
    table = _table(_("How long things are kept"), [_("What"), _("How long")], terms)
    if not gone:
        return [table, Paragraph(_("Nothing has gone yet."))]
    return [table, _table(_("What went"), [_("When"), _("Entries")], gone, [1])]
