"""Who holds what until when: what is to be renewed first; one habilitation and what became of it."""

from dataclasses import dataclass
from datetime import date

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel import enclosures, storage
from lms.kernel.clock import now, today
from lms.kernel.languages import in_language
from lms.kernel.refusals import NotFound, Refusal
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.proof import actions, queries
from lms.proof.names import Named, named
from lms.proof.rules import IN_FORCE, Act, State
from lms.web.proof.forms import ActForm, Narrowing
from lms.web.proof.places import tabs, visible_people
from lms.web.proof.wording import ACTS_DONE, BADGES, BASES, STATES
from lms.web.shared.files import table_file
from lms.web.shared.guards import requires
from lms.web.shared.identity import can, somebody
from lms.web.shared.looking import looked_at, looks, names_nobody
from lms.web.shared.media import NOTHING_ACTS
from lms.web.shared.refusals import worded

PER_PAGE = 50


@dataclass(frozen=True)
class _Row:
    who: Named
    held: queries.Held


@requires(Permission.READ_HABILITATIONS, Permission.HOLD_SESSIONS)
@names_nobody("it leads on")
def home() -> BaseResponse:
    """Lead to the first page of proof that the reader may open."""
    return redirect(url_for("proof.habilitations" if can(Permission.READ_HABILITATIONS) else "proof.sessions"))


@requires(Permission.READ_HABILITATIONS)
@looks(Purpose.PROOF)
def habilitations() -> str:
    """List habilitations, those that end first at the top."""
    form = _filter()
    everything = _rows()
    rows = _chosen(everything, form)
    page = min(max(request.args.get("page", 1, int), 1), max(-(-len(rows) // PER_PAGE), 1))
    shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    looked_at(row.who.id for row in shown)
    return render_template(
        "proof/habilitations.html",
        form=form,
        rows=shown,
        total=len(rows),
        page=page,
        per_page=PER_PAGE,
        counts={state: sum(row.held.state is state for row in everything) for state in State},
        simulated=any(row.who.simulated for row in everything),
        states=STATES,
        badges=BADGES,
        as_of=today(),
        **tabs(),
    )


@requires(Permission.READ_HABILITATIONS)
@looks(Purpose.PROOF)
def habilitations_file(kind: str) -> Response:
    """Give the rows that the list shows with the same filters, all pages of them."""
    header = [_("Name"), _("Number"), _("Team"), _("Habilitation")]
    header += [_("Valid from"), _("Valid until"), _("To be renewed from"), _("State")]
    chosen = _chosen(_rows(), _filter())
    looked_at(row.who.id for row in chosen)
    rows = [
        [
            row.who.full_name,
            row.who.registration,
            row.who.team,
            in_language(row.held.title),
            row.held.valid_from,
            row.held.valid_until,
            row.held.renew_from,
            str(STATES[row.held.state]),
        ]
        for row in chosen
    ]
    return table_file(kind, _("Habilitations"), today(), header, rows)


@requires(Permission.KEEP_PROOF)
@looks(Purpose.PROOF)
def habilitation(habilitation_id: int) -> str | BaseResponse | tuple[str, int]:
    """Show one habilitation and what became of it; suspend, resume or withdraw it."""
    row = queries.habilitation(habilitation_id)
    looked_at([row.person_id])
    given = queries.given(row, queries.acts_of([row.id])[row.id], today())
    form = ActForm(on=today()).offer(_possible(given.state))
    if form.validate_on_submit():
        try:
            actions.act(row.id, Act(form.act.data), form.on.data, form.reason.data, somebody().id, now())
        except Refusal as refusal:
            form.on.errors = [*form.on.errors, worded(refusal)]
        else:
            flash(_("It is kept, with its reason."), "success")
            return redirect(url_for("proof.habilitation", habilitation_id=row.id))
    page = render_template(
        "proof/habilitation.html",
        given=given,
        who=named(today(), [row.person_id])[row.person_id],
        form=form,
        authors=named(today(), [one.done_by for one in given.acts if one.done_by] + [row.given_by or 0]),
        states=STATES,
        badges=BADGES,
        bases=BASES,
        acts=ACTS_DONE,
    )
    return page if not form.errors else (page, 422)


@requires(Permission.KEEP_PROOF)
@looks(Purpose.PROOF)
def paper(habilitation_id: int) -> Response:
    """Hand out the scanned paper a habilitation rests on."""
    row = queries.habilitation(habilitation_id)
    looked_at([row.person_id])
    kept = enclosures.find(row.paper) if row.paper else None
    if kept is None:
        raise NotFound()
    name = f"{row.kind.code}-{row.obtained_on.isoformat()}.{kept.ending}"
    response = send_file(storage.path(kept.digest), mimetype=kept.media_type, as_attachment=True, download_name=name)
    response.headers["Content-Security-Policy"] = NOTHING_ACTS
    return response


def _filter() -> Narrowing:
    own = None if can(Permission.KEEP_PROOF) else somebody().led_teams
    teams = [team for team in people.teams() if own is None or team.id in own]
    return Narrowing(request.args).offer(teams, queries.kinds())


def _rows() -> list[_Row]:
    seen = visible_people()
    who = named(today(), seen)
    found = queries.habilitations(today(), seen)
    return [_Row(who[held.person_id], held) for held in found if who[held.person_id].is_here(today())]


def _chosen(rows: list[_Row], form: Narrowing) -> list[_Row]:
    team_id, kind, states, last_day = form.team_id, form.kind.data, form.states, form.last_day
    kept = [
        row
        for row in rows
        if row.held.state in states
        and (team_id is None or row.who.team_id == team_id)
        and (not kind or row.held.kind_code == kind)
        and (last_day is None or (row.held.valid_until or date.max) <= last_day)
    ]
    return sorted(kept, key=lambda row: (row.held.valid_until or date.max, row.who.full_name, row.held.kind_code))


def _possible(state: State) -> list[Act]:
    if state is State.WITHDRAWN:
        return []
    first = [Act.SUSPENDED] if state in IN_FORCE else [Act.RESUMED] if state is State.SUSPENDED else []
    return [*first, Act.WITHDRAWN]
