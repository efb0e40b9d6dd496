"""What there is today: training arrangements, trainers, materials, the IT system (evaluation reference, 1.1 A-C)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from lms.audit.texts import Code, Codes, Count, Entry, MaybeWords, Name, Names, Part, Short, Words, YesNo


class Arrangement(Entry):
    """A training arrangement as it is today, and what becomes of it."""

    title: Words
    objective: MaybeWords = {}
    audience: Short = ""
    mandatory: bool = False
    """Whether article L6321-2 of the Labour Code makes it so."""
    mode: Literal["classroom", "afest", "tutoring", "companionship", "e-learning", "blended"]
    minutes: Count | None = None
    people_a_year: Count | None = None
    refresh_months: Count | None = None
    assessment: Literal["none", "paper-quiz", "observed", "iluo"] = "none"
    proof: Short = ""
    cost_per_session: Count | None = None
    """In euros."""
    trainer: Code | None = None
    irritants: MaybeWords = {}
    digital_potential: Annotated[int, Field(ge=0, le=3)] = 0
    """0 pure gesture, 1 preparation or recall, 2 the theory part, 3 the whole knowledge part."""
    contraindications: MaybeWords = {}
    outcome: Literal["modules", "partly", "hands-on", "dropped", ""] = ""
    """What becomes of it; empty until it is decided."""
    outcome_reason: MaybeWords = {}
    modules: Codes = []
    """Codes of the modules made of it."""
    evidence: Codes = []
    note: MaybeWords = {}


class Trainer(Entry):
    """A trainer, under a pseudonym."""

    title: Words
    role: Literal["permanent", "occasional", "tutor"]
    shift: Short = ""
    posts: Names = []
    """Posts held at level O of ILUO: can do, and can teach."""
    hours_a_month: Count | None = None
    authoring: Annotated[int, Field(ge=1, le=5)] | None = None
    """Own rating of writing modules, on the scale of the trainers' instrument (section 1.3, FOR)."""
    trained_on: date | None = None
    note: MaybeWords = {}


class Material(Entry):
    """A document, deck, sheet or film used today."""

    title: Words
    arrangement: Code | None = None
    format: Short = ""
    owner: Short = ""
    reviewed_on: date | None = None
    words_per_screen: Count | None = None
    """At most 60 is aimed at (section 1.1 B)."""
    rights: Short = ""
    captions: YesNo = ""
    alt_texts: YesNo = ""
    reuse: Literal["as-is", "rework", "discard"]
    note: MaybeWords = {}


class NetworkTest(Part):
    """What a test of the network gave in one zone."""

    zone: Name
    tested_on: date | None = None
    pings: Annotated[int, Field(ge=1, le=1_000_000)]
    lost: Count
    median_ms: Count | None = None


class ItItem(Entry):
    """A kiosk zone, the network, an identity source, the support; fields of other kinds stay empty."""

    title: Words
    kind: Literal["kiosk", "network", "identity", "interface", "hosting", "support"]
    place: Short = ""
    state: Literal["ready", "to-prepare", "missing"]
    device: Short = ""
    screen_inches: Annotated[int, Field(ge=1, le=100)] | None = None
    gloves: YesNo = ""
    noise: Literal["quiet", "noisy", "very-noisy", ""] = ""
    audio: YesNo = ""
    privacy: YesNo = ""
    wired: YesNo = ""
    opening_hours: Short = ""
    hours_a_day: Annotated[int, Field(ge=0, le=24)] | None = None
    """Needed for the use of kiosks (indicator K1)."""
    tests: list[NetworkTest] = []
    captive_proxy: YesNo = ""
    offline_needed: YesNo = ""
    sign_in: Short = ""
    shared_session_risk: Literal["low", "medium", "high", ""] = ""
    leavers_source: Short = ""
    roster_source: Short = ""
    owner: Short = ""
    format: Short = ""
    frequency: Short = ""
    host: Short = ""
    backups: Short = ""
    retention: Short = ""
    data_protection_contact: Short = ""
    processing_register: Short = ""
    night_support: Short = ""
    target_minutes: Count | None = None
    note: MaybeWords = {}


class Inventory(Part):
    """What there is today."""

    arrangements: list[Arrangement] = []
    trainers: list[Trainer] = []
    materials: list[Material] = []
    it: list[ItItem] = []
