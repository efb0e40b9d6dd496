"""When a habilitation begins and ends, how it stands, which may stand beside which. Pure."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lms.kernel.clock import months_after
from lms.kernel.refusals import Refusal

DAY = timedelta(days=1)


class Basis(StrEnum):
    """What a habilitation rests on."""

    MODULE = "module"
    SESSION = "session"
    CERTIFICATE = "certificate"
    """A certificate of an organisation outside, kept as a file."""


class State(StrEnum):
    """How a habilitation stands on a day."""

    VALID = "valid"
    TO_RENEW = "to_renew"
    """Valid, and its renewal is open."""
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    TO_COME = "to_come"


IN_FORCE = (State.VALID, State.TO_RENEW)


class Act(StrEnum):
    """What was done to a habilitation after it was given."""

    SUSPENDED = "suspended"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"


class KindCodeTaken(Refusal):
    """Another kind of habilitation has this code."""


class KindCodeMalformed(Refusal):
    """A code is made of up to 40 letters, digits and hyphens."""


class RenewalImpossible(Refusal):
    """The renewal window, the fixed month and the validity do not fit together."""


class NothingRenews(Refusal):
    """A kind says what it rests on: a module, a session or a certificate from outside."""


class ObtainedInFuture(Refusal):
    """Nobody has obtained yet what is still to come."""


class ObtainedBeforeHiring(Refusal):
    """Only a certificate from outside may be older than the hiring."""


class GivenAfterLeaving(Refusal):
    """The person had left by then."""


class Overlapping(Refusal):
    """The person holds a habilitation of this kind for some of these days already."""


class RenewedTooEarly(Refusal):
    """The renewal of the habilitation in force is not open yet."""


class LongerThanAllowed(Refusal):
    """It would be valid for longer than its kind allows."""


class EndsBeforeItBegins(Refusal):
    """It would end before it begins."""


class BasisNotAccepted(Refusal):
    """The kind does not accept what it would rest on."""


class ModuleNotCompleted(Refusal):
    """The person did not hold the module that day."""


class SessionNotAttended(Refusal):
    """The person did not attend every half-day of the session by that day."""


class PaperMissing(Refusal):
    """A certificate from outside needs its issuer and its file."""


class ActWithoutReason(Refusal):
    """What is suspended, resumed or withdrawn says why."""


class ActImpossible(Refusal):
    """This cannot be done to a habilitation that stands as it does."""


@dataclass(frozen=True)
class Validity:
    """How long habilitations of a kind are valid."""

    months: int | None
    """None for good."""
    renewal_days: int
    """How many days before its end the renewal opens."""
    fixed_month: int | None = None
    """Every one ends on the last day of this month, 1 to 12; None: so many months after it was obtained."""


@dataclass(frozen=True)
class Span:
    """The days of one habilitation, both included; `until` None for good."""

    begins: date
    until: date | None
    withdrawn_on: date | None = None
    """From this day on it is good no longer."""

    @property
    def last(self) -> date | None:
        """The last day on which it is, or was, good; None for good."""
        if self.withdrawn_on is None:
            return self.until
        before = self.withdrawn_on - DAY
        return before if self.until is None else min(before, self.until)

    def covers(self, day: date) -> bool:
        """Whether the day is one of its own."""
        return self.begins <= day and (self.last is None or day <= self.last)


def check_validity(validity: Validity) -> None:
    """Raise RenewalImpossible unless there is time between one renewal and the next."""
    if validity.months is None:
        if validity.fixed_month is not None:
            raise RenewalImpossible()
    elif validity.renewal_days >= validity.months * 28 or (validity.fixed_month and validity.months < 12):
        raise RenewalImpossible()


def renewal_opens(until: date | None, validity: Validity) -> date | None:
    """Return the day from which it may be renewed; None when it never needs to be."""
    return None if until is None else until - timedelta(days=validity.renewal_days) + DAY


def begins(obtained_on: date, others: Iterable[Span], validity: Validity) -> tuple[date, bool]:
    """Return the first day of one obtained on a day, and whether it follows another without a gap.

    Obtained while another is in force and its renewal open, it begins when that ends. Raises
    RenewedTooEarly before the window opens, Overlapping beside one that never ends.
    """
    running = next((span for span in others if span.covers(obtained_on)), None)
    if running is None:
        return obtained_on, False
    if running.last is None:
        raise Overlapping(begins=running.begins, until=None)
    opens_on = renewal_opens(running.last, validity)
    if opens_on is not None and obtained_on < opens_on:
        raise RenewedTooEarly(opens_on=opens_on, until=running.last)
    return running.last + DAY, True


def ends(obtained_on: date, first_day: date, follows: bool, validity: Validity) -> date | None:
    """Return the last day that the kind allows; None for good.

    Counted from the day on which it was obtained. With a fixed month it is the last such end of a
    month within the validity, counted from the first day where it follows another, so that the
    rhythm is kept: a first one may be shorter, none is longer.
    """
    if validity.months is None:
        return None
    if validity.fixed_month is None:
        return months_after(obtained_on, validity.months) - DAY
    latest = months_after(first_day if follows else obtained_on, validity.months) - DAY
    return max(end for end in _ends_of(validity.fixed_month, latest.year) if end <= latest)


def _ends_of(month: int, year: int) -> list[date]:
    return [date(one, month, monthrange(one, month)[1]) for one in (year - 1, year)]


def check_span(span: Span, latest: date | None, others: Iterable[Span]) -> None:
    """Raise EndsBeforeItBegins, LongerThanAllowed or Overlapping unless these days may be given."""
    if span.until is not None and span.until < span.begins:
        raise EndsBeforeItBegins(begins=span.begins)
    if latest is not None and (span.until is None or span.until > latest):
        raise LongerThanAllowed(latest=latest)
    for other in others:
        if _overlap(span, other):
            raise Overlapping(begins=other.begins, until=other.last)


def _overlap(one: Span, other: Span) -> bool:
    if other.last is not None and other.last < other.begins:
        return False
    return (other.last is None or one.begins <= other.last) and (one.last is None or other.begins <= one.last)


def state(span: Span, acts: Sequence[tuple[date, Act]], validity: Validity, as_of: date) -> State:
    """Return how a habilitation stands on a day; acts in the order in which they were done."""
    told = [act for on, act in acts if on <= as_of]
    if Act.WITHDRAWN in told:
        return State.WITHDRAWN
    if as_of < span.begins:
        return State.TO_COME
    if span.until is not None and as_of > span.until:
        return State.EXPIRED
    if told and told[-1] is Act.SUSPENDED:
        return State.SUSPENDED
    opens_on = renewal_opens(span.until, validity)
    return State.TO_RENEW if opens_on is not None and as_of >= opens_on else State.VALID


def check_act(act: Act, on: date, stands: State, last_act_on: date | None, today: date) -> None:
    """Raise ActImpossible unless this may be done to it, in the order of days and not beforehand."""
    wanted = {
        Act.SUSPENDED: IN_FORCE,
        Act.RESUMED: (State.SUSPENDED,),
        Act.WITHDRAWN: (*IN_FORCE, State.SUSPENDED, State.TO_COME, State.EXPIRED),
    }[act]
    if stands not in wanted or on > today or (last_act_on is not None and on < last_act_on):
        raise ActImpossible()
