"""Decisions recorded, comments added."""

from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from lms.evaluation.decisions import rules
from lms.evaluation.decisions.models import RecordedDecision, Subject, VerdictComment
from lms.evaluation.decisions.rules import Deciding, Remark
from lms.evaluation.models import Evaluation
from lms.kernel.database import db


def decide(
    evaluation: Evaluation, deciding: Deciding, timezone: str, *, by: int | None, now: datetime
) -> RecordedDecision:
    """Record what the steering group decided; raises a refusal unless it is signed and dated rightly."""
    zone = ZoneInfo(timezone)
    rules.check_decision(deciding, evaluation.run_at.astimezone(zone).date(), now.astimezone(zone).date())
    signatures = [asdict(one) for one in deciding.signatures]
    told = {**vars(deciding), "signatures": signatures}
    made = RecordedDecision(evaluation_id=evaluation.id, at=now, by=by, **told)
    db.session.add(made)
    db.session.flush()
    return made


def comment(evaluation: Evaluation, remark: Remark, *, by: int | None, now: datetime) -> VerdictComment:
    """Add a comment beside a verdict, which stays as it is; raises a refusal for an unknown code."""
    kind = "indicators" if remark.subject is Subject.INDICATOR else "recommendations"
    rules.check_remark(remark, {row["code"] for row in evaluation.results["figures"][kind]})
    made = VerdictComment(evaluation_id=evaluation.id, at=now, by=by, **vars(remark))
    db.session.add(made)
    db.session.flush()
    return made
