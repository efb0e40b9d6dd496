"""One row of a roster, read: what it says of a person and what is wrong with it (pure)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from lms.kernel.cells import day, has_controls, tidy
from lms.kernel.tables import Row
from lms.people.addresses import normal_email
from lms.people.ages import AgeBand
from lms.people.permissions import Role
from lms.people.proofs import normal_badge
from lms.people.roster import cells
from lms.people.roster.columns import Columns, Field
from lms.people.roster.faults import Fault
from lms.people.rules import WrongEmail

LONGEST = {Field.REGISTRATION: 60, Field.EMAIL: 254, Field.LANGUAGE: 60, Field.ROLE: 200, Field.BADGE: 80}
PLACES = (Field.SITE, Field.WORKSHOP, Field.SHIFT, Field.TEAM, Field.WORKSTATION)


@dataclass
class Wanted:
    """What a row says; what it leaves open is None and stays as it is."""

    line: int
    texts: dict[Field, str]
    """Every used cell that is not empty."""
    given_name: str | None = None
    family_name: str | None = None
    email: str | None = None
    roles: tuple[Role, ...] = ()
    language: str | None = None
    hired_on: date | None = None
    left_on: date | None = None
    age_band: AgeBand | None = None
    badge: str | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def registration(self) -> str | None:
        """The registration number, where the file has one."""
        return self.texts.get(Field.REGISTRATION)

    @property
    def full_name(self) -> str:
        """The name as it would be written."""
        return f"{self.given_name or ''} {self.family_name or ''}".strip()


class RowReader:
    """Reads rows whose columns are known."""

    def __init__(self, columns: Columns, today: date) -> None:
        self._columns, self._today = columns, today
        self._used = [column for column in columns.all if column.field]
        self._family_first = columns.family_first

    def read(self, row: Row) -> Wanted:
        """Return what the row says, with its faults."""
        if any(cell.strip() for cell in row.cells[len(self._columns.all) :]):
            # What stands in which column is anybody's guess: nothing of the row is read.
            return Wanted(row.line, {}, faults=[Fault(row.line, "", " | ".join(row.cells), "too_many_cells")])
        wanted = Wanted(row.line, dict(self._texts(row)))
        for kind, text in wanted.texts.items():
            self._check_text(wanted, kind, text)
        self._read_name(wanted)
        for kind, reader in _READERS.items():
            if kind in wanted.texts:
                self._read_cell(wanted, kind, reader)
        self._read_age(wanted)
        if wanted.hired_on and wanted.left_on and wanted.left_on < wanted.hired_on:
            self.fault(wanted, Field.LEFT_ON, "leaves_before_hiring")
        return wanted

    def fault(self, wanted: Wanted, kind: Field, code: str, **facts: object) -> None:
        """Note a fault in the column of a field."""
        column = self._columns.of(kind)
        title = column.title if column else ""
        wanted.faults.append(Fault(wanted.line, title, wanted.texts.get(kind, ""), code, facts))

    def _texts(self, row: Row) -> Iterator[tuple[Field, str]]:
        for column in self._used:
            text = tidy(row.cells[column.index]) if column.index < len(row.cells) else ""
            if text and column.field:
                yield column.field, text

    def _check_text(self, wanted: Wanted, kind: Field, text: str) -> None:
        if has_controls(text):
            self.fault(wanted, kind, "not_text")
        if len(text) > LONGEST.get(kind, 120):
            self.fault(wanted, kind, "too_long", most=LONGEST.get(kind, 120))

    def _read_name(self, wanted: Wanted) -> None:
        wanted.given_name = wanted.texts.get(Field.GIVEN_NAME)
        wanted.family_name = wanted.texts.get(Field.FAMILY_NAME)
        whole = wanted.texts.get(Field.NAME)
        if whole and not wanted.full_name:
            parts = cells.split_name(whole, self._family_first)
            if parts is None:
                self.fault(wanted, Field.NAME, "name_unclear")
            else:
                wanted.given_name, wanted.family_name = parts

    def _read_age(self, wanted: Wanted) -> None:
        """Turn an age or a day of birth into its band at once; the cell itself goes no further."""
        text = wanted.texts.pop(Field.AGE_BAND, None)
        if text is None:
            return
        wanted.age_band = cells.age_band(text, self._today)
        if wanted.age_band is None:
            self.fault(wanted, Field.AGE_BAND, "age_wrong")

    def _read_cell(self, wanted: Wanted, kind: Field, reader: Callable[[Wanted, str], None]) -> None:
        try:
            reader(wanted, wanted.texts[kind])
        except _Wrong as wrong:
            self.fault(wanted, kind, wrong.code, **wrong.facts)


class _Wrong(Exception):
    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def _email(wanted: Wanted, text: str) -> None:
    try:
        wanted.email = normal_email(text)
    except WrongEmail as error:
        raise _Wrong("email_wrong") from error


def _roles(wanted: Wanted, text: str) -> None:
    known, unknown = cells.roles(text)
    if unknown:
        raise _Wrong("role_unknown")
    wanted.roles = tuple(known)


def _language(wanted: Wanted, text: str) -> None:
    wanted.language = cells.language(text)
    if wanted.language is None:
        raise _Wrong("language_unknown")


def _hired_on(wanted: Wanted, text: str) -> None:
    wanted.hired_on = _day(text)


def _left_on(wanted: Wanted, text: str) -> None:
    wanted.left_on = _day(text)


def _day(text: str) -> date | None:
    try:
        return day(text)
    except ValueError as error:
        raise _Wrong("date_wrong") from error


def _badge(wanted: Wanted, text: str) -> None:
    wanted.badge = normal_badge(text)
    if not (4 <= len(wanted.badge) <= 60 and wanted.badge.isalnum()):
        raise _Wrong("badge_wrong")


_READERS: dict[Field, Callable[[Wanted, str], None]] = {
    Field.EMAIL: _email,
    Field.ROLE: _roles,
    Field.LANGUAGE: _language,
    Field.HIRED_ON: _hired_on,
    Field.LEFT_ON: _left_on,
    Field.BADGE: _badge,
}
