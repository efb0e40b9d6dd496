"""What a decision needs to be recorded. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from lms.evaluation.decisions.models import Subject
from lms.evaluation.proposal import Decision
from lms.kernel.refusals import Refusal


class DecisionUnsigned(Refusal):
    """Nobody signed: a decision of the steering group bears at least one role and name."""


class SignatureIncomplete(Refusal):
    """A signature lacks its role or its name."""


class DecisionDated(Refusal):
    """The decision is dated before the evaluation it rests on, or in the future."""


class NextMomentPast(Refusal):
    """The next key moment is not after the decision."""


class NothingOfThatCode(Refusal):
    """The evaluation has no indicator or recommendation of that code."""


@dataclass(frozen=True)
class Signature:
    """Who signed."""

    role: str
    name: str


@dataclass(frozen=True)
class Deciding:
    """A decision as it is entered."""

    decision: Decision
    reasons: str
    conditions: str
    dissent: str
    signatures: Sequence[Signature]
    decided_on: date
    next_moment: str
    next_moment_on: date


@dataclass(frozen=True)
class Remark:
    """A comment as it is entered."""

    subject: Subject
    code: str
    text: str
    role: str
    name: str


def check_decision(deciding: Deciding, evaluated_on: date, today: date) -> None:
    """Raise a refusal unless the decision is signed and its days follow each other."""
    if not deciding.signatures:
        raise DecisionUnsigned()
    if not all(one.role.strip() and one.name.strip() for one in deciding.signatures):
        raise SignatureIncomplete()
    if not evaluated_on <= deciding.decided_on <= today:
        raise DecisionDated(evaluated_on=evaluated_on)
    if deciding.next_moment_on <= deciding.decided_on:
        raise NextMomentPast()


def check_remark(remark: Remark, codes: Collection[str]) -> None:
    """Raise a refusal unless the evaluation has what the comment stands beside."""
    if remark.code not in codes:
        raise NothingOfThatCode(code=remark.code)
