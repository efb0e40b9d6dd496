"""Lists as files: CSV in pieces without a limit, a workbook with one that is told."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from lms.kernel.languages import speaking
from lms.kernel.tables import MOST_XLSX_ROWS, TooManyRows
from lms.web.shared.files import Lines, table_file

ROWS = [["=1+1", "@SUM(A1)", "+33 1", "-2", 3]] * 100_000


def test_a_hundred_thousand_rows_are_sent_in_pieces(app: Flask) -> None:
    with app.test_request_context(), speaking("en"):
        answer = table_file("csv", "Hours", date(2026, 3, 2), ["Name"], ROWS)
        assert answer.is_streamed
        pieces = list(answer.response)
    assert len(pieces) > 100
    assert max(map(len, pieces)) < 100_000
    lines = b"".join(pieces).decode("utf-8-sig").splitlines()
    assert len(lines) == 100_001
    assert lines[1] == "'=1+1,'@SUM(A1),'+33 1,'-2,3"


def test_rows_are_made_while_the_file_is_sent_and_none_for_a_file_that_is_refused(app: Flask) -> None:
    made = 0

    def rows() -> Iterator[list[object]]:
        nonlocal made
        for number in range(100_000):
            made += 1
            yield [number]

    with app.test_request_context():
        pieces = iter(table_file("csv", "Hours", date(2026, 3, 2), ["Number"], Lines(100_000, rows())).response)
        with pytest.raises(TooManyRows):
            table_file("xlsx", "Hours", date(2026, 3, 2), ["Number"], Lines(100_000, rows()))
    most = 0
    while True:
        before = made
        if next(pieces, None) is None:
            break
        most = max(most, made - before)
    assert (made, most) == (100_000, 1_000), "a thousand rows at a time, all of them at last"


def test_a_workbook_says_how_much_it_holds(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(TooManyRows) as refused:
        table_file("xlsx", "Hours", date(2026, 3, 2), ["Name"], ROWS)
    assert refused.value.facts == {"found": 100_000, "limit": MOST_XLSX_ROWS}


def test_a_file_is_named_as_french_is_written_whatever_a_header_carries(app: Flask) -> None:
    with app.test_request_context():
        named = table_file("csv", "Achèvement – l’équipe", date(2026, 3, 2), ["Nom"], []).headers["Content-Disposition"]
    named.encode("latin-1")  # What a server writes a header in.
    assert 'filename="Achevement - l\'equipe 2026-03-02.csv"' in named
    assert "filename*=UTF-8''Ach%C3%A8vement%20%E2%80%93%20l%E2%80%99%C3%A9quipe%202026-03-02.csv" in named
