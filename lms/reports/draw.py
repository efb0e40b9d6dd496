"""Draw in a process of its own: `python -m lms.reports.draw WHAT`, JSON in, bytes out.

WHAT is svg, pdf, docx, badges, module, skills, sheet or papers.

The libraries that draw take 150 MB and half a second to load; the server never loads
them, and their memory goes back when the process ends.
"""

import base64
import io
import json
import sys
from pathlib import Path

import segno
import typst
import vl_convert

from lms.reports.word_file import word_file

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"


def svg(specs: dict) -> bytes:
    """Return Vega-Lite specifications, by name, as SVG by name; they may refer to nothing elsewhere."""
    vl_convert.register_font_directory(str(FONTS))
    drawn = {name: vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[]) for name, spec in specs.items()}
    return json.dumps(drawn).encode()


def pdf(document: dict) -> bytes:
    """Return a report (`{"report": …, "pictures": {name: svg}}`) as a tagged PDF (PDF/UA-1)."""
    files = {
        "main": (HERE / "report.typ").read_bytes(),
        "report.json": json.dumps(document["report"]).encode(),
        **{f"{name}.svg": picture.encode() for name, picture in document["pictures"].items()},
    }
    return _own_fonts(files)


def badges(told: dict) -> bytes:
    """Return a sheet of printed badges (`badge_sheets`) as a tagged PDF."""
    files = {"main": (HERE / "badge_sheet.typ").read_bytes()}
    for place, badge in enumerate(told["badges"]):
        square = io.BytesIO()
        segno.make(badge.pop("number"), error="m", micro=False).save(square, kind="svg", border=4)
        badge["picture"] = f"{place}.svg"
        files[badge["picture"]] = square.getvalue()
    files["sheet.json"] = json.dumps(told).encode()
    return _own_fonts(files)


def module(sheet: dict) -> bytes:
    """Return a module on paper (`module_sheet`) as a tagged PDF; fonts of the system write what ours cannot."""
    pictures = {name: base64.b64decode(data) for name, data in sheet.pop("files").items()}
    files = {
        "main": (HERE / "module_sheet.typ").read_bytes(),
        "module.json": json.dumps(sheet).encode(),
        **pictures,
    }
    return typst.compile(files, font_paths=[str(FONTS)], pdf_standards="ua-1")  # type: ignore[call-overload]


def skills(sheet: dict) -> bytes:
    """Return the skills matrix (`skills_sheet`) on A3 as a tagged PDF."""
    return _own_fonts({"main": (HERE / "skills_sheet.typ").read_bytes(), "sheet.json": json.dumps(sheet).encode()})


def sheet(told: dict) -> bytes:
    """Return an attendance sheet (`proof_papers`) as a tagged PDF."""
    return _own_fonts({"main": (HERE / "attendance_sheet.typ").read_bytes(), "sheet.json": json.dumps(told).encode()})


def papers(told: dict) -> bytes:
    """Return certificates (`proof_papers`), each with the square code of its address, as a tagged PDF."""
    files = {"main": (HERE / "proof_paper.typ").read_bytes()}
    for place, paper in enumerate(told["papers"]):
        square = io.BytesIO()
        segno.make(paper["address"], error="m", micro=False).save(square, kind="svg", border=2)
        paper["picture"] = f"{place}.svg"
        files[paper["picture"]] = square.getvalue()
    files["papers.json"] = json.dumps(told).encode()
    return _own_fonts(files)


def _own_fonts(files: dict[str, bytes]) -> bytes:
    # Its stubs do not know that it takes files from memory.
    return typst.compile(  # type: ignore[call-overload]
        files, font_paths=[str(FONTS)], ignore_system_fonts=True, pdf_standards="ua-1"
    )


def docx(document: dict) -> bytes:
    """Return a report, given as for `pdf`, as a Word file."""
    vl_convert.register_font_directory(str(FONTS))
    drawn = {name: vl_convert.svg_to_png(picture, scale=2) for name, picture in document["pictures"].items()}
    return word_file(document["report"], drawn)


if __name__ == "__main__":
    ways = {"svg": svg, "pdf": pdf, "docx": docx, "badges": badges, "module": module}
    ways |= {"skills": skills, "sheet": sheet, "papers": papers}
    sys.stdout.buffer.write(ways[sys.argv[1]](json.load(sys.stdin)))
