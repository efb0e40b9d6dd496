"""Recompute every verdict of this dossier: `python recompute.py [FOLDER]`.

Needs Python 3.11 or later and nothing else. It checks the hash of every file, applies the
amendments to the frozen protocol, computes each figure again from counts and sums by team
(design effects, Wilson, Newcombe, Student, Poisson, Kaplan-Meier, bootstrap with the same draws),
applies the verdict rule and the other choices that make a verdict fragile, weighs the
recommendations and the decision, and says *equal* or what differs. It ends with status 0
when everything is equal, 1 when something differs. What rests on groups too small to be told
is named `stated`, with the reason in MANIFEST.json.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from math import exp, factorial, inf, lgamma, log, prod, sqrt
from pathlib import Path
from random import Random
from statistics import NormalDist, fmean, median
from typing import Any

Row = dict[str, Any]
Cluster = tuple[float, float]
Bounds = tuple[float, float] | None
Found = tuple[Row, dict[str, str]]
"""Figures by name, and the names of those that are only stated, each with the reason."""

NEAR = 2e-5
"""Figures are stored with six decimals; design effects of compared groups too."""
MISSING_LIMIT, RESPONSE_LIMIT = 0.2, 0.6
TEAM, PERSONS, GROUP, CROSSED, VALUES, LEAVERS = "team", "persons", "group", "crossed", "values", "leavers"
"""Why something is only stated; MANIFEST.json says each in words."""


class Untold(Exception):
    """What would be needed is only stated."""


# Distributions of which Python has no quantile.
def bisected(function: Callable[[float], float], target: float, low: float, high: float) -> float:
    """Return where a rising function reaches a target."""
    while function(high) < target:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < target else (low, middle)
    return (low + high) / 2


def gamma_below(shape: float, x: float) -> float:
    """Return the lower regularised incomplete gamma function: a series, or a continued fraction further out."""
    if x <= 0:
        return 0.0
    scale = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        total = term = 1 / shape
        place = shape
        while term > total * 1e-16:
            place += 1
            term *= x / place
            total += term
        return total * scale
    b = x + 1 - shape
    c, d = 1e300, 1 / b
    fraction = d
    for place in range(1, 10_000):
        a = -place * (place - shape)
        b += 2
        d = 1 / (a * d + b)
        c = b + a / c
        fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return 1 - fraction * scale


def beta_below(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function, by its continued fraction (Lentz)."""
    if x in (0, 1):
        return x
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_below(b, a, 1 - x)
    scale = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 10_000):
        for top in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                    -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):  # fmt: skip
            d = 1 / (1 + top * d)
            c = 1 + top / c
            fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return scale * fraction


def student(level: float, freedom: int) -> float:
    """Return Student's two-sided quantile."""
    return bisected(lambda t: 1 - beta_below(freedom / 2, 0.5, freedom / (freedom + t * t)), level, 0.0, 10.0)


def normal(level: float) -> float:
    """Return the two-sided normal quantile."""
    return NormalDist().inv_cdf((1 + level) / 2)


# Numpy's default generator (SeedSequence, PCG64, Lemire's bounded numbers), for the same draws.
class Draws:
    """Whole numbers below a limit, as numpy draws them."""

    def __init__(self, seed: int) -> None:
        """Begin at a seed under 2**32."""
        words = self._words(self._pool(seed))
        high, low, way_high, way_low = (words[2 * k] | words[2 * k + 1] << 32 for k in range(4))
        self.way = ((way_high << 64 | way_low) << 1 | 1) & _128
        self.state = (self.way + (high << 64 | low)) & _128
        self.kept: int | None = None
        self._next()

    def below(self, limit: int) -> int:
        """Return the next number below a limit."""
        product = self._half() * limit
        if product & _32 < limit:
            least = (_32 + 1 - limit) % limit
            while product & _32 < least:
                product = self._half() * limit
        return product >> 32

    def _half(self) -> int:
        if self.kept is None:
            whole = self._next()
            self.kept = whole >> 32
            return whole & _32
        half, self.kept = self.kept, None
        return half

    def _next(self) -> int:
        self.state = (self.state * 0x2360ED051FC65DA44385DF649FCCF645 + self.way) & _128
        folded, turn = (self.state >> 64) ^ (self.state & _64), self.state >> 122
        return (folded >> turn | folded << (64 - turn)) & _64

    @staticmethod
    def _pool(seed: int) -> list[int]:
        constant, pool = 0x43B0D7E5, []
        for word in (seed, 0, 0, 0):
            value, constant = _hashed(word, constant, 0x931E8875)
            pool.append(value)
        for source in range(4):
            for target in range(4):
                if source != target:
                    value, constant = _hashed(pool[source], constant, 0x931E8875)
                    mixed = (0xCA01F9DD * pool[target] - 0x4973F715 * value) & _32
                    pool[target] = mixed ^ mixed >> 16
        return pool

    @staticmethod
    def _words(pool: Sequence[int]) -> list[int]:
        constant, found = 0x8B51F9DD, []
        for place in range(8):
            value, constant = _hashed(pool[place % 4], constant, 0x58F38DED)
            found.append(value)
        return found


