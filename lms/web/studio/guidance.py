"""The advice on a module and its blocks: a page, the piece of a page that an editor shows, or JSON."""

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.authoring import queries
from lms.authoring.guidance.advising import Advised
from lms.authoring.guidance.queries import advice as advice_on
from lms.kernel.languages import readers_name
from lms.kernel.refusals import Problem
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.problems import worded
from lms.web.shared.refusals import wants_json
from lms.web.studio.labels import EASE, place_words


@requires(Permission.WRITE_MODULES)
def advice(code: str) -> ResponseReturnValue:
    """Show the advice on a module; on one block of it, as a piece of a page, when `block` names it."""
    work = queries.work(code)
    found, key = advice_on(work), request.args.get("block")
    block = found.block(key) if key is not None else None
    if wants_json():
        told = found.advice if block is None else block.advice
        return jsonify(advice=[{"code": one.code, "place": place_of(one), "message": said(one)} for one in told])
    is_piece = block is not None or "HX-Request" in request.headers
    template = "studio/advice_piece.html" if is_piece else "studio/advice.html"
    return render_template(
        template, work=work, found=found, block=block, figures=figures, said=said, advice_place=place_of
    )


def said(problem: Problem) -> str:
    """Return a piece of advice in words, its language as the reader calls it."""
    language = problem.facts.get("language")
    facts = problem.facts | ({"language": readers_name(str(language))} if language else {})
    return worded(Problem(problem.code, path=problem.path, facts=facts))


def place_of(problem: Problem) -> str:
    """Return where in a block a piece of advice applies, in words."""
    return place_words(problem.path) if problem.path else ""


def figures(block: Advised) -> list[str]:
    """Return what is counted of a block, in words, by language."""
    lines = []
    for language, screen in block.screens.items():
        line = _("%(language)s: %(words)s words at once", language=readers_name(language), words=screen.words)
        if screen.ease is not None:
            level = next(label for least, label in EASE if screen.ease >= least)
            line += ", " + _("%(level)s (%(ease)s)", level=level, ease=round(screen.ease))
        lines.append(line)
    if block.seconds:
        lines.append(_("about %(seconds)s seconds", seconds=max(5 * round(block.seconds / 5), 5)))
    if block.unjudged:
        lines.append(_("letters within the picture are not judged: look at the preview"))
    return lines
