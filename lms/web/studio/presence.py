"""Who has a module open: asked and told every few seconds by the script of the editor."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from lms.authoring import queries, tabs
from lms.kernel.clock import now
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.studio.editions import names_of


@requires(Permission.WRITE_MODULES)
def here(code: str) -> ResponseReturnValue:
    """Hear that a tab is there; say who else is, and whether the draft was changed."""
    draft = queries.current(code)
    tab, at = request.form.get("tab", "")[:40], now()
    if "leaves" in request.form:
        tabs.leaves(draft.module_id, tab, by=somebody().id, now=at)
        return "", 204
    tabs.is_here(draft.module_id, tab, request.form.get("part"), by=somebody().id, now=at)
    others = tabs.others(draft.module_id, tab, at)
    names = names_of({one.person_id for one in others})
    return jsonify(
        version=draft.version,
        person=somebody().id,
        others=[
            {"name": names.get(one.person_id, ""), "part": one.part, "own": one.person_id == somebody().id}
            for one in others
        ],
    )
