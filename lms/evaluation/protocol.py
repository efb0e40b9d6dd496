"""The protocol as text: canonical, so that it has one hash; read back; amended. Pure.

The text holds everything that decides a verdict and everything a reader needs to judge the
rule: definitions in both languages, recommendations as they read, the plans that give the
denominators.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from lms.evaluation.designs import Comparison, Step
from lms.evaluation.facts import Need
from lms.evaluation.indicators.definition import PILOT_WINDOW, POPULATION, WINDOW, Definition, Scope
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction, Rule
from lms.kernel.languages import INTERFACE_LANGUAGES, LazyString, speaking

FORMAT = "etabli-protocol/2"

Document = dict[str, Any]


def canonical(document: Any) -> str:
    """Return the one JSON text of a document: sorted keys, no spaces, no escapes."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def in_every_language(text: LazyString) -> dict[str, str]:
    """Return a word of the interface in every language it has."""
    found = {}
    for language in INTERFACE_LANGUAGES:
        with speaking(language):
            found[language] = str(text)
    return found


def described(definition: Definition) -> Document:
    """Return an indicator's definition record, words in every language of the interface."""
    texts: dict[str, LazyString] = {
        "label": definition.label,
        "question": definition.question,
        "numerator": definition.numerator,
        "denominator": definition.denominator,
        "population": POPULATION,
        "window": WINDOW if definition.scope is Scope.PLANS else PILOT_WINDOW,
        "method": definition.method,
        "missing_rule": definition.missing_rule,
        "pitfalls": definition.pitfalls,
    }
    words = {name: in_every_language(text) for name, text in texts.items()}
    kept = ("family", "unit", "direction", "level", "counted", "scope", "people_min", "ruled", "ruled_if_compared")
    told = {name: getattr(definition, name) for name in (*kept, "opinion")}
    return {**words, **told, "cluster": "team"}


@dataclass(frozen=True)
class FrozenIndicator:
    """An indicator as the protocol, amended or not, has it."""

    code: str
    definition: Definition
    recommendation: str
    modules: tuple[str, ...]
    options: Mapping[str, list[str]]
    rule: Rule
    ambition: float | None
    critical: bool
    primary: bool
    baseline: Document | None = None


@dataclass(frozen=True)
class FrozenProtocol:
    """What an evaluation reads of a protocol, amendments applied."""

    starts_on: date
    ends_on: date
    teams: tuple[str, ...]
    plans: tuple[str, ...]
    timezone: str
    smallest_group: int
    smallest_opinions: int
    indicators: tuple[FrozenIndicator, ...]
    recommendations: tuple[Document, ...]
    compared: tuple[str, ...] = ()
    """Those of the teams that are the comparison group."""
    audit: str = ""
    """Code of the pilot's audit."""
    comparison: Comparison = Comparison.ONE_GROUP
    steps: tuple[Step, ...] = ()
    """What each team does when, where the design staggers them."""
    read_besides: frozenset[Need] = frozenset()
    """What is read though no indicator needs it: to follow a running pilot."""

    @property
    def needs(self) -> frozenset[Need]:
        """What is read of the pilot."""
        return self.read_besides.union(*(entry.definition.needs for entry in self.indicators))


def read(document: Document) -> FrozenProtocol:
    """Return the protocol of a document made by `freeze`."""
    return FrozenProtocol(
        starts_on=date.fromisoformat(document["pilot"]["starts_on"]),
        ends_on=date.fromisoformat(document["pilot"]["ends_on"]),
        teams=tuple(document["pilot"]["teams"]),
        plans=tuple(plan["code"] for plan in document["plans"]),
        timezone=document["rules"]["timezone"],
        smallest_group=document["rules"]["smallest_group"],
        smallest_opinions=document["rules"]["smallest_opinions"],
        indicators=tuple(_indicator(entry) for entry in document["indicators"]),
        recommendations=tuple(document["recommendations"]),
        compared=tuple(document["pilot"]["comparison_teams"]),
        audit=document["audit"]["code"],
        comparison=Comparison(document["pilot"]["comparison"]["kind"]),
        steps=tuple(_step(step) for step in document["pilot"]["steps"]),
    )


def _step(step: Document) -> Step:
    starts_on = step["starts_on"]
    return Step(step["team"], date.fromisoformat(starts_on) if starts_on else None, tuple(step["modules"]))


def _indicator(entry: Document) -> FrozenIndicator:
    rule = Rule(
        threshold=entry["threshold"],
        direction=Direction(entry["definition"]["direction"]),
        n_min=entry["n_min"],
        min_teams=entry["min_teams"],
        icc0=entry["icc0"],
        level=entry["level"],
        people_min=entry["definition"]["people_min"],
        unit=Unit(entry["definition"]["unit"]),
    )
    return FrozenIndicator(
        code=entry["code"],
        definition=INDICATORS[entry["indicator"]],
        recommendation=entry["recommendation"],
        modules=tuple(entry["modules"]),
        options=entry["options"],
        rule=rule,
        ambition=entry["ambition"],
        critical=entry["critical"],
        primary=entry["primary"],
        baseline=entry["baseline"],
    )


AMENDABLE = ("threshold", "ambition", "n_min", "min_teams", "icc0", "critical", "primary")
"""Fields of an indicator that an amendment may change; the pilot's last day is the other thing."""


@dataclass(frozen=True)
class Change:
    """One thing that an amendment changes: an indicator's field, or the pilot's last day."""

    field: str
    before: Any
    after: Any
    indicator: str | None = None
    unit: str | None = None
    """That of the indicator."""

    def document(self) -> Document:
        """Return the change as it is stored and printed."""
        return asdict(self)


def current_value(document: Document, field: str, indicator: str | None) -> Any:
    """Return what a field is now; KeyError when there is no such field or indicator."""
    if indicator is None and field == "ends_on":
        return document["pilot"]["ends_on"]
    if field not in AMENDABLE:
        raise KeyError(field)
    return {entry["code"]: entry for entry in document["indicators"]}[indicator][field]


def unit_of(document: Document, indicator: str | None) -> Unit | None:
    """Return the unit of an indicator of the protocol; None for what is no indicator's."""
    units = {entry["code"]: Unit(entry["definition"]["unit"]) for entry in document["indicators"]}
    return units.get(indicator or "")


def amended(document: Document, changes: Iterable[Mapping[str, Any]]) -> Document:
    """Return the document after changes, in their order."""
    result = deepcopy(document)
    for change in changes:
        if change["indicator"] is None:
            result["pilot"][change["field"]] = change["after"]
            continue
        for entry in result["indicators"]:
            if entry["code"] == change["indicator"]:
                entry[change["field"]] = change["after"]
    return result
