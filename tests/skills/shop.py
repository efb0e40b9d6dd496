"""A workshop with two posts, two shifts and people at every level, made through the same actions as real ones."""

from datetime import UTC, date, datetime, time, timedelta

from lms.catalogue.actions import add_edition
from lms.catalogue.models import Module
from lms.kernel.database import db
from lms.people import actions as people
from lms.people import plant
from lms.people.permissions import Role
from lms.skills import actions, importing
from lms.skills.rules import Level, Outcome
from tests.people.making import a_person
from tests.progress.modules import content
from tests.web.teams.plant import done

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 3, 2)


class Shop:
    """Amina and Bruno by day, Chloé at night; Tom trains, Lea leads, Hal is of HR."""

    def __init__(self) -> None:
        workshop = plant.add_workshop(plant.add_site("S", "Site"), "W", "Workshop")
        self.post = plant.add_workstation(workshop, "line", "Line")
        self.teams = {
            code: plant.add_team(
                code, f"Team {code}", workshop, plant.add_shift(code, code.title(), time(start), time(end))
            )
            for code, start, end in (("day", 5, 13), ("night", 21, 5))
        }
        self.edition = self._module()
        day, night = self.teams["day"], self.teams["night"]
        self.amina = a_person("A", "Amina Benali", team_id=day)
        self.bruno = a_person("B", "Bruno Roy", team_id=day)
        self.chloe = a_person("C", "Chloé Petit", team_id=night)
        self.tom = self._staff("T", "Tom Train", Role.TRAINER, None)
        self.lea = self._staff("L", "Lea Lead", Role.TEAM_LEADER, day)
        self.hal = self._staff("H", "Hal Hire", Role.HR, None)
        self.module_id = self.edition.module_id
        self.ink = self.task("ink", module_ids=[self.edition.module_id])
        self.lock = self.task("lock", module_ids=[self.edition.module_id], safety_critical=True)
        self.pack = self.task("pack", required=1)
        for task in (self.ink, self.lock, self.pack):
            self.state(self.tom, task, Level.TEACHING)

    def task(self, code: str, **entry: object) -> int:
        """Enter a task of the post; return its number."""
        title = {"fr": f"{code} (fr)", "en": code.title()}
        return actions.add_task(code, actions.TaskEntry(title, self.post, **entry), NOW - timedelta(days=90)).id

    def state(self, person: int, task: int, level: Level, on: date = DAY - timedelta(days=60)) -> None:
        """Take a level over from the plant's matrix."""
        then = NOW - timedelta(days=50)
        actions.state_level(person, task, level, on, source="matrix.csv", signed_by=None, now=then)

    def completes(self, person: int, on: date = DAY - timedelta(days=5)) -> None:
        """Let someone have completed the module."""
        done(person, self.edition.id, on)
        db.session.flush()

    def sees(self, person: int, task: int, on: date = DAY, now: datetime = NOW, **said: object):  # noqa: ANN201
        """Let Tom sign off what he saw."""
        seen = {"observer_id": self.tom, "outcome": Outcome.ACQUIRED, "situation": "Morning batch", **said}
        return actions.sign_off(actions.Observation(person, task, observed_on=on, **seen), by=self.tom, now=now)

    def take(self, text: str, now: datetime = NOW) -> importing.Preview:
        """Bring a list in, as HR would."""
        shown = importing.preview(text.encode(), now)
        importing.apply(shown, "list.csv", by=self.hal, now=now)
        db.session.flush()
        return shown

    def _module(self):  # noqa: ANN202
        module = Module(code="lockout", created_at=NOW)
        db.session.add(module)
        db.session.flush()
        return add_edition(module, content(), {}, note="", by=None, now=NOW)

    def _staff(self, registration: str, name: str, role: Role, team: int | None) -> int:
        person = a_person(registration, name)
        people.grant_role(person, role, team, by=None, now=NOW)
        return person
