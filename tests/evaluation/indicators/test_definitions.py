"""Every indicator says what it is, in both languages, and never gives way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.evaluation import results
from lms.evaluation.estimators import bootstrap
from lms.evaluation.facts import Facts, Item, Need, Sitting
from lms.evaluation.indicators.definition import Definition, Family
from lms.evaluation.indicators.details import DETAILS
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.keeping import KEPT
from lms.evaluation.population import Population
from lms.evaluation.protocol import FrozenIndicator, FrozenProtocol, canonical
from lms.evaluation.sources import PASS, SOURCES
from lms.evaluation.verdict import Rule, Verdict
from lms.kernel.languages import INTERFACE_LANGUAGES, speaking
from lms.skills.queries import Moved
from lms.skills.rules import Kind, Level
from tests.evaluation.indicators import chance
from tests.evaluation.indicators.small import AS_OF, START, at, facts, row

WORDS = ("label", "question", "numerator", "denominator", "method", "missing_rule", "pitfalls")


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_definition_speaks_both_languages(app, language: str) -> None:
    with app.app_context(), speaking(language):
        for code, definition in INDICATORS.items():
            for name in WORDS:
                assert str(getattr(definition, name)).strip(), f"{code}: {name}"
        assert str(INDICATORS["R1"].label) == {"fr": "Portée", "en": "Reach"}[language]
        assert len({str(definition.label) for definition in INDICATORS.values()}) == len(INDICATORS)


def test_every_definition_has_a_chapter_and_facts_that_can_be_gathered() -> None:
    for code, definition in INDICATORS.items():
        assert definition.code == code
        assert definition.family in Family
        assert definition.needs <= PASS | SOURCES.keys() | KEPT.keys()
        assert definition.n_min >= 1
        assert definition.min_teams >= 1
        assert str(definition.question).endswith("?")
    assert PASS | SOURCES.keys() | KEPT.keys() == set(Need)


CODES = (
    "R1 R2 R3 A1 A2 A3 A4 C1 C2 C3 C4 C5 C6 K1 K2 K3 K4 K5 H1 H2 L1 L2 L3 L4 L5 L6 T1 T2 T3 T4 T5 T6 B1 B2 "
    "S1 S2 S3 S4 S5 F1 F2 F3 F4 E1 E2 E3 E4 E5 Q1 Q2 Q3 Q4 G1 G2 G3 G4"
).split()


def test_the_56_indicators_of_the_reference_stand_in_its_order() -> None:
    """Evaluation reference, section 2.4."""
    assert list(INDICATORS) == CODES
    assert len(CODES) == 56


def frozen(definition: Definition) -> FrozenIndicator:
    rule = Rule(
        {"le": 0.1, "ge": 0.5}[definition.direction], definition.direction, definition.n_min, definition.min_teams,
        definition.icc0, people_min=definition.people_min, unit=definition.unit,
    )  # fmt: skip
    options = {option.name: chance.OPTIONS[option.name] for option in definition.options}
    return FrozenIndicator(definition.code, definition, "P1", (), options, rule, None, False, definition.ruled)


def document(definition: Definition, found: Facts) -> results.Document:
    protocol = FrozenProtocol(
        START, AS_OF, ("a",), (), "Europe/Paris", 5, 10, (frozen(definition),), ({"code": "P1", "testable": "yes"},)
    )
    people = Population(found.assigned, 0, 0, 0, 0, 0, found.members)
    figures = results.figures(protocol, people, found)
    canonical(figures)
    return figures["indicators"][0]


ONE_TEAM = facts([row(person) for person in range(40)])


@pytest.mark.parametrize("code", INDICATORS)
@pytest.mark.parametrize("found", [Facts(AS_OF, (), {}), ONE_TEAM], ids=["nothing", "one team, nothing done"])
def test_without_facts_nothing_is_met(code: str, found: Facts) -> None:
    told = document(INDICATORS[code], found)
    # That nobody was informed is known, and bad.
    known = [Verdict.NOT_MET] if code == "G1" else []
    assert told["verdict"] in (None, Verdict.NOT_MEASURABLE, Verdict.INCONCLUSIVE, *known)


@pytest.mark.parametrize("code", INDICATORS)
@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 10_000), people=st.integers(1, 45), teams=st.integers(1, 12), zeal=st.sampled_from([0, 0.5, 1])
)
def test_chance_never_breaks_an_indicator(code: str, seed: int, people: int, teams: int, zeal: float) -> None:
    """Whatever happened, there is a verdict with a reason, and never *met* with too few people or teams."""
    definition = INDICATORS[code]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "RESAMPLES", 99)
        told = document(definition, chance.facts(seed, people, teams, zeal))
    assert told["reason"]
    assert set(told["details"] or {}) <= DETAILS.keys()
    if told["verdict"] == Verdict.MET:
        assert told["counted_n"] >= definition.n_min
        assert told["teams"] >= definition.min_teams
    if told["low"] is not None:
        low, value, high = (float(told[name]) for name in ("low", "value", "high"))
        assert low <= value + 1e-6
        assert value <= high + 1e-6


def session(person: int) -> Sitting:
    return Sitting(None, person, "m1", 1, at(1), at(1), 60, 0)


def group_of(code: str, found: Facts, name: str) -> results.Document:
    return next(one for one in document(INDICATORS[code], found)["groups"] if one["group"] == name)


def test_a_hundred_sessions_of_three_people_tell_of_three() -> None:
    """Teams of twelve, and one of three that has the most sessions: it is hidden, and the smallest other with it."""
    rows = [row(person, "few" if person < 3 else "abcd"[person % 4]) for person in range(51)]
    found = facts(rows, sittings=tuple(session(one.person) for one in rows for _ in range(40 if one.person < 3 else 2)))
    assert group_of("K4", found, "few")["masked"]
    assert sum(one["masked"] for one in document(INDICATORS["K4"], found)["groups"]) == 2


def test_groups_of_a_rate_have_a_rate() -> None:
    """Ten people for the whole time, each moved up once: the rate of their team is its own, not a mean of moves."""
    rows = [row(person, "ab"[person // 10]) for person in range(20)]
    moves = tuple(Moved(person, "t1", Level.NONE, Level.TRAINED, START, Kind.AUTOMATIC) for person in range(10))
    found = facts(rows, moves=moves)
    months = 10 * 91 / (365.25 / 12) / 10
    told = group_of("T3", found, "a")
    assert (told["denominator"], told["mean"]) == (10, pytest.approx(10 / months, abs=1e-6))


def test_groups_that_are_no_people_are_not_hidden() -> None:
    items = tuple(Item("m1", f"q{place}", 40, place == 0, None, None) for place in range(3))
    assert group_of("L6", facts([row(1)], items=items), "m1")["numerator"] == 1
