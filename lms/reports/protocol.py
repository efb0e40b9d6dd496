"""The protocol of a pilot as a document to read and to print, for the works council first of all.

It tells the text that was frozen, with its amendments; of a pilot still being designed,
what would be frozen today. The text names teams and modules by their codes; readers get
their names beside them.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from lms.evaluation import queries
from lms.evaluation.indicators.definition import Option, OptionKind
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Amendment, Pilot
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.languages import current_language, in_language
from lms.kernel.languages import gettext as _
from lms.reports import labels, words
from lms.reports.document import Block, Cell, Column, Heading, Items, Pairs, Paragraph, Report, Section, Table
from lms.reports.pilot import figures
from lms.reports.pilot.named import exchange

Row = dict[str, Any]


def build(pilot: Pilot, document: Row) -> Report:
    """Return the protocol in the reader's language; `document` is the frozen text, or a draft of it."""
    document, frozen = _named(document), pilot.protocol
    amendments = queries.amendments(frozen) if frozen else []
    return Report(
        language=current_language(),
        title=_("Protocol of the pilot %(title)s", title=in_language(document["pilot"]["title"])),
        subtitle=_("Frozen on %(day)s", day=words.day(frozen.frozen_at)) if frozen else _("Draft, not frozen"),
        banner=_("Illustrative figures: nothing real may be concluded from them.")
        if document["pilot"]["illustrative"]
        else "",
        footer=(_("Protocol %(hash)s", hash=frozen.sha256[:12]),) if frozen else (_("Draft, not frozen"),),
        sections=(
            _pilot(document["pilot"]),
            _conditions(document["conditions"]),
            _recommendations(document),
            _indicators(document),
            _rules(document["rules"]),
            *_sealed(pilot, document, amendments),
        ),
    )


def _named(document: Row) -> Row:
    """Return the document with names beside the codes of teams and modules."""
    told, known = deepcopy(document), document.get("names", {})
    teams = _beside(known.get("teams", {}))
    modules = _beside({code: in_language(title) for code, title in known.get("modules", {}).items()})
    for field in ("teams", "comparison_teams"):
        exchange(told["pilot"], field, teams)
    for step in told["pilot"]["steps"]:
        exchange(step, "team", teams)
        exchange(step, "modules", modules)
    for plan in told["plans"]:
        exchange(plan, "teams", teams)
        exchange(plan, "module", modules)
    for entry in told["indicators"]:
        exchange(entry, "modules", modules)
        for option in _options(entry, OptionKind.MODULES):
            exchange(entry["options"], option.name, modules)
    return told


def _beside(names: Mapping[str, str]) -> dict[str, str]:
    """Return each name with its code, by code."""
    return {code: _("%(name)s (%(code)s)", name=name, code=code) for code, name in names.items() if name != code}


def _options(entry: Row, *kinds: OptionKind) -> list[Option]:
    """Return what an indicator was told beyond its modules, as it is offered."""
    offered = INDICATORS[entry["indicator"]].options
    return [option for option in offered if option.kind in kinds and entry["options"].get(option.name)]


def _pilot(pilot: Row) -> Section:
    design = pilot["comparison"]
    pairs = [
        (_("Pilot"), _("%(start)s to %(end)s", start=words.day(pilot["starts_on"]), end=words.day(pilot["ends_on"]))),
        (_("Population"), in_language(pilot["population"]) or words.NOTHING),
        (_("Included"), in_language(pilot["inclusion"]) or words.NOTHING),
        (_("Left out"), in_language(pilot["exclusion"]) or words.NOTHING),
        (_("Teams"), words.listed(pilot["teams"])),
        (_("Comparison"), in_language(design["label"])),
        (_("Strength"), in_language(design["strength"])),
        (_("Weakness"), in_language(design["weakness"])),
    ]
    if pilot["comparison_teams"]:
        pairs.append((_("Comparison group"), words.listed(pilot["comparison_teams"])))
    blocks: list[Block] = [Pairs(tuple(pairs))]
    if pilot["steps"]:
        blocks.append(Items(tuple(_step(step) for step in pilot["steps"])))
    return Section("pilot", _("Population and comparison"), tuple(blocks))


def _step(step: Row) -> str:
    what = words.day(step["starts_on"]) if step["starts_on"] else words.listed(step["modules"])
    return f"{step['team']}: {what}"


def _conditions(found: Row) -> Section:
    screening = labels.SCREENINGS[found["screening"]] if found["screening"] else ""
    pairs = (
        (_("Works council’s opinion"), _dated(found["opinion_on"], found["opinion_reference"])),
        (_("Information notice"), _dated(found["notice_on"], _version(found["notice_version"]))),
        (_("Need of an impact assessment (DPIA)"), _dated(found["screened_on"], str(screening))),
        (_("Data protection officer’s sign-off"), _dated(found["data_officer_on"], "")),
    )
    told = Paragraph(_("As far as they were known when this text was written; the opinion usually comes after it."))
    return Section("conditions", _("Conditions"), (Pairs(pairs), told))


def _version(version: str) -> str:
    return _("version %(version)s", version=version) if version else ""


