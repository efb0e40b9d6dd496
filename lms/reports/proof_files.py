"""Proof to be taken away: one person's file, an auditor's visit; each an archive whose manifest tells every hash."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from lms.kernel import enclosures, storage
from lms.kernel.clock import local_day
from lms.kernel.jobs.kinds import Report as Step
from lms.kernel.jobs.kinds import silent
from lms.kernel.languages import gettext as _
from lms.kernel.languages import in_language
from lms.kernel.refusals import Refusal
from lms.kernel.release import VERSION
from lms.kernel.tables import write_csv
from lms.proof import verifying
from lms.proof.names import named
from lms.proof.person import PersonProof
from lms.proof.verifying import Issued
from lms.proof.visits import Held, Proof, Visit
from lms.reports import drawing, kept, proof_papers, proof_words
from lms.reports.document import Cell, Column, Report, Section, Table
from lms.reports.proof_papers import NOTHING, duration
from lms.reports.words import day, day_in_short
from lms.skills import queries as skills

Address = Callable[[str], str]
"""Gives the address that verifies a number."""
Listed = tuple[list[str], list[list[object]]]
MOST_PROOFS = 2_000
"""In one archive: some fifty pages of documents are drawn in a second."""
SHEETS = "sheets"
"""The folder of signed sheets in an archive."""
A_FILE = 100
"""Documents in one PDF of an archive."""


class TooManyProofs(Refusal):
    """More proofs were asked for than one archive holds."""


class _Steps:
    """Tells how far an archive is: a step for each document read, each drawn, each paper enclosed."""

    def __init__(self, step: Step, whole: int) -> None:
        self._step, self._done, self._whole = step, 0, whole
        step(0, whole)

    def on(self, many: int = 1) -> None:
        self._done += many
        self._step(self._done, self._whole)


def person_pieces(proof: PersonProof) -> int:
    """Return how many documents and scanned papers somebody's file holds."""
    return len(proof.documents) + len({one.row.paper for one in proof.habilitations} - {None})


def visit_pieces(visit: Visit) -> int:
    """Return how many documents, scanned papers and signed sheets the proofs of a visit come with."""
    papers = len({one.paper for one in visit.proofs} - {None})
    return sum(bool(one.number) for one in visit.proofs) + papers + len(visit.papers)


def person_archive(proof: PersonProof, address: Address, language: str, step: Step = silent) -> bytes:
    """Return somebody's file: as PDF to read, as CSV and JSON to take elsewhere, with the papers it rests on."""
    levels = _levels(proof, language)
    report = person_report(proof, levels, language)
    steps = _Steps(step, person_pieces(proof))
    issued = [(one, address(one.row.number)) for one in proof.documents]
    files = {
        "file.pdf": drawing.pdf(report, kept.folder()),
        "file.json": person_json(proof, language),
        "modules.csv": write_csv(*_modules(proof)),
        "sessions.csv": write_csv(*_sessions(proof)),
        "habilitations.csv": write_csv(*_habilitations(proof)),
        **_drawn(issued, steps),
        **_papers((one.row.paper for one in proof.habilitations), steps),
    }
    return _archive(files, {"person": proof.who.id, "as_of": proof.as_of.isoformat()})


def person_json(proof: PersonProof, language: str) -> bytes:
    """Return somebody's training for programs."""
    return _json(_person_document(proof, _levels(proof, language)))


def _drawn(issued: Sequence[tuple[Issued, str]], steps: _Steps) -> dict[str, bytes]:
    """Return documents as PDF by name, each file of so many, with the addresses that verify them.

    Each file is kept once it is drawn: whoever takes the work up after a kill goes on from there.
    """
    parts = [issued[first : first + A_FILE] for first in range(0, len(issued), A_FILE)]
    made: dict[str, bytes] = {}
    for place, part in enumerate(parts, start=1):
        made["documents.pdf" if len(parts) == 1 else f"documents-{place:02}.pdf"] = _part(part)
        steps.on(len(part))
    return made


