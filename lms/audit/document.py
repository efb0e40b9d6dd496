"""The audit as one document: the same shape in its file, on its pages and in its export.

Described for people in `docs/audit-format.md`; its JSON Schema is
`AuditDocument.model_json_schema()`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from lms.audit.models import (
    ActionStatus,
    EvidenceSource,
    PanelRole,
    Polarity,
    Provenance,
    RecommendationStatus,
    Testable,
    VigilanceStatus,
)

FORMAT = "etabli-audit/1"

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Codes = Annotated[list[Code], AfterValidator(lambda codes: sorted(set(codes)))]
"""Codes referred to; their order means nothing."""
Words = Annotated[dict[Language, Text], Field(min_length=1)]
"""A text in each language."""
MaybeWords = dict[Language, Text]
"""A text in each language, or nothing."""
OneToFour = Annotated[int, Field(ge=1, le=4)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class Part(BaseModel):
    """A piece of an audit: unknown fields are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(Part):
    """Something with a code of its own in its list; it says whether it is known."""

    code: Code
    provenance: Provenance = Provenance.ILLUSTRATIVE


class Arrangement(Entry):
    """A training arrangement as it is today."""

    title: Words
    objective: MaybeWords = {}
    audience: Short = ""
    mandatory: bool = False
    mode: Literal["classroom", "afest", "tutoring", "companionship", "e-learning", "blended"]
    minutes: Count | None = None
    people_a_year: Count | None = None
    refresh_months: Count | None = None
    assessment: Literal["none", "paper-quiz", "observed", "iluo"] = "none"
    digital_potential: Annotated[int, Field(ge=0, le=3)] = 0
    """0 pure gesture, 1 preparation or recall, 2 the theory part, 3 the whole knowledge part."""
    modules: list[Code] = []
    """Codes of the modules made of it."""
    note: MaybeWords = {}


class Trainer(Entry):
    """A trainer, under a pseudonym."""

    title: Words
    role: Literal["permanent", "occasional", "tutor"]
    shift: Short = ""
    hours_a_month: Count | None = None
    trained_on: date | None = None
    note: MaybeWords = {}


class Material(Entry):
    """A document, deck, sheet or film used today."""

    title: Words
    arrangement: Code | None = None
    format: Short = ""
    owner: Short = ""
    reviewed_on: date | None = None
    reuse: Literal["as-is", "rework", "discard"]
    note: MaybeWords = {}


class ItItem(Entry):
    """A kiosk zone, the network, an identity source, the support."""

    title: Words
    kind: Literal["kiosk", "network", "identity", "interface", "hosting", "support"]
    place: Short = ""
    state: Literal["ready", "to-prepare", "missing"]
    note: MaybeWords = {}


class Inventory(Part):
    """What there is today."""

    arrangements: list[Arrangement] = []
    trainers: list[Trainer] = []
    materials: list[Material] = []
    it: list[ItItem] = []


class PanelEntry(Part):
    """How many people of a role were met."""

    role: PanelRole
    met: Count
    must_cover: MaybeWords = {}
    provenance: Provenance = Provenance.ILLUSTRATIVE


class Evidence(Entry):
    """One piece of evidence; never a name, at most a role and a shift band."""

    source_type: EvidenceSource
    role: PanelRole | None = None
    shift_band: Short = ""
    gathered_on: date | None = None
    excerpt: Words
    sentiment: Annotated[int, Field(ge=-1, le=1)] = 0


class Finding(Entry):
    """What was found, resting on evidence."""

    statement: Words
    area: Literal["organisation", "learning", "development", "support", "evaluation", "it", ""] = ""
    polarity: Polarity
    evidence: Codes = []


class Recommendation(Entry):
    """What is recommended, and what was decided of it."""

    statement: Words
    rationale: MaybeWords = {}
    findings: Codes = []
    horizon: Literal["short", "medium", "long"] = "short"
    owner: Short = ""
    testable: Testable
    critical: bool = False
    status: RecommendationStatus = RecommendationStatus.PROPOSED
    decided_by: Short = ""
    decided_on: date | None = None
    decision_reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class Action(Entry):
    """Something to do, by someone, by a date."""

    title: Words
    recommendation: Code | None = None
    owner: Short = ""
    due_on: date | None = None
    status: ActionStatus = ActionStatus.TO_DO
    done_on: date | None = None


