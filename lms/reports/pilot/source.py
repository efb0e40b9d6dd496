"""What a report is made from: an evaluation, the protocol it knew, the pilot."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from lms.evaluation import queries
from lms.evaluation.decisions import queries as decisions
from lms.evaluation.decisions.models import RecordedDecision, VerdictComment
from lms.evaluation.models import Evaluation, EvaluationSeal, Pilot
from lms.evaluation.proposal import Proposal, propose
from lms.kernel.languages import in_language
from lms.kernel.refusals import NotFound

Row = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """An evaluation and everything its report quotes."""

    code: str
    title: dict[str, str]
    protocol: Row
    """The frozen document, with the amendments that the evaluation knew."""
    protocol_sha256: str
    frozen_at: datetime
    frozen_up_to: int
    as_of: date
    records_up_to: int
    results: Row
    digest: str
    code_version: str
    run_at: datetime
    decisions: tuple[RecordedDecision, ...] = ()
    """What the steering group decided, in its order."""
    comments: tuple[VerdictComment, ...] = ()
    seal: EvaluationSeal | None = None
    """Where its records have gone."""

    @cached_property
    def figures(self) -> Row:
        """Return every figure."""
        return self.results["figures"]

    @cached_property
    def context(self) -> Row:
        """Return what is told besides figures."""
        return self.results["context"]

    @property
    def indicators(self) -> list[Row]:
        """Return the indicators in the order of the protocol."""
        return self.figures["indicators"]

    def definition(self, row: Row) -> Row:
        """Return an indicator's definition as it was frozen."""
        return next(entry for entry in self.protocol["indicators"] if entry["code"] == row["code"])["definition"]

    @cached_property
    def proposal(self) -> Proposal:
        """Return what the decision rule proposes."""
        families = {row["code"]: self.definition(row)["family"] for row in self.indicators}
        return propose(self.figures, self.context["vigilance"], families)

    @property
    def series(self) -> Row:
        """Return the series of the charts by name."""
        return self.figures["series"]

    def label(self, row: Row) -> str:
        """Return an indicator's code and name."""
        return f"{row['code']} {in_language(self.definition(row)['label'])}"

    def recommendation(self, code: str) -> Row:
        """Return a recommendation as it was frozen."""
        return next(row for row in self.protocol["recommendations"] if row["code"] == code)

    @property
    def illustrative(self) -> bool:
        """Whether the pilot rests on values that stand in for real ones."""
        return bool(self.context["illustrative"]) or self.simulated

    @property
    def simulated(self) -> bool:
        """Whether people who count were made by the simulator."""
        return bool(self.figures["simulated"])


def source(pilot: Pilot, evaluation: Evaluation) -> Source:
    """Return what the report of an evaluation is made from."""
    protocol = pilot.protocol
    if protocol is None:
        raise NotFound()
    return Source(
        code=pilot.code,
        title=pilot.title,
        protocol=queries.document(protocol, until=evaluation),
        protocol_sha256=evaluation.protocol_sha256,
        frozen_at=protocol.frozen_at,
        frozen_up_to=protocol.records_up_to,
        as_of=evaluation.as_of,
        records_up_to=evaluation.records_up_to,
        results=evaluation.results,
        digest=evaluation.digest,
        code_version=evaluation.code_version,
        run_at=evaluation.run_at,
        decisions=tuple(decisions.decisions(evaluation)),
        comments=tuple(decisions.comments(evaluation)),
        seal=queries.seal_of(evaluation),
    )
