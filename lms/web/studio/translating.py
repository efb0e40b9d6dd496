"""A module beside its translation: written text by text, or given out as a file and taken back."""

from dataclasses import dataclass
from typing import Any

from flask import Response as Download
from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.authoring import queries
from lms.authoring.queries import Work
from lms.authoring.translating import actions, files, keeping, sheet, xliff
from lms.authoring.translating import queries as translations
from lms.authoring.translating.actions import LanguageThere, TooManyLanguages, TranslationChanged
from lms.authoring.translating.offers import Asked, Offer, fault_of
from lms.authoring.translating.queries import Translation
from lms.authoring.translating.states import State, Tally
from lms.authoring.translating.units import HEAD, Unit
from lms.kernel import waiting
from lms.kernel.clock import now
from lms.kernel.languages import current_language
from lms.kernel.refusals import FileRefused, NotFound
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.problems import worded as worded_problem
from lms.web.shared.problems import worded_all
from lms.web.shared.refusals import wants_json, worded
from lms.web.shared.uploads import accepts_files
from lms.web.studio.forms import AddLanguageForm, OfferForm, TakeOfferForm, chosen_from
from lms.web.studio.labels import LANGUAGES, UNIT_STATES, place_words

EDITORS = (Permission.WRITE_MODULES,)
SHOWN = {"all": set(State), "todo": {State.MISSING, State.OUTDATED}}
"""What a filter lets through; besides, each state stands for itself."""


@requires(*EDITORS)
def languages(code: str) -> ResponseReturnValue:
    """Show how far a module is translated into each of its languages, and begin another."""
    work, form = queries.work(code), AddLanguageForm()
    there = work.document["languages"]
    form.language.choices = chosen_from(one for one in LANGUAGES if one not in there)
    if form.validate_on_submit():
        try:
            actions.add_language(code, form.language.data, by=somebody().id, now=now())
            return redirect(url_for("studio.translate", code=code, language=form.language.data))
        except (LanguageThere, TooManyLanguages) as refusal:
            form.language.errors = [worded(refusal)]
    page = render_template(
        "studio/translations.html",
        work=work,
        form=form,
        tallies=translations.tallies(work.module_id, work.document),
        progress_words=progress_words,
    )
    return page, 422 if form.errors else 200


@requires(*EDITORS)
def translate(code: str, language: str) -> ResponseReturnValue:
    """Show a module and its translation side by side."""
    return _page(queries.work(code), language)


@dataclass(frozen=True)
class Conflict:
    """A text that was not saved, since somebody wrote another meanwhile."""

    unit: str
    text: str


def _page(work: Work, language: str, conflict: Conflict | None = None) -> ResponseReturnValue:
    found = _translation(work, language)
    shown = request.args.get("show", "all")
    states = SHOWN.get(shown) or {one for one in State if one == shown}
    page = render_template(
        "studio/translate.html",
        work=work,
        found=found,
        shown=shown,
        blocks=_blocks(work, found, states),
        conflict=conflict,
        token_of=lambda unit: actions.token(unit, found.original, language),
        fault_in=lambda unit: fault_words(unit, found),
        progress_words=progress_words,
        counts=_counts(found.tally),
        head=HEAD,
    )
    return page, 409 if conflict else 200


def _translation(work: Work, language: str) -> Translation:
    if language not in work.document["languages"][1:]:
        raise NotFound()
    return translations.translation(work.document, language, keeping.bases(work.module_id))


def _blocks(work: Work, found: Translation, states: set[State]) -> list[dict[str, Any]]:
    """Return the blocks of which something is shown, the module itself first, each with its texts."""
    known = {HEAD: {"key": HEAD}, **{block.get("key"): block for block in work.document["blocks"]}}
    rows: dict[str, list[tuple[Unit, State]]] = {}
    for unit, stands in found.rows:
        if stands in states:
            rows.setdefault(unit.block, []).append((unit, stands))
    places = {key: place for place, key in enumerate(known)}
    return [{"block": known[key], "place": places[key] - 1, "rows": texts} for key, texts in rows.items()]


@requires(*EDITORS)
def write(code: str, language: str, unit: str) -> ResponseReturnValue:
    """Save a translation, or say that it still is right; a script is answered in JSON, a form with the page."""
    text, seen = request.form.get("text", ""), request.form.get("seen", "")
    try:
        if request.form.get("act") == "right":
            actions.confirm(code, language, unit, seen)
        else:
            actions.write(code, language, unit, text, seen, by=somebody().id, now=now())
    except TranslationChanged as refusal:
        if wants_json():
            return jsonify(_told(code, language, unit) | {"message": worded(refusal)}), 409
        return _page(queries.work(code), language, Conflict(unit, text))
    if wants_json():
        return jsonify(_told(code, language, unit))
    shown = request.args.get("show")
    return redirect(url_for("studio.translate", code=code, language=language, show=shown, _anchor=unit))


