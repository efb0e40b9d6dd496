"""Practice on a real database: what is asked, what is kept, and what nothing else reads."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from lms.catalogue.actions import add_edition
from lms.catalogue.queries import module
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.practice import actions, queries
from lms.practice.rules import NotPractised, PracticeConflict
from lms.progress import actions as progress
from lms.progress.queries import activities, first_attempts, standings_of
from lms.records.models import LearningRecord
from lms.records.queries import events_of, every_record, last_sequence
from lms.records.xapi.writing import write
from tests.delivery.house import BLOCKS, DAY, RIGHT, WRONG, Sitter, content, kiosk, person, publish, said

NOTHING: frozenset[str] = frozenset()


@pytest.fixture
def amina(session: object) -> int:
    return person()


@pytest.fixture
def learnt(amina: int) -> int:
    """Amina has completed a module of three questions, on the eighth of March."""
    edition = publish(content())
    Sitter(amina, edition).go_through(RIGHT)
    db.session.commit()
    return edition


def keys(person_id: int, now: datetime, reserved: frozenset[str] = NOTHING) -> list[str]:
    return [one.key for one in queries.today(person_id, now, reserved).questions]


def give(person_id: int, edition: int, key: str, at: datetime, response: object = None, record_id: object = None):
    return actions.answer(
        person_id,
        edition,
        key,
        RIGHT[key] if response is None else response,
        record_id=record_id or new_id(),
        session_id=new_id(),
        terminal_id=1,
        language="fr",
        occurred_at=at,
        duration_ms=4000,
        now=at + timedelta(seconds=1),
    )


def after(days: int, hours: float = 2) -> datetime:
    return DAY + timedelta(days=days, hours=hours)


def test_nothing_comes_before_two_days_of_the_plant(amina: int, learnt: int) -> None:
    assert keys(amina, after(1)) == []
    # 22:59 and 23:01 of UTC on the ninth lie on two days in Paris.
    assert keys(amina, DAY.replace(day=9, hour=22, minute=59)) == []
    assert keys(amina, DAY.replace(day=9, hour=23, minute=1)) == ["one", "two", "three"]


def test_what_is_answered_counts_for_the_day_and_comes_back_later(amina: int, learnt: int) -> None:
    assert give(amina, learnt, "one", after(2)).correct
    assert keys(amina, after(2)) == ["two", "three"]
    assert queries.today(amina, after(2), NOTHING).begun
    assert keys(amina, after(3)) == ["two", "three"]
    assert keys(amina, after(7)) == ["two", "three", "one"], "the longest due first"


def test_skipping_changes_nothing_and_is_remembered_for_the_day(amina: int, learnt: int) -> None:
    actions.skip(amina, record_id=new_id(), terminal_id=1, occurred_at=after(2), now=after(9))
    assert (keys(amina, after(2, 5)), queries.today(amina, after(2, 5), NOTHING).begun) == ([], True)
    assert (keys(amina, after(3)), queries.today(amina, after(3), NOTHING).begun) == (["one", "two", "three"], False)


def test_what_comes_in_the_days_ahead_is_told_with_its_day(amina: int, learnt: int) -> None:
    give(amina, learnt, "one", after(2))
    ahead = queries.ahead(amina, after(2), NOTHING, 7)
    assert [(day.day, asked.key) for day, asked in ahead.questions] == [(10, "two"), (10, "three")]
    assert (ahead.room, queries.ahead(amina, after(4), NOTHING, 7).room) == (2, 3)
    later = [(day.day, asked.key) for day, asked in queries.ahead(amina, after(4), NOTHING, 7).questions]
    assert later == [(10, "two"), (10, "three"), (15, "one")]
    actions.skip(amina, record_id=new_id(), terminal_id=1, occurred_at=after(4), now=after(4))
    assert queries.ahead(amina, after(4), NOTHING, 7).room == 0


def test_answers_that_arrive_late_and_in_any_order_bring_the_schedule_forward(amina: int, learnt: int) -> None:
    give(amina, learnt, "one", after(7))
    give(amina, learnt, "one", after(2))
    assert keys(amina, after(20)) == ["two", "three"]
    assert keys(amina, after(21)) == ["two", "three", "one"]


def test_what_is_reserved_never_comes(amina: int, learnt: int) -> None:
    assert keys(amina, after(9), frozenset({"small"})) == []


def test_what_was_not_completed_is_not_asked_and_nothing_is_told_of_it(amina: int) -> None:
    edition = publish(content())
    Sitter(amina, edition).go_through(WRONG)
    assert keys(amina, after(9)) == []
    assert give(amina, edition, "one", after(9)) is None, "or it would tell the answers of any module"
    with pytest.raises(NotPractised):
        give(amina, edition, "read", after(9), "a")


def test_an_answer_that_arrives_before_what_it_rests_on_counts_from_then_on(amina: int) -> None:
    """A restored server is sent a week again, the newest first."""
    edition = publish(content())
    assert give(amina, edition, "one", after(2)) is None
    Sitter(amina, edition).go_through(RIGHT)
    assert keys(amina, after(2)) == ["two", "three"]
    assert actions.graded(amina, edition, "one", "a").correct


def test_what_has_changed_since_is_not_asked(amina: int, learnt: int) -> None:
    other = {"question": "true_false", **said("two"), "answer": False}
    newer = content(blocks=[other if block["key"] == "two" else block for block in BLOCKS])
    add_edition(module("small"), newer, {}, note="", by=None, now=DAY)
    assert keys(amina, after(5)) == ["one", "three"]


def test_the_same_answer_again_is_kept_once_and_another_is_refused(amina: int, learnt: int) -> None:
    number = new_id()
    session = new_id()
    facts = {
        "record_id": number,
        "session_id": session,
        "terminal_id": 1,
        "language": "fr",
        "occurred_at": after(2),
        "duration_ms": 1,
        "now": after(2),
    }
    assert actions.answer(amina, learnt, "one", "a", **facts) == actions.answer(amina, learnt, "one", "a", **facts)
    with pytest.raises(PracticeConflict):
        actions.answer(amina, learnt, "one", "b", **facts)
    assert db.session.scalars(select(LearningRecord.id).where(LearningRecord.purpose == "practice")).all() == [number]


def test_no_standing_attempt_or_figure_of_a_module_reads_it(amina: int, learnt: int) -> None:
    def read() -> list[object]:
        return [standings_of(amina), list(events_of(amina, learnt)), first_attempts(learnt), activities()]

    before = read()
    give(amina, learnt, "one", after(2), "b")
    actions.skip(amina, record_id=new_id(), terminal_id=1, occurred_at=after(2), now=after(2))
    progress.refresh(amina, learnt)
    assert read() == before
    assert not progress.compare(progress.EVERYBODY).wrong


def test_it_leaves_as_an_answer_of_the_category_practice(amina: int, learnt: int) -> None:
    before = last_sequence()
    give(amina, learnt, "one", after(2))
    actions.skip(amina, record_id=new_id(), terminal_id=1, occurred_at=after(2), now=after(2))
    answered, skipped = [write(record) for record in every_record()][before:]
    assert answered["verb"]["id"] == "http://adlnet.gov/expapi/verbs/answered"
    assert answered["object"]["id"] == "urn:etabli:module:small:edition:1:block:one"
    assert answered["context"]["contextActivities"] == {
        "parent": [{"objectType": "Activity", "id": "urn:etabli:module:small:edition:1"}],
        "category": [{"objectType": "Activity", "id": "urn:etabli:practice"}],
    }
    assert (skipped["verb"]["id"], skipped["object"]["id"]) == (
        "http://id.tincanapi.com/verb/skipped",
        "urn:etabli:practice",
    )


def test_a_plant_may_choose_fsrs_or_nothing(app: Flask, amina: int, learnt: int) -> None:
    app.config["PRACTICE_SPACING"] = "fsrs"
    assert keys(amina, after(2)) == ["one", "two", "three"]
    for key in RIGHT:
        give(amina, learnt, key, after(2), WRONG["one"] if key == "one" else None)
    assert keys(amina, after(12)) == ["one"], "what was forgotten comes soon, what was known after eleven days"
    assert keys(amina, after(13)) == ["one", "two", "three"]
    app.config["PRACTICE_QUESTIONS"] = 0
    assert keys(amina, after(90)) == []


def test_it_works_on_each_database(each_database: Flask) -> None:
    with each_database.app_context():
        amina = person()
        edition = publish(content())
        Sitter(amina, edition).go_through(RIGHT)
        kiosk()
        give(amina, edition, "two", after(2), False)
        assert keys(amina, after(7)) == ["one", "three", "two"]
