"""Annexes on instruments, on what people were told of their data, on the works council's opinion."""

from lms.evaluation.indicators.definition import Family
from lms.kernel.languages import gettext as _
from lms.reports import words
from lms.reports.document import Block, Items, Pairs, Paragraph, Section
from lms.reports.pilot.source import Source


def instruments(source: Source) -> Section:
    """Return what the figures were gathered with."""
    families = {source.definition(row)["family"] for row in source.indicators}
    modules = sorted({module for row in source.indicators for module in row["modules"]})
    told = [
        _("Learning records of the kiosks: what was opened, answered, completed, and when."),
        _("The questions of the modules %(modules)s; the first answer to each counts.", modules=words.listed(modules)),
        _("The roster: who was in which team and shift on which day."),
    ]
    if Family.PERCEPTION in families:
        told.append(_("Anonymous questionnaires on five points, asked apart from the accounts of the kiosks."))
    else:
        told.append(_("No questionnaire belongs to this protocol."))
    return Section("instruments", _("Annex: instruments"), (Items(tuple(told)),))


def notice(source: Source) -> Section:
    """Return what is recorded of people and who sees what."""
    rules, context = source.protocol["rules"], source.context
    pairs = (
        (_("Information notice given on"), words.day(context["notice_on"])),
        (_("Version"), context["notice_version"] or words.NOTHING),
        (_("Least group shown, use and learning"), words.number(rules["smallest_group"], 0)),
        (_("Least group shown, opinions"), words.number(rules["smallest_opinions"], 0)),
    )
    told = (
        _("A learning record names a person by number only; no name, no number of a person stands in this report."),
        _("Figures are of groups; groups too small, and those that would give them away, are hidden everywhere alike."),
        _("One breakdown at a time: team, shift or age band; never two crossed."),
        _("Nobody’s answers stand in a report: what is judged here is the arrangement, never people."),
    )
    return Section("notice", _("Annex: data notice"), (Pairs(pairs), Items(told)))


def opinion(source: Source) -> Section:
    """Return when the works council gave its opinion."""
    day = source.context["opinion_on"]
    blocks: list[Block] = [
        Paragraph(_("The works council gave its opinion on %(day)s.", day=words.day(day)))
        if day
        else Paragraph(_("No opinion of the works council is recorded.")),
        Paragraph(_("The text of the opinion is kept by its secretary; it is to be joined to the printed report.")),
    ]
    return Section("opinion", _("Annex: opinion of the works council"), tuple(blocks))
