"""What is done with a pilot: designed, frozen, amended, evaluated."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.audit.models import Recommendation, Testable
from lms.evaluation import gathering, queries, results, rules
from lms.evaluation.choices import COMMAND_LINE, Choice, Departure, Design, Signatory, TeamStep
from lms.evaluation.designs import DESIGNS, Comparison, Staging
from lms.evaluation.drafting import draft, layout
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Amendment, Evaluation, Pilot, PilotIndicator, PilotStep, Protocol, Screening
from lms.evaluation.protocol import AMENDABLE, Change, Document, canonical, current_value, read, sha256, unit_of
from lms.kernel.database import db
from lms.kernel.jobs.kinds import Report, silent
from lms.kernel.refusals import NotFound
from lms.kernel.release import VERSION
from lms.kernel.settings import setting
from lms.people.models import Team
from lms.plans import queries as plans
from lms.records import queries as records


def create_pilot(code: str, audit_id: int, design: Design, *, now: datetime) -> Pilot:
    """Make a pilot of an audit; raises a refusal for a taken code, wrong dates or no team."""
    rules.check_code(code)
    if db.session.scalar(select(Pilot.id).where(Pilot.code == code)) is not None:
        raise rules.PilotCodeTaken(code=code)
    pilot = Pilot(code=code, audit_id=audit_id, created_at=now, indicators=[], steps=[], compared=[], protocol=None)
    _design(pilot, design)
    db.session.add(pilot)
    db.session.flush()
    return pilot


def change_pilot(pilot: Pilot, design: Design) -> None:
    """Change a pilot's design; refused once its protocol is frozen."""
    _still_designed(pilot)
    _design(pilot, design)
    db.session.flush()


def _design(pilot: Pilot, design: Design) -> None:
    rules.check_dates(design.starts_on, design.ends_on)
    if not design.team_ids:
        raise rules.PilotWithoutTeams()
    kind = DESIGNS[design.comparison]
    compared = design.compared_ids if kind.compares else ()
    rules.check_compared(design.team_ids, compared)
    pilot.title, pilot.illustrative = dict(design.title), design.illustrative
    pilot.population, pilot.inclusion = dict(design.population), dict(design.inclusion)
    pilot.exclusion, pilot.comparison = dict(design.exclusion), design.comparison
    pilot.points_before = design.points_before if design.comparison is Comparison.INTERRUPTED_SERIES else None
    pilot.starts_on, pilot.ends_on = design.starts_on, design.ends_on
    pilot.teams, pilot.compared = _teams(design.team_ids), _teams(compared)
    staged = kind.staging is not Staging.NONE
    pilot.steps = [step for step in pilot.steps if staged and step.team_id in set(design.team_ids)]


def _teams(numbers: Collection[int]) -> list[Team]:
    return list(db.session.scalars(select(Team).where(Team.id.in_(numbers)).order_by(Team.code)))


def stage(pilot: Pilot, steps: Collection[TeamStep]) -> None:
    """Say what each team does when, all teams at once; refused once the protocol is frozen."""
    _still_designed(pilot)
    teams = {team.id: team for team in pilot.teams}
    if {step.team_id for step in steps} - teams.keys():
        raise rules.ComparedOutsidePilot()
    rules.check_steps((step.starts_on for step in steps), pilot.starts_on, pilot.ends_on)
    known = {step.team_id: step for step in pilot.steps}
    pilot.steps = [known.get(step.team_id) or PilotStep(team=teams[step.team_id]) for step in steps]
    for row, step in zip(pilot.steps, steps, strict=True):
        row.team_id, row.starts_on, row.modules = step.team_id, step.starts_on, list(step.modules)
    db.session.flush()


def record_conditions(
    pilot: Pilot,
    *,
    opinion_on: date | None,
    notice_version: str,
    notice_on: date | None,
    today: date,
    opinion_reference: str = "",
) -> None:
    """Say when the works council gave its opinion and when people were informed; both may come after freezing."""
    _not_to_come(today, opinion_on, notice_on)
    pilot.works_council_opinion_on, pilot.opinion_reference = opinion_on, opinion_reference
    pilot.notice_version, pilot.notice_given_on = notice_version, notice_on


