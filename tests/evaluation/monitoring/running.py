"""The small plant while its pilot runs: a kiosk, visits, points of vigilance, everything known when it happens.

Twenty-four people of the morning shift come once, one every five minutes; half leave the
kiosk untouched. Three do something of a module half a minute after signing in.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from lms.audit.models import Provenance, VigilancePoint, VigilanceStatus
from lms.delivery import actions as kiosks
from lms.delivery.actions import Place
from lms.delivery.models import EndedBy, HelpCategory, KioskQuarter, KioskVisit, Terminal
from lms.evaluation import jobs
from lms.evaluation.models import Pilot
from lms.evaluation.monitoring.queries import Monitoring, monitoring
from lms.kernel.clock import hold
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.people.models import SignInAttempt, SignInOutcome, Site, Workshop
from tests.evaluation import plant as small
from tests.evaluation.plant import BEFORE, START, THEN, Plant, record, store, words

LAST = date(2026, 5, 24)
"""The last Sunday of the pilot."""
WEEK_OF_WORK = date(2026, 3, 15)
"""The Sunday after everything happened."""
MIDNIGHT = datetime(2026, 5, 24, 22, tzinfo=UTC)
"""The moment at which that Sunday ends at the plant."""
WATCHES = {
    "V1": {"indicator": "Q1", "direction": "le", "limit": 0.03},
    "V2": {"indicator": "R1", "direction": "ge", "limit": 0.5},
    "V3": {"indicator": "C6", "direction": "le", "limit": 0.3},
    "V4": {"indicator": "X9", "direction": "le", "limit": 0.3},
    "V5": None,
}


def running(monkeypatch: pytest.MonkeyPatch) -> tuple[Plant, Pilot]:
    """The plant and its pilot, after a past that was known as it happened."""
    monkeypatch.setattr(small, "AFTER", THEN + timedelta(days=2))
    plant = Plant()
    _watch(plant)
    kiosk = _kiosk(plant)
    pilot = plant.frozen()
    plant.learn()
    _come(plant, kiosk)
    db.session.flush()
    return plant, pilot


def made(pilot: Pilot, today: date) -> Monitoring | None:
    """What the pilot shows once its figures were made on that day."""
    with hold(datetime.combine(today, time(12), UTC)):
        jobs.keep_followed(jobs.follow(pilot))
    return monitoring(pilot, today)


def _watch(plant: Plant) -> None:
    plant.audit.vigilance_points = [
        VigilancePoint(
            position=place, code=code, provenance=Provenance.ILLUSTRATIVE, statement=words(f"Risk {place}"),
            likelihood=2, severity=2, warning_sign={}, mitigation={}, lifted_when=words("Seen"), owner="Production",
            status=VigilanceStatus.OPEN, watch=watch,
        )
        for place, (code, watch) in enumerate(WATCHES.items())
    ]  # fmt: skip


def _kiosk(plant: Plant) -> Terminal:
    workshop = Workshop(code="w", name="W", site=Site(code="s", name="S"))
    db.session.add(workshop)
    db.session.flush()
    for team in plant.teams.values():
        team.workshop_id = workshop.id
    kiosk = Terminal(code="k1", name="Kiosk of W", workshop_id=workshop.id)
    db.session.add(kiosk)
    db.session.flush()
    kiosks.set_hours(kiosk.id, START, time(5), time(21), range(5), by=None, now=BEFORE)
    for quarter in range(4 * 16):
        heard = THEN.replace(hour=4) + timedelta(minutes=15 * quarter)
        db.session.add(KioskQuarter(terminal_id=kiosk.id, starts_at=heard, minutes=2**15 - 1, slow_requests=0))
    return kiosk


def _come(plant: Plant, kiosk: Terminal) -> None:
    for place, who in enumerate([*plant.people["a"], *plant.people["b"]]):
        opened = THEN + timedelta(minutes=5 * place)
        ended = opened + timedelta(minutes=4)
        db.session.add(
            KioskVisit(
                person_id=who.id, terminal_id=kiosk.id, opened_at=opened, recorded_at=opened, ended_at=ended,
                end_recorded_at=ended, ended_by=EndedBy.IDLE if place % 2 else EndedBy.BUTTON,
            )
        )  # fmt: skip
        if place < 3:
            seen = record(who, plant.m1, "c1", opened + timedelta(seconds=30))
            store(replace(seen, terminal_id=kiosk.id))
        if place < 6:
            where = Place(plant.m1.id, "c1")
            kiosks.ask_for_help(
                who.id, kiosk.id, HelpCategory.OTHER, where, request_id=new_id(), now=opened + timedelta(minutes=1)
            )
    for outcome in (SignInOutcome.WRONG_SECRET, SignInOutcome.WRONG_SECRET, SignInOutcome.UNKNOWN):
        db.session.add(SignInAttempt(at=THEN, origin=f"terminal:{kiosk.id}", name_digest=b"x", outcome=outcome))
