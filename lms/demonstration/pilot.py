"""The case as a pilot: its audit, its plans, its protocol frozen before the first record."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from lms.audit import actions as audits
from lms.audit import file as audit_file
from lms.audit.document import AuditDocument
from lms.audit.models import Audit
from lms.demonstration.building import Plant
from lms.evaluation import actions as evaluation
from lms.evaluation.actions import HouseRules
from lms.evaluation.choices import Baseline, Choice, Design, Signatory
from lms.evaluation.models import Screening
from lms.plans.actions import make_plan

AUDIT_FILE = Path(__file__).parent / "audit.yaml"
CODE = "BORNES-1"
TITLE = {"fr": "Modules courts sur bornes – pilote simulé", "en": "Short modules on kiosks – simulated pilot"}


@dataclass(frozen=True)
class Planned:
    """A module planned for every team: which recommendation it answers, and in which weeks."""

    code: str
    recommendation: str
    module: str
    from_week: int
    due_week: int
    """Weeks into the pilot; the due date is its Friday."""


PLANS = (
    Planned("PL1", "P1", "work-order", 0, 4),
    Planned("PL2", "P1", "five-s", 2, 6),
    Planned("PL3", "P3", "clp-inks-solvents", 0, 5),
    Planned("PL4", "P2", "lock-out", 1, 5),
    Planned("PL5", "P5", "manual-handling", 3, 7),
)
LATER = {"enduction": "coating-defects", "decoupe": "slitting-winding"}
"""Planned near the end, for the teams of one workshop, outside the protocol's indicators."""


@dataclass(frozen=True)
class Chosen:
    """An indicator of the protocol and the least that would be accepted."""

    indicator: str
    recommendation: str
    modules: tuple[str, ...]
    threshold: float
    ambition: float | None = None
    before: float | None = None
    """What it was before the pilot; illustrative."""
    primary: bool = True
    """Critical as well; the others get an interval and no verdict."""


INDICATORS = (
    Chosen("R1", "P1", ("work-order", "five-s"), threshold=0.7, ambition=0.95, before=0.62),
    Chosen("C1", "P1", ("work-order", "five-s"), threshold=0.5, ambition=0.9, before=0.45),
    Chosen("Q1", "P2", ("lock-out",), threshold=0.15),
    Chosen("L1", "P3", ("clp-inks-solvents",), threshold=0.8, ambition=0.9),
    Chosen("C2", "P5", ("manual-handling",), threshold=0.7, ambition=0.9),
    Chosen("A2", "P1", ("work-order", "five-s"), threshold=0.3, primary=False),
    Chosen("C5", "P1", ("work-order", "five-s"), threshold=0.1, primary=False),
    Chosen("C6", "P1", (), threshold=0.3, primary=False),
    Chosen("K5", "P1", (), threshold=0.95, primary=False),
    Chosen("H1", "P1", (), threshold=10, primary=False),
    Chosen("L6", "P3", ("clp-inks-solvents",), threshold=0.2, primary=False),
    Chosen("T6", "P3", (), threshold=0.6, before=0.5, primary=False),
    Chosen("S2", "P1", (), threshold=0.7, primary=False),
    Chosen("G4", "P1", (), threshold=0.6, primary=False),
    Chosen("E1", "P1", (), threshold=70, ambition=40, primary=False),
    Chosen("T2", "P3", (), threshold=0.7, primary=False),
    Chosen("Q2", "P2", ("lock-out",), threshold=0.15, primary=False),
    Chosen("Q4", "P2", (), threshold=0.01, primary=False),
    Chosen("G1", "P1", (), threshold=1, primary=False),
)
"""Thresholds and baselines are illustrative: the least that would be accepted, fixed before the data."""
SOURCE = "Valeur illustrative (feuilles de présence en salle)"
WINDOW = "12 mois avant le pilote"
POPULATION = {
    "fr": "Les opérateurs et opératrices de toutes les équipes des deux ateliers, intérimaires compris.",
    "en": "The operators of every team of both workshops, temporary staff included.",
}
INCLUSION = {
    "fr": "Présence d’au moins 14 jours dans une équipe du pilote ; ceux qui partent restent comptés.",
    "en": "At least 14 days of presence in a team of the pilot; leavers stay counted.",
}
EXCLUSION = {
    "fr": "Formateurs, administrateurs et évaluateurs, écartés d’après leur rôle.",
    "en": "Trainers, administrators and evaluators, left out by role.",
}
SIGNATORIES = (
    Signatory("Claire Evrard", "Évaluatrice"),
    Signatory("Marc Tessier", "Direction RH"),
)
"""People of the demonstration, invented."""


