"""Recompute every verdict of this dossier: `python recompute.py [FOLDER]`.

Needs Python 3.11 or later and nothing else. It checks the hash of every file, applies the
amendments to the frozen protocol, computes each share, gap and count again from the counts
by team (design effect, Wilson, Newcombe), applies the verdict rule, weighs the
recommendations and the decision, and says *equal* or what differs. It ends with status 0
when everything is equal, 1 when something differs. What cannot be recomputed from counts
that hide small groups is named `stated`, with the reason in MANIFEST.json.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from itertools import combinations
from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Any

Row = dict[str, Any]
Cluster = tuple[float, float]
Found = tuple[Row, list[str]]

NEAR = 2e-5
"""Figures are stored with six decimals; design effects of compared groups too."""
MISSING_LIMIT, RESPONSE_LIMIT = 0.2, 0.6


# Estimates: evaluation reference, sections 3.3 and 3.10.
def wilson(successes: float, n: float, level: float) -> tuple[float, float]:
    """Return Wilson's score interval; neither number need be whole."""
    p, z = successes / n, NormalDist().inv_cdf((1 + level) / 2)
    scale = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / scale
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale
    return (0.0 if p == 0 else max(centre - half, 0.0), 1.0 if p == 1 else min(centre + half, 1.0))


def estimated(clusters: Sequence[Cluster]) -> float:
    """Return the design effect that clusters (successes, members) show; 1 when they show none."""
    k, n = len(clusters), sum(m for _, m in clusters)
    p = sum(x for x, _ in clusters) / n
    if k < 2 or p in (0, 1):
        return 1.0
    between = sum((x - p * m) ** 2 for x, m in clusters) / n**2
    return (k / (k - 1) * between) / (p * (1 - p) / n)


def design_effect(clusters: Sequence[Cluster], icc0: float, persons: Sequence[Cluster] = ()) -> float:
    """Return the design effect used: the estimate by team, never under its floor; persons where they repeat."""
    typical = sum(m * m for _, m in clusters) / sum(m for _, m in clusters)
    found = max(estimated(clusters), 1 + (typical - 1) * icc0, 1.0)
    return max(found, estimated(persons)) if persons else found


def newcombe(first: Cluster, second: Cluster, level: float) -> tuple[float, float]:
    """Return the size of the difference of two shares and its hybrid score interval, whichever way it goes."""
    (x1, n1), (x2, n2) = first, second
    p1, p2 = x1 / n1, x2 / n2
    (l1, u1), (l2, u2) = wilson(x1, n1, level), wilson(x2, n2, level)
    low = max(p1 - p2 - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2), -1.0)
    high = min(p1 - p2 + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2), 1.0)
    smaller, larger = sorted((abs(low), abs(high)))
    return (0.0 if low <= 0 <= high else smaller, larger)


# The rule: evaluation reference, section 3.8.
def decide(low: float, high: float, rule: Row) -> tuple[str, str]:
    """Return what the interval alone says."""
    upwards = rule["direction"] == "ge"
    if low >= rule["threshold"] if upwards else high <= rule["threshold"]:
        return "met", "ci_clears_target"
    if high < rule["threshold"] if upwards else low > rule["threshold"]:
        return "not_met", "ci_excludes_target"
    return "inconclusive", "ci_contains_target"


def judge(found: Row, rule: Row) -> tuple[str, str]:
    """Return the verdict and its reason; the order of the steps is part of the rule."""
    if found["counted_n"] < rule["n_min"] or found["n"] < rule["people_min"]:
        return "inconclusive", "n_too_small"
    if found["teams"] < rule["min_teams"]:
        return "inconclusive", "too_few_teams"
    if found["low"] is None:
        return "inconclusive", "no_interval"
    verdict, reason = decide(found["low"], found["high"], rule)
    missing = found["missing"]
    if missing and missing["share"] > MISSING_LIMIT:
        for extreme in (missing["worst"], missing["best"]):
            if decide(extreme["low"], extreme["high"], rule)[0] != verdict:
                return "inconclusive", "missing_data"
    rate = found["response_rate"]
    if rate is not None and rate < RESPONSE_LIMIT:
        return "inconclusive", "low_response"
    return verdict, reason


def weigh(testable: bool, evidence: Sequence[tuple[str | None, bool]]) -> tuple[str, str]:
    """Return what a recommendation came to from its indicators' (verdict, critical)."""
    critical = [verdict for verdict, is_critical in evidence if is_critical]
    if not testable:
        return "outside_pilot", "untestable"
    if not evidence:
        return "outside_pilot", "no_indicator"
    if not critical:
        return "inconclusive", "no_critical_indicator"
    if "not_met" in critical:
        return "not_met", "critical_not_met"
    if all(verdict == "met" for verdict in critical):
        return "met", "all_critical_met"
    return "inconclusive", "critical_open"


