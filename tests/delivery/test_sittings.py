"""Someone takes a module: what is kept, what follows, what is refused."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from lms.catalogue.grading import AnswerMalformed
from lms.delivery.rules import BlockUnknown, RecordConflict, SittingUnknown
from lms.kernel import database
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.progress.models import Standing
from lms.records.models import LearningRecord, Verb
from tests.delivery.house import DAY, RIGHT, WRONG, Sitter, content, person, publish


@pytest.fixture
def inside(each_database: Flask):
    with each_database.app_context(), database.writing():
        yield


@pytest.fixture
def sitter(inside) -> Sitter:
    return Sitter(person(), publish(content()))


def stream() -> list[tuple[str, str | None, int | None]]:
    rows = db.session.execute(
        select(LearningRecord.verb, LearningRecord.block_key, LearningRecord.attempt).order_by(LearningRecord.sequence)
    )
    return [(Verb(verb).name.lower(), key, attempt) for verb, key, attempt in rows]


def test_a_module_taken_to_the_end_is_passed_and_completed(sitter: Sitter) -> None:
    taken = sitter.go_through(RIGHT)
    assert (taken.ending.right, taken.ending.asked, taken.ending.passed, taken.completed) == (3, 3, True, True)
    assert stream() == [
        ("initialized", None, 1),
        ("experienced", "read", 1),
        ("experienced", "mind", 1),
        ("answered", "one", 1),
        ("answered", "two", 1),
        ("answered", "three", 1),
        ("passed", None, 1),
        ("completed", None, 1),
    ]


def test_an_answer_is_kept_as_it_was_given(sitter: Sitter) -> None:
    sitter.answer("three", 2.4)
    kept = db.session.scalars(select(LearningRecord).where(LearningRecord.block_key == "three")).one()
    assert (kept.response, kept.success, kept.score_raw, kept.score_max, kept.duration_ms) == (2.4, True, 1, 1, 900)
    assert kept.recorded_at - kept.occurred_at == timedelta(seconds=2), "the kiosk's clock and the server's"


def test_feedback_explains(sitter: Sitter) -> None:
    taken = sitter.answer("one", "b")
    assert taken.grade.correct is False
    assert taken.grade.feedback["en"] == "Think of one."
    assert taken.grade.options["b"]["en"] == "B never is."


def test_three_of_four_points_pass_and_half_of_them_do_not(inside) -> None:
    passing = {**RIGHT, "two": False}  # 2 + 0 + 1 of 4 points: 0.75, the pass mark itself.
    failing = {**RIGHT, "one": "b"}  # 0 + 1 + 1 of 4 points.
    edition = publish(content())
    assert Sitter(person("Amina", "1"), edition).go_through(passing).ending.passed is True
    failed = Sitter(person("Tomasz", "2"), edition).go_through(failing)
    assert (failed.ending.passed, failed.ending.score, failed.ending.again) == (False, 0.5, ("one",))
    assert failed.completed is False


def test_after_a_failed_attempt_the_questions_are_asked_again_and_the_cards_need_not_be(sitter: Sitter) -> None:
    sitter.go_through(WRONG)
    second = Sitter(sitter.person_id, sitter.edition_id, sitter.at)
    assert second.attempt == 2
    taken = second.go_through(RIGHT, cards=())
    assert taken.completed is True
    standing = db.session.scalars(select(Standing)).one()
    assert (standing.attempts, standing.first_passed, standing.best_score) == (2, False, 1.0)


def test_an_interrupted_attempt_goes_on_elsewhere(sitter: Sitter) -> None:
    sitter.see("read")
    sitter.answer("one", "a")
    elsewhere = Sitter(sitter.person_id, sitter.edition_id, sitter.at)
    assert elsewhere.attempt == 1
    assert stream()[-1] == ("resumed", None, 1)
    elsewhere.see("mind")
    elsewhere.answer("two", True)
    assert elsewhere.answer("three", 2.5).completed is True


def test_the_same_answer_again_changes_nothing_and_says_the_same(sitter: Sitter) -> None:
    at, id = sitter.at, new_id()
    first = sitter.answer("one", "a", id)
    sitter.at = at
    assert sitter.answer("one", "a", id) == first
    assert [verb for verb, *_ in stream()].count("answered") == 1


def test_another_answer_under_the_same_id_is_refused(sitter: Sitter) -> None:
    id = new_id()
    sitter.answer("one", "a", id)
    with pytest.raises(RecordConflict):
        sitter.answer("one", "b", id)


def test_the_first_answer_counts(sitter: Sitter) -> None:
    sitter.answer("one", "b")
    sitter.answer("one", "a")
    assert sitter.go_through({"two": True, "three": 2.5}).ending.again == ("one",)


def test_the_last_answer_sent_twice_closes_the_attempt_once(sitter: Sitter) -> None:
    sitter.go_through({"one": "a", "two": True})
    at, id = sitter.at, new_id()
    for _ in range(2):
        sitter.at = at
        assert sitter.answer("three", 2.5, id).completed is True
    assert [verb for verb, *_ in stream()].count("passed") == 1


def test_a_sitting_opened_twice_is_one(sitter: Sitter) -> None:
    assert sitter.open() == 1
    assert stream() == [("initialized", None, 1)]


def test_a_sitting_is_one_persons(sitter: Sitter) -> None:
    sitter.person_id = person("Tomasz", "2")
    with pytest.raises(RecordConflict):
        sitter.open()


def test_answers_that_come_late_count_where_they_happened(sitter: Sitter) -> None:
    """A kiosk was cut off for two days: what it brings comes after what happened later elsewhere."""
    sitter.see("mind")
    sitter.answer("two", False)
    late = Sitter(sitter.person_id, sitter.edition_id, DAY - timedelta(days=2))
    late.see("read")
    late.answer("two", True)
    late.answer("one", "a")
    assert late.answer("three", 2.5).ending.score == 1.0, "the answer of two days ago is the first"


def test_what_is_not_there_is_refused(sitter: Sitter) -> None:
    with pytest.raises(BlockUnknown):
        sitter.see("nothing")
    with pytest.raises(BlockUnknown):
        sitter.see("one")
    with pytest.raises(BlockUnknown):
        sitter.answer("read", "a")
    with pytest.raises(AnswerMalformed):
        sitter.answer("one", "z")
    sitter.sitting_id = new_id()
    with pytest.raises(SittingUnknown):
        sitter.answer("one", "a")


def test_a_module_without_questions_is_completed_by_reading(inside) -> None:
    cards = [block for block in content().model_dump(mode="json", exclude_defaults=True)["blocks"] if "card" in block]
    reader = Sitter(person("Li", "3"), publish(content("cards", blocks=cards)))
    reader.see("read")
    taken = reader.see("mind")
    assert (taken.completed, taken.ending) == (True, None)
