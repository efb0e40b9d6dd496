"""Documents: what was issued never changes; a forged, changed or missing entry shows; names can be erased."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from lms.catalogue.actions import add_edition
from lms.catalogue.models import Impact, Module
from lms.kernel.clock import end_of
from lms.kernel.database import append_only_ddl, db, writing
from lms.people import actions as people
from lms.people.models import Person
from lms.privacy import actions as privacy
from lms.proof import issuing, papers, verifying
from lms.proof.issuing import Action
from lms.proof.papers import Verdict
from tests.people.making import NOW, TODAY
from tests.progress.modules import content
from tests.proof.hall import Hall

LATER = NOW + timedelta(days=1)


@pytest.fixture
def hall(session: object) -> Hall:
    found = Hall()
    found.completes(found.amina)
    found.completes(found.bruno)
    found.attends_all(found.amina)
    return found


def certified(hall: Hall, person_id: int | None = None) -> str:
    return issuing.certify(person_id or hall.amina, hall.module_id, "fr", None, NOW).number


def whole_year(hall: Hall, **said: object) -> Action:
    told = {"module_id": hall.module_id, "session": "", **said}
    return Action(first_day=TODAY - timedelta(days=365), last_day=TODAY, **told)


def test_what_was_issued_stays_as_it_was(hall: Hall) -> None:
    number = certified(hall)
    db.session.get(Person, hall.amina).family_name = "Durand"
    db.session.flush()
    found = verifying.check(number, LATER)
    assert (found.verdict, found.issued.short_name) == (Verdict.GENUINE, "A. Benali")
    assert found.issued.row.stated["employer"] == "Usine de Nantes"
    # The same again is the one there is; under the new name it is another.
    assert certified(hall) != number
    assert certified(hall) == certified(hall)


def test_nobody_is_certified_who_does_not_hold_it(hall: Hall) -> None:
    with pytest.raises(papers.NothingToCertify):
        issuing.certify(hall.amina, hall.module_id + 1, "fr", None, NOW)


def test_a_certificat_de_realisation_adds_up_screen_and_room(hall: Hall) -> None:
    stated = issuing.certify_realisation(hall.amina, whole_year(hall, assistance=2), "fr", None, NOW).stated
    assert stated["modes"] == ["distance", "room"]
    assert (stated["designed_minutes"], stated["observed_minutes"]) == (390 + hall_minutes(hall), 391)
    assert (stated["passed"], stated["assistance"]) == (True, 2)
    alone = issuing.certify_realisation(hall.amina, whole_year(hall, module_id=None, session="SST-1"), "fr", None, NOW)
    assert (alone.stated["passed"], alone.stated["mandatory"], alone.stated["observed_minutes"]) == (None, True, 390)
    with pytest.raises(papers.NothingAttended):
        issuing.certify_realisation(hall.bruno, whole_year(hall, module_id=None, session="SST-1"), "fr", None, NOW)


def hall_minutes(hall: Hall) -> int:
    return hall.edition.content["minutes"]


def test_a_document_is_withdrawn_once_with_its_reason(hall: Hall) -> None:
    number = certified(hall)
    with pytest.raises(papers.VoidWithoutReason):
        issuing.void(number, "", None, LATER)
    issuing.void(number, "Wrong person", None, LATER)
    assert verifying.check(number, LATER).verdict is Verdict.WITHDRAWN
    with pytest.raises(papers.VoidedAlready):
        issuing.void(number, "Again", None, LATER)
    assert certified(hall) != number


def test_a_number_that_was_made_up_is_unknown(hall: Hall) -> None:
    number = certified(hall)
    assert verifying.check(number[:-1] + ("A" if number[-1] != "A" else "B"), NOW).verdict is Verdict.UNKNOWN
    assert verifying.check("2026-000001-AAAA-AAAA-AAAA", NOW).verdict is Verdict.UNKNOWN
    assert verifying.check("' OR 1=1", NOW).verdict is Verdict.UNKNOWN
    assert verifying.check(f" {number.lower()}", NOW).verdict is Verdict.GENUINE


def test_an_erased_name_leaves_a_proof_that_can_be_verified(hall: Hall) -> None:
    number = certified(hall)
    people.leave(hall.amina, TODAY, None, NOW, TODAY)
    privacy.erase(hall.amina, now=NOW + timedelta(days=2))
    found = verifying.check(number, NOW)
    assert (found.verdict, found.issued.name) == (Verdict.GENUINE, "")
    assert verifying.faults() == []


HARMS = {
    "UPDATE proof_documents SET person_id = 2 WHERE sequence = 2": [(2, Verdict.ALTERED)],
    "UPDATE proof_documents SET seal = 'x' WHERE sequence = 1": [(1, Verdict.ALTERED), (2, Verdict.ALTERED)],
    "UPDATE proof_holders SET family_name = 'Forged' WHERE sequence = 3": [(3, Verdict.ALTERED)],
    "DELETE FROM proof_documents WHERE sequence = 2": [(2, Verdict.MISSING)],
}


def test_whoever_changes_the_database_behind_our_back_is_seen(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        hall = Hall()
        hall.completes(hall.amina)
        hall.attends_all(hall.amina)
        certified(hall)
        second = issuing.certify_realisation(hall.amina, whole_year(hall), "fr", None, NOW).number
        issuing.certify_realisation(hall.amina, whole_year(hall, module_id=None, session="SST-1"), "fr", None, NOW)
        db.session.expire_all()
        assert verifying.faults() == []
        _unlock()
        for harm, faults in HARMS.items():
            with db.session.begin_nested() as attempt:
                if harm.startswith("DELETE"):
                    db.session.execute(text("DELETE FROM proof_holders WHERE sequence = 2"))
                db.session.execute(text(harm))
                db.session.expire_all()
                assert verifying.faults() == faults, harm
                told = dict(faults).get(2, Verdict.GENUINE)
                assert verifying.check(second, NOW).verdict is told, harm
                attempt.rollback()
        db.session.rollback()


def _unlock() -> None:
    """Take the triggers away, as whoever owns the server could."""
    dialect = db.engine.dialect.name
    for statement in append_only_ddl("proof_documents")[dialect]:
        name = statement.split()[2]
        if statement.startswith("CREATE TRIGGER"):
            db.session.execute(text(f"DROP TRIGGER {name}" + (" ON proof_documents" if dialect != "sqlite" else "")))


def test_a_later_edition_that_asks_for_training_anew_is_told(hall: Hall) -> None:
    number = certified(hall)
    anew = content().model_copy(update={"minutes": 9})
    module = db.session.get(Module, hall.module_id)
    add_edition(module, anew, {}, note="New press", by=None, now=LATER, impact=Impact.RETRAINING)
    assert verifying.check(number, NOW).asked_again_on is None
    assert verifying.check(number, end_of(LATER.date())).asked_again_on == LATER.date()
