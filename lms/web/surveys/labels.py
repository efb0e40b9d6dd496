"""What values of surveys are called."""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from lms.people import queries as people
from lms.surveys.content import Element, Scoring
from lms.surveys.models import Wave
from lms.surveys.rules import Band, Channel, Moment, WaveState
from lms.surveys.scales import Scale

BANDS: dict[Band, LazyString] = {
    Band.OPERATOR: _l("Operators"),
    Band.TEAM_LEADER: _l("Team leaders"),
    Band.TRAINER: _l("In-house trainers"),
    Band.MANAGEMENT: _l("Management and support"),
}
MOMENTS: dict[Moment, LazyString] = {
    Moment.BEFORE: _l("Before the pilot"),
    Moment.DURING: _l("During the pilot"),
    Moment.AFTER: _l("After the pilot"),
    Moment.PULSE: _l("Pulse, at any time"),
}
CHANNELS: dict[Channel, LazyString] = {
    Channel.KIOSK: _l("At the kiosk"),
    Channel.LINK: _l("By link, at a desk or on a phone"),
    Channel.PAPER: _l("On paper, typed in by staff"),
}
STATES: dict[WaveState, tuple[str, LazyString]] = {
    WaveState.DRAFT: ("neutral", _l("Draft")),
    WaveState.ANNOUNCED: ("info", _l("Announced")),
    WaveState.OPEN: ("success", _l("Open to answers")),
    WaveState.CLOSED: ("neutral", _l("Closed to answers")),
}
SCALES: dict[Scale, LazyString] = {
    Scale.AGREEMENT: _l("Agreement, five points"),
    Scale.CAN_DO: _l("What I can do, five points"),
    Scale.RECOMMENDATION: _l("From 0 to 10"),
    Scale.CHOICE: _l("A choice, never scored"),
}
SCORINGS: dict[Scoring, LazyString] = {
    Scoring.MEAN: _l("One score from 0 to 100"),
    Scoring.PROFILE: _l("A profile of facets, without a total"),
    Scoring.TWO_ITEMS: _l("Two items, scored as UMUX-Lite"),
    Scoring.ALTERNATING: _l("Ten alternating items, scored as SUS"),
    Scoring.RECOMMENDATION: _l("Promoters less detractors"),
}
ELEMENTS: dict[Element, LazyString] = {
    Element.AWARENESS: _l("Awareness"),
    Element.DESIRE: _l("Desire"),
    Element.KNOWLEDGE: _l("Knowledge"),
    Element.ABILITY: _l("Ability"),
    Element.REINFORCEMENT: _l("Reinforcement"),
}
SCORE_WORDS = {
    "to_support": _l("to be supported"),
    "between": _l("in between"),
    "at_ease": _l("at ease"),
}


def choices(named: Mapping[Any, LazyString]) -> list[SelectChoice]:
    """Return values with what they are called, to choose from in a form."""
    return [SelectChoice(value.value, label) for value, label in named.items()]


def shift_names() -> dict[str, str]:
    """Return what each shift is called, by its code."""
    return {shift.code: shift.name for shift in people.shifts()}


def group_name(band: Band | None, shift: str | None, alone: bool, names: dict[str, str]) -> str:
    """Return what a group of people is called."""
    if band is None:
        return _("Everyone")
    if not alone:
        return str(BANDS[band])
    return names.get(shift, shift) if shift else _("Other shifts, or none")


def bands_in_words(wave: Wave) -> str:
    """Return the roles that a wave asks."""
    return ", ".join(str(label) for band, label in BANDS.items() if band in wave.bands)


def shifts_in_words(wave: Wave, names: dict[str, str]) -> str:
    """Return the shifts that a wave asks."""
    return ", ".join(names.get(shift, shift) for shift in wave.shifts) or _("All shifts")


def channels_in_words(wave: Wave) -> str:
    """Return the ways in which answers come in."""
    return ", ".join(str(CHANNELS[Channel(channel)]) for channel in wave.channels)
