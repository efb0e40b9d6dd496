"""Make the places that a roster names and nobody knows, when the reader says so."""

import hashlib
from collections.abc import Mapping, Sequence

from lms.kernel.cells import folded
from lms.people import plant
from lms.people.roster import snapshot
from lms.people.roster.columns import Field
from lms.people.roster.places import KnownPlaces, Missing, Place

Made = dict[tuple[Field, str], int]
"""The numbers of the places made, by field and folded name."""


def make_places(missing: Sequence[Missing]) -> Made:
    """Make what can be made, in the order given: sites, workshops, teams, posts."""
    known = snapshot.places()
    made: Made = {}
    for place in missing:
        if place.can_be_made:
            made[(place.field, folded(place.text))] = _make(place, _around(place, known, made), known)
    return made


def resolved(field: Field, place: Place | None, made: Made) -> int | None:
    """Return the number of a place, known or just made."""
    return made[(field, place)] if isinstance(place, str) else place


def _around(place: Missing, known: KnownPlaces, made: Made) -> dict[Field, int | None]:
    return {field: known.find(field, text) or made.get((field, folded(text))) for field, text in place.within.items()}


def _make(place: Missing, around: Mapping[Field, int | None], known: KnownPlaces) -> int:
    code, name = _code(place.text), place.text
    if place.field is Field.SITE:
        return plant.add_site(code, name)
    if place.field is Field.WORKSHOP:
        return plant.add_workshop(_needed(around.get(Field.SITE) or known.only_site), code, name)
    if place.field is Field.TEAM:
        return plant.add_team(code, name, around.get(Field.WORKSHOP), around.get(Field.SHIFT))
    return plant.add_workstation(_needed(around.get(Field.WORKSHOP)), code, name)


def _needed(number: int | None) -> int:
    if number is None:
        raise ValueError("what can be made has its place")
    return number


def _code(text: str) -> str:
    """Return the name as a code, a long one cut and kept apart from its like."""
    if len(text) <= 40:
        return text
    return f"{text[:31]}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
