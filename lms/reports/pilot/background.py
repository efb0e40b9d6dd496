"""Chapters 2 to 4: what the audit recommended, the frozen protocol, who took part."""

from lms.evaluation.indicators.definition import Family
from lms.kernel.languages import gettext as _
from lms.kernel.languages import in_language
from lms.reports import labels, words
from lms.reports.document import Block, Cell, Column, Heading, Items, Pairs, Paragraph, Section, Table
from lms.reports.pilot.chapters import indicators
from lms.reports.pilot.drawn import people
from lms.reports.pilot.source import Row, Source


def recommended(source: Source) -> Section:
    """Return what the audit recommended, and the findings it rests on."""
    blocks: list[Block] = [_traced(source)]
    for row in source.protocol["recommendations"]:
        blocks.append(Heading(f"{row['code']} – {in_language(row['statement'])}", f"recommendation-{row['code']}"))
        if row["rationale"]:
            blocks.append(Paragraph(in_language(row["rationale"])))
        if row["findings"]:
            blocks.append(Items(tuple(_finding(finding) for finding in row["findings"])))
        if row["provenance"] == "illustrative":
            blocks.append(Paragraph(_("Illustrative: the published case does not state this recommendation.")))
    return Section("recommended", _("What the audit recommended"), tuple(blocks))


def _traced(source: Source) -> Table:
    """Return the chain from evidence to verdict, a row for each recommendation."""
    verdicts = {row["code"]: row for row in source.figures["recommendations"]}
    columns = (
        Column(_("Evidence")),
        Column(_("Finding")),
        Column(_("Recommendation")),
        Column(_("Indicator")),
        Column(_("Verdict")),
    )
    rows = []
    for row in source.protocol["recommendations"]:
        came_to = verdicts[row["code"]]
        evidence = [code for finding in row["findings"] for code in finding.get("evidence", ())]
        rows.append(
            (
                Cell(words.listed(list(dict.fromkeys(evidence))) or words.NOTHING),
                Cell(words.listed([finding["code"] for finding in row["findings"]]) or words.NOTHING),
                Cell(row["code"], anchor=f"recommendation-{row['code']}"),
                Cell(words.listed(came_to["indicators"]) or words.NOTHING),
                Cell(str(labels.VERDICTS[came_to["verdict"]]), verdict=came_to["verdict"]),
            )
        )
    return Table(_("From evidence to verdict"), columns, tuple(rows))


def _finding(row: Row) -> str:
    solid = row["strength"] == "solid"
    strength = _("solid finding") if solid else _("weak signal")
    return f"{row['code']} – {in_language(row['statement'])} ({strength})"


def protocol(source: Source) -> Section:
    """Return the frozen protocol and every departure from it."""
    context, pilot = source.context, source.protocol["pilot"]
    pairs = (
        (_("Frozen on"), words.day(source.frozen_at)),
        (_("Fingerprint (SHA-256)"), source.protocol_sha256),
        (_("Last learning record then"), words.number(source.frozen_up_to, 0)),
        (_("Pilot"), _("%(start)s to %(end)s", start=words.day(pilot["starts_on"]), end=words.day(pilot["ends_on"]))),
        (_("Teams"), words.listed(pilot["teams"])),
        (_("Works council’s opinion"), words.day(context["opinion_on"])),
        (_("Information notice"), _notice(context)),
        (_("Data cut-off"), words.day(source.as_of)),
        (_("Last learning record read"), words.number(source.records_up_to, 0)),
    )
    departures = [labels.deviation(row) for row in context["deviations"]]
    if context["interim"]:
        departures.append(_("This evaluation was made before the last day of the pilot."))
    blocks: list[Block] = [Pairs(pairs), Heading(_("Deviations"), "deviations")]
    blocks.append(Items(tuple(departures)) if departures else Paragraph(_("None found.")))
    blocks.append(Heading(_("Amendments"), "amendments"))
    amendments = tuple(labels.amendment(row) for row in context["amendments"])
    blocks.append(Items(amendments) if amendments else Paragraph(_("None.")))
    return Section("protocol", _("Frozen protocol and deviations"), tuple(blocks))


def _notice(context: Row) -> str:
    if not context["notice_version"]:
        return words.day(context["notice_on"])
    return _("%(day)s, version %(version)s", day=words.day(context["notice_on"]), version=context["notice_version"])


def population(source: Source) -> Section:
    """Return how many people remained at each step, and why others did not."""
    flow = source.figures["flow"]
    steps = (
        ("roster", _("In the pilot teams at some time"), ""),
        ("left_out_by_role", _("Left out: trainers, administrators, people who do not learn there"), ""),
        ("too_short", _("Left out: present too short a time"), _("under 14 days after joining")),
        ("concerned", _("Concerned (the denominator)"), _("leavers included")),
        ("joined_later", _("of whom joined after the first day"), ""),
        ("left_before_end", _("of whom had left by the cut-off"), ""),
        ("started", _("Started at least one module"), ""),
        ("attempted", _("Ended a first attempt"), ""),
        ("completed_all", _("Completed everything"), ""),
    )
    rows = tuple(
        (Cell(label), Cell(words.number(flow[name], 0)), Cell(_of(flow, name)), Cell(note))
        for name, label, note in steps
    )
    columns = (Column(_("Step")), Column(_("People"), True), Column(_("Of those concerned"), True), Column(_("Note")))
    table = Table(_("Flow of the population"), columns, rows)
    return Section("population", _("Population and participation"), (*people.population(source), table))


def _of(flow: Row, name: str) -> str:
    if not flow["concerned"] or name in ("roster", "left_out_by_role", "too_short"):
        return ""
    return words.percent(flow[name] / flow["concerned"])


def vigilance(source: Source) -> Section:
    """Return the audit's points of vigilance as they stood at the evaluation."""
    states = {"open": _("open"), "mitigating": _("being mitigated"), "lifted": _("lifted")}
    rows = tuple(
        (
            Cell(row["code"]),
            Cell(in_language(row["statement"])),
            Cell(states[row["status"]]),
            Cell(_("yes") if row["blocking"] else _("no")),
        )
        for row in source.context["vigilance"]
    )
    columns = (Column(_("Code")), Column(_("Point of vigilance")), Column(_("State")), Column(_("Blocking")))
    table = Table(_("Points of vigilance at the evaluation"), columns, rows)
    empty = Paragraph(_("The audit names no point of vigilance."))
    governed = indicators(source, Family.GOVERNANCE, _("how the pilot is governed"))
    return Section("vigilance", _("Points of vigilance: lifted, open, new"), (table if rows else empty, *governed))
