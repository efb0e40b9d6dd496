"""Sites, workshops, shifts, teams and posts as a roster names them (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.kernel.cells import folded
from lms.people.roster.columns import Field
from lms.people.roster.rows import PLACES, Wanted

Place = int | str
"""The number of a place that is known; the folded name of one that is to be made."""


@dataclass
class Missing:
    """A place that the file names and nobody knows."""

    field: Field
    text: str
    line: int
    """The first accepted line that names it."""
    count: int
    """How many accepted lines name it."""
    within: dict[Field, str]
    """What else that line says of where it is."""
    can_be_made: bool


@dataclass(frozen=True)
class KnownPlaces:
    """The number of each known place by its folded code or name."""

    by_name: Mapping[Field, Mapping[str, int]]

    def find(self, field: Field, text: str) -> int | None:
        """Return the number of a place, or None."""
        return self.by_name[field].get(folded(text))

    @property
    def only_site(self) -> int | None:
        """The number of the site, where there is one alone: workshops need not name it."""
        numbers = set(self.by_name[Field.SITE].values())
        return numbers.pop() if len(numbers) == 1 else None


def index(places: Iterable[tuple[int, str, str]]) -> dict[str, int]:
    """Return number by folded code and name from (number, code, name); a name that two bear names none."""
    listed = list(places)
    codes = {folded(code): number for number, code, _ in listed}
    bearers = Counter(folded(name) for _, _, name in listed)
    names = {folded(name): number for number, _, name in listed if bearers[folded(name)] == 1}
    return {name: number for name, number in (names | codes).items() if name}


class PlaceFinder:
    """Finds the places of rows; gathers those that are missing, to be made when `make` is said."""

    def __init__(self, known: KnownPlaces, make: bool) -> None:
        self._known, self._make = known, make
        self._missing: dict[tuple[Field, str], Missing] = {}

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The places missing to accepted rows, in the order in which they are to be made."""
        named = (place for place in self._missing.values() if place.count)
        return tuple(sorted(named, key=lambda place: (PLACES.index(place.field), place.line)))

    def find(self, wanted: Wanted, field: Field) -> Place | None:
        """Return the place that the row names: a number, a folded name to be made, or None."""
        text = wanted.texts.get(field)
        if text is None:
            return None
        number = self._known.find(field, text)
        if number is not None:
            return number
        missing = self._miss(wanted, field, text)
        return folded(text) if self._make and missing.can_be_made else None

    def _miss(self, wanted: Wanted, field: Field, text: str) -> Missing:
        found = self._missing.get((field, folded(text)))
        if found is None:
            within = {kind: name for kind, name in wanted.texts.items() if kind in PLACES and kind is not field}
            found = Missing(field, text, wanted.line, 0, within, self._can_be_made(field, text, within))
            self._missing[(field, folded(text))] = found
        return found

    def count(self, wanted: Wanted) -> None:
        """Count what an accepted row misses: a place that only refused rows name is not made."""
        for field in PLACES:
            found = self._missing.get((field, folded(wanted.texts.get(field, ""))))
            if found is not None:
                found.line = found.line if found.count else wanted.line
                found.count += 1

    def _can_be_made(self, field: Field, text: str, within: Mapping[Field, str]) -> bool:
        """A shift needs its hours, a workshop its site, a post its workshop."""
        if field is Field.WORKSHOP:
            return Field.SITE in within or self._known.only_site is not None
        if field is Field.WORKSTATION:
            name = within.get(Field.WORKSHOP)
            known = name is not None and self._known.find(Field.WORKSHOP, name) is not None
            return known or (name is not None and self._can_be_made(Field.WORKSHOP, name, within))
        return field is not Field.SHIFT and bool(folded(text))
