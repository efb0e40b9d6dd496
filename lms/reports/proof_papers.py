"""Proof on paper: attendance sheets to be signed, certificates and certificats de réalisation, one person's file."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lms.classroom.models import Session
from lms.kernel.languages import gettext as _
from lms.kernel.languages import in_language, speaking
from lms.kernel.settings import setting
from lms.proof.papers import Paper
from lms.proof.verifying import Issued
from lms.reports import drawing, proof_words, typography
from lms.reports.words import day, number

BLANK_LINES = 3
"""For people who come without being invited."""
HALF_DAYS_ON_A_PAGE = 4
NOTHING = "–"


Stroke = Sequence[tuple[int, int]]
"""What somebody drew in a box: points from 0 to 100 in both directions; none where nobody signed."""


def attendance_sheet(
    session: Session,
    site: str,
    people: Sequence[tuple[str, str]],
    language: str,
    *,
    simulated: bool = False,
    signatures: Sequence[Sequence[Stroke]] = (),
) -> bytes:
    """Return a sheet with a box to sign for each person and half-day (feuille d'émargement), as a tagged PDF.

    `people` are names with their registration numbers. `signatures` are drawn into the boxes of a demonstration: for
    each person, then for the trainer, one for each half-day.
    """
    with speaking(language):
        lines = [*people, *[("", "")] * BLANK_LINES]
        parts = proof_words.parts()
        days = [
            {"day": day(one.held_on), "part": parts[one.part], "minutes": duration(one.minutes)}
            for one in session.half_days
        ]
        made = {
            "language": language,
            "title": _("Attendance sheet"),
            "session": session.title,
            "facts": [
                [_("Session"), session.code],
                *([[_("Employer"), setting("EMPLOYER")]] if setting("EMPLOYER") else []),
                [_("Trainer"), session.trainer],
                [_("Place"), " · ".join(text for text in (session.place, site) if text) or NOTHING],
                [
                    _("Nature"),
                    _("Mandatory training (L6321-2)") if session.mandatory else _("Training that is not mandatory"),
                ],
            ],
            "name": _("Name"),
            "registration": _("Number"),
            "trainer_signs": _("Signature of the trainer"),
            "note": _(
                "Each person signs each half-day attended, during that half-day. A box left empty is an absence."
            ),
            "tables": [days[first : first + HALF_DAYS_ON_A_PAGE] for first in range(0, len(days), HALF_DAYS_ON_A_PAGE)],
            "days_on_a_page": HALF_DAYS_ON_A_PAGE,
            "people": lines,
            "simulated": _("Simulated: these people do not exist.") if simulated else "",
            "signatures": [*signatures[: len(people)], *[[]] * BLANK_LINES, *signatures[len(people) :]],
        }
    return drawing.draw("sheet", typography.for_print(made))


def document(issued: Issued, address: str) -> bytes:
    """Return a document as it was issued, in its own language, with a square code of the address that verifies it."""
    return drawing.draw("papers", typography.for_print({"papers": [_paper(issued, address)]}))


def documents(issued: Sequence[tuple[Issued, str]]) -> bytes:
    """Return documents one after the other, each with the address that verifies it, as one PDF."""
    return drawing.draw("papers", typography.for_print({"papers": [_paper(*one) for one in issued]}))


def duration(minutes: int) -> str:
    """Return a number of minutes as hours and minutes, in the language at hand."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(number)s min", number=number(rest))
    return _("%(hours)s h %(minutes)s", hours=hours, minutes=f"{rest:02}") if rest else _("%(number)s h", number=hours)


