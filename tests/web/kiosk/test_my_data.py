"""Somebody without e-mail or desk reads at the kiosk what is kept of them, and asks human resources."""

import pytest
from flask import Flask

from lms.kernel.clock import now, today
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from lms.people.privacy import looks
from lms.people.privacy.looks import Looked
from lms.people.privacy.models import Purpose
from lms.privacy import actions, queries, rules
from lms.privacy.models import RequestKind
from lms.proof import issuing
from lms.proof.issuing import Action
from tests.people.making import a_person
from tests.proof.hall import YESTERDAY, Hall
from tests.strict import StrictBrowser
from tests.web.kiosk.conftest import Operator, sign_in


def test_everything_is_read_and_a_paper_asked_for(app: Flask, at_kiosk: StrictBrowser, amina: Operator) -> None:
    with app.app_context(), writing():
        hall = Hall()
        hall.completes(amina.id, today())
        hall.attends_all(amina.id)
        hall.attends_all(hall.amina)
        hall.give(amina.id, YESTERDAY)
        session = Action(None, "SST-1", YESTERDAY, YESTERDAY)
        paper, others = (
            issuing.certify_realisation(who, session, "fr", None, now()).number for who in (amina.id, hall.amina)
        )
        looks.note(Looked(hall.bruno, [Role.TRAINER], Purpose.SKILLS, "page", [amina.id]), now())
        db.session.commit()
    sign_in(at_kiosk, amina)
    menu = at_kiosk.get("kiosk.home", follow=True).select_one('a[href="/kiosk/my-data/"]')["href"]
    read = {link["href"]: at_kiosk.get(link["href"]).get_text() for link in at_kiosk.get(menu).select(".even a")}
    assert "Ce que vous avez fait" not in read["/kiosk/my-data/kept"], "nothing of this kind is kept"
    assert "Les sessions que vous avez suivies" in read["/kiosk/my-data/kept"]
    assert "First aid" in read["/kiosk/my-data/training"]
    assert "CACES R489" in read["/kiosk/my-data/levels"]
    assert "Bruno Roy · Formateur" in read["/kiosk/my-data/looks"]
    assert paper in read["/kiosk/my-data/papers"]
    assert others not in read["/kiosk/my-data/papers"]
    for number, status in ((paper, 200), (paper, 200), (others, 404)):
        at_kiosk.post("kiosk.ask_for_print", number=number, status=status)
    with app.app_context():
        (one,) = queries.requests()
        assert (one.request.person_id, one.request.kind, one.request.words) == (
            amina.id,
            RequestKind.ACCESS,
            f"Sur papier : {paper}",
        )
    assert "Demandée sur papier" in at_kiosk.get("kiosk.my_papers").get_text()


def test_hr_reads_in_its_own_language_what_is_asked_by_touch(
    app: Flask, at_kiosk: StrictBrowser, amina: Operator
) -> None:
    sign_in(at_kiosk, amina)
    at_kiosk.post("kiosk.language", {"language": "ar"})
    at_kiosk.post("kiosk.my_requests", {"what": "team", "words": "P4"})
    at_kiosk.post("kiosk.my_requests", {"what": "copy"})
    with app.app_context(), writing():
        copy, correction = queries.requests(amina.id)
        assert correction.request.words == "Mon équipe ou mon poste est faux. P4"
        assert (copy.request.kind, copy.request.words) == (RequestKind.ACCESS, "")
        actions.hand_out(amina.id, by=None, now=now())
        db.session.commit()
    with app.app_context():
        copy, correction = queries.requests(amina.id)
        assert (copy.answer is None, correction.answer) == (False, None), "only a copy answers a copy"
    told = at_kiosk.get("kiosk.home", follow=True).select(".note a")
    assert [link["href"] for link in told] == ["/kiosk/my-data/requests"], "the person is told where they come first"


def test_the_same_is_asked_once(session: object) -> None:
    who = a_person()
    actions.ask(who, RequestKind.CORRECTION, "My name", by=who, now=now())
    with pytest.raises(rules.AskedAlready):
        actions.ask(who, RequestKind.CORRECTION, " My name ", by=who, now=now())
    actions.ask(who, RequestKind.OBJECTION, "My name", by=who, now=now())
