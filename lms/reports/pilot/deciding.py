"""Chapter 15: what the rule proposes, what the steering group decided, what comes next."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from lms.evaluation.decisions.models import RecordedDecision
from lms.evaluation.proposal import Because, Decision
from lms.kernel.languages import gettext as _
from lms.reports import labels, words
from lms.reports.document import Block, Cell, Column, Heading, Items, Pairs, Paragraph, Section, Table
from lms.reports.pilot import figures
from lms.reports.pilot.source import Source

MOMENTS = (0, 3, 6, 12)
"""Months after the decision at which one looks again (evaluation reference, section 8)."""


def decision(source: Source) -> Section:
    """Return the proposal, the decisions recorded and the next key moments."""
    blocks: list[Block] = [
        Heading(_("What the rule proposes"), "proposal"),
        Paragraph(proposed(source), strong=True),
        *_conditions(source),
        Heading(_("What the steering group decided"), "decided"),
        *_decided(source),
        Heading(_("Next key moments"), "moments"),
        _moments(source),
    ]
    return Section("decision", _("Decision and next key moments"), tuple(blocks))


def proposed(source: Source) -> str:
    """Return the proposal and its grounds in a sentence."""
    found = source.proposal
    return _(
        "Proposed by the rule: %(decision)s, because %(grounds)s. The steering group decides.",
        decision=str(labels.DECISIONS[found.decision]).lower(),
        grounds=_("; ").join(ground(one) for one in found.because),
    )


def ground(because: Because) -> str:
    """Return one ground in words."""
    return str(labels.GROUNDS[because.ground]) % {"codes": words.listed(because.codes)}


def _conditions(source: Source) -> Iterator[Block]:
    """Tell what would have to change, and how many people would settle what is open."""
    found, by_code = source.proposal, {row["code"]: row for row in source.indicators}
    told = [_("To change: what %(indicator)s measures.", indicator=source.label(by_code[one])) for one in found.change]
    told += [figures.settling(source, by_code[code]) for code, _number in found.settle]
    if found.decision is Decision.STOP:
        told.append(_("A stop is not automatic: it asks first whether a credible correction exists."))
    if not found.cost_measured:
        told.append(_("No indicator of this protocol judges the cost: to accept it is left to the steering group."))
    yield Items(tuple(told))


def _decided(source: Source) -> Iterator[Block]:
    if not source.decisions:
        yield Paragraph(_("Nothing is recorded yet."))
        return
    if len(source.decisions) > 1:
        yield Paragraph(_("The last one recorded stands; those before it are printed as they were."))
    for one in reversed(source.decisions):
        yield Pairs(_told(one))


def _told(one: RecordedDecision) -> tuple[tuple[str, str], ...]:
    signed = _("; ").join(f"{row['name']} ({row['role']})" for row in one.signatures)
    return (
        (_("Decision"), str(labels.DECIDED[one.decision])),
        (_("Decided on"), words.day(one.decided_on)),
        (_("Reasons"), one.reasons),
        (_("Conditions"), one.conditions or _("None.")),
        (_("Dissent"), one.dissent or _("None was stated.")),
        (_("Signed by"), signed),
        (_("Next key moment"), f"{one.next_moment}, {words.day(one.next_moment_on)}"),
    )


def _moments(source: Source) -> Table:
    """Return the key moments after the decision; days once there is one."""
    start = source.decisions[-1].decided_on if source.decisions else None
    purposes = (
        _("Results given back to everyone concerned"),
        _("Check of the actions"),
        _("Maintenance: what still holds six months later"),
        _("The audit’s grid filled in again"),
    )
    rows = tuple(
        (Cell(_("M+%(months)s", months=months)), Cell(purpose), Cell(words.day(start and _after(start, months))))
        for months, purpose in zip(MOMENTS, purposes, strict=True)
    )
    return Table(_("What comes after"), (Column(_("Moment")), Column(_("For what")), Column(_("Day"))), rows)


def _after(day: date, months: int) -> date:
    """Return the day so many months later, the last of its month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
