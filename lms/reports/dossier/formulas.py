"""A workbook in which a spreadsheet computes each share's interval and verdict from the counts by team."""

import io
from datetime import datetime
from typing import Any

from lms.evaluation.cells.every import Kind
from lms.kernel.later import Later
from lms.reports.pilot.source import Row, Source

xlsxwriter = Later("xlsxwriter")
LONG_AGO = datetime(1980, 1, 1)  # noqa: DTZ001  (a time of no place, so that the same figures give the same bytes)


def formulas(source: Source) -> bytes:
    """Return the workbook: one sheet for each indicator that is a share, the verdict in its last line."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": source.code, "created": LONG_AGO})
    shares = [row for row in source.indicators if row["cells"] and row["cells"]["kind"] == Kind.SHARE]
    for row in shares:
        _sheet(book.add_worksheet(row["code"][:31]), row, book.add_format({"bold": True}))
    if not shares:
        book.add_worksheet("-").write(0, 0, "no share")
    book.close()
    return held.getvalue()


def _sheet(sheet: Any, row: Row, bold: Any) -> None:
    """Write the counts by team in A to C, and what follows from them in E and F."""
    teams = row["cells"]["teams"]
    sheet.write_row(0, 0, ("team / équipe", "successes / réussites", "members / effectif"), bold)
    for place, team in enumerate(teams, start=1):
        counts = ("hidden / masqué",) * 2 if team["masked"] else (team["successes"], team["members"])
        sheet.write_row(place, 0, (team["team"], *counts))
    sheet.set_column(0, 5, 24)
    for place, (name, formula, value) in enumerate(_lines(row, len(teams) + 1)):
        sheet.write(place, 4, name, bold)
        if isinstance(formula, str) and formula.startswith("="):
            sheet.write_formula(place, 5, formula, None, value)
        else:
            sheet.write(place, 5, formula)


def _lines(row: Row, last: int) -> list[tuple[str, Any, Any]]:
    """Return names, formulas (or given values) and stored results, from cell F1 down."""
    wins, members = f"B2:B{last}", f"C2:C{last}"
    told = not any(team["masked"] for team in row["cells"]["teams"]) and row["cells"]["persons"] == []
    estimate = (
        f"=IF(OR(COUNT({members})<2,F3=0,F3=1),1,"
        f"COUNT({members})/(COUNT({members})-1)*SUMPRODUCT(({wins}-F3*{members})^2)/F2^2/(F3*(1-F3)/F2))"
    )
    floor = f"=MAX(1,1+(SUMPRODUCT({members},{members})/F2-1)*F4)"
    upwards = row["direction"] == "ge"
    clears = "F15>=F11" if upwards else "F16<=F11"
    excludes = "F16<F11" if upwards else "F15>F11"
    return [
        ("successes / réussites", f"=SUM({wins})" if told else row["numerator"], row["numerator"]),
        ("members / effectif", f"=SUM({members})" if told else row["denominator"], row["denominator"]),
        ("share / part", "=F1/F2", row["value"]),
        ("planning ICC / ICC de planification", row["icc0"], None),
        ("design effect, estimated / estimé", estimate if told else "", None),
        ("design effect, floor / plancher", floor if told else "", None),
        ("design effect used / retenu", "=MAX(F5,F6)" if told else row["deff"], row["deff"]),
        ("effective n / n équivalent", "=F2/F7", row["n_eff"]),
        ("level / niveau", row["level"], None),
        ("z", "=NORMSINV((1+F9)/2)", None),
        ("threshold / seuil", row["threshold"], None),
        ("scale / échelle", "=1+F10^2/F8", None),
        ("centre", "=(F3+F10^2/(2*F8))/F12", None),
        ("half width / demi-largeur", "=F10*SQRT(F3*(1-F3)/F8+F10^2/(4*F8^2))/F12", None),
        ("low / borne basse", "=IF(F3=0,0,MAX(0,F13-F14))", row["low"]),
        ("high / borne haute", "=IF(F3=1,1,MIN(1,F13+F14))", row["high"]),
        ("the interval says / l’intervalle dit", f'=IF({clears},"met",IF({excludes},"not_met","inconclusive"))', None),
        ("verdict stored / enregistré", row["verdict"] or "-", None),
        ("reason / motif", row["reason"], None),
    ]
