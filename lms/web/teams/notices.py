"""The notice to staff: what it says, how many have read it, the next version. The page of completion leads here."""

from datetime import date, datetime, time, timedelta

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from lms.delivery.informing import informed
from lms.kernel import speech
from lms.kernel.clock import last_sunday, now, today
from lms.people import notices as people
from lms.people.models import Notice
from lms.people.notices import NoticeText
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import can, somebody
from lms.web.shared.refusals import worded

_LONG = Length(max=5000, message=_l("At most 5,000 characters."))
_WANTED = DataRequired(_l("Write it in both languages."))


class NoticeForm(FlaskForm):
    """The next version of the notice."""

    words_fr = TextAreaField(_l("What it says, in French"), [_WANTED, _LONG], render_kw={"rows": 8})
    fields_fr = TextAreaField(
        _l("What is kept, in French"),
        [_WANTED, _LONG],
        description=_l("One thing a line: what, what for, how long."),
        render_kw={"rows": 8},
    )
    words_en = TextAreaField(_l("What it says, in English"), [_WANTED, _LONG], render_kw={"rows": 8})
    fields_en = TextAreaField(
        _l("What is kept, in English"),
        [_WANTED, _LONG],
        description=_l("The same things in the same order."),
        render_kw={"rows": 8},
    )

    def text(self) -> NoticeText:
        """Return what was written; lines that have no counterpart stand alone, and are refused."""
        lines = {language: _lines(self[f"fields_{language}"].data) for language in ("fr", "en")}
        return NoticeText(
            {language: _paragraphs(self[f"words_{language}"].data) for language in ("fr", "en")},
            tuple(
                {language: said[place] for language, said in lines.items() if place < len(said)}
                for place in range(max(map(len, lines.values())))
            ),
        )


@requires(Permission.MANAGE_NOTICES, Permission.FOLLOW_AGGREGATES)
def notices() -> str:
    """Show the notice in force, how many have read it, and the versions before."""
    versions = people.every_notice()
    on, known_at = _as_of()
    least = current_app.config["SMALLEST_GROUP"]
    return render_template(
        "teams/notices.html",
        versions=versions,
        groups=informed(versions[0].version, on, known_at, least) if versions else [],
        on=on,
        least=least,
    )


@requires(Permission.MANAGE_NOTICES)
def new_notice() -> str | Response | tuple[str, int]:
    """Publish the next version, which everyone is then asked to read."""
    newest = people.newest()
    form = NoticeForm(data=_to_form(newest) if newest else None)
    if not form.validate_on_submit():
        return render_template("teams/new_notice.html", form=form, newest=newest), 422 if form.errors else 200
    text = form.text()
    # Before anything is written: it takes some seconds.
    silence = speech.prepared(people.spoken(text, language) for language in text.words)
    try:
        made = people.publish(text, by=somebody().id, now=now())
    except (people.NoticeIncomplete, people.NoticeUnchanged) as refusal:
        form.fields_en.errors = [worded(refusal)]
        return render_template("teams/new_notice.html", form=form, newest=newest), 422
    flash(_("Version %(version)s is published. Everyone reads it at their next sign-in.", version=made.version))
    if silence:
        flash(_("Nothing of it can be read aloud at the kiosks: %(reason)s", reason=silence), "warning")
    return redirect(url_for("teams.notices"))


def _as_of() -> tuple[date, datetime]:
    """Return the day of the figures: whoever sees no names gets those of whole weeks (see `completion`)."""
    if can(Permission.FOLLOW_EVERYONE):
        return today(), now()
    sunday = last_sunday()
    return sunday, datetime.combine(sunday + timedelta(days=1), time(), current_app.config["TIMEZONE"])


def _to_form(notice: Notice) -> dict[str, str]:
    said = {f"words_{language}": text for language, text in notice.words.items()}
    return said | {
        f"fields_{language}": "\n".join(field[language] for field in notice.fields) for language in notice.words
    }


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _paragraphs(text: str | None) -> str:
    """Return the text with one empty line between paragraphs, however it was typed."""
    parts = "\n".join(line.strip() for line in (text or "").splitlines()).split("\n\n")
    return "\n\n".join(" ".join(part.split()) for part in parts if part.strip())
