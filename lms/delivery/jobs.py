"""What is done at kiosks without anybody asking for it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from lms.delivery import actions, queries
from lms.kernel.clock import now
from lms.kernel.jobs.kinds import Asked, Kind, Report, register
from lms.kernel.settings import setting


def _look(asked: Asked, report: Report) -> datetime:
    return now()


def _let_go(moment: datetime) -> dict[str, Any]:
    return {"put_aside": actions.let_go(moment)}


def _unconfirmed(moment: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    if queries.unconfirmed(moment - timedelta(days=setting("ASSERTED_DAYS"))):
        yield "asserted", {}


ASSERTED = register(Kind("unconfirmed", work=_look, keep=_let_go, due=_unconfirmed))
