"""Deputies sign in the name of the leader for whom they stand in: on those days, for those people, once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from lms.kernel.database import db
from lms.people import actions as people
from lms.people.deputies import actions as deputies
from lms.people.permissions import Role
from lms.skills import actions, authority, contesting, proposals, queries, rules, signers
from lms.skills.authority import Signer
from lms.skills.models import SignedFor
from lms.skills.rules import Level
from lms.skills.signers import signatory
from lms.skills.waiting import waiting
from tests.people.making import a_person
from tests.skills.shop import DAY, NOW, Shop

ONE = timedelta(days=1)
TRAINER, LEADER = Signer(1, frozenset({Role.TRAINER})), Signer(2, frozenset({Role.TEAM_LEADER}))
FOR_2 = Signer(5, frozenset(), stands_for=2)


@pytest.mark.parametrize(
    ("led", "by_day", "leader"),
    [
        ((), [{7: 2}], 2),
        ((), [{7: 2}, {7: 2}], 2),
        ((), [{7: 2}, {}], None),  # seen while standing in, signed later
        ((), [{7: 2}, {7: 3}], None),  # for another leader by then
        ((), [{8: 2}], None),  # of another team
        ((7,), [{7: 2}], None),  # their own people
        ((), [{7: 7}], None),  # nobody signs for the person themselves
        ((), [], None),
    ],
)
def test_for_whom_somebody_signs(led: tuple[int, ...], by_day: list[dict[int, int]], leader: int | None) -> None:
    assert authority.stands_for(7, led, by_day) == leader


@pytest.mark.parametrize(
    ("signers", "critical", "complete"),
    [
        ([TRAINER, FOR_2], False, True),
        ([TRAINER, LEADER, FOR_2], False, True),
        ([Signer(2, frozenset({Role.TRAINER})), FOR_2], False, False),  # the leader twice
        ([Signer(2, frozenset({Role.TRAINER, Role.TEAM_LEADER})), FOR_2], True, False),
        ([Signer(6, frozenset({Role.TRAINER}), stands_for=2), TRAINER], False, True),
        ([Signer(6, frozenset({Role.TRAINER}), stands_for=2)], False, False),  # one person is not two
        ([FOR_2, Signer(6, frozenset(), stands_for=2), TRAINER], False, True),
    ],
)
def test_a_leader_counts_once(signers: list[Signer], critical: bool, complete: bool) -> None:
    assert authority.are_complete(signers, authority.signatures(Level.AUTONOMOUS, critical=critical)) is complete


@pytest.fixture
def shop(session: object) -> Shop:
    """Return the shop where Dora masters the inks and stands in for Lea today."""
    made = Shop()
    made.dora = a_person("D", "Dora Deputy", team_id=made.teams["night"], email="d@example.org")
    made.state(made.dora, made.ink, Level.TEACHING)
    made.entry = deputies.name(made.lea, made.dora, DAY, DAY + ONE, by=made.hal, now=NOW, today=DAY)
    return made


def practised(shop: Shop, person: int) -> int:
    """Let Tom have seen enough for somebody to work alone; return the sign-off that waits."""
    shop.state(person, shop.ink, Level.ACCOMPANIED)
    shop.sees(person, shop.ink, DAY - ONE, NOW - ONE, cycles=4)
    return shop.sees(person, shop.ink, DAY, NOW, cycles=1).id


def test_the_second_signature_of_a_deputy_says_for_whom(shop: Shop) -> None:
    waits = practised(shop, shop.amina)
    assert waiting()[0].waits_for(signatory(shop.dora, DAY).of(shop.amina))
    assert not waiting()[0].waits_for(signatory(shop.dora, DAY + 2 * ONE).of(shop.amina)), "their time is over"
    actions.countersign(waits, shop.dora, confirmed=True, note="", now=NOW)
    assert rules.level_of(queries.changes_of(shop.amina, shop.ink)) is Level.AUTONOMOUS
    entry = contesting.entries(shop.amina)[0]
    assert (entry.signers, entry.stood_for) == ({shop.tom, shop.dora}, {shop.dora: shop.lea})
    told = contesting.contest(shop.amina, "I was not there", NOW, level_change_id=entry.change.id)
    with pytest.raises(authority.ContestAnsweredBySigner):
        contesting.answer(told.id, "You were", shop.lea, NOW)  # it was signed in her name


def test_what_was_signed_so_counts_once_the_time_is_over(shop: Shop) -> None:
    shop.completes(shop.amina)
    shop.state(shop.dora, shop.lock, Level.TEACHING)
    seen = shop.sees(shop.amina, shop.lock, observer_id=shop.dora)
    deputies.end(shop.entry, by=shop.lea, now=NOW)
    assert waiting()[0].signers == [Signer(shop.dora, frozenset({Role.OPERATOR}), shop.lea)]
    actions.countersign(seen.id, shop.tom, confirmed=True, note="", now=NOW + 3 * ONE)
    assert rules.level_of(queries.changes_of(shop.amina, shop.lock)) is Level.ACCOMPANIED


@pytest.mark.parametrize(
    ("who", "on", "now", "refusal"),
    [
        ("amina", DAY, NOW, None),
        ("amina", DAY - ONE, NOW, authority.StoodInNoLonger),  # seen before they stood in
        ("amina", DAY + ONE, NOW + 2 * ONE, authority.StoodInNoLonger),  # signed when it was over
        ("amina", DAY + 2 * ONE, NOW + 2 * ONE, authority.ObserverWithdrawn),
        ("chloe", DAY, NOW, authority.ObserverWithdrawn),  # of another team
        ("lea", DAY, NOW, authority.SignedInTheirName),
        ("dora", DAY, NOW, authority.SelfSignOff),
    ],
)
def test_on_which_days_and_whose_practice(shop: Shop, who: str, on: date, now: object, refusal: object) -> None:
    person = getattr(shop, who)
    people.move(shop.lea, shop.teams["day"], DAY - 9 * ONE, by=None, now=NOW)
    shop.state(person, shop.ink, Level.TRAINED) if who != "dora" else None
    if refusal is None:
        made = shop.sees(person, shop.ink, on, now, observer_id=shop.dora)
        assert signers.in_the_name_of(person).of(made) == {shop.dora: shop.lea}
        return
    with pytest.raises(refusal):
        shop.sees(person, shop.ink, on, now, observer_id=shop.dora)


def test_a_deputy_who_does_not_master_the_task_or_was_withdrawn_signs_nothing(shop: Shop) -> None:
    shop.completes(shop.amina)
    with pytest.raises(authority.ObserverLevelTooLow):
        shop.sees(shop.amina, shop.lock, observer_id=shop.dora)
    deputies.end(shop.entry, by=shop.lea, now=NOW)
    with pytest.raises(authority.ObserverWithdrawn):
        shop.sees(shop.amina, shop.ink, observer_id=shop.dora)


def test_a_level_that_a_deputy_lowers_says_for_whom(shop: Shop) -> None:
    shop.state(shop.amina, shop.ink, Level.AUTONOMOUS)
    actions.lower(shop.amina, shop.ink, "No practice since spring", shop.dora, NOW)
    assert contesting.entries(shop.amina)[0].stood_for == {shop.dora: shop.lea}
    assert db.session.query(SignedFor).count() == 1


def test_what_a_deputy_answers_or_keeps_says_for_whom(shop: Shop) -> None:
    shop.state(shop.amina, shop.ink, Level.AUTONOMOUS)
    proposals.change_procedure(shop.ink, DAY - ONE, "Other solvent", None, NOW)
    proposals.keep(shop.amina, shop.ink, rules.Cause.PROCEDURE, "Seen on the new one", shop.dora, NOW)
    stated = next(one for one in contesting.entries(shop.amina) if one.change)
    made = contesting.contest(shop.amina, "I can do more", NOW, level_change_id=stated.change.id)
    contesting.answer(made.id, "We look at it on Monday", shop.dora, NOW)
    kept, contested = contesting.entries(shop.amina)
    assert kept.stood_for == {shop.dora: shop.lea}
    assert {shop.dora, shop.lea} <= contested.named


def test_what_waits_is_read_in_as_many_statements_whatever_there_is(shop: Shop) -> None:
    practised(shop, shop.amina)

    def statements() -> int:
        seen: list[object] = []
        event.listen(db.engine, "before_cursor_execute", count := lambda *_told: seen.append(1))
        waiting()
        event.remove(db.engine, "before_cursor_execute", count)
        return len(seen)

    one = statements()
    for number in range(5):
        practised(shop, a_person(f"N{number}", f"Nina {number}", team_id=shop.teams["day"]))
    assert len(waiting()) == 6
    assert statements() == one