def _part(issued: Sequence[tuple[Issued, str]]) -> bytes:
    told = [
        [VERSION, one.row.number, one.name, one.holder and one.holder.registration, one.void is not None, address]
        for one, address in issued
    ]
    file = kept.place(kept.proofs(), _json(told), "pdf")
    if not file.exists():
        kept.keep(file, proof_papers.documents(issued))
    return kept.read(file)


def _levels(proof: PersonProof, language: str) -> list[tuple[str, str]]:
    """Return the tasks of somebody, with the level on each in words."""
    called = proof_words.levels(language)
    held = skills.held_by(proof.who.id, proof.as_of)
    return [(in_language(one.title), f"{one.level.value} – {called[one.level]}") for one in held]


def person_report(proof: PersonProof, levels: Sequence[tuple[str, str]], language: str) -> Report:
    """Return somebody's training in one place, to be printed; written in the language at hand."""
    who = proof.who
    totals = _(
        "%(modules)s in modules and %(rooms)s in rooms, as recorded up to %(day)s.",
        modules=duration(proof.module_minutes),
        rooms=duration(proof.room_minutes),
        day=day(proof.as_of),
    )
    tables: tuple[tuple[str, Listed], ...] = (
        (_("Modules"), _modules(proof)),
        (_("Sessions in a room"), _sessions(proof)),
        (_("Habilitations"), _habilitations(proof)),
        (_("Tasks"), ([_("Task"), _("Level")], [[*one] for one in levels])),
        (_("Documents issued"), _documents(proof)),
    )
    return Report(
        language=language,
        title=_("Training file of %(name)s", name=f"{who.given_name} {who.family_name}"),
        subtitle=f"{who.registration} · {who.team or NOTHING} · {who.employer or NOTHING}. {totals}",
        banner=_("Simulated: this person does not exist.") if who.simulated else "",
        footer=(who.full_name, day(proof.as_of)),
        sections=tuple(
            Section(f"part-{place}", title, (_table(title, head, rows),))
            for place, (title, (head, rows)) in enumerate(tables, start=1)
        ),
    )


def visit_archive(
    visit: Visit,
    title: str,
    first_day: date,
    last_day: date,
    address: Address,
    now: datetime,
    step: Step = silent,
) -> bytes:
    """Return the proofs of an auditor's visit with the papers they rest on and the sheets signed in its sessions.

    Raises TooManyProofs.
    """
    proofs = visit.proofs
    check_number(proofs)
    numbers = [one.number for one in proofs if one.number]
    steps = _Steps(step, len(numbers) + visit_pieces(visit))
    issued = []
    for number in numbers:
        issued.append((verifying.document(number), address(number)))
        steps.on()
    files = {
        "proofs.csv": write_csv(*visit_table(proofs)),
        "proofs.json": visit_json(visit),
        "sheets.csv": write_csv(*sheets_table(visit, local_day(now))),
        **_drawn(issued, steps),
        **_papers((one.paper for one in proofs), steps),
        **_signed(visit, steps),
    }
    told = {
        "subject": title,
        "from": first_day.isoformat(),
        "to": last_day.isoformat(),
        "made_at": now.isoformat(timespec="seconds"),
        "proofs": len(proofs),
        "half_days_without_a_signed_sheet": len(visit.unsigned),
    }
    return _archive(files, told)


def check_number(proofs: Sequence[Proof]) -> None:
    """Raise TooManyProofs for more than one archive holds."""
    if len(proofs) > MOST_PROOFS:
        raise TooManyProofs(limit=MOST_PROOFS, found=len(proofs))


def visit_json(visit: Visit) -> bytes:
    """Return the proofs of a visit for programs, and the half-days that were held with their signed sheets."""
    return _json({"proofs": [_proof(one) for one in visit.proofs], "half_days": [_half_day(one) for one in visit.held]})


