"""The audit as one document: the same shape in its file, on its pages and in its export.

Described for people in `docs/audit-format.md`; its JSON Schema is
`AuditDocument.model_json_schema()`.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints

from lms.audit.inventory import Arrangement, Inventory, ItItem, Material, Trainer
from lms.audit.maturity import Dimension, Gate, ProcessRating
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
from lms.audit.panel import PanelEntry
from lms.audit.texts import (
    ONE_LINE,
    PRINTABLE,
    Band,
    Code,
    Codes,
    Entry,
    Language,
    MaybeWords,
    Names,
    OneToFour,
    Part,
    Quotation,
    Reason,
    Short,
    Words,
)

FORMAT = "etabli-audit/1"


class Theme(Entry):
    """What a piece of evidence may be about; coders choose among themes."""

    title: Words


class Evidence(Entry):
    """One piece of evidence; never a name, at most a role, a shift band and a number for who spoke."""

    source_type: EvidenceSource
    role: PanelRole | None = None
    shift_band: Band = ""
    speaker: Annotated[int, Field(ge=1, le=9999)] | None = None
    """Tells one person met from another; the list of whom they are stays outside."""
    gathered_on: date | None = None
    excerpt: Annotated[dict[Language, Quotation], Field(min_length=1)]
    """At most 300 characters, so that a quotation stays one (evaluation reference, section 1.1 D)."""
    sentiment: Annotated[int, Field(ge=-1, le=1)] = 0
    themes: Codes = []
    coder: Short = ""
    second_themes: Codes = []
    """What the second coder chose, without having seen the first's choice."""
    second_coder: Short = ""


class Finding(Entry):
    """What was found, resting on evidence; validated once two people said so."""

    statement: Words
    scope: MaybeWords = {}
    area: Literal["organisation", "learning", "development", "support", "evaluation", "it", ""] = ""
    polarity: Polarity
    evidence: Codes = []
    validated_by: Short = ""
    validated_on: date | None = None
    second_validated_by: Short = ""
    second_validated_on: date | None = None


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
    decision_reason: Reason = ""


class Milestone(Part):
    """A step of an action."""

    title: Words
    due_on: date | None = None
    done_on: date | None = None


class Action(Entry):
    """Something to do, by someone, by a date; how far it has come is told by milestones."""

    title: Words
    recommendation: Code | None = None
    owner: Short = ""
    due_on: date | None = None
    milestones: list[Milestone] = []
    status: ActionStatus = ActionStatus.TO_DO
    done_on: date | None = None
    proof: MaybeWords = {}
    """What shows that it is done."""
    cancelled_reason: Reason = ""


class Watch(Part):
    """An indicator that warns early: the point is at risk when it is beyond the limit."""

    indicator: Code
    direction: Literal["le", "ge"]
    """`le`: should stay at or below the limit; `ge`: at or above."""
    limit: Annotated[float, Field(allow_inf_nan=False, ge=-1_000_000, le=1_000_000)]
    """In the indicator's own unit; a proportion between 0 and 1."""


class VigilancePoint(Entry):
    """A risk, its early sign, and what must be seen before it counts as lifted."""

    statement: Words
    likelihood: OneToFour
    severity: OneToFour
    warning_sign: MaybeWords = {}
    watch: Watch | None = None
    mitigation: MaybeWords = {}
    lifted_when: Words
    owner: Short = ""
    blocking: bool = False
    status: VigilanceStatus = VigilanceStatus.OPEN
    observed_on: date | None = None
    lifted_by: Short = ""
    lifted_on: date | None = None
    evidence: Code | None = None
    reopened_on: date | None = None
    reopened_reason: Reason = ""


class MomentName(StrEnum):
    """When those who accompany the company come back."""

    KICK_OFF = "kick-off"
    MID_COURSE = "mid-course"
    END = "end"
    MONTHS_3 = "months-3"
    MONTHS_6 = "months-6"
    MONTHS_12 = "months-12"


class KeyMoment(Part):
    """A meeting that is planned, and what came of it."""

    key: ClassVar[str] = "moment"

    moment: MomentName
    planned_on: date
    held_on: date | None = None
    minutes: MaybeWords = {}
    decisions: MaybeWords = {}
    next_steps: MaybeWords = {}
    provenance: Provenance = Provenance.ILLUSTRATIVE


class AuditDocument(Part):
    """A whole audit."""

    format: Literal["etabli-audit/1"]
    code: Code
    title: Words
    summary: Words
    institution: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), ONE_LINE] = ""
    site: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), ONE_LINE] = ""
    shifts: Names = []
    """The shifts of the site, which a panel is to cover."""
    started_on: date | None = None
    delivered_on: date | None = None
    provenance: Provenance = Provenance.ILLUSTRATIVE
    source: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), PRINTABLE] = ""
    inventory: Inventory = Inventory()
    panel: list[PanelEntry] = []
    themes: list[Theme] = []
    evidence: list[Evidence] = []
    findings: list[Finding] = []
    recommendations: list[Recommendation] = []
    actions: list[Action] = []
    vigilance: list[VigilancePoint] = []
    maturity: list[ProcessRating] = []
    gates: list[Gate] = []
    moments: list[KeyMoment] = []


SECTIONS: dict[str, type[Part]] = {
    "arrangements": Arrangement,
    "trainers": Trainer,
    "materials": Material,
    "it": ItItem,
    "panel": PanelEntry,
    "themes": Theme,
    "evidence": Evidence,
    "findings": Finding,
    "recommendations": Recommendation,
    "actions": Action,
    "vigilance": VigilancePoint,
    "maturity": ProcessRating,
    "gates": Gate,
    "moments": KeyMoment,
}
"""Every list of an audit, by its name in the document."""

INVENTORY_SECTIONS = ("arrangements", "trainers", "materials", "it")
HEADER = ("title", "summary", "institution", "site", "shifts", "started_on", "delivered_on", "source", "provenance")
"""What an audit says of itself, its code apart."""

REFERENCES = (
    ("arrangements", "trainer", "trainers"),
    ("arrangements", "evidence", "evidence"),
    ("materials", "arrangement", "arrangements"),
    ("evidence", "themes", "themes"),
    ("evidence", "second_themes", "themes"),
    ("findings", "evidence", "evidence"),
    ("recommendations", "findings", "findings"),
    ("actions", "recommendation", "recommendations"),
    ("vigilance", "evidence", "evidence"),
    *(("maturity", f"{dimension}_evidence", "evidence") for dimension in Dimension),
    ("gates", "evidence", "evidence"),
)
"""Which field of which section names codes of which other section."""


def section_path(section: str) -> tuple[str, ...]:
    """Return where the section's list stands in the document."""
    return ("inventory", section) if section in INVENTORY_SECTIONS else (section,)


def entries(document: AuditDocument, section: str) -> list[Any]:
    """Return the section's entries."""
    holder = document.inventory if section in INVENTORY_SECTIONS else document
    return getattr(holder, section)


def cited(entry: Part, field: str) -> list[str]:
    """Return the codes that a field of REFERENCES names."""
    named = getattr(entry, field)
    return named if isinstance(named, list) else [named] if named else []