class VigilancePoint(Entry):
    """A risk, its early sign, and what must be seen before it counts as lifted."""

    statement: Words
    likelihood: OneToFour
    severity: OneToFour
    warning_sign: MaybeWords = {}
    mitigation: MaybeWords = {}
    lifted_when: Words
    owner: Short = ""
    blocking: bool = False
    status: VigilanceStatus = VigilanceStatus.OPEN
    lifted_on: date | None = None
    evidence: Code | None = None


class AuditDocument(Part):
    """A whole audit."""

    format: Literal["etabli-audit/1"]
    code: Code
    title: Words
    summary: Words
    institution: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    site: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    started_on: date | None = None
    delivered_on: date | None = None
    provenance: Provenance = Provenance.ILLUSTRATIVE
    source: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    inventory: Inventory = Inventory()
    panel: list[PanelEntry] = []
    evidence: list[Evidence] = []
    findings: list[Finding] = []
    recommendations: list[Recommendation] = []
    actions: list[Action] = []
    vigilance: list[VigilancePoint] = []


SECTIONS: dict[str, type[Entry]] = {
    "arrangements": Arrangement,
    "trainers": Trainer,
    "materials": Material,
    "it": ItItem,
    "evidence": Evidence,
    "findings": Finding,
    "recommendations": Recommendation,
    "actions": Action,
    "vigilance": VigilancePoint,
}
"""The lists of entries with a code, by their name in the document."""

INVENTORY_SECTIONS = ("arrangements", "trainers", "materials", "it")


@dataclass(frozen=True)
class Fault:
    """A rule that the document breaks, at a path within it."""

    path: tuple[str | int, ...]
    code: str
    facts: dict[str, object]


def section_path(section: str) -> tuple[str, ...]:
    """Return where the section's list stands in the document."""
    return ("inventory", section) if section in INVENTORY_SECTIONS else (section,)


def entries(document: AuditDocument, section: str) -> list[Any]:
    """Return the section's entries."""
    holder = document.inventory if section in INVENTORY_SECTIONS else document
    return getattr(holder, section)


def faults(document: AuditDocument) -> Iterator[Fault]:
    """Yield what no single entry can show: codes used twice, references to nothing, dates that lack."""
    for section in SECTIONS:
        yield from _repeated(section, entries(document, section))
    yield from _repeated_roles(document.panel)
    yield from _references(document)
    yield from _decisions(document)
    yield from _endings(document)


def _repeated(section: str, found: list[Entry]) -> Iterator[Fault]:
    counts = Counter(entry.code for entry in found)
    for place, entry in enumerate(found):
        if counts[entry.code] > 1:
            yield Fault((*section_path(section), place, "code"), "audit.code_twice", {"code": entry.code})


def _repeated_roles(panel: list[PanelEntry]) -> Iterator[Fault]:
    counts = Counter(entry.role for entry in panel)
    for place, entry in enumerate(panel):
        if counts[entry.role] > 1:
            yield Fault(("panel", place, "role"), "audit.role_twice", {"role": entry.role.value})


def _references(document: AuditDocument) -> Iterator[Fault]:
    for section, field, target in (
        ("materials", "arrangement", "arrangements"),
        ("findings", "evidence", "evidence"),
        ("recommendations", "findings", "findings"),
        ("actions", "recommendation", "recommendations"),
        ("vigilance", "evidence", "evidence"),
    ):
        known = {entry.code for entry in entries(document, target)}
        for place, entry in enumerate(entries(document, section)):
            named = getattr(entry, field)
            for code in named if isinstance(named, list) else [named] if named else []:
                if code not in known:
                    yield Fault(
                        (*section_path(section), place, field), "audit.unknown_code", {"code": code, "in": target}
                    )


def _decisions(document: AuditDocument) -> Iterator[Fault]:
    for place, entry in enumerate(document.recommendations):
        if entry.status is not RecommendationStatus.PROPOSED and not (entry.decided_by and entry.decided_on):
            yield Fault(("recommendations", place, "status"), "audit.decision_unsigned", {"code": entry.code})


def _endings(document: AuditDocument) -> Iterator[Fault]:
    for place, action in enumerate(document.actions):
        if (action.status is ActionStatus.DONE) != (action.done_on is not None):
            yield Fault(("actions", place, "done_on"), "audit.done_needs_date", {"code": action.code})
    for place, point in enumerate(document.vigilance):
        lifted = point.status is VigilanceStatus.LIFTED
        if lifted and (point.lifted_on is None or point.evidence is None):
            yield Fault(("vigilance", place, "status"), "audit.lifted_needs_evidence", {"code": point.code})
        if not lifted and point.lifted_on is not None:
            yield Fault(("vigilance", place, "lifted_on"), "audit.not_lifted", {"code": point.code})
