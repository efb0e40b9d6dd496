"""Questions about pilots and evaluations."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from lms.audit import queries as audits
from lms.audit.models import Audit
from lms.evaluation import gathering, population, results
from lms.evaluation.calendar import Calendar, Entry, Happening, calendar
from lms.evaluation.designs import Asked
from lms.evaluation.drafting import layout, plan_document
from lms.evaluation.gathering import TeamSize
from lms.evaluation.indicators.definition import Scope
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Amendment, Evaluation, EvaluationSeal, Pilot, PilotIndicator, PilotStep, Protocol
from lms.evaluation.population import Population
from lms.evaluation.power import Planned, Power, power
from lms.evaluation.power import Team as PowerTeam
from lms.evaluation.protocol import Document, amended, canonical, read, sha256
from lms.evaluation.rules import Conditions, told_apart
from lms.kernel.database import db
from lms.plans import queries as plans
from lms.surveys import queries as surveys


def pilot(code: str) -> Pilot | None:
    """Return the pilot of that code with its teams, indicators and protocol, or None."""
    return db.session.scalars(_whole().where(Pilot.code == code)).one_or_none()


def every_pilot() -> list[Pilot]:
    """Return all pilots, the newest first."""
    return list(db.session.scalars(_whole().order_by(Pilot.starts_on.desc(), Pilot.code)))


def _whole() -> Select[Pilot]:
    return select(Pilot).options(
        joinedload(Pilot.audit),
        selectinload(Pilot.teams),
        selectinload(Pilot.compared),
        selectinload(Pilot.steps).joinedload(PilotStep.team),
        selectinload(Pilot.indicators).joinedload(PilotIndicator.recommendation),
        joinedload(Pilot.protocol),
    )


def audit_of(pilot: Pilot) -> Audit:
    """Return the pilot's audit, whole."""
    code = db.session.scalars(select(Audit.code).where(Audit.id == pilot.audit_id)).one()
    found = audits.audit(code)
    if found is None:
        raise LookupError(code)
    return found


def amendments(protocol: Protocol) -> list[Amendment]:
    """Return a protocol's amendments in their order."""
    query = select(Amendment).where(Amendment.protocol_id == protocol.id).order_by(Amendment.id)
    return list(db.session.scalars(query))


def document(protocol: Protocol, *, until: Evaluation | None = None) -> Document:
    """Return the protocol with its amendments applied: all, or those an evaluation knew."""
    known = amendments(protocol)
    if until is not None:
        known = known[: len(until.results["context"]["amendments"])]
    return amended(json.loads(protocol.text), [row.changes for row in known])


def evaluations(pilot: Pilot) -> list[Evaluation]:
    """Return a pilot's evaluations, the newest first."""
    query = select(Evaluation).where(Evaluation.pilot_id == pilot.id).order_by(Evaluation.id.desc())
    return list(db.session.scalars(query))


def readable(pilot: Pilot) -> list[Evaluation]:
    """Return the evaluations that may be read on pages and in files, the newest first (`rules.told_apart`)."""
    made = db.session.execute(select(Evaluation.id, Evaluation.as_of).where(Evaluation.pilot_id == pilot.id))
    told = told_apart([(number, as_of) for number, as_of in made])
    query = select(Evaluation).where(Evaluation.id.in_(told)).order_by(Evaluation.id.desc())
    return list(db.session.scalars(query))


def evaluation(pilot: Pilot, number: int) -> Evaluation | None:
    """Return one of a pilot's evaluations that may be read, or None."""
    return next((one for one in readable(pilot) if one.id == number), None)


def conditions(pilot: Pilot) -> Conditions:
    """Return the facts from which a pilot's state follows, amendments applied."""
    ends_on = pilot.ends_on
    if pilot.protocol is not None:
        ends_on = read(document(pilot.protocol)).ends_on
    last = db.session.scalar(select(func.max(Evaluation.as_of)).where(Evaluation.pilot_id == pilot.id))
    return Conditions(
        starts_on=pilot.starts_on,
        ends_on=ends_on,
        frozen=pilot.protocol is not None,
        opinion_on=pilot.works_council_opinion_on,
        notice_on=pilot.notice_given_on,
        evaluated_after_end=last is not None and last >= ends_on,
    )


