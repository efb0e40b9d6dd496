"""Papers are drawn as tagged PDF (PDF/UA): what was stated, each word in the language of the paper."""

from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from lms.classroom import queries as classroom
from lms.kernel.database import db, writing
from lms.proof import issuing, verifying
from lms.proof.issuing import Action
from lms.reports import proof_papers
from tests.people.making import NOW, TODAY
from tests.proof.hall import YESTERDAY, Hall

EMPLOYER = {
    "": "Rubans SA",
    "_ADDRESS": "Zone de la Vallée",
    "_SIRET": "73282932000074",
    "_DECLARATION": "11751234567",
}


def words(pdf: bytes) -> str:
    reader = PdfReader(BytesIO(pdf))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_papers_say_what_was_stated(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context(), writing():
        hall = Hall()
        hall.completes(hall.amina)
        hall.attends_all(hall.amina)
        one = issuing.certify(hall.amina, hall.module_id, "fr", None, NOW).number
        for name, said in EMPLOYER.items():
            monkeypatch.setitem(app.config, f"EMPLOYER{name}", said)
        action = Action(None, "SST-1", YESTERDAY, TODAY)
        other = issuing.certify_realisation(hall.amina, action, "en", None, NOW).number
        issuing.void(other, "Wrong days", None, NOW)
        address = "http://etabli.usine:8000/proof/verify/"
        told = words(
            proof_papers.documents([(verifying.document(number), address + number) for number in (one, other)])
        )
        sheet = words(proof_papers.attendance_sheet(classroom.session("SST-1"), "S", [("Benali Amina", "A")], "fr"))
        db.session.rollback()
    for said in ("Attestation de formation", one, "Amina Benali (A)", "Usine de Nantes", "R6313-3"):
        assert said in told
    for said in (
        "Rubans SA Zone de la Vallée SIRET 732 829 320 00074",
        "11751234567",
        "WITHDRAWN",
        "6 h 30",
        "face to face",
        "Wrong days",
    ):
        assert (said in told) == (said != "Wrong days")
    for said in ("Feuille d’émargement", "First aid", "Benali Amina", "matin", "3 h 30", "L6321-2", "Rubans SA"):
        assert said in sheet
