"""What somebody asks figures about; kept with a saved view as it stands."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from lms.progress.completion import Question
from lms.progress.grouping import By


class Kind(StrEnum):
    """What is counted."""

    COMPLETION = "completion"
    HOURS = "hours"
    TREND = "trend"
    """Completion, week after week."""


@dataclass(frozen=True)
class Wanted:
    """A table."""

    kind: Kind = Kind.COMPLETION
    by: By = By.MODULE
    module_id: int | None = None
    recommendation_id: int | None = None
    since: date | None = None
    """Due, or worked, from this day on."""
    until: date | None = None

    @property
    def question(self) -> Question:
        """What is asked of `progress.completion`."""
        return Question(self.by, self.module_id, self.recommendation_id, self.since, self.until)

    @property
    def document(self) -> dict[str, Any]:
        """The same as plain data, which `read` reads."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}


def read(document: Mapping[str, Any]) -> Wanted:
    """Return what `Wanted.document` said."""
    since, until = (date.fromisoformat(document[name]) if document[name] else None for name in ("since", "until"))
    module_id, recommendation_id = document["module_id"], document["recommendation_id"]
    return Wanted(Kind(document["kind"]), By(document["by"]), module_id, recommendation_id, since, until)
