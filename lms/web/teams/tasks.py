"""The tasks of posts, and the plant's own matrix brought in."""

from flask import redirect, render_template, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms.catalogue.queries import newest_editions
from lms.kernel import waiting
from lms.kernel.clock import now
from lms.kernel.languages import INTERFACE_LANGUAGES, in_language
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.skills import actions, importing, queries, rules, signing, words
from lms.skills.rules import PointKind
from lms.web.shared import lists
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.looking import looked_at, looks, names_nobody
from lms.web.shared.refusals import worded
from lms.web.shared.uploads import accepts_files
from lms.web.teams.skill_forms import ChecklistForm, LevelWordsForm, TaskForm
from lms.web.teams.skills import tabs
from lms.web.teams.wording import OUTCOMES, levels

_SHOWN_AT = "teams.preview_skills"


@requires(Permission.MANAGE_SKILLS)
@names_nobody("tasks of posts")
def tasks() -> str:
    """List the tasks of posts."""
    titles = {edition.module_id: in_language(edition.content.title) for edition in newest_editions()}
    return render_template("teams/tasks.html", tasks=queries.tasks(), titles=titles, levels=levels(), **tabs())


@requires(Permission.MANAGE_SKILLS)
@names_nobody("tasks of posts")
def new_task() -> str | Response | tuple[str, int]:
    """Enter a task."""
    form = TaskForm().offer()
    if form.validate_on_submit():
        try:
            actions.add_task((form.code.data or "").strip(), form.entry(), now())
            return redirect(url_for("teams.tasks"))
        except (rules.TaskCodeTaken, rules.TaskCodeMalformed) as refusal:
            form.code.errors = [*form.code.errors, worded(refusal)]
    page = render_template("teams/task_form.html", form=form, task=None)
    return page if not form.errors else (page, 422)


@requires(Permission.MANAGE_SKILLS)
@names_nobody("tasks of posts")
def change_task(code: str) -> str | Response | tuple[str, int]:
    """Correct what is said of a task."""
    found = queries.task(code)
    form = TaskForm().offer()
    del form.code
    if not form.is_submitted():
        form.fill(found)
    elif form.validate():
        actions.change_task(code, form.entry())
        return redirect(url_for("teams.tasks"))
    page = render_template("teams/task_form.html", form=form, task=found)
    return page if not form.errors else (page, 422)


@requires(Permission.MANAGE_SKILLS)
@names_nobody("tasks of posts")
def checklist(code: str) -> str | Response | tuple[str, int]:
    """Say what whoever signs off a task looks at."""
    found, form = queries.task(code), ChecklistForm()
    known = signing.checklist(found.id)
    if not form.is_submitted():
        form.fill(known)
    elif form.validate():
        try:
            signing.set_checklist(found.id, form.points(), somebody().id, now())
            return redirect(url_for("teams.tasks"))
        except rules.ChecklistIncomplete as refusal:
            form.safety_fr.errors = [*form.safety_fr.errors, worded(refusal)]
    kinds = (PointKind.SAFETY, PointKind.QUALITY, PointKind.STEP)
    page = render_template("teams/checklist.html", form=form, task=found, current=known.version, kinds=kinds)
    return page if not form.errors else (page, 422)


@requires(Permission.MANAGE_SKILLS)
@names_nobody("what letters mean")
def level_words() -> str | Response | tuple[str, int]:
    """Say what the letters are called at this site."""
    form = LevelWordsForm()
    if not form.is_submitted():
        form.fill({language: words.own(language) for language in INTERFACE_LANGUAGES})
    elif form.validate():
        for language in INTERFACE_LANGUAGES:
            words.choose(language, form.words(language))
        return redirect(url_for("teams.tasks"))
    page = render_template("teams/level_words.html", form=form, levels=levels())
    return page if not form.errors else (page, 422)


@requires(Permission.MANAGE_SKILLS)
@names_nobody("a file is still to come")
@accepts_files
def import_skills() -> str | Response | tuple[str, int]:
    """Take a file of levels and sign-offs and lead on to what it would do."""
    return lists.ask(_read, _SHOWN_AT, "teams/skills_import.html", titles=importing.TITLES)


@requires(Permission.MANAGE_SKILLS)
@looks(Purpose.SKILLS)
def preview_skills(file: str) -> str:
    """Show what the file would do; change nothing."""
    shown = _read(waiting.read(file))
    looked_at(step.person_id for step in shown.steps)
    return lists.show(shown, "teams/skills_preview.html", outcomes=OUTCOMES)


@requires(Permission.MANAGE_SKILLS)
def apply_skills(file: str) -> Response:
    """Take over what was shown, if it is still the same."""
    return lists.apply(file, _read, _take_over, _SHOWN_AT, url_for("teams.skills"))


def _read(source: bytes) -> importing.Preview:
    return importing.preview(source, now())


def _take_over(shown: importing.Preview, name: str) -> str:
    importing.apply(shown, name, by=somebody().id, now=now())
    return ngettext("%(num)s line was taken over.", "%(num)s lines were taken over.", len(shown.steps))
