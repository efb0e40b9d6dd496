"""Facts drawn by chance, from every source, for what must hold whatever happened."""

from datetime import timedelta
from random import Random
from uuid import UUID

from lms.evaluation.facts import Facts, Item, Outcome, Sitting
from tests.evaluation.indicators.small import AS_OF, START, ZONE, at, member, on, row

OPTIONS = {"tests": ["t1", "t2"]}
SHIFTS = ("morning", "evening", "night", None)
BANDS = ("under_35", "35_49", "50_plus", None)


def facts(seed: int, people: int, teams: int, zeal: float) -> Facts:
    """Return facts of so many people; of their deeds as many as zeal says."""
    draw = Random(seed)
    members = []
    for person in range(people):
        team = draw.randrange(teams)
        left = on(draw.randrange(20, 80)) if draw.random() < 0.1 else None
        joined = on(draw.choice([0, 0, 0, 30]))
        members.append(
            member(person, f"t{team}", SHIFTS[team % 4], joined_on=joined, left_on=left, age_band=draw.choice(BANDS))
        )
    rows = [
        row(one.person, one.team, one.shift, module, throughout=one.left_on is None, assigned_on=one.joined_on)
        for one in members
        for module in ("m1", "m2")
    ]
    outcomes = {
        (one.person, module): _outcome(draw, zeal)
        for one in members
        for module in ("m1", "m2", "t1", "t2")
        if draw.random() < zeal
    }
    return Facts(
        AS_OF,
        tuple(rows),
        outcomes,
        starts_on=START,
        zone=ZONE,
        members=tuple(members),
        sittings=tuple(_sitting(draw, person, module) for person, module in outcomes),
        designed={"m1": 5, "m2": 4},
        items=tuple(_item(draw, place) for place in range(draw.randrange(5))),
    )


def _item(draw: Random, place: int) -> Item:
    attempts = draw.randrange(60)
    return Item("m1", f"q{place}", attempts, None if attempts < 30 else draw.random() < 0.5, None, 1.0)


def _outcome(draw: Random, zeal: float) -> Outcome:
    started = draw.randrange(0, 60)
    completed = started + draw.randrange(0, 30) if draw.random() < zeal else None
    tried = draw.random() < zeal
    score = draw.choice([0.0, 0.25, 0.5, 0.8, 1.0])
    steps = draw.randrange(1, 6)
    return Outcome(
        started_on=on(started),
        completed_on=None if completed is None else on(completed),
        first_passed=score >= 0.8 if tried else None,
        first_score=score if tried else None,
        best_score=score if tried else None,
        attempts=int(tried),
        active_seconds=draw.randrange(0, 900),
        last_on=on(completed or started),
        reached=draw.randrange(0, steps + 1),
        steps=steps,
        revisited_on=on(85) if completed is not None and draw.random() < 0.3 else None,
        completing_seconds=draw.randrange(0, 900),
        started_at=at(started),
        completed_at=None if completed is None else at(completed, 10),
        first_ended_at=at(draw.randrange(0, 80)) if tried else None,
    )


def _sitting(draw: Random, person: int, module: str) -> Sitting:
    first = at(draw.randrange(0, 80), draw.randrange(24))
    seconds = draw.randrange(0, 900)
    last = first + timedelta(seconds=seconds)
    return Sitting(
        UUID(int=person), person, module, draw.choice([1, 2, None]), first, last, seconds, draw.randrange(0, 120)
    )
