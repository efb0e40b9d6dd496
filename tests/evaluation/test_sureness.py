"""How sure people said to be, as an evaluation reads it from the records."""

from dataclasses import replace
from datetime import timedelta

from lms.evaluation.facts import Cutoff, Facts, Need, Sure
from lms.evaluation.sources import gathered
from lms.records.models import PRACTICE
from lms.records.queries import last_sequence
from tests.evaluation.indicators.small import row
from tests.evaluation.plant import AFTER, END, START, THEN, Plant, record, store


def test_the_first_answer_to_each_question_counts(session: object) -> None:
    plant = Plant()
    amina, bruno, other = plant.people["a"][:3]

    def said(who, key: str, sure: float | None, *, right: bool, hours: int = 0, attempt: int = 1, **more: object):  # noqa: ANN001, ANN202
        at = THEN + timedelta(hours=hours)
        return replace(record(who, plant.m1, key, at, success=right, attempt=attempt), confidence=sure, **more)

    store(
        said(amina, "q1", 1.0, right=True, hours=1),
        said(amina, "q1", 0.5, right=False),
        said(amina, "q1", 0.0, right=True, hours=2, attempt=2),
        said(amina, "q1", 0.0, right=True, hours=-1, purpose=PRACTICE),
        said(bruno, "q1", None, right=True),
        said(other, "q1", 1.0, right=True),
    )
    rows = tuple(row(who.id) for who in (amina, bruno))
    bare = Facts(END, rows, {}, starts_on=START, zone="Europe/Paris", options={"tests": ()})
    at = Cutoff(END, AFTER, last_sequence(), AFTER)

    def sure(bare: Facts, at: Cutoff) -> tuple[Sure, ...]:
        return gathered({Need.WORK, Need.SURENESS}, bare, at)["sureness"]

    assert sure(bare, at) == (Sure(amina.id, "m1", 0.5, False),)
    assert sure(bare, replace(at, up_to=0)) == ()
    assert sure(replace(bare, starts_on=THEN.date() + timedelta(days=1)), at) == (), "who began before the pilot"
