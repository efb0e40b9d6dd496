"""One page for those whose work it was: what was learnt from their data, in plain words and large type."""

from lms.evaluation.models import Evaluation, Pilot
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Basis, Verdict
from lms.kernel.languages import current_language, in_language, speaking
from lms.kernel.languages import gettext as _
from lms.reports import labels, words
from lms.reports.document import Block, Pairs, Paragraph, Report, Section
from lms.reports.pilot import figures
from lms.reports.pilot.banner import banner
from lms.reports.pilot.named import named
from lms.reports.pilot.source import Row, Source, source

DIFFERENCES = (Unit.POINTS, Unit.BALANCE, Unit.GAIN)
"""Units that say nothing to who does not work with figures."""


def for_operators(pilot: Pilot, evaluation: Evaluation, language: str | None = None) -> Report:
    """Return the page in a language (the reader's if none is given)."""
    with speaking(language or current_language()):
        return _page(named(source(pilot, evaluation)))


def _page(found: Source) -> Report:
    sections = (
        Section("tried", _("What was tried"), (Paragraph(_tried(found)),)),
        Section("seen", _("What we saw"), tuple(_seen(found))),
        Section("next", _("What happens now"), (Paragraph(_next(found)),)),
        Section("data", _("Your answers"), (Paragraph(_data(found)),)),
    )
    return Report(
        language=current_language(),
        title=_("What your answers taught us"),
        subtitle=in_language(found.title),
        banner=banner(found),
        footer=(_("Evaluation %(hash)s", hash=found.digest[:12]), words.day(found.run_at)),
        sections=sections,
        large=True,
    )


def _tried(found: Source) -> str:
    flow, pilot = found.figures["flow"], found.protocol["pilot"]
    told = _(
        "From %(start)s to %(end)s, you could follow short modules at a kiosk.",
        start=words.day(pilot["starts_on"]),
        end=words.day(found.as_of),
    )
    if flow["concerned"] is None:
        return told
    return f"{told} " + _(
        "%(concerned)s people were asked to. %(started)s began, %(completed)s finished everything.",
        concerned=words.number(flow["concerned"], 0),
        started=words.number(flow["started"], 0),
        completed=words.number(flow["completed_all"], 0),
    )


def _seen(found: Source) -> list[Block]:
    judged = [row for row in found.indicators if row["primary"]]
    return [Pairs(tuple((in_language(found.definition(row)["question"]), _answer(row)) for row in judged))]


def _answer(row: Row) -> str:
    """Return yes, no or not yet, with the count where there is one."""
    answers = {Verdict.MET: _("Yes."), Verdict.NOT_MET: _("No, not enough.")}
    answer = answers.get(Verdict(row["verdict"]), _("We cannot say yet."))
    counted = row["basis"] in (Basis.SAMPLE, Basis.CENSUS) and row["numerator"] is not None
    if counted:
        numbers = {name: words.number(row[name], 0) for name in ("numerator", "denominator")}
        return f"{answer} " + _("%(numerator)s out of %(denominator)s.", **numbers)
    if row["value"] is None or figures.unit(row) in DIFFERENCES:
        return answer
    return f"{answer} " + _("We measured %(value)s.", value=figures.value(row))


def _next(found: Source) -> str:
    if not found.decisions:
        return _("The steering group has not decided yet. You will be told what it decides.")
    last = found.decisions[-1]
    return _(
        "On %(day)s the steering group decided: %(decision)s. Next step: %(moment)s, %(moment_day)s.",
        day=words.day(last.decided_on),
        decision=str(labels.DECIDED[last.decision]).lower(),
        moment=last.next_moment,
        moment_day=words.day(last.next_moment_on),
    )


def _data(found: Source) -> str:
    return _(
        "These are figures of groups, never of one person. A group of fewer than %(least)s people is not shown. "
        "It is the modules and the kiosks that are judged, not you.",
        least=found.protocol["rules"]["smallest_group"],
    )