def propose(indicators: Sequence[Row], recommendations: Sequence[str], vigilance: Sequence[Row]) -> str:
    """Return what the decision rule proposes (evaluation reference, section 8)."""
    judged = [one for one in indicators if one["verdict"] is not None]
    failed = [one for one in judged if one["verdict"] == "not_met"]
    harm = [one for one in failed if one["indicator"] in ("Q4", "B2") or one["family"] == "equity"]
    if harm or sum(one["critical"] for one in failed) >= 2:
        return "stop"
    tested = [verdict for verdict in recommendations if verdict != "outside_pilot"]
    against = [
        not tested,
        any(one["critical"] for one in failed),
        "inconclusive" in tested,
        any(point["blocking"] and point["status"] != "lifted" for point in vigilance),
        any(one["family"] == "costs" and one["verdict"] != "met" for one in judged),
    ]
    return "adjust" if any(against) else "generalise"


# From counts to figures.
def from_share(cells: Row, stated: Row, rule: Row) -> Found:
    """Return the figures of a share, and the names of those that are only stated."""
    teams = cells["teams"]
    told = [(team["successes"], team["members"]) for team in teams if not team["masked"]]
    masked, persons = len(told) < len(teams), cells["persons"]
    if masked or persons is None:
        x, n, deff, only_stated = stated["numerator"], stated["denominator"], stated["deff"], ["deff"]
        if sum(one for one, _ in told) > x or sum(m for _, m in told) > n:
            only_stated = ["deff", "teams with more than the total"]
    else:
        x, n = sum(one for one, _ in told), sum(m for _, m in told)
        repeated = [(one["successes"], one["members"]) for one in persons for _ in range(one["persons"])]
        deff, only_stated = design_effect(told, rule["icc0"], repeated), []
    low, high = wilson(x / deff, n / deff, rule["level"])
    found = {
        "value": x / n,
        "numerator": x,
        "denominator": n,
        "deff": deff,
        "n_eff": n / deff,
        "low": low,
        "high": high,
    }
    if not only_stated:
        found["teams"] = len(told)
    if not only_stated and stated["missing"] and cells["each_once"] and not cells["without_outcome"]:
        found["missing"] = _bounds(teams, rule)
    return found, only_stated


def _bounds(teams: Sequence[Row], rule: Row) -> Row:
    """Return the intervals had all whose outcome is missing failed, and had all succeeded."""
    whole = [(team["successes"], team["members"], team["missing"]) for team in teams]
    total, absent = sum(m + q for _, m, q in whole), sum(q for *_, q in whole)
    found: Row = {"count": absent, "share": absent / total}
    for name, given in (("worst", 0), ("best", 1)):
        clusters = [(x + given * q, m + q) for x, m, q in whole]
        deff = design_effect(clusters, rule["icc0"])
        low, high = wilson(sum(x for x, _ in clusters) / deff, total / deff, rule["level"])
        found[name] = {"low": low, "high": high}
    return found


def from_gap(cells: Row, _stated: Row, rule: Row) -> Found:
    """Return the figures of a gap between groups."""
    groups = cells["groups"]
    if any(group["masked"] for group in groups):
        return {}, ["estimate and interval: a group is hidden"]
    shrunk: list[Cluster] = []
    only_stated: list[str] = []
    total = sum(group["members"] for group in groups)
    for group in groups:
        deff = group["deff"]
        if group["teams"]:
            deff = design_effect([(team["successes"], team["members"]) for team in group["teams"]], rule["icc0"])
        else:
            only_stated = ["deff"]
        shrunk.append((group["successes"] / deff, group["members"] / deff))
    rates = [x / n for x, n in shrunk]
    pairs = [newcombe(one, two, rule["level"]) for one, two in combinations(shrunk, 2)]
    n_eff = sum(n for _, n in shrunk)
    return {
        "value": max(rates) - min(rates),
        "low": max(low for low, _ in pairs),
        "high": max(high for _, high in pairs),
        "n_eff": n_eff,
        "deff": total / n_eff,
    }, only_stated


def from_census(_cells: Row, stated: Row, _rule: Row) -> Found:
    """Return the share of a census: no interval but the figure itself."""
    share = stated["numerator"] / stated["denominator"]
    return {"value": share, "low": share, "high": share}, []


WAYS: dict[str, Callable[[Row, Row, Row], Found]] = {"share": from_share, "gap": from_gap, "census": from_census}


def differs(stated: Any, found: Any) -> bool:
    """Whether two figures are not the same to the decimals that are stored."""
    if isinstance(stated, dict) and isinstance(found, dict):
        return any(differs(stated.get(name), part) for name, part in found.items())
    if isinstance(stated, int | float) and isinstance(found, int | float):
        return abs(stated - found) > NEAR * max(1.0, abs(found))
    return stated != found


class Check:
    """What was compared and what differs."""

    def __init__(self) -> None:
        """Begin with nothing compared."""
        self.failures = 0

    def say(self, what: str, problems: Sequence[str], note: str = "") -> None:
        """Print one line: equal, or what differs."""
        self.failures += bool(problems)
        said = "DIFFERS: " + "; ".join(problems) if problems else "equal"
        sys.stdout.write(f"{what:<32} {said}{'  (' + note + ')' if note else ''}\n")