TOLD_FROM = date(2025, 9, 8)
"""The pilot's first day, as the dates of the audit file tell it."""


def store_audit(starts_on: date, now: datetime) -> Audit:
    """Bring in the audit of the case, its dates moved with the pilot's first day."""
    document = audit_file.read(AUDIT_FILE.read_bytes(), AUDIT_FILE.name)
    moved = AuditDocument.model_validate(_moved(document.model_dump(), starts_on - TOLD_FROM))
    return audits.store(moved, now=now)


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, dict):
        return {name: _moved(inner, by) for name, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner, by) for inner in value]
    return value + by if isinstance(value, date) else value


def plan(audit: Audit, modules: dict[str, int], plant: Plant, starts_on: date, now: datetime) -> None:
    """Plan the modules for every team, and one more for each workshop near the end."""
    recommended = {row.code: row.id for row in audit.recommendations}
    for planned in PLANS:
        make_plan(
            planned.code,
            recommendation_id=recommended[planned.recommendation],
            module_id=modules[planned.module],
            team_ids=list(plant.teams.values()),
            assigned_on=starts_on + timedelta(weeks=planned.from_week),
            due_on=_friday(starts_on, planned.due_week),
            now=now,
        )


def plan_later(modules: dict[str, int], plant: Plant, today: date, now: datetime) -> None:
    """Plan one module for each workshop, due in two weeks."""
    for workshop, module in LATER.items():
        make_plan(
            f"PL-{workshop}",
            recommendation_id=None,
            module_id=modules[module],
            team_ids=[number for code, number in plant.teams.items() if code.startswith(workshop)],
            assigned_on=today,
            due_on=today + timedelta(weeks=2),
            now=now,
        )


def design(
    audit: Audit, plant: Plant, starts_on: date, ends_on: date, timezone: str, smallest_group: int, now: datetime
) -> None:
    """Design the pilot and freeze its protocol, before anything happened."""
    designed = Design(
        TITLE,
        starts_on,
        ends_on,
        list(plant.teams.values()),
        illustrative=True,
        population=POPULATION,
        inclusion=INCLUSION,
        exclusion=EXCLUSION,
    )
    pilot = evaluation.create_pilot(CODE, audit.id, designed, now=now)
    recommended = {row.code: row.id for row in audit.recommendations}
    for chosen in INDICATORS:
        evaluation.add_indicator(pilot, _choice(chosen, recommended[chosen.recommendation]))
    evaluation.record_conditions(
        pilot,
        opinion_on=now.date() - timedelta(days=14),
        notice_version="1",
        notice_on=now.date() - timedelta(days=7),
        today=now.date(),
        opinion_reference="PV du CSE, point 4 (illustratif)",
    )
    evaluation.record_screening(
        pilot,
        screened_on=now.date() - timedelta(days=21),
        screening=Screening.CARRIED_OUT,
        note="Illustratif",
        data_officer_on=now.date() - timedelta(days=15),
        today=now.date(),
    )
    house = HouseRules(smallest_group, timezone)
    evaluation.freeze(pilot, house, by=None, now=now, signatories=SIGNATORIES)


def _choice(chosen: Chosen, recommendation_id: int) -> Choice:
    return Choice(
        indicator=chosen.indicator,
        recommendation_id=recommendation_id,
        threshold=chosen.threshold,
        ambition=chosen.ambition,
        modules=chosen.modules,
        critical=chosen.primary,
        primary=chosen.primary,
        baseline=None if chosen.before is None else Baseline(chosen.before, SOURCE, window=WINDOW),
    )


def _friday(starts_on: date, week: int) -> date:
    return starts_on + timedelta(weeks=week, days=4)
