"""From a statement to a record: pure, and nothing of what was said is lost."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from lms.kernel.json import to_json_text
from lms.records.models import Activity, Source, Verb
from lms.records.rules import ForeignLearner, NewActivity, NewRecord, digest
from lms.records.xapi.statement import IFIS, statement
from lms.records.xapi.values import milliseconds, read_moment
from lms.records.xapi.writing import is_plain_time, result_said, target_said, time_said

NAMELESS = UUID("5b6d6a3c-6f0a-5a55-8d3e-5d0f6f6b7f11")
"""Namespace of the ids that statements without one are given, by what they say."""

LONGEST_IDENTIFIER = 2000
"""In bytes; a longer one is known by its digest."""
LONGEST_NAME: int = Activity.__table__.c.name.type.length  # type: ignore[attr-defined]
LONGEST_LANGUAGE = 12


def read(said: Any) -> NewRecord:
    """Return the record that a statement tells of; raises Fault when it breaks a rule.

    A statement without an id gets one that follows from what it says, so that bringing in
    the same file again stores nothing new. `stored` is forgotten: this server stores it.
    """
    statement(said)
    moment, target = said.get("timestamp"), said["object"]
    context, result = said.get("context", {}), said.get("result", {})
    score = result.get("score", {})
    beyond: dict[str, Any] = {}
    record = NewRecord(
        id=UUID(said["id"]) if "id" in said else NAMELESS,
        source=Source.IMPORT,
        foreign_actor=ForeignLearner(identifier(said["actor"]), said["actor"]),
        verb=said["verb"]["id"],
        activity=_activity(target, context),
        voids_id=UUID(target["id"]) if said["verb"]["id"] == Verb.VOIDED else None,
        occurred_at=read_moment(moment) if moment else None,
        sitting_id=UUID(context["registration"]) if "registration" in context else None,
        language=_language(context),
        score_scaled=_float(score.get("scaled")),
        score_raw=_float(score.get("raw")),
        score_min=_float(score.get("min")),
        score_max=_float(score.get("max")),
        success=result.get("success"),
        completion=result.get("completion"),
        response=result.get("response"),
        duration_ms=milliseconds(result["duration"]) if "duration" in result else None,
        extras=beyond,
    )
    beyond |= _beyond(said, record)
    return record if "id" in said else replace(record, id=uuid5(NAMELESS, digest(record).hex()))


def identifier(actor: Mapping[str, Any]) -> str:
    """Return one line that is the same for each telling of the same agent or group."""
    found = _identifier(actor)
    prefix = "group:" if actor.get("objectType") == "Group" else ""
    if len(found) * 4 > LONGEST_IDENTIFIER and len(found.encode()) > LONGEST_IDENTIFIER:
        found = "sha256:" + hashlib.sha256(found.encode()).hexdigest()
    return prefix + found


def _identifier(actor: Mapping[str, Any]) -> str:
    kind = next((name for name in IFIS if name in actor), "member")
    if kind == "account":
        return "account:" + to_json_text([actor["account"]["homePage"], actor["account"]["name"]])
    if kind == "member":
        # Who is in an unnamed group, in whatever order: that is all there is to know it by.
        return "members:" + to_json_text(sorted(identifier(member) for member in actor["member"]))
    value = actor[kind]
    return value if kind == "mbox" else f"{kind}:{value.lower() if kind == 'mbox_sha1sum' else value}"


def _activity(target: Mapping[str, Any], context: Mapping[str, Any]) -> NewActivity | None:
    if target.get("objectType", "Activity") != "Activity":
        return None
    definition = target.get("definition", {})
    names = definition.get("name") or {"": ""}
    # No database column can hold a NUL; the definition keeps what was said.
    name = next(iter(names.values())).replace("\0", "")[:LONGEST_NAME]
    parents = _as_list(context.get("contextActivities", {}).get("parent", []))
    return NewActivity(target["id"], name, definition.get("type", ""), parents[0]["id"] if parents else "")


def _language(context: Mapping[str, Any]) -> str | None:
    language = context.get("language")
    return language if language and len(language) <= LONGEST_LANGUAGE else None


def _beyond(said: Mapping[str, Any], record: NewRecord) -> dict[str, Any]:
    """Return what the columns alone would not give back."""
    target = {key: value for key, value in said["object"].items() if key != "definition"}
    beyond = {key: said[key] for key in ("attachments", "authority", "version") if key in said}
    if "display" in said["verb"]:
        beyond["display"] = said["verb"]["display"]
    if "definition" in said["object"]:
        beyond["definition"] = said["object"]["definition"]
    if target != target_said(record):
        beyond["object"] = target
    if "context" in said:
        beyond["context"] = _with_lists(said["context"])
    if "result" in said and said["result"] != result_said(record):
        beyond["result"] = said["result"]
    if "timestamp" in said and not is_plain_time(said["timestamp"]) and said["timestamp"] != time_said(record):
        beyond["timestamp"] = said["timestamp"]
    return beyond


def _with_lists(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the context with each of its activities in a list, as a store gives them back."""
    if "contextActivities" not in context:
        return dict(context)
    activities = {kind: _as_list(given) for kind, given in context["contextActivities"].items()}
    return {**context, "contextActivities": activities}


def _as_list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)
