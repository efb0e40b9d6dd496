"""Papers of the simulated plant as if they had been scanned: a sheet signed by hand, a certificate from outside.

Each says on its face that it is a demonstration.
"""

from collections.abc import Sequence
from datetime import date
from random import Random

from lms.catalogue.scans import Scan
from lms.classroom.models import Session
from lms.kernel.languages import speaking
from lms.proof.names import Named
from lms.reports import proof_papers
from lms.reports.proof_papers import Stroke
from lms.reports.words import day

WIDTH, HEIGHT = 595, 420
"""Points (1/72 inch): A5, landscape."""
STROKES = 9


def signed_sheet(session: Session, site: str, people: Sequence[Named], signed: Sequence[Sequence[bool]]) -> Scan:
    """Return the sheet of a session with a mark in each box that somebody signed, and the trainer's in every one."""
    marks = [
        [_mark(person.registration, place) if has else [] for place, has in enumerate(row)]
        for person, row in zip(people, signed, strict=True)
    ]
    trainers = [_mark(session.trainer, place) for place, _half_day in enumerate(session.half_days)]
    lines = [(one.full_name, one.registration) for one in people]
    pdf = proof_papers.attendance_sheet(session, site, lines, "fr", simulated=True, signatures=[*marks, trainers])
    return Scan(pdf, -(-len(session.half_days) // proof_papers.HALF_DAYS_ON_A_PAGE))


def _mark(who: str, place: int) -> Stroke:
    """Return a mark as a hand draws it: alike each time somebody signs, never the same."""
    hand, today = Random(who), Random(f"{who} {place}")  # noqa: S311  (nothing secret)
    width = hand.randint(55, 95)
    points = []
    for step in range(STROKES):
        height = hand.randint(5, 45) if step % 2 else hand.randint(55, 95)
        points.append((round(step * width / STROKES) + today.randint(0, 5), height + today.randint(-5, 5)))
    return points


def outside_certificate(title: str, reference: str, name: str, number: str, obtained: date, issuer: str) -> bytes:
    """Return a certificate of another organisation as a PDF of one page, without a library: there are many of them."""
    with speaking("fr"):
        on = day(obtained)
    lines = (
        (24, 372, 12, issuer),
        (24, 336, 20, "Certificat de réussite"),
        (24, 292, 12, "Le présent certificat atteste que"),
        (24, 266, 18, name),
        (24, 236, 12, "a satisfait aux épreuves théoriques et pratiques de :"),
        (24, 210, 16, title),
        (24, 186, 11, f"Référence : {reference}"),
        (24, 150, 12, f"Numéro {number}"),
        (24, 130, 12, f"Obtenu le {on}"),
        (24, 84, 11, "Le responsable des épreuves : (signature illustrative)"),
        (24, 30, 9, "DÉMONSTRATION : organisme, personne et épreuves sont inventés. Ce document ne prouve rien."),
    )
    texts = [_text(*line) for line in lines]
    watermark = f"q 0.90 g BT /F 62 Tf 0.87 0.5 -0.5 0.87 70 60 Tm {_string('DÉMONSTRATION')} Tj ET Q"
    frame = f"q 0.04 0.31 0.54 RG 2 w 12 12 {WIDTH - 24} {HEIGHT - 24} re S Q"
    return _pdf("\n".join([watermark, frame, *texts]).encode("cp1252"))


def _text(x: int, y: int, size: int, said: str) -> str:
    return f"BT /F {size} Tf 1 0 0 1 {x + 14} {y} Tm {_string(said)} Tj ET"


def _string(said: str) -> str:
    """Return words as a PDF writes them (ISO 32000-1, 7.3.4.2)."""
    plain = said.encode("cp1252", "replace").decode("cp1252")
    return "(" + plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"


def _pdf(drawn: bytes) -> bytes:
    """Return a PDF of one page with what is drawn on it; its font is one of those that every reader has."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/Lang(fr)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
        % (WIDTH, HEIGHT),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(made))
    )
