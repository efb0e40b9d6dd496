"""What is read of a wave: each question with its answers, in both languages, at kiosks only."""

from datetime import timedelta

from lms.kernel import speech
from lms.surveys import reading_aloud
from lms.surveys.actions import make_wave
from lms.surveys.rules import Channel
from lms.surveys.shipped import shipped
from tests.surveys.making import NOW, a_wish, an_open_wave


def test_a_question_is_read_with_its_answers() -> None:
    (item, *_) = shipped()["ADH"].items
    assert reading_aloud.of_item(item, 3, "en").text == (
        "I know why the company is testing these modules. Possible answers: Rather no; In between; Rather yes; "
        "I’d rather not answer."
    )
    assert reading_aloud.of_item(item, 5, "fr").text.endswith(
        "Réponses possibles : Pas du tout d’accord; Plutôt pas; Entre les deux; Plutôt d’accord; "
        "Tout à fait d’accord; Je préfère ne pas répondre."
    )


def test_arabic_is_read_where_all_of_a_wave_is_in_arabic(session) -> None:
    notice = {"fr": "Anonyme.", "en": "Anonymous.", "ar": "بلا اسم."}
    an_open_wave("W1")
    an_open_wave("W2", "CLI", notice=notice)
    assert {one.language for one in reading_aloud.at_work(NOW)} == {"fr", "en"}
    wave = an_open_wave("W3", notice=notice)
    assert {one.language for one in reading_aloud.at_work(NOW)} == {"fr", "en", "ar"}
    assert reading_aloud.speeches(wave, "ar")["ADH2"].text == (
        "ستساعدني هذه الوحدات على إتقان عملي. الأجوبة الممكنة: لا أوافق إطلاقاً; أميل إلى عدم الموافقة; بين بين; "
        "أميل إلى الموافقة; أوافق تماماً; أفضّل ألا أجيب."
    )


def test_eleven_numbers_are_not_read_one_by_one() -> None:
    (item,) = (item for one in shipped().values() for item in one.items if item.scale == "recommendation")
    assert "from 0 to 10;" in reading_aloud.of_item(item, 5, "en").text


def test_a_wave_reads_its_notice_and_every_question(session) -> None:
    wave = an_open_wave()
    told = reading_aloud.speeches(wave, "en")
    assert list(told) == [reading_aloud.NOTICE, *(item.key for item in wave.content.items)]
    assert told[reading_aloud.NOTICE].text.endswith(". Anonymous.")
    assert reading_aloud.speeches(an_open_wave("W2", channels=[Channel.LINK]), "en") == {}


def test_a_page_gets_what_was_made_and_nothing_else(session) -> None:
    wave = an_open_wave()
    assert reading_aloud.recordings(wave, "fr") == {}
    session.commit()
    told = reading_aloud.speeches(wave, "fr")
    speech.prepare([told["ADH2"], told[reading_aloud.NOTICE]])
    assert reading_aloud.recordings(wave, "fr").keys() == {reading_aloud.NOTICE, "ADH2"}
    assert reading_aloud.recordings(wave, "en") == {}


def test_drafts_and_closed_waves_are_left_alone(session) -> None:
    an_open_wave()
    make_wave(a_wish("DRAFT"), now=NOW)
    assert len(reading_aloud.at_work(NOW)) == 2 * (1 + 10)
    assert reading_aloud.at_work(NOW + timedelta(days=8)) == []
