"""The audit as one document: the same shape in its file, on its pages and in its export.

Described for people in `docs/audit-format.md`; its JSON Schema is
`AuditDocument.model_json_schema()`.
"""

import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

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


def _printable(text: str) -> str:
    """Give every line the same end; refuse what no screen shows and no database keeps."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in text):
        raise PydanticCustomError("audit.not_printable", "The text holds a character that cannot be printed.")
    return text


PRINTABLE = AfterValidator(_printable)
ONE_LINE = AfterValidator(lambda text: _printable(text).replace("\n", " "))
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), PRINTABLE]
Quotation = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), PRINTABLE]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120), ONE_LINE]
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
    modules: Codes = []
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
    shift_band: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), ONE_LINE] = ""
    gathered_on: date | None = None
    excerpt: Annotated[dict[Language, Quotation], Field(min_length=1)]
    """At most 300 characters, so that a quotation stays one (evaluation reference, section 1.1 D)."""
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
    decision_reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), PRINTABLE] = ""


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
    institution: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), ONE_LINE] = ""
    site: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), ONE_LINE] = ""
    started_on: date | None = None
    delivered_on: date | None = None
    provenance: Provenance = Provenance.ILLUSTRATIVE
    source: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), PRINTABLE] = ""
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

REFERENCES = (
    ("materials", "arrangement", "arrangements"),
    ("findings", "evidence", "evidence"),
    ("recommendations", "findings", "findings"),
    ("actions", "recommendation", "recommendations"),
    ("vigilance", "evidence", "evidence"),
)
"""Which field of which section names codes of which other section."""


def section_path(section: str) -> tuple[str, ...]:
    """Return where the section's list stands in the document."""
    return ("inventory", section) if section in INVENTORY_SECTIONS else (section,)


def entries(document: AuditDocument, section: str) -> list[Any]:
    """Return the section's entries."""
    holder = document.inventory if section in INVENTORY_SECTIONS else document
    return getattr(holder, section)


def cited(entry: Entry, field: str) -> list[str]:
    """Return the codes that a field of REFERENCES names."""
    named = getattr(entry, field)
    return named if isinstance(named, list) else [named] if named else []
