"""Visits to kiosks: those of the people who count, and everybody's at the kiosks of the pilot."""

from lms.delivery.rules import Visit
from lms.evaluation.facts import Facts
from lms.evaluation.indicators.persons import Place, places

HUNDRED = 100


def own_visits(facts: Facts) -> list[tuple[Visit, Place]]:
    """Return the visits of those who count, wherever they were, each with the person's team and shift."""
    where = places(facts)
    return [(visit, where[visit.person_id]) for visit in facts.visits if visit.person_id in where]


def visits_here(facts: Facts) -> list[Visit]:
    """Return everybody's visits to the kiosks in the workshops of the pilot teams."""
    here = {terminal for terminal, _ in facts.kept.zones}
    return [visit for visit in facts.visits if visit.terminal_id in here]


def kiosk(terminal: int) -> str:
    """Return a kiosk as a cluster."""
    return f"kiosk-{terminal}"