@dataclass(frozen=True)
class Overlap:
    """Another frozen pilot that has some of the same people on some of the same days."""

    pilot: str
    teams: tuple[str, ...]
    """Those of the other pilot in which they are."""
    people: int


def overlaps(pilot: Pilot) -> list[Overlap]:
    """Return the frozen pilots whose people and days meet those of this one."""
    found = []
    for other in every_pilot():
        if other.id == pilot.id or other.protocol is None:
            continue
        first, last = max(pilot.starts_on, other.starts_on), min(pilot.ends_on, conditions(other).ends_on)
        if first > last:
            continue
        own = gathering.people_of([team.code for team in pilot.teams], first, last)
        theirs = gathering.people_of([team.code for team in other.teams], first, last)
        shared = own.keys() & theirs.keys()
        if shared:
            teams = sorted({team for person in shared for team in theirs[person]})
            found.append(Overlap(other.code, tuple(teams), len(shared)))
    return found


def plan_changes(protocol: Protocol) -> list[tuple[str, str]]:
    """Return the frozen plans that are not as they were: (code, `cancelled` or `changed`)."""
    now = {plan.code: plan for plan in plans.every_plan()}
    changes = []
    for frozen in json.loads(protocol.text)["plans"]:
        plan = now.get(frozen["code"])
        if plan is None or plan.cancelled_at is not None:
            changes.append((frozen["code"], "cancelled"))
        elif plan_document(plan) != frozen:
            changes.append((frozen["code"], "changed"))
    return changes


def context(pilot: Pilot, protocol: Protocol, people: Population, as_of: date) -> Document:
    """Return what an evaluation tells besides figures: departures, conditions, points of vigilance."""
    return {
        "illustrative": pilot.illustrative,
        "interim": as_of < conditions(pilot).ends_on,
        "opinion_on": _day(pilot.works_council_opinion_on),
        "notice_version": pilot.notice_version,
        "notice_on": _day(pilot.notice_given_on),
        "deviations": _deviations(pilot, protocol, people),
        "amendments": [
            {"at": row.at.isoformat(), "reason": row.reason, "data_seen": row.data_seen, "changes": row.changes}
            for row in amendments(protocol)
        ],
        "vigilance": [
            {"code": point.code, "statement": point.statement, "status": point.status, "blocking": point.blocking}
            for point in audit_of(pilot).vigilance_points
        ],
    }


def _deviations(pilot: Pilot, protocol: Protocol, people: Population) -> list[Document]:
    frozen = read(document(protocol))
    frozen_on = protocol.frozen_at.astimezone(ZoneInfo(frozen.timezone)).date()
    days = {
        "frozen_after_start": frozen_on,
        "opinion_after_start": pilot.works_council_opinion_on,
        "notice_after_start": pilot.notice_given_on,
    }
    found: list[Document] = [
        {"kind": kind, "fact": _day(day)} for kind, day in days.items() if day is not None and day > pilot.starts_on
    ]
    earlier = gathering.records_before(people, protocol.records_up_to)
    if earlier:
        found.append({"kind": "records_before_freeze", "fact": earlier})
    return found + [{"kind": f"plan_{what}", "fact": code} for code, what in plan_changes(protocol)]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def newest_beside(wave_code: str) -> list[tuple[Pilot, Evaluation]]:
    """Return the newest evaluation of each pilot that sets a wave's opinions beside what people did."""
    newest = [(pilot, found[0]) for pilot in every_pilot() if (found := readable(pilot))]
    return [(pilot, one) for pilot, one in newest if _beside(one) == wave_code]


def _beside(found: Evaluation) -> str | None:
    table = found.results["figures"].get("said_and_did")
    return table["wave"] if table else None


@dataclass(frozen=True)
class Difference:
    """Something stored that is not what its sources give: where, what is stored, what is computed."""

    path: str
    stored: object
    computed: object