def _half_day(held: Held) -> dict[str, Any]:
    return {
        "session": held.session.code,
        "title": held.session.title,
        "held_on": held.half_day.held_on,
        "part": held.half_day.part.value,
        "signed_sheets": [
            {"file": f"{SHEETS}/{one.name}", "sha256": one.row.sha256, "pages": one.row.pages} for one in held.sheets
        ],
    }


def sheets_table(visit: Visit, on: date) -> Listed:
    """Return a row for each half-day held and each sheet signed in it; one that says so where none is kept."""
    parts = proof_words.parts()
    head = [_("Session"), _("Title"), _("Trainer"), _("Day"), _("Half-day"), _("Signed sheet"), _("Pages")]
    head += [_("Day on which it was kept"), _("Who kept it"), _("Fingerprint (SHA-256)")]
    keepers = named(on, {sheet.row.kept_by for sheet in visit.papers.values() if sheet.row.kept_by})
    rows: list[list[object]] = []
    for one in visit.held:
        about = [one.session.code, one.session.title, one.session.trainer, one.half_day.held_on]
        about.append(parts[one.half_day.part])
        kept = [
            [
                f"{SHEETS}/{sheet.name}",
                sheet.row.pages,
                local_day(sheet.row.kept_at),
                keepers[sheet.row.kept_by].full_name if sheet.row.kept_by else None,
                sheet.row.sha256,
            ]
            for sheet in one.sheets
        ]
        rows += [[*about, *said] for said in kept or [[_("none is kept"), None, None, None, None]]]
    return head, rows


def visit_table(proofs: Sequence[Proof]) -> Listed:
    """Return the proofs of a visit as a table."""
    sorts = proof_words.sorts()
    head = [_("Name"), _("Number"), _("Kind of proof"), _("Day"), _("Until"), _("Document"), _("What it says")]
    rows: list[list[object]] = [
        [
            one.who.full_name,
            one.who.registration,
            sorts[one.sort],
            one.on,
            one.until,
            one.number or (one.paper or "")[:16],
            proof_words.told(one),
        ]
        for one in proofs
    ]
    return head, rows


def _modules(proof: PersonProof) -> Listed:
    head = [
        _("Module"),
        _("Begun on"),
        _("Completed on"),
        _("Valid until"),
        _("Duration observed"),
        _("Duration designed"),
    ]
    return head, [
        [
            f"{in_language(one.title)} ({one.code})",
            one.started_on,
            one.completed_on if one.is_good else None,
            one.good_until,
            duration(one.observed_minutes),
            duration(one.designed_minutes),
        ]
        for one in proof.modules
    ]


def _sessions(proof: PersonProof) -> Listed:
    parts = proof_words.parts()
    head = [_("Session"), _("Day"), _("Half-day"), _("Attended"), _("Signed"), _("Signed sheet kept")]
    head.append(_("Mandatory (L6321-2)"))
    return head, [
        [
            f"{one.title} ({one.session_code})",
            one.held_on,
            parts[one.part],
            duration(one.minutes),
            _yes(one.signed),
            ", ".join(f"SHA-256 {sheet.row.sha256[:16]}…" for sheet in proof.sheets_of(one)) or _("no"),
            _yes(one.mandatory),
        ]
        for one in proof.attended
    ]


def _habilitations(proof: PersonProof) -> Listed:
    states, bases = proof_words.states(), proof_words.bases()
    head = [
        _("Habilitation"),
        _("From"),
        _("Until"),
        _("State"),
        _("It rests on"),
        _("Issued by"),
        _("Document number"),
    ]
    return head, [
        [
            in_language(one.row.kind.title),
            one.row.valid_from,
            one.row.valid_until,
            states[one.state],
            bases[one.row.basis],
            one.row.issuer,
            one.row.number,
        ]
        for one in proof.habilitations
    ]


