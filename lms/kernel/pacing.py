"""How often one asker may ask what anybody may ask: counted in memory, forgotten with the minute."""

import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lms.kernel.refusals import Refusal

MOST_ASKERS = 10_000
"""Beyond so many at once whoever asked longest ago is forgotten: memory stays bounded."""


class TooOften(Refusal):
    """The same asker asks too often."""


@dataclass
class Pace:
    """So many questions within a time, each asker for themselves."""

    most: int
    within: timedelta
    _asked: dict[str, deque[datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, asker: str, now: datetime) -> None:
        """Count a question; raises TooOften when it is one too many."""
        with self._lock:
            times = self._asked.pop(asker, deque())
            while times and times[0] <= now - self.within:
                times.popleft()
            allowed = len(times) < self.most
            if allowed:
                times.append(now)
            self._asked[asker] = times
            while len(self._asked) > MOST_ASKERS:
                self._asked.pop(next(iter(self._asked)))
        if not allowed:
            raise TooOften()