def main(folder: Path) -> int:
    """Check the whole dossier; return the exit status."""
    check = Check()
    _files(folder, check)
    protocol, manifest = _protocol(folder, check)
    rows = [_indicator(row, protocol, check) for row in _json(folder, "data/indicators.json")]
    recommendations = _recommendations(folder, protocol, rows, check)
    points = _json(folder, "data/vigilance.json")
    proposed = propose(rows, recommendations, points)
    stated = manifest["proposal"]
    check.say("proposed decision", [f"{stated} stated, {proposed} computed"] if stated != proposed else [], proposed)
    done = "everything is equal" if not check.failures else f"{check.failures} differ"
    sys.stdout.write(f"\n{done}\n")
    return 1 if check.failures else 0


def _json(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def _files(folder: Path, check: Check) -> None:
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    there = {found.relative_to(folder).as_posix() for found in folder.rglob("*") if found.is_file()} - {"SHA256SUMS"}
    for name, digest in sorted(sums.items()):
        file = folder / name
        found = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "nothing"
        if found != digest:
            check.say(f"file {name}", ["its hash is not the one in SHA256SUMS"])
    strangers = sorted(there - sums.keys())
    check.say("files", [f"not in SHA256SUMS: {', '.join(strangers)}"] if strangers else [], f"{len(sums)} hashes")


def _protocol(folder: Path, check: Check) -> tuple[Row, Row]:
    text, manifest = (folder / "protocol/protocol.json").read_bytes(), _json(folder, "MANIFEST.json")
    found, stated = hashlib.sha256(text).hexdigest(), manifest["evaluation"]["protocol_sha256"]
    check.say("protocol", [f"hash {found} is not {stated}"] if found != stated else [], found[:12])
    protocol = json.loads(text)
    by_code = {entry["code"]: entry for entry in protocol["indicators"]}
    for amendment in _json(folder, "protocol/amendments.json"):
        change = amendment["changes"]
        whole = protocol["pilot"] if change["indicator"] is None else by_code[change["indicator"]]
        whole[change["field"]] = change["after"]
    return protocol, manifest


def _indicator(row: Row, protocol: Row, check: Check) -> Row:
    entry = next(one for one in protocol["indicators"] if one["code"] == row["code"])
    definition, stated = entry["definition"], row["stated"]
    names = ("threshold", "n_min", "min_teams", "icc0", "level")
    rule = {**{name: entry[name] for name in names}, **{name: definition[name] for name in ("direction", "people_min")}}
    told = {**entry, "family": definition["family"], "verdict": stated["verdict"]}
    if stated["value"] is None:
        hidden = stated["reason"] not in ("no_data", "not_collected")
        expected = "inconclusive" if hidden else "not_measurable"
        same = stated["verdict"] == (expected if entry["primary"] else None)
        problems = [] if same else [f"verdict {stated['verdict']} stated, without a figure"]
        check.say(row["code"], problems, "stated: hidden, too few people" if hidden else "stated: nothing was measured")
        return told
    way = WAYS.get(row["cells"]["kind"])
    found, only_stated = way(row["cells"], stated, rule) if way else ({}, ["estimate and interval"])
    problems = [
        f"{name} {stated[name]} stated, {part} computed" for name, part in found.items() if differs(stated[name], part)
    ]
    whole = {name: _number(part) for name, part in {**stated, **found}.items()}
    verdict, reason = judge(whole, rule)
    reaches = whole["value"] - rule["threshold"] if rule["direction"] == "ge" else rule["threshold"] - whole["value"]
    for name, part in (
        ("verdict", verdict if entry["primary"] else None),
        ("reason", reason),
        ("constat", reaches > -1e-9),
    ):
        if stated[name] != part:
            problems.append(f"{name} {stated[name]} stated, {part} computed")
    note = f"{verdict if entry['primary'] else 'secondary, no verdict'}; {reason}"
    check.say(row["code"], problems, note + (f"; stated: {', '.join(only_stated)}" if only_stated else ""))
    told["verdict"] = verdict if entry["primary"] else None
    return told


def _number(part: Any) -> Any:
    """Read `inf`, which JSON cannot hold as a number."""
    return float(part) if part in ("inf", "-inf") else part


def _recommendations(folder: Path, protocol: Row, rows: Sequence[Row], check: Check) -> list[str]:
    testable = {row["code"]: row["testable"] != "no" for row in protocol["recommendations"]}
    verdicts = []
    for stated in _json(folder, "data/recommendations.json"):
        own = [(row["verdict"], row["critical"]) for row in rows if row["recommendation"] == stated["code"]]
        found = weigh(testable[stated["code"]], own)
        same = found == (stated["verdict"], stated["reason"])
        problems = [] if same else [f"{stated['verdict']} stated, {found[0]} computed"]
        check.say(f"recommendation {stated['code']}", problems, found[0])
        verdicts.append(found[0])
    return verdicts


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent))
