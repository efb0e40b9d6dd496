"""A plant with sessions and habilitations, made through the same actions as real ones."""

from datetime import date, timedelta

from lms.catalogue.actions import add_edition
from lms.catalogue.models import Module
from lms.classroom import actions as classroom
from lms.classroom.actions import Mark, SessionEntry
from lms.classroom.rules import Attended, HalfDay, Part
from lms.kernel.database import db
from lms.people import plant
from lms.progress.models import ActiveDay
from lms.proof import actions
from lms.proof.actions import Gift, KindEntry
from lms.proof.rules import Basis
from tests.people.making import NOW, TODAY, a_person
from tests.progress.modules import content
from tests.web.teams.plant import done

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 298 420]>>endobj\n"
    b"xref\n"
    b"0 4\n"
    b"0000000000 65535 f \n"
    b"0000000009 00000 n \n"
    b"0000000052 00000 n \n"
    b"0000000101 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\n"
    b"startxref\n"
    b"164\n"
    b"%%EOF\n"
)
"""A paper of one empty page."""
YESTERDAY = TODAY - timedelta(days=1)


class Hall:
    """Amina (hired in 2020) and Bruno (hired last week), one module, one session of yesterday, three kinds."""

    def __init__(self) -> None:
        workshop = plant.add_workshop(plant.add_site("S", "Usine de Nantes"), "W", "Workshop")
        self.team = plant.add_team("day", "Team day", workshop, None)
        self.amina = a_person("A", "Amina Benali", team_id=self.team, hired_on=date(2020, 1, 6))
        hired_on = TODAY - timedelta(days=7)
        self.bruno = a_person("B", "Bruno Roy", team_id=self.team, joined_on=hired_on, hired_on=hired_on)
        module = Module(code="lockout", created_at=NOW)
        db.session.add(module)
        db.session.flush()
        self.module_id = module.id
        self.edition = add_edition(module, content(), {}, note="", by=None, now=NOW)
        half_days = [HalfDay(YESTERDAY, Part.MORNING, 210), HalfDay(YESTERDAY, Part.AFTERNOON, 180)]
        entry = SessionEntry("First aid", "Paul, INRS", half_days, module.id, "Room 2", mandatory=True, capacity=2)
        self.morning, self.afternoon = classroom.plan_session("SST-1", entry, None, NOW).half_days
        actions.add_kind("caces", KindEntry({"fr": "CACES R489", "en": "Lift truck"}, 60, 180), NOW)
        actions.add_kind("sst", KindEntry({"fr": "SST"}, 24, 90, by_session=True, by_certificate=False), NOW)
        march = KindEntry({"fr": "Consignation"}, 12, 90, 3, self.module_id, by_certificate=False)
        actions.add_kind("lock", march, NOW)
        db.session.flush()

    def mark(self, half_day_id: int, person_id: int, minutes: int, reason: str = "", **more: object) -> int:
        """Say that somebody attended so many minutes, none for an absence."""
        seen = Attended(minutes > 0, minutes, minutes > 0, reason)
        return classroom.take_attendance("SST-1", [Mark(half_day_id, person_id, seen)], "", None, NOW, **more)

    def attends_all(self, person_id: int) -> None:
        """Let somebody attend the whole session."""
        self.mark(self.morning.id, person_id, 210)
        self.mark(self.afternoon.id, person_id, 180)

    def completes(self, person_id: int, on: date = TODAY - timedelta(days=5)) -> None:
        """Let somebody have completed the module."""
        done(person_id, self.edition.id, on)
        day = {"day": on.toordinal(), "module_id": self.module_id, "seconds": 60}
        db.session.add(ActiveDay(person_id=person_id, edition_id=self.edition.id, **day))
        db.session.flush()

    def give(self, person_id: int, obtained_on: date, kind: str = "caces", **said: object):  # noqa: ANN201
        """Give a habilitation, by a certificate unless something else is said."""
        told = {"basis": Basis.CERTIFICATE, "issuer": "AFTRAL", "paper": PDF, **said}
        return actions.give(Gift(person_id, kind, obtained_on, **told), by=None, now=NOW)