def _hashed(value: int, constant: int, factor: int) -> tuple[int, int]:
    value ^= constant
    constant = constant * factor & _32
    value = value * constant & _32
    return value ^ value >> 16, constant


_32, _64, _128 = (2**bits - 1 for bits in (32, 64, 128))
SEED, RESAMPLES, TEAMS_TO_DRAW = 20240101, 9_999, 10


def drawn_again(units: Sequence[Cluster], level: float) -> Bounds:
    """Return the BCa bootstrap interval of a sum over a sum (Efron and Tibshirani 1993, section 14.3)."""
    units, n = sorted(units), len(units)
    top, bottom = sum(one for one, _ in units), sum(other for _, other in units)
    if n < 2 or any(abs(bottom - other) < 1e-300 for _, other in units):
        return None
    left_out = [(top - one) / (bottom - other) for one, other in units]
    if max(left_out) - min(left_out) <= 1e-12 * max(1.0, *map(abs, left_out)):
        return None
    draws, normals = Draws(SEED), NormalDist()
    found = sorted(_ratio([units[draws.below(n)] for _ in range(n)]) for _ in range(RESAMPLES))
    value = _ratio(units)
    below = (sum(one < value for one in found) + sum(one <= value for one in found)) / (2 * RESAMPLES)
    if inf in found or not 0 < below < 1:
        return None
    bias, middle = normals.inv_cdf(below), fmean(left_out)
    off = [(n - 1) * (middle - one) for one in left_out]
    speed = sum(one**3 for one in off) / n**3 / (sum(one**2 for one in off) / n**2) ** 1.5 / 6
    places = []
    for z in (-normal(level), normal(level)):
        places.append(normals.cdf(bias + (bias + z) / (1 - speed * (bias + z))))
    return _quantile(found, places[0]), _quantile(found, places[1])


def _ratio(units: Sequence[Cluster]) -> float:
    bottom = sum(other for _, other in units)
    return round(sum(one for one, _ in units) / bottom, 12) if bottom else inf


def _quantile(ranked: Sequence[float], share: float) -> float:
    place = share * (len(ranked) - 1)
    low = int(place)
    high = min(low + 1, len(ranked) - 1)
    return ranked[low] + (place - low) * (ranked[high] - ranked[low])


# Estimates: evaluation reference, sections 3.2, 3.3 and 3.10.
def wilson(successes: float, n: float, level: float) -> tuple[float, float]:
    """Return Wilson's score interval; neither number need be whole."""
    p, z = successes / n, normal(level)
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


def planned(sizes: Sequence[float], icc0: float) -> float:
    """Return the floor of the design effect: what teams so large would do at the planning ICC."""
    return max(1 + (sum(m * m for m in sizes) / sum(sizes) - 1) * icc0, 1.0)


def design_effect(clusters: Sequence[Cluster], icc0: float, persons: Sequence[Cluster] = ()) -> float:
    """Return the design effect used: the estimate by team, never under its floor; persons where they repeat."""
    found = max(estimated(clusters), planned([m for _, m in clusters], icc0))
    return max(found, estimated(persons)) if persons else found


def effect_of_sums(teams: Sequence[Row], icc0: float) -> float:
    """Return the design effect used for a sum over a sum, from the sums of each team and of its squares."""
    ratio = sum(team["top"] for team in teams) / sum(team["bottom"] for team in teams)
    floor = planned([team["n"] for team in teams], icc0)
    alone = sum(team["tops"] - 2 * ratio * team["both"] + ratio**2 * team["bottoms"] for team in teams)
    if len(teams) < 2 or alone <= 1e-9 * sum(team["tops"] for team in teams):
        return floor
    together = sum((team["top"] - ratio * team["bottom"]) ** 2 for team in teams)
    return max(len(teams) / (len(teams) - 1) * together / alone, floor)


def newcombe(first: Cluster, second: Cluster, level: float) -> tuple[float, float]:
    """Return the size of the difference of two shares and its hybrid score interval, whichever way it goes."""
    (x1, n1), (x2, n2) = first, second
    p1, p2 = x1 / n1, x2 / n2
    (l1, u1), (l2, u2) = wilson(x1, n1, level), wilson(x2, n2, level)
    low = max(p1 - p2 - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2), -1.0)
    high = min(p1 - p2 + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2), 1.0)
    smaller, larger = sorted((abs(low), abs(high)))
    return (0.0 if low <= 0 <= high else smaller, larger)