def record_screening(
    pilot: Pilot,
    *,
    screened_on: date | None,
    screening: Screening | None,
    note: str,
    data_officer_on: date | None,
    today: date,
) -> None:
    """Say whether an impact assessment is needed, and when the data protection officer signed off."""
    _not_to_come(today, screened_on, data_officer_on)
    pilot.screened_on, pilot.screening, pilot.screening_note = screened_on, screening, note
    pilot.data_officer_on = data_officer_on


def _not_to_come(today: date, *days: date | None) -> None:
    for day in days:
        if day is not None and day > today:
            raise rules.ConditionInFuture(day=day)


def add_indicator(pilot: Pilot, choice: Choice) -> PilotIndicator:
    """Add an indicator to a pilot still being designed; its code gets a number when it is used again."""
    _still_designed(pilot)
    row = PilotIndicator(
        code=rules.next_code(choice.indicator, [known.code for known in pilot.indicators]),
        **_chosen(pilot, choice),
    )
    pilot.indicators.append(row)
    db.session.flush()
    return row


def change_indicator(pilot: Pilot, code: str, choice: Choice) -> PilotIndicator:
    """Choose otherwise for an indicator of a pilot still being designed; it stays the same indicator."""
    _still_designed(pilot)
    row = next((row for row in pilot.indicators if row.code == code), None)
    if row is None or row.indicator != choice.indicator:
        raise NotFound()
    for name, value in _chosen(pilot, choice).items():
        setattr(row, name, value)
    db.session.flush()
    return row


def _chosen(pilot: Pilot, choice: Choice) -> dict[str, Any]:
    """Return what a choice makes of an indicator's row; raises a refusal for one that makes no sense."""
    definition = INDICATORS.get(choice.indicator)
    recommendation = db.session.get(Recommendation, choice.recommendation_id)
    if definition is None or recommendation is None:
        raise NotFound()
    if recommendation.audit_id != pilot.audit_id:
        raise rules.RecommendationOfAnotherAudit()
    if recommendation.testable is Testable.NO:
        raise rules.UntestableRecommendation(recommendation=recommendation.code)
    values: dict[str, Any] = {
        "threshold": choice.threshold,
        "ambition": choice.ambition,
        "critical": choice.critical,
        "primary": choice.primary,
        "n_min": definition.n_min if choice.n_min is None else choice.n_min,
        "min_teams": definition.min_teams if choice.min_teams is None else choice.min_teams,
        "icc0": definition.icc0 if choice.icc0 is None else choice.icc0,
    }
    rules.check_indicator(definition, values, compares=bool(pilot.compared))
    rules.check_options(definition, choice.options)
    rules.check_baseline(definition, choice.baseline)
    return values | {
        "indicator": definition.code,
        "recommendation": recommendation,
        "recommendation_id": recommendation.id,
        "modules": sorted(choice.modules),
        "level": 0.95,
        "options": {name: sorted(codes) for name, codes in choice.options.items()},
        "baseline": choice.baseline.document() if choice.baseline else None,
    }


def remove_indicator(pilot: Pilot, code: str) -> None:
    """Take an indicator out of a pilot still being designed."""
    _still_designed(pilot)
    pilot.indicators = [row for row in pilot.indicators if row.code != code]
    db.session.flush()


@dataclass(frozen=True)
class HouseRules:
    """What the plant's configuration gives a protocol."""

    smallest_group: int
    timezone: str
    smallest_opinions: int = 10
    """The least group whose opinions are shown (evaluation reference, section 3.7)."""

    @classmethod
    def configured(cls) -> "HouseRules":
        """Return the rules of the application at work."""
        return cls(setting("SMALLEST_GROUP"), setting("TIMEZONE").key, setting("SMALLEST_OPINION_GROUP"))


def draft_of(pilot: Pilot, house: HouseRules, *, now: datetime, signatories: Collection[Signatory] = ()) -> Document:
    """Return what would be frozen of a pilot now; raises a refusal for an indicator without a denominator."""
    return draft(
        pilot,
        queries.audit_of(pilot),
        plans.every_plan(),
        **asdict(house),
        frozen_at=now,
        records_up_to=records.last_sequence(),
        names=gathering.names(),
        signatories=signatories,
    )


