"""Readings from a list."""

from datetime import UTC, date, datetime

import pytest

from lms.evaluation.readings import importing, queries
from lms.kernel.languages import speaking
from lms.kernel.tables import write_xlsx
from lms.people import plant

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
TODAY = date(2026, 7, 1)
HEAD = "Série;Du;Au;Équipe;Valeur;Bas;Haut;Unité;Source;Corrige\n"
LIST = HEAD + (
    "defects;2026-05-01;31/05/2026;;42;;;nombre;MES;\n"
    "defects;2026-06-01;2026-06-30;Nuit;1 042;;;count;MES;\n"
    "wage_rate;2026-01-01;2026-06-30;;28,50;26;31;€/h;Paie;\n"
)


def look(text: str) -> importing.Preview:
    return importing.preview(text.encode(), NOW, TODAY)


def shape(shown: importing.Preview) -> tuple[int, int, int]:
    return len(shown.steps), shown.unchanged, shown.refused


def test_a_list_is_kept_once(session: object) -> None:
    plant.add_team("N", "Nuit", None, None)
    shown = look(LIST)
    assert shape(shown) == (3, 0, 0)
    importing.apply(shown, by=None, now=NOW)
    assert shape(look(LIST)) == (0, 3, 0)
    found = queries.readings("wage_rate", TODAY.replace(month=6), TODAY, NOW)[0]
    assert (found.value, found.low, found.high) == (28.5, 26, 31)
    kept = next(one for one in queries.current(NOW) if one.value == 42)
    fixed = look(HEAD + f"defects;2026-05-01;2026-05-31;;40;;;count;MES, corrected;{kept.id}\n")
    importing.apply(fixed, by=None, now=NOW)
    assert {one.value for one in queries.current(NOW)} == {40, 1042, 28.5}


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("scrap;2026-06-01;2026-06-30;;1;;;count;MES;", "Série", "No series is called scrap."),
        ("defects;2026-06-01;2026-06-30;X;1;;;count;MES;", "Équipe", "No team is called so."),
        ("defects;2026-06-01;2026-06-30;;1;;;h;MES;", "Unité", "This series is kept in count."),
        ("defects;2026-06-01;2026-06-30;;1;;;;MES;", "Unité", "This series is kept in count."),
        ("defects;2026-06-01;2026-06-30;;one;;;count;MES;", "Valeur", "This is no number."),
        ("defects;2026-06-01;2026-06-30;;;;;count;MES;", "Valeur", "This is no number."),
        ("defects;2026-06-01;2026-06-30;;1,5;;;count;MES;", "Valeur", "What is counted"),
        ("defects;2026-06-01;2026-06-30;;1;;;count;;", "Source", "Say where"),
        ("defects;2026-06-30;2026-06-01;;1;;;count;MES;", "Au", "The period ends before"),
        ("defects;2026-06-01;2026-07-31;;1;;;count;MES;", "Au", "The period is not over"),
        ("defects;hier;2026-06-30;;1;;;count;MES;", "Du", "This is no date."),
        ("defects;2026-06-01;2026-06-30;;1;;;count;MES;99", "Corrige", "There is no reading 99 to correct"),
        ("defects;2026-05-15;2026-06-30;;1;;;count;MES;", "Du", "A line before"),
        ("wage_rate;2026-06-01;2026-06-30;;2850;;;EUR/h;MES;", "Valeur", "A figure of this series lies between 5"),
    ],
)
def test_faults_are_told_with_line_column_and_reason(session: object, line: str, column: str, reason: str) -> None:
    shown = look(HEAD + "defects;2026-05-01;2026-05-31;;42;;;count;MES;\n" + line + "\n")
    with speaking("en"):
        assert [(fault.line, fault.column) for fault in shown.faults] == [(3, column)]
        assert shown.faults[0].reason.startswith(reason)
    assert shape(shown) == (1, 0, 1)


def test_a_workbook_and_labels(session: object) -> None:
    titles = ["Series", "From", "To", "Value", "Unit", "Source"]
    row = ["Hours worked", date(2026, 6, 1), date(2026, 6, 30), 1200.5, "h", "Payroll"]
    with speaking("en"):
        shown = importing.preview(write_xlsx("x", titles, [row]), NOW, TODAY)
    assert [new.series for _, new in shown.steps] == ["hours_worked"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 234,5", 1234.5), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("-3", -3), ("1\u202f042", 1042), ("0,42", 0.42)],
)
def test_numbers(text: str, value: float) -> None:
    assert importing.number(text) == value


@pytest.mark.parametrize("text", ["", "x", "1e9", "1-2", "nan"])
def test_no_numbers(text: str) -> None:
    with pytest.raises(ValueError):
        importing.number(text)
