"""The addresses of all pages for staff, from the application's own list, each with something to show."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import Flask, url_for
from sqlalchemy import select
from werkzeug.routing import Rule

from lms.audit import attachments
from lms.audit import queries as audits
from lms.audit.document import AuditDocument, entries
from lms.audit.texts import key_of
from lms.authoring import actions as authoring
from lms.authoring import editing, previews
from lms.authoring import queries as authored
from lms.authoring.actions import Writing
from lms.authoring.bank import actions as bank
from lms.authoring.media import inventory, phones
from lms.authoring.reviewing import actions as reviewing
from lms.authoring.reviewing import queries as reviewed
from lms.authoring.reviewing.models import Act
from lms.catalogue import queries as catalogue
from lms.classroom.models import HalfDay, Session
from lms.delivery.slots.models import Slot
from lms.demonstration import pilot as told
from lms.demonstration import proving, story
from lms.evaluation import actions as evaluation
from lms.evaluation import jobs
from lms.evaluation import queries as evaluations
from lms.evaluation.choices import Choice, Design, TeamStep
from lms.evaluation.designs import Comparison
from lms.kernel import waiting
from lms.kernel.clock import now, today
from lms.kernel.database import db
from lms.people.models import Person, Team
from lms.people.roster import folder
from lms.plans.actions import make_plan
from lms.proof.models import Document, Habilitation, HabilitationKind
from lms.skills import signing
from lms.skills.actions import Observation
from lms.skills.models import LevelChange, SignOff, Task
from lms.skills.rules import Outcome
from lms.surveys import actions as surveys
from lms.surveys import building
from lms.surveys import queries as waves
from lms.web.admin.plant import KINDS as PLACES
from lms.web.audits.labels import SECTIONS

ELSEWHERE = ("api", "kiosk", "patterns", "scim", "shared", "static")
"""Rooms whose pages are not for staff."""
FILES = {"audits.download", "audits.export_audit", "studio.export_file", "studio.question_sheet"}
FILES |= {"studio.media_job", "studio.phone_link", "studio.bank_export_file", "studio.mark_answer", "proof.paper"}
FILES |= {"proof.signed_sheet"}
FILES |= {"account.openid", "account.openid_back", "teams.kept_export"}
"""What is given as a file, to a script or to the plant's directory; so is whatever has an ending in its address."""
AS_IT_RUNS = (
    "protocol_page", "monitoring", "conditions", "amend", "evaluate", "evaluation", "files", "operators", "decide",
    "comment",
)  # fmt: skip
AS_IT_IS_DESIGNED = ("change_pilot", "stage", "choose_indicator", "change_indicator", "freeze")
DRAFT = "SUITE-2"
OPINION = "ADH1"
ROSTER = "Matricule;Nom;Prénom;Équipe\nN-1;Le Goff;Anaïs;Enduction nuit\nN-2;;Sans nom;Découpe et bobinage nuit\n"
READINGS = "Série;Du;Au;Équipe;Valeur;Unité;Source\ndefects;2024-05-01;2024-05-31;;42;nombre;MES\n"
BANK = "::So::Is it so?{T}\n\n::Tell::Tell us{}\n"
TRANSLATIONS = "Clé;Traduction (en)\nwork-order/_.title;Another title\nwork-order/gone.title;x\n"
ATTENDANCE = "Matricule;Date;Présent\n{person};{day};oui\nX;{day};oui\n"
LEVELS = "Matricule;Tâche;Niveau;Date\n{person};{task};U;2024-01-10\nX;{task};U;2024-01-10\n"

Values = dict[str, Any]


def furnish() -> None:
    """Add to the demonstration what it lacks: each kind of page is to have something to show."""
    audit = audits.audit("LACHEV")
    attachments.attach(audit, "restitution.txt", "Compte rendu de restitution", b"Relu.", by=None, now=now())
    running = evaluations.pilot(told.CODE)
    evaluation.evaluate(running, now().date() - timedelta(days=1), by=None, now=now())
    jobs.keep_followed(jobs.follow(running))
    _draft(audit)
    surveys.copy_wave(waves.wave("CLI-1"), "CLI-2", now=now())
    authoring.save_draft(story.TO_WALK_THROUGH, _with_other_words, version=None, by=None, now=now())
    _fill_bank()
    _review()
    building.copy_instrument(waves.instrument("ADH").content, "ADH-B", now=now())


