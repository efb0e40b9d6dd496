"""The rules of a statement (xAPI 1.0.3, Data section 2), as tables of fields.

Keys that the specification does not name are refused, as its conformance tests ask.
"""

from typing import Any

from lms.records.models import Verb
from lms.records.xapi.shapes import Check, Fault, an_object, fields, list_of, one_of, one_or_list
from lms.records.xapi.values import (
    duration,
    extensions,
    iri,
    language,
    language_map,
    length,
    mailto,
    media_type,
    moment,
    number,
    sha1,
    sha2,
    text,
    truth,
    uuid,
    version,
)

IFIS = ("mbox", "mbox_sha1sum", "openid", "account")


def _one_identifier(value: dict[str, Any]) -> None:
    if sum(name in value for name in IFIS) != 1:
        raise Fault("one_identifier")


def _identified_or_members(value: dict[str, Any]) -> None:
    identifiers = sum(name in value for name in IFIS)
    if identifiers > 1:
        raise Fault("one_identifier")
    if not identifiers and not value.get("member"):
        raise Fault("group_without_members")


account = fields({"homePage": iri, "name": text}, ("homePage", "name"))
_identity: dict[str, Check] = {
    "name": text,
    "mbox": mailto,
    "mbox_sha1sum": sha1,
    "openid": iri,
    "account": account,
}
agent = fields({"objectType": one_of("Agent"), **_identity}, rule=_one_identifier)
group = fields(
    {"objectType": one_of("Group"), "member": list_of(agent), **_identity}, ("objectType",), _identified_or_members
)


def agent_or_group(value: Any) -> None:
    """Check an actor, an instructor: a person unless it says that it is a group."""
    an_object(value)
    (group if value.get("objectType") == "Group" else agent)(value)


def authority(value: Any) -> None:
    """Check who vouches: an agent, or an application and its user as an unnamed group of two."""
    agent_or_group(value)
    if value.get("objectType") == "Group" and (
        len(value.get("member", ())) != 2 or any(name in value for name in IFIS)
    ):
        raise Fault("authority_of_two")


verb = fields({"id": iri, "display": language_map}, ("id",))

COMPONENTS = {
    "choice": {"choices"},
    "sequencing": {"choices"},
    "likert": {"scale"},
    "matching": {"source", "target"},
    "performance": {"steps"},
}
"""Which lists of components an interaction type may have."""
INTERACTIONS = (*COMPONENTS, "true-false", "fill-in", "long-fill-in", "numeric", "other")
_LISTS = ("choices", "scale", "source", "target", "steps")

component = fields({"id": text, "description": language_map}, ("id",))


def _components(value: Any) -> None:
    list_of(component)(value)
    if len({one["id"] for one in value}) < len(value):
        raise Fault("component_twice")


def _fitting(value: dict[str, Any]) -> None:
    kind = value.get("interactionType")
    if kind is None and "correctResponsesPattern" in value:
        raise Fault("missing").within("interactionType")
    for name in _LISTS:
        if name in value and name not in COMPONENTS.get(kind or "", ()):
            raise Fault("unfit_components", kind=kind or "–").within(name)


definition = fields(
    {
        "name": language_map,
        "description": language_map,
        "type": iri,
        "moreInfo": iri,
        "extensions": extensions,
        "interactionType": one_of(*INTERACTIONS),
        "correctResponsesPattern": list_of(text),
        **dict.fromkeys(_LISTS, _components),
    },
    rule=_fitting,
)
activity = fields({"objectType": one_of("Activity"), "id": iri, "definition": definition}, ("id",))
statement_ref = fields({"objectType": one_of("StatementRef"), "id": uuid}, ("objectType", "id"))


def _score_in_bounds(value: dict[str, Any]) -> None:
    low, high, raw = value.get("min"), value.get("max"), value.get("raw")
    if not -1 <= value.get("scaled", 0) <= 1:
        raise Fault("scaled_beyond_one").within("scaled")
    if low is not None and high is not None and low >= high:
        raise Fault("min_above_max").within("min")
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        raise Fault("raw_out_of_bounds").within("raw")


score = fields({"scaled": number, "raw": number, "min": number, "max": number}, rule=_score_in_bounds)
result = fields(
    {
        "score": score,
        "success": truth,
        "completion": truth,
        "response": text,
        "duration": duration,
        "extensions": extensions,
    }
)
context_activities = fields(dict.fromkeys(("parent", "grouping", "category", "other"), one_or_list(activity)))
context = fields(
    {
        "registration": uuid,
        "instructor": agent_or_group,
        "team": group,
        "contextActivities": context_activities,
        "revision": text,
        "platform": text,
        "language": language,
        "statement": statement_ref,
        "extensions": extensions,
    }
)
attachment = fields(
    {
        "usageType": iri,
        "display": language_map,
        "description": language_map,
        "contentType": media_type,
        "length": length,
        "sha2": sha2,
        "fileUrl": iri,
    },
    ("usageType", "display", "contentType", "length", "sha2"),
)


def _whole(value: dict[str, Any]) -> None:
    target = value["object"].get("objectType", "Activity")
    if value["verb"]["id"] == Verb.VOIDED and target != "StatementRef":
        raise Fault("void_without_reference").within("object")
    for name in ("revision", "platform"):
        if target != "Activity" and name in value.get("context", ()):
            raise Fault("only_with_activity").within(name).within("context")


_objects: dict[str, Check] = {
    "Activity": activity,
    "Agent": agent,
    "Group": group,
    "StatementRef": statement_ref,
}


def _target(kinds: dict[str, Check]) -> Check:
    known = one_of(*kinds)

    def check(value: Any) -> None:
        an_object(value)
        kind = value.get("objectType", "Activity")
        try:
            known(kind)
        except Fault as fault:
            raise fault.within("objectType") from None
        kinds[kind](value)

    return check


_told: dict[str, Check] = {
    "actor": agent_or_group,
    "verb": verb,
    "result": result,
    "context": context,
    "timestamp": moment,
    "attachments": list_of(attachment),
}
_NEEDED = ("actor", "verb", "object")
sub_statement = fields(
    {"objectType": one_of("SubStatement"), **_told, "object": _target(_objects)}, ("objectType", *_NEEDED), _whole
)
statement = fields(
    {
        "id": uuid,
        **_told,
        "object": _target({**_objects, "SubStatement": sub_statement}),
        "stored": moment,
        "authority": authority,
        "version": version,
    },
    _NEEDED,
    _whole,
)