def freeze(
    pilot: Pilot,
    house: HouseRules,
    *,
    by: int | None,
    now: datetime,
    signatories: Collection[Signatory] = (COMMAND_LINE,),
) -> Protocol:
    """Freeze the protocol: its text, its hash, when, by whom and the last record there was.

    Raises a refusal when it is frozen already, lacks what a protocol needs, cannot answer
    by its design, or concerns people of another frozen pilot on the same days.
    """
    _still_designed(pilot)
    rules.check_signatories(signatories)
    rules.check_primary(row.primary for row in pilot.indicators)
    for row in pilot.indicators:
        # The comparison group may have gone since the indicator was chosen.
        values = {name: getattr(row, name) for name in AMENDABLE}
        rules.check_indicator(INDICATORS[row.indicator], values, compares=bool(pilot.compared))
    rules.check_layout(layout(pilot, plans.every_plan()))
    for overlap in queries.overlaps(pilot):
        raise rules.PilotsOverlap(pilot=overlap.pilot, teams=", ".join(overlap.teams), people=overlap.people)
    document = draft_of(pilot, house, now=now, signatories=signatories)
    text, up_to = canonical(document), document["records_up_to"]
    protocol = Protocol(text=text, sha256=sha256(text), frozen_at=now, frozen_by=by, records_up_to=up_to)
    pilot.protocol = protocol
    try:
        db.session.flush()
    except IntegrityError as error:
        raise rules.PilotFrozen() from error
    return protocol


def amend(pilot: Pilot, departure: Departure, *, by: int | None, now: datetime) -> Amendment:
    """Append an amendment; the protocol stays as it was frozen, and both are printed.

    Once there is an evaluation, data have been seen, whatever is declared.
    """
    if pilot.protocol is None:
        raise rules.ProtocolNotFrozen()
    try:
        document = queries.document(pilot.protocol)
        before = current_value(document, departure.field, departure.indicator)
    except KeyError as error:
        raise NotFound() from error
    unit = unit_of(document, departure.indicator)
    change = Change(departure.field, before, departure.after, departure.indicator, unit)
    rules.check_amendment(document, change)
    amendment = Amendment(
        protocol_id=pilot.protocol.id,
        at=now,
        by=by,
        reason=departure.reason,
        data_seen=departure.data_seen or bool(queries.evaluations(pilot)),
        changes=change.document(),
    )
    db.session.add(amendment)
    db.session.flush()
    return amendment


def evaluate(pilot: Pilot, as_of: date, *, by: int | None, now: datetime) -> Evaluation:
    """Compute every indicator and verdict as of a day and keep them for good.

    Raises a refusal unless the pilot could run by that day.
    """
    return keep(work_out(pilot, as_of, by=by, now=now))


def check_evaluable(pilot: Pilot, as_of: date, now: datetime) -> None:
    """Raise a refusal unless the pilot could run by that day."""
    rules.check_cut_off(queries.conditions(pilot), as_of, now.astimezone(_zone(pilot)).date())


def work_out(pilot: Pilot, as_of: date, *, by: int | None, now: datetime, report: Report = silent) -> Evaluation:
    """Compute an evaluation and write nothing, saying after each indicator how far it is; `keep` keeps it.

    Raises what `evaluate` raises.
    """
    check_evaluable(pilot, as_of, now)
    protocol = _frozen(pilot)
    frozen = read(queries.document(protocol))
    up_to = records.last_sequence()
    people = gathering.population(frozen, as_of)
    at = gathering.cutoff(frozen, as_of, up_to, now)
    figures = results.figures(frozen, people, gathering.facts(frozen, people, at), report)
    kept = {"figures": figures, "context": queries.context(pilot, protocol, people, as_of)}
    # As it will be read back: what is sealed is what is stored.
    stored, who = json.loads(canonical(kept)), json.loads(canonical(people.document()))
    return Evaluation(
        pilot_id=pilot.id,
        protocol_sha256=protocol.sha256,
        as_of=as_of,
        records_up_to=up_to,
        population=who,
        results=stored,
        digest=queries.seal(who, stored),
        code_version=VERSION,
        run_at=now,
        run_by=by,
    )


def keep(evaluation: Evaluation) -> Evaluation:
    """Keep an evaluation for good."""
    db.session.add(evaluation)
    db.session.flush()
    return evaluation


def _still_designed(pilot: Pilot) -> None:
    if pilot.protocol is not None:
        raise rules.PilotFrozen()


def _frozen(pilot: Pilot) -> Protocol:
    if pilot.protocol is None:
        raise rules.ProtocolNotFrozen()
    return pilot.protocol


def _zone(pilot: Pilot) -> ZoneInfo:
    return ZoneInfo(json.loads(_frozen(pilot).text)["rules"]["timezone"])
