"""A leader's week: who takes ten minutes when, how full it is, and times for everyone who waits at one go."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from lms.catalogue import queries as catalogue
from lms.classroom import queries as classroom
from lms.delivery.slots import actions, rules
from lms.delivery.slots import queries as slots
from lms.delivery.slots.actions import Wanted
from lms.delivery.slots.models import Slot
from lms.delivery.slots.rules import Wish
from lms.kernel.clock import local_day, now
from lms.kernel.clock import today as present_day
from lms.kernel.languages import in_language
from lms.kernel.refusals import NotFound, Refusal
from lms.people import directory
from lms.people import queries as people
from lms.people.models import Team
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.people.queries import Membership
from lms.progress.following import following
from lms.reports.leading import Because, Need, done, needs
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.looking import looked_at, looks, names_nobody
from lms.web.shared.refusals import wants_json, worded
from lms.web.teams.planning import read_offer, week_of
from lms.web.teams.today import named, offers, pages

PER_PAGE = 50
MOST = 1_000
"""Ten minutes planned at one go."""
STRETCH = timedelta(minutes=30)
"""Of each stretch so long one time is offered to whoever moves ten minutes."""

REASONS = {
    Because.PLAN: _l("by %(day)s"),
    Because.EXPIRES: _l("renews what ends on %(day)s"),
    Because.POST: _l("prepares for their post"),
}


@dataclass(frozen=True)
class _Week:
    """What there is to plan in a week, and what is planned."""

    monday: date
    teams: list[Team]
    stays: dict[int, Membership]
    """Of who is in the teams today, by person."""
    planned: Sequence[Slot]
    waiting: list[Need]
    """Without ten minutes for it, from now to the end of the week."""
    done: frozenset[tuple[int, int]]

    @property
    def days(self) -> list[date]:
        """The days on which something can be planned still; the night shift of yesterday may be at work."""
        return [day for day in self.working_days if day >= present_day() - timedelta(days=1)]

    @property
    def working_days(self) -> list[date]:
        """Monday to Friday."""
        return rules.working_days(self.monday, 5)


@requires(Permission.FOLLOW_OWN_TEAMS)
@looks(Purpose.PLANNING)
def week() -> str:
    """Show a leader's week: who takes ten minutes when, how full it is, and who needs some and has none yet."""
    found = _week()
    page = min(max(request.args.get("page", 1, int), 1), max(-(-len(found.waiting) // PER_PAGE), 1))
    waiting = found.waiting[(page - 1) * PER_PAGE : page * PER_PAGE]
    shown = {*(slot.person_id for slot in found.planned), *(need.person_id for need in waiting)}
    looked_at(shown)
    given = {(slot.person_id, local_day(slot.starts_at)) for slot in found.planned}
    team_offers = offers(somebody().led_teams, found.days, 5)
    return render_template(
        "teams/week.html",
        monday=found.monday,
        next_week=found.monday + timedelta(days=7),
        last_week=found.monday - timedelta(days=7),
        days=[found.monday + timedelta(days=place) for place in range(7)],
        can_plan=bool(found.days),
        having={},
        planned=_by_day(found.planned),
        done=found.done,
        at=now(),
        titles=_titles(),
        waiting=waiting,
        reason=reason,
        total=len(found.waiting),
        page=page,
        per_page=PER_PAGE,
        loads=list(_loads(found)),
        load_days=found.working_days,
        offers={
            need.person_id: [
                one
                for one in team_offers.get(need.person_id, [])
                if (need.person_id, local_day(one.starts_at)) not in given
            ]
            for need in waiting
        },
        **named(shown),
        **pages(),
    )


@requires(Permission.FOLLOW_OWN_TEAMS)
@looks(Purpose.PLANNING)
def propose_week() -> str:
    """Propose a time for everyone who waits; nothing is planned, and who is away is not kept."""
    found = _week()
    away = _away(found)
    in_class = classroom.in_class(set(found.stays), found.monday, found.monday + timedelta(days=6))
    wishes = [
        Wish(
            need.person_id,
            need.module_id,
            found.stays[need.person_id].team_id,
            need.by,
            frozenset(
                day
                for day in found.days
                if (need.person_id, day) in away | in_class or _has_left(found.stays[need.person_id], day)
            ),
        )
        for need in found.waiting
    ]
    spread = slots.spread(wishes, found.teams, found.days, now()) if found.days else [(wish, None) for wish in wishes]
    proposed: dict[int, list[tuple[Need, slots.Offer | None]]] = {need.person_id: [] for need in found.waiting}
    for need, (_wish, offer) in zip(found.waiting, spread, strict=True):
        proposed[need.person_id].append((need, offer))
    for times in proposed.values():
        times.sort(key=lambda one: one[1].starts_at if one[1] else rules.NEVER)
    looked_at(proposed)
    by_name = [person.id for person in directory.people(set(proposed))]
    return render_template(
        "teams/propose_week.html",
        monday=found.monday,
        days=found.days,
        proposed={
            team: [person for person in by_name if found.stays[person].team_id == team.id] for team in found.teams
        },
        of=proposed,
        number=sum(offer is not None for _wish, offer in spread),
        away=away,
        missing={person for person, _day in away},
        in_class=in_class,
        titles=_titles(),
        reason=reason,
        **named(set(proposed)),
        **pages(),
    )


@requires(Permission.FOLLOW_OWN_TEAMS)
@names_nobody("how many times were planned; names only of those refused, whom the leader just planned")
def plan_week() -> Response:
    """Plan what was proposed, as far as it is still free; a second tap says the same."""
    led = {stay.person_id for stay in people.memberships(somebody().led_teams, present_day(), present_day())}
    wanted = [_wanted(one, led) for one in request.form.getlist("slot")[:MOST]]
    refused = actions.plan_slots(wanted, by=somebody().id, now=now())
    number = len(wanted) - len(refused)
    said = ngettext("%(num)s time of ten minutes planned.", "%(num)s times of ten minutes planned.", number)
    flash(said, "success" if number else "warning")
    for words in _refused(refused):
        flash(words, "warning")
    to = week_of(_monday())
    return jsonify(said=said, to=to) if wants_json() else redirect(to)


@requires(Permission.FOLLOW_OWN_TEAMS)
@looks(Purpose.PLANNING)
def board() -> str:
    """Show the week for the board in the workshop: who is where when, and nothing of what for or why."""
    found = _week()
    coming = [slot for slot in found.planned if (slot.person_id, slot.module_id) not in found.done]
    looked_at({slot.person_id for slot in coming})
    on = {day: list(those) for day, those in groupby(coming, key=lambda slot: local_day(slot.starts_at))}
    return render_template(
        "teams/board.html",
        monday=found.monday,
        days=sorted({*found.working_days, *on}),
        teams=found.teams,
        planned={
            (team.id, day): [slot for slot in those if found.stays[slot.person_id].team_id == team.id]
            for team in found.teams
            for day, those in on.items()
        },
        made_on=present_day(),
        **named({slot.person_id for slot in coming}),
    )


@requires(Permission.FOLLOW_OWN_TEAMS)
@looks(Purpose.PLANNING)
def choose_time(slot_id: UUID) -> str:
    """Show the times to which somebody's ten minutes can move, this week and the next."""
    slot = slots.slot(slot_id)
    stay = next((stay for stay in _stays() if stay.person_id == slot.person_id), None)
    if stay is None or slot.cancelled_at is not None:
        raise NotFound()
    looked_at([slot.person_id])
    team = next(team for team in people.teams() if team.id == stay.team_id)
    monday = local_day(slot.starts_at) - timedelta(days=local_day(slot.starts_at).weekday())
    days = [day for day in rules.working_days(monday, 10) if day >= present_day() - timedelta(days=1)]
    others = {
        local_day(one.starts_at)
        for one in slots.planned([slot.person_id], monday, monday + timedelta(days=14))
        if one.id != slot.id
    }
    free = slots.free_times(team, days, now(), STRETCH) if days else {}
    return render_template(
        "teams/choose_time.html",
        slot=slot,
        monday=monday,
        title=_titles().get(slot.module_id, ""),
        free={
            day: [
                one for one in times if local_day(one.starts_at) not in others and one.starts_at <= now() + rules.AHEAD
            ]
            for day, times in free.items()
        },
        **named([slot.person_id]),
        **pages(),
    )


def reason(need: Need) -> str:
    """Return in words why somebody needs ten minutes."""
    return str(REASONS[need.because]) % {"day": format_date(need.by, "medium")}


def _week() -> _Week:
    """Return the week that the address names, of the teams that the reader leads."""
    team_ids, monday = somebody().led_teams, _monday()
    stays = {stay.person_id: stay for stay in _stays()}
    sunday, moment = monday + timedelta(days=6), now()
    rows = [row for row in following(present_day(), team_ids) if row.person_id in stays and not row.left]
    ahead = slots.planned(stays, min(monday, present_day()), sunday)
    # Whoever let their ten minutes pass waits again.
    having = {(slot.person_id, slot.module_id) for slot in ahead if slot.starts_at >= moment - rules.LASTS}
    wanted = needs(rows, stays, sunday, moment)
    offered = {edition.module_id for edition in catalogue.offered_editions()}
    return _Week(
        monday,
        sorted((team for team in people.teams() if team.id in team_ids), key=lambda team: team.code),
        stays,
        [slot for slot in ahead if local_day(slot.starts_at) >= monday],
        [need for need in wanted if need.module_id in offered and (need.person_id, need.module_id) not in having],
        done(rows),
    )


def _stays() -> list[Membership]:
    return people.memberships(somebody().led_teams, present_day(), present_day())


def _monday() -> date:
    try:
        wanted = date.fromisoformat(request.values.get("from", ""))
    except ValueError:
        wanted = present_day()
    return wanted - timedelta(days=wanted.weekday())


def _by_day(planned: Sequence[Slot]) -> dict[date, list[Slot]]:
    return {day: list(those) for day, those in groupby(planned, key=lambda slot: local_day(slot.starts_at))}


def _titles() -> dict[int, str]:
    return {edition.module_id: in_language(edition.content.title) for edition in catalogue.newest_editions()}


def _loads(found: _Week) -> Iterator[tuple[Team, str, list[slots.Load]]]:
    """Yield team, kiosk and its days, in the order of the teams."""
    by_place = slots.loads(found.teams, found.working_days, now())
    for team in found.teams:
        for (team_id, kiosk), days in by_place.items():
            if team_id == team.id:
                yield team, kiosk, days


def _away(found: _Week) -> set[tuple[int, date]]:
    """Return who the leader says is away, on which day; what no page of ours says counts for nothing."""
    said = set(request.args.getlist("away"))
    return {(person, day) for person in found.stays for day in found.days if f"{person}.{day.isoformat()}" in said}


def _has_left(stay: Membership, day: date) -> bool:
    return stay.left_on is not None and stay.left_on < day


def _wanted(said: str, led: Collection[int]) -> Wanted:
    """Return what a line of the proposal says; raises NotFound for what no page of ours says."""
    key, _stroke, rest = said.partition("|")
    person, _stroke, rest = rest.partition("|")
    module, _stroke, offer = rest.partition("|")
    if not person.isdecimal() or int(person) not in led or not module.isdecimal():
        raise NotFound()
    return read_offer(int(person), int(module), key, offer)


def _refused(refused: Sequence[tuple[Wanted, Refusal]]) -> Iterator[str]:
    """Yield a sentence for each reason, with the names."""
    names = {one.id: one.full_name for one in directory.people({wanted.person_id for wanted, _refusal in refused})}
    by_reason: dict[str, list[str]] = {}
    for wanted, refusal in refused:
        by_reason.setdefault(worded(refusal), []).append(names[wanted.person_id])
    for words, those in by_reason.items():
        yield _("Not planned for %(names)s. %(reason)s", names=", ".join(those), reason=words)
