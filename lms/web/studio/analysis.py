"""What first attempts say of a module's questions, and where people leave it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from markupsafe import Markup

from lms.authoring import queries
from lms.authoring.queries import Work
from lms.catalogue.blocks import Question
from lms.catalogue.queries import FrozenEdition, edition_numbered, history
from lms.delivery import queries as delivery
from lms.kernel.clock import last_sunday
from lms.kernel.languages import in_language
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.people.permissions import Permission
from lms.progress import analyses
from lms.progress import queries as progress
from lms.progress.findings import Finding
from lms.progress.leaving import Step, worst
from lms.progress.seals import queries as seals
from lms.web.shared.guards import requires
from lms.web.studio import analysis_charts as charts
from lms.web.studio.analysis_words import Fact, facts, forms, option_words, quiz_sentences, sentences


@dataclass(frozen=True)
class Shown:
    """A question on the page."""

    finding: Finding
    number: int
    """Of the block in its edition."""
    changed: bool
    """The draft asks it otherwise already."""
    sentences: list[str]
    facts: list[Fact]
    options: list[tuple[str, Any]]
    chart: Markup


@requires(Permission.WRITE_MODULES)
def analysis(code: str) -> str:
    """Show what first attempts say of the questions of an edition, and where people leave it."""
    work = queries.work(code)
    editions = {one.number: edition_numbered(work.module_id, one.number) for one in history(work.module_id)}
    if not editions:
        return render_template("studio/analysis.html", work=work, found=None, waits=False)
    wanted = request.args.get("edition", type=int)
    if wanted is not None and wanted not in editions:
        raise NotFound()
    told = analyses.analysis(work.module_id, wanted)
    if told is None:
        job = analyses.making(work.module_id, max(editions))
        return render_template("studio/analysis.html", work=work, found=None, waits=True, job=job)
    gone = seals.gone_of([one.id for one in editions.values()])
    kept = analyses.sealed(work.module_id, wanted) if told.found.attempts is None else None
    seal, told = kept or (None, told)
    found, way = told.found, told.way
    edition = editions[found.number]
    named = [(_block_name(edition, step), step) for step in way]
    return render_template(
        "studio/analysis.html",
        work=work,
        found=found,
        waits=False,
        as_of=seal.as_of if seal else last_sunday(),
        seal=seal,
        least=setting("SMALLEST_GROUP"),
        gone=gone,
        simulated=progress.has_simulated(work.module_id),
        questions=[_shown(one, edition, work) for one in found.questions],
        quiz=quiz_sentences(found.quiz, edition.content.points) if found.quiz else [],
        draws=edition.content.draws,
        forms=forms(found.questions),
        way=named,
        way_chart=charts.steps(named),
        worst=worst(way),
        in_draft={block["key"] for block in work.document["blocks"]},
        keys=[block.key for block in edition.content.blocks],
        asked=_asked(code),
    )


def _shown(finding: Finding, edition: FrozenEdition, work: Work) -> Shown:
    question, told = finding.question, finding.analysis
    options = [(option_words(question, one.key), one) for one in told.choices]
    return Shown(
        finding=finding,
        number=[block.key for block in edition.content.blocks].index(question.key) + 1,
        changed=question.key in {change.key for change in work.changes if change.is_to_be_seen},
        sentences=sentences(finding),
        facts=facts(told),
        options=options,
        chart=charts.choices(options),
    )


def _asked(code: str) -> Counter[str | None]:
    """Return how often somebody asked for help or reported something wrong, by block."""
    found = [*delivery.matters(settled=False, code=code), *delivery.matters(settled=True, code=code)]
    return sum((Counter({one.block_key: len(one.asked)}) for one in found), Counter())


def _block_name(edition: FrozenEdition, step: Step) -> str:
    block = edition.content.blocks[step.place - 1]
    return f"{step.place} · {in_language(block.prompt if isinstance(block, Question) else block.title)}"
