"""What the letters are called at this site; letters and their order are fixed, the wording is not.

No single definition of ILUO exists (evaluation reference, section 7), so that what each letter
means is said beside it on every screen.
"""

from collections.abc import Mapping

from sqlalchemy import delete, select

from lms.kernel.database import db
from lms.skills.models import LevelWording
from lms.skills.rules import Level


def own(language: str) -> dict[Level, str]:
    """Return what the site calls levels in a language, where it says so itself."""
    rows = db.session.execute(select(LevelWording.level, LevelWording.words).where(LevelWording.language == language))
    return dict(rows.all())


def choose(language: str, words: Mapping[Level, str]) -> None:
    """Call levels so in a language from now on; what is empty goes back to our own words."""
    db.session.execute(delete(LevelWording).where(LevelWording.language == language))
    said = {level: text.strip() for level, text in words.items() if text.strip()}
    db.session.add_all(LevelWording(level=level, language=language, words=text) for level, text in said.items())
    db.session.flush()
