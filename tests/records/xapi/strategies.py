"""Statements as others could write them, valid by construction."""

from typing import Any

from hypothesis import strategies as st

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
iris = st.builds("https://{}.example/{}".format, st.sampled_from("abc"), st.sampled_from(["x", "é/ü", "q?a=1", "%20"]))
uuids = st.uuids().map(str) | st.uuids().map(lambda found: str(found).upper())
languages = st.sampled_from(["en", "fr-FR", "zh-Hant-TW", "x-plant", "de-CH-1996"])
maps = st.dictionaries(languages, words, max_size=2)
numbers = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
anything = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
extensions = st.dictionaries(iris, anything, max_size=2)
moments = st.builds(
    "{}-0{}-1{}T0{}:30:0{}{}{}".format,
    st.integers(1000, 9000),
    *[st.integers(1, 9)] * 4,
    st.sampled_from(["", ".5", ".123", ".123456", ".123456789", ",25"]),
    st.sampled_from(["Z", "+02:00", "-0330", "+01", ""]),
)
durations = st.sampled_from(
    ["PT3M20S", "PT20S", "PT0.5S", "P3W", "P1Y2M", "P1DT12H", "PT1,5H", "PT12.345S", "PT1.500S"]
)
names = st.fixed_dictionaries({}, optional={"name": words})
identities = st.one_of(
    st.builds(lambda name: {"mbox": f"mailto:{name}@example.org"}, st.sampled_from(["a", "b"])),
    st.builds(lambda key: {"mbox_sha1sum": key * 20}, st.sampled_from(["aB", "01"])),
    st.builds(lambda iri: {"openid": iri}, iris),
    st.builds(lambda home, name: {"account": {"homePage": home, "name": name}}, iris, words),
)


def together(*parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(*parts).map(lambda found: {key: value for part in found for key, value in part.items()})


agents = together(names, identities, st.sampled_from([{}, {"objectType": "Agent"}]))
groups = together(
    names,
    st.just({"objectType": "Group"}),
    st.one_of(
        st.builds(lambda members: {"member": members}, st.lists(agents, min_size=1, max_size=3)),
        identities,
    ),
)
definitions = st.fixed_dictionaries(
    {},
    optional={"name": maps, "description": maps, "type": iris, "moreInfo": iris, "extensions": extensions},
)
activities = st.fixed_dictionaries(
    {"id": iris}, optional={"objectType": st.just("Activity"), "definition": definitions}
)
references = st.builds(lambda found: {"objectType": "StatementRef", "id": found}, uuids)
scores = st.fixed_dictionaries(
    {}, optional={"scaled": st.floats(-1, 1) | st.sampled_from([-1, 0, 1]), "raw": numbers}
) | st.builds(lambda raw: {"raw": raw, "min": -(2**71), "max": 1e300}, st.integers(0, 2**70))
results = st.fixed_dictionaries(
    {},
    optional={
        "score": scores,
        "success": st.booleans(),
        "completion": st.booleans(),
        "response": words,
        "duration": durations,
        "extensions": extensions,
    },
)
contexts = st.fixed_dictionaries(
    {},
    optional={
        "registration": uuids,
        "instructor": agents | groups,
        "team": groups,
        "language": languages,
        "statement": references,
        "extensions": extensions,
        "contextActivities": st.dictionaries(
            st.sampled_from(["parent", "grouping", "category", "other"]), st.lists(activities, max_size=2)
        ),
    },
)
attachments = st.fixed_dictionaries(
    {
        "usageType": iris,
        "display": maps,
        "contentType": st.just("text/plain; charset=utf-8"),
        "length": st.integers(0, 10**9),
        "sha2": st.just("0" * 64),
    },
    optional={"description": maps, "fileUrl": iris},
)
_told = {
    "actor": agents | groups,
    "verb": st.fixed_dictionaries({"id": iris}, optional={"display": maps}),
}
_optional = {
    "result": results,
    "context": contexts,
    "timestamp": moments,
    "attachments": st.lists(attachments, max_size=2),
}
objects = activities | agents.map(lambda found: {**found, "objectType": "Agent"}) | groups | references
sub_statements = st.fixed_dictionaries(
    {"objectType": st.just("SubStatement"), **_told, "object": objects}, optional=_optional
)
statements = st.fixed_dictionaries(
    {**_told, "object": objects | sub_statements},
    optional={
        **_optional,
        "id": uuids,
        "version": st.sampled_from(["1.0.0", "1.0.3"]),
        "authority": agents,
    },
) | st.fixed_dictionaries(
    {
        "actor": agents,
        "verb": st.just({"id": "http://adlnet.gov/expapi/verbs/voided"}),
        "object": references,
    },
    optional={"id": uuids, "timestamp": moments},
)
"""Whole statements; some void another."""
