"""All indicators of the reference in one evaluation, read from a real database, and computed again."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from lms.delivery.models import EndedBy, HelpAnswer, HelpCategory, HelpRequest, KioskQuarter, KioskVisit, Terminal
from lms.evaluation import actions, queries
from lms.evaluation.actions import Choice
from lms.evaluation.estimators import bootstrap
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.readings import actions as readings
from lms.evaluation.readings.rules import NewReading
from lms.evaluation.readings.series import SERIES
from lms.evaluation.units import SCALES
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.people.models import Shift, Site, Workshop
from tests.evaluation.plant import AFTER, BEFORE, END, HOUSE, START, THEN, Plant

OPTIONS = {"tests": ["m1", "m2"], "tasks": ["task"], "enough": ["any"]}


def pilot_of_all(plant: Plant):  # noqa: ANN201
    pilot = plant.pilot()
    for row in list(pilot.indicators):
        actions.remove_indicator(pilot, row.code)
    for code, definition in INDICATORS.items():
        scale = SCALES[definition.unit]
        threshold = (scale.lowest + scale.highest) / 2 + 0.1 if scale.highest is not None else 1.0
        options = {option.name: OPTIONS[option.name] for option in definition.options}
        choice = Choice(
            code, plant.recommendation("P3"), threshold, critical=False, primary=False, options=options
        )  # fmt: skip
        actions.add_indicator(pilot, choice)
    actions.freeze(pilot, HOUSE, by=None, now=BEFORE)
    actions.record_conditions(
        pilot, opinion_on=BEFORE.date(), notice_version="1", notice_on=BEFORE.date(), today=BEFORE.date()
    )
    return pilot


def furnish(plant: Plant) -> None:
    """Kiosks, visits, help and figures from outside."""
    workshop = Workshop(code="w", name="W", site=Site(code="s", name="S"))
    db.session.add(workshop)
    db.session.flush()
    for team in plant.teams.values():
        team.workshop_id = workshop.id
    kiosk = Terminal(code="k1", name="K1", workshop_id=workshop.id)
    db.session.add(kiosk)
    db.session.flush()
    for place, who in enumerate([*plant.people["a"], *plant.people["b"]]):
        opened = THEN + timedelta(minutes=10 * place)
        db.session.add(
            KioskVisit(
                person_id=who.id, terminal_id=kiosk.id, opened_at=opened, recorded_at=opened,
                ended_at=opened + timedelta(minutes=6), end_recorded_at=opened + timedelta(minutes=6),
                ended_by=EndedBy.IDLE if place % 2 else EndedBy.BUTTON,
            )
        )  # fmt: skip
        if place < 6:
            asked = HelpRequest(
                id=new_id(), person_id=who.id, terminal_id=kiosk.id, edition_id=plant.m2.id,
                category=HelpCategory.CONTENT, asked_at=opened,
            )  # fmt: skip
            db.session.add(asked)
            db.session.flush()
            db.session.add(HelpAnswer(request_id=asked.id, resolved_at=opened + timedelta(minutes=place), words="Done"))
    for quarter in range(4 * 24):
        heard = THEN.replace(hour=0) + timedelta(minutes=15 * quarter)
        db.session.add(KioskQuarter(terminal_id=kiosk.id, starts_at=heard, minutes=2**15 - 1, slow_requests=0))
    for series in SERIES.values():
        value = max(series.least, min(series.most, 20_000.0 if series.code == "gross_payroll" else 24.0))
        new = NewReading(series.code, series.unit.value, START, END, value, "Count of the plant")
        readings.enter(new, None, AFTER)


def test_all_indicators_can_be_computed_again(each_database: Flask, monkeypatch) -> None:  # noqa: ANN001
    monkeypatch.setattr(bootstrap, "RESAMPLES", 99)
    with each_database.app_context(), writing():
        plant = Plant()
        furnish(plant)
        pilot = pilot_of_all(plant)
        plant.learn()
        evaluation = actions.evaluate(pilot, END, by=None, now=AFTER)
        told = {one["code"]: one for one in evaluation.results["figures"]["indicators"]}
        assert list(told) == list(INDICATORS)
        seen = {code: told[code]["value"] for code in ("C6", "F3", "K1", "H2", "E1", "B1")}
        assert seen == {
            "C6": 0.5,
            "F3": 10.0,  # 6 reports, 60 completions
            "K1": 0.1,  # 24 visits of 6 minutes in the 1,440 minutes of one day
            "H2": 2.5,
            "E1": told["E1"]["value"],
            "B1": 1000.0,
        }
        assert told["E1"]["value"] > 0
        # What may be changed is kept: the shift's hours change, and nothing else comes out.
        db.session.execute(update(Shift).values(starts_at=BEFORE.time()))
        for team in plant.teams.values():
            team.workshop_id = None
        assert queries.verify(queries.pilot("pilot"), evaluation) == []
