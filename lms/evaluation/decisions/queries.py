"""Questions about decisions and comments."""

from sqlalchemy import select

from lms.evaluation.decisions.models import RecordedDecision, VerdictComment
from lms.evaluation.models import Evaluation
from lms.kernel.database import db


def decisions(evaluation: Evaluation) -> list[RecordedDecision]:
    """Return what was decided on an evaluation, in the order in which it was recorded."""
    query = select(RecordedDecision).where(RecordedDecision.evaluation_id == evaluation.id)
    return list(db.session.scalars(query.order_by(RecordedDecision.id)))


def comments(evaluation: Evaluation) -> list[VerdictComment]:
    """Return the comments beside an evaluation's verdicts, in their order."""
    query = select(VerdictComment).where(VerdictComment.evaluation_id == evaluation.id)
    return list(db.session.scalars(query.order_by(VerdictComment.id)))
