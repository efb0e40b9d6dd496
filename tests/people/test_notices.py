"""The notice to staff, and who has read it."""

from datetime import timedelta

import pytest

from lms.kernel.refusals import NotFound
from lms.people import notices, queries
from lms.people.notices import NoticeIncomplete, NoticeText, NoticeUnchanged
from tests.people.making import NOW, a_person

TEXT = NoticeText({"fr": "Voici.", "en": "Here it is."}, ({"fr": "Vos réponses", "en": "Your answers"},))
OTHER = NoticeText({"fr": "Voilà.", "en": "There it is."}, TEXT.fields)
HOUR = timedelta(hours=1)


def test_versions_follow_one_another(session) -> None:
    assert notices.newest() is None
    assert [notices.publish(text, by=None, now=NOW).version for text in (TEXT, OTHER)] == [1, 2]
    assert notices.newest().words == OTHER.words
    assert [notice.version for notice in notices.every_notice()] == [2, 1]


def test_the_same_again_is_no_version(session) -> None:
    notices.publish(TEXT, by=None, now=NOW)
    with pytest.raises(NoticeUnchanged):
        notices.publish(TEXT, by=None, now=NOW)


@pytest.mark.parametrize(
    "text",
    [
        NoticeText({}, TEXT.fields),
        NoticeText({"fr": "Voici.", "en": " "}, TEXT.fields),
        NoticeText(TEXT.words, ()),  # L1222-4: what is collected is said
        NoticeText(TEXT.words, ({"fr": "Vos réponses"},)),
        NoticeText(TEXT.words, ({"fr": "Vos réponses", "en": ""},)),
    ],
)
def test_a_notice_says_everything_in_each_language(session, text: NoticeText) -> None:
    with pytest.raises(NoticeIncomplete):
        notices.publish(text, by=None, now=NOW)


def test_who_has_read_what_is_asked_again_for_the_next_version(session) -> None:
    person = a_person()
    assert notices.to_read(person) is None, "nothing is asked before there is a notice"
    notices.publish(TEXT, by=None, now=NOW)
    assert notices.to_read(person) == 1
    for _ in range(2):
        notices.acknowledge(person, 1, place="terminal:1", now=NOW + HOUR)
    assert notices.to_read(person) is None
    notices.publish(OTHER, by=None, now=NOW)
    assert notices.to_read(person) == 2
    notices.acknowledge(person, 2, place="terminal:1", now=NOW + 2 * HOUR)
    both = {(person, 1): NOW + HOUR, (person, 2): NOW + 2 * HOUR}
    assert queries.acknowledgements(known_at=NOW + 2 * HOUR) == both
    assert queries.acknowledgements(known_at=NOW + HOUR) == {(person, 1): NOW + HOUR}
    assert queries.acknowledgements(2, known_at=NOW + 2 * HOUR) == {(person, 2): NOW + 2 * HOUR}


def test_an_unknown_version_is_not_read(session) -> None:
    with pytest.raises(NotFound):
        notices.acknowledge(a_person(), 7, place="terminal:1", now=NOW)