def _told(code: str, language: str, name: str) -> dict[str, object]:
    """Return what a script has to know of a text once it was saved, or was not."""
    found = _translation(queries.work(code), language)
    unit, stands = next((unit, stands) for unit, stands in found.rows if unit.id == name)
    return {
        "text": unit.texts.get(language, ""),
        "token": actions.token(unit, found.original, language),
        "state": stands,
        "fault": fault_words(unit, found),
        "done": found.tally.done,
        "total": found.tally.total,
        "progress": progress_words(found.tally),
        "counts": _counts(found.tally),
    }


def _counts(tally: Tally) -> list[int]:
    """Return how many texts each tab shows: all, to do, to translate, to look at again."""
    return [tally.total, tally.to_do, tally.missing, tally.outdated]


def fault_words(unit: Unit, found: Translation) -> str:
    """Return what keeps a translation from being published, in words; nothing when it can be."""
    text = unit.texts.get(found.language, "")
    fault = fault_of(unit, text, unit.texts[found.original]) if text else None
    return worded_problem(fault) if fault else ""


def progress_words(tally: Tally) -> str:
    """Return how far a translation is, in words."""
    said = _("Done: %(done)s of %(total)s", done=tally.done, total=tally.total)
    if tally.missing:
        said += " – " + _("to translate: %(number)s", number=tally.missing)
    if tally.outdated:
        said += " – " + _("to look at again: %(number)s", number=tally.outdated)
    return said


@requires(*EDITORS)
def give_translation(code: str, language: str, ending: str) -> Download:
    """Give a module and its translation as a file for a translator."""
    if ending not in files.MEDIA_TYPES:
        raise NotFound()
    asked = _asked(queries.work(code), language)
    data = xliff.write(asked) if ending == "xlf" else _sheet(asked, ending)
    name = f'attachment; filename="{code}-{language}.{ending}"'
    return Download(data, content_type=files.MEDIA_TYPES[ending], headers={"Content-Disposition": name})


def _sheet(asked: Asked, ending: str) -> bytes:
    return sheet.write(
        asked,
        ending,
        french=current_language() == "fr",
        place=lambda unit: place_words(unit.path),
        states=lambda stands: str(UNIT_STATES[stands][0]),
    )


def _asked(work: Work, language: str) -> Asked:
    if language not in work.document["languages"][1:]:
        raise NotFound()
    return files.asked(work.document, language, keeping.bases(work.module_id))


@accepts_files
@requires(*EDITORS)
def translation_file(code: str, language: str) -> ResponseReturnValue:
    """Take the file of a translator, and lead on to what it would change."""
    work, form = queries.work(code), OfferForm()
    _asked(work, language)
    if not form.validate_on_submit():
        page = render_template("studio/translation_file.html", work=work, language=language, form=form, faults=[])
        return page, 422 if form.errors else 200
    name, upload = waiting.keep_from(form.file.data.stream), form.file.data.filename
    return redirect(url_for("studio.translation_offer", code=code, language=language, name=name, file=upload))


@requires(*EDITORS)
def translation_offer(code: str, language: str, name: str) -> ResponseReturnValue:
    """Show what a file would change; change nothing."""
    work = queries.work(code)
    try:
        offer = _offer(work, language, name)
    except FileRefused as refused:
        faults = worded_all(refused.problems)
        page = render_template(
            "studio/translation_file.html", work=work, language=language, form=OfferForm(formdata=None), faults=faults
        )
        return page, 422
    form = TakeOfferForm(formdata=None, data={"seen": offer.fingerprint})
    return render_template(
        "studio/translation_offer.html",
        work=work,
        language=language,
        offer=offer,
        form=form,
        original=work.document["languages"][0],
        faults=worded_all(offer.faults),
    )


@requires(*EDITORS)
def take_translation(code: str, language: str, name: str) -> ResponseReturnValue:
    """Take what was shown, if the same would still be changed."""
    form = TakeOfferForm()
    offer = _offer(queries.work(code), language, name)
    if form.seen.data != offer.fingerprint:
        flash(_("The module changed meanwhile. Look again at what the file would change."), "warning")
        return redirect(request.full_path)
    actions.take(code, language, files.accepted(offer), by=somebody().id, now=now())
    waiting.forget(name)
    flash(
        _("The translations of %(file)s were taken: %(count)s.", file=offer.file, count=len(offer.offered)), "success"
    )
    return redirect(url_for("studio.translate", code=code, language=language))


def _offer(work: Work, language: str, name: str) -> Offer:
    return files.read(waiting.read(name), request.args.get("file", ""), _asked(work, language))
