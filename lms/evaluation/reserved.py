"""Which modules are kept out of practice, because a frozen protocol measures with them.

A file of its own: every kiosk asks this, and needs nothing else of the room.
"""

import json
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from lms.evaluation.models import Protocol
from lms.kernel.database import db
from lms.kernel.prepared import Prepared

_reserved: WeakKeyDictionary[Engine, dict[int, frozenset[str]]] = WeakKeyDictionary()
_numbers = Prepared(select(Protocol.id))


def reserved_modules() -> frozenset[str]:
    """Return the codes of the modules that a frozen protocol names as tests: nothing else may ask their questions.

    The one rule of what is kept out of practice (evaluation reference, L3: items outside the
    spaced-review queue). A frozen protocol never changes and no amendment touches its tests,
    so each is read once.
    """
    kept = _reserved.setdefault(db.engine, {})
    numbers = {row.id for row in _numbers.rows({})}
    for number in numbers - set(kept):
        indicators = json.loads(db.session.get_one(Protocol, number).text)["indicators"]
        kept[number] = frozenset(code for entry in indicators for code in entry["options"].get("tests", ()))
    return frozenset().union(*(kept[number] for number in numbers))
