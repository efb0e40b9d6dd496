"""What people contest of themselves and how it is answered; levels that are proposed to be lowered."""

from datetime import date, timedelta

import pytest

from lms.catalogue.actions import add_edition
from lms.catalogue.models import Impact, Module
from lms.kernel.database import db
from lms.skills import actions, authority, contesting, proposals, queries, rules
from lms.skills.rules import Cause, Level, Outcome
from tests.progress.modules import content
from tests.skills.shop import DAY, NOW, Shop
from tests.web.teams.plant import done

NONE, I, L, U, O = Level  # noqa: E741  (the letters of the matrix)


@pytest.fixture
def shop(session: object) -> Shop:
    return Shop()


@pytest.mark.parametrize(
    ("level", "days", "known", "found"),
    [
        (L, 400, {}, []),
        (U, 100, {}, []),
        (U, 190, {}, [Cause.NO_PRACTICE]),
        (U, 190, {"kept_on": {Cause.NO_PRACTICE: DAY - timedelta(days=10)}}, []),
        (O, 30, {"changed_on": DAY - timedelta(days=29)}, [Cause.PROCEDURE]),
        (U, 30, {"changed_on": DAY - timedelta(days=31)}, []),  # seen since it changed
        (U, 30, {"changed_on": DAY - timedelta(days=9), "kept_on": {Cause.PROCEDURE: DAY}}, []),
        (U, 30, {"lapsed_on": DAY}, [Cause.LAPSED]),
        (U, 30, {"lapsed_on": DAY + timedelta(days=1)}, []),
    ],
)
def test_what_it_is_proposed_for(level: Level, days: int, known: dict[str, object], found: list[Cause]) -> None:
    given = {"changed_on": None, "lapsed_on": None, "kept_on": {}, "today": DAY, **known}
    assert [cause for cause, _since in rules.causes(level, DAY - timedelta(days=days), months=6, **given)] == found


def test_what_prepares_for_a_task_is_to_be_taken_anew_and_then_was(shop: Shop) -> None:
    """Amina masters ink, Bruno was only trained for it: nothing of his is to be lowered."""
    shop.state(shop.amina, shop.ink, U)
    for person in (shop.amina, shop.bruno):
        shop.completes(person)
    assert proposals.proposals(NOW, [shop.amina, shop.bruno]) == []
    module = db.session.get_one(Module, shop.module_id)
    newer = add_edition(
        module, content(0.5), {}, note="", by=None, now=NOW - timedelta(hours=1), impact=Impact.RETRAINING
    )
    found = proposals.proposals(NOW, [shop.amina, shop.bruno])
    assert [(one.person_id, one.task.id, one.cause) for one in found] == [(shop.amina, shop.ink, Cause.LAPSED)]
    done(shop.amina, newer.id, DAY)
    db.session.flush()
    assert proposals.proposals(NOW, [shop.amina]) == []


def test_months_end_with_the_month() -> None:
    assert rules.months_after(date(2025, 8, 31), 6) == date(2026, 2, 28)


def test_a_proposal_is_decided_by_a_person_and_told_to_the_other(shop: Shop) -> None:
    shop.state(shop.amina, shop.ink, U)
    shop.state(shop.bruno, shop.ink, U)
    assert proposals.proposals(NOW, [shop.amina, shop.bruno]) == []
    proposals.change_procedure(shop.ink, DAY - timedelta(days=3), "Another ink", None, NOW)
    both = proposals.proposals(NOW, [shop.amina, shop.bruno])
    assert [(one.person_id, one.cause) for one in both] == [
        (shop.amina, Cause.PROCEDURE),
        (shop.bruno, Cause.PROCEDURE),
    ]
    with pytest.raises(authority.EvidenceMissing):
        proposals.keep(shop.amina, shop.ink, Cause.PROCEDURE, " ", shop.tom, NOW)
    proposals.keep(shop.amina, shop.ink, Cause.PROCEDURE, "Worked with it today", shop.tom, NOW)
    with pytest.raises(rules.NothingProposed):
        proposals.lower(shop.amina, shop.ink, Cause.PROCEDURE, "x", shop.tom, NOW)
    assert not contesting.is_to_be_told(shop.bruno)
    proposals.lower(shop.bruno, shop.ink, Cause.PROCEDURE, "Never worked with it", shop.tom, NOW)
    assert rules.level_of(queries.changes_of(shop.bruno, shop.ink)) is L
    assert contesting.is_to_be_told(shop.bruno)
    contesting.note_told(shop.bruno, NOW)
    assert not contesting.is_to_be_told(shop.bruno)
    later = NOW + timedelta(days=400)
    assert [one.cause for one in proposals.proposals(later, [shop.amina])] == [Cause.NO_PRACTICE]


def test_a_failed_try_proposes_nothing(shop: Shop) -> None:
    shop.state(shop.amina, shop.ink, U)
    shop.sees(shop.amina, shop.ink, outcome=Outcome.NOT_YET)
    assert proposals.proposals(NOW, [shop.amina]) == []


def test_everything_can_be_contested_and_is_answered_by_somebody_else(shop: Shop) -> None:
    shop.state(shop.amina, shop.ink, L)
    seen = shop.sees(shop.amina, shop.ink, outcome=Outcome.NOT_YET)
    actions.lower(shop.amina, shop.ink, "Long away", shop.tom, NOW)
    recorded = contesting.entries(shop.amina)
    assert len(recorded) == 3
    with pytest.raises(authority.WordsMissing):
        contesting.contest(shop.amina, " ", NOW, sign_off_id=seen.id)
    with pytest.raises(authority.ContestNotOwn):
        contesting.contest(shop.bruno, "Not so", NOW, sign_off_id=seen.id)
    made = contesting.contest(shop.amina, "It was not like that", NOW, sign_off_id=seen.id)
    with pytest.raises(authority.ContestedAlready):
        contesting.contest(shop.amina, "Again", NOW, sign_off_id=seen.id)
    assert [one.contest.id for one in contesting.waiting([shop.amina])] == [made.id]
    assert contesting.waiting([shop.bruno]) == []
    for by, refusal in ((shop.tom, authority.ContestAnsweredBySigner), (shop.amina, authority.SelfSignOff)):
        with pytest.raises(refusal):
            contesting.answer(made.id, "x", by, NOW)
    contesting.answer(made.id, "Lea watches you on Monday", shop.lea, NOW)
    with pytest.raises(authority.ContestAnswered):
        contesting.answer(made.id, "x", shop.hal, NOW)
    (told,) = [one for one in contesting.entries(shop.amina) if one.contests]
    assert [(said.words, answer.words) for said, answer in told.contests] == [
        ("It was not like that", "Lea watches you on Monday")
    ]
