"""What the pages of the studio are lent: words, and ways to say them."""

from lms.authoring.planning import waits_for_approval
from lms.catalogue.blocks import CARDS, kind_of
from lms.kernel.languages import direction, name_within, own_name, readers_name
from lms.web.shared.problems import worded
from lms.web.studio.analysis_words import FLAGS
from lms.web.studio.fields import (
    KIOSK_PICTURES,
    captions_of,
    faulty,
    file_of,
    is_said,
    says_something,
    sound_of,
    video_of,
)
from lms.web.studio.labels import ASPECTS, ICONS, IMPACTS, KINDS, STATES, UNIT_STATES, place_words
from lms.web.studio.modules import state_words, to_complete
from lms.web.studio.reviewing import STANDINGS, how_many_wait, review_of


def words() -> dict[str, object]:
    """Lend the pages of the studio its words."""
    return {
        "CARDS": CARDS,
        "KINDS": KINDS,
        "ICONS": ICONS,
        "FLAGS": FLAGS,
        "STATES": STATES,
        "UNIT_STATES": UNIT_STATES,
        "ASPECTS": ASPECTS,
        "IMPACTS": IMPACTS,
        "kind_of": kind_of,
        "direction": direction,
        "name_within": name_within,
        "readers_name": readers_name,
        "own_name": own_name,
        "state_words": state_words,
        "to_complete": to_complete,
        "waits_for_approval": waits_for_approval,
        "STANDINGS": STANDINGS,
        "review_of": review_of,
        "reviews_waiting": how_many_wait,
        "place_words": place_words,
        "worded_problem": worded,
        "faulty": faulty,
        "file_of": file_of,
        "video_of": video_of,
        "sound_of": sound_of,
        "captions_of": captions_of,
        "KIOSK_PICTURES": KIOSK_PICTURES,
        "says_something": says_something,
        "is_said": is_said,
    }