def _paper(issued: Issued, address: str) -> dict[str, Any]:
    with speaking(issued.row.language):
        told = _certificate(issued) if issued.row.paper is Paper.CERTIFICATE else _realisation(issued)
        return {
            "language": issued.row.language,
            "number": issued.row.number,
            "number_words": _("Document number"),
            "issued": _("Issued on %(day)s", day=day(issued.row.issued_at.date())),
            "employer": issued.row.stated["employer"],
            "employer_facts": _employer_facts(issued.row.stated),
            "simulated": _("Simulated: this person does not exist.") if issued.row.stated["simulated"] else "",
            "void": _("WITHDRAWN: this document is good no longer.") if issued.void else "",
            "signature": _("Name, quality and signature of the employer’s representative, stamp"),
            "verify": _("Scan the square, or type the number at this address, to see whether it is genuine:"),
            "address": address,
            "alt": _("Square code of the address that verifies this document"),
            **told,
        }


def _employer_facts(stated: Mapping[str, Any]) -> list[str]:
    """Return what else the paper states of the employer; papers of before state less."""
    siret, declaration = stated.get("employer_siret"), stated.get("employer_declaration")
    lines = [
        stated.get("employer_address", ""),
        _("SIRET %(number)s", number=_grouped(siret)) if siret else "",
        _("Declaration of activity %(number)s; it is no approval by the State", number=declaration)
        if declaration
        else "",
    ]
    return [line for line in lines if line]


def _grouped(siret: str) -> str:
    return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}"


def _certificate(issued: Issued) -> dict[str, Any]:
    stated = issued.row.stated
    until = stated["valid_until"]
    return {
        "title": _("Certificate of training"),
        "sentence": _("has completed the module below and passed its questions:"),
        "name": _name(issued),
        "subject": in_language(stated["title"], issued.row.language),
        "facts": [
            [_("Module"), _("%(code)s, edition %(number)s", code=stated["code"], number=stated["edition"])],
            [_("Completed on"), day(stated["completed_on"])],
            [_("Valid until"), day(until) if until else _("no end, unless a later edition asks for training anew")],
        ],
        "table": None,
        "note": "",
    }


def _realisation(issued: Issued) -> dict[str, Any]:
    stated, language = issued.row.stated, issued.row.language
    passed = stated["passed"]
    modes = {"distance": _("at a distance, on a shared screen at work"), "room": _("face to face, in a room")}
    return {
        "title": _("Certificate of completed training (certificat de réalisation)"),
        "sentence": _("has followed the training action below:"),
        "name": _name(issued),
        "subject": in_language(stated["title"], language),
        "facts": [
            *([[_("Aim"), aim]] if (aim := in_language(stated["objective"], language)) else []),
            [
                _("Nature"),
                _("Training action, mandatory (L6321-2)")
                if stated["mandatory"]
                else _("Training action (L6313-1, 1°)"),
            ],
            [_("Day") if stated["from"] == stated["to"] else _("From – to"), _days(stated["from"], stated["to"])],
            [_("How"), ", ".join(modes[mode] for mode in stated["modes"])],
            [_("Duration designed"), duration(stated["designed_minutes"])],
            [_("Duration observed"), duration(stated["observed_minutes"])],
            [
                _("Evaluations passed"),
                _("none was part of it") if passed is None else _("yes") if passed else _("no, not all of them"),
            ],
            [_("Exchanges with whoever helps"), str(stated["assistance"])],
        ],
        "table": {
            "caption": _("What it was made of"),
            "head": [_("Day"), _("Part"), _("Duration designed"), _("Duration observed")],
            "rows": [
                [
                    _days(part["from"], part["to"]),
                    f"{in_language(part['title'], language)} ({modes[part['mode']]})",
                    duration(part["designed"]),
                    duration(part["observed"]),
                ]
                for part in stated["parts"]
            ],
        },
        "note": _(
            "Issued under article R6313-3 of the Code du travail. The records it rests on (work done, durations, "
            "evaluations, attendance sheets) are kept by the employer."
        ),
    }


def _name(issued: Issued) -> str:
    if issued.holder is None:
        return _("(name erased)")
    return f"{issued.name} ({issued.holder.registration})"


def _days(first: str, last: str) -> str:
    return day(first) if first == last else f"{day(first)} – {day(date.fromisoformat(last))}"
