"""Proof on pages: who sees what, giving, issuing, verifying, a sheet and a list of attendance, an auditor's visit."""

import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from lms.catalogue.scans import Scan
from lms.classroom import sheets
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.kernel.jobs import working
from lms.people import actions as people
from lms.people.permissions import Role
from lms.privacy import actions as privacy
from lms.proof import issuing, queries, visits
from lms.proof.rules import State
from lms.reports import drawing, proof_files, proof_jobs
from tests.people.making import NOW, TODAY
from tests.proof.hall import PDF, YESTERDAY, Hall
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]
LONG_AGO = "2022-05-02"


@pytest.fixture
def hall(app: Flask) -> Hall:
    with app.app_context(), writing():
        found = Hall()
        found.completes(found.amina)
        found.attends_all(found.amina)
        db.session.commit()
        return found


@pytest.fixture(autouse=True)
def at_noon() -> object:
    with hold(NOW):
        yield


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What would be drawn; `tests/reports` draws it."""
    asked: list[dict[str, object]] = []

    def draw(what: str, source: dict[str, object]) -> bytes:
        asked.append(source)
        return b"%PDF-1.7"

    monkeypatch.setattr(drawing, "draw", draw)
    return asked


def gift(**said: object) -> dict[str, object]:
    paper = (BytesIO(PDF), "scan.pdf")
    told = {"kind": "caces", "obtained_on": LONG_AGO, "basis": "certificate", "issuer": "AFTRAL", "paper": paper}
    return told | said


def test_a_habilitation_is_given_suspended_and_its_paper_handed_out(signed_in_as: SignedIn, hall: Hall) -> None:
    hr = signed_in_as(Role.HR)
    page = hr.post("proof.give", gift(), person_id=hall.amina)
    assert page.words(".state")[0] == "Valid"
    assert "from 2 May 2022 until 1 May 2027" in page.get_text(" ")
    refused = hr.post("proof.give", gift(obtained_on="2026-03-01"), person_id=hall.amina, status=422)
    assert "may be renewed from" in refused.words("#obtained_on-fault")[0]
    assert hr.post("proof.give", gift(paper=(BytesIO(b"MZ"), "x.pdf")), person_id=hall.bruno, status=422).select(
        "#paper-fault"
    )
    page = hr.post(
        "proof.habilitation", {"act": "suspended", "on": "2026-03-01", "reason": "Accident"}, habilitation_id=1
    )
    assert page.words("tbody tr")[0] == "1 Mar 2026 Suspended Accident Morel Claire"
    answer = hr.client.get("/proof/habilitations/1/paper")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"] == "attachment; filename=caces-2022-05-02.pdf"
    listed = hr.get("proof.habilitations")
    assert listed.words("#held tbody th") == ["Benali Amina A"]


def test_a_leader_sees_their_own_team_without_papers(app: Flask, signed_in_as: SignedIn, hall: Hall) -> None:
    with app.app_context(), writing():
        hall.give(hall.amina, TODAY - timedelta(days=1700))
        db.session.commit()
    leader = signed_in_as(Role.TEAM_LEADER, team_id=hall.team)
    assert leader.get("proof.habilitations").words("#held tbody th") == ["Benali Amina A"]
    assert not leader.get("proof.habilitations").select("#held a")
    leader.get("proof.person", person_id=hall.amina, status=403)
    leader.get("/proof/habilitations/1/paper", status=403)
    assert signed_in_as(Role.TEAM_LEADER, team_id=hall.team + 0).get("proof.habilitations", state="valid").words(
        "#held td"
    ) == ["No habilitation matches these filters."]
    for role in (Role.EVALUATOR, Role.STAFF_REPRESENTATIVE, Role.TRAINER):
        signed_in_as(role).get("proof.habilitations", status=403)


def test_a_list_leaves_no_formula_to_a_spreadsheet(app: Flask, signed_in_as: SignedIn, hall: Hall) -> None:
    with app.app_context(), writing():
        hall.give(hall.bruno, TODAY, issuer="=cmd()", number="@SUM(A1)")
        db.session.commit()
    hr = signed_in_as(Role.HR)
    rows = hr.client.get("/proof/visit.csv?subject=kind+caces").get_data(as_text=True)
    assert "Roy Bruno" in rows
    assert not re.search(r'(^|[,;"])[=+@-]\w', rows.replace("2026-", ""), re.M)
    assert hr.client.get("/proof/habilitations.xlsx?state=all").data.startswith(b"PK")


def test_a_kind_is_entered_and_corrected(app: Flask, signed_in_as: SignedIn, hall: Hall) -> None:
    hr = signed_in_as(Role.HR)
    kind = {"code": "b0", "title_fr": "B0", "validity_months": 36, "renewal_days": 90, "by_certificate": "y"}
    assert "b0" in hr.post("proof.new_kind", kind).words("tbody th")
    assert hr.post("proof.new_kind", kind, status=422).select("#code-fault")
    assert hr.post("proof.change_kind", kind | {"fixed_month": 3, "validity_months": 6}, code="b0", status=422).select(
        "#renewal_days-fault"
    )
    hr.post("proof.change_kind", kind | {"fixed_month": 3}, code="b0")
    with app.app_context():
        assert queries.kind("b0").fixed_month == 3


def test_a_document_is_issued_printed_verified_and_withdrawn(
    app: Flask, signed_in_as: SignedIn, browse: StrictBrowser, hall: Hall, drawn: list[dict[str, object]]
) -> None:
    hr = signed_in_as(Role.HR)
    page = hr.post("proof.certify", person_id=hall.amina, module_id=hall.module_id)
    number = re.search(r"2026-000001(-[A-Z2-9]{4}){3}", page.get_text())[0]
    assert hr.client.get(f"/proof/documents/{number}.pdf").data == b"%PDF-1.7"
    paper = drawn[-1]["papers"][0]
    assert paper["name"] == "Amina Benali (A)"
    assert paper["address"].endswith(f"/proof/verify/{number}")
    shown = browse.get("proof.verify", number=number)
    assert shown.words("h1") == ["Ce document est authentique"]
    assert "A. Benali" in shown.get_text()
    assert "Amina" not in shown.get_text()
    assert browse.get("proof.look_up", number="2026-000001-AAAA-AAAA-AAAA", status=404).words("h1") == [
        "Ce numéro est inconnu"
    ]
    hr.post("proof.void", {"reason": ""}, number=number, status=422)
    hr.post("proof.void", {"reason": "Wrong person"}, number=number)
    gone = browse.get("proof.verify", number=number)
    assert gone.words("h1") == ["Ce document a été retiré"]
    assert "Wrong person" not in gone.get_text()
    signed_in_as(Role.TRAINER).get(f"/proof/documents/{number}.pdf", status=404)


def test_whoever_verifies_without_end_waits(browse: StrictBrowser) -> None:
    answers = [browse.client.get("/proof/verify/x", environ_base={"REMOTE_ADDR": "10.9.8.7"}) for _ in range(31)]
    assert [answer.status_code for answer in answers[-2:]] == [404, 429]


def test_a_certificat_de_realisation_names_what_was_followed(
    signed_in_as: SignedIn, hall: Hall, drawn: list[dict[str, object]]
) -> None:
    hr = signed_in_as(Role.HR)
    said = {"action": "session SST-1", "first_day": "2026-01-01", "last_day": "2026-03-02"}
    page = hr.post("proof.realisation", said, person_id=hall.amina)
    assert "First aid" in page.words("#documents + .table-frame tbody tr")[0]
    assert hr.get(page.select_one("#documents + .table-frame th a")["href"]).words("h1") == ["This document is genuine"]
    refused = hr.post("proof.realisation", said | {"last_day": "2026-01-02"}, person_id=hall.amina, status=422)
    assert refused.select("#action-fault")


def test_a_person_takes_their_own_file_away(signed_in_as: SignedIn, hall: Hall, drawn: list[dict[str, object]]) -> None:
    hr = signed_in_as(Role.HR)
    hr.post("proof.give", gift(), person_id=hall.amina)
    with zipfile.ZipFile(BytesIO(hr.client.get(f"/proof/people/{hall.amina}/file.zip").data)) as archive:
        told = json.loads(archive.read("file.json"))
        assert set(json.loads(archive.read("manifest.json"))["sha256"]) == set(archive.namelist()) - {"manifest.json"}
        assert [name for name in archive.namelist() if name.startswith("papers/")]
    assert (told["habilitations"][0]["state"], len(told["sessions"]), told["modules"][0]["standing"]) == (
        "valid",
        2,
        "held",
    )
    assert hr.get("proof.mine").words("h1") == ["My training"]
    assert hr.client.get("/proof/mine/file.zip").status_code == 200


def test_a_trainer_plans_a_session_and_takes_attendance(
    app: Flask, signed_in_as: SignedIn, hall: Hall, drawn: list[dict[str, object]]
) -> None:
    trainer = signed_in_as(Role.TRAINER)
    said = {"code": "G-1", "title": "Gestes", "trainer": "Tom", "capacity": 1}
    assert "at least one half-day" in trainer.post("proof.new_session", said, status=422).words("#half_days-fault")[0]
    day = {"half_days-0-held_on": YESTERDAY.isoformat(), "half_days-0-part": "morning", "half_days-0-minutes": "200"}
    trainer.post("proof.new_session", said | day)
    assert "2 people too many" not in trainer.post("proof.invite", {"team": hall.team}, code="G-1").get_text()
    page = trainer.post("proof.invite", {"registrations": "B X"}, code="G-1")
    assert "Nobody has these registration numbers: X." in page.get_text()
    trainer.post("proof.invite", {"registrations": "B"}, code="G-1")
    assert trainer.client.get("/proof/sessions/session/G-1/sheet.pdf").data == b"%PDF-1.7"
    assert [name for name, _number in drawn[-1]["people"]] == ["Roy Bruno", "", "", ""]
    half_day = 3  # the session of the hall has two
    taken = {f"present-{hall.bruno}": "on", f"signed-{hall.bruno}": "on", f"minutes-{hall.bruno}": "201"}
    trainer.post("proof.attendance", taken, code="G-1", half_day_id=half_day, status=422)
    page = trainer.post("proof.attendance", taken | {f"minutes-{hall.bruno}": ""}, code="G-1", half_day_id=half_day)
    assert "200 min" in page.words("tbody tr")[1]
    corrected = {"reason": "Left at ten", f"present-{hall.bruno}": "on", f"minutes-{hall.bruno}": "60"}
    page = trainer.post("proof.attendance", corrected, code="G-1", half_day_id=half_day)
    assert "Left at ten" in page.get_text()
    assert "Gestes, morning" in trainer.get("proof.sessions", month="2026-03").words(".calendar-session")
    trainer.get("proof.people", status=403)


def test_a_list_of_attendance_is_shown_then_taken_over(signed_in_as: SignedIn, hall: Hall) -> None:
    trainer = signed_in_as(Role.TRAINER)
    text = f"Matricule;Date;Demi-journée;Présent\nB;{YESTERDAY};matin;oui\nX;{YESTERDAY};matin;oui\n"
    shown = trainer.post("proof.bring_in", {"file": (BytesIO(text.encode()), "list.csv")}, code="SST-1")
    assert shown.words(".big-number-value") == ["1", "0", "0", "1"]
    given = {field["name"]: field["value"] for field in shown.select("main form input[type=hidden]")}
    action = shown.select_one("main form")["action"]
    assert "Roy Bruno" in trainer.post(action, given).get_text()


def test_an_auditor_sees_every_proof_and_takes_all_of_them(
    app: Flask, signed_in_as: SignedIn, hall: Hall, drawn: list[dict[str, object]]
) -> None:
    with app.app_context(), writing():
        hall.give(hall.amina, TODAY - timedelta(days=30))
        issuing.certify(hall.amina, hall.module_id, "fr", None, NOW)
        sheets.keep("SST-1", 1, [Scan(PDF + b"\n", 1)], None, NOW)
        db.session.commit()
    hr = signed_in_as(Role.HR)
    page = hr.get("proof.visit", subject="module lockout")
    assert page.words("main .notice-warning li") == ["First aid (SST-1) , 1 Mar 2026, afternoon"]
    assert [row.split(" ")[3] for row in page.words("tbody tr")] == ["Module", "Session", "Session", "Document"]
    assert all(row.select("td a") for row in page.select("tbody tr"))
    for subject, names in (("module+lockout", "documents.pdf"), ("kind+caces", "papers/")):
        with zipfile.ZipFile(BytesIO(hr.client.get(f"/proof/visit.zip?subject={subject}").data)) as archive:
            assert any(name.startswith(names) for name in archive.namelist())
            listed = archive.read("sheets.csv").decode("utf-8-sig").splitlines()[1:]
            signed = [name for name in archive.namelist() if name.startswith("sheets/")]
        assert (len(listed), len(signed)) == ((2, 1) if "lockout" in subject else (0, 0))
        assert [("none is kept" in line) for line in listed] == [False, True][: len(listed)]
    with zipfile.ZipFile(BytesIO(hr.client.get(f"/proof/people/{hall.amina}/file.zip").data)) as archive:
        assert not [name for name in archive.namelist() if name.startswith("sheets/")], "others signed it too"
        told = [one["signed_sheets_sha256"] for one in json.loads(archive.read("file.json"))["sessions"]]
        assert [len(one) for one in told] == [1, 0]
    with app.app_context():
        assert queries.habilitations(TODAY)[0].state is State.VALID


def test_more_than_a_few_papers_are_put_together_meanwhile_and_go_with_whoever_is_in_them(
    app: Flask, signed_in_as: SignedIn, hall: Hall, drawn: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof_jobs, "AT_ONCE", 1)
    monkeypatch.setattr(proof_files, "A_FILE", 1)
    with app.app_context(), writing():
        for language in ("fr", "en"):
            issuing.certify(hall.amina, hall.module_id, language, None, NOW)
        db.session.commit()
    hr, trainer = signed_in_as(Role.HR), signed_in_as(Role.TRAINER)
    addresses = ["/proof/visit.zip?subject=module+lockout", f"/proof/people/{hall.amina}/file.zip"]
    jobs = [hr.client.get(address).headers["Location"] for address in addresses]
    assert hr.client.get(addresses[0]).headers["Location"] == jobs[0], "the same asked again is the same work"
    with app.app_context():
        assert working.work_off() == 2
        told_of = visits.asked("module lockout", TODAY - timedelta(days=365), TODAY, NOW)
        steps: list[tuple[int, int]] = []
        proof_files.visit_archive(told_of, "", TODAY, TODAY, str, NOW, lambda *one: steps.append(one))
        numbers = sum(bool(one.number) for one in told_of.proofs)
        assert steps == [(done, steps[0][1]) for done in range(steps[0][1] + 1)], "each document and paper is told"
        assert steps[0][1] == numbers + proof_files.visit_pieces(told_of) > 2 * numbers - 1
    many = len(drawn)
    for job, told in zip(jobs, ("proofs.csv", "file.pdf"), strict=True):
        made = hr.client.get(job).headers["Location"]
        with zipfile.ZipFile(BytesIO(hr.client.get(made).data)) as archive:
            assert {told, "documents-01.pdf", "documents-02.pdf", "manifest.json"} <= set(archive.namelist())
        assert trainer.client.get(made).status_code == 404
    job = hr.client.get(addresses[0]).headers["Location"]
    with app.app_context(), writing():
        working.work_off()
        assert len(drawn) == many, "what was drawn before is kept"
        people.leave(hall.amina, YESTERDAY, None, NOW, TODAY)
        privacy.erase(hall.amina, now=NOW)
        db.session.commit()
    assert hr.client.get(hr.client.get(job).headers["Location"]).status_code == 404


def test_signed_sheets_are_kept_all_or_none_handed_out_and_withdrawn(signed_in_as: SignedIn, hall: Hall) -> None:
    trainer, hr = signed_in_as(Role.TRAINER), signed_in_as(Role.HR)

    def send(*files: tuple[bytes, str]) -> list[str]:
        told = {"files": [(BytesIO(content), name) for content, name in files], "half_day": ""}
        return trainer.post("proof.keep_sheets", told, code="SST-1").words(".flashes .notice")

    assert send() == ["Choose the scan or take the photo first."]
    refused = send((PDF, "good.pdf"), (b"", "nothing.pdf"), (b"MZ", "photo.jpg"), (PDF[:-40], "cut.pdf"))
    assert [words.partition(":")[0] for words in refused[:3]] == ["nothing.pdf", "photo.jpg", "cut.pdf"]
    assert "Nothing was kept" in refused[3]
    address = "/proof/sessions/session/SST-1/sheets/1"
    assert trainer.client.get(address).status_code == 404
    assert send((PDF, "morning.pdf")) == ["1 signed sheet is kept."]
    assert "kept for this session already" in send((PDF, "twice.pdf"))[0]
    answer = trainer.client.get(address)
    assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=SST-1-")
    signed_in_as(Role.TEAM_LEADER, team_id=hall.team).get(address, status=403)
    for role in (Role.EVALUATOR, Role.STAFF_REPRESENTATIVE):
        signed_in_as(role).get(address, status=403)
    trainer.post("proof.withdraw_sheet", {"reason": ""}, code="SST-1", sheet_id=1)
    page = trainer.post("proof.withdraw_sheet", {"reason": "Of another session"}, code="SST-1", sheet_id=1)
    assert "Of another session" in page.words("#sheets + .table-frame tbody tr")[0]
    assert [one.client.get(address).status_code for one in (trainer, hr)] == [404, 200]