def _fill_bank() -> None:
    """Put a question in the bank that a second module uses in the version before."""
    asked = next(block["key"] for block in authored.work("work-order").document["blocks"] if "question" in block)
    kept = bank.put("work-order", asked, "Ordres", by=None, now=now())
    bank.take(kept.id, story.TO_WALK_THROUGH, by=None, now=now())
    block = editing.block_with(authored.work("work-order").document, asked)
    other = {**block, "prompt": {**block["prompt"], "fr": "Que dit l’ordre ?"}}
    authoring.save_block("work-order", asked, other, Writing(None), by=None, now=now())
    bank.put("work-order", asked, "Ordres", by=None, now=now())


def _review() -> None:
    """Ask a colleague to look at a draft, with a remark on the whole and one on a card."""
    asking, asked, *_ = reviewed.colleagues(None, today())
    reviewing.ask("work-order", asked.id, "Les chiffres de la deuxième carte", by=asking.id, now=now())
    for key in (None, _blocks()[1].key):
        remark = reviewing.remark("work-order", key, "Est-ce encore vrai ?", by=asked.id, now=now())
        reviewing.reply("work-order", remark.id, Act.ANSWERED, "Oui.", by=asking.id, now=now())
    reviewing.reply("work-order", remark.id, Act.RESOLVED, "", by=asking.id, now=now())


def _with_other_words(document: Values) -> Values:
    first, second, *others = document["blocks"]
    return {**document, "pass_mark": 0.5, "blocks": [second, {**first, "title": {"fr": "Autre titre"}}, *others[1:]]}


def _draft(audit: Any) -> None:
    teams = [team.id for team in db.session.scalars(select(Team).order_by(Team.code))]
    starts_on = now().date() + timedelta(days=30)
    design = Design(
        {"fr": "La suite", "en": "What follows"},
        starts_on,
        starts_on + timedelta(weeks=8),
        teams,
        comparison=Comparison.STEPPED_WEDGE,
    )
    pilot = evaluation.create_pilot(DRAFT, audit.id, design, now=now())
    steps = [TeamStep(team, starts_on + timedelta(weeks=place)) for place, team in enumerate(teams)]
    evaluation.stage(pilot, steps)
    first = next(row for row in audit.recommendations if row.code == "P1")
    module = next(edition.module_id for edition in catalogue.newest_editions() if edition.code == "work-order")
    make_plan(
        "PL-SUITE", recommendation_id=first.id, module_id=module, team_ids=teams, assigned_on=starts_on,
        due_on=starts_on + timedelta(weeks=4), now=now(),
    )  # fmt: skip
    for indicator, threshold in (("R1", 0.7), ("L6", 0.2)):
        evaluation.add_indicator(pilot, Choice(indicator, first.id, threshold, modules=("work-order",)))


