"""From a record to a statement: pure."""

import json
from datetime import UTC, datetime
from typing import Any

from lms.records.models import PRACTICE
from lms.records.rules import NewRecord, practice_activity

PEOPLE = "urn:etabli:people"
"""Home of the accounts by which our own records name people: by number only."""

CONFIDENCE = "urn:etabli:confidence"
"""Extension of a result: how sure of the answer, 0 to 1."""


def write(record: NewRecord) -> dict[str, Any]:
    """Return the statement that tells of a record.

    An imported one says again what it said, with its context activities in lists and with
    the id and time that it was given where it had none.
    """
    extras = record.extras or {}
    verb = {"id": str(record.verb), **_given(display=extras.get("display"))}
    target = {**extras.get("object", target_said(record)), **_given(definition=extras.get("definition"))}
    told = _given(
        id=str(record.id),
        actor=_actor(record),
        verb=verb,
        object=target,
        result=extras.get("result", result_said(record)),
        context=extras.get("context") if record.foreign_actor else _context(record),
        timestamp=extras.get("timestamp", time_said(record)),
    )
    return told | {key: extras[key] for key in ("attachments", "authority", "version") if key in extras}


def target_said(record: NewRecord) -> dict[str, Any]:
    """Return the object that the columns tell, without its definition."""
    if record.voids_id:
        return {"objectType": "StatementRef", "id": str(record.voids_id)}
    return {"objectType": "Activity", "id": record.activity.iri} if record.activity else {}


def result_said(record: NewRecord) -> dict[str, Any] | None:
    """Return the result that the columns tell, None when they tell none."""
    score = _given(scaled=record.score_scaled, raw=record.score_raw, min=record.score_min, max=record.score_max)
    response = record.response
    result = _given(
        score=score or None,
        success=record.success,
        completion=record.completion,
        response=response if response is None or isinstance(response, str) else json.dumps(response),
        duration=_duration(record.duration_ms),
        extensions=None if record.confidence is None else {CONFIDENCE: record.confidence},
    )
    return result or None


def time_said(record: NewRecord) -> str | None:
    """Return the moment in UTC, to the millisecond or, where that loses something, to the microsecond."""
    return None if record.occurred_at is None else _moment(record.occurred_at)


def is_plain_time(moment: str) -> bool:
    """Whether a checked moment is told as `time_said` tells it, at first sight: in UTC, to the millisecond."""
    return len(moment) == 24 and moment[19] == "." and moment[23] == "Z"


def _moment(moment: datetime) -> str:
    precision = "microseconds" if moment.microsecond % 1000 else "milliseconds"
    return moment.astimezone(UTC).isoformat(timespec=precision).removesuffix("+00:00") + "Z"


def _actor(record: NewRecord) -> dict[str, Any]:
    if record.foreign_actor:
        return record.foreign_actor.said
    return {"objectType": "Agent", "account": {"homePage": PEOPLE, "name": str(record.person_id)}}


def _context(record: NewRecord) -> dict[str, Any] | None:
    parent = record.activity.parent if record.activity else ""
    # A category says what kind of activity it was (xAPI 1.0.3, Data 2.4.6.2).
    category = practice_activity().iri if record.purpose == PRACTICE else ""
    around = {
        kind: [{"objectType": "Activity", "id": iri}]
        for kind, iri in (("parent", parent), ("category", category))
        if iri
    }
    told = _given(
        registration=str(record.sitting_id) if record.sitting_id else None,
        language=record.language,
        contextActivities=around or None,
        extensions=(record.extras or {}).get("context", {}).get("extensions"),
    )
    return told or None


def _duration(milliseconds: int | None) -> str | None:
    if milliseconds is None:
        return None
    seconds, rest = divmod(milliseconds, 1000)
    return f"PT{seconds}.{rest:03}S".replace(".000S", "S")


def _given(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}