def _dated(day: str | None, more: str) -> str:
    return ", ".join(part for part in (words.day(day), more) if part)


def _recommendations(document: Row) -> Section:
    rows = tuple(
        (
            Cell(row["code"]),
            Cell(in_language(row["statement"])),
            Cell(words.listed([finding["code"] for finding in row["findings"]]) or words.NOTHING),
            Cell(_("yes") if row["has_evidence"] else _("no: it rests on no evidence")),
        )
        for row in document["recommendations"]
    )
    columns = (Column(_("Code")), Column(_("Recommendation")), Column(_("Findings")), Column(_("Evidence")))
    plans = tuple(
        (
            Cell(plan["code"]),
            Cell(plan["recommendation"]),
            Cell(plan["module"]),
            Cell(words.listed(plan["teams"])),
            Cell(words.day(plan["assigned_on"])),
            Cell(words.day(plan["due_on"])),
        )
        for plan in document["plans"]
    )
    heads = (_("Plan"), _("Recommendation"), _("Module"), _("Teams"), _("Assigned on"), _("Due date"))
    return Section(
        "recommended",
        _("What the audit recommended"),
        (
            Table(_("Recommendations, and whether they rest on evidence"), columns, rows),
            Table(_("Plans that give the denominators"), tuple(Column(head) for head in heads), plans),
        ),
    )


def _indicators(document: Row) -> Section:
    blocks: list[Block] = []
    for entry in document["indicators"]:
        blocks.append(Heading(f"{entry['code']} – {in_language(entry['definition']['label'])}", f"i-{entry['code']}"))
        blocks.append(Pairs(tuple(_indicator(entry))))
    return Section("indicators", _("Indicators and thresholds"), tuple(blocks))


def _indicator(entry: Row) -> Iterator[tuple[str, str]]:
    definition, unit = entry["definition"], Unit(entry["definition"]["unit"])
    bare = words.amount(entry["threshold"], unit)
    least = definition["direction"] == Direction.GE
    role = _("critical") if entry["critical"] else _("primary") if entry["primary"] else _("secondary: no verdict")
    yield _("Question"), in_language(definition["question"])
    yield _("Recommendation"), f"{entry['recommendation']} ({role})"
    yield _("Numerator"), in_language(definition["numerator"])
    yield _("Denominator"), in_language(definition["denominator"])
    yield (
        _("Threshold"),
        _("at least %(threshold)s", threshold=bare) if least else _("at most %(threshold)s", threshold=bare),
    )
    yield _("Ambition"), words.amount(entry["ambition"], unit)
    yield _("Before the pilot"), figures.before({"baseline": entry["baseline"], "unit": unit.value})
    yield _("Modules"), words.listed(entry["modules"]) or words.NOTHING
    for option in _options(entry, *OptionKind):
        spoken = dict(option.words)
        yield str(option.label), words.listed([str(spoken.get(one, one)) for one in entry["options"][option.name]])
    yield _("Method"), in_language(definition["method"])
    yield _("Missing outcomes"), in_language(definition["missing_rule"])
    yield _("Mind"), in_language(definition["pitfalls"])
    yield (
        _("Frozen with it"),
        _(
            "least number %(n)s; teams %(teams)s; planning ICC %(icc)s; level %(level)s",
            n=entry["n_min"],
            teams=entry["min_teams"],
            icc=words.number(entry["icc0"], 2),
            level=words.percent(entry["level"]),
        ),
    )


def _rules(rules: Row) -> Section:
    told = (
        _(
            "Met when the whole interval is on the right side of the threshold, not met when it is on the wrong side, "
            "inconclusive otherwise."
        ),
        _(
            "Groups under %(least)s people (%(opinions)s for opinions) are shown nowhere.",
            least=rules["smallest_group"],
            opinions=rules["smallest_opinions"],
        ),
        _(
            "Above %(share)s of missing outcomes, the verdict must be the same whatever they would have been.",
            share=words.percent(rules["missing_limit"]),
        ),
    )
    return Section("rules", _("Rules"), (Items(told),))


def _sealed(pilot: Pilot, document: Row, amendments: Sequence[Amendment]) -> Iterator[Section]:
    """Yield who signed, the fingerprint and what was amended; nothing of a draft."""
    if pilot.protocol is None:
        return
    signed = tuple(
        (Cell(who["name"]), Cell(who["role"]), Cell(words.day(who["on"]))) for who in document["signatories"]
    )
    columns = (Column(_("Name")), Column(_("Function")), Column(_("Signed on")))
    pairs = (
        (_("Fingerprint (SHA-256)"), pilot.protocol.sha256),
        (_("Last learning record then"), words.number(pilot.protocol.records_up_to, 0)),
    )
    yield Section("signed", _("Signatures"), (Table(_("Who signed"), columns, signed), Pairs(pairs)))
    told = tuple(
        labels.amendment(
            {"at": row.at.isoformat(), "reason": row.reason, "data_seen": row.data_seen, "changes": row.changes}
        )
        for row in amendments
    )
    yield Section("amendments", _("Amendments"), (Items(told) if told else Paragraph(_("None.")),))
