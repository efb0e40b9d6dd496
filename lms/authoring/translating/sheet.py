"""Translations as a sheet, CSV or workbook, out and in: a text a line, one column to fill in.

Only the key and the translation are read. A text that a spreadsheet would take for a formula has an
apostrophe in front, as in any of our sheets; it is taken off again.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from lms.authoring.translating.offers import Asked, Offer, Offered, fault_of, offered
from lms.authoring.translating.states import State
from lms.authoring.translating.units import Unit
from lms.kernel.cells import folded
from lms.kernel.refusals import FileRefused, Problem, Refusal
from lms.kernel.sheets import Sheet, open_sheet
from lms.kernel.tables import Row, neutralised, write_csv, write_xlsx

_APOSTROPHES = re.compile(r"'+")
KEY = ("Clé", "Key")
TRANSLATION = ("Traduction", "Translation")
ORIGINAL = ("Original", "Original")
PLACE = ("Où", "Where")
STATE = ("État", "State")


def write(
    asked: Asked, ending: str, *, french: bool, place: Callable[[Unit], str], states: Callable[[State], str]
) -> bytes:
    """Return a module as a sheet, `csv` or `xlsx`; `place` and `states` word where a text stands and how."""
    at = 0 if french else 1
    header = [KEY[at], PLACE[at], f"{ORIGINAL[at]} ({asked.original})"]
    header += [f"{TRANSLATION[at]} ({asked.language})", STATE[at]]
    rows = [
        [
            f"{asked.code}/{unit.id}",
            place(unit),
            guarded(unit.texts[asked.original]),
            guarded(unit.texts.get(asked.language, "")),
            states(asked.standing[unit.id]),
        ]
        for unit in asked.units.values()
    ]
    return write_csv(header, rows) if ending == "csv" else write_xlsx(asked.code, header, rows)


def guarded(text: str) -> str:
    """Return a text as a cell holds it; `bare` undoes it."""
    led = _APOSTROPHES.match(text)
    rest = text[led.end() :] if led else text
    return f"'{text}" if neutralised(rest) != rest else text


def bare(cell: str) -> str:
    """Return the text of a cell."""
    led = _APOSTROPHES.match(cell)
    return cell[1:] if led and neutralised(cell[led.end() :]) != cell[led.end() :] else cell


def read(source: bytes, name: str, asked: Asked) -> Offer:
    """Return what a sheet would change; raises FileRefused for what is no sheet of this module and language."""
    titles = {"key": KEY, "translation": [f"{title} ({asked.language})" for title in TRANSLATION]}
    try:
        sheet = open_sheet(source, titles, needed=("key",))
        rows = list(sheet.table.rows())[1:]
    except Refusal as refusal:
        raise FileRefused([_problem(refusal, name)]) from refusal
    if "translation" not in sheet.columns:
        raise FileRefused([_no_column(sheet, name, asked)])
    return _offer(rows, sheet.columns["key"], sheet.columns["translation"], name, asked)


def _problem(refusal: Refusal, name: str) -> Problem:
    line = refusal.facts.get("line")
    code, facts = f"table.{type(refusal).__name__}", dict(refusal.facts)
    return Problem(code, name, line if isinstance(line, int) else None, facts=facts)


def _no_column(sheet: Sheet, name: str, asked: Asked) -> Problem:
    """Say that the column of translations is missing, or of another language."""
    stems = tuple(folded(title) for title in TRANSLATION)
    found = next((title for title in sheet.titles if folded(title).startswith(stems)), None)
    facts: dict[str, object] = {"found": found or "–", "wanted": f"{TRANSLATION[0]} ({asked.language})"}
    return Problem("translation.no_column", name, 1, facts=facts)


def _offer(rows: Sequence[Row], key: int, column: int, name: str, asked: Asked) -> Offer:
    known = asked.units
    found: dict[str, Offered] = {}
    seen: set[str] = set()
    faults: list[Problem] = []
    unchanged = 0
    for row in rows:
        module, _slash, named = _cell(row, key).strip().partition("/")
        fault = _fault_of_key(module, named, asked, known, seen)
        seen.add(named)
        text = bare(_cell(row, column)).replace("\r\n", "\n")
        if fault is None:
            unit = known[named]
            fault = fault_of(unit, text, unit.texts[asked.original])
        if fault is not None:
            faults.append(replace(fault, file=name, line=row.line, path=named))
            continue
        one = offered(asked, known[named], text, source=None)
        if one is None:
            unchanged += 1
        else:
            found[named] = one
    return Offer(name, tuple(found[one] for one in known if one in found), tuple(faults), unchanged)


def _fault_of_key(module: str, named: str, asked: Asked, known: dict[str, Unit], seen: set[str]) -> Problem | None:
    if not named:
        return Problem("translation.no_key")
    if module != asked.code:
        return Problem("translation.other_module", facts={"found": module, "wanted": asked.code})
    if named not in known:
        return Problem("translation.unknown", facts={"named": named})
    return Problem("translation.twice", facts={"named": named}) if named in seen else None


def _cell(row: Row, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""