def verify(pilot: Pilot, found: Evaluation) -> list[Difference]:
    """Recompute an evaluation at the sequence it had read; return what differs, nothing if it stands.

    The protocol is checked against its hash, the evaluation against its digest, every
    figure against the records, the kept population and the protocol. Of one whose records
    have gone (`seal_of`) no figure can be: only what was kept is checked against its hashes.
    """
    if pilot.protocol is None:
        return [Difference("protocol", found.protocol_sha256, None)]
    protocol = pilot.protocol
    seals = {
        "protocol.sha256": (protocol.sha256, sha256(protocol.text)),
        "protocol_sha256": (found.protocol_sha256, protocol.sha256),
        "digest": (found.digest, seal(found.population, found.results)),
    }
    differences = [Difference(path, *values) for path, values in seals.items() if values[0] != values[1]]
    if seal_of(found) is not None:
        return differences
    return differences + _compared("figures", found.results["figures"], _again(protocol, found))


def seal_of(found: Evaluation) -> EvaluationSeal | None:
    """Return the seal of an evaluation whose records have gone, None while it can be recomputed."""
    return db.session.get(EvaluationSeal, found.id)


def seal(population_: Document, results_: Document) -> str:
    """Return the digest of an evaluation: what was seen and who counted."""
    return sha256(canonical({"population": population_, "results": results_}))


def _again(protocol: Protocol, found: Evaluation) -> Document:
    frozen = read(document(protocol, until=found))
    people = population.read(found.population)
    at = gathering.cutoff(frozen, found.as_of, found.records_up_to, found.run_at)
    facts = gathering.facts(frozen, people, at)
    return json.loads(canonical(results.figures(frozen, people, facts)))


def _compared(path: str, stored: object, computed: object) -> list[Difference]:
    if isinstance(stored, dict) and isinstance(computed, dict):
        keys = sorted(stored.keys() | computed.keys())
        return [one for key in keys for one in _compared(f"{path}.{key}", stored.get(key), computed.get(key))]
    if isinstance(stored, list) and isinstance(computed, list) and len(stored) == len(computed):
        pairs = zip(stored, computed, strict=True)
        return [one for place, pair in enumerate(pairs) for one in _compared(f"{path}[{place}]", *pair)]
    return [] if stored == computed else [Difference(path, stored, computed)]


def calendar_of(pilot: Pilot, zone: ZoneInfo) -> Calendar:
    """Return what happens when in a pilot, surveys and key moments included, by days of the plant."""
    audit = audit_of(pilot)
    moments = [
        Entry(Happening.MOMENT, moment.moment, moment.held_on or moment.planned_on, moment.held_on or moment.planned_on)
        for moment in audits.document(audit).moments
    ]
    waves = [
        Entry(
            Happening.SURVEY,
            wave.code,
            wave.opens_at.astimezone(zone).date(),
            wave.last_moment.astimezone(zone).date(),
        )
        for wave, _answers in surveys.every_wave()
    ]
    frozen_on = pilot.protocol.frozen_at.astimezone(zone).date() if pilot.protocol else None
    every, ends_on = plans.every_plan(), conditions(pilot).ends_on
    return calendar(pilot, ends_on, every, audit, [*waves, *moments], frozen_on)


def powers(pilot: Pilot, on: date, code: str | None = None) -> list[Power]:
    """Return the chances of a verdict of each indicator (or one), with the teams as they are on a day."""
    sizes = {size.team: size for size in gathering.team_sizes([team.code for team in pilot.teams], on)}
    asked = layout(pilot, plans.every_plan()).asked
    compared = {team.code for team in pilot.compared}
    rows = [row for row in pilot.indicators if code in (None, row.code)]
    return [power(_planned(row), _teams(row, sizes, asked, compared)) for row in rows]


def _planned(row: PilotIndicator) -> Planned:
    kept = ("code", "threshold", "ambition", "n_min", "min_teams", "icc0", "level")
    return Planned(definition=INDICATORS[row.indicator], **{name: getattr(row, name) for name in kept})


def _teams(
    row: PilotIndicator, sizes: Mapping[str, TeamSize], asked: Collection[Asked], compared: set[str]
) -> list[PowerTeam]:
    """Return the teams that count for an indicator: those asked to learn for it, or all, none compared with."""
    wanted = set(sizes)
    if INDICATORS[row.indicator].scope is Scope.PLANS:
        wanted = {
            one.team
            for one in asked
            if one.recommendation == row.recommendation.code and (not row.modules or one.module in row.modules)
        }
    return [
        PowerTeam(code, size.shift, size.people)
        for code, size in sorted(sizes.items())
        if code in wanted and code not in compared
    ]
