"""What is done with instruments of the plant's own: built, changed until a wave asks them, copied."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select

from lms.kernel.database import db
from lms.kernel.documents import problems_of
from lms.kernel.refusals import NotFound
from lms.surveys.content import InstrumentContent
from lms.surveys.models import Instrument, Wave
from lms.surveys.rules import InstrumentCodeTaken, InstrumentInUse, InstrumentShipped, InstrumentUnfit
from lms.surveys.shipped import shipped

Words = Mapping[str, str]


def create_instrument(code: str, title: Words, purpose: Words, *, profile: bool, now: datetime) -> Instrument:
    """Begin an instrument, without items yet. Raises InstrumentCodeTaken, InstrumentUnfit."""
    scoring = "profile" if profile else "mean"
    return _added({"code": code, "title": title, "purpose": purpose, "scoring": scoring, "items": []}, now)


def copy_instrument(content: InstrumentContent, code: str, *, now: datetime) -> Instrument:
    """Begin an instrument of one's own as another stands, shipped or not. Raises InstrumentCodeTaken."""
    return _added({**content.model_dump(mode="json"), "code": code, "version": 1}, now)


def describe_instrument(code: str, title: Words, purpose: Words, *, profile: bool, now: datetime) -> None:
    """Change what an instrument is called and how it is read; published ways of scoring stay."""
    instrument = _changeable(code)
    change: dict[str, Any] = {"title": title, "purpose": purpose}
    if instrument.document["scoring"] in ("mean", "profile"):
        change["scoring"] = "profile" if profile else "mean"
    _keep(instrument, change, now)


def put_item(code: str, item: Mapping[str, Any], facet: Words | None, *, replacing: str | None, now: datetime) -> None:
    """Add an item at the end, or put it in the place of another of the instrument.

    `facet` is what the facet is called in each language, None for none; one of the same words
    is the same facet. Raises NotFound where there is nothing to replace.
    """
    instrument = _changeable(code)
    items, facets = list(instrument.document["items"]), dict(instrument.document["facets"])
    made = {**item, "facet": _facet_key(facets, facet)}
    if replacing is None:
        items.append(made)
    else:
        items[_place(items, replacing)] = made
    _keep(instrument, {"items": items, "facets": _used(facets, items)}, now)


def remove_item(code: str, key: str, *, now: datetime) -> None:
    """Take an item away. Raises NotFound."""
    instrument = _changeable(code)
    items = list(instrument.document["items"])
    del items[_place(items, key)]
    _keep(instrument, {"items": items, "facets": _used(instrument.document["facets"], items)}, now)


def move_item(code: str, key: str, *, by: int, now: datetime) -> None:
    """Put an item so many places further down, or up where `by` is negative; it stops at the ends."""
    instrument = _changeable(code)
    items = list(instrument.document["items"])
    place = _place(items, key)
    item = items.pop(place)
    items.insert(max(place + by, 0), item)
    _keep(instrument, {"items": items}, now)


def _added(document: dict[str, Any], now: datetime) -> Instrument:
    content = _valid(document)
    known = db.session.scalar(select(Instrument.id).where(Instrument.code == content.code))
    if content.code in shipped() or known is not None:
        raise InstrumentCodeTaken(code=content.code)
    instrument = Instrument(code=content.code, document=content.model_dump(mode="json"), updated_at=now)
    db.session.add(instrument)
    db.session.flush()
    return instrument


def _changeable(code: str) -> Instrument:
    if code in shipped():
        raise InstrumentShipped(code=code)
    found = db.session.scalars(select(Instrument).where(Instrument.code == code).with_for_update()).one_or_none()
    if found is None:
        raise NotFound()
    if db.session.scalar(select(Wave.id).where(Wave.instrument_code == code).limit(1)) is not None:
        raise InstrumentInUse(code=code)
    return found


def _keep(instrument: Instrument, change: dict[str, Any], now: datetime) -> None:
    instrument.document = _valid({**instrument.document, **change}).model_dump(mode="json")
    instrument.updated_at = now
    db.session.flush()


def _valid(document: dict[str, Any]) -> InstrumentContent:
    try:
        return InstrumentContent.model_validate(document)
    except ValidationError as error:
        raise InstrumentUnfit(problems=tuple(problems_of(error))) from error


def _facet_key(facets: dict[str, Any], words: Words | None) -> str | None:
    if words is None:
        return None
    known = next((key for key, called in facets.items() if called == dict(words)), None)
    if known is not None:
        return known
    key = next(key for number in range(1, len(facets) + 2) if (key := f"facet-{number}") not in facets)
    facets[key] = dict(words)
    return key


def _used(facets: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    wanted = {item["facet"] for item in items}
    return {key: called for key, called in facets.items() if key in wanted}


def _place(items: Sequence[Mapping[str, Any]], key: str) -> int:
    place = next((place for place, item in enumerate(items) if item["key"] == key), None)
    if place is None:
        raise NotFound()
    return place
