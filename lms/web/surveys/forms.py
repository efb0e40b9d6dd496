"""The forms of waves."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.kernel.clock import local_day
from lms.kernel.languages import in_language
from lms.kernel.refusals import Refusal
from lms.kernel.settings import setting
from lms.people.models import Shift
from lms.surveys import rules
from lms.surveys.actions import Wish
from lms.surveys.models import Wave
from lms.surveys.queries import KnownInstrument
from lms.surveys.rules import LONGEST_NOTICE, MOST_CODES, Band, Cell, Channel, Moment
from lms.web.surveys.labels import BANDS, CHANNELS, MOMENTS, choices

NOTICE = {
    "fr": "Cette enquête est anonyme et personne n’est obligé d’y répondre. Vos réponses sont gardées sans votre nom, "
    "sans la borne et sans l’heure. Seuls des résultats de groupes de dix personnes ou plus sont montrés, "
    "à la direction des ressources humaines, aux évaluateurs et aux représentants du personnel.",
    "en": "This survey is anonymous and nobody has to answer it. Your answers are kept without your name, the kiosk "
    "or the time. Only results of groups of ten people or more are shown, to HR, to the evaluators and to the "
    "staff representatives.",
    "ar": "هذا الاستبيان بلا اسم، ولا أحد ملزم بالإجابة عنه. تُحفظ أجوبتكم بلا اسمكم، ولا يُعرف الجهاز ولا الساعة. "
    "لا تُعرض إلا نتائج مجموعات من عشرة أشخاص أو أكثر، على إدارة الموارد البشرية والمقيّمين وممثلي العاملين.",
}
_DAY = _l("Give a date, for example 2027-03-31.")
_LISTED = {"invalid_choice_message": _l("Choose from the list."), "invalid_value_message": _l("Choose from the list.")}
_BOXES: dict[str, Any] = {"widget": ListWidget(), "option_widget": CheckboxInput(), **_LISTED}
_SHORT_NOTICE = Length(max=LONGEST_NOTICE, message=_l("At most 600 characters."))
_NOTICE = [DataRequired(_l("Give a text.")), _SHORT_NOTICE]

FIELDS_OF_REFUSALS: dict[type[Refusal], str] = {
    rules.WaveCodeMalformed: "code",
    rules.WaveCodeTaken: "code",
    rules.WaveClosesBeforeOpening: "closes_on",
    rules.WaveForNobody: "bands",
    rules.NoWayIn: "channels",
    rules.PointsNotOffered: "scale_points",
    rules.NoticeUnfit: "notice_fr",
}
"""Where each refusal of a wave is told."""


class WaveForm(FlaskForm):
    """A wave; `wave_form` adds a number of invited people for each role and shift."""

    shifts_known: ClassVar[Sequence[Shift]]

    code = StringField(
        _l("Code of the wave"),
        [DataRequired(_l("Give a code.")), Length(max=40, message=_l("At most 40 characters."))],
        description=_l("For example ADH-before."),
    )
    instrument = SelectField(_l("Instrument"), [DataRequired(_l("Choose an instrument."))], **_LISTED)
    moment = SelectField(_l("Moment"), [InputRequired()], choices=choices(MOMENTS), **_LISTED)
    opens_on = DateField(_l("First day"), [DataRequired(_DAY)])
    closes_on = DateField(_l("Last day"), [DataRequired(_DAY)])
    bands = SelectMultipleField(
        _l("Roles that are asked"), [DataRequired(_l("Choose at least one role."))], choices=choices(BANDS), **_BOXES
    )
    shifts = SelectMultipleField(_l("Shifts that are asked"), description=_l("None chosen: all of them."), **_BOXES)
    channels = SelectMultipleField(
        _l("How answers come in"),
        [DataRequired(_l("Choose at least one way for answers to come in."))],
        choices=choices(CHANNELS),
        **_BOXES,
    )
    with_codes = BooleanField(_l("By link: ask for a one-time code, so that each code answers once"))
    scale_points = RadioField(
        _l("Points of the scale"),
        [InputRequired()],
        choices=[SelectChoice("5", _l("Five")), SelectChoice("3", _l("Three, for people who read with difficulty"))],
        default="5",
        description=_l("Results of five and of three points are never put together."),
        **_LISTED,
    )
    notice_fr = TextAreaField(_l("Notice in French"), _NOTICE, render_kw={"rows": 7, "lang": "fr"})
    notice_en = TextAreaField(_l("Notice in English"), _NOTICE, render_kw={"rows": 7, "lang": "en"})
    notice_ar = TextAreaField(
        _l("Notice in Arabic, if it is wanted"),
        [Optional(), _SHORT_NOTICE],
        render_kw={"rows": 7, "lang": "ar", "dir": "rtl"},
    )

    def offer(self, instruments: Collection[KnownInstrument], chosen: str | None = None) -> None:
        """Let the form choose among instruments that have items and shifts that there are."""
        codes = {known.content.code: known.content for known in instruments if known.content.items}
        named = [SelectChoice(code, f"{code} – {in_language(one.title.words)}") for code, one in codes.items()]
        self.instrument.choices = [SelectChoice("", _l("Choose…")), *named]
        self.shifts.choices = [SelectChoice(shift.code, shift.name) for shift in self.shifts_known]
        if chosen in codes and not self.is_submitted():
            self.instrument.data = chosen

    def wish(self, known: KnownInstrument, code: str | None = None) -> Wish:
        """Return the wave as the form says it; `code` where the form does not ask for one."""
        return Wish(
            code=code or self.code.data.strip(),
            instrument=known.content,
            moment=Moment(self.moment.data),
            opens_at=_midnight(self.opens_on.data),
            closes_at=_midnight(self.closes_on.data + timedelta(days=1)),
            bands=[Band(band) for band in self.bands.data or []],
            shifts=self.shifts.data or [],
            channels=[Channel(channel) for channel in self.channels.data or []],
            scale_points=int(self.scale_points.data),
            notice=self._notice(),
            with_codes=self.with_codes.data,
            invited=[Cell(band, shift, number) for band, shift, number in self._invited() if number],
        )

    def _notice(self) -> dict[str, str]:
        needed = {"fr": self.notice_fr.data or "", "en": self.notice_en.data or ""}
        return needed | ({"ar": self.notice_ar.data} if self.notice_ar.data else {})

    @property
    def invited_rows(self) -> list[tuple[Any, list[Any]]]:
        """Each role with its fields, one for each shift and one for who has none."""
        return [(BANDS[band], [self[_name(band, shift)] for shift in self._places()]) for band in Band]

    def _places(self) -> list[str | None]:
        return [*(shift.code for shift in self.shifts_known), None]

    def _invited(self) -> list[tuple[Band, str | None, int | None]]:
        return [(band, shift, self[_name(band, shift)].data) for band in Band for shift in self._places()]


def wave_form(shifts: Sequence[Shift], wave: Wave | None = None, today: date | None = None) -> WaveForm:
    """Return the form of a wave, filled with what the wave is or with what is usual."""
    numbers = {
        _name(band, shift): IntegerField(
            _l("Invited people"),
            [Optional(), NumberRange(0, 100_000, _l("A whole number is expected here."))],
            render_kw={"min": 0, "aria-label": f"{BANDS[band]} – {name}"},
        )
        for band in Band
        for shift, name in [*((shift.code, shift.name) for shift in shifts), (None, str(_l("No shift")))]
    }
    made: type[WaveForm] = type("WholeWaveForm", (WaveForm,), {**numbers, "shifts_known": shifts})
    return made(data=_of(wave) if wave else _usual(today))


def _usual(today: date | None) -> dict[str, Any]:
    return {
        "opens_on": today,
        "closes_on": today and today + timedelta(days=14),
        "moment": Moment.BEFORE.value,
        "bands": [Band.OPERATOR.value],
        "channels": [Channel.KIOSK.value],
        "notice_fr": NOTICE["fr"],
        "notice_en": NOTICE["en"],
        "notice_ar": NOTICE["ar"],
    }


def _of(wave: Wave) -> dict[str, Any]:
    return {
        "code": wave.code,
        "instrument": wave.instrument_code,
        "moment": wave.moment.value,
        "opens_on": local_day(wave.opens_at),
        "closes_on": local_day(wave.last_moment),
        "bands": wave.bands,
        "shifts": wave.shifts,
        "channels": wave.channels,
        "with_codes": wave.with_codes,
        "scale_points": str(wave.scale_points),
        "notice_fr": wave.notice["fr"],
        "notice_en": wave.notice["en"],
        "notice_ar": wave.notice.get("ar", ""),
        **{_name(cell.band, cell.shift): cell.invited for cell in wave.cells},
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), setting("TIMEZONE"))


def _name(band: Band, shift: str | None) -> str:
    return f"invited-{band.value}-{shift or ''}"


class CopyForm(FlaskForm):
    """The code of a copy."""

    code = StringField(
        _l("Code of the copy"),
        [InputRequired(_l("Give a code.")), Length(max=40, message=_l("At most 40 characters."))],
    )


class CodesForm(FlaskForm):
    """How many one-time codes."""

    number = IntegerField(
        _l("How many codes"),
        [InputRequired(_l("Say how many.")), NumberRange(1, MOST_CODES, _l("From 1 to 500."))],
        render_kw={"min": 1, "max": MOST_CODES},
    )
