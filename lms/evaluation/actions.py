"""What is done with a pilot: designed, frozen, amended, evaluated."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.audit.models import Recommendation, Testable
from lms.evaluation import gathering, queries, results, rules
from lms.evaluation.drafting import draft
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Amendment, Evaluation, Pilot, PilotIndicator, Protocol
from lms.evaluation.protocol import Change, canonical, current_value, read, sha256, unit_of
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.kernel.release import VERSION
from lms.kernel.settings import setting
from lms.people.models import Team
from lms.plans import queries as plans
from lms.records import queries as records


@dataclass(frozen=True)
class Design:
    """What a pilot is before its protocol is frozen."""

    title: Mapping[str, str]
    starts_on: date
    ends_on: date
    team_ids: Collection[int]
    illustrative: bool = False


def create_pilot(code: str, audit_id: int, design: Design, *, now: datetime) -> Pilot:
    """Make a pilot of an audit; raises a refusal for a taken code, wrong dates or no team."""
    rules.check_code(code)
    if db.session.scalar(select(Pilot.id).where(Pilot.code == code)) is not None:
        raise rules.PilotCodeTaken(code=code)
    pilot = Pilot(code=code, audit_id=audit_id, created_at=now, indicators=[], protocol=None)
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
    pilot.title = dict(design.title)
    pilot.starts_on, pilot.ends_on = design.starts_on, design.ends_on
    pilot.illustrative = design.illustrative
    pilot.teams = list(db.session.scalars(select(Team).where(Team.id.in_(design.team_ids)).order_by(Team.code)))


def record_conditions(
    pilot: Pilot, *, opinion_on: date | None, notice_version: str, notice_on: date | None, today: date
) -> None:
    """Say when the works council gave its opinion and when people were informed; both may come after freezing."""
    for day in (opinion_on, notice_on):
        if day is not None and day > today:
            raise rules.ConditionInFuture(day=day)
    pilot.works_council_opinion_on = opinion_on
    pilot.notice_version, pilot.notice_given_on = notice_version, notice_on


@dataclass(frozen=True)
class Choice:
    """An indicator chosen for a recommendation; None takes the definition's default."""

    indicator: str
    recommendation_id: int
    threshold: float
    ambition: float | None = None
    modules: Collection[str] = ()
    """Empty: all modules planned for the recommendation."""
    critical: bool = True
    primary: bool = True
    n_min: int | None = None
    min_teams: int | None = None
    icc0: float | None = None
    options: Mapping[str, list[str]] = field(default_factory=dict)
    """What the indicator is told beyond its modules, by the names its definition gives."""


def add_indicator(pilot: Pilot, choice: Choice) -> PilotIndicator:
    """Add an indicator to a pilot still being designed; its code gets a number when it is used again."""
    _still_designed(pilot)
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
    rules.check_indicator(definition, values)
    rules.check_options(definition, choice.options)
    row = PilotIndicator(
        code=rules.next_code(definition.code, [known.code for known in pilot.indicators]),
        indicator=definition.code,
        recommendation=recommendation,
        recommendation_id=recommendation.id,
        modules=sorted(choice.modules),
        level=0.95,
        options={name: sorted(codes) for name, codes in choice.options.items()},
        **values,
    )
    pilot.indicators.append(row)
    db.session.flush()
    return row


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


def freeze(pilot: Pilot, house: HouseRules, *, by: int | None, now: datetime) -> Protocol:
    """Freeze the protocol: its text, its hash, when, by whom and the last record there was.

    Raises a refusal when it is frozen already or lacks what a protocol needs.
    """
    _still_designed(pilot)
    rules.check_primary(row.primary for row in pilot.indicators)
    up_to = records.last_sequence()
    text = canonical(
        draft(
            pilot,
            queries.audit_of(pilot),
            plans.every_plan(),
            **asdict(house),
            frozen_at=now,
            records_up_to=up_to,
        )
    )
    protocol = Protocol(text=text, sha256=sha256(text), frozen_at=now, frozen_by=by, records_up_to=up_to)
    pilot.protocol = protocol
    try:
        db.session.flush()
    except IntegrityError as error:
        raise rules.PilotFrozen() from error
    return protocol


@dataclass(frozen=True)
class Departure:
    """What is to change of a frozen protocol, and why."""

    field: str
    """`ends_on` (an ISO day), or a field of `protocol.AMENDABLE` for an indicator."""
    after: object
    reason: str
    data_seen: bool
    indicator: str | None = None


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
    conditions = queries.conditions(pilot)
    rules.check_cut_off(conditions, as_of, now.astimezone(_zone(pilot)).date())
    protocol = _frozen(pilot)
    frozen = read(queries.document(protocol))
    up_to = records.last_sequence()
    people = gathering.population(frozen, as_of)
    at = gathering.cutoff(frozen, as_of, up_to, now)
    figures = results.figures(frozen, people, gathering.facts(frozen, people, at))
    kept = {"figures": figures, "context": queries.context(pilot, protocol, people, as_of)}
    # As it will be read back: what is sealed is what is stored.
    stored, who = json.loads(canonical(kept)), json.loads(canonical(people.document()))
    evaluation = Evaluation(
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
