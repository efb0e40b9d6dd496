"""How hard questions were found, by module; kept for an hour, since a list asks it of many modules at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from lms.authoring.bank import queries as bank
from lms.authoring.bank import rules
from lms.authoring.bank.queries import UsedIn
from lms.catalogue.queries import FrozenEdition, newest_edition
from lms.kernel.clock import last_sunday, now
from lms.kernel.database import db
from lms.kernel.settings import setting
from lms.progress.analyses import analysis
from lms.progress.findings import Finding

HARD, EASY = 60.0, 90.0
"""Percent right at the first go, under and over."""


@dataclass(frozen=True)
class Difficulty:
    """How many were right at the first go; only where enough people answered to be shown."""

    right: int
    answers: int

    @property
    def facility(self) -> float:
        """Percent."""
        return 100 * self.right / self.answers


_kept: WeakKeyDictionary[object, dict[tuple[object, ...], dict[str, Finding]]] = WeakKeyDictionary()


def of_module(edition: FrozenEdition) -> dict[str, Finding]:
    """Return what first attempts say of the questions of a module's newest edition, by key.

    Nothing while that has yet to be worked out.
    """
    kept = _kept.setdefault(db.engine, {})
    asked = (edition.id, last_sunday(), now().replace(minute=0, second=0, microsecond=0), setting("SMALLEST_GROUP"))
    if asked not in kept:
        for old in [one for one in kept if one[0] == edition.id or one[2] != asked[2]]:
            del kept[old]
        told = analysis(edition.module_id)
        if told is None:
            return {}
        kept[asked] = {one.question.key: one for one in told.found.questions}
    return kept[asked]


def in_use(use: UsedIn) -> Difficulty | None:
    """Return how hard a question of the bank was found in a module, as its newest edition asks it."""
    edition = newest_edition(use.module_id)
    return _told(of_module(edition).get(use.block_key)) if edition else None


def of_newest(uses: Iterable[UsedIn]) -> dict[int, Difficulty]:
    """Return how hard the newest versions of questions were found, over the modules whose newest edition asks them."""
    counted: dict[int, list[Difficulty]] = defaultdict(list)
    for use in uses:
        edition = newest_edition(use.module_id)
        told = _told(of_module(edition).get(use.block_key)) if edition else None
        if edition and told and _asks_newest(edition, use):
            counted[use.question_id].append(told)
    return {
        number: Difficulty(sum(one.right for one in told), sum(one.answers for one in told))
        for number, told in counted.items()
    }


def _asks_newest(edition: FrozenEdition, use: UsedIn) -> bool:
    block = edition.content.block(use.block_key)
    if block is None:
        return False
    newest = bank.versions(use.question_id)[0]
    asked, languages = block.model_dump(mode="json", exclude_defaults=True), edition.content.languages
    return rules.alike(asked, edition.media, languages, newest.block, newest.media)


def _told(finding: Finding | None) -> Difficulty | None:
    if finding is None or finding.analysis.figures is None:
        return None
    told = finding.analysis
    return Difficulty(round(told.figures.facility * told.answers / 100), told.answers) if told.figures else None
