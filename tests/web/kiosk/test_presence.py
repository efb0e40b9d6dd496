"""How visits begin and end at a kiosk, its pulse, calls for help and the notice."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from lms.delivery import actions, queries
from lms.delivery.models import EndedBy, HelpCategory, MessageKind
from lms.kernel.clock import hold, now
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.people import credentials, notices
from lms.people.queries import acknowledgements
from tests.people.making import NOW
from tests.people.test_notices import OTHER, TEXT
from tests.strict import StrictBrowser
from tests.web.kiosk.conftest import Operator, an_operator, sign_in

LONG_AGO, LONG_AFTER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


def endings(app: Flask) -> list[EndedBy | None]:
    with app.app_context():
        return [visit.ended_by for visit in queries.visits(LONG_AGO, LONG_AFTER, LONG_AFTER)]


def publish(app: Flask, text=TEXT) -> None:
    with app.app_context(), writing():
        notices.publish(text, by=None, now=NOW)
        db.session.commit()


@pytest.mark.parametrize(
    ("said", "ended_by"),
    [
        ({}, EndedBy.BUTTON),
        ({"why": "idle"}, EndedBy.IDLE),
        ({"why": "called_away"}, EndedBy.CALLED_AWAY),
        ({"why": "terminal_reset"}, EndedBy.BUTTON),  # nothing that a kiosk may say of itself
    ],
)
def test_a_visit_lasts_from_sign_in_to_leaving(app: Flask, signed_in: StrictBrowser, said, ended_by) -> None:
    assert endings(app) == [None]
    signed_in.post("kiosk.leave", said)
    assert endings(app) == [ended_by]


def test_another_badge_ends_the_visit_and_a_wrong_pin_begins_none(app: Flask, signed_in: StrictBrowser) -> None:
    with app.app_context(), writing():
        tomasz = an_operator("Tomasz Nowak", "2002", "00998877")
    signed_in.post("kiosk.recognise", {"badge": tomasz.badge})
    signed_in.post("kiosk.pin", {"pin": "111111"})
    assert endings(app) == [EndedBy.ANOTHER_BADGE]
    signed_in.post("kiosk.pin", {"pin": tomasz.pin})
    assert endings(app) == [EndedBy.ANOTHER_BADGE, None]


def test_an_unknown_badge_ends_the_visit_too(app: Flask, signed_in: StrictBrowser) -> None:
    signed_in.post("kiosk.recognise", {"badge": "999999"})
    assert endings(app) == [EndedBy.ANOTHER_BADGE]


def test_a_pulse_is_kept_once_a_minute_and_trouble_always(app: Flask, at_kiosk: StrictBrowser) -> None:
    noon = datetime(2027, 3, 9, 12, 0, tzinfo=UTC)
    with app.app_context(), writing():
        terminal = queries.terminal("coating-1").id
        actions.set_hours(terminal, noon.date(), noon.time(), noon.time(), range(7), by=None, now=noon)
        db.session.commit()
    for seconds, slow in [(0, 0), (20, 0), (40, 3), (70, 1)]:
        with hold(noon + timedelta(seconds=seconds)):
            assert at_kiosk.client.post("/kiosk/pulse", json={"slow": slow}).status_code == 204
    with app.app_context():
        [day] = queries.availability(noon, noon + timedelta(minutes=15))
    assert (day.seen_minutes, day.slow_requests) == (2, 4)


def test_a_pulse_tells_of_what_waits_at_the_kiosk_and_of_its_clock(app: Flask, at_kiosk: StrictBrowser) -> None:
    noon, outbox = datetime(2027, 3, 9, 12, 0, tzinfo=UTC), new_id()
    wrong = noon + timedelta(hours=2)
    ten_minutes_ago = wrong - timedelta(minutes=10)
    said = {"id": str(outbox), "recorded": 12, "waiting": 3}
    said |= {"oldest": ten_minutes_ago.timestamp() * 1000, "clock": wrong.timestamp() * 1000}
    with hold(noon):
        assert at_kiosk.client.post("/kiosk/pulse", json={"slow": 0, "outbox": said}).status_code == 204
    with app.app_context():
        kept = queries.terminal("coating-1")
        assert (kept.outbox_id, kept.recorded_there, kept.queue_length) == (outbox, 12, 3)
        assert (kept.oldest_queued_at, kept.clock_skew_ms) == (noon - timedelta(minutes=10), 7_200_000)
        assert queries.received_here() == {kept.id: 0}


@pytest.mark.parametrize("slow", [-1, "many", 1001])
def test_a_pulse_that_makes_no_sense_is_refused(at_kiosk: StrictBrowser, slow: object) -> None:
    assert at_kiosk.client.post("/kiosk/pulse", json={"slow": slow}).status_code == 422


def test_a_pulse_says_which_pages_run_and_is_told_what_is_asked(app: Flask, at_kiosk: StrictBrowser) -> None:
    with app.app_context(), writing():
        terminal = queries.terminal("coating-1")
        actions.send_message([terminal], MessageKind.RELOAD, by=None, now=now())
        db.session.commit()
    told = at_kiosk.client.post("/kiosk/pulse", json={"slow": 0, "version": "0af3"})
    [message] = told.json["messages"]
    assert message["kind"] == "reload"
    assert at_kiosk.client.post("/kiosk/pulse/heard", json={"ids": [message["id"]]}).status_code == 204
    assert at_kiosk.client.post("/kiosk/pulse", json={"slow": 0}).status_code == 204
    with app.app_context():
        assert queries.terminal("coating-1").page_version == "0af3"


def test_a_kiosk_out_of_order_says_so_and_nothing_else(app: Flask, signed_in: StrictBrowser) -> None:
    def tell(kind: MessageKind, words: str = "") -> None:
        with app.app_context(), writing():
            actions.send_message([queries.terminal("coating-1")], kind, words, by=None, now=now())
            db.session.commit()

    tell(MessageKind.OUT_OF_ORDER, "The next one is <beside> the press")
    for endpoint in ("kiosk.start", "kiosk.home", "kiosk.personal_code"):
        page = signed_in.get(endpoint, follow=True)
        assert page.words("h1") == ["Cette borne est hors service"]
    assert "The next one is <beside> the press" in page.get_text()
    tell(MessageKind.BACK_IN_SERVICE)
    assert signed_in.get("kiosk.home", follow=True).words("h1") == ["Posez votre badge sur le lecteur"]


def test_a_stranger_has_no_pulse(browse: StrictBrowser) -> None:
    refused = browse.client.post("/kiosk/pulse", json={"slow": 0}, headers={"Accept": "application/json"})
    assert refused.status_code == 403


def test_a_pulse_keeps_nobody_signed_in_and_notices_who_has_gone(app: Flask, signed_in: StrictBrowser) -> None:
    moment = datetime.now(UTC)
    for seconds, expected in [(60, None), (120, None), (180, EndedBy.EXPIRED)]:
        with hold(moment + timedelta(seconds=seconds)):
            signed_in.client.post("/kiosk/pulse", json={"slow": 0})
        assert endings(app) == [expected]
    with hold(moment + timedelta(seconds=181)):
        assert signed_in.get("kiosk.home", follow=True).words("h1") == ["Posez votre badge sur le lecteur"]


def test_nobody_calls_for_help_before_signing_in(app: Flask, at_kiosk: StrictBrowser) -> None:
    assert at_kiosk.get("kiosk.start").select("#help") == []
    with app.app_context():
        assert queries.help_requests(LONG_AGO, LONG_AFTER, LONG_AFTER) == []


def test_the_answer_is_read_at_home(app: Flask, signed_in: StrictBrowser, amina: Operator) -> None:
    number = new_id()
    with app.app_context(), writing():
        terminal = queries.terminal("coating-1").id
        actions.ask_for_help(amina.id, terminal, HelpCategory.KIOSK, None, request_id=number, now=datetime.now(UTC))
        db.session.commit()
    assert signed_in.get("kiosk.home").words(".answers-got") == []
    with app.app_context(), writing():
        actions.answer_help(number, "Le lecteur est changé.", by=None, now=datetime.now(UTC))
        db.session.commit()
    assert signed_in.get("kiosk.home").words(".answers-got p") == ["Le lecteur est changé."]


def test_without_a_notice_nothing_is_shown(signed_in: StrictBrowser) -> None:
    home = signed_in.get("kiosk.home")
    assert home.words("h1") == ["Mes modules"]
    assert home.select('a[href="/kiosk/notice"]') == []
    assert signed_in.get("kiosk.notice", follow=True).words("h1") == ["Mes modules"]


def test_the_notice_comes_before_anything_else(
    app: Flask, at_kiosk: StrictBrowser, amina: Operator, module: int
) -> None:
    publish(app)
    sign_in(at_kiosk, amina)
    for address in ("kiosk.home", "kiosk.every_module", "/kiosk/modules/small"):
        page = at_kiosk.get(address, follow=True)
        assert page.words("h1") == ["Ce qui est noté sur vous"]
    assert "Vos réponses" in page.words(".prose li")
    assert "Ce n’est pas un accord." in page.words(".note")[0]
    assert at_kiosk.post("kiosk.notice").words("h1") == ["Mes modules"]
    with app.app_context():
        [(person, version)] = acknowledgements(known_at=LONG_AFTER)
    assert (person, version) == (amina.id, 1)


def test_the_notice_is_read_again_and_asked_again_when_it_changes(
    app: Flask, at_kiosk: StrictBrowser, amina: Operator
) -> None:
    publish(app)
    sign_in(at_kiosk, amina)
    at_kiosk.post("kiosk.notice")
    page = at_kiosk.get("kiosk.notice")
    assert page.words(".actions .touch") == ["Français", "Revenir à mes modules"]
    at_kiosk.post("kiosk.notice")
    with app.app_context():
        assert len(acknowledgements(known_at=LONG_AFTER)) == 1, "it is read once"
    publish(app, OTHER)
    assert at_kiosk.get("kiosk.home").words("h1") == ["Mes modules"], "not in the middle of something"
    sign_in(at_kiosk, amina)
    assert at_kiosk.get("kiosk.home", follow=True).words(".prose p")[0] == "Voilà."
    # Whoever reads a language that it is not written in gets it as it is, said to be French, and hears that.
    at_kiosk.client.post("/kiosk/language", data={"language": "ar"})
    assert at_kiosk.get("kiosk.notice").select(".prose p[lang=fr]")


def test_a_handed_pin_is_replaced_before_the_notice(app: Flask, at_kiosk: StrictBrowser, amina: Operator) -> None:
    publish(app)
    with app.app_context(), writing():
        handed = credentials.issue_pins([amina.id], by=None, now=NOW)[amina.id]
        db.session.commit()
    at_kiosk.post("kiosk.recognise", {"badge": amina.badge})
    assert at_kiosk.post("kiosk.pin", {"pin": handed}).words("h1") == ["Choisissez votre numéro secret"]
    page = at_kiosk.post("kiosk.choose_pin", {"again": "719364", "pin": "719364"})
    assert page.words("h1") == ["Ce qui est noté sur vous"]
