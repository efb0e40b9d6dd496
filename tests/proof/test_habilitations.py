"""Habilitations: given on what there is, never twice for the same day; how everybody stands."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from lms.kernel.database import db, writing
from lms.kernel.enclosures import PaperOfAnotherKind
from lms.people import actions as people
from lms.proof import actions, queries, rules
from lms.proof.rules import Act, Basis, State
from tests.people.making import NOW, TODAY
from tests.proof.hall import Hall

LONG_AGO = date(2022, 5, 2)


def held(as_of: date = TODAY) -> list[tuple[int, str, State]]:
    return [(one.person_id, one.kind_code, one.state) for one in queries.habilitations(as_of)]


def test_a_certificate_gives_one_and_its_end(session: object) -> None:
    hall = Hall()
    hall.give(hall.amina, LONG_AGO)
    (one,) = queries.habilitations(TODAY)
    assert (one.valid_from, one.valid_until, one.renew_from) == (LONG_AGO, date(2027, 5, 1), date(2026, 11, 3))
    assert held() == [(hall.amina, "caces", State.VALID)]
    assert held(date(2026, 11, 3)) == [(hall.amina, "caces", State.TO_RENEW)]
    assert held(date(2027, 5, 2)) == [(hall.amina, "caces", State.EXPIRED)]
    assert queries.habilitations(TODAY, [hall.bruno]) == []


def test_a_renewal_follows_without_a_gap_and_is_counted_as_one(session: object) -> None:
    hall = Hall()
    hall.give(hall.amina, date(2021, 3, 10))
    made = hall.give(hall.amina, TODAY)
    assert (made.valid_from, made.valid_until) == (date(2026, 3, 10), date(2031, 3, 1))
    (one,) = queries.habilitations(TODAY)
    assert (one.valid_until, one.state) == (date(2031, 3, 1), State.VALID)


def test_overlapping_validity_is_refused(session: object) -> None:
    hall = Hall()
    hall.give(hall.amina, LONG_AGO)
    with pytest.raises(rules.RenewedTooEarly):
        hall.give(hall.amina, TODAY)
    with pytest.raises(rules.Overlapping):
        hall.give(hall.amina, LONG_AGO - timedelta(days=60))
    hall.give(hall.amina, LONG_AGO - timedelta(days=60), until=LONG_AGO - timedelta(days=1))


def test_a_mistake_is_withdrawn_and_another_given(session: object) -> None:
    hall = Hall()
    wrong = hall.give(hall.amina, LONG_AGO)
    with pytest.raises(rules.ActWithoutReason):
        actions.act(wrong.id, Act.WITHDRAWN, LONG_AGO, " ", None, NOW)
    actions.act(wrong.id, Act.WITHDRAWN, LONG_AGO, "Somebody else’s paper", None, NOW)
    assert held() == [(hall.amina, "caces", State.WITHDRAWN)]
    hall.give(hall.amina, TODAY)
    assert held() == [(hall.amina, "caces", State.VALID)]


def test_one_that_is_suspended_says_so_until_it_counts_again(session: object) -> None:
    hall = Hall()
    made = hall.give(hall.amina, LONG_AGO)
    actions.act(made.id, Act.SUSPENDED, TODAY - timedelta(days=2), "Accident", None, NOW)
    assert held() == [(hall.amina, "caces", State.SUSPENDED)]
    assert held(TODAY - timedelta(days=3)) == [(hall.amina, "caces", State.VALID)]
    actions.act(made.id, Act.RESUMED, TODAY, "Seen again", None, NOW)
    assert held() == [(hall.amina, "caces", State.VALID)]


def test_a_certificate_older_than_the_hiring_counts_from_the_hiring(session: object) -> None:
    hall = Hall()
    made = hall.give(hall.bruno, LONG_AGO)
    assert (made.valid_from, made.valid_until) == (TODAY - timedelta(days=7), date(2027, 5, 1))
    hall.completes(hall.bruno)
    with pytest.raises(rules.ObtainedBeforeHiring):
        hall.give(hall.bruno, LONG_AGO, "lock", basis=Basis.MODULE)


def test_nothing_is_given_on_what_is_not_there(session: object) -> None:
    hall = Hall()
    for kind, said, refusal in (
        ("sst", {"basis": Basis.CERTIFICATE}, rules.BasisNotAccepted),
        ("sst", {"basis": Basis.SESSION, "session": "SST-1"}, rules.SessionNotAttended),
        ("lock", {"basis": Basis.MODULE}, rules.ModuleNotCompleted),
        ("caces", {"paper": None}, rules.PaperMissing),
        ("caces", {"issuer": " "}, rules.PaperMissing),
        ("caces", {"paper": b"<html>"}, PaperOfAnotherKind),
        ("caces", {"until": date(2099, 1, 1)}, rules.LongerThanAllowed),
    ):
        with pytest.raises(refusal):
            hall.give(hall.amina, TODAY, kind, **said)
    with pytest.raises(rules.ObtainedInFuture):
        hall.give(hall.amina, TODAY + timedelta(days=1))
    people.leave(hall.amina, TODAY - timedelta(days=3), by=None, now=NOW, today=TODAY)
    with pytest.raises(rules.GivenAfterLeaving):
        hall.give(hall.amina, TODAY)


def test_a_session_or_a_module_gives_one(session: object) -> None:
    hall = Hall()
    hall.attends_all(hall.amina)
    hall.completes(hall.amina)
    assert hall.give(hall.amina, TODAY, "sst", basis=Basis.SESSION, session="SST-1").session_id is not None
    assert hall.give(hall.amina, TODAY, "lock", basis=Basis.MODULE).valid_until == date(2026, 3, 31)
    assert held() == [(hall.amina, "sst", State.VALID), (hall.amina, "lock", State.TO_RENEW)]


def test_the_number_of_statements_does_not_grow(app: Flask) -> None:
    def statements() -> int:
        db.session.expire_all()
        seen: list[str] = []
        note = lambda *told: seen.append(told[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", note)
        queries.habilitations(TODAY)
        event.remove(db.engine, "before_cursor_execute", note)
        return len([one for one in seen if one.startswith("SELECT")])

    with app.app_context(), writing():
        hall = Hall()
        hall.give(hall.amina, LONG_AGO)
        few = statements()
        hall.give(hall.bruno, LONG_AGO)
        hall.completes(hall.amina)
        hall.give(hall.amina, TODAY, "lock", basis=Basis.MODULE)
        assert statements() == few == 3
        db.session.rollback()
