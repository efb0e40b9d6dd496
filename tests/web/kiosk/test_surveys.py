"""What a kiosk asks without a name (the pages; how they move is in tests/browser)."""

from collections.abc import Callable

import pytest
from flask import Flask

from lms.kernel import speech
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.sessions import StoredSession
from lms.surveys import queries, reading_aloud
from lms.surveys.actions import announce, make_wave
from lms.surveys.models import Participation
from tests.strict import StrictBrowser
from tests.surveys.making import a_wish


@pytest.fixture
def asked(app: Flask, signed_in: StrictBrowser) -> Callable[..., None]:
    """Open a wave that asks whoever is entered by now."""

    def make(code: str = "W1", instrument: str = "ADH", **more: object) -> None:
        with app.app_context(), writing():
            at = now()
            days = {"opens_at": at.replace(year=at.year - 1), "closes_at": at.replace(year=at.year + 1)}
            announce(make_wave(a_wish(code, instrument, invited=[], **{**days, **more}), now=at), now=at)
            db.session.commit()

    return make


def stored(app: Flask) -> list[queries.Response]:
    with app.app_context():
        return queries.responses_of(queries.wave("W1"))


def answers(value: str = "4") -> dict[str, str]:
    return {f"answer-ADH{number}": value for number in range(1, 11)}


def test_somebody_is_asked_answers_and_is_not_asked_again(
    app: Flask, signed_in: StrictBrowser, asked: Callable
) -> None:
    assert "Votre avis" not in signed_in.get("kiosk.home").get_text()
    asked()
    assert "Votre avis (anonyme)" in signed_in.get("kiosk.home").get_text()
    page = signed_in.get("kiosk.survey", code="W1")
    assert len(page.select(".survey-item")) == 10
    assert len(page.select(".survey-item:first-of-type .gauge-sign")) == 5
    page = signed_in.post("kiosk.answer_survey", {**answers(), "answer-ADH2": "n", "pace": "3.2"}, code="W1")
    assert page.words("h1") == ["Merci."]
    assert "Votre avis" not in signed_in.get("kiosk.home").get_text()
    signed_in.post("kiosk.answer_survey", answers("1"), code="W1")
    (sheet,) = stored(app)
    assert (sheet.answers["ADH1"], sheet.answers["ADH2"], sheet.straight_lined) == (4, None, False)


def test_somebody_declines(app: Flask, signed_in: StrictBrowser, asked: Callable) -> None:
    asked()
    assert signed_in.post("kiosk.decline_survey", code="W1").words("h1") == ["Mes modules"]
    assert "Votre avis" not in signed_in.get("kiosk.home").get_text()
    assert signed_in.get("kiosk.survey", code="W1", follow=True).words("h1") == ["Mes modules"]
    assert stored(app) == []


def test_looking_and_leaving_stores_nothing(app: Flask, signed_in: StrictBrowser, asked: Callable) -> None:
    asked()
    signed_in.get("kiosk.survey", code="W1")
    signed_in.post("kiosk.leave")
    with app.app_context():
        assert db.session.query(Participation).count() == 0
    assert stored(app) == []


def test_answers_never_reach_the_session(app: Flask, signed_in: StrictBrowser, asked: Callable) -> None:
    asked()
    signed_in.post("kiosk.answer_survey", answers(), code="W1")
    with app.app_context():
        assert not any("ADH" in str(row.data) for row in db.session.query(StoredSession))


@pytest.mark.parametrize(
    ("pace", "hasty"), [("0.9", True), ("2.0", False), ("", False), ("nan", False), ("-1", False), ("x", False)]
)
def test_of_the_pace_only_haste_is_kept(
    app: Flask, signed_in: StrictBrowser, asked: Callable, pace: str, hasty: bool
) -> None:
    asked()
    signed_in.post("kiosk.answer_survey", {**answers(), "pace": pace}, code="W1")
    assert stored(app)[0].straight_lined is hasty


@pytest.mark.parametrize("bad", ["6", "-1", "x", "4 4", "999999999999"])
def test_what_is_no_answer_is_refused_in_words(app: Flask, signed_in: StrictBrowser, asked: Callable, bad: str) -> None:
    asked()
    page = signed_in.post("kiosk.answer_survey", {**answers(), "answer-ADH1": bad}, status=422, code="W1")
    assert "répondez de nouveau" in page.get_text()
    assert stored(app) == []


def test_a_closed_wave_is_refused_in_words(app: Flask, signed_in: StrictBrowser, asked: Callable) -> None:
    asked()
    with app.app_context(), writing():
        queries.wave("W1").closes_at = now()
        db.session.commit()
    page = signed_in.post("kiosk.answer_survey", answers(), status=409, code="W1")
    assert "L’enquête est close" in page.get_text()
    assert signed_in.get("kiosk.survey", code="W1", follow=True).words("h1") == ["Mes modules"]
    signed_in.get("kiosk.survey", status=404, code="none")


def test_a_reaction_is_offered_after_a_module_only(signed_in: StrictBrowser, asked: Callable, module: int) -> None:
    def offer() -> str | None:
        return signed_in.client.get(f"/kiosk/myself?edition={module}").get_json()["modules"][str(module)]["opinion"]

    assert offer() is None
    asked(instrument="REA")
    assert "Votre avis" not in signed_in.get("kiosk.home").get_text()
    assert len(signed_in.get(offer()).select(".opinion-item")) == 4


def test_a_quick_opinion_is_given_on_one_screen(app: Flask, signed_in: StrictBrowser, asked: Callable) -> None:
    asked(instrument="REA")
    page = signed_in.get("kiosk.survey", code="W1")
    assert page.words(".opinion-item legend")[0] == "Ce module m’est utile pour mon poste"
    assert page.select_one("[name=answer-REA1][value='4']")["aria-label"] == "Plutôt d’accord"
    assert signed_in.post("kiosk.answer_survey", code="W1").words("h1") == ["Mes modules"], "left blank it is none"
    assert stored(app) == []
    assert signed_in.post("kiosk.answer_survey", {"answer-REA1": "4"}, code="W1").words("h1") == ["Merci."]
    (sheet,) = stored(app)
    assert sheet.answers == {"REA1": 4, "REA2": None, "REA3": None, "REA4": None}
    assert signed_in.get("kiosk.survey", code="W1", follow=True).words("h1") == ["Mes modules"]


def test_what_was_read_beforehand_may_be_listened_to_and_nothing_else(
    app: Flask, signed_in: StrictBrowser, asked: Callable
) -> None:
    asked()
    assert not signed_in.get("kiosk.survey", code="W1").select("[data-listen]")
    with app.app_context(), writing():
        told = reading_aloud.speeches(queries.wave("W1"), "fr")
        speech.prepare([told[reading_aloud.NOTICE], told["ADH1"]])
        db.session.commit()
    page = signed_in.get("kiosk.survey", code="W1")
    assert len(page.select("[data-screen=intro] [data-listen]")) == 1
    (sound,) = page.select(".survey-item [data-listen] audio")
    assert sound["preload"] == "none"
    assert not sound.has_attr("autoplay")
    response = signed_in.client.get(sound["src"])
    assert (response.status_code, response.mimetype, response.data[:4]) == (200, "audio/ogg", b"OggS")
    signed_in.post("kiosk.leave")
    signed_in.client.delete_cookie("terminal")
    assert signed_in.client.get(sound["src"]).status_code != 200, "neither a kiosk nor anybody signed in"
