"""What of evaluations takes longer than anyone waits for a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lms.evaluation import actions, queries, rules
from lms.evaluation.models import Evaluation, Pilot
from lms.evaluation.monitoring import queries as monitoring
from lms.evaluation.monitoring import working_out
from lms.evaluation.monitoring.working_out import Figures
from lms.kernel.clock import local_day, now, today
from lms.kernel.jobs.actions import ask
from lms.kernel.jobs.kinds import Asked, Kind, Report, register, silent
from lms.kernel.jobs.models import Job
from lms.kernel.refusals import NotFound


def ask_to_evaluate(pilot: Pilot, as_of: date, *, by: int | None, now: datetime) -> Job:
    """Ask for an evaluation; raises a refusal unless the pilot could run by that day, a week from any other."""
    actions.check_evaluable(pilot, as_of, now)
    rules.check_a_week_apart(as_of, [one.as_of for one in queries.readable(pilot)])
    day = as_of.isoformat()
    return ask(EVALUATION.name, f"{pilot.code} {day}", {"pilot": pilot.code, "as_of": day}, by=by, now=now)


def _evaluate(asked: Asked, report: Report) -> Evaluation:
    pilot = _pilot(asked)
    day = date.fromisoformat(asked.arguments["as_of"])
    return actions.work_out(pilot, day, by=asked.by, now=now(), report=report)


def _pilot(asked: Asked) -> Pilot:
    pilot = queries.pilot(asked.arguments["pilot"])
    if pilot is None:
        raise NotFound()
    return pilot


def _keep(found: Evaluation) -> dict[str, Any]:
    return {"evaluation": actions.keep(found).id}


EVALUATION = register(Kind("evaluation", work=_evaluate, keep=_keep))


@dataclass(frozen=True)
class Made:
    """Figures of a running pilot, and what was asked."""

    pilot_id: int
    seal: str
    figures: Figures | None
    """None when its first whole week is not over."""


def follow(pilot: Pilot, report: Report = silent) -> Made:
    """Work out the figures of a running pilot up to its last whole week; raises what reading them raises."""
    question = monitoring.asked(pilot, today())
    days = question.days
    return Made(pilot.id, question.seal, working_out.work_out(question.protocol, days, report) if days else None)


def keep_followed(made: Made) -> dict[str, Any]:
    """Keep them in the place of those before."""
    if made.figures is not None:
        working_out.keep(made.pilot_id, made.seal, made.figures, now())
    return {}


def _follow(asked: Asked, report: Report) -> Made:
    return follow(_pilot(asked), report)


def _to_follow(moment: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    for pilot in monitoring.outdated(local_day(moment), local_day):
        yield pilot.code, {"pilot": pilot.code}


MONITORING = register(Kind("monitoring", work=_follow, keep=keep_followed, due=_to_follow))
