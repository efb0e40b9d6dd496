"""Sign-offs, signatures and levels, from the first module to teaching others."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError

from lms.catalogue.models import Module
from lms.kernel.database import db, writing
from lms.people import actions as people
from lms.people.models import Person
from lms.people.permissions import Role
from lms.skills import actions, authority, queries, rules, waiting
from lms.skills.models import LevelChange, SignOff
from lms.skills.rules import Kind, Level, Outcome
from tests.skills.shop import DAY, NOW, Shop

NONE, I, L, U, O = Level  # noqa: E741  (the letters of the matrix)


@pytest.fixture
def shop(session: object) -> Shop:
    return Shop()


def level(person: int, task: int) -> Level:
    return rules.level_of(queries.changes_of(person, task))


def moves(person: int) -> list[tuple[str, Level, Level, Kind]]:
    found = queries.level_changes(DAY + timedelta(days=99), NOW + timedelta(days=99))
    return [(one.task, one.before, one.after, one.kind) for one in found if one.person_id == person]


def test_a_completed_module_takes_to_i_and_nothing_else_does_so_by_itself(shop: Shop) -> None:
    shop.completes(shop.amina)
    assert actions.catch_up(NOW) == 2
    assert actions.catch_up(NOW) == 0
    assert moves(shop.amina) == [("ink", NONE, I, Kind.AUTOMATIC), ("lock", NONE, I, Kind.AUTOMATIC)]
    assert moves(shop.bruno) == []


def test_all_modules_of_a_task_are_needed(shop: Shop) -> None:

    other = Module(code="other", created_at=NOW)
    db.session.add(other)
    db.session.flush()
    shop.task("both", module_ids=[shop.edition.module_id, other.id])
    shop.completes(shop.amina)
    actions.catch_up(NOW)
    assert [task for task, *_ in moves(shop.amina)] == ["ink", "lock"]


def test_from_the_module_to_teaching(shop: Shop) -> None:
    shop.completes(shop.amina)
    shop.sees(shop.amina, shop.ink)  # what the module gives is caught up first
    assert level(shop.amina, shop.ink) is L
    shop.sees(shop.amina, shop.ink, DAY + timedelta(days=1), NOW + timedelta(days=1), cycles=4)
    last = shop.sees(shop.amina, shop.ink, DAY + timedelta(days=2), NOW + timedelta(days=2), cycles=1)
    assert level(shop.amina, shop.ink) is L, "a team leader signs too"
    assert [one.sign_off.id for one in waiting.waiting()] == [last.id]
    with pytest.raises(authority.SignatureNotAwaited):
        actions.countersign(last.id, shop.hal, confirmed=True, note="", now=NOW)
    actions.countersign(last.id, shop.lea, confirmed=True, note="", now=NOW + timedelta(days=3))
    assert level(shop.amina, shop.ink) is U
    shop.sees(shop.amina, shop.ink, DAY + timedelta(days=4), NOW + timedelta(days=4))
    assert waiting.waiting() == [], "seen at work again: nothing to raise"
    day, now = DAY + timedelta(days=5), NOW + timedelta(days=5)
    with pytest.raises(authority.TeachingUnproven):
        shop.sees(shop.amina, shop.ink, day, now, coaching=True)
    proven = {"trained_to_teach_on": DAY, "teaching_practice": "The card on inks"}
    coach = shop.sees(shop.amina, shop.ink, day, now, coaching=True, **proven)
    actions.countersign(coach.id, shop.hal, confirmed=True, note="", now=NOW + timedelta(days=6))
    assert moves(shop.amina)[-1] == ("ink", U, O, Kind.SIGNED)
    found = db.session.get(LevelChange, max(change.sequence for change in queries.changes_of(shop.amina, shop.ink)))
    assert (found.signed_by_id, found.countersigned_by_id, found.sign_off_id) == (shop.tom, shop.hal, coach.id)


def test_a_safety_critical_task_needs_two_signatures(shop: Shop) -> None:
    shop.completes(shop.amina)
    made = shop.sees(shop.amina, shop.lock)
    assert level(shop.amina, shop.lock) is I
    with pytest.raises(authority.SelfSignOff):
        actions.countersign(made.id, shop.amina, confirmed=True, note="", now=NOW)
    with pytest.raises(authority.SignatureNotAwaited):
        actions.countersign(made.id, shop.tom, confirmed=True, note="", now=NOW)
    actions.countersign(made.id, shop.lea, confirmed=True, note="", now=NOW)
    assert level(shop.amina, shop.lock) is L


def test_whoever_declines_says_why_and_ends_it(shop: Shop) -> None:
    shop.completes(shop.amina)
    made = shop.sees(shop.amina, shop.lock)
    with pytest.raises(authority.EvidenceMissing):
        actions.countersign(made.id, shop.lea, confirmed=False, note=" ", now=NOW)
    actions.countersign(made.id, shop.lea, confirmed=False, note="The lock was not hers", now=NOW)
    assert waiting.waiting() == []
    assert level(shop.amina, shop.lock) is I


LEARNT_LATER = DAY - timedelta(days=6)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"observer_id": "amina"}, authority.SelfSignOff),
        ({"observer_id": "bruno"}, authority.ObserverLevelTooLow),
        ({"situation": "  "}, authority.EvidenceMissing),
        ({"safety_respected": False}, authority.SafetyNotRespected),
        ({"on": DAY + timedelta(days=1)}, authority.ObservedInFuture),
        ({"on": LEARNT_LATER}, rules.NothingLearntYet),
        ({"on": DAY - timedelta(days=400)}, authority.BeforeHiring),
        ({"observer_id": "chloe"}, authority.ObserverWithdrawn),  # at O, and neither trainer nor team leader
    ],
)
def test_what_is_no_sign_off(shop: Shop, said: dict[str, object], refusal: type[Exception]) -> None:
    shop.completes(
        shop.amina, min(said.get("on", DAY), DAY) - timedelta(days=5) if said.get("on") != LEARNT_LATER else DAY
    )
    db.session.get_one(Person, shop.amina).hired_on = date(2025, 9, 1)
    shop.state(shop.chloe, shop.ink, O)
    if isinstance(said.get("observer_id"), str):
        said = {"observer_id": getattr(shop, said["observer_id"])}
    with pytest.raises(refusal):
        shop.sees(shop.amina, shop.ink, **said)


def test_nobody_works_alone_without_the_quality_asked_for(shop: Shop) -> None:
    shop.state(shop.amina, shop.ink, L)
    with pytest.raises(authority.QualityNotReached):
        shop.sees(shop.amina, shop.ink, quality_reached=False)
    shop.sees(shop.amina, shop.ink, outcome=Outcome.NOT_YET, quality_reached=False)


def test_a_trainer_who_was_withdrawn_or_has_left_signs_nothing_off(shop: Shop) -> None:
    shop.completes(shop.amina)
    people.revoke_role(shop.tom, Role.TRAINER, None, by=None, now=NOW, today=DAY)
    with pytest.raises(authority.ObserverWithdrawn):
        shop.sees(shop.amina, shop.ink)
    people.grant_role(shop.tom, Role.TRAINER, None, by=None, now=NOW)
    db.session.get_one(Person, shop.tom).left_on = DAY - timedelta(days=1)
    with pytest.raises(authority.ObserverWithdrawn):
        shop.sees(shop.amina, shop.ink, DAY - timedelta(days=2))
    assert level(shop.amina, shop.ink) is I


def test_the_same_again_is_stored_once(shop: Shop) -> None:
    shop.completes(shop.amina)
    assert shop.sees(shop.amina, shop.ink).id == shop.sees(shop.amina, shop.ink, situation="Sent twice").id


def test_a_task_that_no_module_prepares_begins_with_a_signature(shop: Shop) -> None:
    shop.sees(shop.amina, shop.pack)
    assert moves(shop.amina) == [("pack", NONE, I, Kind.SIGNED)]


def test_not_yet_and_not_done_raise_nothing(shop: Shop) -> None:
    shop.completes(shop.amina)
    shop.sees(shop.amina, shop.ink, outcome=Outcome.NOT_YET, safety_respected=False)
    shop.sees(shop.amina, shop.ink, outcome=Outcome.NOT_DONE, situation="")
    assert level(shop.amina, shop.ink) is I


def test_a_person_lowers_with_a_reason_and_never_below_what_was_learnt(shop: Shop) -> None:
    shop.state(shop.amina, shop.ink, L)
    with pytest.raises(authority.EvidenceMissing):
        actions.lower(shop.amina, shop.ink, " ", shop.tom, NOW)
    with pytest.raises(authority.SelfSignOff):
        actions.lower(shop.amina, shop.ink, "x", shop.amina, NOW)
    actions.lower(shop.amina, shop.ink, "No practice for eight months", shop.tom, NOW)
    assert level(shop.amina, shop.ink) is I
    with pytest.raises(rules.NothingToLower):
        actions.lower(shop.amina, shop.ink, "x", shop.tom, NOW)
    shop.completes(shop.amina)
    actions.catch_up(NOW + timedelta(days=1))
    assert moves(shop.amina)[0][:3] == ("ink", NONE, L)


@pytest.mark.parametrize("code", ["", "a b", "é", "x" * 41])
def test_codes_of_tasks(shop: Shop, code: str) -> None:
    with pytest.raises(rules.TaskCodeMalformed):
        actions.add_task(code, actions.TaskEntry({"en": "x"}, shop.post), NOW)
    with pytest.raises(rules.TaskCodeTaken):
        actions.add_task("ink", actions.TaskEntry({"en": "x"}, shop.post), NOW)


def test_a_task_is_corrected(shop: Shop) -> None:
    actions.change_task("ink", actions.TaskEntry({"en": "Inks"}, shop.post, True, 3, ()))
    found = queries.task("ink")
    assert (found.title, found.safety_critical, found.required, found.modules) == ({"en": "Inks"}, True, 3, [])


def test_the_database_itself_refuses(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        shop = Shop()
        shop.completes(shop.amina)
        shop.sees(shop.amina, shop.ink)
        db.session.commit()
        for table in ("sign_offs", "level_changes"):
            with pytest.raises(DatabaseError, match="append-only"):
                db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
            db.session.rollback()
        said = {"person_id": shop.bruno, "task_id": shop.ink, "observed_on": DAY, "recorded_at": NOW}
        own = SignOff(**said, observer_id=shop.bruno, outcome=Outcome.NOT_DONE, safety_respected=True)
        bare = LevelChange(
            person_id=shop.bruno, task_id=shop.ink, before=NONE, after=U, on=DAY, kind=Kind.SIGNED, recorded_at=NOW
        )
        for row in (own, bare):
            db.session.add(row)
            with pytest.raises(IntegrityError):
                db.session.flush()
            db.session.rollback()
