"""First attempts are read again as they were known, on both databases."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask

from lms.kernel.ids import new_id
from lms.progress import queries
from lms.progress.items import Answered
from lms.records.models import Verb
from tests.progress.test_actions import NOW, one_person, records, taken

ANSWERS = {
    "q1": Answered(True, True, 4000),
    "q2": Answered(True, True, 4000),
    "q3": Answered(False, False, 4000),
}


def answered(person_id: int, edition_id: int, attempt: int = 1, later: int = 0) -> list:
    return [
        replace(
            one,
            id=new_id(),
            attempt=attempt,
            response=one.success,
            duration_ms=4000,
            occurred_at=one.occurred_at + timedelta(minutes=later),
        )
        for one in records(person_id, edition_id)
        if one.verb is Verb.ANSWERED
    ]


def test_the_first_attempt_that_came_to_an_end(each_database: Flask) -> None:
    with one_person(each_database) as (person_id, edition_id):
        taken(answered(person_id, edition_id)[:2])
        assert queries.first_attempts(edition_id) == []
        second = [replace(one, success=True, response=True) for one in answered(person_id, edition_id, 2, later=5)]
        taken(second)
        assert queries.first_attempts(edition_id) == [{key: Answered(True, True, 4000) for key in ANSWERS}]


def test_as_known_then(each_database: Flask) -> None:
    with one_person(each_database) as (person_id, edition_id):
        told = answered(person_id, edition_id)
        taken(told)
        taken([replace(one, success=True) for one in answered(person_id, edition_id, 2, later=5)])
        assert queries.first_attempts(edition_id) == [ANSWERS]
        assert queries.first_attempts(edition_id, up_to=2) == []
        assert queries.first_attempts(edition_id, up_to=3) == [ANSWERS]
        assert queries.first_attempts(edition_id, until=told[1].occurred_at) == []
        assert queries.first_attempts(edition_id, until=NOW + timedelta(minutes=1)) == [ANSWERS]


def test_a_voided_answer_is_none(each_database: Flask) -> None:
    with one_person(each_database) as (person_id, edition_id):
        told = answered(person_id, edition_id)
        taken(told)
        void = replace(told[0], id=new_id(), verb=Verb.VOIDED, voids_id=told[2].id, edition_id=None, block_key=None)
        taken([replace(void, response=None, success=None, duration_ms=None, attempt=None, activity=None)])
        assert queries.first_attempts(edition_id) == []
        assert queries.first_attempts(edition_id, up_to=3) == [ANSWERS]
