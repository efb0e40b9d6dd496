"""What an evaluation reads of each source: one function each, so that only what is needed is read.

Each gives the same again for the same cut-off, whatever was recorded since.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import groupby
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.authoring import queries as authoring
from lms.catalogue import queries as catalogue
from lms.catalogue.models import Edition, Module
from lms.delivery import queries as delivery
from lms.delivery.models import KioskQuarter
from lms.delivery.service import QUARTER
from lms.evaluation import tracing
from lms.evaluation.facts import Cutoff, Facts, Figure, Item, Need, OpenMinutes, Outcome, Sitting, Sure
from lms.evaluation.population import persons
from lms.evaluation.readings import queries as readings
from lms.evaluation.rules import RecordsGone
from lms.evaluation.shifts import shift_at
from lms.kernel.database import db
from lms.people import queries as people
from lms.progress.items import Attempt, as_attempt
from lms.progress.queries import merged
from lms.progress.rules import Before, course, trail
from lms.progress.seals import queries as sealed
from lms.progress.seals.rules import read
from lms.records import queries as records
from lms.skills import queries as skills
from lms.surveys import queries as surveys

Part = Mapping[str, Any]
"""Fields of `Facts`."""


PASS = frozenset({Need.WORK, Need.ITEMS})
"""What comes from one pass over the records of those who count."""


def gathered(needs: Collection[Need], bare: Facts, at: Cutoff) -> Part:
    """Return what is needed of each source; what people did and how they answered is read in one pass."""
    found: dict[str, Any] = {}
    if not PASS.isdisjoint(needs):
        found |= _work(bare, at, _gone(bare), asked=Need.ITEMS in needs)
        bare = replace(bare, begun=found["begun"])
    for need in sorted(needs & SOURCES.keys()):
        found |= SOURCES[need](bare, at)
    return found


def _gone(bare: Facts) -> dict[tuple[int, int], Before]:
    """Return what courses of those who count came to before their records went, by person and edition.

    Raises RecordsGone where some of it happened since the pilot began, or what was sealed tells too little of it.
    """
    counted = counting(bare)
    seals = {pair: one for pair, one in sealed.newest(modules_read(bare)).items() if pair[0] in counted}
    gone = {pair: read(one.course, one.up_to) for pair, one in seals.items()}
    if any(one.last_at >= _since(bare) or gone[pair].trail is None for pair, one in seals.items()):
        raise RecordsGone()
    return gone


def modules_read(bare: Facts) -> dict[int, str]:
    """Return the editions whose records are read, and of which module each is."""
    return editions({row.module for row in bare.assigned} | set(bare.options["tests"]))


def _work(bare: Facts, at: Cutoff, gone: Mapping[tuple[int, int], Before], *, asked: bool) -> Part:
    """Return outcomes and sittings of everyone who counts; if asked, what their first attempts say of questions.

    Of what was done before the pilot, outcomes alone, whether or not its records have gone; no first attempts of
    whoever began a module before it.
    """
    tests = set(bare.options["tests"])
    modules = modules_read(bare)
    counted, zone, since = counting(bare), ZoneInfo(bare.zone), _since(bare)
    told: dict[tuple[int, str], list[Outcome]] = {}
    stretches: list[Sitting] = []
    begun: dict[tuple[int, int], datetime] = {}
    attempts: dict[int, list[Attempt]] = {edition: [] for edition in sorted(modules)}
    said: dict[str, Any] = {}
    rows = records.traced(list(modules), until=at.until, up_to=at.up_to)
    told_of = groupby(rows, key=attrgetter("person_id", "edition_id"))
    for (person, edition), group in merged(told_of, ((pair, ()) for pair in sorted(gone))):
        if person not in counted:
            continue
        events = list(group)
        module, content = modules[edition], catalogue.frozen(edition).content
        done = course(events, content, gone.get((person, edition)))
        way = trail(done) if done else None
        if done is None or way is None:
            continue
        begun[person, edition] = way.began_at
        told.setdefault((person, module), []).append(tracing.outcome(done, way, content, zone, as_test=module in tests))
        stretches += [one for one in tracing.sittings(person, module, events) if one.started_at >= since]
        if asked and done.first is not None and way.began_at >= since:
            attempts[edition].append(as_attempt(done.first, said))
    outcomes = {key: tracing.merged(found) for key, found in told.items()}
    # The editions come in their order: of each module the newest remains.
    designed = {code: catalogue.frozen(edition).content.minutes for edition, code in sorted(modules.items())}
    found = {"outcomes": outcomes, "sittings": tuple(stretches), "begun": begun, "designed": designed}
    return {**found, "items": _items(bare, modules, attempts)} if asked else found


def _items(bare: Facts, modules: Mapping[int, str], attempts: Mapping[int, Sequence[Attempt]]) -> tuple[Item, ...]:
    """Return what first attempts say of each question, edition by edition; a module of tests alone is left out."""
    planned = {row.module for row in bare.assigned}
    return tuple(
        item
        for edition, own in attempts.items()
        if modules[edition] in planned
        for item in tracing.items(modules[edition], own, catalogue.frozen(edition).content)
    )


def counting(bare: Facts) -> set[int]:
    """Return whose records are read."""
    return persons(bare.assigned) | {member.person for member in bare.members}


def editions(modules: Collection[str]) -> dict[int, str]:
    """Return the editions of modules, and of which module each is."""
    query = select(Edition.id, Module.code).join(Module, Edition.module_id == Module.id)
    return dict(db.session.execute(query.where(Module.code.in_(modules))).all())  # type: ignore[arg-type]


def _sureness(bare: Facts, at: Cutoff) -> Part:
    """Return the first answers to each question of which those who count said how sure they were.

    Whoever began the module before the pilot is left out: those answers may have gone.
    """
    modules, counted = editions({row.module for row in bare.assigned}), counting(bare)
    rows = records.sure_answers(list(modules), until=at.until, up_to=at.up_to)
    since = _since(bare)
    fresh = {pair for pair, began_at in bare.begun.items() if pair[0] in counted and began_at >= since}
    mine = [row for row in rows if (row.person_id, row.edition_id) in fresh and (row.attempt or 1) == 1]
    first: dict[tuple[int, int, str], Any] = {}
    for row in sorted(mine, key=attrgetter("occurred_at", "id")):
        first.setdefault((row.person_id, row.edition_id, row.block_key), row)
    found = [
        Sure(person, modules[edition], row.confidence, bool(row.success))
        for (person, edition, _), row in sorted(first.items())
    ]
    return {"sureness": tuple(found)}


def _sign_offs(bare: Facts, at: Cutoff) -> Part:
    return {"sign_offs": tuple(skills.sign_offs(at.as_of, at.known_at))}


def _moves(bare: Facts, at: Cutoff) -> Part:
    return {"moves": tuple(skills.level_changes(at.as_of, at.known_at))}


def _surveys(bare: Facts, at: Cutoff) -> Part:
    waves = surveys.waves(None, at.until, at.known_at)
    codes = {wave.instrument.code for wave in waves}
    return {"waves": tuple(waves), "sheets": tuple(surveys.responses(codes, at.until, at.known_at))}


def _figures(bare: Facts, at: Cutoff) -> Part:
    """Return every reading in force of the plant and of the pilot teams whose period has ended."""
    pilot = {member.team for member in bare.members}
    codes = {team.id: team.code for team in people.teams() if team.code in pilot}
    found = [
        Figure(one.series, one.starts_on, one.ends_on, codes.get(one.team_id or 0), one.value, one.low, one.high)
        for one in readings.current(at.known_at)
        if one.starts_on <= at.as_of and (one.team_id is None or one.team_id in codes)
    ]
    return {"figures": tuple(found)}


def _visits(bare: Facts, at: Cutoff) -> Part:
    return {"visits": tuple(delivery.visits(_since(bare), at.until, at.known_at))}


def _help(bare: Facts, at: Cutoff) -> Part:
    return {"help_requests": tuple(delivery.help_requests(_since(bare), at.until, at.known_at))}


def _service(bare: Facts, at: Cutoff) -> Part:
    days = delivery.availability(_since(bare), at.until, at.known_at, ZoneInfo(bare.zone))
    own = _terminals(bare)
    return {"service": tuple(day for day in days if day.terminal_id in own)}


def _open(bare: Facts, at: Cutoff) -> Part:
    """Return the minutes in which kiosks of the pilot were heard of, by day and shift."""
    query = select(KioskQuarter.starts_at, KioskQuarter.minutes).where(
        KioskQuarter.terminal_id.in_(_terminals(bare)),
        KioskQuarter.starts_at >= _since(bare),
        KioskQuarter.starts_at <= min(at.until, at.known_at) - QUARTER,
    )
    zone, minutes = ZoneInfo(bare.zone), Counter[tuple[date, str | None]]()
    places: dict[datetime, tuple[date, str | None]] = {}
    for starts_at, heard in db.session.execute(query):
        if starts_at not in places:
            places[starts_at] = shift_at(starts_at, bare.kept.shifts, zone)
        minutes[places[starts_at]] += heard.bit_count()
    ordered = sorted(minutes.items(), key=lambda found: (found[0][0], found[0][1] or ""))
    return {"open_minutes": tuple(OpenMinutes(day, shift, count) for (day, shift), count in ordered)}


def _tries(bare: Facts, at: Cutoff) -> Part:
    own = _terminals(bare)
    known = people.kiosk_attempts(_since(bare), min(at.until, at.known_at))
    return {"tries": tuple(one for one in known if one.terminal_id in own)}


def _modules(bare: Facts, at: Cutoff) -> Part:
    return {"works": tuple(authoring.module_work(min(at.until, at.known_at)))}


def _notices(bare: Facts, at: Cutoff) -> Part:
    found: dict[int, datetime] = {}
    for (person, _), moment in people.acknowledgements(known_at=min(at.until, at.known_at)).items():
        found[person] = min(moment, found.get(person, moment))
    return {"notices": found}


def _terminals(bare: Facts) -> set[int]:
    return {terminal for terminal, _ in bare.kept.zones}


def _since(bare: Facts) -> datetime:
    """Return the beginning of the pilot's first day at the plant."""
    return datetime.combine(bare.starts_on, time(), ZoneInfo(bare.zone)).astimezone(UTC)


SOURCES: Mapping[Need, Callable[[Facts, Cutoff], Part]] = {
    Need.SURENESS: _sureness,
    Need.SIGN_OFFS: _sign_offs,
    Need.MOVES: _moves,
    Need.SURVEYS: _surveys,
    Need.FIGURES: _figures,
    Need.VISITS: _visits,
    Need.HELP: _help,
    Need.SERVICE: _service,
    Need.OPEN: _open,
    Need.TRIES: _tries,
    Need.MODULES: _modules,
    Need.NOTICES: _notices,
}