def widened(value: float, bounds: Bounds, deff: float, low: float = -inf, high: float = inf) -> Bounds:
    """Return the interval with arms longer by the root of the design effect, within the scale."""
    if bounds is None:
        return None
    root = sqrt(deff)
    return max(value - (value - bounds[0]) * root, low), min(value + (bounds[1] - value) * root, high)


def holding(one: Bounds, other: Bounds) -> Bounds:
    """Return the interval that holds both; None adds nothing."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def pseudo_median(values: Sequence[float], level: float) -> tuple[float, Bounds]:
    """Return Hodges and Lehmann's estimate with its exact signed-rank interval; none where it misses the level."""
    walsh = sorted((one + other) / 2 for one, other in combinations_with_replacement(values, 2))
    n, ways = len(values), [1] + [0] * (len(values) * (len(values) + 1) // 2)
    for rank in range(1, n + 1):
        for total in range(len(ways) - 1, rank - 1, -1):
            ways[total] += ways[total - rank]
    tail, place = 0.0, 0
    below = [tail := tail + count / 2**n for count in ways]
    place = max(1, next(place for place, one in enumerate(below) if one >= (1 - level) / 2))
    bounds = (walsh[place - 1], walsh[-place]) if 1 - 2 * below[place - 1] >= level else None
    return median(walsh), bounds


def median_time(waits: Sequence[Cluster], deff: float, level: float) -> tuple[float, Bounds]:
    """Return the Kaplan-Meier median of (duration, ended) with its log-log interval."""
    ends, remaining, variance = Counter(time for time, ended in waits if ended), Fraction(1), 0.0
    curves: list[tuple[float, float, float, float]] = []
    for time, ended in sorted(ends.items()):
        at_risk = sum(duration >= time for duration, _ in waits)
        remaining *= Fraction(at_risk - ended, at_risk)
        variance += ended / (at_risk * (at_risk - ended)) if at_risk > ended else inf
        left = float(remaining)
        scale = normal(level) * sqrt(deff * variance) / log(left) if left else 0.0
        curves.append((time, left, left ** exp(-scale) if left else 0.0, left ** exp(scale) if left else 0.0))
    if not curves:
        return inf, None
    return _half(curves, 1), (_half(curves, 2), _half(curves, 3))


def _half(curves: Sequence[tuple[float, ...]], which: int) -> float:
    for place, row in enumerate(curves):
        if row[which] < 0.5:
            return row[0]
        if row[which] == 0.5:
            return (row[0] + curves[min(place + 1, len(curves) - 1)][0]) / 2
    return inf


def crossover(first: Sequence[float], second: Sequence[float], level: float) -> tuple[float, Bounds]:
    """Return what being taught adds, from teams of both orders, with Student's interval."""
    one, other = fmean(first), fmean(second)
    squares = sum((team - one) ** 2 for team in first) + sum((team - other) ** 2 for team in second)
    freedom = len(first) + len(second) - 2
    if min(len(first), len(second)) < 2 or squares <= 1e-18:
        return (one + other) / 2, None
    half = student(level, freedom) * sqrt(squares / freedom * (1 / len(first) + 1 / len(second))) / 2
    return (one + other) / 2, ((one + other) / 2 - half, (one + other) / 2 + half)


def wedge(teams: Sequence[Row], level: float, most: int = 10_000) -> tuple[float, Bounds]:
    """Return what starting changes, levels of teams and periods taken out; the interval deals the starts out anew."""
    starts = tuple(team["start"] for team in teams)
    values = [[top / bottom for top, bottom in team["values"]] for team in teams]
    under = [[float(place >= start) for place in range(len(values[0]))] for start in starts]
    told, own = _swept(values), _swept(under)

    def total(matrix: Sequence[Sequence[float]], dealt: Sequence[int]) -> float:
        return sum(sum(row[start:]) for row, start in zip(matrix, dealt, strict=True))

    scale = total(own, starts)
    value, same, bounds = total(told, starts) / scale, 0, []
    for dealt in _dealt(starts, most):
        kept = total(own, dealt) / scale
        if kept > 1 - 1e-9:
            same += 1
        else:
            bounds.append((value - total(told, dealt) / scale) / (1 - kept))
    bounds.sort()
    place = int((1 - level) / 2 * (same + len(bounds)) + 1e-9) - (same - 1)
    return value, (bounds[place - 1], bounds[-place]) if place > 0 and bounds[-1] - bounds[0] > 1e-12 else None


def _swept(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    means = [fmean(column) for column in zip(*matrix, strict=True)]
    rows = [[one - mean for one, mean in zip(row, means, strict=True)] for row in matrix]
    return [[one - fmean(row) for one in row] for row in rows]


def _dealt(starts: tuple[int, ...], most: int) -> Iterator[tuple[int, ...]]:
    if factorial(len(starts)) // prod(factorial(starts.count(start)) for start in set(starts)) <= most:
        yield from _each(Counter(starts), len(starts))
        return
    random, hand = Random(SEED), list(starts)  # noqa: S311  (repeatable, no secret)
    yield starts
    for _ in range(most - 1):
        random.shuffle(hand)
        yield tuple(hand)


def _each(left: Counter[int], teams: int) -> Iterator[tuple[int, ...]]:
    if not teams:
        yield ()
    for start in sorted(left):
        if left[start]:
            yield from ((start, *rest) for rest in _each(left - Counter([start]), teams - 1))


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


# From counts and sums to figures.
def of(stated: Row | None, name: str) -> Any:
    """Return a stated figure; raises Untold where only the cells may be used."""
    if stated is None:
        raise Untold
    return stated[name]


def _bounded(figures: Row, bounds: Bounds) -> Row:
    low, high = bounds or (None, None)
    return {**figures, "low": low, "high": high}


def from_share(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return the figures of a share."""
    teams = cells["teams"]
    told = [(team["successes"], team["members"]) for team in teams if not team["masked"]]
    masked, persons, why = len(told) < len(teams), cells["persons"], {}
    if masked or persons is None:
        x, n, deff = of(stated, "numerator"), of(stated, "denominator"), of(stated, "deff")
        why = {"deff": TEAM if masked else PERSONS}
        if sum(one for one, _ in told) > x or sum(m for _, m in told) > n:
            why["teams with more than the total"] = TEAM
    else:
        x, n = sum(one for one, _ in told), sum(m for _, m in told)
        if not n:
            raise Untold
        repeated = [(one["successes"], one["members"]) for one in persons for _ in range(one["persons"])]
        deff = design_effect(told, rule["icc0"], repeated)
    figures = {"value": x / n, "numerator": x, "denominator": n, "n_eff": n / deff}
    if not why:
        figures |= {"deff": deff, "teams": len(told)}
        if stated and stated["missing"] and cells["each_once"] and not cells["without_outcome"]:
            figures["missing"] = _missing(teams, rule)
    return _bounded(figures, wilson(x / deff, n / deff, rule["level"])), why


def _missing(teams: Sequence[Row], rule: Row) -> Row:
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


def from_adoption(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return the share of teams in which at least half succeeded; no interval for fewer than six."""
    teams, why = cells["teams"], {}
    if any(team["masked"] for team in teams):
        x, n, why = of(stated, "numerator"), of(stated, "denominator"), {"numerator": TEAM, "denominator": TEAM}
    else:
        x, n = sum(team["successes"] >= team["members"] / 2 for team in teams), len(teams)
    figures = {"value": x / n} if why else {"value": x / n, "numerator": x, "denominator": n, "teams": n}
    return _bounded(figures, wilson(x, n, rule["level"]) if n >= 6 else None), why


def from_census(_cells: Row, stated: Row | None, _rule: Row) -> Found:
    """Return the share of a census: no interval but the figure itself."""
    share = of(stated, "numerator") / of(stated, "denominator")
    return _bounded({"value": share}, (share, share)), {}


def from_number(_cells: Row, stated: Row | None, _rule: Row) -> Found:
    """Return a number that was counted."""
    number = of(stated, "numerator")
    return _bounded({"value": number}, (number, number)), {}


def from_gap(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return the figures of a gap between groups."""
    groups, why = cells["groups"], {}
    if any(group["masked"] for group in groups):
        of(stated, "value")
        return {}, {"value": GROUP, "deff": GROUP, "interval": GROUP}
    shrunk: list[Cluster] = []
    for group in groups:
        deff = group["deff"]
        if group["teams"]:
            deff = design_effect([(team["successes"], team["members"]) for team in group["teams"]], rule["icc0"])
        else:
            of(stated, "deff")
            why = {"deff": CROSSED}
        shrunk.append((group["successes"] / deff, group["members"] / deff))
    if len(shrunk) < 2:
        raise Untold
    rates, n_eff = [x / n for x, n in shrunk], sum(n for _, n in shrunk)
    pairs = [newcombe(one, two, rule["level"]) for one, two in combinations(shrunk, 2)]
    figures = {"value": max(rates) - min(rates), "n_eff": n_eff}
    if not why:
        figures["deff"] = sum(group["members"] for group in groups) / n_eff
    return _bounded(figures, (max(low for low, _ in pairs), max(high for _, high in pairs))), why


def from_steps(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return the worst of some steps, with bounds that hold for each."""
    if cells["steps"] is None:
        of(stated, "value")
        return {}, {"value": GROUP, "deff": GROUP, "interval": GROUP}
    of(stated, "deff")
    steps = [step for step in cells["steps"] if step["reached"] >= 20] or cells["steps"]
    bounds = [wilson(step["left"] / step["deff"], step["reached"] / step["deff"], rule["level"]) for step in steps]
    worst = max(steps, key=lambda step: (step["left"] / step["reached"], step["step"]))
    figures = {
        "value": worst["left"] / worst["reached"], "numerator": worst["left"], "denominator": worst["reached"],
        "n_eff": worst["reached"] / worst["deff"],
    }  # fmt: skip
    return _bounded(figures, (max(low for low, _ in bounds), max(high for _, high in bounds))), {"deff": CROSSED}


def from_representation(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return how far a group's share of the successes is from its share of everyone, at most."""
    parts = cells["parts"]
    of(stated, "value")
    if parts is None:
        return {}, {"value": GROUP, "deff": GROUP, "interval": GROUP}
    x, n = sum(part["successes"] for part in parts), sum(part["members"] for part in parts)
    gaps, bounds = [], []
    for part in parts:
        one = (part["successes"] / part["deff"], part["members"] / part["deff"])
        deff = part["deff_of_others"]
        other = ((x - part["successes"]) / deff, (n - part["members"]) / deff)
        weight = part["members"] / n
        scale = weight * (1 - weight) / (x / n)
        gaps.append(scale * abs(one[0] / one[1] - other[0] / other[1]))
        low, high = newcombe(one, other, rule["level"])
        bounds.append((low * scale, min(high * scale, 1.0)))
    found = _bounded({"value": max(gaps)}, (max(low for low, _ in bounds), max(high for _, high in bounds)))
    return found, {"deff": CROSSED}


def from_rate(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return events over exposure, exact and widened by how much more teams differ than chance makes them."""
    teams, level = cells["teams"], rule["level"]
    why = {"deff": TEAM} if any(team["masked"] for team in teams) else {}
    if why:
        x, amount, spread = of(stated, "numerator"), of(stated, "denominator"), of(stated, "deff")
        exposed: list[list[float]] = []
    else:
        exposed = [[team["events"], team["amount"]] for team in teams if team["amount"] > 0]
        if not exposed:
            raise Untold
        largest = max(exposed, key=lambda team: team[1])
        largest[0] += sum(team["events"] for team in teams if team["amount"] <= 0)
        x, amount = sum(events for events, _ in exposed), sum(one for _, one in exposed)
        spread = _dispersion(exposed, x / amount)
    if why and len(teams) >= TEAMS_TO_DRAW:
        return {"value": x / amount}, {**why, "interval": TEAM}
    low = bisected(lambda mean: gamma_below(x, mean), (1 - level) / 2, 0.0, x + 1.0) if x else 0.0
    high = bisected(lambda mean: gamma_below(x + 1, mean), (1 + level) / 2, 0.0, x + 10.0)
    bounds = widened(x / amount, (low / amount, high / amount), spread, 0.0)
    figures = {"value": x / amount}
    if not why:
        figures |= {"numerator": x, "denominator": amount, "deff": spread, "teams": len(exposed)}
        if len(exposed) >= TEAMS_TO_DRAW:
            bounds = holding(bounds, drawn_again([(events, one) for events, one in exposed], level))
    return _bounded(figures, bounds), why


def _dispersion(teams: Sequence[Sequence[float]], overall: float) -> float:
    if len(teams) < 2 or not overall:
        return 1.0
    squares = sum((events - overall * amount) ** 2 / (overall * amount) for events, amount in teams)
    return max(1.0, squares / (len(teams) - 1))


def _effect(cells: Row, stated: Row | None, rule: Row) -> tuple[float, dict[str, str]]:
    """Return the design effect of sums by team; stated where a team is hidden."""
    if any(team["masked"] for team in cells["teams"]):
        return of(stated, "deff"), {"deff": TEAM}
    if not cells["teams"]:
        raise Untold
    return effect_of_sums(cells["teams"], rule["icc0"]), {}


def from_mean(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return a mean score with Student's interval, 0 to 100."""
    deff, why = _effect(cells, stated, rule)
    if why:
        of(stated, "value")
        return {}, {"value": TEAM, "deff": TEAM, "interval": TEAM}
    n, total, squares = (sum(team[name] for team in cells["teams"]) for name in ("n", "top", "tops"))
    mean = total / n
    variance = (squares - n * mean * mean) / (n - 1) if n > 1 else 0.0
    figures = {"value": mean, "deff": deff, "n_eff": n / deff, "teams": len(cells["teams"])}
    if variance <= 1e-9 * max(mean * mean, 1e-9):
        return _bounded(figures, None), {}
    half = student(rule["level"], n - 1) * sqrt(variance * deff / n)
    return _bounded(figures, (max(mean - half, 0.0), min(mean + half, 100.0))), {}


def from_median(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return a median's interval, from the two ranked values that it rests on."""
    value = of(stated, "value")
    deff, why = _effect(cells, stated, rule)
    figures: Row = {} if why else {"deff": deff, "n_eff": sum(team["n"] for team in cells["teams"]) / deff}
    bounds = widened(value, tuple(cells["ranked"]) if cells["ranked"] else None, deff, 0.0)
    return _bounded(figures, bounds), {**why, "value": VALUES, "ranked values": VALUES}


def _expanded(units: Sequence[Sequence[float]]) -> list[Cluster]:
    return [(one, other) for one, other, count in units for _ in range(int(count))]


def _drawn(cells: Row, deff: float, rule: Row) -> Bounds:
    """Return the interval of a sum over a sum, units drawn again and, with ten teams or more, whole teams too."""
    units = _expanded(cells["units"])
    value = sum(one for one, _ in units) / sum(other for _, other in units)
    bounds = widened(value, drawn_again(units, rule["level"]), deff)
    if len(cells["teams"]) >= TEAMS_TO_DRAW:
        bounds = holding(bounds, drawn_again([(team["top"], team["bottom"]) for team in cells["teams"]], rule["level"]))
    return bounds


def _clipped(bounds: Bounds, low: float, high: float) -> Bounds:
    return bounds and (max(bounds[0], low), min(bounds[1], high))


def from_gain(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return a mean gain, or the pseudo-median of fewer than twenty, of one test's points."""
    deff, why = _effect(cells, stated, rule)
    figures: Row = {} if why else {"deff": deff, "n_eff": sum(team["n"] for team in cells["teams"]) / deff}
    if not why and not cells["ranks"]:
        figures["value"] = sum(team["top"] for team in cells["teams"]) / sum(team["n"] for team in cells["teams"])
    if cells["units"] is None:
        of(stated, "value")
        return figures, {**why, **({} if "value" in figures else {"value": VALUES}), "interval": VALUES}
    if why and not cells["ranks"] and len(cells["teams"]) >= TEAMS_TO_DRAW:
        return figures, {**why, "value": TEAM, "interval": TEAM}
    if cells["ranks"]:
        figures["value"], bounds = pseudo_median([one for one, _ in _expanded(cells["units"])], rule["level"])
        return _bounded(figures, _clipped(widened(figures["value"], bounds, deff), -1.0, 1.0)), why
    return _bounded(figures, _clipped(_drawn(cells, deff, rule), -1.0, 1.0)), why


def from_ratio(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return a sum over a sum, 0 or more."""
    return _of_sums(cells, stated, rule, inf)


def from_weekly(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return the mean of the weeks' shares; Wilson's interval where nobody differs from anybody else."""
    return _of_sums(cells, stated, rule, 1.0)


def _of_sums(cells: Row, stated: Row | None, rule: Row, most: float) -> Found:
    deff, why = _effect(cells, stated, rule)
    figures: Row = {}
    if not why:
        top, bottom, n = (sum(team[name] for team in cells["teams"]) for name in ("top", "bottom", "n"))
        figures = {"value": min(max(top / bottom, 0.0), most), "deff": deff, "n_eff": n / deff}
    if cells["units"] is None:
        of(stated, "value")
        return figures, {**why, **({} if figures else {"value": TEAM}), "interval": VALUES}
    if why and len(cells["teams"]) >= TEAMS_TO_DRAW:
        return figures, {**why, "value": TEAM, "interval": TEAM}
    bounds = _drawn(cells, deff, rule)
    if bounds is None and most == 1.0:
        units = _expanded(cells["units"])
        n_eff = len(units) / deff
        share = min(sum(one for one, _ in units) / sum(other for _, other in units), 1.0)
        bounds = wilson(share * n_eff, n_eff, rule["level"])
    return _bounded(figures, _clipped(bounds, 0.0, most)), {**why, **({} if figures else {"value": TEAM})}


def from_availability(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return the share of minutes, whole days drawn again; Wilson's interval on days where all were alike."""
    if cells["units"] is None:
        of(stated, "value")
        return {}, {"value": VALUES, "interval": VALUES}
    days = _expanded(cells["units"])
    share = min(max(sum(up for up, _ in days) / sum(scheduled for _, scheduled in days), 0.0), 1.0)
    bounds = drawn_again(days, rule["level"]) or wilson(share * len(days), len(days), rule["level"])
    return _bounded({"value": share, "n_eff": len(days)}, _clipped(bounds, 0.0, 1.0)), {}


def from_waiting(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return the Kaplan-Meier median of how long something took."""
    if cells["units"] is None or cells["deff"] is None:
        of(stated, "value")
        return {}, {"value": VALUES, "deff": CROSSED, "interval": VALUES}
    of(stated, "deff")
    waits = _expanded(cells["units"])
    value, bounds = median_time(waits, cells["deff"], rule["level"])
    figures = {"value": value, "numerator": sum(ended for _, ended in waits), "denominator": len(waits)}
    return _bounded(figures, bounds), {"deff": CROSSED}


def from_promoters(cells: Row, stated: Row | None, rule: Row) -> Found:
    """Return promoters less detractors, -100 to 100, with a normal interval."""
    deff, why = _effect(cells, stated, rule)
    promoters, passives, detractors = cells["kinds"]
    n = promoters + passives + detractors
    value = (promoters - detractors) / n
    variance = (promoters + detractors) / n - value * value
    figures = {"value": 100 * value} | ({} if why else {"deff": deff, "n_eff": n / deff})
    half = normal(rule["level"]) * sqrt(variance * deff / n) if variance > 0 else None
    bounds = None if half is None else (max(100 * (value - half), -100.0), min(100 * (value + half), 100.0))
    return _bounded(figures, bounds), why


def from_scenario(cells: Row, stated: Row | None, _rule: Row) -> Found:
    """Return the central figure between the least and the most favourable."""
    told = [_number(one["value"]) for one in cells["scenarios"]]
    central = next(_number(one["value"]) for one in cells["scenarios"] if one["central"])
    bounds = (min(told), max(told)) if of(stated, "n") > 1 else None
    return _bounded({"value": central}, bounds), {}


def from_nothing(_cells: Row, stated: Row | None, _rule: Row) -> Found:
    """Return nothing: an evaluation from before the cells of such an indicator were kept."""
    of(stated, "value")
    return {}, {"value": VALUES, "deff": VALUES, "interval": VALUES}


WAYS: dict[str, Callable[[Row, Row | None, Row], Found]] = {
    "share": from_share, "adoption": from_adoption, "census": from_census, "number": from_number, "gap": from_gap,
    "steps": from_steps, "representation": from_representation, "rate": from_rate, "mean": from_mean,
    "median": from_median, "gain": from_gain, "ratio": from_ratio, "weekly": from_weekly,
    "availability": from_availability, "waiting": from_waiting, "promoters": from_promoters,
    "scenario": from_scenario, "stated": from_nothing,
}  # fmt: skip


# Other choices, of which a verdict is fragile where one would flip it: evaluation reference, section 3.6.
STEPS = {"share": 0.05, "points": 0.05, "balance": 0.05, "gain": 0.05, "score": 5, "promoters": 5}
RANGES = {
    "share": (0, 1), "points": (0, 1), "balance": (-1, 1), "gain": (-1, 1), "score": (0, 100),
    "promoters": (-100, 100), "count": (-1, inf),
}  # fmt: skip


def otherwise(row: Row, rule: Row, unit: str, variant: Row, bounds: Bounds) -> tuple[Bounds, Row] | str:
    """Return the interval and the rule of another choice, or why they are only stated."""
    cells, choice = row["cells"], variant["choice"]
    way, partly = WAYS[cells["kind"]], cells.get("per_protocol")
    if choice in ("threshold_higher", "threshold_lower"):
        step = STEPS.get(unit, abs(rule["threshold"]) / 10) * (1 if choice == "threshold_higher" else -1)
        least, most = RANGES.get(unit, (0, inf))
        return bounds, {**rule, "threshold": round(min(max(rule["threshold"] + step, least), most), 6)}
    if choice == "per_protocol" and partly is None:
        return LEAVERS
    try:
        if choice == "icc_doubled":
            found, _ = way(cells, None, {**rule, "icc0": 2 * rule["icc0"]})
        elif choice == "per_protocol":
            found, _ = way(partly, None, rule)
        elif choice == "collapsed" and cells.get("collapsed"):
            found, _ = way(cells["collapsed"], None, rule)
        elif choice == "collapsed":
            return VALUES
        else:
            found, _ = way(without(cells, variant["detail"]), None, rule)
    except Untold:
        return VALUES if "units" in cells else TEAM
    return (None if found["low"] is None else (found["low"], found["high"])), rule


def without(cells: Row, team: str) -> Row:
    """Return the cells without a team; raises Untold where they do not tell it apart."""
    if cells.get("persons") or "units" in cells or "kinds" in cells:
        raise Untold
    if "groups" in cells:
        parted = [(group, [one for one in group["teams"] if one["team"] != team]) for group in cells["groups"]]
        kept = [
            {**group, "teams": teams, **{name: sum(one[name] for one in teams) for name in ("successes", "members")}}
            for group, teams in parted
            if teams
        ]
        if any(not group["teams"] for group in cells["groups"]):
            raise Untold
        return {**cells, "groups": kept}
    if "teams" not in cells:
        raise Untold
    return {**cells, "teams": [one for one in cells["teams"] if one["team"] != team]}


def tried(row: Row, rule: Row, unit: str) -> tuple[list[str], list[str], dict[str, str]]:
    """Return what of the other choices differs, which were computed again, and which are only stated, and why."""
    stated, problems, again, only = row["stated"], [], [], {}
    if not row["tried"]:
        return [], [], {}
    bounds = (_number(stated["low"]), _number(stated["high"]))
    held, flips = decide(*bounds, rule)[0], []
    for variant in row["tried"]:
        name = " ".join(filter(None, (variant["choice"], variant["detail"])))
        found = otherwise(row, rule, unit, variant, bounds)
        flips.append(variant["flips"])
        if isinstance(found, str):
            only[name] = found
            continue
        again.append(name)
        other, changed = found
        verdict = "not_measurable" if other is None else decide(*other, changed)[0]
        told = {"low": other and other[0], "high": other and other[1], "verdict": verdict, "flips": verdict != held}
        flips[-1] = told["flips"]
        problems += [f"{name}: {key} {variant[key]} stated, {part} computed" for key, part in told.items()
                     if differs(_number(variant[key]), part)]  # fmt: skip
    hidden = sum(one["choice"] == "without_team" for one in row["tried"]) < stated["teams"]
    if stated["fragile"] is not None and stated["fragile"] is not any(flips) and not (stated["fragile"] and hidden):
        problems.append(f"fragile {stated['fragile']} stated, {any(flips)} computed")
    return problems, again, only


def assessed(row: Row, entry: Row) -> Row:
    """Return what of an indicator differs, its figures and verdict, and what was computed again or only stated."""
    definition, stated = entry["definition"], row["stated"]
    names = ("threshold", "n_min", "min_teams", "icc0", "level")
    rule = {**{name: entry[name] for name in names}, **{name: definition[name] for name in ("direction", "people_min")}}
    found, why = WAYS[row["cells"]["kind"]](row["cells"], stated, rule)
    whole = {name: _number(part) for name, part in {**stated, **found}.items()}
    problems = [
        f"{name} {stated[name]} stated, {part} computed"
        for name, part in found.items()
        if differs(_number(stated[name]), part)
    ]
    problems += [f"{name}: {reason}" for name, reason in why.items() if name.startswith("teams with")]
    verdict, reason = judge(whole, rule)
    reaches = whole["value"] - rule["threshold"] if rule["direction"] == "ge" else rule["threshold"] - whole["value"]
    told = {"verdict": verdict if entry["primary"] else None, "reason": reason, "constat": reaches > -1e-9}
    problems += [
        f"{name} {stated[name]} stated, {part} computed" for name, part in told.items() if stated[name] != part
    ]
    differing, again, only = tried(row, rule, definition["unit"])
    return {
        "problems": problems + differing,
        "verdict": told["verdict"],
        "reason": reason,
        "recomputed": [*(name for name in found if name != "missing"), "verdict", "reason"],
        "stated": why,
        "fragile": {"recomputed": again, "stated": only},
    }


def change(stated: Row | None) -> tuple[list[str], str]:
    """Return what differs of a change that the design tells by itself, and a note."""
    if not stated or stated["value"] is None:
        return [], ""
    if stated["cells"] is None:
        return [], "change stated: a group is too small to be shown"
    if stated["design"] == "stepped_wedge":
        value, bounds = wedge(stated["cells"], stated["level"])
    else:
        sides = [[team["value"] for team in stated["cells"] if team["order"] == order] for order in (0, 1)]
        value, bounds = crossover(sides[0], sides[1], stated["level"])
    if stated["why"] == "few_teams":
        bounds = None
    told = {"value": value, "low": bounds and bounds[0], "high": bounds and bounds[1]}
    problems = [f"change: {name} {stated[name]} stated, {part} computed" for name, part in told.items()
                if differs(stated[name], part)]  # fmt: skip
    return problems, "change equal" if not problems else ""


def differs(stated: Any, found: Any) -> bool:
    """Whether two figures are not the same to the decimals that are stored."""
    if isinstance(stated, dict) and isinstance(found, dict):
        return any(differs(stated.get(name), part) for name, part in found.items())
    if isinstance(stated, bool) or isinstance(found, bool) or stated is None or found is None:
        return stated is not found
    if isinstance(stated, int | float) and isinstance(found, int | float):
        return stated != found and not abs(stated - found) <= NEAR * max(1.0, abs(found))
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
    stated = row["stated"]
    told = {**entry, "family": entry["definition"]["family"], "verdict": stated["verdict"]}
    if stated["value"] is None:
        hidden = stated["reason"] not in ("no_data", "not_collected")
        expected = "inconclusive" if hidden else "not_measurable"
        same = stated["verdict"] == (expected if entry["primary"] else None)
        problems = [] if same else [f"verdict {stated['verdict']} stated, without a figure"]
        check.say(row["code"], problems, "stated: hidden, too few people" if hidden else "stated: nothing was measured")
        return told
    found = assessed(row, entry)
    differing, note = change(row["change"])
    verdict = found["verdict"] if entry["primary"] else "secondary, no verdict"
    stated_only = ", ".join([*found["stated"], *found["fragile"]["stated"]])
    notes = [f"{verdict}; {found['reason']}", f"stated: {stated_only}" if stated_only else "", note]
    check.say(row["code"], found["problems"] + differing, "; ".join(filter(None, notes)))
    told["verdict"] = found["verdict"]
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
