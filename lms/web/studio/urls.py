"""The addresses of the studio."""

from flask import Blueprint

from lms.catalogue.blocks import CARDS, kind_of
from lms.web.shared.problems import worded
from lms.web.studio import editing, editions, importing, modules, problem_words, wording, work
from lms.web.studio.fields import file_of, says_something
from lms.web.studio.labels import ASPECTS, ICONS, KINDS, STATES, place_words
from lms.web.studio.modules import state_words

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
wording.add_words()
problem_words.add_words()
importing.add_places()


@blueprint.context_processor
def words() -> dict[str, object]:
    """Lend the pages of this blueprint its words."""
    return {
        "CARDS": CARDS,
        "KINDS": KINDS,
        "ICONS": ICONS,
        "STATES": STATES,
        "ASPECTS": ASPECTS,
        "kind_of": kind_of,
        "state_words": state_words,
        "place_words": place_words,
        "worded_problem": worded,
        "file_of": file_of,
        "says_something": says_something,
    }


EDITS = ["GET", "POST"]
ACTS = ["POST"]
MODULE = "/module/<code>"
"""A module's code could be `new`, so it never stands where that word does."""
BLOCK = f"{MODULE}/block/<int:place>"

blueprint.add_url_rule("/", view_func=modules.modules)
blueprint.add_url_rule("/new", view_func=modules.new_module, methods=EDITS)
blueprint.add_url_rule("/import", view_func=importing.import_file, methods=EDITS)
blueprint.add_url_rule("/import/<preview>", view_func=importing.preview_import)
blueprint.add_url_rule("/import/<preview>", view_func=importing.take_import, methods=ACTS)

blueprint.add_url_rule(f"{MODULE}/", view_func=modules.module)
blueprint.add_url_rule(f"{MODULE}/head", view_func=modules.edit_head, methods=EDITS)
blueprint.add_url_rule(f"{MODULE}/preview", view_func=modules.preview)
blueprint.add_url_rule(f"{MODULE}/publish", view_func=modules.publish, methods=EDITS)
blueprint.add_url_rule(f"{MODULE}/export", view_func=modules.export)

blueprint.add_url_rule(f"{MODULE}/editions/", view_func=editions.editions)
blueprint.add_url_rule(f"{MODULE}/editions/<int:number>/withdraw", view_func=editions.withdraw, methods=EDITS)
blueprint.add_url_rule(f"{MODULE}/compare", view_func=editions.compare)

blueprint.add_url_rule(f"{MODULE}/work", view_func=work.declare, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/review", view_func=work.review, methods=ACTS)

blueprint.add_url_rule(f"{MODULE}/new/<kind>", view_func=editing.new_block, methods=EDITS)
blueprint.add_url_rule(BLOCK, view_func=editing.edit_block, methods=EDITS)
blueprint.add_url_rule(f"{BLOCK}/move", view_func=editing.move_block, methods=ACTS)
blueprint.add_url_rule(f"{BLOCK}/delete", view_func=editing.delete_block, methods=ACTS)
blueprint.add_url_rule(f"{BLOCK}/duplicate", view_func=editing.duplicate_block, methods=ACTS)
