"""What is declared about the work on modules, and how it is told as of a moment."""

from datetime import date, timedelta

import pytest

from lms.authoring import actions, queries, work
from lms.authoring.models import Origin
from lms.authoring.work import NothingToReview
from lms.kernel.refusals import NotFound
from tests.authoring.imports.test_module_file import whole_file
from tests.people.making import NOW, a_person

HOUR = timedelta(hours=1)


@pytest.fixture
def published(session) -> str:
    draft = actions.store_file(whole_file(), by=None, now=NOW)
    return actions.publish(draft, note="", by=a_person(), now=NOW).module.code


def told(hours: int) -> queries.ModuleWork:
    [found] = queries.module_work(NOW + hours * HOUR)
    return found


def test_a_module_as_it_was_published(published: str) -> None:
    assert queries.module_work(NOW - HOUR) == []
    found = told(0)
    assert (found.code, found.published_on, found.designed_minutes) == (published, date(2026, 3, 2), 5)
    assert found.published_by is not None
    assert (found.reviewed, found.minutes_declared, found.origin) == ((), None, None)


def test_the_last_word_of_each_author_counts(published: str) -> None:
    first, second = a_person("2", "B B"), a_person("3", "C C")
    for hour, author, minutes in [(1, first, 120), (2, second, 60), (3, first, 90)]:
        work.declare_time(published, author, minutes, now=NOW + hour * HOUR)
    assert [told(hour).minutes_declared for hour in range(4)] == [None, 120, 180, 150]
    assert queries.own_minutes(told(0).module_id, first) == 90


def test_where_it_was_made_is_corrected_by_a_later_entry(published: str) -> None:
    for hour, origin in [(1, Origin.INTERNAL), (2, Origin.EXTERNAL)]:
        work.declare_origin(published, origin, by=None, now=NOW + hour * HOUR)
    assert [told(hour).origin for hour in range(3)] == [None, Origin.INTERNAL, Origin.EXTERNAL]


def test_a_review_is_a_signature_under_an_edition(published: str) -> None:
    reviewer = a_person("2", "B B")
    work.sign_review(published, " Still right. ", by=reviewer, now=NOW + HOUR)
    assert told(0).reviewed == ()
    [review] = told(1).reviewed
    assert (review.by_id, review.at, review.number, review.note) == (reviewer, NOW + HOUR, 1, "Still right.")


def test_a_draft_is_not_reviewed(session) -> None:
    actions.create_module("new", languages=["en"], title={"en": "New"}, by=None, now=NOW)
    with pytest.raises(NothingToReview):
        work.sign_review("new", "", by=None, now=NOW)
    with pytest.raises(NotFound):
        work.sign_review("nowhere", "", by=None, now=NOW)