def _documents(proof: PersonProof) -> Listed:
    papers = proof_words.papers()
    head = [_("Document number"), _("Document"), _("Issued on"), _("Withdrawn")]
    return head, [
        [one.row.number, papers[one.row.paper], one.row.issued_at.date(), _yes(one.void is not None)]
        for one in proof.documents
    ]


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    return Table(
        caption,
        tuple(Column(label) for label in head),
        tuple(tuple(Cell(_shown(value)) for value in row) for row in rows)
        or (tuple(Cell(NOTHING) for _column in head),),
    )


def _shown(value: object) -> str:
    if isinstance(value, date):
        return day_in_short(value)
    return str(value) if value not in (None, "") else NOTHING


def _person_document(proof: PersonProof, levels: Sequence[tuple[str, str]]) -> dict[str, Any]:
    who = proof.who
    return {
        "person": {"registration": who.registration, "given_name": who.given_name, "family_name": who.family_name},
        "as_of": proof.as_of,
        "modules": [
            {
                "module": one.code,
                "title": one.title,
                "started_on": one.started_on,
                "completed_on": one.completed_on,
                "good_until": one.good_until,
                "standing": one.hold.value,
                "minutes_observed": one.observed_minutes,
                "minutes_designed": one.designed_minutes,
            }
            for one in proof.modules
        ],
        "sessions": [
            {
                "session": one.session_code,
                "title": one.title,
                "held_on": one.held_on,
                "minutes": one.minutes,
                "signed": one.signed,
                "signed_sheets_sha256": [sheet.row.sha256 for sheet in proof.sheets_of(one)],
                "mandatory": one.mandatory,
            }
            for one in proof.attended
        ],
        "habilitations": [
            {
                "kind": one.row.kind.code,
                "title": one.row.kind.title,
                "obtained_on": one.row.obtained_on,
                "valid_from": one.row.valid_from,
                "valid_until": one.row.valid_until,
                "state": one.state.value,
                "basis": one.row.basis.value,
                "issuer": one.row.issuer,
                "number": one.row.number,
                "paper_sha256": one.row.paper,
                "acts": [{"act": act.act.value, "from": act.on, "reason": act.reason} for act in one.acts],
            }
            for one in proof.habilitations
        ],
        "tasks": [{"task": task, "level": level} for task, level in levels],
        "documents": [
            {
                "number": one.row.number,
                "paper": one.row.paper.value,
                "stated": one.row.stated,
                "withdrawn": one.void is not None,
            }
            for one in proof.documents
        ],
    }


def _proof(one: Proof) -> dict[str, Any]:
    return {
        "proof": one.sort.value,
        "registration": one.who.registration,
        "name": one.who.full_name,
        "on": one.on,
        "until": one.until,
        "number": one.number,
        "paper_sha256": one.paper,
        **one.told,
    }


def _papers(digests: Iterable[str | None], steps: _Steps) -> dict[str, bytes]:
    """Return the scanned papers of these digests; each once, by the name that its hash gives it."""
    found = {}
    for digest in sorted({digest for digest in digests if digest}):
        kept_as = enclosures.find(digest)
        if kept_as is not None:
            found[f"papers/{digest[:16]}.{kept_as.ending}"] = storage.read(digest)
        steps.on()
    return found


def _signed(visit: Visit, steps: _Steps) -> dict[str, bytes]:
    """Return the sheets that people signed, each once."""
    found = {}
    for name, sheet in visit.papers.items():
        found[f"{SHEETS}/{name}"] = storage.read(sheet.row.sha256)
        steps.on()
    return found


def _archive(files: Mapping[str, bytes], told: Mapping[str, Any]) -> bytes:
    """Return the files as a zip, with a manifest of their SHA-256."""
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", _json({**told, "sha256": hashes}))
    return made.getvalue()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, default=date.isoformat).encode()


def _yes(fact: bool) -> str:
    return _("yes") if fact else _("no")
