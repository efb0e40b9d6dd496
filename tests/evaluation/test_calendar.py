"""What happens when in a pilot."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from lms.audit.models import ActionStatus, AuditAction, Provenance
from lms.evaluation import actions, queries
from lms.evaluation.calendar import Happening
from lms.evaluation.choices import Departure
from lms.kernel.database import db
from tests.evaluation.plant import BEFORE, DUE, END, HOUSE, START, Plant, words


def test_the_calendar_of_a_pilot(session) -> None:  # noqa: ANN001
    plant = Plant()
    pilot = plant.frozen()
    for code, due_on in (("A1", START + timedelta(days=10)), ("A2", END + timedelta(days=400))):
        plant.audit.actions.append(
            AuditAction(
                position=0, code=code, provenance=Provenance.ILLUSTRATIVE, title=words("x"), due_on=due_on,
                status=ActionStatus.TO_DO,
            )
        )  # fmt: skip
    db.session.flush()
    found = queries.calendar_of(pilot, ZoneInfo("Europe/Paris"))
    told = {(entry.happening, entry.name): (entry.first, entry.last) for entry in found.entries}
    assert told[Happening.PILOT, ""] == (START, END)
    assert told[Happening.PLAN, "plan-1"] == (START, DUE)
    assert told[Happening.FROZEN, ""] == (BEFORE.date(), BEFORE.date())
    assert (Happening.ACTION, "A1") in told
    assert (Happening.ACTION, "A2") not in told  # long after
    assert [entry.first for entry in found.entries] == sorted(entry.first for entry in found.entries)
    assert (found.place(found.first), found.place(found.last)) == (0, 100)


def test_the_last_day_is_the_amended_one(session) -> None:  # noqa: ANN001
    pilot = Plant().pilot()
    actions.freeze(pilot, HOUSE, by=None, now=BEFORE)
    later = Departure("ends_on", "2026-06-30", "x", data_seen=False)
    actions.amend(pilot, later, by=None, now=BEFORE)
    assert queries.calendar_of(pilot, ZoneInfo("Europe/Paris")).last == date(2026, 6, 30)
