"""The first page of a team leader: what waits today, each number with the names behind it."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from lms.delivery.slots import queries as slots
from lms.delivery.slots import rules
from lms.delivery.slots.models import Slot
from lms.delivery.slots.queries import Offer
from lms.kernel import mail
from lms.kernel.clock import local_day, now
from lms.kernel.clock import today as present_day
from lms.kernel.ids import new_id
from lms.kernel.refusals import NotFound
from lms.people import directory
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.proof.rules import State
from lms.reports.digests import actions, queries
from lms.reports.digests.rules import Every
from lms.reports.leading import Leading, leading
from lms.skills.readiness import Unlicensed
from lms.web.shared.guards import requires
from lms.web.shared.identity import can, somebody
from lms.web.shared.looking import looked_at, looks, names_nobody
from lms.web.teams.forms import STATES

OFFERED = 3
"""Times offered beside a name."""
LISTED = 50
"""Names under a number; the follow-up lists the others."""

EVERY = {
    Every.DAY: _l("Every working day"),
    Every.WEEK: _l("Once a week"),
    Every.NEVER: _l("Never"),
}


@requires(Permission.FOLLOW_OWN_TEAMS, Permission.FOLLOW_EVERYONE)
@looks(Purpose.FOLLOW_UP)
def today() -> str | Response:
    """Show a leader what waits; whoever leads nobody is led to the follow-up."""
    team_ids = somebody().led_teams
    if not team_ids:
        return redirect(url_for("teams.people"))
    found = leading(somebody().id, team_ids, now())
    looked_at(_shown(found))
    return render_template(
        "teams/today.html",
        found=found,
        offers=_offers(found, team_ids),
        to_take=_to_take(found),
        having=_having(found),
        every=queries.chosen(somebody().id),
        choices=EVERY,
        mails=mail.is_set_up(),
        states=STATES,
        standing=standing,
        most=LISTED,
        **named(_shown(found)),
        **pages(),
    )


@requires(Permission.FOLLOW_OWN_TEAMS)
@names_nobody("how often the reader is written to")
def choose_digest() -> Response:
    """Keep how often the leader wants the e-mail."""
    wanted = request.form.get("every", "")
    if wanted not in set(Every):
        raise NotFound()
    actions.choose(somebody().id, Every(wanted), now=now())
    flash(_("Kept."), "success")
    return redirect(url_for("teams.today", _anchor="e-mail"))


def pages() -> dict[str, object]:
    """Return the pages of a leader, and those on everybody, ready for `ui.tabs`."""
    known = []
    if somebody().led_teams and can(Permission.FOLLOW_OWN_TEAMS):
        known = [("teams.today", _("Today")), ("teams.week", _("The week")), ("teams.people", _("Follow-up"))]
    if can(Permission.FOLLOW_EVERYONE):
        known = [*known[:2], ("teams.people", _("Follow-up")), ("teams.not_ready", _("Not ready for their post"))]
    return {
        "pages": [
            {"label": label, "href": url_for(endpoint), "current": request.endpoint == endpoint}
            for endpoint, label in known
        ]
    }


def standing(lacks: Unlicensed) -> str:
    """Return in words why a habilitation that the post asks for is not in force."""
    held = lacks.held
    if held is None:
        return _("never held")
    if held.state is State.EXPIRED and held.valid_until:
        return _("expired on %(day)s", day=format_date(held.valid_until, "medium"))
    if held.state is State.TO_COME:
        return _("valid from %(day)s", day=format_date(held.valid_from, "medium"))
    return _("suspended") if held.state is State.SUSPENDED else _("withdrawn")


def offers(team_ids: Collection[int], days: Sequence[date], most: int) -> dict[int, list[Offer]]:
    """Return by person the times that can be offered."""
    teams = [team for team in people.teams() if team.id in team_ids]
    of_team = slots.offers(teams, days, now())
    stays = people.memberships(team_ids, present_day(), present_day())
    return {stay.person_id: of_team[stay.team_id][:most] for stay in stays}


def _offers(found: Leading, team_ids: Collection[int]) -> dict[int, list[Offer]]:
    """Return the next times that can be offered, none on a day on which somebody has ten minutes already."""
    days = rules.working_days(present_day() - timedelta(days=1), OFFERED + 2)
    given = {(one.person_id, local_day(one.starts_at)) for one in slots.planned(found.members, found.day, days[-1])}
    return {
        person: [one for one in those if (person, local_day(one.starts_at)) not in given][:OFFERED]
        for person, those in offers(team_ids, days, len(days)).items()
    }


def _having(found: Leading) -> dict[tuple[int, int], Slot]:
    """Return the first ten minutes planned for each person and module that they have still to take."""
    planned = slots.planned(found.members, found.day, found.day + rules.AHEAD)
    known = {(one.person_id, one.module_id): one for one in reversed(planned)}
    return {pair: one for pair, one in known.items() if pair not in found.done}


def _to_take(found: Leading) -> dict[int, int]:
    """Return the module that is first for each person: what is due, else what prepares for what they lack."""
    first: dict[int, int] = {}
    for row in found.due:
        first.setdefault(row.person_id, row.module_id)
    for one in found.not_ready:
        prepared = [module.id for task in one.tasks for module in task.modules]
        renewing = [lacks.kind.module_id for lacks in one.habilitations if lacks.kind.module_id]
        wanted = [given.module_id for given in one.modules] + renewing + prepared
        if wanted:
            first.setdefault(one.person_id, wanted[0])
    return first


def _shown(found: Leading) -> set[int]:
    shown = {one.person_id for one in found.not_ready} | {row.person_id for row in found.due}
    shown |= {one.person_id for one in found.expiring} | {one.sign_off.person_id for one in found.to_sign}
    return shown | {holder for one in found.short for holder in one.holders}


def named(person_ids: Collection[int]) -> dict[str, object]:
    """Return names, posts and what makes numbers, ready for a page with times beside names."""
    found = directory.people(person_ids)
    return {
        "names": {person.id: f"{person.family_name} {person.given_name}".strip() for person in found},
        "simulated": any(person.simulated for person in found),
        "posts": {post.id: post.name for post in people.workstations()},
        "new_id": new_id,
    }
