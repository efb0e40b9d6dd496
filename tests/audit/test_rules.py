"""What follows from an audit's facts: strength, lateness, what may be quoted, what a panel lacks."""

from collections.abc import Sequence
from datetime import date

import pytest

from lms.audit.document import Evidence, Finding
from lms.audit.models import ActionStatus, EvidenceSource, PanelRole
from lms.audit.panel import Gap, GapKind, PanelEntry, gaps
from lms.audit.rules import Strength, is_late, is_missed, is_validated, may_be_quoted, strength

INTERVIEW, MEASURE = EvidenceSource.INTERVIEW, EvidenceSource.MEASURE


def piece(source: EvidenceSource = INTERVIEW, **more: object) -> Evidence:
    return Evidence(code="E1", source_type=source, excerpt={"en": "x"}, **more)


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([], Strength.WEAK_SIGNAL),
        ([(INTERVIEW, None)] * 2, Strength.WEAK_SIGNAL),  # one kind, two pieces
        ([(INTERVIEW, None)] * 3, Strength.SOLID),  # nobody is told apart: three pieces
        ([(INTERVIEW, 1)] * 3, Strength.WEAK_SIGNAL),  # one person three times
        ([(INTERVIEW, 1), (INTERVIEW, 2), (INTERVIEW, 3)], Strength.SOLID),  # three persons
        ([(INTERVIEW, 1), (INTERVIEW, 1), (INTERVIEW, None)], Strength.WEAK_SIGNAL),  # two at most
        ([(INTERVIEW, 1), (MEASURE, None)], Strength.SOLID),  # two kinds
    ],
)
def test_strength_of_a_finding(pieces: Sequence[tuple[EvidenceSource, int | None]], expected: Strength) -> None:
    assert strength([piece(source, speaker=speaker) for source, speaker in pieces]) is expected


@pytest.mark.parametrize(
    ("status", "due", "late"),
    [
        (ActionStatus.TO_DO, date(2026, 1, 4), True),
        (ActionStatus.DOING, date(2026, 1, 5), False),  # due today
        (ActionStatus.DONE, date(2026, 1, 4), False),
        (ActionStatus.CANCELLED, date(2026, 1, 4), False),
        (ActionStatus.TO_DO, None, False),
    ],
)
def test_lateness_of_an_action(status: ActionStatus, due: date | None, late: bool) -> None:
    assert is_late(status, due, date(2026, 1, 5)) is late


def test_a_key_moment_is_missed_after_its_day_unless_held() -> None:
    day, next_day = date(2026, 1, 5), date(2026, 1, 6)
    assert is_missed(day, None, next_day)
    assert not is_missed(day, None, day)
    assert not is_missed(day, next_day, next_day)


PANEL = [
    PanelEntry.model_validate(
        {
            "role": "operator",
            "met": 8,
            "shifts": [
                {"shift": "Day", "in_company": 5},
                {"shift": "Night", "in_company": 4},
                {"shift": "Weekend"},
            ],
        }
    ),
    PanelEntry.model_validate({"role": "trainer", "met": 3, "shifts": [{"shift": "Day", "in_company": 6}]}),
    PanelEntry(role=PanelRole.HR, met=9),
]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"role": "operator", "shift_band": "day"}, True),  # five share it, however it is spelt
        ({"role": "operator", "shift_band": "Night"}, False),  # four
        ({"role": "operator", "shift_band": "Weekend"}, False),  # nobody knows how many
        ({"role": "operator", "shift_band": "Dawn"}, False),  # no such shift
        ({"role": "operator"}, False),  # of one shift nobody knows how many: nor of the role
        ({"role": "trainer"}, True),  # six of the role
        ({"role": "hr"}, False),  # nine were met, but how many there are is not said
        ({"role": "it"}, False),  # not in the panel
        ({}, False),  # an interview with nobody knows whom
        ({"source_type": "survey"}, False),
        ({"source_type": "observation"}, True),  # nobody's words
        ({"source_type": "document", "role": "hr"}, False),  # someone's words, found in a document
    ],
)
def test_words_are_shown_of_many_only(said: dict[str, str], shown: bool) -> None:
    asked = Evidence.model_validate({"code": "E1", "source_type": "interview", "excerpt": {"en": "x"}, **said})
    assert may_be_quoted(asked, PANEL, smallest=5) is shown


def test_two_people_make_a_draft_a_finding() -> None:
    draft = Finding.model_validate({"code": "C1", "statement": {"en": "x"}, "polarity": "asset", "validated_by": "A"})
    assert not is_validated(draft)
    assert is_validated(draft.model_copy(update={"second_validated_by": "B"}))


def panel_entry(role: str, **more: object) -> PanelEntry:
    return PanelEntry.model_validate({"role": role, "met": 1, **more})


OTHERS = [panel_entry(role) for role in ("team_leader", "manager", "trainer", "hr", "it")]


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ({}, []),
        ({"met": 7, "asked": 8}, [Gap(PanelRole.OPERATOR, GapKind.PEOPLE, met=7, asked=8)]),
        (
            {"every_shift": True, "shifts": [{"shift": "day", "met": 1}, {"shift": "Night", "met": 0}]},
            [Gap(PanelRole.OPERATOR, GapKind.SHIFT, "Night")],
        ),
        (
            {"seniority_bands": ["under 5"], "least_seniority_bands": 2},
            [Gap(PanelRole.OPERATOR, GapKind.SENIORITY, met=1, asked=2)],
        ),
        ({"least_age_bands": 1}, [Gap(PanelRole.OPERATOR, GapKind.AGE, met=0, asked=1)]),
        (
            {"profiles_asked": ["Uneasy", "New"], "profiles_met": ["uneasy"]},
            [Gap(PanelRole.OPERATOR, GapKind.PROFILE, "New")],
        ),
    ],
)
def test_what_a_panel_does_not_cover(operator: dict[str, object], expected: list[Gap]) -> None:
    assert gaps([panel_entry("operator", **operator), *OTHERS], ["Day", "Night"]) == expected


def test_a_role_that_nobody_met_is_a_gap() -> None:
    assert gaps([panel_entry("operator"), *OTHERS[1:]], []) == [Gap(PanelRole.TEAM_LEADER, GapKind.ROLE)]