def addresses(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Yield the rule and the address of each page; an argument that nothing here fills is a KeyError."""
    given_to = values()
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        room = rule.endpoint.partition(".")[0]
        shown = "GET" in rule.methods and room not in ELSEWHERE and rule.endpoint not in FILES
        if shown and "." not in rule.rule.rpartition("/")[2]:
            for given in given_to.get(rule.endpoint) or given_to.get(room, [{}])[:1]:
                arguments = {name: given[name] for name in rule.arguments}
                yield rule, url_for(rule.endpoint, **arguments, **given.get("asked", {}))


def values() -> dict[str, list[Values]]:
    """Return what fills the arguments of an endpoint, or of a room's pages where it has none of its own."""
    person, task, number = db.session.execute(
        select(LevelChange.person_id, Task.code, Person.registration)
        .join(Task, Task.id == LevelChange.task_id)
        .join(Person, Person.id == LevelChange.person_id)
        .limit(1)
    ).one()
    running = {"code": told.CODE, "number": 1}
    entries_of_audit = list(_entries(audits.document(audits.audit("LACHEV"))))
    return {
        "account": [{}],
        "admin": [{"person_id": person, "code": story.visited_kiosk().code, "file": _waits(ROSTER)}],
        "admin.roster": [{"number": folder.take(folder.Left("roster.csv", ROSTER.encode()), now()).id}],
        "admin.change_team": [{"team_id": 1}],
        "admin.add": [{"kind": kind} for kind in PLACES],
        "audits": [{"code": "LACHEV", "number": 1}],
        "privacy": [{"person_id": person}],
        "audits.add": [{"code": "LACHEV", "section": section} for section in SECTIONS],
        "audits.change": entries_of_audit,
        "audits.remove": entries_of_audit[-1:],
        **{f"audits.{name}": [{"code": "PL1"}] for name in ("plan", "change_plan")},
        "audits.preview_readings": [{"file": _waits(READINGS)}],
        "audits.pilot": [running, {"code": DRAFT}],
        **{f"audits.{name}": [running] for name in AS_IT_RUNS},
        **{f"audits.{name}": [{"code": DRAFT, "indicator": "R1"}] for name in AS_IT_IS_DESIGNED},
        "audits.add_indicator": [{"code": DRAFT, "indicator": code} for code in ("C1", "K1", "T1", "E1")],
        **_proofs(),
        "studio": [{"code": "work-order", "number": 1, "question_id": 1}],
        "studio.module_bank": [{"code": code} for code in ("work-order", story.TO_WALK_THROUGH)],
        "studio.compare": [{"code": story.TO_WALK_THROUGH}],
        **{f"studio.{name}": [{"code": "work-order", "language": "en"}] for name in ("translate", "translation_file")},
        "studio.translation_offer": [{"code": "work-order", "language": "en", "name": _waits(TRANSLATIONS)}],
        "studio.preview_import": [{"preview": previews.make(_waits(BANK), "bank.gift", "fr")}],
        "studio.file_origin": [{"code": "work-order", "digest": inventory.of_module("work-order")[0].digest}],
        "studio.phone": [{"token": _phone_link(person)}],
        "studio.state": [{"code": "work-order", "version": 0}],
        "studio.edit_block": [{"code": "work-order", "key": block.key} for block in _blocks()[1:3]],
        "surveys": [{"code": "ADH-2", "token": waves.wave("CLI-1").link_token}],
        "surveys.wave": [{"code": code} for code in ("ADH-2", "DIG-2", "CLI-2")],
        "surveys.comparison": [{"code": "ADH-2", "asked": {"with": "ADH-1"}}],
        "surveys.edit_wave": [{"code": "CLI-2"}],
        "surveys.sheet": [{"code": "DIG-2"}],
        "surveys.paper": [{"code": "DIG-2"}],
        "surveys.instrument": [{"code": "ADH"}, {"code": "ADH-B"}],
        **{f"surveys.{name}": [{"code": "ADH-B", "key": OPINION}] for name in ("edit_instrument", "edit_item")},
        "surveys.new_item": [{"code": "ADH-B"}],
        "teams": [{"person_id": person, "task": task, "file": _waits(LEVELS.format(person=number, task=task))}],
        **{f"teams.{name}": [{"code": task}] for name in ("change_task", "checklist")},
        "teams.save_view": [{"which": "completion"}],
        "teams.choose_time": [{"slot_id": db.session.scalars(select(Slot.id).limit(1)).one()}],
        "teams.sheet": [{"sheet_id": _sheet()}],
        "teams.record_afest": [{"sign_off_id": db.session.scalars(select(SignOff.id).limit(1)).one()}],
    }


def _sheet() -> Any:
    """Write down once more what somebody saw, to be signed by both."""
    last = db.session.scalars(
        select(SignOff).where(SignOff.outcome == Outcome.NOT_YET).order_by(SignOff.id.desc()).limit(1)
    ).one()
    seen = Observation(last.person_id, last.task_id, last.observer_id, today(), Outcome.NOT_YET, "Fabrication courante")
    made = signing.write(seen, {0}, None, now())
    db.session.commit()
    return made.id


def _proofs() -> dict[str, list[Values]]:
    paper = db.session.scalars(select(Document).limit(1)).one()
    given = db.session.scalars(select(Habilitation).limit(1)).one()
    held = db.session.scalars(select(HalfDay).order_by(HalfDay.held_on).limit(1)).one()
    code = db.session.get_one(Session, held.session_id).code
    number = db.session.get_one(Person, paper.person_id).registration
    file = _waits(ATTENDANCE.format(person=number, day=held.held_on))
    own = {"person_id": paper.person_id, "number": paper.number, "habilitation_id": given.id}
    return {
        "proof": [{"code": code, "half_day_id": held.id, "file": file, **own}],
        "proof.signed_sheet": [{"code": proving.SIGNED, "sheet_id": 1}],
        "proof.change_kind": [{"code": db.session.scalars(select(HabilitationKind.code).limit(1)).one()}],
    }


def _blocks() -> list[Any]:
    return next(edition for edition in catalogue.newest_editions() if edition.code == "work-order").content.blocks


def _entries(document: AuditDocument) -> Iterator[Values]:
    for section in SECTIONS:
        for entry in list(entries(document, section))[:1]:
            yield {"code": document.code, "section": section, "key": key_of(entry)}


def _phone_link(person: int) -> str:
    token = phones.make_link("work-order", by=person, now=now()).token
    db.session.commit()
    return token


def _waits(content: str) -> str:
    return waiting.keep(content.encode())
