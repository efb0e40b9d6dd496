"""The plant's own matrix and sign-offs brought in."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.kernel.database import db
from lms.kernel.languages import speaking
from lms.kernel.sheets import ColumnsNotFound, ListChanged, SheetEmpty
from lms.kernel.tables import write_xlsx
from lms.skills import importing, queries, rules, waiting
from lms.skills.models import LevelChange, SignOff
from lms.skills.rules import Kind, Level
from tests.skills.shop import DAY, NOW, Shop

HEAD = "Matricule;Tâche;Niveau;Résultat;Date;Matricule évaluateur;Situation\n"
LIST = HEAD + (
    "A;ink;L;;2026-01-10;T;\n"
    "A;ink;U;;15/02/2026;;\n"
    "B;Pack;o;;2026-01-10;;\n"
    "B;lock;-;;2026-01-10;;\n"
    "A;pack;;acquis;2026-02-20;B;Palette du matin\n"
    "C;ink;;non fait;2026-02-20;T;\n"
    "C;ink;;pas encore;2026-02-25;T;Encre trop fluide\n"
)


@pytest.fixture
def shop(session: object) -> Shop:
    return Shop()


def shape(shown: importing.Preview) -> tuple[int, int, int, int]:
    return len(shown.levels), len(shown.observations), shown.unchanged, shown.refused


def test_a_list_is_taken_over_once(shop: Shop) -> None:
    shown = shop.take(LIST)
    assert shape(shown) == (3, 3, 1, 0)
    assert rules.level_of(queries.changes_of(shop.amina, shop.ink)) is Level.AUTONOMOUS
    assert queries.changes_of(shop.amina, shop.pack) == [], "Bruno teaches it but is no trainer: one signs too"
    assert [one.signers[0].person_id for one in waiting.waiting()] == [shop.bruno]
    assert {row.source for row in db.session.query(SignOff)} == {"list.csv"}
    stated = db.session.query(LevelChange).filter_by(kind=Kind.STATED, source="list.csv").order_by(LevelChange.id)
    assert [row.signed_by_id for row in stated] == [shop.tom, shop.hal, shop.hal]
    assert shape(importing.preview(LIST.encode(), NOW)) == (0, 0, 7, 0)


def test_practice_seen_before_anything_was_known_raises_nothing(shop: Shop) -> None:
    shop.take(HEAD + "A;ink;;acquis;2026-01-20;T;Essai\n")
    assert queries.changes_of(shop.amina, shop.ink) == []
    assert len(queries.sign_offs(DAY, NOW)) == 1


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("X;ink;L;;2026-01-10;;", "Matricule", "Nobody has this registration number."),
        ("A;glue;L;;2026-01-10;;", "Tâche", "No task has this code."),
        ("A;ink;;;2026-01-10;;", "Résultat", "A line tells either"),
        ("A;ink;L;acquis;2026-01-10;T;", "Niveau", "A line tells either"),
        ("A;ink;X;;2026-01-10;;", "Niveau", "A level is one of"),
        ("A;ink;;bof;2026-01-10;T;", "Résultat", "This is not known."),
        ("A;ink;L;;hier;;", "Date", "This is no date."),
        ("A;ink;L;;2026-03-03;;", "Date", "This day is still to come."),
        ("A;ink;;acquis;2026-01-10;;", "Matricule évaluateur", "Who observed it?"),
        ("A;ink;;acquis;2026-01-10;A;", "Matricule évaluateur", "Nobody signs off"),
        ("A;ink;;acquis;2026-01-10;B;", "Matricule évaluateur", "The observer is at none"),
        ("T;ink;L;;2026-02-10;;", "Niveau", "The level is O: a file lowers nobody."),
        ("T;ink;L;;2025-12-01;;", "Date", "A level of 2026-01-01 is known already"),
        ("C;pack;U;;2026-02-10;;", "Niveau", "The level is I: none is skipped."),
    ],
)
def test_faults_are_told_with_line_column_and_reason(shop: Shop, line: str, column: str, reason: str) -> None:
    shop.state(shop.chloe, shop.pack, Level.TRAINED)
    shown = importing.preview((HEAD + "A;pack;L;;2026-01-10;;\n" + line + "\n").encode(), NOW)
    with speaking("en"):
        assert [(fault.line, fault.column) for fault in shown.faults] == [(3, column)]
        assert shown.faults[0].reason.startswith(reason)
    assert shape(shown) == (1, 0, 0, 1)


def test_a_workbook(shop: Shop) -> None:
    source = write_xlsx("x", ["Registration", "Task", "Level", "Date"], [["A", "ink", "L", DAY]])
    assert shape(importing.preview(source, NOW)) == (1, 0, 0, 0)


def test_what_is_no_such_list(shop: Shop) -> None:
    with pytest.raises(SheetEmpty):
        importing.preview(b" ", NOW)
    with pytest.raises(ColumnsNotFound) as refused:
        importing.preview(b"Matricule;Niveau\nA;L\n", NOW)
    assert refused.value.facts == {"missing": "Tâche / Task, Date / Le", "found": "Matricule, Niveau"}


def test_what_changed_since_the_preview(shop: Shop) -> None:
    before = importing.preview(LIST.encode(), NOW).fingerprint
    importing.preview(LIST.encode(), NOW).check_unchanged(before)
    shop.state(shop.amina, shop.ink, Level.ACCOMPANIED)
    with pytest.raises(ListChanged):
        importing.preview(LIST.encode(), NOW).check_unchanged(before)


told = st.tuples(
    st.sampled_from("ABC"),
    st.sampled_from(["ink", "lock", "pack"]),
    st.sampled_from(["I;", "L;", "U;", "O;", ";acquis", ";pas encore", ";non fait"]),
    st.integers(0, 50),
    st.sampled_from("TB"),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(told, max_size=8))
def test_importing_twice_is_importing_once_and_refuses_the_same(session: object, lines: list) -> None:
    with db.session.begin_nested() as savepoint:
        shop = Shop()
        text = HEAD + "".join(
            f"{person};{task};{what};{DAY - timedelta(days=days)};{observer};x\n"
            for person, task, what, days, observer in lines
        )
        first = shop.take(text)
        second = importing.preview(text.encode(), NOW)
        assert second.steps == ()
        for changes in (queries.changes_of(shop.amina, task) for task in (shop.ink, shop.lock, shop.pack)):
            moves = rules.history(changes)
            steps = [move.after.rank - move.before.rank for move in moves[1:]]
            assert all(step == 1 for step in steps), "after the first level none is skipped"
        assert first.rows == len(lines)
        savepoint.rollback()
